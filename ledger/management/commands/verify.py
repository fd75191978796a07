"""`python manage.py verify`: recompute the books from their rows; exit 0 only when they are sound."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from ledger.audit import find_faults
from ledger.balances import books, chain_head, units_sum_to_zero
from ledger.checkpoints import Published, read_published
from ledger.errors import BookUnknown, LedgerError
from ledger.raw_rows import UNREADABLE


class Command(BaseCommand):
    """Verifies one book or all of them, from the rows alone, and against checkpoints that were published."""

    help = "Recompute the books from their rows and name the first bad row of each kind."
    requires_system_checks: list[str] = []  # faults of the database are what it reports, not what stops it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--book", metavar="SLUG", help="verify this book only")
        parser.add_argument(
            "--checkpoint", metavar="FILE", nargs="+", action="extend", default=[], help="the book must go on from it"
        )
        parser.add_argument("--json", action="store_true", help="answer in JSON")
        parser.add_argument("--language", choices=("fr", "en"), default="fr", help="of the sentences")

    def handle(self, *args: object, **options: Any) -> None:
        language = options["language"]
        try:
            published = [read_published(file) for file in options["checkpoint"]]
            slugs = _slugs(options["book"], published)
            reports = [report_on(slug, language, published) for slug in slugs]
        except LedgerError as refusal:
            self.stderr.write(refusal.sentence(language))
            sys.exit(2)
        except DatabaseError as refusal:
            self.stderr.write(_WORDS[language]["unreadable"].format(why=str(refusal).strip().partition("\n")[0]))
            sys.exit(2)
        if not reports and not options["json"]:
            self.stdout.write(_WORDS[language]["no_book"])
        if options["json"]:
            self.stdout.write(json.dumps(reports, indent=2, sort_keys=True))
        else:
            for report in reports:
                self.stdout.write("\n".join(sentences(report, language)))
        if any(report["faults"] for report in reports):
            sys.exit(1)


def _slugs(asked: str | None, published: Sequence[Published]) -> list[str]:
    """The books to verify; a checkpoint of a book that is not among them is refused, for nothing would look at it."""
    slugs = [asked] if asked else [row.slug for row in books()]
    for each in published:
        if each.point.book not in slugs:
            raise BookUnknown(book=each.point.book)
    return slugs


def report_on(slug: str, language: str, published: Sequence[Published] = ()) -> dict[str, Any]:
    """What the verification of a book found; `seconds` is wall time."""
    started = time.monotonic()
    faults = find_faults(slug, published)
    return {
        "book": slug,
        **_figures(slug),
        "published": sum(each.point.book == slug for each in published),
        "faults": [{"kind": fault.kind, "sentence": fault.sentence(language)} for fault in faults],
        "seconds": f"{time.monotonic() - started:.2f}",
    }


def _figures(slug: str) -> dict[str, Any]:
    """Where the book ends and what it sums to, as far as its rows can be read."""
    try:
        head = chain_head(slug)
        return {"head": head.hash, "seals": head.seals, "entries": head.entries, "unit_sums": units_sum_to_zero(slug)}
    except (*UNREADABLE, DatabaseError):
        return {"head": "?", "seals": "?", "entries": "?", "unit_sums": {}}


def sentences(report: dict[str, Any], language: str) -> list[str]:
    """The report as a person reads it."""
    words = _WORDS[language]
    sums = ", ".join(f"{unit} {total}" for unit, total in report["unit_sums"].items()) or words["nothing"]
    verdict = [words["fault"].format(**fault) for fault in report["faults"]] or [words["sound"]]
    met = [words["published"].format(**report)] if report["published"] and not report["faults"] else []
    facts = [words[line].format(sums=sums, **report) for line in ("read", "head", "sums")]
    return [*facts, *verdict, *met]


_WORDS = {
    "fr": {
        "read": "{book} : {entries} écritures sous {seals} sceaux, toutes relues en {seconds} s",
        "head": "  empreinte des livres : {head}",
        "sums": "  débit moins crédit, par unité : {sums}",
        "nothing": "rien n’est passé",
        "no_book": "Aucun livre à vérifier : cette base n’en tient pas encore.",
        "sound": "  intact : chaque écriture est celle qui a été passée",
        "published": "  comme publié : {published} point(s) de contrôle retrouvé(s)",
        "fault": "  FAUTE ({kind}) : {sentence}",
        "unreadable": "La base ne se lit pas ; `python manage.py migrate` fait ses tables. ({why})",
    },
    "en": {
        "read": "{book}: {entries} entries under {seals} seals, all read again in {seconds} s",
        "head": "  fingerprint of the books: {head}",
        "sums": "  debit less credit, by unit: {sums}",
        "nothing": "nothing is posted",
        "no_book": "There is no book to verify: this database keeps none yet.",
        "sound": "  sound: every entry is the one that was posted",
        "published": "  as published: {published} checkpoint(s) met",
        "fault": "  FAULT ({kind}): {sentence}",
        "unreadable": "The database cannot be read; `python manage.py migrate` makes its tables. ({why})",
    },
}
