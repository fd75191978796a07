"""How own funds changed in the year (*variation des fonds propres*, article 431-5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from fund.accounting.balance_sheet_lines import RESULT
from fund.accounting.layouts import CREDIT
from fund.accounting.own_funds import OwnFunds, OwnFundsLine, own_funds, rows_of_line, title_of
from fund.queries.entries_on import allocations
from fund.statements.accounts.kinds import Asked, LineRows, StatementKind
from fund.statements.accounts.legal_parts import Heading, document, line_link, said, two_years
from fund.statements.document import Cell, Column, Document, Language, Row, Section, Table
from fund.statements.render.formats import amount_text

_NAMES: Final = ("opening", "allocated", "increase", "decrease", "closing")


@dataclass(frozen=True, slots=True)
class Facts:
    """The table with its head."""

    head: Heading
    table: OwnFunds


def read(asked: Asked) -> Facts:
    """The facts from the first day of the year to the day asked for."""
    found = two_years(asked)
    moved = allocations(asked.fund, asked.year, found.accounts.as_of)
    return Facts(found.head, own_funds(found.accounts, moved))


def arrange(facts: Facts, language: Language) -> Document:
    """The document."""
    head, total = facts.head, facts.table.total
    first, last = (amount_text(head.amount(minor), language) for minor in (total.opening, total.closing))
    rows = tuple(
        Row((said(language, each.fr, each.en), *_cells(head, each, linked=True)), anchor=each.code)
        for each in facts.table.lines
    )
    table = Table(
        KIND.titles[language],
        (
            Column(said(language, "Fonds propres", "Own funds")),
            *(
                Column(said(language, *heading), "amount", head.unit)
                for heading in (
                    ("À l’ouverture", "At the opening"),
                    ("Affectation du résultat", "Result allocated"),
                    ("Augmentation", "Increase"),
                    ("Diminution ou consommation", "Decrease or use"),
                    ("À la clôture", "At the close"),
                )
            ),
        ),
        rows,
        said(language, "Aucun mouvement.", "No movement."),
        total=("Total", *_cells(head, total, linked=False)),
        name=KIND.titles[language],
    )
    return document(
        head,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        lede=said(
            language,
            f"Les fonds propres étaient de {first} à l’ouverture ; ils sont de {last}.",
            f"Own funds were {first} at the opening; they are {last}.",
        ),
        sections=(
            Section(said(language, "Tableau de variation des fonds propres", "Movements of own funds"), (table,)),
        ),
        notes=(
            said(
                language,
                "L’affectation est ce que les écritures déplacent entre le compte 12 et les autres fonds propres, sur "
                "décision de l’assemblée générale.",
                "What is allocated is what entries move between account 12 and other own funds, as the general "
                "meeting decides.",
            ),
        ),
    )


def _cells(head: Heading, each: OwnFundsLine, *, linked: bool) -> tuple[Cell, ...]:
    values = [getattr(each, name) for name in _NAMES]
    shown: list[Cell] = [head.amount(minor) if minor else None for minor in values[:-1]]
    closing = head.amount(values[-1])
    return (*shown, line_link(head, KIND.name, each.code, closing) if linked else closing)


def figures(facts: Facts) -> Any:
    """The lines and their total, for a program."""
    head = facts.head

    def columns(each: OwnFundsLine) -> dict[str, str]:
        return {name: head.major(getattr(each, name)) for name in _NAMES}

    return {
        "lines": [{"code": each.code, "fr": each.fr, "en": each.en, **columns(each)} for each in facts.table.lines],
        "total": columns(facts.table.total),
    }


def line(asked: Asked, code: str) -> LineRows | None:
    """What a line is made of: accounts of class 1, and for the result all of classes 6 and 7."""
    accounts = two_years(asked).accounts
    rows = rows_of_line(accounts, code)
    titles = title_of(asked.year.chart, code)
    if rows is None or titles is None:
        return None
    if code == RESULT:
        rows = (*rows, *(row for row in accounts.by_auxiliary() if row.key.chart[:1] in "67"))
    return LineRows(*titles, sum(CREDIT * row.closing for row in rows), rows, is_movement=False)


KIND = StatementKind(
    name="own-funds",
    titles={"fr": "Variation des fonds propres", "en": "Changes in own funds"},
    group="annex",
    read=read,
    arrange=arrange,
    figures=figures,
    line=line,
)
