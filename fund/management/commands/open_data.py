"""`open_data --fund SLUG | --all [--out DIR]`: the public files of one fund or of all, written a piece at a time."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.timezone import localdate

from fund.importers.faults import shown
from fund.management.piped import PipedCommand
from fund.management.progress import Progress
from fund.models import Fund
from fund.statements.files import file_names
from fund.statements.open_data.files import OpenFile, known_day, last_day, open_files, pieces
from fund.statements.open_data.scdl import ScdlCount, scdl_count

_WORDS = {
    "fr": {
        "fund": "Il n’y a pas de fonds « {text} ».",
        "which": "Dites --fund SLUG, ou --all pour tous les fonds.",
        "files": "{slug} : {files} fichiers au {day}",
        "scdl": "  SCDL : {written} aides écrites, {left} laissées de côté (convention non signée : {unsigned}, "
        "personnes physiques : {persons}, sans SIRET ni RNA : {unidentified})",
        "siret": "  SCDL : pas de fichier, car le fonds n’a pas de SIRET (commande identify)",
        "currency": "  SCDL : pas de fichier, car le fonds ne compte pas en euros",
    },
    "en": {
        "fund": "There is no fund “{text}”.",
        "which": "Say --fund SLUG, or --all for every fund.",
        "files": "{slug}: {files} files as of {day}",
        "scdl": "  SCDL: {written} awards written, {left} left out (agreement not signed: {unsigned}, natural persons: "
        "{persons}, neither SIRET nor RNA: {unidentified})",
        "siret": "  SCDL: no file, for the fund has no SIRET (command identify)",
        "currency": "  SCDL: no file, for the fund does not count in euros",
    },
}


class Command(PipedCommand):
    help = "Write the public files of a fund, or of every fund: SCDL, 360Giving, the fund's own tables, the dictionary."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--fund", default="", metavar="SLUG", help="one fund")
        which.add_argument("--all", action="store_true", help="every fund of this installation")
        parser.add_argument("--out", type=Path, metavar="DIR", help="write DIR/<slug>/…; without it, only count")
        parser.add_argument("--raw", action="store_true", help="texts of CSV as they are, for machines")
        parser.add_argument("--language", choices=["fr", "en"], default="fr", help="of the sentences")

    def handle(self, *args: Any, **options: Any) -> None:
        words = _WORDS[options["language"]]
        funds = self._funds(options, words)
        # Two short names that differ by capitals alone would share a folder on some systems.
        folders = file_names(fund.slug for fund in funds)
        with Progress(sys.stderr) as progress:
            for done, fund in enumerate(funds):
                progress.step(done, len(funds), fund.slug)
                day = known_day(fund, localdate())
                files = open_files(fund, day)
                if options["out"] is not None:
                    _write_all(fund, day, files, options["out"] / folders[fund.slug], guarded=not options["raw"])
                self.stdout.write(
                    words["files"].format(slug=fund.slug, files=len(files), day=last_day(fund).isoformat())
                )
                self.stdout.write(_said(scdl_count(fund, day), words))

    def _funds(self, options: dict[str, Any], words: dict[str, str]) -> list[Fund]:
        if options["all"]:
            return sorted(Fund.objects.all(), key=lambda fund: fund.slug)
        if not options["fund"]:
            raise CommandError(words["which"])
        fund = Fund.objects.filter(slug=options["fund"]).first()
        if fund is None:
            raise CommandError(words["fund"].format(text=shown(options["fund"])))
        return [fund]


def _said(count: ScdlCount, words: dict[str, str]) -> str:
    if count.file_lacks:
        return words[count.file_lacks]
    figures = {"unsigned": count.unsigned, "persons": count.persons, "unidentified": count.unidentified}
    return words["scdl"].format(written=count.written, left=count.left_out, **figures)


def _write_all(fund: Fund, day: date, files: Iterable[OpenFile], folder: Path, *, guarded: bool) -> None:
    """Each file beside its place first, so that a stop leaves the old one or the new one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            beside = folder / f".{file.file_name}.{os.getpid()}.part"
            try:
                with beside.open("wb") as opened:
                    opened.writelines(pieces(fund, day, file, guarded=guarded))
                beside.replace(folder / file.file_name)
            finally:
                beside.unlink(missing_ok=True)
    except OSError as refusal:
        raise CommandError(f"{refusal.filename or folder}: {refusal.strerror}.") from None
