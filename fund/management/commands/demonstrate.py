"""`demonstrate`: make the fictitious fund that a first visit shows, as any other fund is made."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from allocation.errors import AllocationError
from fund.charter.faults import CharterError
from fund.errors import FundError
from fund.importers.faults import FolderInvalid
from fund.importers.preflight import check
from fund.importers.year_folder import read_year_folder
from fund.importers.year_run import run_year
from fund.management.database import prepare_database
from fund.management.demonstration_calls import demonstration_calls
from fund.management.progress import Progress
from fund.services.actors import Actor
from fund.services.demonstration import demonstration_numbers, demonstration_recognition, demonstration_users
from fund.services.demonstration_desk import demonstration_desk
from ledger.errors import LedgerError

FOLDER = Path(__file__).resolve().parents[2] / "demonstration"
AUDITORS_STAY = timedelta(days=365)


class Command(BaseCommand):
    help = "Make the demonstration fund and its users (needs TRESSE_DEMONSTRATION=1); again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        prepare_database()
        try:
            folder = read_year_folder(FOLDER)
            check(folder)
            with Progress(sys.stderr) as progress:
                outcome = run_year(folder, progress=progress.step)
            users = demonstration_users(outcome.fund, until=localdate() + AUDITORS_STAY)
            keeper = Actor(outcome.fund, folder.payments.prepared_by, bytes.fromhex(folder.digest))
            chair = replace(keeper, by=folder.payments.approved_by)
            demonstration_recognition(keeper, chair, year=folder.fund.fiscal_year)
            demonstration_desk(outcome.fund, year=folder.fund.fiscal_year)
            demonstration_calls(outcome.fund)
            demonstration_numbers(keeper, on=date(folder.fund.fiscal_year, 12, 31))
        except (FundError, AllocationError, LedgerError, CharterError, FolderInvalid) as refusal:
            raise CommandError(str(refusal)) from None
        made = "is made" if outcome.changed else "stands already"
        names = ", ".join(user.username for user in users)
        self.stdout.write(f"{outcome.fund.name} {made}. Sign in as {names}.")
