"""`python manage.py verify`: recompute the books from their rows; exit 0 only when they are sound."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from ledger.audit import find_faults
from ledger.balances import books, chain_head, units_sum_to_zero
from ledger.errors import LedgerError


class Command(BaseCommand):
    """Verifies one book or all of them, from the rows alone."""

    help = "Recompute the books from their rows and name the first bad row of each kind."
    requires_system_checks: list[str] = []  # faults of the database are what it reports, not what stops it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--book", metavar="SLUG", help="verify this book only")
        parser.add_argument("--json", action="store_true", help="answer in JSON")
        parser.add_argument("--language", choices=("fr", "en"), default="fr", help="of the sentences")

    def handle(self, *args: object, **options: Any) -> None:
        language = options["language"]
        try:
            slugs = [options["book"]] if options["book"] else [row.slug for row in books()]
            reports = [report_on(slug, language) for slug in slugs]
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


def report_on(slug: str, language: str) -> dict[str, Any]:
    """What the verification of a book found; `seconds` is wall time."""
    started = time.monotonic()
    faults = find_faults(slug)
    head = chain_head(slug)
    return {
        "book": slug,
        "head": head.hash,
        "seals": head.seals,
        "entries": head.entries,
        "unit_sums": units_sum_to_zero(slug),
        "faults": [{"kind": fault.kind, "sentence": fault.sentence(language)} for fault in faults],
        "seconds": f"{time.monotonic() - started:.2f}",
    }


def sentences(report: dict[str, Any], language: str) -> list[str]:
    """The report as a person reads it."""
    words = _WORDS[language]
    sums = ", ".join(f"{unit} {total}" for unit, total in report["unit_sums"].items()) or words["nothing"]
    verdict = [words["fault"].format(**fault) for fault in report["faults"]] or [words["sound"]]
    return [words["read"].format(**report), words["head"].format(**report), words["sums"].format(sums=sums), *verdict]


_WORDS = {
    "fr": {
        "read": "{book} : {entries} écritures sous {seals} sceaux, toutes relues en {seconds} s",
        "head": "  empreinte des livres : {head}",
        "sums": "  débit moins crédit, par unité : {sums}",
        "nothing": "rien n’est passé",
        "no_book": "Aucun livre à vérifier : cette base n’en tient pas encore.",
        "sound": "  intact : chaque écriture est celle qui a été passée",
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
        "fault": "  FAULT ({kind}): {sentence}",
        "unreadable": "The database cannot be read; `python manage.py migrate` makes its tables. ({why})",
    },
}
