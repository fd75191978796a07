"""The words of the pooled fund's yearly report: its flows, its rate, its definitions."""

from __future__ import annotations

from fractions import Fraction

from fund.accounting.pooled_fund import Flow
from fund.statements.accounts.book_parts import said
from fund.statements.document import Language
from ledger.money import rounded

FLOW_WORDS: dict[Flow, tuple[str, str]] = {
    "contributions": ("Contributions encaissées (dépôts)", "Contributions received (deposits)"),
    "interest": ("Intérêts", "Interest"),
    "refundable": ("Apports remboursables reçus", "Refundable contributions received"),
    "returns": ("Retours des projets (recettes partagées)", "Returns of projects (shared receipts)"),
    "other-source": ("Autres ressources", "Other sources"),
    "transfers": ("Versements aux projets", "Transfers to projects"),
    "refunds": ("Remboursements des projets, en moins", "Refunds by projects, taken off"),
    "refundable-repaid": ("Apports remboursables rendus", "Refundable contributions repaid"),
    "direct-costs": ("Frais du fonds", "Costs of the fund"),
    "bank-charges": ("Frais bancaires et financiers", "Bank and financial charges"),
    "other-use": ("Autres emplois", "Other uses"),
}


def rate_text(rate: Fraction | None, language: Language) -> str:
    """A rate with one decimal: `41,5 %`; the exact fraction is given beside it."""
    if rate is None:
        return said(language, "sans objet", "not applicable")
    tenths = rounded(rate * 1000)
    whole, part = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole},{part}\u202f%" if language == "fr" else f"{sign}{whole}.{part}%"


def definitions(language: Language) -> tuple[str, ...]:
    """What the words of the report mean."""
    return (
        said(
            language,
            "Engagement : ce qu’un membre ou un financeur doit par un appel, une convention ou une notification. "
            "Dépôt : ce qui en est arrivé en banque. Allocation : ce qui est voté. Versement : ce qui part vers un "
            "projet ; remboursement : ce qu’il en rend ; financement net : la différence.",
            "Commitment: what a member or a funder owes by a call, an agreement or a notice. Deposit: what of it "
            "reached the bank. Allocation: what is voted. Transfer: what leaves for a project; refund: what it gives "
            "back of it; net funded: the difference.",
        ),
        said(
            language,
            "Dépense : ce qui, du financement net, est consommé : aides versées et pertes supportées. Une avance, un "
            "apport en coproduction ou un recours doivent revenir : ils ne sont pas dépensés. Taux d’exécution = "
            "dépense ÷ financement net.",
            "Expenditure: what of the net funded is spent for good: aids paid and losses borne. An advance, a stake in "
            "a coproduction or a claim is to come back: it is not spent. Delivery rate = expenditure ÷ net funded.",
        ),
    )
