"""`python manage.py ledger journal|balance|statement|export|prove|checkpoint|roll-up`: what the books say.

Exits 0 when it answered, 1 when a balance does not balance, 2 when it refuses; a reader that closes the pipe ends it
with 141, as any program of a shell. Nothing is written but what is derived (`roll-up`).
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from ledger.balances import books
from ledger.book_export import journal_text
from ledger.book_tables import AMOUNTS, KEYS, TABLES, journal_rows
from ledger.errors import LedgerError
from ledger.ladder import REFERENCE_LIMIT, check_code
from ledger.options import OptionUnfit, Question, book_asked, number, question
from ledger.tables_as_text import as_csv, as_json, for_people

CLOSED_PIPE = 141
"""What a shell says of a program that SIGPIPE (13) ended: 128 + 13."""


class Command(BaseCommand):
    """Parses, asks one function, prints."""

    help = "What the books say: journal, balance, statement; the journal for other tools; proofs."
    requires_system_checks: list[str] = []  # it reads; what is wrong with the database is told in a sentence

    def add_arguments(self, parser: ArgumentParser) -> None:
        asks = parser.add_subparsers(dest="ask", required=True, metavar="ASK")
        journal = _ask(asks, "journal", "entries in the order of posting, a row for each line")
        balance = _ask(asks, "balance", "opening, debit, credit and balance by account of the chart")
        statement = _ask(asks, "statement", "the postings of accounts by day, with the balance after each")
        export = _ask(asks, "export", "the whole journal as text: `ledger export > FILE`")
        prove = _ask(asks, "prove", "that an entry is in the book, or that the book only grew")
        _ask(asks, "checkpoint", "the head of the book in a few lines, to publish")
        _ask(asks, "roll-up", "bring what is derived up to date, so that questions about the past stay fast")
        for parser_ in (journal, balance, statement):
            _add_days(parser_)
            form = parser_.add_mutually_exclusive_group()
            form.add_argument("--json", action="store_true", help="one JSON object, amounts as texts")
            form.add_argument("--csv", action="store_true", help="CSV (RFC 4180)")
        journal.add_argument("--journal", metavar="CODE", help="of this journal only")
        for parser_ in (balance, statement):
            _add_selection(parser_)
        balance.add_argument("--detail", action="store_true", help="by whole account: 411:M03 and not 411")
        for parser_ in (journal, statement):
            parser_.add_argument("--after", metavar="N", help="go on after this one; an answer names it")
            parser_.add_argument("--limit", metavar="N", help="at most so many")
        export.add_argument("--format", choices=("beancount", "hledger", "proof"), default="beancount")
        export.add_argument("--as-of", metavar="DATE", help="entries until this day (not for proof)")
        which = prove.add_mutually_exclusive_group(required=True)
        which.add_argument("--entry", metavar="REFERENCE", help="the proof that this entry is in the book")
        which.add_argument("--since", metavar="N", help="the proof that nothing of the first N entries changed")

    def handle(self, *args: object, **options: Any) -> None:
        language = options["language"]
        _write_utf8(self.stdout)
        try:
            for text in self._answer(options):
                # Line by line: Python without buffers (`-u`) forgets what a pipe did not take of one long write.
                for line in text.splitlines(keepends=True):
                    self.stdout.write(line, ending="")
            self.stdout.flush()
        except LedgerError as refusal:
            self._refuse(refusal.sentence(language))
        except DatabaseError as refusal:
            self._refuse(_WORDS[language]["unreadable"].format(why=str(refusal).strip().partition("\n")[0]))
        except BrokenPipeError:
            _give_up_output()
            sys.exit(CLOSED_PIPE)
        except OSError as refusal:
            _give_up_output()
            self._refuse(_WORDS[language]["unwritable"].format(why=refusal.strerror))
        if self.is_unbalanced:
            sys.exit(1)

    is_unbalanced = False

    def _refuse(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(2)

    def _answer(self, options: dict[str, Any]) -> Iterable[str]:
        """The pieces of the answer with their line ends."""
        asked = question(options)
        book = book_asked(options["book"], [row.slug for row in books()])
        match options["ask"]:
            case "journal" | "balance" | "statement":
                return self._table(book, asked, options)
            case "export":
                return _lines(_export(book, asked, options["format"]))
            case "prove":
                return _lines([_proof(book, options)])
            case "checkpoint":
                from ledger import proofs

                return _lines([proofs.checkpoint(book).text()])
        return _lines([_rolled_up(book, options["language"])])

    def _table(self, book: str, asked: Question, options: dict[str, Any]) -> Iterable[str]:
        ask = options["ask"]
        if ask == "journal" and options["csv"]:
            return as_csv(KEYS[ask], journal_rows(book, asked), amounts=AMOUNTS)
        more = {"detail": options["detail"]} if ask == "balance" else {}
        table = TABLES[ask](book, asked, options["language"], **more)
        self.is_unbalanced = table.facts.get("balanced") is False
        if options["csv"]:
            return as_csv(KEYS[ask], table.rows, amounts=AMOUNTS)
        return _lines([as_json(table)] if options["json"] else for_people(table, options["language"]))


def _ask(asks: Any, name: str, help_: str) -> ArgumentParser:
    """A question with what all of them take."""
    parser: ArgumentParser = asks.add_parser(name, help=help_, description=help_)
    parser.add_argument("--book", metavar="SLUG", help="which book; needed where there are several")
    parser.add_argument("--language", choices=("fr", "en"), default="fr", help="of sentences and headings")
    return parser


def _add_days(parser: ArgumentParser) -> None:
    parser.add_argument("--from", metavar="DATE", help="the first day, like 2026-01-31")
    parser.add_argument("--to", metavar="DATE", help="the last day")
    parser.add_argument("--as-of", metavar="DATE", help="the same as --to: as if the book ended with this day")


def _add_selection(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--account", metavar="CODE", help="one whole account: chart, party, project, convention: 411:M03"
    )
    parser.add_argument("--chart", metavar="PREFIX", help="accounts whose number begins so: 46")
    parser.add_argument("--party", metavar="CODE")
    parser.add_argument("--project", metavar="CODE")
    parser.add_argument("--convention", metavar="CODE")
    parser.add_argument("--unit", metavar="CODE", help="EUR, HOUR, …")


def _export(book: str, asked: Question, format_: str) -> Iterator[str]:
    if format_ != "proof":
        return journal_text(book, format_, as_of=asked.last)
    if asked.last is not None:
        raise OptionUnfit(option="--as-of", other="--format proof")
    from ledger import proofs

    return proofs.export_book(book)


def _proof(book: str, options: dict[str, Any]) -> str:
    earlier, reference = number("--since", options["since"], least=0), options["entry"]
    if reference is not None:
        check_code("The reference", reference, limit=REFERENCE_LIMIT, colon=True)
    from ledger import proofs

    if reference is not None:
        return proofs.inclusion_proof(book, reference)
    return proofs.consistency_proof(book, earlier or 0)


def _rolled_up(book: str, language: str) -> str:
    from ledger import proofs, rollups

    rollups.advance(book)
    proofs.grow_tree(book)
    return _WORDS[language]["rolled_up"].format(book=book)


def _lines(texts: Iterable[str]) -> Iterator[str]:
    return (text if text.endswith("\n") else f"{text}\n" for text in texts)


def _write_utf8(out: Any) -> None:
    """Files are the same bytes on every machine, whatever its locale and its line ends."""
    with suppress(AttributeError):
        out.reconfigure(encoding="utf-8", newline="")


def _give_up_output() -> None:
    """What is left in the buffer goes nowhere, so that the interpreter does not stumble over it when it ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


_WORDS = {
    "fr": {
        "rolled_up": "Livre {book} : ce qui se déduit des écritures est à jour.",
        "unreadable": "La base ne se lit pas ; `python manage.py migrate` fait ses tables. ({why})",
        "unwritable": "La réponse ne peut pas être écrite : {why}.",
    },
    "en": {
        "rolled_up": "Book {book}: what is derived from the entries is up to date.",
        "unreadable": "The database cannot be read; `python manage.py migrate` makes its tables. ({why})",
        "unwritable": "The answer cannot be written: {why}.",
    },
}
