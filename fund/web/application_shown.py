"""An application as it is read on a page: its texts and its tables, in words and figures of the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from allocation.applying.content import Content
from allocation.applying.fields import FIELDS, MEMBER_HOST, TABLES, Field, Table
from fund.statements.document import Language
from fund.statements.render import formats
from ledger.money import HOUR, Amount, Unit


@dataclass(frozen=True, slots=True)
class TextShown:
    """A field that holds something."""

    name: str
    label: str
    text: str
    long: bool


@dataclass(frozen=True, slots=True)
class TableShown:
    """Lines in words; `figures` says which columns hold numbers, `total` sums the amounts where there are any."""

    name: str
    label: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[tuple[str, bool], ...], ...]
    total: str


@dataclass(frozen=True, slots=True)
class ContentShown:
    """A whole content for a page."""

    texts: tuple[TextShown, ...]
    tables: tuple[TableShown, ...]

    def text(self, name: str) -> str:
        """The text of a field, or nothing."""
        return next((each.text for each in self.texts if each.name == name), "")


def content_shown(
    content: Content,
    unit: Unit,
    language: Language,
    *,
    strands: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> ContentShown:
    """The content in words; `strands` are the envelopes' names, `names` those of the parties that host dates."""
    say = _Say(unit, language, strands or {}, names or {})
    texts = [
        TextShown(each.name, each.label_in(language), text, each.kind == "text")
        for each in FIELDS
        if each.name != "shown" and (text := say.cell(each, getattr(content, each.name)))
    ]
    tables = [say.table(table, getattr(content, table.name)) for table in TABLES if getattr(content, table.name)]
    return ContentShown(tuple(texts), tuple(tables))


@dataclass(frozen=True, slots=True)
class _Say:
    unit: Unit
    language: Language
    strands: Mapping[str, str]
    names: Mapping[str, str]

    def cell(self, asked: Field, value: Any) -> str:
        if value is None or value == "" or value is False:
            return ""
        french = self.language == "fr"
        if value is True:
            return "oui" if french else "yes"
        if asked.kind == "amount":
            return formats.amount_text(Amount(value, self.unit), self.language)
        if asked.kind == "hours":
            return formats.amount_text(Amount(value, HOUR), self.language)
        if isinstance(value, date):
            return formats.date_text(value, self.language)
        if asked.name == "strand":
            return self.strands.get(value, value)
        if asked.name == "host":
            return self._host(value)
        if asked.kind == "choice":
            return asked.choices[value][0 if french else 1]
        return str(value)

    def _host(self, value: str) -> str:
        if value.startswith(MEMBER_HOST):
            code = value.removeprefix(MEMBER_HOST)
            return self.names.get(code, code)
        words = {"partner": ("un partenaire", "a partner")}.get(value, ("quelqu’un d’autre", "somebody else"))
        return words[0 if self.language == "fr" else 1]

    def table(self, table: Table, lines: tuple[Any, ...]) -> TableShown:
        figures = [column.kind in ("amount", "hours", "count") for column in table.columns]
        rows = tuple(
            tuple(
                (self.cell(column, getattr(line, column.name)), figure)
                for column, figure in zip(table.columns, figures, strict=True)
            )
            for line in lines
        )
        amounts = [line.amount for line in lines] if any(each.name == "amount" for each in table.columns) else []
        total = formats.amount_text(Amount(sum(amounts), self.unit), self.language) if amounts else ""
        heads = tuple(
            (column.label_in(self.language), figure) for column, figure in zip(table.columns, figures, strict=True)
        )
        return TableShown(table.name, table.label_in(self.language), heads, rows, total)
