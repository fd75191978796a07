"""Charters that nobody wrote, whole: head, contributions by every formula, tranches, returns and risks."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from fund.charter.grammar import (
    Bracket,
    Brackets,
    Charter,
    ContributionRule,
    FixedFee,
    Formula,
    FreeWithFloor,
    Head,
    Hours,
    InKind,
    Payment,
    Pledged,
    RateOfDeclared,
    Terms,
    Tranche,
)
from fund.charter.rules import Cash, Rule
from ledger.money import unit_of
from tests.charter_drawing.rules import BASES, RISKS, figures, maybe, rates, rules_of

CURRENCIES = tuple(unit_of(code) for code in ("EUR", "EUR", "JPY", "TND"))
CATEGORIES = ("venue", "festival", "compagnie « à part »")
DECLARED = ("annual_budget", "emplois: ETP")
TITLES = ("Tirée au sort", 'Fonds "des guillemets" \\ et barres', "Trois\nlignes\tet [crochets] # dièse")
FORMS = ("association-1901", "scic", "sep", "simple-coproduction")


@st.composite
def heads(draw: st.DrawFn, returns: tuple[Rule, ...] = ()) -> Head:
    """A head whose legal form allows what the rules give."""
    first = draw(maybe(st.dates(date(2020, 1, 1), date(2030, 12, 31))))
    last = None if first is None else draw(maybe(st.just(date(2040, 12, 31))))
    legal_form = draw(st.sampled_from(FORMS))
    if legal_form == "scic" and any(rule.base == "surplus" and _cash_to_members(rule) for rule in returns):
        legal_form = "sep"
    currency = draw(st.sampled_from(CURRENCIES))
    return Head(draw(st.sampled_from(TITLES)), "1", "Une charte des essais.", first, last, currency, legal_form)


def _cash_to_members(rule: Rule) -> bool:
    return any(split.to == "members" and isinstance(split.form, Cash) for split in rule.splits)


@st.composite
def formulas(draw: st.DrawFn) -> Formula:
    """Fixed, a rate between its limits, brackets, free, pledged."""
    kind = draw(st.integers(0, 4))
    if kind == 0:
        return FixedFee(draw(figures))
    if kind == 1:
        floor, cap = draw(maybe(figures)), draw(maybe(figures))
        if floor is not None and cap is not None:
            floor, cap = min(floor, cap), max(floor, cap)
        return RateOfDeclared(draw(rates), draw(st.sampled_from(DECLARED)), floor, cap)
    if kind == 2:
        ends = [*sorted(draw(st.sets(figures, max_size=3))), None]
        rows = tuple(Bracket(end, draw(figures)) for end in ends)
        return Brackets(draw(st.sampled_from(DECLARED)), rows, draw(st.booleans()))
    return FreeWithFloor(draw(figures)) if kind == 3 else Pledged()


@st.composite
def contributions(draw: st.DrawFn) -> tuple[ContributionRule, ...]:
    """Articles that call for money, each category by one at most, and articles that ask for things and hours."""
    rules: list[ContributionRule] = []
    named = draw(st.permutations(CATEGORIES))[: draw(st.integers(0, 3))]
    given = [tuple(named[:1]), tuple(named[1:])] if len(named) > 1 else [tuple(named)] if named else []
    if draw(st.booleans()):
        given.append(())
    for at, categories in enumerate(given):
        threshold = draw(maybe(st.integers(1, 3)))
        terms: Terms = Payment(draw(formulas()), draw(st.sampled_from([1, 1, 2, 3, 36])), threshold)
        rules.append(ContributionRule(f"apport-{at}", categories, terms, {}))
    if draw(st.booleans()):
        quantity = draw(maybe(st.integers(0, 90).map(lambda each: Fraction(each, 4))))
        terms = InKind("premises", "jour", quantity, draw(figures), "Tarif public de location")
        rules.append(ContributionRule("nature", draw(st.sampled_from([(), CATEGORIES[:1]])), terms, {}))
        rules.append(ContributionRule("heures", (), Hours(Fraction(draw(st.integers(0, 90)), 8)), {}))
    return tuple(rules)


@st.composite
def tranches(draw: st.DrawFn) -> tuple[Tranche, ...]:
    """None, or up to three that make the whole."""
    parts = draw(st.lists(st.integers(1, 9), max_size=3))
    conditions = st.sampled_from(["agreement", "spending", "premiere", "report"])
    return tuple(
        Tranche(f"tranche-{at}", Fraction(part, sum(parts)), draw(conditions), "La pièce jointe", {})
        for at, part in enumerate(parts)
    )


@st.composite
def charters(draw: st.DrawFn, bases: tuple[str, ...] = BASES, *, whole: bool = False) -> Charter:
    """A charter of one or two bases, and of all the other articles too when it is asked whole."""
    chosen = draw(st.lists(st.sampled_from(bases), min_size=1, max_size=2, unique=True))
    rules = [rule for base in chosen for rule in draw(rules_of(base))]
    returns = tuple(rule for rule in rules if rule.base not in RISKS)
    risks = tuple(rule for rule in rules if rule.base in RISKS)
    others = (draw(contributions()), draw(tranches())) if whole or draw(st.booleans()) else ((), ())
    return Charter(draw(heads(returns)), *others, returns, risks, "0" * 64)
