"""`exchange_rate FUND UNIT DAY RATE --source WHO --by NAME`: what a currency is worth in the fund's own."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from fractions import Fraction
from typing import Any

from django.core.management.base import CommandError

from fund.errors import FundError
from fund.management.piped import PipedCommand
from fund.models import Fund
from fund.services.actors import Actor
from fund.services.exchange_rates import record_rate
from ledger.errors import LedgerError

_WORDS = {
    "fr": {
        "no_fund": "Il n’y a pas de fonds « {slug} ».",
        "day": "« {text} » n’est pas un jour : écrivez-le comme 2026-12-31.",
        "rate": "« {text} » n’est pas un cours : écrivez-le comme 0.9217 ou 9217/10000.",
        "done": "1 {unit} vaut {rate} {currency} à partir du {on:%d/%m/%Y} ({source}).",
    },
    "en": {
        "no_fund": "There is no fund “{slug}”.",
        "day": "“{text}” is no day: write it like 2026-12-31.",
        "rate": "“{text}” is no rate: write it like 0.9217 or 9217/10000.",
        "done": "1 {unit} is worth {rate} {currency} from {on:%Y-%m-%d} on ({source}).",
    },
}


class Command(PipedCommand):
    help = "Record what one unit of a currency is worth in the fund's own currency, from a day on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fund", help="the fund's slug")
        parser.add_argument("unit", help="the currency, like USD")
        parser.add_argument("day", help="from which day on, like 2026-03-31")
        parser.add_argument("rate", help="units of the fund's currency for one, like 0.9217")
        parser.add_argument("--source", required=True, help="who says so")
        parser.add_argument("--by", required=True, help="who records it")
        parser.add_argument("--language", choices=["fr", "en"], default="fr")

    def handle(self, *args: Any, **options: Any) -> None:
        words = _WORDS[options["language"]]
        fund = Fund.objects.filter(slug=options["fund"]).first()
        if fund is None:
            raise CommandError(words["no_fund"].format(slug=options["fund"]))
        try:
            day = date.fromisoformat(options["day"])
        except ValueError:
            raise CommandError(words["day"].format(text=options["day"])) from None
        try:
            rate = Fraction(options["rate"][:40])
        except (ValueError, ZeroDivisionError):
            raise CommandError(words["rate"].format(text=options["rate"][:40])) from None
        try:
            record_rate(
                Actor(fund=fund, by=options["by"]), unit=options["unit"], on=day, rate=rate, source=options["source"]
            )
        except (FundError, LedgerError) as refusal:
            raise CommandError(f"{refusal.sentence(options['language'])} ({refusal.code})") from None
        facts = {"unit": options["unit"], "rate": options["rate"], "on": day, "source": options["source"]}
        self.stdout.write(words["done"].format(currency=fund.currency, **facts))
