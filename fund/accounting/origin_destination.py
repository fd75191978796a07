"""Income by origin and expenses by destination (CROD, ANC 2018-06 art. 432-2 to 432-16), and what they rest on.

Plain Python. Income and expenses are positive here, whatever their side in the books. The generosity of the public
is what the lines' own mark says. A line that names no destination has the default of its account, which the
statement says openly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from fund.accounting.destinations import DESTINATIONS, FUNDRAISING, MISSIONS, RUNNING
from fund.accounting.year import YearAccounts, YearRow

Texts = Mapping[str, str]

DEFAULTS: Final[tuple[tuple[str, str], ...]] = (
    ("655", MISSIONS),
    ("657", MISSIONS),
    ("86", MISSIONS),
    ("6", RUNNING),
)
"""By the beginning of the account, the longest first: the destination of a line that names none."""


def _texts(fr: str, en: str) -> Texts:
    return {"fr": fr, "en": en}


ORIGINS: Final[Mapping[str, Texts]] = {
    "1.1": _texts("Cotisations sans contrepartie", "Membership contributions without counterpart"),
    "1.2a": _texts("Dons manuels", "Gifts"),
    "1.2b": _texts("Legs, donations et assurances-vie", "Bequests and life insurance"),
    "1.2c": _texts("Mécénat", "Sponsorship"),
    "1.3": _texts("Autres produits liés à la générosité du public", "Other income linked to the public’s generosity"),
    "2.1": _texts("Cotisations avec contrepartie", "Membership contributions with counterpart"),
    "2.2": _texts("Parrainage des entreprises", "Business sponsorship with counterpart"),
    "2.3": _texts("Contributions financières sans contrepartie", "Financial contributions without counterpart"),
    "2.4": _texts("Autres produits non liés à la générosité du public", "Other income not linked to it"),
    "3": _texts("Subventions et autres concours publics", "Subsidies and other public contributions"),
    "4": _texts("Reprises sur provisions et dépréciations", "Reversals of provisions and depreciation"),
    "5": _texts("Utilisations des fonds dédiés antérieurs", "Use of funds dedicated before"),
}
USES: Final[Mapping[str, Texts]] = {
    "1.1a": _texts(
        "Réalisées en France : actions réalisées par l’organisme", "Carried out in France: actions by the fund itself"
    ),
    "1.1b": _texts(
        "Réalisées en France : versements à un organisme central ou à d’autres organismes agissant en France",
        "Carried out in France: payments to a central body or to other bodies acting in France",
    ),
    "2.1": _texts("Frais d’appel à la générosité du public", "Costs of appeals to the public"),
    "2.2": _texts("Frais de recherche d’autres ressources", "Costs of raising other resources"),
    "3": _texts("Frais de fonctionnement", "Running costs"),
    "4": _texts("Dotations aux provisions et dépréciations", "Provisions and depreciation"),
    "5": _texts("Impôt sur les bénéfices", "Tax on profits"),
    "6": _texts("Reports en fonds dédiés de l’exercice", "Carried to dedicated funds in the year"),
}
NATURES: Final[Mapping[str, Texts]] = {
    "60": _texts("Achats", "Purchases"),
    "61-62": _texts("Autres achats et charges externes", "Other purchases and external charges"),
    "63": _texts("Impôts, taxes et versements assimilés", "Taxes"),
    "64": _texts("Salaires et charges sociales", "Salaries and social charges"),
    "657": _texts("Aides financières", "Aids granted"),
    "65": _texts("Autres charges", "Other charges"),
    "681a": _texts("Dotations aux amortissements", "Amortisation"),
    "681b": _texts("Dotations aux provisions et dépréciations", "Provisions and depreciation"),
    "689": _texts("Reports en fonds dédiés", "Carried to dedicated funds"),
    "66": _texts("Charges financières", "Financial charges"),
    "67": _texts("Charges exceptionnelles", "Exceptional charges"),
    "69": _texts("Impôt sur les bénéfices et participation", "Tax on profits"),
}
GIVEN_IN_KIND: Final[Mapping[str, Texts]] = {
    "1a": _texts("Bénévolat", "Volunteering"),
    "1b": _texts("Prestations en nature", "Services in kind"),
    "1c": _texts("Dons en nature", "Gifts in kind"),
    "2": _texts(
        "Contributions volontaires non liées à la générosité du public", "Contributions not linked to its generosity"
    ),
    "3": _texts("Concours publics en nature", "Public contributions in kind"),
}
USED_IN_KIND: Final[Mapping[str, Texts]] = {
    MISSIONS: _texts("Contributions volontaires aux missions sociales", "Contributions to the fund’s missions"),
    FUNDRAISING: _texts("Contributions volontaires à la recherche de fonds", "Contributions to fundraising"),
    RUNNING: _texts("Contributions volontaires au fonctionnement", "Contributions to running"),
}

_ORIGIN_OF: Final = (
    ("7561", "1.1"), ("7562", "2.1"), ("756", "1.1"), ("75432", "1.2b"), ("7543", "1.2b"), ("7542", "1.2c"),
    ("754", "1.2a"), ("7063", "2.2"), ("755", "2.3"), ("73", "3"), ("74", "3"), ("789", "5"), ("78", "4"), ("7", "2.4"),
)  # fmt: skip
_NATURE_OF: Final = (
    ("60", "60"), ("61", "61-62"), ("62", "61-62"), ("63", "63"), ("64", "64"), ("657", "657"), ("65", "65"),
    ("6811", "681a"), ("6812", "681a"), ("6861", "681a"), ("6871", "681a"), ("689", "689"), ("68", "681b"),
    ("66", "66"), ("67", "67"), ("69", "69"),
)  # fmt: skip


def _longest(chart: str, table: Iterable[tuple[str, str]]) -> str:
    """What the table gives for the longest beginning that the account has; an empty text for none."""
    return max(((len(start), found) for start, found in table if chart.startswith(start)), default=(0, ""))[1]


def origin_of(row: YearRow) -> str:
    """The origin of income. What is marked as the public's generosity and is no gift by its account stands in 1.3."""
    found = _longest(row.key.chart, _ORIGIN_OF)
    return "1.3" if row.key.public_generosity and found.startswith("2") else found


