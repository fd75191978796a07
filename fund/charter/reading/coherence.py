"""What no single slot can show: sums, names, slots that need one another, ranks, and the legal form's limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from fund.charter.grammar import Brackets, Charter, LegalForm, Payment, RateOfDeclared
from fund.charter.reading.lines import Path
from fund.charter.reading.notoriety import check_steering
from fund.charter.reading.slots import Faults, percent
from fund.charter.rules import (
    Bearing,
    Cash,
    DrawingRight,
    MembersBear,
    Periods,
    ReserveBears,
    Rule,
    Split,
)


def check(charter: Charter, faults: Faults) -> None:
    """Note every way in which the articles of a charter do not hold together.

    An article in which reading found a fault holds stand-ins, and is left alone until it is mended.
    """
    if faults.spare(("contributions",)):
        _names("contributions", [rule.name for rule in charter.contributions], faults)
        _contributions(charter, faults)
    if faults.spare(("tranches",)) and charter.tranches:
        _names("tranches", [tranche.name for tranche in charter.tranches], faults)
        _whole(("tranches",), (tranche.share for tranche in charter.tranches), faults)
    placed = [(path, rule) for path, rule in placed_rules(charter) if faults.spare(path)]
    seen: set[str] = set()
    for path, rule in placed:
        if rule.name in seen:
            faults.note("name-twice", (*path, "name"), name=rule.name)
        seen.add(rule.name)
        _rule(path, rule, charter.head.legal_form if faults.spare(("charter",)) else None, faults)
    if faults.spare(("notoriety",)):
        check_steering(placed, charter.notoriety, faults)
    if len(placed) == len(charter.rules):
        _ranks(placed, faults)
        _together(placed, faults)
    if charter.head.legal_form == "scic" and faults.spare(("charter",)):
        _surplus_of_a_scic(placed, faults)


def _rule(path: Path, rule: Rule, legal_form: LegalForm | None, faults: Faults) -> None:
    _slots(path, rule, faults)
    if rule.splits or not rule.bearers:
        _whole((*path, "splits"), (split.share for split in rule.splits), faults)
    _bearers(path, rule, faults)
    _expiries(path, rule, faults)
    for at, split in enumerate(rule.splits):
        _split((*path, "splits", at), rule, split, faults)
        if legal_form is not None:
            _legal((*path, "splits", at), legal_form, split, faults)


def placed_rules(charter: Charter) -> Iterator[tuple[Path, Rule]]:
    """Each rule with its place in the file."""
    yield from ((("returns", at), rule) for at, rule in enumerate(charter.returns))
    yield from ((("risks", at), rule) for at, rule in enumerate(charter.risks))


def _names(section: str, names: list[str], faults: Faults) -> None:
    for at, name in enumerate(names):
        if name in names[:at]:
            faults.note("name-twice", (section, at, "name"), name=name)


def _contributions(charter: Charter, faults: Faults) -> None:
    named: set[str] = set()
    open_rules = 0
    for at, rule in enumerate(charter.contributions):
        path: Path = ("contributions", at)
        if not isinstance(rule.terms, Payment):
            continue  # whatever else is given is given beside the money
        open_rules += not rule.categories
        if not rule.categories and open_rules > 1:
            faults.note("categories-open", path)
        for category in rule.categories:
            if category in named:
                faults.note("category-twice", (*path, "categories"), category=category[:40])
            named.add(category)
        formula = rule.terms.formula
        if isinstance(formula, RateOfDeclared):
            floor, cap = formula.floor_minor, formula.cap_minor
            crossed = floor is not None and cap is not None and floor > cap
            if crossed:
                faults.note("floor-above-cap", (*path, "floor"))
        if isinstance(formula, Brackets):
            ends = [bracket.up_to_minor for bracket in formula.brackets]
            closed = [end for end in ends[:-1] if end is not None]
            if not ends or ends[-1] is not None or len(closed) < len(ends) - 1 or closed != sorted(set(closed)):
                faults.note("brackets", (*path, "brackets"))


def _whole(path: Path, shares: Iterable[Fraction], faults: Faults) -> None:
    total = sum(shares, Fraction())
    if total != 1:
        faults.note("shares-sum", path, total=percent(total), left=percent(1 - total))


def _slots(path: Path, rule: Rule, faults: Faults) -> None:
    """Slots that another slot of the rule deprives of their meaning."""
    if rule.cap is not None and rule.cap.of is not None and not any(split.to == rule.cap.of for split in rule.splits):
        faults.note("cap-counts-nobody", (*path, "cap_counts"), party=rule.cap.of)
    kinds = [deduction.kind for deduction in rule.deductions]
    for at, name in enumerate(kinds):
        if name in kinds[:at]:
            faults.note("name-twice", (*path, "deductions", at, "kind"), name=name[:40])
    if rule.floor_per_point is not None and len(rule.points_lines) != 1:
        faults.note("floor-points", (*path, "floor_per_point"))
    if rule.floor_per_point is not None and rule.cap is not None and rule.cap.of == "recipients":
        faults.note("floor-cap", (*path, "floor_per_point"))


def _split(path: Path, rule: Rule, split: Split, faults: Faults) -> None:
    if isinstance(split.form, Bearing) and rule.section != "risks":
        faults.note("loss-in-returns", (*path, "form"))


def _bearers(path: Path, rule: Rule, faults: Faults) -> None:
    """Whoever bears without a limit leaves nothing to those after; nobody has two turns."""
    turns = [type(bearer) for bearer in rule.bearers]
    for at, bearer in enumerate(rule.bearers):
        if turns.index(turns[at]) < at:
            faults.note("bearer-twice", (*path, "bearers", at, "by"))
        endless = bearer.limit is None and not isinstance(bearer, MembersBear | ReserveBears)
        if endless and at < len(turns) - 1:
            faults.note("bearer-endless", (*path, "bearers", at))


def _expiries(path: Path, rule: Rule, faults: Faults) -> None:
    """One party's rights of one rule expire together, since the key is flat."""
    known: dict[str, int] = {}
    for at, split in enumerate(rule.splits):
        if not isinstance(split.form, DrawingRight):
            continue
        if known.setdefault(split.to, split.form.expires_months) != split.form.expires_months:
            faults.note("expiry-twice", (*path, "splits", at, "expires_months"), to=split.to)


