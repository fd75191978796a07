"""What each member is called for, by the rule of its category, each amount with its steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from fund.charter.facts import MemberFacts
from fund.charter.faults import FactsMissing, Fault
from fund.charter.grammar import (
    Brackets,
    Charter,
    ContributionRule,
    FixedFee,
    FreeWithFloor,
    Hours,
    InKind,
    Payment,
    RateOfDeclared,
)
from fund.charter.trace import Identity, Pen, Quantity, Recorder, Trace
from ledger.money import rounded, share_out


@dataclass(frozen=True, slots=True)
class Computed:
    """A contribution called, in minor units; the instalments sum to it."""

    minor: int
    instalments: tuple[int, ...]
    trace: Trace


def called(charter: Charter, members: Mapping[str, MemberFacts]) -> dict[str, Computed]:
    """The money that each member is called for.

    A member whose cash is given as received and who lacks the figure that its article asks for is not
    called; one that lacks both is missed by name (FactsMissing). Below a launch threshold nothing is called.
    """
    faults: list[Fault] = []
    amounts: dict[str, Computed] = {}
    found = {member: payment_for(charter, facts.category) for member, facts in members.items()}
    joined = Counter(article[0].name for article in found.values() if article is not None)
    for member, facts in members.items():
        article = found[member]
        lacking = _lacking(charter, article, member, facts)
        if article is not None and lacking is None:
            amounts[member] = _computed(charter, *article, member, facts, joined[article[0].name])
        elif lacking is not None and facts.contribution is None:
            faults.append(lacking)
    if faults:
        raise FactsMissing(faults)
    return amounts


def payment_for(charter: Charter, category: str | None) -> tuple[ContributionRule, Payment] | None:
    """The article that calls this category for money, else the one that names none; with its terms."""
    others = None
    for rule, terms in charter.payments:
        if category is not None and category in rule.categories:
            return rule, terms
        if not rule.categories:
            others = rule, terms
    return others


@dataclass(frozen=True, slots=True)
class GivenInKind:
    """What a member owes beside money; no quantity: as much as it offers. Hours have no value in money."""

    article: str
    what: str
    unit: str
    quantity: Fraction | None
    value_minor: int | None


def asked_in_kind(charter: Charter, category: str | None) -> tuple[GivenInKind, ...]:
    """What the articles ask of a member of this category beside money: things, valued by their method, and hours."""
    given: list[GivenInKind] = []
    for rule in charter.contributions:
        if rule.categories and category not in rule.categories:
            continue
        match rule.terms:
            case InKind(what=what, unit=unit, quantity=quantity, unit_value_minor=minor):
                value = None if quantity is None else rounded(quantity * minor)
                given.append(GivenInKind(rule.name, what, unit, quantity, value))
            case Hours(hours=hours):
                given.append(GivenInKind(rule.name, "hours", "HOUR", hours, None))
    return tuple(given)


def _lacking(
    charter: Charter, article: tuple[ContributionRule, Payment] | None, member: str, facts: MemberFacts
) -> Fault | None:
    """The fact without which this member's contribution cannot be computed."""
    place = f"members.{member}"
    if article is None:
        if not charter.payments:
            return None
        names = ", ".join(name for rule, _ in charter.payments for name in rule.categories)
        return Fault("category-missing", f"{place}.category", about=(("categories", names),))
    rule, terms = article
    slot = None
    match terms.formula:
        case RateOfDeclared(declared=figure) | Brackets(declared=figure):
            slot = None if figure in facts.declared else f"declared.{figure}"
        case FixedFee() | FreeWithFloor():
            slot = None  # who said nothing gives the floor
        case _:
            slot = "pledge" if facts.pledge is None else None
    return Fault("fact-missing", f"{place}.{slot}", about=(("article", rule.name),)) if slot else None


def _computed(
    charter: Charter, rule: ContributionRule, terms: Payment, member: str, facts: MemberFacts, joined: int
) -> Computed:
    recorder = Recorder()
    pen = recorder.pen(f"contributions.{rule.name}")
    if terms.launch_threshold is not None and joined < terms.launch_threshold:
        pen.given("joined", joined)
        minor = int(pen.given("not-launched", 0, about=str(terms.launch_threshold)).value)
    else:
        minor = int(_amount(pen, terms, member, facts).value)
    places = [f"{place:03}" for place in range(terms.instalments)]
    instalments = tuple(share_out(minor, dict.fromkeys(places, 1)).values())
    return Computed(minor, instalments, Trace(Identity.of(charter), tuple(recorder.steps)))


def _amount(pen: Pen, terms: Payment, member: str, facts: MemberFacts) -> Quantity:
    formula = terms.formula
    if isinstance(formula, FixedFee):
        return pen.given("fixed", formula.minor, about=member)
    if isinstance(formula, RateOfDeclared):
        declared = pen.given("declared", facts.declared[formula.declared], about=formula.declared)
        amount = pen.nearest("rounding", pen.product("rate", declared, formula.rate))
        if formula.floor_minor is not None:
            amount = pen.greatest("floor", amount, Quantity(formula.floor_minor))
        if formula.cap_minor is not None:
            amount = pen.least("cap", amount, Quantity(formula.cap_minor))
        return amount
    if isinstance(formula, Brackets):
        figure = facts.declared[formula.declared]
        pen.given("declared", figure, about=formula.declared)
        return pen.given("bracket", next(b.minor for b in formula.brackets if b.reaches(figure)))
    pledge = pen.given("pledge", facts.pledge or 0, about=member)
    if isinstance(formula, FreeWithFloor):
        return pen.greatest("floor", pledge, Quantity(formula.floor_minor))
    return pledge
