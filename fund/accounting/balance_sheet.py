"""What the balance sheet of a year says: both sides with the year before, equal to the cent, or a refusal.

Plain Python. The lines stand in `fund/accounting/balance_sheet_lines.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from fund.accounting.balance_sheet_lines import ASSETS, LAYOUTS, LIABILITIES, RESULT, TOTAL_ASSETS, TOTAL_LIABILITIES
from fund.accounting.layout_errors import BalanceSheetUnbalanced, LayoutUnknown
from fund.accounting.layouts import Column, Figure, Layout, closing, figures, opening, placed
from fund.accounting.plain_words import PlainLine, summary
from fund.accounting.year import YearAccounts, YearKey, YearRow
from ledger.money import Amount, unit_of


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """Both sides in print order; `total` is what each comes to, `result` above zero for a surplus.

    `has_before` tells whether the column of the year before is known.
    """

    assets: tuple[Figure, ...]
    liabilities: tuple[Figure, ...]
    total: int
    result: int
    has_before: bool


def layout_of(chart: str) -> Layout:
    """The layout that a version of the chart calls for; refused with LayoutUnknown."""
    if chart not in LAYOUTS:
        raise LayoutUnknown(chart=chart, known=LAYOUTS)
    return LAYOUTS[chart]


def balance_sheet(accounts: YearAccounts, before: YearAccounts | None) -> BalanceSheet:
    """The balance sheet on the day that the accounts are of.

    `before` are the accounts of the year before; without them its column is what the à-nouveaux carried over.
    Raises LineMissing, LayoutUnknown, and BalanceSheetUnbalanced when the two sides differ.
    """
    layout, unit = layout_of(accounts.year.chart), unit_of(accounts.currency)
    now = Column(accounts.by_auxiliary(), closing)
    earlier = Column(before.by_auxiliary(), closing) if before else _opened(accounts)
    held, owed = (figures(layout, side, now, earlier, unit) for side in (ASSETS, LIABILITIES))
    assets = next(each.net for each in held if each.code == TOTAL_ASSETS)
    liabilities = next(each.net for each in owed if each.code == TOTAL_LIABILITIES)
    if assets != liabilities:
        raise BalanceSheetUnbalanced(assets=Amount(assets, unit), liabilities=Amount(liabilities, unit))
    return BalanceSheet(held, owed, assets, accounts.result, earlier is not None)


def _opened(accounts: YearAccounts) -> Column | None:
    """The balance sheet of the year before as the openings tell it: its result is what stands on 120 or 129.

    None when the year opened with nothing, since there is then no year before.
    """
    rows = tuple(row for row in accounts.by_auxiliary() if row.opening and row.key.chart[:1] in "12345")
    if not rows:
        return None
    as_result = (replace(row, key=YearKey("7")) if row.key.chart.startswith("12") else row for row in rows)
    return Column(tuple(as_result), opening)


def rows_of_line(accounts: YearAccounts, code: str) -> tuple[YearRow, ...] | None:
    """The rows, by account and auxiliary, that make a line of the balance sheet; None when there is no such line."""
    layout = layout_of(accounts.year.chart)
    if code not in {line.code for line in layout.lines}:
        return None
    return tuple(placed(layout, accounts.by_auxiliary(), closing, unit_of(accounts.currency)).get(code, ()))


PLAIN: Final[Mapping[str, tuple[PlainLine, ...]]] = {
    "have": (
        PlainLine("money", "L’argent en banque, en caisse et placé", "Money at the bank, in hand and invested",
                  "cash investments instruments"),
        PlainLine("lent", "Les avances et prêts accordés", "Advances and loans granted", "loans"),
        PlainLine("stakes", "Les parts prises dans des coproductions", "Stakes taken in co-productions",
                  "participations"),
        PlainLine("owed-to-us", "Ce que d’autres nous doivent", "What others owe us",
                  "clients legacies-receivable other-receivables prepaid"),
        PlainLine("goods", "Les biens, équipements et autres avoirs", "Goods, equipment and other assets",
                  "set-up-costs development usufruct licences intangible-in-progress intangible-advances land "
                  "buildings equipment other-tangible tangible-in-progress tangible-advances legacies-to-sell "
                  "securities-held other-financial stocks loan-costs premiums translation-assets"),
    ),
    "owe": (
        PlainLine("to-pay", "Les aides à verser et ce que nous devons encore",
                  "Awards still to pay and other debts",
                  "other-debts suppliers tax-social legacies-debts fixed-asset-debts"),
        PlainLine("borrowed", "Ce que nous avons emprunté", "What we have borrowed",
                  "bonds credit-institutions financial-debts instruments-due"),
        PlainLine("received-ahead", "Ce qui est reçu pour les années suivantes", "Received for later years",
                  "deferred-income translation-liabilities"),
    ),
    "set-aside": (
        PlainLine("dedicated", "Ce qui est promis à des projets par nos financeurs (fonds dédiés)",
                  "What funders gave for projects still to come (dedicated funds)",
                  "dedicated-funds deferred-legacies"),
        PlainLine("risks", "Ce qui est gardé pour des risques et des charges", "Kept for risks and charges",
                  "provisions-risks provisions-charges regulated"),
        PlainLine("reserves", "Les réserves", "Reserves",
                  "reserves-statutory reserves-project reserves-other"),
    ),
    "ours": (
        PlainLine("own-funds", "Nos fonds propres, hors réserves", "Our own funds, reserves left out",
                  "own-statutory own-complementary returnable-statutory returnable-complementary revaluation "
                  "carried-forward result-before consumable investment-grants"),
        PlainLine("result", "Le résultat de l’année", "The result of the year", RESULT),
    ),
}  # fmt: skip
"""The same lines in plain words: what we have, what we owe, what is set aside, what remains."""


def plain_balance_sheet(sheet: BalanceSheet) -> Mapping[str, tuple[Figure, ...]]:
    """The groups of `PLAIN` with their totals; what we have is what all the others come to."""
    return {group: summary(lines, (*sheet.assets, *sheet.liabilities)) for group, lines in PLAIN.items()}
