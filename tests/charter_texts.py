"""Writes a charter as the TOML text that a person would have written, whatever its articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from fund.charter.grammar import (
    Brackets,
    Charter,
    ContributionRule,
    FixedFee,
    FreeWithFloor,
    Hours,
    InKind,
    Payment,
    Pledged,
    RateOfDeclared,
)
from fund.charter.notoriety.grammar import (
    Credit,
    CreditToCompany,
    CreditToMembers,
    Notoriety,
    PointsByLevel,
    SamePoints,
)
from fund.charter.rules import (
    Bearer,
    Bearing,
    Cash,
    Deduction,
    Deficits,
    DrawingRight,
    Fees,
    FixedLimit,
    FundBears,
    Limit,
    MembersBear,
    Periods,
    Rule,
    Split,
)
from ledger.money import Amount, Unit

Value = str | int | bool | date | tuple[str, ...] | Fraction | None
T = TypeVar("T")


def charter_text(charter: Charter) -> str:
    """The charter as TOML, every number made up; reading it gives the same charter back, sources and hash aside."""
    unit, head = charter.head.currency, charter.head
    return "\n".join(
        (
            *_table("[charter]", title=head.title, version=head.version, summary=head.summary),
            *_slots(effective_from=head.effective_from, effective_until=head.effective_until),
            *_slots(currency=unit.code, legal_form=head.legal_form),
            *(line for rule in charter.contributions for line in _contribution(rule, unit)),
            *(
                line
                for each in charter.tranches
                for line in _table(
                    "[[tranches]]", name=each.name, share=each.share, condition=each.condition,
                    evidence=each.evidence, source="made-up",
                )
            ),
            *(line for rule in charter.rules for line in _rule(rule, unit)),
            *(_notoriety(charter.notoriety) if charter.notoriety else ()),
            "",
        )
    )  # fmt: skip


def bare(value: T) -> T:
    """The same value without its sources and hash, to compare what is said."""
    if isinstance(value, tuple):
        return tuple(bare(each) for each in value)  # type: ignore[return-value]
    if isinstance(value, dict):
        return {name: bare(each) for name, each in value.items()}  # type: ignore[return-value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    unsaid: dict[str, Any] = {"sources": {}, "points_sources": {}, "sha256": ""}
    said = {field.name: unsaid.get(field.name, bare(getattr(value, field.name))) for field in fields(value)}
    return replace(value, **said)


def _table(header: str, **slots: Value) -> Iterator[str]:
    yield f"\n{header}"
    yield from _slots(**slots)


def _slots(**slots: Value) -> Iterator[str]:
    for name, value in slots.items():
        if value is not None and value is not False:
            yield f"{name} = {_value(value)}"


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Fraction):
        hundred = value * 100
        return f'"{hundred} %"' if hundred.denominator == 1 else f'"{value}"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return str(value) if isinstance(value, int | date) else json.dumps(value, ensure_ascii=False)


def _amount(minor: int | None, unit: Unit) -> str | None:
    return None if minor is None else Amount(minor, unit).major


def _limit(limit: Limit | None, unit: Unit) -> str | None:
    if limit is None or isinstance(limit, FixedLimit):
        return None if limit is None else _amount(limit.minor, unit)
    return f"{limit.rate} of {limit.of}"


def _decimal(quantity: Fraction | None) -> str | None:
    """A quantity as digits; those of the tests have at most three decimals."""
    if quantity is None:
        return None
    whole, rest = divmod(quantity * 1000, 1000)
    return f"{whole}.{int(rest):03}"


def _contribution(rule: ContributionRule, unit: Unit) -> Iterator[str]:
    yield from _table("[[contributions]]", name=rule.name, categories=rule.categories or None, source="made-up")
    terms = rule.terms
    if isinstance(terms, InKind):
        yield from _slots(kind="in-kind", what=terms.what, unit=terms.unit, quantity=_decimal(terms.quantity))
        yield from _slots(unit_value=_amount(terms.unit_value_minor, unit), method=terms.method)
    elif isinstance(terms, Hours):
        yield from _slots(kind="hours", hours=_decimal(terms.hours))
    else:
        yield from _payment(terms, unit)


def _payment(terms: Payment, unit: Unit) -> Iterator[str]:
    yield from _slots(instalments=terms.instalments, launch_threshold=terms.launch_threshold)
    match terms.formula:
        case FixedFee(minor=minor):
            yield from _slots(formula="fixed", amount=_amount(minor, unit))
        case RateOfDeclared(rate=rate, declared=declared, floor_minor=floor, cap_minor=cap):
            yield from _slots(formula="rate", rate=rate, declared=declared)
            yield from _slots(floor=_amount(floor, unit), cap=_amount(cap, unit))
        case Brackets(declared=declared, brackets=rows, counted=counted):
            yield from _slots(formula="brackets", declared=declared, counted=counted)
            for row in rows:
                up_to, minor = _amount(row.up_to_minor, unit), _amount(row.minor, unit)
                yield from _table("[[contributions.brackets]]", up_to=up_to, amount=minor)
        case FreeWithFloor(floor_minor=floor):
            yield from _slots(formula="free", floor=_amount(floor, unit))
        case Pledged():
            yield from _slots(formula="pledged")


def _rule(rule: Rule, unit: Unit) -> Iterator[str]:
    counts, cap = rule.counts, rule.cap
    yield from _table(f"[[{rule.section}]]", name=rule.name, base=rule.base, rate=rule.rate, source="made-up")
    if isinstance(counts, Fees):
        yield from _slots(exclude_first_dates=counts.exclude_first_dates or None)
        yield from _slots(exclude_member_dates=counts.exclude_member_dates)
    if isinstance(counts, Fees | Periods):
        yield from _slots(only_triggered=counts.only_triggered, vesting_months=counts.vesting_months)
    if isinstance(counts, Deficits):
        yield from _slots(aid_ceiling=counts.aid_ceiling)
    yield from _slots(
        window_months=rule.window_months,
        no_return_up_to=_amount(rule.no_return_up_to, unit),
        franchise=_limit(rule.franchise, unit),
        floor_per_point=_amount(rule.floor_per_point, unit),
        cap=None if cap is None else _limit(cap.limit, unit),
        cap_counts=None if cap is None else cap.of,
        rest_to=rule.rest_to,
        rank=rule.rank,
        rounding=rule.rounding,
        joint_liability=any(isinstance(split.form, Bearing) and split.form.joint for split in rule.splits),
    )
    yield from _each(f"[[{rule.section}.deductions]]", (_deduction(each, unit) for each in rule.deductions))
    yield from _each(f"[[{rule.section}.splits]]", map(_split, rule.splits))
    yield from _each(f"[[{rule.section}.bearers]]", (_bearer(each, unit) for each in rule.bearers))


def _notoriety(section: Notoriety) -> Iterator[str]:
    yield from _table("[notoriety]", decay=section.decay or None, ceiling=section.ceiling or None, source="made-up")
    yield from _slots(contestation_days=section.contestation_days)
    yield from _table("[notoriety.points]")
    for kind, worth in section.points.items():
        if isinstance(worth, SamePoints):
            yield from _slots(**{kind: worth.points})
    for kind, worth in section.points.items():
        if isinstance(worth, PointsByLevel):
            yield from _table(f"[notoriety.points.{kind}]", **worth.points)
    for credit in section.credits:
        yield from _table("[[notoriety.credits]]", share=credit.share, **_credited(credit))
    words = section.wording
    yield from _table("[notoriety.wording]", coproduction=words.coproduction, validation_days=words.validation_days)
    yield from _slots(logo_order=words.logo_order)


def _credited(credit: Credit) -> dict[str, Value]:
    if isinstance(credit, CreditToMembers):
        return {"to": "members", "key": credit.key}
    return {"to": "company" if isinstance(credit, CreditToCompany) else "fund"}


def _each(header: str, tables: Iterable[dict[str, Value]]) -> Iterator[str]:
    for table in tables:
        yield from _table(header, **table)


def _deduction(deduction: Deduction, unit: Unit) -> dict[str, Value]:
    return {"kind": deduction.kind, "limit": _limit(deduction.limit, unit), "evidence": deduction.evidence}


def _split(split: Split) -> dict[str, Value]:
    form = split.form
    return {
        "to": split.to,
        "share": split.share,
        "form": form.word,
        "key": split.key,
        "expires_months": form.expires_months if isinstance(form, DrawingRight) else None,
        "legal_basis": form.legal_basis if isinstance(form, Cash) else None,
    }


def _bearer(bearer: Bearer, unit: Unit) -> dict[str, Value]:
    limit = _limit(bearer.limit, unit)
    if isinstance(bearer, MembersBear):
        return {"by": "members", "limit": limit, "key": bearer.key, "joint_liability": bearer.joint}
    return {"by": "fund" if isinstance(bearer, FundBears) else "reserve", "limit": limit}
