"""`bank import FUND FILE.csv --by NAME`: take in the lines of the bank; a file taken in again adds nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.timezone import localdate

from fund.errors import FundError
from fund.importers.bank import COLUMNS, read_bank_file
from fund.importers.faults import Fault
from fund.importers.files import read_bytes
from fund.management.piped import PipedCommand
from fund.models import Fund
from fund.services.actors import Actor
from fund.services.bank import TakenIn, take_in_lines
from ledger.money import unit_of

_SHOWN = 100
_DONE = {
    "en": "{new} lines of the bank are taken in, {known} were there already.",
    "fr": "{new} lignes du relevé sont prises, {known} y étaient déjà.",
}
_MORE = {"en": "… and {count} more faults.", "fr": "… et {count} autres fautes."}
_UNKNOWN = {"en": "There is no fund “{fund}”.", "fr": "Il n’y a pas de fonds « {fund} »."}


class Command(PipedCommand):
    help = f"Take in the lines of the bank from a CSV file with the columns {', '.join(COLUMNS)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["import"])
        parser.add_argument("fund", help="the fund's slug")
        parser.add_argument("file", type=Path, help="the CSV file, in UTF-8")
        parser.add_argument("--by", required=True, help="who takes them in")
        parser.add_argument("--language", choices=["fr", "en"], default="en", help="the language of what is said")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        fund = Fund.objects.filter(slug=options["fund"]).first()
        if fund is None:
            raise CommandError(_UNKNOWN[language].format(fund=options["fund"]))
        path: Path = options["file"]
        faults: list[Fault] = []
        raw = read_bytes(path.parent, path.name, (), faults)
        found = read_bank_file(path.name, raw or b"", unit_of(fund.currency)) if raw is not None else None
        faults += found.faults if found else ()
        if faults or found is None:
            told = [fault.sentence(language) for fault in faults[:_SHOWN]]
            if len(faults) > _SHOWN:
                told.append(_MORE[language].format(count=len(faults) - _SHOWN))
            raise CommandError("\n".join(told))
        try:
            done: TakenIn = take_in_lines(
                Actor(fund=fund, by=options["by"]), found.rows, file_sha256=found.sha256, on=localdate()
            )
        except FundError as refusal:
            raise CommandError(f"{refusal.sentence(language)} ({refusal.code})") from None
        self.stdout.write(_DONE[language].format(new=done.new, known=done.known))
