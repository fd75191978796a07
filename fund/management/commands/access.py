"""`access list|grant|end`: who may sign in to a fund, in which role."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from fund.errors import FundError
from fund.models import Access, Fund, User
from fund.services.accesses import end_access, grant_access, in_force


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text[:40]}” is not a date; write it like 2027-06-30") from None


class Command(BaseCommand):
    help = "List, grant or end the accesses to a fund. A new user's password is asked for, or read from a pipe."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        for name in ("list", "grant", "end"):
            act = acts.add_parser(name)
            act.add_argument("fund", help="the fund's slug")
            if name != "list":
                act.add_argument("role", choices=Access.Role.values)
                act.add_argument("username")
            if name == "grant":
                act.add_argument("--party", default="", help="the code of the company or member it is for")
                act.add_argument(
                    "--until", type=_day, default=None, metavar="YYYY-MM-DD", help="its last day; an auditor needs one"
                )

    def handle(self, *args: Any, **options: Any) -> None:
        fund = Fund.objects.filter(slug=options["fund"]).first()
        if fund is None:
            known = ", ".join(Fund.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no fund “{options['fund']}”; there is: {known}.")
        try:
            if options["act"] == "list":
                self._list(fund)
            elif options["act"] == "grant":
                self._grant(fund, options)
            else:
                end_access(fund, username=options["username"], role=options["role"], on=localdate())
                self.stdout.write(f"{options['username']} is no longer {options['role']} of {fund.slug}.")
        except FundError as refusal:
            raise CommandError(str(refusal)) from None

    def _list(self, fund: Fund) -> None:
        for access in in_force(fund, localdate()).select_related("user", "party").order_by("role", "user__username"):
            whose = f" of {access.party.code}" if access.party else ""
            until = f" until {access.until.isoformat()}" if access.until else ""
            if access.role == Access.Role.AUDITOR and not until:
                until = ", without an end: grant it again with --until"
            self.stdout.write(f"{access.role}{whose}: {access.user.username}, since {access.since.isoformat()}{until}")

    def _grant(self, fund: Fund, options: dict[str, Any]) -> None:
        username, password = options["username"], None
        if not User.objects.filter(username=username).exists():
            asks = sys.stdin.isatty()
            password = getpass(f"A password for {username}: ") if asks else sys.stdin.readline().rstrip("\n")
        grant_access(
            fund,
            username=username,
            role=options["role"],
            on=localdate(),
            party=options["party"],
            password=password,
            until=options["until"],
        )
        until = f" until {options['until'].isoformat()}" if options["until"] else ""
        self.stdout.write(f"{username} is {options['role']} of {fund.slug}{until}.")
