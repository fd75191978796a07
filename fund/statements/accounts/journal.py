"""The journal (*livre-journal*): centralised by journal and month, then every entry in its journal's order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from fund.accounting.lines import BookLine, MonthTotal, centralised
from fund.accounting.year import CARRYING_KIND, OPENING_KIND
from fund.queries.accounts_lines import Heading, book_lines, heading_of, units_left_out
from fund.queries.accounts_year import year_accounts
from fund.statements.accounts.book_parts import (
    Check,
    carrying_note,
    check_figures,
    check_notes,
    day_text,
    document,
    left_out_notes,
    major,
    money,
    moneys,
    name_of_journal,
    said,
    some,
    to_account,
    to_entry,
)
from fund.statements.accounts.kinds import Asked, StatementKind
from fund.statements.document import Column, Document, Language, Row, Section, Table


@dataclass(frozen=True, slots=True)
class Journal:
    """The lines of the year by journal, in the order of their numbers; journal CL is left out."""

    heading: Heading
    journals: dict[str, list[BookLine]]
    months: tuple[MonthTotal, ...]
    checks: tuple[Check, ...]
    left_out: tuple[str, ...]
    is_carried: bool


def read(asked: Asked) -> Journal:
    """The facts of the journal: one pass over the entries of the year."""
    heading = heading_of(asked.fund, asked.year, asked.as_of, asked.links)
    journals: dict[str, list[BookLine]] = defaultdict(list)
    is_carried = False
    for line in book_lines(asked.fund, first=asked.year.first, last=heading.as_of):
        if line.kind == CARRYING_KIND:
            is_carried = True
        else:
            journals[line.journal].append(line)
    for lines in journals.values():
        lines.sort(key=lambda line: (line.number, line.posting))
    accounts = year_accounts(asked.fund, asked.year, heading.as_of)
    moving = [line for lines in journals.values() for line in lines if line.kind != OPENING_KIND]
    return Journal(
        heading,
        dict(sorted(journals.items())),
        centralised(line for lines in journals.values() for line in lines),
        (
            Check(
                ("le total des débits, hors à-nouveaux", "the total of debits, without à-nouveaux"),
                sum(line.debit for line in moving),
                sum(row.debit for row in accounts.rows),
            ),
            Check(
                ("le total des crédits, hors à-nouveaux", "the total of credits, without à-nouveaux"),
                sum(line.credit for line in moving),
                sum(row.credit for row in accounts.rows),
            ),
        ),
        units_left_out(asked.fund, asked.year, heading.as_of),
        is_carried,
    )


def arrange(facts: Journal, language: Language) -> Document:
    """The document of the journal."""
    heading = facts.heading
    sections = [
        Section(
            f"{code} — {name_of_journal(code, language)}",
            (_lines_table(code, lines, heading, language),),
            anchor=f"journal-{code}",
        )
        for code, lines in facts.journals.items()
    ]
    notes = check_notes(facts.checks, heading, language)
    if facts.is_carried:
        notes += (carrying_note(language),)
    return document(
        heading,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        wide=True,
        lede=said(
            language,
            "Ce qui a été enregistré dans l’exercice, journal par journal : d’abord les totaux de chaque mois, puis "
            "chaque écriture dans l’ordre de son numéro.",
            "What was recorded in the year, journal by journal: first the totals of each month, then every entry in "
            "the order of its number.",
        ),
        summary=(_months_table(facts, language),),
        sections=sections,
        notes=(*notes, *left_out_notes(facts.left_out, language)),
    )


def _months_table(facts: Journal, language: Language) -> Table:
    heading = facts.heading
    rows = tuple(
        Row(
            (
                each.journal,
                name_of_journal(each.journal, language),
                f"{each.month:%m/%Y}",
                each.entries,
                *moneys(heading, each.debit, each.credit),
            )
        )
        for each in facts.months
    )
    return Table(
        said(language, "Journal centralisateur", "Totals by journal and month"),
        (
            Column(said(language, "Journal", "Journal"), "code"),
            Column(said(language, "Intitulé", "Name")),
            Column(said(language, "Mois", "Month"), "code"),
            Column(said(language, "Écritures", "Entries"), "number"),
            Column(said(language, "Débit", "Debit"), "amount", heading.unit),
            Column(said(language, "Crédit", "Credit"), "amount", heading.unit),
        ),
        rows,
        said(language, "Aucune écriture.", "No entry."),
        total=(
            "",
            "Total",
            "",
            sum(each.entries for each in facts.months),
            money(heading, sum(each.debit for each in facts.months)),
            money(heading, sum(each.credit for each in facts.months)),
        ),
        name=said(language, "centralisation", "months"),
    )


def _lines_table(code: str, lines: list[BookLine], heading: Heading, language: Language) -> Table:
    rows = []
    last = 0
    for line in lines:
        number = str(line.number)
        rows.append(
            Row(
                (
                    to_entry(heading, line.reference, number),
                    line.on,
                    line.validated_on,
                    line.document,
                    to_account(heading, line.chart, line.chart),
                    line.auxiliary,
                    line.label or said(language, "(libellé effacé)", "(words erased)"),
                    some(heading, line.debit),
                    some(heading, line.credit),
                    _lettering(line, heading),
                ),
                anchor=f"{code}-{number}" if line.position != last else "",
            )
        )
        last = line.position
    return Table(
        said(language, f"Écritures du journal {code}", f"Entries of the journal {code}"),
        (
            Column(said(language, "N°", "No."), "code"),
            Column("Date", "date"),
            Column(said(language, "Validée le", "Validated on"), "date"),
            Column(said(language, "Pièce", "Document"), "code"),
            Column(said(language, "Compte", "Account"), "code"),
            Column(said(language, "Auxiliaire", "Auxiliary"), "code"),
            Column(said(language, "Libellé", "Label")),
            Column(said(language, "Débit", "Debit"), "amount", heading.unit),
            Column(said(language, "Crédit", "Credit"), "amount", heading.unit),
            Column(said(language, "Let.", "Let."), "code"),
        ),
        tuple(rows),
        said(language, "Aucune écriture.", "No entry."),
        total=(
            None,
            None,
            None,
            None,
            None,
            None,
            "Total",
            money(heading, sum(line.debit for line in lines)),
            money(heading, sum(line.credit for line in lines)),
            None,
        ),
        name=code,
    )


def _lettering(line: BookLine, heading: Heading) -> str:
    """The lettering that stands on the day of the statement; one made later says nothing yet."""
    return line.lettering if line.lettered_on and line.lettered_on <= heading.as_of else ""


def figures(facts: Journal) -> Any:
    """Totals by journal and month, and the checks; the lines are in the CSV file."""
    heading = facts.heading
    return {
        "months": [
            {
                "journal": each.journal,
                "month": f"{each.month:%Y-%m}",
                "entries": each.entries,
                "debit": major(heading, each.debit),
                "credit": major(heading, each.credit),
            }
            for each in facts.months
        ],
        "lines": sum(map(len, facts.journals.values())),
        "as_of": day_text(heading.as_of),
        "checks": check_figures(facts.checks, heading),
    }


KIND = StatementKind(
    name="journal",
    titles={"fr": "Livre-journal", "en": "Journal"},
    group="books",
    read=read,
    arrange=arrange,
    figures=figures,
)
