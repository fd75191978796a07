"""What the income statement of a year says, with contributions in kind at its foot, and the year before beside it.

Plain Python. The lines stand in `fund/accounting/income_statement_lines.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fund.accounting.income_statement_lines import (
    CONTRIBUTIONS,
    IN_KIND,
    LAYOUTS,
    RESULT,
    STATEMENT,
    TOTAL_CONTRIBUTIONS,
    TOTAL_EXPENSES,
    TOTAL_INCOME,
    TOTAL_USES,
    USES,
)
from fund.accounting.layout_errors import LayoutUnknown
from fund.accounting.layouts import Column, Figure, Layout, Line, figures, movement, placed, title_of
from fund.accounting.plain_words import PlainLine, summary
from fund.accounting.year import YearAccounts, YearRow
from ledger.money import unit_of


@dataclass(frozen=True, slots=True)
class InKind:
    """What was given in kind and how it was used, as euros; both come to the same when the books are right."""

    contributions: tuple[Figure, ...]
    uses: tuple[Figure, ...]
    has_before: bool

    @property
    def given(self) -> int:
        return _net(self.contributions, TOTAL_CONTRIBUTIONS)

    @property
    def used(self) -> int:
        return _net(self.uses, TOTAL_USES)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was given or used in kind in both years."""
        return not any(each.kind == "line" for each in (*self.contributions, *self.uses))


@dataclass(frozen=True, slots=True)
class IncomeStatement:
    """The lines in print order; `income` less `expenses` is `result`, above zero for a surplus."""

    lines: tuple[Figure, ...]
    income: int
    expenses: int
    in_kind: InKind
    has_before: bool

    @property
    def result(self) -> int:
        return self.income - self.expenses


def _net(lines: tuple[Figure, ...], code: str) -> int:
    return next(each.net for each in lines if each.code == code)


def _layout(layouts: Mapping[str, Layout], chart: str) -> Layout:
    if chart not in layouts:
        raise LayoutUnknown(chart=chart, known=layouts)
    return layouts[chart]


def income_statement(accounts: YearAccounts, before: YearAccounts | None) -> IncomeStatement:
    """The income statement from the first day of the year to that of the accounts.

    Raises LineMissing and LayoutUnknown.
    """
    layout, unit = _layout(LAYOUTS, accounts.year.chart), unit_of(accounts.currency)
    now, earlier = _columns(accounts, before)
    lines = figures(layout, STATEMENT, now, earlier, unit)
    return IncomeStatement(
        lines, _net(lines, TOTAL_INCOME), _net(lines, TOTAL_EXPENSES), in_kind(accounts, before), earlier is not None
    )


def in_kind(accounts: YearAccounts, before: YearAccounts | None) -> InKind:
    """Contributions in kind (87) and their uses (86). Raises LineMissing and LayoutUnknown."""
    layout, unit = _layout(IN_KIND, accounts.year.chart), unit_of(accounts.currency)
    now, earlier = _columns(accounts, before)
    given, used = (figures(layout, part, now, earlier, unit) for part in (CONTRIBUTIONS, USES))
    return InKind(given, used, earlier is not None)


def _columns(accounts: YearAccounts, before: YearAccounts | None) -> tuple[Column, Column | None]:
    earlier = Column(before.by_auxiliary(), movement) if before else None
    return Column(accounts.by_auxiliary(), movement), earlier


def line_named(chart: str, code: str) -> Line | None:
    """The line of this code, of the statement or of its foot; None when there is none."""
    lines = (line for layouts in (LAYOUTS, IN_KIND) for line in _layout(layouts, chart).lines)
    return next((line for line in lines if line.code == code), None)


def line_title(chart: str, code: str) -> tuple[str, str] | None:
    """The titles of a line with its heading, in French and English; None when there is no such line."""
    found = (title_of(_layout(layouts, chart), code) for layouts in (LAYOUTS, IN_KIND))
    return next((titles for titles in found if titles), None)


def rows_of_line(accounts: YearAccounts, code: str) -> tuple[YearRow, ...] | None:
    """The rows, by account and auxiliary, that make a line of the statement or of its foot; None when it has none."""
    for layouts in (LAYOUTS, IN_KIND):
        layout = _layout(layouts, accounts.year.chart)
        if code in {line.code for line in layout.lines}:
            return tuple(placed(layout, accounts.by_auxiliary(), movement, unit_of(accounts.currency)).get(code, ()))
    return None


PLAIN: Final[Mapping[str, tuple[PlainLine, ...]]] = {
    "in": (
        PlainLine("from-members", "Les cotisations des membres", "Contributions of the members", "memberships"),
        PlainLine("from-public", "Les subventions publiques", "Public grants", "public-grants founders"),
        PlainLine("from-others", "Les contributions et dons d’autres organismes et personnes",
                  "Contributions and gifts of other bodies and people",
                  "contributions-received gifts patronage bequests"),
        PlainLine("from-sales", "Les ventes", "Sales", "goods-sold services-sold"),
        PlainLine("set-aside-used", "Ce qui était mis de côté et sert cette année",
                  "What was set aside and is used this year",
                  "dedicated-funds-used reversals financial-reversals exceptional-reversals"),
        PlainLine("other-in", "Les retours des projets et autres produits", "Returns of projects and other income",
                  "other-income from-holdings from-securities interest-received exchange-gains investments-sold "
                  "exceptional-running exceptional-capital exceptional-income"),
    ),
    "out": (
        PlainLine("to-projects", "Les aides aux projets", "Awards to projects", "awards"),
        PlainLine("running", "Le fonctionnement : achats, services, impôts",
                  "Running costs: purchases, services, taxes",
                  "goods-bought stock-change external taxes income-tax"),
        PlainLine("people", "Les salaires et charges sociales", "Wages and social charges",
                  "wages social-charges profit-sharing"),
        PlainLine("set-aside", "Ce qui est mis de côté pour plus tard : fonds dédiés, risques, pertes de valeur",
                  "Set aside for later: dedicated funds, risks, losses of value",
                  "dedicated-funds-carried provisions depreciation financial-provisions exceptional-provisions"),
        PlainLine("other-out", "Les autres charges", "Other expenses",
                  "other-expenses interest-paid exchange-losses investments-lost exceptional-costs "
                  "exceptional-capital-costs"),
    ),
}  # fmt: skip
"""The same lines in plain words: what came in, what went out."""


def plain_income_statement(statement: IncomeStatement) -> Mapping[str, tuple[Figure, ...]]:
    """The groups of `PLAIN`: what came in less what went out is the result."""
    return {group: summary(lines, statement.lines) for group, lines in PLAIN.items()}


__all__ = [
    "RESULT",
    "InKind",
    "IncomeStatement",
    "in_kind",
    "income_statement",
    "line_named",
    "line_title",
    "plain_income_statement",
    "rows_of_line",
]
