"""An application in words: the fields and tables of its content, and the committee's lists as tables to take away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from allocation.application_content import Reading
from allocation.application_fields import FIELDS, MEMBER_HOST, TABLES, Field
from allocation.application_typing import Unreadable, read_amount, read_day
from allocation.models import Call
from allocation.scoring import Spread
from fund.queries.files import FileLine
from fund.queries.scores import CallScores
from fund.statements.document import Cell, Column, Language, Row, Table
from fund.statements.render import formats
from fund.web.words import word_of
from ledger.money import Amount, Unit, unit_of


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field of an application with what it says; a long text stands alone."""

    label: str
    text: str
    is_long: bool


@dataclass(frozen=True, slots=True)
class TableShown:
    """One table of lines: columns with whether they hold figures, and cells that are written already."""

    name: str
    label: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def cells(self) -> list[list[tuple[str, bool]]]:
        """The rows, each cell with whether it is a figure."""
        return [[(cell, figure) for cell, (_, figure) in zip(row, self.columns, strict=True)] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Names:
    """How envelopes and members are called, by their codes."""

    strands: Mapping[str, str]
    members: Mapping[str, str]


def fields_shown(reading: Reading, call: Call, names: Names, language: Language) -> tuple[FieldShown, ...]:
    """What an application says in its fields; empty ones, and whether members may see it, are left out."""
    typed = reading.typed["fields"]
    unit = unit_of(call.currency)
    return tuple(
        FieldShown(
            field.label_in(language), _written(field, typed[field.name], unit, names, language), field.limit > 300
        )
        for field in FIELDS
        if typed[field.name] and field.name not in ("title", "shown")
    )


def tables_shown(reading: Reading, call: Call, names: Names, language: Language) -> tuple[TableShown, ...]:
    """The tables of an application that have lines, each cell as it is read."""
    unit = unit_of(call.currency)
    return tuple(
        TableShown(
            table.name,
            table.label_in(language),
            tuple((column.label_in(language), column.kind in ("amount", "count", "hours")) for column in table.columns),
            tuple(
                tuple(_written(column, row.get(column.name, ""), unit, names, language) for column in table.columns)
                for row in reading.typed["tables"][table.name]
            ),
        )
        for table in TABLES
        if reading.typed["tables"][table.name]
    )


def _written(field: Field, text: str, unit: Unit, names: Names, language: Language) -> str:
    """A typed text as it reads; what cannot be read stands as it was typed."""
    if not text:
        return ""
    try:
        if field.kind == "amount":
            return formats.amount_text(Amount(read_amount(text, unit), unit), language)
        if field.kind == "day":
            return formats.short_date(read_day(text), language)
    except Unreadable:
        return text
    if field.kind == "flag":
        return _("yes")
    if field.name == "strand":
        return names.strands.get(text, text)
    if text.startswith(MEMBER_HOST):
        code = text.removeprefix(MEMBER_HOST)
        return names.members.get(code, code)
    if field.name == "host":
        return _("a partner") if text == "partner" else _("somebody else")
    if field.kind == "choice" and text in field.choices:
        return field.choices[text][0 if language == "fr" else 1]
    return text


def files_table(call: Call, lines: Iterable[FileLine]) -> Table:
    """The list of applications as a table, the same lines as on the page."""
    unit = unit_of(call.currency)
    columns = (
        Column(_("Number"), "number"),
        Column(_("Title")),
        Column(_("Company")),
        Column(_("State")),
        Column(_("Asked"), "amount", unit),
        Column(_("Rapporteurs")),
        Column(_("Opinions")),
        Column(_("Mean of the scores"), "number"),
        Column(_("Lowest"), "number"),
        Column(_("Highest"), "number"),
        Column(_("For me")),
    )
    rows = tuple(
        Row(
            (
                line.number,
                line.title,
                line.company,
                word_of("file-state", line.state) if line.state else "",
                line.asked,
                ", ".join(line.rapporteurs),
                ", ".join(f"{each.name}: {word_of('opinion', each.opinion)}" for each in line.opinions),
                *_figures(line.spread),
                word_of("file-mine", line.mine) if line.mine else "",
            )
        )
        for line in lines
    )
    return Table(call.name, columns, rows, _("No application."))


def scores_table(call: Call, scores: CallScores, language: Language) -> Table:
    """The table of all scores: raw figures, and beside them the corrected ones under the name of their correction."""
    columns = (
        Column(_("Number"), "number"),
        Column(_("Title")),
        Column(_("Readers"), "number"),
        Column(_("Mean of the scores"), "number"),
        Column(_("Lowest"), "number"),
        Column(_("Highest"), "number"),
        Column(_("Corrected: %(correction)s") % {"correction": scores.correction.names[language]}, "number"),
        Column(_("State")),
    )
    rows = tuple(
        Row(
            (
                file.number,
                file.title,
                file.spread.readers if file.spread else None,
                *_figures(file.spread),
                file.corrected,
                "" if file.state == "open" else state_words(file.state),
            )
        )
        for file in scores.files
    )
    return Table(call.name, columns, rows, _("No application."))


def _figures(spread: Spread | None) -> tuple[Cell, ...]:
    return (spread.mean, spread.lowest, spread.highest) if spread else (None, None, None)


def state_words(state: str) -> str:
    """Why scores do not show."""
    if state == "sealed":
        return _("shown once you gave yours")
    return word_of("file-mine", state)
