"""The trial balance (*balance générale*) of a year: by account with a subtotal for each class, or by class alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from fund.accounting.trial_balance import TrialBalance, TrialLine, trial_balance
from fund.statements.accounts.kinds import Asked, LineRows, StatementKind
from fund.statements.accounts.legal_parts import (
    Heading,
    account_title,
    document,
    line_link,
    said,
    two_years,
)
from fund.statements.document import Cell, Column, Document, Language, Row, Section, Table
from fund.statements.render.formats import amount_text, date_text

_CLASSES: Final = {
    "1": ("Fonds propres, fonds dédiés, emprunts", "Own funds, dedicated funds, loans"),
    "2": ("Immobilisations", "Fixed assets"),
    "3": ("Stocks", "Stocks"),
    "4": ("Tiers", "Third parties"),
    "5": ("Trésorerie", "Cash and bank"),
    "6": ("Charges", "Expenses"),
    "7": ("Produits", "Income"),
    "8": ("Engagements et contributions en nature", "Commitments and contributions in kind"),
}
_NAMES: Final = ("opening_debit", "opening_credit", "debit", "credit", "closing_debit", "closing_credit")


@dataclass(frozen=True, slots=True)
class Facts:
    """The trial balance with its head."""

    head: Heading
    balance: TrialBalance


def read(asked: Asked) -> Facts:
    """The facts from the first day of the year to the day asked for."""
    found = two_years(asked)
    return Facts(found.head, trial_balance(found.accounts))


def arrange(facts: Facts, language: Language) -> Document:
    """The document, in the view that was asked for."""
    head, balance = facts.head, facts.balance
    day = date_text(head.as_of, language)
    moved = amount_text(head.amount(balance.total.debit), language)
    if balance.is_balanced:
        lede = said(
            language,
            f"Au {day}, les débits égalent les crédits : {moved} de mouvements de chaque côté depuis l’ouverture.",
            f"On {day} the debits equal the credits: {moved} of movements on each side since the opening.",
        )
    else:
        lede = said(
            language,
            f"Au {day}, débits et crédits diffèrent : vérifiez les livres avant tout usage de ces comptes.",
            f"On {day} debits and credits differ: verify the books before any use of these accounts.",
        )
    return document(
        head,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        lede=lede,
        wide=True,
        sections=(Section(said(language, "Comptes", "Accounts"), (_table(facts, language),)),),
        notes=(
            said(
                language,
                "L’ouverture est celle des à-nouveaux ; le journal technique CL, qui vide les comptes de l’exercice "
                "clos le même jour, n’est pas compté dans les mouvements.",
                "The opening is that of the à-nouveaux; the technical journal CL, which empties the accounts of the "
                "closed year on the same day, is not counted among the movements.",
            ),
            said(
                language,
                "Les classes 86 et 87 sont valorisées en euros ; les heures, la notoriété et la classe 9 n’y figurent "
                "pas.",
                "Classes 86 and 87 are valued in euros; hours, recognition and class 9 are left out.",
            ),
        ),
    )


def _table(facts: Facts, language: Language) -> Table:
    head, balance = facts.head, facts.balance
    simple = head.view == "simple"
    rows: list[Row] = []
    for each in balance.classes:
        title = said(language, *_CLASSES.get(each.number, (each.number, each.number)))
        if not simple:
            rows += [_account(head, line, language) for line in each.lines]
            title = said(language, f"Total de la classe {each.number} : ", f"Total of class {each.number}: ") + title
        rows.append(Row((each.number, title, *_cells(head, each.total)), strong=not simple, anchor=f"{each.number}"))
    return Table(
        KIND.titles[language],
        (
            Column(said(language, "Classe", "Class") if simple else said(language, "Compte", "Account"), "code"),
            Column(said(language, "Intitulé", "Name")),
            *(
                Column(said(language, *heading), "amount", head.unit)
                for heading in (
                    ("Ouverture débit", "Opening debit"),
                    ("Ouverture crédit", "Opening credit"),
                    ("Débit", "Debit"),
                    ("Crédit", "Credit"),
                    ("Solde débiteur", "Debit balance"),
                    ("Solde créditeur", "Credit balance"),
                )
            ),
        ),
        tuple(rows),
        said(language, "Aucun compte.", "No account."),
        total=("", "Total", *(head.amount(minor) for minor in balance.total.columns)),
        name=KIND.titles[language],
    )


def _account(head: Heading, line: TrialLine, language: Language) -> Row:
    return Row(
        (
            line_link(head, KIND.name, line.number, line.number),
            account_title(head.account_names, line.number, language),
            *_cells(head, line, linked=True),
        ),
        anchor=line.number,
    )


def _cells(head: Heading, line: TrialLine, *, linked: bool = False) -> tuple[Cell, ...]:
    """The six columns; an empty cell where there is nothing."""
    amounts = [head.amount(minor) if minor else None for minor in line.columns]
    if not linked:
        return tuple(amounts)
    return tuple(line_link(head, KIND.name, line.number, amount) if amount else None for amount in amounts)


def figures(facts: Facts) -> Any:
    """Every account, every class and the total, for a program."""
    head = facts.head

    def columns(line: TrialLine) -> dict[str, str]:
        return {name: head.major(minor) for name, minor in zip(_NAMES, line.columns, strict=True)}

    return {
        "accounts": [
            {
                "code": line.number,
                "fr": account_title(head.account_names, line.number, "fr"),
                "en": account_title(head.account_names, line.number, "en"),
                **columns(line),
            }
            for each in facts.balance.classes
            for line in each.lines
        ],
        "classes": [{"code": each.number, **columns(each.total)} for each in facts.balance.classes],
        "total": columns(facts.balance.total),
        "balanced": facts.balance.is_balanced,
    }


def line(asked: Asked, code: str) -> LineRows | None:
    """The parties and projects of an account, by its number."""
    found = two_years(asked)
    rows = tuple(row for row in found.accounts.by_auxiliary() if row.key.chart == code)
    if not rows:
        return None
    fr, en = account_title(found.head.account_names, code, "fr"), account_title(found.head.account_names, code, "en")
    return LineRows(f"{code} {fr}", f"{code} {en}", sum(row.closing for row in rows), rows, is_movement=False)


KIND = StatementKind(
    name="trial-balance",
    titles={"fr": "Balance générale", "en": "Trial balance"},
    group="books",
    read=read,
    arrange=arrange,
    figures=figures,
    views=True,
    line=line,
)
