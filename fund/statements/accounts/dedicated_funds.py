"""Dedicated funds (*fonds dédiés*) in the table of article 431-6: by rubric, then by convention or project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from fund.accounting.dedicated_funds import RUBRICS, DedicatedRow
from fund.accounting.year import YearRow
from fund.queries.dedicated_funds import DedicatedFunds, dedicated_funds
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

_NAMES: Final = ("opening", "reports", "uses", "refunds", "transfers", "closing", "idle")
_RUBRIC: Final = "rubric-"


@dataclass(frozen=True, slots=True)
class Facts:
    """The table with its head."""

    head: Heading
    funds: DedicatedFunds


def read(asked: Asked) -> Facts:
    """The facts from the first day of the year to the day asked for."""
    found = two_years(asked)
    return Facts(found.head, dedicated_funds(asked.fund, asked.year, asked.as_of, accounts=found.accounts))


def arrange(facts: Facts, language: Language) -> Document:
    """The document: one table, a subtotal for each rubric."""
    head, funds = facts.head, facts.funds
    total = funds.total()
    kept, day = amount_text(head.amount(total.closing), language), date_text(head.as_of, language)
    rows: list[Row] = []
    for rubric, terms in RUBRICS.items():
        found = funds.of(rubric)
        if not found:
            continue
        title = said(language, terms.fr, terms.en)
        rows.append(Row((title, *[None] * len(_NAMES)), strong=True))
        rows += [_row(facts, row, language) for row in found]
        subtotal = _cells(head, funds.total(rubric), f"{_RUBRIC}{rubric}")
        rows.append(Row((f"Total – {title}", *subtotal), strong=True, anchor=f"{_RUBRIC}{rubric}"))
    table = Table(
        KIND.titles[language],
        (
            Column(said(language, "Fonds dédiés issus de", "Dedicated funds from")),
            *(
                Column(said(language, *heading), "amount", head.unit)
                for heading in (
                    ("À l’ouverture", "At the opening"),
                    ("Reports", "Carried forward"),
                    ("Utilisations, montant global", "Used, in all"),
                    ("dont remboursements", "of which refunds"),
                    ("Transferts", "Transfers"),
                    ("À la clôture, montant global", "At the close, in all"),
                    (
                        "dont projets sans dépense au cours des deux derniers exercices",
                        "of which projects without expense in the last two years",
                    ),
                )
            ),
        ),
        tuple(rows),
        said(language, "Aucun fonds dédié.", "No dedicated fund."),
        total=("Total", *_cells(head, total, "")) if rows else (),
        name=KIND.titles[language],
    )
    return document(
        head,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        wide=True,
        lede=said(
            language, f"Au {day}, le fonds n’a pas de fonds dédiés.", f"On {day}, the fund has no dedicated funds."
        )
        if not total.closing
        else said(
            language,
            f"Au {day}, {kept} reçus de financeurs pour des projets définis ne sont pas encore employés.",
            f"On {day}, {kept} received from funders for defined projects is not used yet.",
        ),
        sections=(
            Section(said(language, "Tableau de variation des fonds dédiés", "Movements of dedicated funds"), (table,)),
        ),
        notes=_notes(facts, language),
    )


def _row(facts: Facts, row: DedicatedRow, language: Language) -> Row:
    code = row.code or row.account
    name = (
        facts.funds.names.get(row.code, "")
        if row.code
        else account_title(facts.head.account_names, row.account, language)
    )
    title = " ".join(filter(None, (code, name)))
    return Row((title, *_cells(facts.head, row, row.account)), level=1)


def _cells(head: Heading, row: DedicatedRow, line: str) -> tuple[Cell, ...]:
    values = {name: getattr(row, name) for name in _NAMES}
    shown: dict[str, Cell] = {name: head.amount(minor) if minor else None for name, minor in values.items()}
    shown["closing"] = line_link(head, KIND.name, line, head.amount(row.closing))
    return tuple(shown.values())


def _notes(facts: Facts, language: Language) -> tuple[str, ...]:
    unsound = facts.funds.table.unsound()
    if not unsound:
        return (
            said(
                language,
                "Pour chaque ligne : ouverture + reports − utilisations ± transferts = clôture, et les reports et "
                "utilisations sont ceux du compte de résultat (art. 431-6).",
                "On each line: opening + carried forward − used ± transfers = close, and what is carried forward and "
                "used is what the income statement says (art. 431-6).",
            ),
        )
    told = []
    for rubric, minor in unsound:
        amount = amount_text(facts.head.amount(minor), language)
        name = (
            said(language, RUBRICS[rubric].fr, RUBRICS[rubric].en)
            if rubric in RUBRICS
            else said(language, "transferts", "transfers")
        )
        told.append(
            said(
                language,
                f"Écart de {amount} sur « {name} » : ce tableau ne concorde pas avec les comptes. Expliquez-le avant "
                "de publier.",
                f"A difference of {amount} on “{name}”: this table does not agree with the accounts. Explain it "
                "before you publish.",
            )
        )
    return tuple(told)


def figures(facts: Facts) -> Any:
    """The rows, the total of each rubric and that of all, for a program."""
    head, funds = facts.head, facts.funds

    def columns(row: DedicatedRow) -> dict[str, str]:
        return {name: head.major(getattr(row, name)) for name in _NAMES}

    return {
        "rubrics": [
            {
                "code": rubric,
                "fr": terms.fr,
                "en": terms.en,
                "rows": [
                    {"code": row.code, "account": row.account, "name": funds.names.get(row.code, ""), **columns(row)}
                    for row in funds.of(rubric)
                ],
                "total": columns(funds.total(rubric)),
            }
            for rubric, terms in RUBRICS.items()
            if funds.of(rubric)
        ],
        "total": columns(funds.total()),
        "agrees": not funds.table.unsound(),
    }


def line(asked: Asked, code: str) -> LineRows | None:
    """The accounts 19 of a rubric, or one of them by its number."""
    found = two_years(asked)
    rubric = RUBRICS.get(code.removeprefix(_RUBRIC)) if code.startswith(_RUBRIC) else None
    rows: tuple[YearRow, ...]
    if rubric:
        rows = tuple(row for row in found.accounts.by_auxiliary() if row.key.chart.startswith(rubric.fund))
        titles = (rubric.fr, rubric.en)
    else:
        rows = tuple(
            row for row in found.accounts.by_auxiliary() if row.key.chart.startswith(code) and code.startswith("19")
        )
        own = found.head.account_names
        titles = (f"{code} {account_title(own, code, 'fr')}", f"{code} {account_title(own, code, 'en')}")
    if not rows:
        return None
    return LineRows(*titles, -sum(row.closing for row in rows), rows, is_movement=False)


KIND = StatementKind(
    name="dedicated-funds",
    titles={"fr": "Fonds dédiés", "en": "Dedicated funds"},
    group="annex",
    read=read,
    arrange=arrange,
    figures=figures,
    line=line,
)
