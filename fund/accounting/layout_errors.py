"""The refusals of whoever draws up the accounts of a year: an account without a line, sides that differ."""

from __future__ import annotations

from collections.abc import Iterable

from fund.errors import FundError
from ledger.money import Amount


class LineMissing(FundError):
    """Accounts with a balance have no line in the layout that the fiscal year follows."""

    code = "statement_line_missing"
    en = (
        "In the layout {chart} these accounts have no line: {accounts}. Nothing is left out in silence: "
        "move their balance to accounts of this chart, then draw the statement again."
    )
    fr = (
        "Dans le modèle {chart}, ces comptes n’ont pas de ligne : {accounts}. Rien n’est écarté en silence : "
        "reclassez leur solde sur des comptes de ce plan, puis éditez de nouveau."
    )

    def __init__(self, *, chart: str, accounts: Iterable[tuple[str, Amount]]) -> None:
        told = ", ".join(f"{number} ({amount})" for number, amount in accounts)
        super().__init__(chart=chart, accounts=told)


class LayoutUnknown(FundError):
    """The fiscal year follows a chart for which there is no layout."""

    code = "statement_layout_unknown"
    en = "There is no layout of the accounts for the chart {chart}. Known charts: {known}."
    fr = "Aucun modèle de comptes n’existe pour le plan {chart}. Plans connus : {known}."

    def __init__(self, *, chart: str, known: Iterable[str]) -> None:
        super().__init__(chart=chart, known=", ".join(known))


class BalanceSheetUnbalanced(FundError):
    """The two sides of the balance sheet differ, so that some entry mixes accounts of the two worlds."""

    code = "balance_sheet_unbalanced"
    en = (
        "The assets are {assets} and the liabilities {liabilities}: an entry has one side on or off the balance sheet "
        "alone (class 8). Find it in the journal and reverse it."
    )
    fr = (
        "L’actif est de {assets} et le passif de {liabilities} : une écriture n’a qu’un de ses côtés au bilan "
        "(l’autre en classe 8). Trouvez-la dans le journal et contre-passez-la."
    )

    def __init__(self, *, assets: Amount, liabilities: Amount) -> None:
        super().__init__(assets=assets, liabilities=liabilities)
