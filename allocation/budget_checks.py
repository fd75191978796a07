"""What a rapporteur looks at first in a budget, each with its figures and a sentence in French and English.

Plain Python, whole minor units of one currency. The receipts are those without the fund's own aid and without the
pre-purchases; help in kind is listed apart and enters no sum, because what is lent is not money that is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from allocation.methods.sentences import money, number
from ledger.money import EUR, Unit, rounded

ACQUIRED = "acquired"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt of the financing plan: from whom, of which kind, whether it is acquired or requested."""

    source: str
    kind: str
    minor: int
    certainty: str


@dataclass(frozen=True, slots=True)
class PrePurchase:
    """Performances that somebody has bought already (*préachat*)."""

    buyer: str
    performances: int
    minor: int


@dataclass(frozen=True, slots=True)
class InKindNeed:
    """What members could bring otherwise than in money."""

    what: str
    quantity: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget with its financing plan; `minimum` and `asked` are None where the file does not say."""

    charges: tuple[int, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    prepurchases: tuple[PrePurchase, ...] = ()
    needs: tuple[InKindNeed, ...] = ()
    minimum: int | None = None
    asked: int | None = None

    @property
    def costs(self) -> int:
        """All charges."""
        return sum(self.charges)

    @property
    def found(self) -> int:
        """What is there or expected without the fund: receipts and pre-purchases."""
        return sum(receipt.minor for receipt in self.receipts) + sum(each.minor for each in self.prepurchases)

    @property
    def gap(self) -> int:
        """What is missing without the fund; below zero where more is expected than it costs."""
        return self.costs - self.found


@dataclass(frozen=True, slots=True)
class BudgetCheck:
    """One check: its name, whether it holds (None: there is nothing to hold, it only informs), its figures."""

    name: str
    holds: bool | None
    figures: Mapping[str, int | Fraction | str] = field(default_factory=dict)


def budget_checks(budget: Budget, *, ceiling: Fraction | None = None) -> tuple[BudgetCheck, ...]:
    """All checks of a budget, always the same and in the same order; `ceiling` bounds the aid as a share of the costs.

    >>> plan = Budget((100_00,), (Receipt("La ville", "aid", 40_00, "acquired"),), minimum=50_00, asked=60_00)
    >>> [(check.name, check.holds) for check in budget_checks(plan)][:2]
    [('balanced', True), ('receipts-named', True)]
    """
    return (
        _balanced(budget),
        _named(budget),
        _acquired(budget),
        _prepurchased(budget),
        _in_bounds(budget),
        _under_ceiling(budget, ceiling),
        _in_kind(budget),
    )


def _balanced(budget: Budget) -> BudgetCheck:
    asked = budget.asked or 0
    difference = budget.found + asked - budget.costs
    figures = {"costs": budget.costs, "found": budget.found, "asked": asked, "difference": abs(difference)}
    if not budget.costs:
        return BudgetCheck("no-costs", False, figures)
    name = "balanced" if not difference else "above-costs" if difference > 0 else "below-costs"
    return BudgetCheck(name, not difference, figures)


def _named(budget: Budget) -> BudgetCheck:
    named = sum(any(letter.isalpha() for letter in receipt.source) for receipt in budget.receipts)
    if not budget.receipts:
        return BudgetCheck("no-receipts", None)
    return BudgetCheck(
        "receipts-named", named == len(budget.receipts), {"named": named, "receipts": len(budget.receipts)}
    )


def _acquired(budget: Budget) -> BudgetCheck:
    acquired = sum(receipt.minor for receipt in budget.receipts if receipt.certainty == ACQUIRED)
    bought = sum(each.minor for each in budget.prepurchases)
    return BudgetCheck("acquired", None, {"acquired": acquired + bought, "found": budget.found})


def _prepurchased(budget: Budget) -> BudgetCheck:
    if not budget.prepurchases:
        return BudgetCheck("no-prepurchase", None)
    figures = {
        "bought": sum(each.minor for each in budget.prepurchases),
        "performances": sum(each.performances for each in budget.prepurchases),
        "buyers": len({each.buyer for each in budget.prepurchases}),
    }
    return BudgetCheck("prepurchases", None, figures)


def _in_bounds(budget: Budget) -> BudgetCheck:
    if budget.asked is None or budget.asked <= 0:
        return BudgetCheck("nothing-asked", False)
    minimum = budget.asked if budget.minimum is None else budget.minimum
    figures = {"minimum": minimum, "asked": budget.asked, "gap": budget.gap}
    if minimum > budget.asked:
        return BudgetCheck("minimum-above-asked", False, figures)
    if budget.asked > budget.gap:
        return BudgetCheck("asked-above-gap", False, figures | {"above": budget.asked - budget.gap})
    return BudgetCheck("asked-within-gap", True, figures)


def _under_ceiling(budget: Budget, ceiling: Fraction | None) -> BudgetCheck:
    asked = budget.asked or 0
    share = Fraction(asked, budget.costs) if budget.costs > 0 else Fraction(0)
    figures: dict[str, int | Fraction | str] = {"asked": asked, "costs": budget.costs, "share": share}
    if ceiling is None or budget.costs <= 0:
        return BudgetCheck("share", None, figures)
    holds = share <= ceiling
    return BudgetCheck("under-ceiling" if holds else "above-ceiling", holds, figures | {"ceiling": ceiling})


def _in_kind(budget: Budget) -> BudgetCheck:
    if not budget.needs:
        return BudgetCheck("no-need-in-kind", None)
    return BudgetCheck("needs-in-kind", None, {"needs": len(budget.needs)})


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
        "Besoins en nature : {needs}. Ils sont listés à part et n’entrent dans aucune somme.",
        "Needs in kind: {needs}. They are listed apart and enter no sum.",
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


def _written(name: str, figure: int | Fraction | str, language: str, unit: Unit) -> str:
    if isinstance(figure, Fraction):
        return _percent(figure, language)
    if isinstance(figure, str):
        return figure
    return number(figure, language) if name in _COUNTS else money(figure, language, unit)


def _percent(share: Fraction, language: str) -> str:
    """A share in tenths of a percent, rounded half away from zero."""
    tenths = rounded(share * 1000)
    whole, rest = divmod(abs(tenths), 10)
    digits = str(whole) if not rest else f"{whole}{',' if language == 'fr' else '.'}{rest}"
    return f"{digits}\u202f%" if language == "fr" else f"{digits}%"
