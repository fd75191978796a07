"""The statement of reconciliation of the bank (*état de rapprochement bancaire*) on a day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from django.utils import translation
from django.utils.translation import gettext as _

from fund.accounting.reconciling import Reconciliation
from fund.queries.bank import BANK
from fund.queries.identities import FundIdentity
from fund.statements.document import Cell, Column, Document, Fact, Facts, Language, Link, Paragraph, Row, Section, Table
from ledger.balances import Head
from ledger.money import Amount, Unit

SAFE: Final = ":/"
"""What a reference keeps of itself in an address."""


def reconciliation_statement(
    facts: Reconciliation, language: Language, *, fund: FundIdentity, unit: Unit, head: Head | None, links: str = ""
) -> Document:
    """Both balances, and what explains their difference, both ways; `links` is the address of the fund's books."""
    with translation.override(language):
        return Document(
            title=_("Statement of reconciliation of the bank"),
            number=f"{facts.as_of:%Y-%m-%d}-bank",
            fund=fund.name,
            language=language,
            issued_on=facts.as_of,
            covers=facts.as_of,
            chain_head=head.hash if head else "",
            summary=(Paragraph(told(facts)), _balances(facts, unit)),
            sections=_sections(facts, unit, links) if facts.bank is not None else (),
            notes=_notes(facts),
        )


def _sections(facts: Reconciliation, unit: Unit, links: str) -> tuple[Section, ...]:
    """What stands on one side alone. Without a line of the bank an empty list would read as if all was at the bank."""
    return (
        Section(_("At the bank, not in the books"), (_lines_table(facts, unit, links),)),
        Section(_("In the books, not at the bank"), (_postings_table(facts, unit, links),)),
    )


def told(facts: Reconciliation) -> str:
    """In a sentence, whether the two agree."""
    if facts.bank is None:
        return _("No line of the bank is known by this day: nothing can be compared.")
    if not facts.is_reconciled:
        return _("The lists below do not explain the difference between the books and the bank: look for the rest.")
    if facts.lines or facts.postings:
        return _("The lists below explain the whole difference between the books and the bank.")
    return _("The books and the bank hold the same.")


def _balances(facts: Reconciliation, unit: Unit) -> Facts:
    found = [Fact(_("Balance of account %(account)s in the books") % {"account": BANK}, Amount(facts.books, unit))]
    if facts.bank is not None:
        found += [
            Fact(_("And what is at the bank alone"), Amount(sum(line.minor for line in facts.lines), unit)),
            Fact(_("Less what is in the books alone"), Amount(sum(each.minor for each in facts.postings), unit)),
            Fact(_("Balance that the bank should show"), Amount(facts.expected, unit)),
            Fact(_("Balance that the bank shows"), Amount(facts.bank, unit)),
            Fact(_("Not explained"), Amount(facts.unexplained, unit)),
        ]
    return Facts(tuple(found))


def _notes(facts: Reconciliation) -> tuple[str, ...]:
    if facts.bank is None:
        return ()
    notes = [_("Above zero: what came in. Below zero: what went out. Each list is as of the day of the statement.")]
    if facts.bank is not None and not facts.is_stated:
        notes.append(
            _(
                "The bank’s file states no balance: the one shown is that of the books on the eve of its first line, "
                "with the lines since."
            )
        )
    return tuple(notes)


def _lines_table(facts: Reconciliation, unit: Unit, links: str) -> Table:
    columns = (
        Column(_("Date"), "date"),
        Column(_("Reference")),
        Column(_("Counterparty")),
        Column(_("Label")),
        Column(_("Amount"), "amount", unit),
        Column(_("Entered in the books on"), "date"),
    )
    rows = tuple(
        Row(
            (
                line.on,
                line.reference,
                line.counterparty,
                line.label,
                _figure(line.minor, unit, f"{links}bank/lines/{line.number}" if links else ""),
                line.settled_on,
            )
        )
        for line in facts.lines
    )
    return Table(
        _("Lines of the bank that the books did not hold"),
        columns,
        rows,
        _("Every line of the bank is in the books."),
        total=_total((line.minor for line in facts.lines), unit, before=4, after=1) if rows else (),
        name=_("At the bank alone"),
    )


def _postings_table(facts: Reconciliation, unit: Unit, links: str) -> Table:
    columns = (
        Column(_("Date"), "date"),
        Column(_("Entry")),
        Column(_("Label")),
        Column(_("Document")),
        Column(_("Amount"), "amount", unit),
        Column(_("At the bank on"), "date"),
    )
    rows = tuple(
        Row(
            (
                each.on,
                each.number,
                each.label,
                each.document,
                _figure(each.minor, unit, f"{links}entries/{quote(each.reference, safe=SAFE)}" if links else ""),
                each.settled_on,
            )
        )
        for each in facts.postings
    )
    return Table(
        _("Entries of account %(account)s that the bank did not show") % {"account": BANK},
        columns,
        rows,
        _("The bank shows every entry."),
        total=_total((each.minor for each in facts.postings), unit, before=4, after=1) if rows else (),
        name=_("In the books alone"),
    )


def _figure(minor: int, unit: Unit, href: str) -> Cell:
    return Link(Amount(minor, unit), href) if href else Amount(minor, unit)


def _total(minors: Iterable[int], unit: Unit, *, before: int, after: int) -> tuple[Cell, ...]:
    empty: tuple[Cell, ...] = (None,) * (before - 1)
    return (_("Together"), *empty, Amount(sum(minors), unit), *((None,) * after))


def reconciliation_lines(facts: Reconciliation, language: Language, *, unit: Unit) -> Table:
    """Both lists as one table, for a sheet: `side` says where the line stands."""
    with translation.override(language):
        columns = (
            Column(_("Where")),
            Column(_("Date"), "date"),
            Column(_("Reference")),
            Column(_("Label")),
            Column(_("Amount"), "amount", unit),
            Column(_("Other side on"), "date"),
        )
        bank = [
            Row((_("bank"), line.on, line.reference, line.label or line.counterparty, Amount(line.minor, unit),
                 line.settled_on))
            for line in facts.lines
        ]  # fmt: skip
        books = [
            Row((_("books"), each.on, each.number, each.label, Amount(each.minor, unit), each.settled_on))
            for each in facts.postings
        ]
        return Table(_("What differs"), columns, (*bank, *books), _("Nothing differs."))
