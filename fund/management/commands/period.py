"""`period lock|unlock|close FUND DAY --by NAME --why REASON`: whether a month's books still take entries."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import CommandError

from fund.errors import FundError
from fund.management.piped import PipedCommand
from fund.models import Fund
from fund.services.actors import Actor
from fund.services.periods import turn_period
from ledger.errors import LedgerError


class Command(PipedCommand):
    help = "Lock a month's books (it can be undone), unlock them, or close them for good."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["lock", "unlock", "close"])
        parser.add_argument("fund", help="the fund's slug")
        parser.add_argument("day", help="a day of the month, like 2026-01-31")
        parser.add_argument("--by", required=True, help="who decides it")
        parser.add_argument("--why", required=True, help="the reason, kept in the log")

    def handle(self, *args: Any, **options: Any) -> None:
        fund = Fund.objects.filter(slug=options["fund"]).first()
        if fund is None:
            raise CommandError(f"There is no fund “{options['fund']}”.")
        try:
            day = date.fromisoformat(options["day"])
        except ValueError:
            raise CommandError(f"“{options['day']}” is no day: write it like 2026-01-31.") from None
        actor = Actor(fund=fund, by=options["by"])
        try:
            turn_period(actor, act=options["act"], on=day, why=options["why"])
        except (FundError, LedgerError) as refusal:
            raise CommandError(str(refusal)) from None
        done = {"lock": "locked", "unlock": "open again", "close": "closed for good"}[options["act"]]
        self.stdout.write(f"{day:%Y-%m} of {fund.slug} is {done}.")