def _ranks(placed: list[tuple[Path, Rule]], faults: Faults) -> None:
    """A later rank begins where the earlier ones are full, so those need a cap and must count the same events."""
    for path, rule in placed:
        if rule.rank == 1:
            continue
        before = [other for _, other in placed if other.base == rule.base and other.rank == rule.rank - 1]
        if not before:
            faults.note("rank-gap", (*path, "rank"), rank=str(rule.rank), before=str(rule.rank - 1), base=rule.base)
        for other in before:
            if other.cap is None:
                faults.note("rank-open", (*path, "rank"), other=other.name)
            if other.rounding == "per-item":
                faults.note("rank-rounding", (*path, "rank"), other=other.name)
            if _counts(other) != _counts(rule):
                faults.note("rank-differs", (*path, "rank"), other=other.name)


def _together(placed: list[tuple[Path, Rule]], faults: Faults) -> None:
    """Rules that count the same thing at the same time share it, and never give more than there is."""
    for at, (path, rule) in enumerate(placed):
        same = [other for _, other in placed if other.base == rule.base]
        if rule.rest_to is not None and len(same) > 1:
            faults.note("rest-shared", (*path, "rest_to"), base=rule.base)
        rates = sum((other.rate for _, other in placed[: at + 1] if (other.base, other.rank) == (rule.base, rule.rank)))
        if rates > 1:
            faults.note("rates-sum", (*path, "rate"), total=percent(Fraction(rates)), base=rule.base)


def _counts(rule: Rule) -> tuple[object, ...]:
    counts = rule.counts
    if isinstance(counts, Periods):
        counts = replace(counts, deductions=tuple(replace(cost, sources={}) for cost in counts.deductions))
    return counts, rule.window_months, rule.no_return_up_to


SCIC_SHAREABLE = Fraction(425, 1000)
"""A SCIC keeps at least 15 % and then half of the rest: 57.5 % of a surplus."""


def _legal(path: Path, form: LegalForm, split: Split, faults: Faults) -> None:
    """Cash to a member needs a legal basis; a prompt to ask for advice, not advice."""
    if split.to != "members" or not isinstance(split.form, Cash):
        return
    if split.form.legal_basis is None:
        faults.note("legal-association" if form == "association-1901" else "legal-basis", path, form=form)


def _surplus_of_a_scic(placed: list[tuple[Path, Rule]], faults: Faults) -> None:
    """All the rules that share one part of a surplus, together, leave the members no more than the law does."""
    cash: dict[int, Fraction] = {}
    for path, rule in placed:
        for at, split in enumerate(rule.splits):
            if rule.base == "surplus" and split.to == "members" and isinstance(split.form, Cash):
                before = cash.get(rule.rank, Fraction())
                cash[rule.rank] = before + split.share * rule.rate
                if before <= SCIC_SHAREABLE < cash[rule.rank]:
                    faults.note("legal-scic", (*path, "splits", at), share=percent(cash[rule.rank]))
