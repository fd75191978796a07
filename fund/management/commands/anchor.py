"""`anchor [--fund SLUG] [--to ADDRESS…] [--check]`: mail where the books end, or compare what was mailed with them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from fund.errors import FundError
from fund.management.piped import PipedCommand
from fund.models import Fund
from fund.queries.anchors import broken_anchors
from fund.services.anchors import anchor_books
from ledger.errors import LedgerError

_SAID = {
    "no-fund": {"fr": "Il n’y a pas de fonds « {fund} ».", "en": "There is no fund “{fund}”."},
    "sent": {
        "fr": "{fund} : {entries} écritures, tête {head} ; dans la boîte d’envoi ; destinataires : {count}.",
        "en": "{fund}: {entries} entries, head {head}; in the outbox; recipients: {count}.",
    },
    "known": {
        "fr": "{fund} : {entries} écritures, tête {head} ; déjà envoyé ce jour.",
        "en": "{fund}: {entries} entries, head {head}; sent already today.",
    },
    "sound": {
        "fr": "{fund} : les livres commencent par ce que couvre chacune des {count} ancres.",
        "en": "{fund}: the books begin with what each of the {count} anchors covers.",
    },
    "broken": {
        "fr": "{fund} : les livres ne commencent plus par l’ancre du {on} ({entries} écritures, tête {head}).",
        "en": "{fund}: the books no longer begin with the anchor of {on} ({entries} entries, head {head}).",
    },
    "failed": {
        "fr": "Un fonds au moins n’est pas ancré ou ne correspond plus à ses ancres.",
        "en": "One fund at least is not anchored, or is no longer what its anchors say.",
    },
}


class Command(PipedCommand):
    help = "Mail the end of the books to the auditors, once a day and head; a timer runs it daily, then `mail send`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fund", metavar="SLUG", help="this fund alone; every fund when none is named")
        parser.add_argument("--to", nargs="+", default=[], metavar="ADDRESS", help="others who receive it too")
        parser.add_argument(
            "--check", action="store_true", help="send nothing; compare all past anchors with the books"
        )
        parser.add_argument("--language", choices=["fr", "en"], default="fr")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        funds = Fund.objects.order_by("slug")
        if options["fund"]:
            funds = funds.filter(slug=options["fund"])
            if not funds:
                raise CommandError(_SAID["no-fund"][language].format(fund=options["fund"]))
        failed = False
        for fund in funds:
            try:
                failed |= self._done(fund, options)
            except (FundError, LedgerError) as refusal:
                failed = True
                self.stderr.write(f"{refusal.sentence(language)} ({refusal.code})")
        if failed:
            raise CommandError(_SAID["failed"][language])

    def _done(self, fund: Fund, options: dict[str, Any]) -> bool:
        """Whether something is amiss with a fund."""
        language = options["language"]
        if options["check"]:
            return self._check(fund, language)
        self._anchor(fund, options["to"], language)
        return False

    def _anchor(self, fund: Fund, to: list[str], language: str) -> None:
        done = anchor_books(fund, on=timezone.localdate(), at=timezone.now(), also=to)
        facts = {"entries": done.anchor.entries, "head": done.anchor.head, "count": done.anchor.sent_to}
        said = _SAID["sent" if done.is_new else "known"][language]
        self.stdout.write(said.format(fund=fund.slug, **facts))

    def _check(self, fund: Fund, language: str) -> bool:
        broken = broken_anchors(fund)
        for anchor in broken:
            facts = {"on": anchor.on, "entries": anchor.entries, "head": anchor.head}
            self.stderr.write(_SAID["broken"][language].format(fund=fund.slug, **facts))
        if not broken:
            self.stdout.write(_SAID["sound"][language].format(fund=fund.slug, count=fund.anchors.count()))
        return bool(broken)
