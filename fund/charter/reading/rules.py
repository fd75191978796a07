"""Reads `[[returns]]` and `[[risks]]`: each rule with what it counts, its limits, and who receives or bears."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

from fund.charter.reading.slots import Table
from fund.charter.rules import (
    Bearer,
    Bearing,
    Beneficiary,
    Cap,
    Cash,
    Counts,
    Deduction,
    Deficits,
    DrawingRight,
    Excesses,
    Fees,
    Form,
    FormWord,
    FundBears,
    Locked,
    Losses,
    MemberKey,
    MembersBear,
    Party,
    Periods,
    RecipientKey,
    Recoupments,
    ReserveBears,
    Retained,
    ReturnBase,
    RiskBase,
    Rounding,
    Rule,
    Split,
    Surpluses,
    ToMembers,
    ToParty,
    ToRecipients,
)

_WHOLE = Fraction(1)
_LIMITS = ("allocation", "other_aid")
_DATED = frozenset({"only_triggered", "vesting_months"})
_SLOTS_OF = {
    "fee": _DATED | {"exclude_first_dates", "exclude_member_dates", "rest_to"},
    **dict.fromkeys(("gross", "net", "profit"), _DATED | {"deductions", "rest_to", "floor_per_point"}),
    "surplus": frozenset({"rest_to"}),
    "recouped": frozenset[str](),
    "deficit": frozenset({"aid_ceiling", "joint_liability", "bearers"}),
    "result-after-aid": frozenset[str](),
    "loss": frozenset({"joint_liability", "bearers"}),
}
"""The slots that mean something for one base alone; elsewhere they would be ignored, and are refused."""


def read_returns(top: Table) -> tuple[Rule, ...]:
    """The rules under `[[returns]]`, in the order of the file."""
    return tuple(_rule(table, get_args(ReturnBase)) for table in top.tables("returns"))


def read_risks(top: Table) -> tuple[Rule, ...]:
    """The rules under `[[risks]]`, in the order of the file."""
    return tuple(_rule(table, get_args(RiskBase)) for table in top.tables("risks"))


def _rule(table: Table, bases: tuple[str, ...]) -> Rule:
    name = table.name()
    base = table.choice("base", bases, required=True)
    _refuse_strangers(table, base)
    counts = _counts(table, base or bases[0])
    rule = Rule(
        name=name,
        counts=counts,
        rate=table.rate("rate", required=True) or _WHOLE,
        window_months=table.whole("window_months", least=1, most=1200),
        no_return_up_to=table.amount("no_return_up_to"),
        franchise=table.limit("franchise", _LIMITS),
        floor_per_point=table.amount("floor_per_point"),
        cap=_cap(table),
        rest_to=table.choice("rest_to", get_args(Party)),
        rank=table.whole("rank", least=1, most=20, sourced=False) or 1,
        rounding=table.choice("rounding", get_args(Rounding)) or "cumulative",
        sources=table.sources(),
        splits=_splits(table, joint=table.flag("joint_liability")),
        bearers=tuple(_bearer(each, table.source_for("bearers")) for each in table.tables("bearers")),
    )
    if table.flag("joint_liability") and not all(_joint(split) for split in rule.splits):
        table.note("joint-members", "joint_liability")
    if table.has("splits") and table.has("bearers"):
        table.note("splits-and-bearers", "bearers")
    elif not table.has("splits") and not table.has("bearers"):
        table.note("missing", "splits")
    table.close()
    return rule


def _refuse_strangers(table: Table, base: str | None) -> None:
    """Name the slots of other bases; they are not read then."""
    for slot in sorted(set().union(*_SLOTS_OF.values())):
        if base is not None and slot not in _SLOTS_OF[base] and table.written(slot):
            table.note("slot-base", slot, base=base)


def _counts(table: Table, base: str) -> Counts:
    triggered = table.flag("only_triggered")
    vesting = table.whole("vesting_months", least=1, most=1200)
    first = table.whole("exclude_first_dates", least=1, most=10_000) or 0
    members = table.flag("exclude_member_dates")
    ceiling = table.rate("aid_ceiling")
    deductions = tuple(_deduction(each, table.source_for("deductions")) for each in table.tables("deductions"))
    match base:
        case "fee":
            return Fees(first, members, triggered, vesting)
        case "gross" | "net" | "profit":
            return Periods(base, deductions, triggered, vesting)
        case "deficit":
            return Deficits(ceiling)
        case "surplus":
            return Surpluses()
        case "recouped":
            return Recoupments()
        case "result-after-aid":
            return Excesses()
    return Losses()


def _cap(table: Table) -> Cap | None:
    limit = table.limit("cap", _LIMITS)
    of = table.choice("cap_counts", get_args(Beneficiary))
    if of is not None and not table.has("cap"):
        table.note("cap-counts", "cap_counts")
    return None if limit is None else Cap(limit, of)


def _deduction(table: Table, source: str | None) -> Deduction:
    deduction = Deduction(
        kind=table.text("kind", required=True) or "",
        limit=table.limit("limit", ("gross",)),
        evidence=table.flag("evidence"),
        sources=table.sources(source),
    )
    table.close()
    return deduction


def _splits(table: Table, *, joint: bool) -> tuple[Split, ...]:
    return tuple(_split(each, table.source_for("splits"), joint) for each in table.tables("splits"))


def _joint(split: Split) -> bool:
    return isinstance(split, ToMembers) and isinstance(split.form, Bearing)


def _split(table: Table, source: str | None, joint: bool) -> Split:
    to = table.choice("to", get_args(Beneficiary), required=True)
    share = table.rate("share", required=True) or _WHOLE
    form = _form(table, joint and to == "members")
    key = table.choice("key", get_args(MemberKey))
    if to in ("members", "recipients") and not table.has("key"):
        table.note("key-missing", to=to)
    elif to not in (None, "members", "recipients") and key is not None:
        table.note("key-alone", "key", to=to)
    elif to == "recipients" and key is not None and key not in get_args(RecipientKey):
        table.note("key-recipients", "key", key=key)
    sources = table.sources(source)
    table.close()
    if to == "members":
        return ToMembers(key or "equal", share, form, sources)
    if to == "recipients":
        return ToRecipients(key or "equal", share, form, sources)
    return ToParty(to or "fund", share, form, sources)


def _form(table: Table, joint: bool) -> Form:
    word = table.choice("form", get_args(FormWord), required=True)
    expires = table.whole("expires_months", least=1, most=1200)
    basis = table.text("legal_basis")
    if word == "drawing-right" and not table.has("expires_months"):
        table.note("expiry-missing")
    if word not in (None, "drawing-right") and expires is not None:
        table.note("expiry-form", "expires_months", form=word)
    if word not in (None, "cash") and basis is not None:
        table.note("basis-form", "legal_basis", form=word)
    match word:
        case "drawing-right":
            return DrawingRight(expires or 1)
        case "loss":
            return Bearing(joint)
        case "locked":
            return Locked()
        case "retained":
            return Retained()
    return Cash(basis)


def _bearer(table: Table, source: str | None) -> Bearer:
    by = table.choice("by", ("reserve", "members", "fund"), required=True)
    limit = table.limit("limit", ("contribution",) if by == "members" else ())
    key = table.choice("key", get_args(MemberKey), required=by == "members")
    joint = table.flag("joint_liability")
    if by not in (None, "members"):
        for slot in ("key", "joint_liability"):
            if table.written(slot):
                table.note("bearer-slot", slot, by=by)
    sources = table.sources(source)
    table.close()
    if by == "members":
        return MembersBear(key or "equal", limit, joint, sources)
    return FundBears(limit, sources) if by == "fund" else ReserveBears(limit, sources)
