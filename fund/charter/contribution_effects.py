"""What changes for the members who contribute, category by category."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from fund.charter.grammar import (
    Brackets,
    Charter,
    ContributionRule,
    FixedFee,
    Formula,
    FreeWithFloor,
    Hours,
    InKind,
    Payment,
    RateOfDeclared,
)
from fund.charter.signs import Effect, Sign, sign_of, together, told

_FAR = 10_000


def categories(*charters: Charter) -> tuple[str, ...]:
    """Every member category that an article names, and the empty one for the members that no article names."""
    named = dict.fromkeys(name for charter in charters for rule in charter.contributions for name in rule.categories)
    unnamed = any(not rule.categories for charter in charters for rule in charter.contributions)
    return (*named, *([""] if unnamed else []))


def articles_for(charter: Charter, category: str) -> tuple[ContributionRule, ...]:
    """The articles that hold for a category: those that name it; for money, else the one that names none."""
    own = [rule for rule in charter.contributions if category in rule.categories]
    paid = any(isinstance(rule.terms, Payment) for rule in own)
    others = [
        rule for rule in charter.contributions if not rule.categories and not (paid and isinstance(rule.terms, Payment))
    ]
    return (*own, *others)


def payment_for(charter: Charter, category: str) -> tuple[ContributionRule, Payment] | None:
    """The article by which a category pays, and how."""
    for rule in articles_for(charter, category):
        if isinstance(rule.terms, Payment):
            return rule, rule.terms
    return None


def contribution_effects(old: Charter, new: Charter) -> Iterator[Effect]:
    """Who pays more or less, in how many instalments, and who gives more or less in kind and in hours."""
    for category in categories(old, new):
        party = f"category:{category}"
        was, now = payment_for(old, category), payment_for(new, category)
        holding = now or was
        article = f"contributions.{holding[0].name}" if holding else "contributions"
        yield from told(party, "pays", _paying_sign(_formula(was), _formula(now)), article)
        if was is not None and now is not None:
            parts = was[1].instalments, now[1].instalments
            yield from told(party, "instalments", sign_of(*parts), article, str(parts[0]), str(parts[1]))
        given = [_given(charter, category) for charter in (old, new)]
        for what in dict.fromkeys((*given[1], *given[0])):
            sign = sign_of(given[0].get(what, Fraction()), given[1].get(what, Fraction()))
            yield from told(party, "gives", sign, f"contributions.{what}")


def _given(charter: Charter, category: str) -> dict[str, Fraction]:
    """How much a category gives beside money, article by article: hours, or units of what is given."""
    given: dict[str, Fraction] = {}
    for rule in articles_for(charter, category):
        if isinstance(rule.terms, Hours):
            given[rule.name] = rule.terms.hours
        elif isinstance(rule.terms, InKind):
            given[rule.name] = rule.terms.quantity or Fraction()
    return given


def _formula(article: tuple[ContributionRule, Payment] | None) -> Formula | None:
    return None if article is None else article[1].formula


def _paying_sign(old: Formula | None, new: Formula | None) -> Sign:
    """Whether a formula asks more of whatever figure is declared: between its corners an amount is a straight line."""
    if old == new:
        return 0
    free = [isinstance(formula, FreeWithFloor) for formula in (old, new)]
    if all(free) and isinstance(old, FreeWithFloor) and isinstance(new, FreeWithFloor):
        return sign_of(old.floor_minor, new.floor_minor)
    if any(formula is not None and not is_computed(formula) for formula in (old, new)):
        return 1 if old is None else -1 if new is None else None
    figures = {_declared(formula) for formula in (old, new)} - {""}
    if len(figures) > 1:
        return None
    corners = {0, *_corners(old), *_corners(new)}
    corners |= {corner + 1 for corner in corners}
    far = max(corners) * 10 + _FAR
    return together(sign_of(_asked(old, figure), _asked(new, figure)) for figure in sorted({*corners, far}))


def is_computed(formula: Formula) -> bool:
    """Whether the amount follows from what is declared; otherwise the member says how much."""
    return isinstance(formula, FixedFee | RateOfDeclared | Brackets)


def _declared(formula: Formula | None) -> str:
    return formula.declared if isinstance(formula, RateOfDeclared | Brackets) else ""


def _corners(formula: Formula | None) -> Iterator[int]:
    """The declared figures at which the amount bends or jumps."""
    if isinstance(formula, RateOfDeclared):
        for bound in (formula.floor_minor, formula.cap_minor):
            if bound is not None:
                yield int(bound / formula.rate)
    elif isinstance(formula, Brackets):
        yield from (bracket.up_to_minor for bracket in formula.brackets if bracket.up_to_minor is not None)


def _asked(formula: Formula | None, figure: int) -> Fraction:
    """What a computed formula asks of a declared figure, before rounding."""
    if isinstance(formula, FixedFee):
        return Fraction(formula.minor)
    if isinstance(formula, Brackets):
        return Fraction(next(bracket.minor for bracket in formula.brackets if bracket.reaches(figure)))
    if not isinstance(formula, RateOfDeclared):
        return Fraction()
    asked = formula.rate * figure
    if formula.floor_minor is not None:
        asked = max(asked, Fraction(formula.floor_minor))
    return asked if formula.cap_minor is None else min(asked, Fraction(formula.cap_minor))