def nature_of(chart: str) -> str:
    """The nature of an expense, a line of the income statement."""
    return _longest(chart, _NATURE_OF)


def destination_of(row: YearRow) -> str:
    """What the line names, or else the default of its account."""
    named = row.key.destination
    return named if named in DESTINATIONS else _longest(row.key.chart, DEFAULTS)


def has_default(row: YearRow) -> bool:
    """Whether the destination of an expense comes from its account, in a rubric where a destination counts."""
    if row.key.destination in DESTINATIONS:
        return False
    return row.key.chart.startswith("86") or _own_rubric(row.key.chart) == ""


def _own_rubric(chart: str) -> str:
    """The rubric of an expense that has one by its nature, whatever it is for."""
    return {"681b": "4", "69": "5", "689": "6"}.get(nature_of(chart), "")


def use_of(row: YearRow) -> str:
    """The rubric of an expense: that of its nature (provisions, tax, dedicated funds), or else its destination."""
    if own := _own_rubric(row.key.chart):
        return own
    destination = destination_of(row)
    if destination == MISSIONS:
        return "1.1b" if row.key.chart.startswith("657") else "1.1a"
    if destination == FUNDRAISING:
        return "2.1" if row.key.public_generosity else "2.2"
    return "3"


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the statement: its total, and what of it is marked as the public's generosity."""

    total: int = 0
    generosity: int = 0


@dataclass(frozen=True, slots=True)
class Defaulted:
    """What an account's default decided: how much went to which destination without a line saying so."""

    chart: str
    destination: str
    minor: int


@dataclass(frozen=True, slots=True)
class OriginDestination:
    """The statement of one year, by the codes of `ORIGINS`, `USES`, `GIVEN_IN_KIND`, `USED_IN_KIND`.

    `matrix` crosses natures and uses: charge by nature × destination (art. 432-16).
    """

    origins: Mapping[str, Figure]
    uses: Mapping[str, Figure]
    given: Mapping[str, Figure]
    used: Mapping[str, Figure]
    matrix: Mapping[tuple[str, str], int]
    defaulted: tuple[Defaulted, ...]

    @property
    def income(self) -> Figure:
        return total_of(self.origins)

    @property
    def expenses(self) -> Figure:
        return total_of(self.uses)

    @property
    def result(self) -> Figure:
        """Income less expenses: a surplus above zero."""
        income, expenses = self.income, self.expenses
        return Figure(income.total - expenses.total, income.generosity - expenses.generosity)


def total_of(figures: Mapping[str, Figure], *beginnings: str) -> Figure:
    """The sum of the figures whose code begins so; of all when no beginning is given."""
    chosen = [each for code, each in figures.items() if not beginnings or code.startswith(beginnings)]
    return Figure(sum(each.total for each in chosen), sum(each.generosity for each in chosen))


def origin_destination(accounts: YearAccounts, authorities: Collection[str] = ()) -> OriginDestination:
    """The statement of a year; `authorities` are the parties whose help in kind is a public contribution."""
    origins: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    uses: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    given: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    used: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    matrix: dict[tuple[str, str], int] = defaultdict(int)
    defaulted: dict[tuple[str, str], int] = defaultdict(int)
    for row in accounts.rows:
        chart = row.key.chart
        if chart.startswith("7"):
            _add(origins[origin_of(row)], -row.movement, row)
        elif chart.startswith("87"):
            _add(given[given_of(row, authorities)], -row.movement, row)
        elif chart.startswith("86"):
            _add(used[destination_of(row)], row.movement, row)
        elif chart.startswith("6"):
            _add(uses[use_of(row)], row.movement, row)
            matrix[nature_of(chart), use_of(row)] += row.movement
        if chart.startswith(("6", "86")) and has_default(row) and row.movement:
            defaulted[chart, destination_of(row)] += row.movement
    return OriginDestination(
        _figures(ORIGINS, origins),
        _figures(USES, uses),
        _figures(GIVEN_IN_KIND, given),
        _figures(USED_IN_KIND, used),
        {key: minor for key, minor in matrix.items() if minor},
        tuple(Defaulted(*key, minor) for key, minor in sorted(defaulted.items())),
    )


def _figures(codes: Iterable[str], sums: Mapping[str, list[int]]) -> dict[str, Figure]:
    """The sums in the order of the codes; those of nothing are left out."""
    return {code: Figure(*sums[code]) for code in codes if code in sums}


def given_of(row: YearRow, authorities: Collection[str]) -> str:
    """The origin of a contribution in kind: a public authority's own, or the public's by its mark and nature."""
    if row.key.party and row.key.party in authorities:
        return "3"
    if not row.key.public_generosity:
        return "2"
    return "1a" if row.key.chart.startswith("875") else "1b" if row.key.chart.startswith("871") else "1c"


def _add(sums: list[int], minor: int, row: YearRow) -> None:
    sums[0] += minor
    if row.key.public_generosity:
        sums[1] += minor
