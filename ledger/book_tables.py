"""Journal, balance and statement as tables for `manage.py ledger`: the keys of their rows are a promise. Reads only.

`debit` and `credit` are never negative; `opening`, `closing` and `running` are debit positive. A whole account is
written in one word, `411:M03`: chart, party, project, convention.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from ledger.balances import AccountBalance, StoredEntry, account_statement, balances, books, journal_entries
from ledger.chain import exchange_text
from ledger.errors import BookUnknown
from ledger.frames import sides
from ledger.money import Amount, Unit
from ledger.options import NothingSelected, Question, UnitNotSaid
from ledger.tables_as_text import Cell, Row, Table, cut, figure

JOURNAL_KEYS = (
    "position", "seal", "journal", "fiscal_year", "number", "on", "validated_on", "kind", "reference", "label",
    "label_erased", "document", "document_on", "document_sha256", "exchange", "reverses", "posting", "account", "unit",
    "debit", "credit", "convention", "destination", "public_generosity", "lettering",
)  # fmt: skip
BALANCE_KEYS = ("account", "unit", "opening", "debit", "credit", "closing")
STATEMENT_KEYS = (
    "posting", "on", "journal", "fiscal_year", "number", "reference", "label", "label_erased", "document", "account",
    "unit", "debit", "credit", "running", "convention", "destination", "public_generosity", "lettering",
)  # fmt: skip
AMOUNTS = frozenset({"opening", "debit", "credit", "running", "closing"})
"""The keys that stand twice, in major units and with `_minor` behind the name in whole smallest parts."""

CHUNK = 1_000
LABEL_WIDTH = 44


def journal_rows(book: str, asked: Question) -> Iterator[Row]:
    """A row for each line of each entry, in the order of posting; a thousand entries are in memory at a time."""
    after, left = asked.after or 0, asked.limit
    while left is None or left > 0:
        size = CHUNK if left is None else min(CHUNK, left)
        page = _entries(book, asked, after, size)
        yield from (row for stored in page for row in _journal_rows(stored))
        if len(page) < size:
            return
        after, left = page[-1].position, None if left is None else left - size


def _entries(book: str, asked: Question, after: int, limit: int) -> list[StoredEntry]:
    return journal_entries(book, first=asked.first, last=asked.last, journal=asked.journal, after=after, limit=limit)


def _journal_rows(stored: StoredEntry) -> Iterator[Row]:
    entry, document = stored.entry, stored.entry.document
    whole: dict[str, Cell] = {
        "position": stored.position,
        "seal": stored.seal,
        "journal": entry.journal,
        "fiscal_year": stored.fiscal_year,
        "number": stored.number,
        "on": entry.on,
        "validated_on": entry.validated_on,
        "kind": entry.kind,
        "reference": entry.reference,
        "label": entry.label,
        "label_erased": stored.is_erased,
        "document": document.reference,
        "document_on": document.on,
        "document_sha256": document.sha256,
        "exchange": exchange_text(entry.exchange),
        "reverses": entry.reverses,
    }
    for line, posting, mark in zip(entry.lines, stored.postings, stored.marks, strict=True):
        debit, credit = sides(line.amount)
        yield {
            **whole,
            "posting": posting,
            "account": line.account.code,
            "unit": line.account.unit.code,
            "debit": debit,
            "credit": credit,
            "convention": line.convention,
            "destination": line.destination,
            "public_generosity": line.public_generosity,
            "lettering": mark.code if mark else "",
        }


def journal_table(book: str, asked: Question, language: str) -> Table:
    """The entries of these days, in the order of posting."""
    words = _WORDS[language]
    rows = list(journal_rows(book, asked))
    last = _number(rows[-1]["position"]) if rows else None
    more = last is not None and asked.limit is not None and bool(_entries(book, asked, last, 1))
    totals = _totals(rows)
    balanced = all(row["debit"] == row["credit"] for row in totals)
    count = len({row["position"] for row in rows})
    said = words["journal"].format(count=count, lines=len(rows))
    return Table(
        sentence=f"{_opening_words(book, asked, language)}{said}{_verdict(balanced, bool(rows), words)}",
        facts={**_facts(book, "journal", asked), "journal": asked.journal, "entries": count, "balanced": balanced,
               "next_after": last if more else None},
        rows=rows,
        totals=totals,
        headings=words["journal_headings"].split("|"),
        shown=_journal_shown(rows, words),
        shown_totals=([words["total"], None, None, None, None, row["debit"], row["credit"], row["unit"]]
                      for row in totals),
        more=words["more"].format(after=last) if more else "",
    )  # fmt: skip


def _journal_shown(rows: Sequence[Row], words: dict[str, str]) -> Iterator[Sequence[Cell]]:
    """An entry says number, day and reference on its first line and its label on every one of its own."""
    before: Cell = None
    for row in rows:
        head: list[Cell] = [f"{row['journal']} {row['fiscal_year']}/{row['number']}", row["on"], row["reference"]]
        label = words["erased"] if row["label_erased"] else cut(str(row["label"]), LABEL_WIDTH)
        if row["position"] == before:
            head, label = [None, None, None], ""
        before = row["position"]
        yield [*head, row["account"], label, _or_blank(row["debit"]), _or_blank(row["credit"]), row["unit"]]


def balance_table(book: str, asked: Question, language: str, *, detail: bool = False) -> Table:
    """What each account held, moved and holds: accounts of the chart, or whole accounts with `detail`."""
    words = _WORDS[language]
    rows = _balance_rows(book, asked, detail=detail or asked.selection.account is not None)
    if asked.selection and not rows:
        raise NothingSelected(book=book, selection=str(asked.selection))
    totals = _totals(rows)
    closings = [total["closing"] for total in totals]
    balanced = None if asked.selection else not any(isinstance(left, Amount) and left.minor for left in closings)
    said = words["balance"].format(count=len(rows))
    verdict = words["partial"] if balanced is None else _verdict(balanced, bool(rows), words)
    return Table(
        sentence=f"{_opening_words(book, asked, language)}{said}{verdict}",
        facts={**_facts(book, "balance", asked), **asked.selection.parts, "balanced": balanced},
        rows=rows,
        totals=totals,
        headings=words["balance_headings"].split("|"),
        shown=([row["account"], *_figures(row), row["unit"]] for row in rows),
        shown_totals=([words["total"], *_figures(row), row["unit"]] for row in totals),
    )


def _figures(row: Row) -> tuple[Cell, Cell, Cell, Cell]:
    return _or_blank(row["opening"]), _or_blank(row["debit"]), _or_blank(row["credit"]), row["closing"]


def _balance_rows(book: str, asked: Question, *, detail: bool) -> list[Row]:
    """Movements are what the gross sides gained between the day before the first one and the last."""
    before = {}
    if asked.first is not None and asked.first > date.min:
        before = {held.account: held for held in _held(book, asked, asked.first - timedelta(days=1))}
    sums: dict[tuple[str, Unit], list[int]] = defaultdict(lambda: [0, 0, 0])
    for held in _held(book, asked, asked.last):
        if not held.debit and not held.credit:
            continue
        earlier = before.get(held.account)
        debit, credit = (earlier.debit.minor, earlier.credit.minor) if earlier else (0, 0)
        total = sums[held.account.code if detail else held.account.chart, held.account.unit]
        total[0] += debit - credit
        total[1] += held.debit.minor - debit
        total[2] += held.credit.minor - credit
    return [
        {
            "account": account,
            "unit": unit.code,
            "opening": Amount(opening, unit),
            "debit": Amount(debit, unit),
            "credit": Amount(credit, unit),
            "closing": Amount(opening + debit - credit, unit),
        }
        for (account, unit), (opening, debit, credit) in sorted(sums.items(), key=lambda item: _place(*item[0]))
    ]


def _place(account: str, unit: Unit) -> tuple[list[str], str]:
    """Part by part, so that 411:M01 stands below 411 and before 4111."""
    return account.split(":"), unit.code


def _held(book: str, asked: Question, as_of: date | None) -> Iterable[AccountBalance]:
    found = balances(book, **asked.selection.parts, as_of=as_of)
    return (held for held in found if asked.selection.takes(held.account))


def statement_table(book: str, asked: Question, language: str) -> Table:
    """The postings of the accounts that are asked for, in one unit, by day, with the balance after each."""
    words = _WORDS[language]
    unit = _one_unit(book, asked)
    parts = {name: text for name, text in asked.selection.parts.items() if name != "unit"}
    keys = {held.account for held in _held(book, asked, None) if held.account.unit == unit}
    one: dict[str, Any] = {"key": next(iter(keys))} if asked.selection.account is not None else {**parts, "unit": unit}
    after = asked.after or None  # postings are counted from 1: after 0 is the first page
    page = account_statement(book, **one, first=asked.first, last=asked.last, after=after, limit=asked.limit)
    rows: list[Row] = []
    for line in page.lines:
        debit, credit = sides(line.amount)
        rows.append({
            "posting": line.posting, "on": line.on, "journal": line.journal, "fiscal_year": line.fiscal_year,
            "number": line.number, "reference": line.reference, "label": line.label, "label_erased": not line.label,
            "document": line.document, "account": line.account.code, "unit": unit.code, "debit": debit,
            "credit": credit, "running": line.running, "convention": line.convention, "destination": line.destination,
            "public_generosity": line.public_generosity, "lettering": line.mark.code if line.mark else "",
        })  # fmt: skip
    (total,) = _totals(rows) or [{"debit": Amount(0, unit), "credit": Amount(0, unit)}]
    total = {"unit": unit.code, "opening": page.opening, **total, "closing": page.closing}
    opening, closing = (f"{figure(held, language)} {unit}" for held in (page.opening, page.closing))
    what = str(asked.selection) or words["everything"]
    said = words["statement"].format(selection=what, count=len(rows), opening=opening, closing=closing)
    return Table(
        sentence=f"{_opening_words(book, asked, language)}{said}",
        facts={**_facts(book, "statement", asked), **asked.selection.parts, "unit": unit.code,
               "opening": page.opening, "closing": page.closing, "next_after": page.next_after},
        rows=rows,
        totals=[total],
        headings=words["statement_headings"].split("|"),
        shown=_statement_shown(rows, words),
        shown_totals=[[words["total"], None, None, None, None, _or_blank(total["debit"]), _or_blank(total["credit"]),
                       page.closing, unit.code]],
        more=words["more"].format(after=page.next_after) if page.next_after is not None else "",
    )  # fmt: skip


def _statement_shown(rows: Sequence[Row], words: dict[str, str]) -> Iterator[Sequence[Cell]]:
    for row in rows:
        label = words["erased"] if row["label_erased"] else cut(str(row["label"]), LABEL_WIDTH)
        number = f"{row['journal']} {row['fiscal_year']}/{row['number']}"
        figures = (_or_blank(row["debit"]), _or_blank(row["credit"]), row["running"])
        yield [row["on"], number, row["reference"], row["account"], label, *figures, row["unit"]]


def _one_unit(book: str, asked: Question) -> Unit:
    """The unit that the accounts share; refused when there is none, or more than one."""
    units = {held.account.unit for held in _held(book, asked, None)}
    if not units:
        raise NothingSelected(book=book, selection=str(asked.selection))
    if len(units) > 1:
        codes = ", ".join(sorted(unit.code for unit in units))
        raise UnitNotSaid(selection=str(asked.selection) or f"“{book}”", units=codes)
    return units.pop()


def _totals(rows: Sequence[Row]) -> list[Row]:
    """The sums of each unit, by its code."""
    totals: dict[str, dict[str, Cell]] = {}
    for row in rows:
        total = totals.setdefault(str(row["unit"]), {"unit": row["unit"]})
        for key in ("opening", "debit", "credit", "closing"):
            amount = row.get(key)
            if isinstance(amount, Amount):
                held = total.get(key)
                total[key] = held + amount if isinstance(held, Amount) else amount
    return [totals[unit] for unit in sorted(totals)]


def _or_blank(cell: Cell) -> Cell:
    return None if isinstance(cell, Amount) and not cell else cell


def _number(cell: Cell) -> int:
    assert isinstance(cell, int)
    return cell


def _facts(book: str, what: str, asked: Question) -> dict[str, Cell]:
    return {"book": book, "question": what, "first": asked.first, "last": asked.last}


def _opening_words(book: str, asked: Question, language: str) -> str:
    words = _WORDS[language]
    name = next((row.name for row in books() if row.slug == book), None)
    if name is None:
        raise BookUnknown(book=book)
    span = words[("from" if asked.first else "") + ("to" if asked.last else "") or "all"]
    return words["book"].format(book=book, name=name, span=span.format(first=asked.first, last=asked.last))


def _verdict(balanced: bool, any_rows: bool, words: dict[str, str]) -> str:
    return words["balanced" if balanced else "unbalanced"] if any_rows else words["nothing"]


TABLES: dict[str, Callable[..., Table]] = {
    "journal": journal_table,
    "balance": balance_table,
    "statement": statement_table,
}

KEYS = {"journal": JOURNAL_KEYS, "balance": BALANCE_KEYS, "statement": STATEMENT_KEYS}

_WORDS: dict[str, dict[str, str]] = {
    "fr": {
        "book": "Livre {book} ({name}), {span} : ",
        "all": "toutes dates",
        "from": "depuis le {first}",
        "to": "jusqu’au {last}",
        "fromto": "du {first} au {last}",
        "journal": "écritures {count}, lignes {lines}",
        "balance": "comptes {count}",
        "statement": "{selection}, lignes {count} ; solde de {opening} à {closing}.",
        "balanced": " ; débit et crédit sont égaux dans chaque unité.",
        "unbalanced": " ; DÉSÉQUILIBRE : `python manage.py verify` dit où.",
        "partial": " ; une partie du livre, qui ne s’équilibre pas à elle seule.",
        "nothing": " ; rien n’est passé.",
        "more": "La suite : --after {after}",
        "everything": "tous les comptes",
        "total": "Total",
        "erased": "(libellé effacé)",
        "journal_headings": "Écriture|Date|Référence|Compte|Libellé|Débit|Crédit|Unité",
        "balance_headings": "Compte|Ouverture|Débit|Crédit|Solde|Unité",
        "statement_headings": "Date|Écriture|Référence|Compte|Libellé|Débit|Crédit|Solde|Unité",
    },
    "en": {
        "book": "Book {book} ({name}), {span}: ",
        "all": "all dates",
        "from": "from {first}",
        "to": "until {last}",
        "fromto": "from {first} to {last}",
        "journal": "entries {count}, lines {lines}",
        "balance": "accounts {count}",
        "statement": "{selection}, lines {count}; balance from {opening} to {closing}.",
        "balanced": "; debit and credit agree in every unit.",
        "unbalanced": "; NOT BALANCED: `python manage.py verify` says where.",
        "partial": "; a part of the book, which does not balance by itself.",
        "nothing": "; nothing is posted.",
        "more": "Go on with: --after {after}",
        "everything": "all accounts",
        "total": "Total",
        "erased": "(label erased)",
        "journal_headings": "Entry|Date|Reference|Account|Label|Debit|Credit|Unit",
        "balance_headings": "Account|Opening|Debit|Credit|Balance|Unit",
        "statement_headings": "Date|Entry|Reference|Account|Label|Debit|Credit|Balance|Unit",
    },
}
