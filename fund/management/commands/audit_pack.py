"""`audit_pack --fund SLUG --year YYYY [--out FILE] [--without-names]`: a year in one zip that checks itself."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from fund.errors import FundError
from fund.management.piped import PipedCommand
from fund.models import Fund
from fund.statements.pack.pack import pack_year, write_pack_file
from ledger.errors import LedgerError

_SAID = {
    "no-fund": {"fr": "Il n’y a pas de fonds « {fund} ».", "en": "There is no fund “{fund}”."},
    "done": {
        "fr": "{file} : {files} fichiers, {entries} écritures.\nTête des livres      {head}\n"
        "Empreinte du dossier {fingerprint}\nPour le contrôler : python3 verify.py {file}",
        "en": "{file}: {files} files, {entries} entries.\nHead of the books       {head}\n"
        "Fingerprint of the pack {fingerprint}\nTo check it: python3 verify.py {file}",
    },
}


class Command(PipedCommand):
    help = "Write the audit pack of a fiscal year: entries, seals, charters, decisions, statements, and a verifier."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fund", required=True, metavar="SLUG")
        parser.add_argument("--year", required=True, type=int, metavar="YYYY")
        parser.add_argument("--out", type=Path, metavar="FILE", help="the zip; SLUG-YYYY-audit.zip when not given")
        parser.add_argument("--without-names", action="store_true", help="no names and no free words")
        parser.add_argument("--language", choices=["fr", "en"], default="fr")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        fund = Fund.objects.filter(slug=options["fund"]).first()
        if fund is None:
            raise CommandError(_SAID["no-fund"][language].format(fund=options["fund"]))
        try:
            year = pack_year(fund, options["year"])
            path = options["out"] or Path(f"{fund.slug}-{year.code}-audit.zip")
            written = write_pack_file(fund, year, path, language, names=not options["without_names"])
        except (FundError, LedgerError) as refusal:
            raise CommandError(f"{refusal.sentence(language)} ({refusal.code})") from None
        facts = {"files": written.files, "entries": written.entries, "head": written.head}
        self.stdout.write(_SAID["done"][language].format(file=path, fingerprint=written.fingerprint, **facts))
