"""`opening FUND --from FILE --on DAY`: the books begin with the balances that another program left."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError

from fund.errors import FundError
from fund.importers.faults import FolderInvalid, shown
from fund.importers.files import read_bytes
from fund.importers.opening_draft import OpeningDraft
from fund.importers.opening_files import opening_of, read_opening
from fund.management.faults import REFUSED, tell_faults
from fund.management.piped import PipedCommand
from fund.models import Fund
from fund.services.actors import Actor
from fund.services.opening import book_opening
from fund.statements.render.formats import bare_amount
from ledger.errors import LedgerError
from ledger.money import Amount

_WORDS = {
    "fr": {
        "fund": "Il n’y a pas de fonds « {slug} ».",
        "title": "À-nouveaux au {on} de {fund}, d’après {source} ({lines} lignes)",
        "total": "Total",
        "done": "L’écriture est passée : AN {number}, référence {reference}.",
        "known": "Rien à faire : cette écriture est déjà dans les livres (AN {number}, référence {reference}).",
        "rehearsed": "Essai : rien n’a été écrit.",
        "busy": "La base est occupée ou ne répond plus ({why}) ; rien n’a été écrit, relancez.",
    },
    "en": {
        "fund": "There is no fund “{slug}”.",
        "title": "Opening on {on} of {fund}, from {source} ({lines} lines)",
        "total": "Total",
        "done": "The entry is booked: AN {number}, reference {reference}.",
        "known": "Nothing to do: the books hold this entry already (AN {number}, reference {reference}).",
        "rehearsed": "A try: nothing was written.",
        "busy": "The database is busy or does not answer ({why}); nothing was written, run again.",
    },
}


class Command(PipedCommand):
    help = "Open a fund's books with a trial balance (CSV), or with another program's file of entries (FEC)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fund", help="the fund's slug")
        parser.add_argument("--from", dest="file", type=Path, required=True, metavar="FILE", help="balance, or FEC")
        parser.add_argument("--on", type=date.fromisoformat, required=True, metavar="DAY", help="like 2026-01-01")
        parser.add_argument("--by", default="import", help="who opens the books, for the log")
        parser.add_argument("--dry-run", action="store_true", help="show the entry, book nothing")
        parser.add_argument("--language", choices=["fr", "en"], default="fr", help="of the faults and the entry")
        parser.add_argument("--faults", type=Path, metavar="FILE", help="write every fault into this file")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        words = _WORDS[language]
        fund = Fund.objects.filter(slug=options["fund"]).first()
        if fund is None:
            raise CommandError(words["fund"].format(slug=shown(options["fund"])))
        try:
            draft = read_opening(fund, name=options["file"].name, raw=_bytes(options["file"]), on=options["on"])
            self._show(draft, fund, language)
            if options["dry_run"]:
                self.stdout.write(words["rehearsed"])
                return
            posted = book_opening(Actor(fund, options["by"]), opening_of(draft))
        except FolderInvalid as refusal:
            tell_faults(self.stderr.write, refusal.faults, language, options["faults"])
            raise CommandError(REFUSED[language].format(count=len(refusal.faults))) from None
        except (FundError, LedgerError) as refusal:
            raise CommandError(f"{refusal.sentence(language)} ({refusal.code})") from None
        except OperationalError as refusal:
            raise CommandError(words["busy"].format(why=str(refusal).strip())) from None
        said = words["known"] if posted.replayed else words["done"]
        self.stdout.write(said.format(number=posted.number, reference=posted.reference))

    def _show(self, draft: OpeningDraft, fund: Fund, language: Any) -> None:
        """The entry as it would stand in the books, a line each."""
        words = _WORDS[language]
        facts = {"on": draft.on.isoformat(), "fund": fund.name, "source": draft.source, "lines": len(draft.rows)}
        self.stdout.write(words["title"].format(**facts))
        for row in draft.rows:
            sides = (max(row.minor, 0), max(-row.minor, 0))
            told = (bare_amount(Amount(side, draft.unit), language) if side else "" for side in sides)
            self.stdout.write("{:<40} {:>18} {:>18}".format(row.shown, *told))
        totals = (bare_amount(total, language) for total in (draft.debit, draft.credit))
        self.stdout.write("{:<40} {:>18} {:>18}".format(words["total"], *totals))


def _bytes(path: Path) -> bytes:
    """The bytes of the file; FolderInvalid says why there are none."""
    faults: list[Any] = []
    raw = read_bytes(path.parent, path.name, [path.name], faults) if path.exists() else None
    if raw is None and not faults:
        raw = read_bytes(path.parent, path.name, [], faults)
    if raw is None:
        raise FolderInvalid(faults)
    return raw
