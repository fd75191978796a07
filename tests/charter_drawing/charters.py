"""Charters that nobody wrote, whole: head, contributions by every formula, tranches, returns and risks."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from fund.charter.grammar import (
    Bracket,
    Brackets,
    Charter,
    Condition,
    ContributionRule,
    FixedFee,
    Formula,
    FreeWithFloor,
    Head,
    Hours,
    InKind,
    LegalForm,
    Payment,
    Pledged,
    RateOfDeclared,
    Terms,
    Tranche,
)
from fund.charter.rules import Cash, Rule
from ledger.money import unit_of
from tests.charter_drawing.lots import Lots
from tests.charter_drawing.notorieties import notoriety
from tests.charter_drawing.rules import BASES, RATES, RISKS, rules_of

CURRENCIES = tuple(unit_of(code) for code in ("EUR", "EUR", "JPY", "TND"))
CATEGORIES = ("venue", "festival", "compagnie « à part »")
DECLARED = ("annual_budget", "emplois: ETP")
TITLES = ("Tirée au sort", 'Fonds "des guillemets" \\ et barres', "Trois\nlignes\tet [crochets] # dièse")
FORMS: tuple[LegalForm, ...] = ("association-1901", "scic", "sep", "simple-coproduction")
CONDITIONS: tuple[Condition, ...] = ("agreement", "spending", "premiere", "report")


def head(lots: Lots, returns: tuple[Rule, ...] = ()) -> Head:
    """A head whose legal form allows what the rules give."""
    first = lots.maybe(lambda: date(2026, 1, 1) + timedelta(days=lots.number(0, 400)))
    last = None if first is None else lots.maybe(lambda: date(2040, 12, 31))
    legal_form = lots.one(FORMS)
    if legal_form == "scic" and any(rule.base == "surplus" and _cash_to_members(rule) for rule in returns):
        legal_form = "sep"
    return Head(lots.one(TITLES), "1", "Une charte des essais.", first, last, lots.one(CURRENCIES), legal_form)


def _cash_to_members(rule: Rule) -> bool:
    return any(split.to == "members" and isinstance(split.form, Cash) for split in rule.splits)


def formula(lots: Lots) -> Formula:
    """Fixed, a rate between its limits, brackets, free, pledged."""

    def amount() -> int:
        return lots.number(0, 400)

    match lots.number(0, 4):
        case 0:
            return FixedFee(amount())
        case 1:
            floor, cap = lots.maybe(amount), lots.maybe(amount)
            if floor is not None and cap is not None:
                floor, cap = min(floor, cap), max(floor, cap)
            return RateOfDeclared(lots.one(RATES), lots.one(DECLARED), floor, cap)
        case 2:
            ends = [*sorted({amount() for _ in range(lots.number(0, 3))}), None]
            rows = tuple(Bracket(end, amount()) for end in ends)
            return Brackets(lots.one(DECLARED), rows, lots.flag())
        case 3:
            return FreeWithFloor(amount())
    return Pledged()


def contributions(lots: Lots) -> tuple[ContributionRule, ...]:
    """Articles that call for money, each category by one at most, and articles that ask for things and hours."""
    rules: list[ContributionRule] = []
    named = lots.some(CATEGORIES)
    given = [tuple(named[:1]), tuple(named[1:])] if len(named) > 1 else [tuple(named)] if named else []
    if lots.flag():
        given.append(())
    for at, categories in enumerate(given):
        threshold = lots.maybe(lambda: lots.number(1, 3))
        terms: Terms = Payment(formula(lots), lots.one((1, 1, 2, 3, 36)), threshold)
        rules.append(ContributionRule(f"apport-{at}", categories, terms, {}))
    if lots.flag():
        quantity = lots.maybe(lambda: Fraction(lots.number(0, 90), 4))
        terms = InKind("premises", "jour", quantity, lots.number(0, 400), "Tarif public de location")
        rules.append(ContributionRule("nature", lots.one(((), CATEGORIES[:1])), terms, {}))
        rules.append(ContributionRule("heures", (), Hours(Fraction(lots.number(0, 90), 8)), {}))
    return tuple(rules)


def tranches(lots: Lots) -> tuple[Tranche, ...]:
    """None, or up to three that make the whole."""
    return tuple(
        Tranche(f"tranche-{at}", share, lots.one(CONDITIONS), "La pièce jointe", {})
        for at, share in enumerate(lots.parts(lots.number(0, 3)))
    )


def charter(lots: Lots, bases: tuple[str, ...] = BASES, *, whole: bool = False) -> Charter:
    """A charter of one or two bases, and of all the other articles too when it is asked whole."""
    rules = [rule for base in lots.some(bases, least=1, most=min(2, len(bases))) for rule in rules_of(lots, base)]
    returns = tuple(rule for rule in rules if rule.base not in RISKS)
    risks = tuple(rule for rule in rules if rule.base in RISKS)
    others = (contributions(lots), tranches(lots)) if whole else ((), ())
    known = notoriety(lots, tuple(rules)) if whole else None
    return Charter(head(lots, returns), *others, returns, risks, notoriety=known, sha256="0" * 64)


@st.composite
def charters(draw: st.DrawFn, bases: tuple[str, ...] = BASES) -> Charter:
    """A whole charter."""
    return charter(Lots(draw), bases, whole=True)
