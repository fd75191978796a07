"""The aged balance (*balance âgée*): what third parties owe and are owed, by how long it has been open."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from fund.accounting.open_items import AGED, AgedRow, OpenItem, aged
from fund.queries.accounts_lines import Heading, heading_of, units_left_out
from fund.queries.third_parties import third_parties
from fund.statements.accounts.book_parts import (
    Check,
    check_figures,
    check_notes,
    document,
    left_out_notes,
    major,
    money,
    moneys,
    name_of,
    name_of_account,
    said,
    some,
    titled,
    to_account,
    to_entry,
)
from fund.statements.accounts.kinds import Asked, StatementKind, View
from fund.statements.document import Block, Cell, Column, Document, Language, Row, Section, Table

_BUCKETS = {
    "fr": ("Non échu", "0 à 30 j", "31 à 60 j", "61 à 90 j", "Plus de 90 j"),
    "en": ("Not due", "0–30 d", "31–60 d", "61–90 d", "Over 90 d"),
}
_KEYS = ("not_due", "0_30", "31_60", "61_90", "over_90")


@dataclass(frozen=True, slots=True)
class AgedBalance:
    """The rows of the aged balance, the open items that they are made of, and the checks of each account."""

    heading: Heading
    rows: tuple[AgedRow, ...]
    items: tuple[OpenItem, ...]
    checks: tuple[Check, ...]
    left_out: tuple[str, ...]
    view: View


def read(asked: Asked) -> AgedBalance:
    """The facts of the aged balance."""
    heading = heading_of(asked.fund, asked.year, asked.as_of, asked.links)
    found = third_parties(asked.fund, asked.year, heading.as_of, AGED)
    rows = aged(found.open, heading.as_of)
    expected = {row.key.chart: row.closing for row in found.accounts.by_account() if row.key.chart.startswith(AGED)}
    charts = sorted({*(row.chart for row in rows), *(chart for chart, held in expected.items() if held)})
    return AgedBalance(
        heading,
        rows,
        found.open,
        tuple(
            Check(
                (f"le total du compte {chart}", f"the total of account {chart}"),
                sum(row.total for row in rows if row.chart == chart),
                expected.get(chart, 0),
                ("le solde de ses auxiliaires dans la balance", "the balance of its auxiliaries in the trial balance"),
            )
            for chart in charts
        ),
        units_left_out(asked.fund, asked.year, heading.as_of),
        asked.view,
    )


def arrange(facts: AgedBalance, language: Language) -> Document:
    """The document of the aged balance; the expert view lists the open lines too."""
    heading = facts.heading
    sections = []
    for chart, rows in groupby(facts.rows, key=lambda row: row.chart):
        blocks: tuple[Block, ...] = (_table(chart, list(rows), heading, language),)
        if facts.view == "expert":
            items = [item for item in facts.items if item.line.chart == chart]
            blocks = (*blocks, _items_table(chart, items, heading, language))
        sections.append(Section(titled(chart, language), blocks, anchor=f"account-{chart}"))
    return document(
        heading,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        wide=True,
        lede=said(
            language,
            "Depuis combien de temps chaque somme attend son règlement : positive, elle est due au fonds ; négative, "
            "le fonds la doit.",
            "How long each sum has been waiting: above zero it is owed to the fund, below zero the fund owes it.",
        ),
        summary=(_totals(facts, language),),
        sections=sections,
        notes=(
            *check_notes(facts.checks, heading, language),
            said(
                language,
                "L’âge se compte de la date de la pièce, à défaut de celle de l’écriture, au jour de l’état. Est « non "
                "échu » ce dont la pièce porte une date postérieure. Un règlement non lettré figure à sa propre date.",
                "Age counts from the date of the document, or else of the entry, to the day of the statement. “Not "
                "due” is what has a document of a later date. A payment that is not lettered stands at its own date.",
            ),
            said(
                language,
                "Un lettrage daté d’après le jour de l’état ne compte pas. Dans un lettrage partiel, les règlements "
                "éteignent d’abord les lignes les plus anciennes.",
                "A lettering dated after the day of the statement does not count. In a partial lettering, payments "
                "settle the oldest lines first.",
            ),
            *left_out_notes(facts.left_out, language),
        ),
    )


def _columns(heading: Heading, language: Language) -> tuple[Column, ...]:
    return (
        Column(said(language, "Solde", "Balance"), "amount", heading.unit),
        *(Column(label, "amount", heading.unit) for label in _BUCKETS[language]),
    )


def _totals(facts: AgedBalance, language: Language) -> Table:
    heading = facts.heading
    rows = []
    for chart, of_chart in groupby(facts.rows, key=lambda row: row.chart):
        found = list(of_chart)
        rows.append(
            Row(
                (
                    to_account(heading, chart, chart),
                    name_of_account(chart, language),
                    *_sums(found, heading),
                )
            )
        )
    return Table(
        said(language, "Par compte", "By account"),
        (
            Column(said(language, "Compte", "Account"), "code"),
            Column(said(language, "Intitulé", "Name")),
            *_columns(heading, language),
        ),
        tuple(rows),
        said(language, "Rien n’est ouvert.", "Nothing is open."),
        total=("", "Total", *_sums(facts.rows, heading)),
        name=said(language, "par compte", "by account"),
    )


def _sums(rows: list[AgedRow] | tuple[AgedRow, ...], heading: Heading) -> tuple[Cell, ...]:
    return (
        money(heading, sum(row.total for row in rows)),
        *(some(heading, sum(row.buckets[place] for row in rows)) for place in range(len(_KEYS))),
    )


def _table(chart: str, rows: list[AgedRow], heading: Heading, language: Language) -> Table:
    return Table(
        said(language, f"Tiers du compte {chart}", f"Third parties of account {chart}"),
        (
            Column(said(language, "Auxiliaire", "Auxiliary"), "code"),
            Column(said(language, "Nom", "Name")),
            *_columns(heading, language),
        ),
        tuple(
            Row(
                (
                    to_account(heading, chart, row.auxiliary or chart),
                    name_of(heading, row.auxiliary),
                    money(heading, row.total),
                    *(some(heading, each) for each in row.buckets),
                )
            )
            for row in rows
        ),
        said(language, "Rien n’est ouvert.", "Nothing is open."),
        total=("", "Total", *_sums(rows, heading)),
        name=chart,
    )


def _items_table(chart: str, items: list[OpenItem], heading: Heading, language: Language) -> Table:
    ordered = sorted(items, key=lambda item: (item.line.auxiliary, item.line.dated, item.line.posting))
    return Table(
        said(language, f"Lignes ouvertes du compte {chart}", f"Open lines of account {chart}"),
        (
            Column(said(language, "Auxiliaire", "Auxiliary"), "code"),
            Column(said(language, "Date de pièce", "Document date"), "date"),
            Column(said(language, "Jours", "Days"), "number"),
            Column(said(language, "Écriture", "Entry"), "code"),
            Column(said(language, "Pièce", "Document"), "code"),
            Column(said(language, "Libellé", "Label")),
            Column(said(language, "Montant", "Amount"), "amount", heading.unit),
            Column(said(language, "Reste ouvert", "Still open"), "amount", heading.unit),
        ),
        tuple(
            Row(
                (
                    item.line.auxiliary,
                    item.line.dated,
                    item.days(heading.as_of),
                    to_entry(heading, item.line.reference, f"{item.line.journal} {item.line.number}"),
                    item.line.document,
                    item.line.label or said(language, "(libellé effacé)", "(words erased)"),
                    *moneys(heading, item.line.minor, item.minor),
                )
            )
            for item in ordered
        ),
        said(language, "Rien n’est ouvert.", "Nothing is open."),
        name=said(language, f"lignes {chart}", f"lines {chart}"),
    )


def figures(facts: AgedBalance) -> Any:
    """The rows, the open items, and the checks."""
    heading = facts.heading
    return {
        "rows": [
            {
                "account": row.chart,
                "auxiliary": row.auxiliary,
                "name": name_of(heading, row.auxiliary),
                "balance": major(heading, row.total),
                **{key: major(heading, each) for key, each in zip(_KEYS, row.buckets, strict=True)},
            }
            for row in facts.rows
        ],
        "items": [
            {
                "account": item.line.chart,
                "auxiliary": item.line.auxiliary,
                "on": item.line.dated.isoformat(),
                "days": item.days(heading.as_of),
                "entry": item.line.reference,
                "open": major(heading, item.minor),
            }
            for item in facts.items
        ],
        "checks": check_figures(facts.checks, heading),
    }


KIND = StatementKind(
    name="aged-balance",
    titles={"fr": "Balance âgée", "en": "Aged balance"},
    group="books",
    read=read,
    arrange=arrange,
    figures=figures,
    views=True,
)
