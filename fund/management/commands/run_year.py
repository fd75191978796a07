"""`run_year DIR [--out OUT] [--json]`: a fund's year, from its files to its statements."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from allocation.errors import AllocationError
from fund.charter.faults import CharterError
from fund.errors import FundError
from fund.importers.faults import Fault, FolderInvalid
from fund.importers.preflight import check
from fund.importers.year_folder import read_year_folder
from fund.importers.year_run import run_year
from fund.management.database import prepare_database
from fund.management.progress import Progress
from fund.queries.year import year_result
from fund.statements.year_folder import write_year
from ledger.errors import LedgerError

SHOWN_FAULTS = 200
"""Faults printed; more are counted, and `--faults FILE` writes them all."""

_REFUSED = {
    "fr": "Fautes : {count}. Rien n’a été écrit ; corrigez-les, puis relancez.",
    "en": "Faults: {count}. Nothing was written; mend them and run again.",
}


class Command(BaseCommand):
    help = "Take a fund's files through a whole year: contributions, allocation, payments, returns, statements."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="the folder that holds fund.toml")
        parser.add_argument("--out", type=Path, metavar="OUT", help="write statements and books into this folder")
        parser.add_argument("--json", action="store_true", help="print the result as one JSON object")
        parser.add_argument("--language", choices=["fr", "en"], default="fr", help="of the faults and statements")
        parser.add_argument("--faults", type=Path, metavar="FILE", help="write every fault into this file")

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path | None = options["out"]
        if out is not None and out.exists() and not out.is_dir():
            raise CommandError(f"{out} is a file: give a folder, new or existing, for the statements.")
        prepare_database()
        try:
            folder = read_year_folder(options["folder"])
            check(folder)
        except FolderInvalid as refusal:
            self._list(refusal.faults, options)
            raise CommandError(_REFUSED[options["language"]].format(count=len(refusal.faults))) from None
        year = folder.fund.fiscal_year
        try:
            with Progress(sys.stderr) as progress:
                outcome = run_year(folder, progress=progress.step)
            result = year_result(outcome.fund, year)
            if out is not None:
                with Progress(sys.stderr) as progress:
                    write_year(outcome.fund, year, out, options["language"], progress=progress.step)
        except (FundError, AllocationError, LedgerError, CharterError) as refusal:
            raise CommandError(f"{refusal} ({refusal.code})") from None
        except OSError as refusal:
            raise CommandError(f"The statements cannot be written: {refusal}") from None
        if options["json"]:
            self.stdout.write(json.dumps(result, indent=1, ensure_ascii=False))
        else:
            self.stdout.write(_summary(result, changed=outcome.changed))

    def _list(self, faults: tuple[Fault, ...], options: dict[str, Any]) -> None:
        """Print the faults, the first ones where they are many, and write them all where asked."""
        sentences = [fault.sentence(options["language"]) for fault in faults]
        if options["faults"]:
            options["faults"].write_text("\n".join(sentences) + "\n", encoding="utf-8")
        for sentence in sentences[:SHOWN_FAULTS]:
            self.stderr.write(sentence)
        if len(sentences) > SHOWN_FAULTS:
            self.stderr.write(f"… and {len(sentences) - SHOWN_FAULTS} more; --faults FILE writes them all.")


def _summary(result: dict[str, Any], *, changed: bool) -> str:
    """The year in a few plain lines."""
    contributions, chain = result["contributions"], result["chain"]
    lines = [
        f"{result['fund']} {result['fiscal_year']}: "
        + ("the year is in the books." if changed else "nothing to do, the books hold all of it already."),
        f"  members called: {len(contributions['called'])}, paid something: "
        f"{sum(amount.strip('0.') != '' for amount in contributions['received'].values())}",
        "  awards: " + (", ".join(f"{project} {amount}" for project, amount in result["awards"].items()) or "none"),
        "  returns due: " + (", ".join(f"{code} {amount}" for code, amount in result["returns"].items()) or "none"),
        "  in kind: " + ", ".join(f"{amount} {unit}" for unit, amount in result["in_kind"].items()),
        f"  balanced: {'yes' if result['balanced'] else 'NO'}; chain of {chain['entries']} entries "
        f"{'verified' if chain['verified'] else 'BROKEN'}, head {chain['head']}",
    ]
    return "\n".join(lines)
