"""`run_year DIR [--out OUT] [--json]`: a fund's year, from its files to its statements."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

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

_BUSY = {
    "fr": "La base est occupée ou ne répond plus ({why}) ; relancez : la reprise se fait où l’on s’est arrêté.",
    "en": "The database is busy or does not answer ({why}); run again: it goes on where it stopped.",
}
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
            if out is not None:
                out.mkdir(parents=True, exist_ok=True)
        except OSError as refusal:
            raise CommandError(f"{out}: {refusal.strerror}.") from None
        try:
            folder = read_year_folder(options["folder"])
            check(folder)
        except FolderInvalid as refusal:
            self._list(refusal.faults, options)
            raise CommandError(_REFUSED[options["language"]].format(count=len(refusal.faults))) from None
        year = folder.fund.fiscal_year
        try:
            with Progress(sys.stderr) as progress:
                outcome = run_year(folder, progress=progress.step, language=options["language"])
            result = year_result(outcome.fund, year)
            if out is not None:
                with Progress(sys.stderr) as progress:
                    write_year(outcome.fund, year, out, options["language"], progress=progress.step)
        except (FundError, AllocationError, LedgerError, CharterError) as refusal:
            raise CommandError(f"{refusal.sentence(options['language'])} ({refusal.code})") from None
        except OperationalError as refusal:
            raise CommandError(_BUSY[options["language"]].format(why=str(refusal).strip())) from None
        except OSError as refusal:
            raise CommandError(f"{refusal.filename or out}: {refusal.strerror}.") from None
        if options["json"]:
            self.stdout.write(json.dumps(result, indent=1, ensure_ascii=False))
        else:
            self.stdout.write(_summary(result, options["language"], changed=outcome.changed))

    def _list(self, faults: tuple[Fault, ...], options: dict[str, Any]) -> None:
        """Print the faults, the first ones where they are many, and write them all where asked."""
        sentences = [fault.sentence(options["language"]) for fault in faults]
        for sentence in sentences[:SHOWN_FAULTS]:
            self.stderr.write(sentence)
        if len(sentences) > SHOWN_FAULTS:
            self.stderr.write(f"… and {len(sentences) - SHOWN_FAULTS} more; --faults FILE writes them all.")
        if options["faults"]:
            try:
                options["faults"].write_text("\n".join(sentences) + "\n", encoding="utf-8")
            except OSError as refusal:
                raise CommandError(f"{options['faults']}: {refusal.strerror}.") from None


def _summary(result: dict[str, Any], language: str, *, changed: bool) -> str:
    """The year in a few plain lines."""
    words = _SUMMARY[language]
    contributions, chain = result["contributions"], result["chain"]
    paid = sum(amount.strip("0.") != "" for amount in contributions["received"].values())
    return "\n".join(
        [
            f"{result['fund']} {result['fiscal_year']}{words['done'] if changed else words['nothing']}",
            words["members"].format(called=len(contributions["called"]), paid=paid),
            words["awards"].format(_listed(result["awards"])),
            words["returns"].format(_listed(result["returns"])),
            words["in_kind"].format(", ".join(f"{amount} {unit}" for unit, amount in result["in_kind"].items())),
            words["balanced"] if result["balanced"] else words["unbalanced"],
            (words["verified"] if chain["verified"] else words["broken"]).format(**chain),
        ]
    )


def _listed(amounts: dict[str, str]) -> str:
    return ", ".join(f"{code} {amount}" for code, amount in amounts.items()) or "–"


_SUMMARY = {
    "fr": {
        "done": " : l’année est dans les livres.",
        "nothing": " : rien à faire, les livres contiennent déjà tout.",
        "members": "  membres appelés : {called}, ayant versé : {paid}",
        "awards": "  aides : {}",
        "returns": "  retours dus : {}",
        "in_kind": "  en nature : {}",
        "balanced": "  chaque unité est équilibrée",
        "unbalanced": "  DÉSÉQUILIBRE : `python manage.py verify` dit où",
        "verified": "  écritures : {entries}, toutes vérifiées ; empreinte {head}",
        "broken": "  écritures : {entries}, CHAÎNE ROMPUE : `python manage.py verify` dit où",
    },
    "en": {
        "done": ": the year is in the books.",
        "nothing": ": nothing to do, the books hold all of it already.",
        "members": "  members called: {called}, paid something: {paid}",
        "awards": "  awards: {}",
        "returns": "  returns due: {}",
        "in_kind": "  in kind: {}",
        "balanced": "  every unit balances",
        "unbalanced": "  NOT BALANCED: `python manage.py verify` says where",
        "verified": "  entries: {entries}, all verified; head {head}",
        "broken": "  entries: {entries}, CHAIN BROKEN: `python manage.py verify` says where",
    },
}
