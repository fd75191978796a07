"""`python manage.py verify`: recompute the books from their rows; exit 0 only when they are sound."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

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

    def handle(self, *args: object, **options: Any) -> None:
        try:
            slugs = [options["book"]] if options["book"] else [row.slug for row in books()]
            reports = [report_on(slug) for slug in slugs]
        except LedgerError as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        if options["json"]:
            self.stdout.write(json.dumps(reports, indent=2, sort_keys=True))
        else:
            for report in reports:
                self.stdout.write("\n".join(sentences(report)))
        if any(report["faults"] for report in reports):
            sys.exit(1)


def report_on(slug: str) -> dict[str, Any]:
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
        "faults": [{"kind": fault.kind, "sentence": fault.sentence()} for fault in faults],
        "seconds": f"{time.monotonic() - started:.2f}",
    }


def sentences(report: dict[str, Any]) -> list[str]:
    """The report as a person reads it."""
    sums = ", ".join(f"{unit} {total}" for unit, total in report["unit_sums"].items()) or "nothing posted"
    verdict = [f"  FAULT ({fault['kind']}): {fault['sentence']}" for fault in report["faults"]] or ["  sound"]
    return [
        f"{report['book']}: {report['entries']} entries under {report['seals']} seals, {report['seconds']} s",
        f"  head {report['head']}",
        f"  sums per unit: {sums}",
        *verdict,
    ]
