"""What a rapporteur looks at first in a budget, each with its figures and a sentence in French and English.

Plain Python, whole minor units of one currency. The receipts are those of a filed content, without the fund's own aid
and without the pre-purchases; help in kind is listed apart and enters no sum: what is lent is not money.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from allocation.applying.content import Content
from allocation.methods.sentences import money, number
from ledger.money import EUR, Unit, rounded


@dataclass(frozen=True, slots=True)
class BudgetCheck:
    """One check: its name, whether it holds (None: there is nothing to hold, it only informs), its figures."""

    name: str
    holds: bool | None
    figures: Mapping[str, int | Fraction] = field(default_factory=dict)


def budget_checks(content: Content, *, ceiling: Fraction | None = None) -> tuple[BudgetCheck, ...]:
    """All checks of a filed content, always in the same order; `ceiling` bounds the aid as a share of the costs.

    >>> from allocation.applying.content import Charge, Receipt
    >>> town = Receipt("La ville", "aid", "", 40_00, "acquired")
    >>> plan = Content(charges=(Charge("Décor", 100_00),), receipts=(town,), minimum=50_00, target=60_00)
    >>> [(check.name, check.holds) for check in budget_checks(plan)][:2]
    [('balanced', True), ('receipts-named', True)]
    """
    return (
        _balanced(content),
        _named(content),
        _acquired(content),
        _prepurchased(content),
        _in_bounds(content),
        _under_ceiling(content, ceiling),
        _in_kind(content),
    )


def _balanced(content: Content) -> BudgetCheck:
    difference = content.receipts_total - content.charges_total
    figures = {
        "costs": content.charges_total,
        "found": _found(content),
        "asked": content.target or 0,
        "difference": abs(difference),
    }
    if not content.charges_total:
        return BudgetCheck("no-costs", False, figures)
    name = "balanced" if not difference else "above-costs" if difference > 0 else "below-costs"
    return BudgetCheck(name, not difference, figures)


def _found(content: Content) -> int:
    """What is there or expected without the fund: receipts and pre-purchases."""
    return content.receipts_total - (content.target or 0)


def _named(content: Content) -> BudgetCheck:
    receipts = len(content.receipts)
    if not receipts:
        return BudgetCheck("no-receipts", None)
    named = sum(any(letter.isalpha() for letter in receipt.source) for receipt in content.receipts)
    return BudgetCheck("receipts-named", named == receipts, {"named": named, "receipts": receipts})


def _acquired(content: Content) -> BudgetCheck:
    return BudgetCheck("acquired", None, {"acquired": content.acquired_total, "found": _found(content)})


def _prepurchased(content: Content) -> BudgetCheck:
    if not content.prepurchases:
        return BudgetCheck("no-prepurchase", None)
    figures = {
        "bought": sum(each.amount for each in content.prepurchases),
        "performances": sum(each.performances for each in content.prepurchases),
        "buyers": len({each.buyer for each in content.prepurchases}),
    }
    return BudgetCheck("prepurchases", None, figures)


def _in_bounds(content: Content) -> BudgetCheck:
    asked = content.target or 0
    if asked <= 0:
        return BudgetCheck("nothing-asked", False)
    minimum = asked if content.minimum is None else content.minimum
    gap = content.charges_total - _found(content)
    figures = {"minimum": minimum, "asked": asked, "gap": gap}
    if minimum > asked:
        return BudgetCheck("minimum-above-asked", False, figures)
    if asked > gap:
        return BudgetCheck("asked-above-gap", False, figures | {"above": asked - gap})
    return BudgetCheck("asked-within-gap", True, figures)


def _under_ceiling(content: Content, ceiling: Fraction | None) -> BudgetCheck:
    asked, costs = content.target or 0, content.charges_total
    if costs <= 0:
        return BudgetCheck("no-share", None)
    share = Fraction(asked, costs)
    figures: dict[str, int | Fraction] = {"asked": asked, "costs": costs, "share": share}
    if ceiling is None:
        return BudgetCheck("share", None, figures)
    holds = share <= ceiling
    return BudgetCheck("under-ceiling" if holds else "above-ceiling", holds, figures | {"ceiling": ceiling})


def _in_kind(content: Content) -> BudgetCheck:
    if not content.needs:
        return BudgetCheck("no-need-in-kind", None)
    hours = sum(Fraction(need.hours or 0, 100) for need in content.needs)
    return BudgetCheck("needs-in-kind", None, {"needs": len(content.needs), "hours": hours})


_TITLES: Mapping[str, tuple[str, str]] = {
    "balance": ("Équilibre", "Balance"),
    "receipts": ("Recettes nommées", "Receipts named"),
    "acquired": ("Recettes acquises", "Receipts acquired"),
    "prepurchases": ("Préachats", "Pre-purchases"),
    "bounds": ("Minimum, demande et manque", "Minimum, request and gap"),
    "ceiling": ("Part de l’aide", "Share of the aid"),
    "in-kind": ("En nature, à part", "In kind, apart"),
}

_SENTENCES: Mapping[str, tuple[str, str, str]] = {
    # the title, then French and English; amounts and counts come written
    "balanced": (
        "balance",
        "Équilibré : {costs} de charges, {found} de recettes et préachats, {asked} demandés.",
        "Balanced: costs of {costs}, receipts and pre-purchases of {found}, {asked} asked.",
    ),
    "above-costs": (
        "balance",
        "Excédentaire de {difference} : {costs} de charges pour {found} de recettes et préachats et {asked} demandés.",
        "{difference} too much: costs of {costs} for receipts and pre-purchases of {found} and {asked} asked.",
    ),
    "below-costs": (
        "balance",
        "Il manque {difference} : {costs} de charges pour {found} de recettes et préachats et {asked} demandés.",
        "{difference} is missing: costs of {costs} for receipts and pre-purchases of {found} and {asked} asked.",
    ),
    "no-costs": ("balance", "Le budget n’a pas de charges.", "The budget has no costs."),
    "receipts-named": (
        "receipts",
        "{named} recettes sur {receipts} disent de qui elles viennent.",
        "{named} of {receipts} receipts say from whom they come.",
    ),
    "no-receipts": (
        "receipts",
        "Aucune recette hors l’aide demandée et les préachats.",
        "No receipt but the aid asked and the pre-purchases.",
    ),
    "acquired": (
        "acquired",
        "{acquired} acquis ou achetés d’avance, sur {found} de recettes et préachats.",
        "{acquired} acquired or bought in advance, of receipts and pre-purchases of {found}.",
    ),
    "prepurchases": (
        "prepurchases",
        "{bought} de préachats : représentations {performances}, acheteurs {buyers}.",
        "Pre-purchases of {bought}: performances {performances}, buyers {buyers}.",
    ),
    "no-prepurchase": ("prepurchases", "Aucun préachat.", "No pre-purchase."),
    "asked-within-gap": (
        "bounds",
        "Minimum {minimum}, demande {asked}, manque sans le fonds {gap} : dans l’ordre.",
        "Minimum {minimum}, request {asked}, gap without the fund {gap}: in order.",
    ),
    "minimum-above-asked": (
        "bounds",
        "Le minimum de {minimum} dépasse la demande de {asked}.",
        "The minimum of {minimum} is above the request of {asked}.",
    ),
    "asked-above-gap": (
        "bounds",
        "La demande de {asked} dépasse de {above} ce qui manque sans le fonds ({gap}).",
        "The request of {asked} is {above} above what is missing without the fund ({gap}).",
    ),
    "nothing-asked": ("bounds", "Le dossier ne demande aucun montant.", "The file asks for no amount."),
    "share": (
        "ceiling",
        "La demande est de {share} des charges ; la charte ne fixe pas de plafond.",
        "The request is {share} of the costs; the charter sets no ceiling.",
    ),
    "no-share": (
        "ceiling",
        "Sans charges, la part de l’aide n’est pas connue.",
        "Without costs the share of the aid is not known.",
    ),
    "under-ceiling": (
        "ceiling",
        "La demande est de {share} des charges, sous le plafond de {ceiling}.",
        "The request is {share} of the costs, within the ceiling of {ceiling}.",
    ),
    "above-ceiling": (
        "ceiling",
        "La demande est de {share} des charges, au-dessus du plafond de {ceiling}.",
        "The request is {share} of the costs, above the ceiling of {ceiling}.",
    ),
    "needs-in-kind": (
        "in-kind",
        "Besoins en nature : {needs}, pour {hours} heures. Ils sont listés à part et n’entrent dans aucune somme.",
        "Needs in kind: {needs}, for {hours} hours. They are listed apart and enter no sum.",
    ),
    "no-need-in-kind": ("in-kind", "Aucun besoin en nature.", "No need in kind."),
}

_COUNTS = frozenset({"named", "receipts", "performances", "buyers", "needs"})


def check_title(check: BudgetCheck, language: str) -> str:
    """What is checked, in two or three words."""
    return _TITLES[_SENTENCES[check.name][0]][0 if language == "fr" else 1]


def check_sentence(check: BudgetCheck, language: str, *, unit: Unit = EUR) -> str:
    """What was found, in one sentence of `language` (`fr`, else English) with its figures."""
    text = _SENTENCES[check.name][1 if language == "fr" else 2]
    return text.format(**{name: _written(name, figure, language, unit) for name, figure in check.figures.items()})


def _written(name: str, figure: int | Fraction, language: str, unit: Unit) -> str:
    if name == "hours":
        return _decimal(Fraction(figure), 2, language)
    if isinstance(figure, Fraction):
        return _decimal(figure * 100, 1, language) + ("\u202f%" if language == "fr" else "%")
    return number(figure, language) if name in _COUNTS else money(figure, language, unit)


def _decimal(value: Fraction, digits: int, language: str) -> str:
    """A number with at most so many decimals, rounded half away from zero, without zeros at its end."""
    whole, rest = divmod(abs(rounded(value * 10**digits)), 10**digits)
    sign = "-" if value < 0 and (whole or rest) else ""
    part = str(rest).rjust(digits, "0").rstrip("0")
    return sign + number(whole, language) + (f"{',' if language == 'fr' else '.'}{part}" if part else "")
