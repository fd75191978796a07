"""The first page of a year's folder: what is in it, with a link to every file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from fund.queries.book_year import BookYear
from fund.statements.document import Cell, Column, Document, Language, Link, Paragraph, Row, Section, Span, Table

_STATEMENT = ("html", "pdf", "csv")
_BOOK = ("pdf", "xlsx", "csv")


@dataclass(frozen=True, slots=True)
class Listed:
    """A statement of the folder: the code and name of whom it is about, and its path without an ending."""

    code: str
    name: str
    path: str


def year_index(
    books: BookYear,
    language: Language,
    *,
    members: Sequence[Listed],
    projects: Sequence[Listed],
    committee: Sequence[Listed],
    books_written: Sequence[str],
) -> Document:
    """The page that links to all the others."""
    with translation.override(language):
        titles = {
            "trial-balance": _("Trial balance"),
            "journal": _("Journal"),
            "general-ledger": _("General ledger"),
        }
        listed = [Listed("", titles[name], name) for name in books_written]
        return Document(
            title=_("Statements and books of %(year)d") % {"year": books.first.year},
            number="",
            fund=books.fund.name,
            language=language,
            issued_on=books.last,
            covers=Span(books.first, books.last),
            chain_head=books.head.hash,
            summary=(
                Paragraph(
                    _(
                        "HTML is for reading on a screen, where every computed amount opens its explanation; PDF is "
                        "for paper; CSV and XLSX are for computing."
                    )
                ),
            ),
            sections=(
                Section(_("Members"), (_table(_("Statements of the members"), members, _STATEMENT),)),
                Section(_("Projects"), (_table(_("Statements of the projects"), projects, _STATEMENT),)),
                Section(_("Committee"), (_table(_("Results of the committee"), committee, _STATEMENT),)),
                Section(_("Books"), (_table(_("Books of the year"), listed, _BOOK),)),
            ),
        )


def _table(caption: str, listed: Sequence[Listed], endings: Sequence[str]) -> Table:
    coded = any(each.code for each in listed)
    heading = (Column(_("Code"), "code"), Column(_("Name"))) if coded else (Column(_("Name")),)
    rows = []
    for each in listed:
        links: list[Cell] = [Link(ending.upper(), f"{each.path}.{ending}") for ending in endings]
        rows.append(Row((*((each.code, each.name) if coded else (each.name,)), *links)))
    return Table(caption, (*heading, *(Column(ending.upper()) for ending in endings)), tuple(rows), _("There is none."))
