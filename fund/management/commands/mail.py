"""`mail list|send`: what waits in the outbox, and the sending of it; a timer runs `mail send` every minute."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fund.errors import FundError
from fund.models import OutgoingMail
from fund.services.mail import send_waiting, waiting_mails


class Command(BaseCommand):
    help = "List the mails that wait, or send them by TRESSE_MAIL. Two runs at once send no mail twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="what waits: fund, moment, recipient, subject, and what went wrong")
        acts.add_parser("send", help="send what waits")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "list":
            self._list()
            return
        try:
            done = send_waiting()
        except FundError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{done.sent} sent, {done.failed} failed, {waiting_mails()} wait.")
        if done.failed:
            raise CommandError("Some mails could not be sent: `mail list` says why. They are tried again next time.")

    def _list(self) -> None:
        for mail in OutgoingMail.objects.filter(sent_at=None).select_related("fund").order_by("pk"):
            trouble = f" — tried {mail.attempts} times: {mail.trouble}" if mail.attempts else ""
            self.stdout.write(
                f"{mail.fund.slug} {mail.written_at.isoformat(timespec='minutes')} {mail.recipient}: "
                f"{mail.subject}{trouble}"
            )
        self.stdout.write(f"{waiting_mails()} wait.")
