"""`identify FUND [--party CODE] --siret … --rna …`: the numbers by which open data knows a fund or an organisation."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.timezone import localdate

from fund.errors import FundError
from fund.importers.faults import shown
from fund.management.piped import PipedCommand
from fund.models import Fund, Party
from fund.services.actors import Actor
from fund.services.identities import identify_fund, identify_party

_WORDS = {
    "fr": {
        "fund": "Il n’y a pas de fonds « {text} ».",
        "party": "Il n’y a pas de tiers « {text} » dans ce fonds.",
        "nothing": "Donnez --siret, --rna, ou les deux.",
        "done": "{name} : SIRET {siret}, RNA {rna}.",
    },
    "en": {
        "fund": "There is no fund “{text}”.",
        "party": "There is no party “{text}” in this fund.",
        "nothing": "Give --siret, --rna, or both.",
        "done": "{name}: SIRET {siret}, RNA {rna}.",
    },
}


class Command(PipedCommand):
    help = "Keep the SIRET and RNA numbers of a fund, or of an organisation of its register."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fund", help="the fund's slug")
        parser.add_argument("--party", default="", metavar="CODE", help="an organisation; the fund itself without it")
        parser.add_argument("--siret", default="", help="fourteen digits")
        parser.add_argument("--rna", default="", help="W and nine digits")
        parser.add_argument("--by", default="import", help="who says so, for the log")
        parser.add_argument("--language", choices=["fr", "en"], default="fr")

    def handle(self, *args: Any, **options: Any) -> None:
        words = _WORDS[options["language"]]
        fund = Fund.objects.filter(slug=options["fund"]).first()
        if fund is None:
            raise CommandError(words["fund"].format(text=shown(options["fund"])))
        numbers = {"siret": options["siret"], "rna": options["rna"]}
        if not any(numbers.values()):
            raise CommandError(words["nothing"])
        actor, on = Actor(fund, options["by"]), localdate()
        try:
            found: Fund | Party = self._identified(actor, options["party"], words, on=on, **numbers)
        except FundError as refusal:
            raise CommandError(f"{refusal.sentence(options['language'])} ({refusal.code})") from None
        self.stdout.write(words["done"].format(name=found.name, siret=found.siret or "–", rna=found.rna or "–"))

    def _identified(self, actor: Actor, code: str, words: dict[str, str], **facts: Any) -> Fund | Party:
        if not code:
            return identify_fund(actor, **facts)
        party = Party.objects.filter(fund=actor.fund, code=code).first()
        if party is None:
            raise CommandError(words["party"].format(text=shown(code)))
        return identify_party(actor, party, **facts)
