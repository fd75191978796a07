"""Contributions in kind (*contributions volontaires en nature*): what was given without money, and how it was used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fund.accounting.income_statement import InKind, in_kind, line_named, rows_of_line
from fund.statements.accounts.kinds import Asked, LineRows, StatementKind
from fund.statements.accounts.legal_parts import (
    Heading,
    document,
    figures_json,
    no_year_before,
    rows_of,
    said,
    span_column,
    two_years,
)
from fund.statements.document import Block, Column, Document, Language, Paragraph, Section, Table
from fund.statements.render.formats import amount_text


@dataclass(frozen=True, slots=True)
class Facts:
    """What was given in kind, with the head of the statement."""

    head: Heading
    found: InKind


def read(asked: Asked) -> Facts:
    """The facts from the first day of the year to the day asked for."""
    years = two_years(asked)
    return Facts(years.head, in_kind(years.accounts, years.before))


def arrange(facts: Facts, language: Language) -> Document:
    """The document: the two columns of the foot of the income statement."""
    head, found = facts.head, facts.found
    given = amount_text(head.amount(found.given), language)
    return document(
        head,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        lede=said(
            language,
            f"Des dons, des prestations et du bénévolat valant {given} ont été donnés et employés, hors résultat.",
            f"Gifts, services and volunteering worth {given} were given and used, outside the result.",
        ),
        sections=(foot(head, found, language),),
        notes=() if found.has_before else (no_year_before(head, language),),
    )


def foot(head: Heading, found: InKind, language: Language) -> Section:
    """The two equal tables at the foot of the income statement."""
    title = said(language, "Contributions volontaires en nature", "Contributions in kind")
    blocks: tuple[Block, ...]
    if found.given == found.used:
        told = said(
            language,
            "Elles n’entrent pas dans le résultat : les emplois égalent les contributions (art. 211-3).",
            "They are not part of the result: the uses equal the contributions (art. 211-3).",
        )
    else:
        told = said(
            language,
            f"Écart : contributions {amount_text(head.amount(found.given), language)}, emplois "
            f"{amount_text(head.amount(found.used), language)}. Corrigez les écritures de la classe 8.",
            f"Difference: contributions {amount_text(head.amount(found.given), language)}, uses "
            f"{amount_text(head.amount(found.used), language)}. Mend the entries of class 8.",
        )
    if found.is_empty:
        told = said(
            language,
            "Aucune contribution en nature n’est comptabilisée (l’annexe en donne la raison, art. 211-4).",
            "No contribution in kind is booked (the notes say why, art. 211-4).",
        )
        return Section(title, (Paragraph(told),), anchor="in-kind")
    contributions = said(language, "Contributions par nature", "Contributions by kind")
    uses = said(language, "Charges par nature", "Uses by kind")
    blocks = (
        Paragraph(told),
        _table(head, contributions, found, found.contributions, language),
        _table(head, uses, found, found.uses, language),
    )
    return Section(title, blocks, anchor="in-kind")


def _table(head: Heading, caption: str, found: InKind, lines: Any, language: Language) -> Table:
    columns: tuple[Column, ...] = (
        Column(said(language, "Nature", "Kind")),
        span_column(head, head.year, head.as_of, language),
    )
    if found.has_before and head.before:
        columns = (*columns, span_column(head, head.before, head.before.last, language))
    rows = rows_of(head, KIND.name, lines, language, gross=False, before=found.has_before)
    return Table(caption, columns, rows, said(language, "Rien.", "Nothing."), name=caption)


def figures(facts: Facts) -> Any:
    """Both columns, for a program."""
    return foot_figures(facts.head, facts.found)


def foot_figures(head: Heading, found: InKind) -> dict[str, Any]:
    """The two columns and their totals; both are equal in sound books."""
    return {
        "contributions": figures_json(head, found.contributions),
        "uses": figures_json(head, found.uses),
        "given": head.major(found.given),
        "used": head.major(found.used),
    }


def line(asked: Asked, code: str) -> LineRows | None:
    """What a line is made of."""
    known = line_named(asked.year.chart, code)
    rows = rows_of_line(two_years(asked).accounts, code)
    if known is None or rows is None:
        return None
    return LineRows(known.fr, known.en, sum(known.sign * row.movement for row in rows), rows, is_movement=True)


KIND = StatementKind(
    name="in-kind",
    titles={"fr": "Contributions volontaires en nature", "en": "Contributions in kind"},
    group="legal",
    read=read,
    arrange=arrange,
    figures=figures,
    line=line,
)
