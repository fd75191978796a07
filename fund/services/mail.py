"""The outbox: a mail is written in the transaction of the act it tells of, and sent afterwards by a command.

So an act that is undone tells nobody, and a mail server that is down stops no act. A mail is sent at least once: when
the machine stops between the sending and its mark, it goes again, under the same Message-ID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from fund.models import Fund, OutgoingMail, User
from fund.services.mail_errors import MailNotSetUp, MailServerUnreachable

VOTE_LINK: Final = "vote-link"
"""The kind of the mails that carry a link to one ballot: what it says is forgotten once it is sent."""
ADDRESS_LIMIT, SUBJECT_LIMIT, REFERENCE_LIMIT, TROUBLE_LIMIT = 254, 300, 200, 300

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""What no mail holds: control characters, halves of characters, overrides of the direction."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What a run of the command did: how many mails left, and how many could not."""

    sent: int
    failed: int


def write_mail(
    fund: Fund,
    *,
    kind: str,
    reference: str,
    subject: str,
    body: str,
    at: datetime,
    person: str = "",
    recipient: str = "",
) -> OutgoingMail | None:
    """Put a mail to somebody into the outbox, in the transaction of the act that it tells of.

    `person` is the code of somebody who signs in, `recipient` an address; the second counts where both are given. The
    same kind and reference to the same address is the mail that is there: what is one person's own (a link) has a
    reference of that person. Whoever has no address that can be written to gets none, and the answer is None: the act
    goes on without.
    """
    address = recipient.strip() or _address_of(person)
    if not _is_address(address):
        return None
    mail, _ = OutgoingMail.objects.get_or_create(
        fund=fund,
        kind=kind,
        reference=_short(reference),
        recipient=address,
        defaults={"subject": _one_line(subject)[:SUBJECT_LIMIT], "body": _UNFIT.sub("", body), "written_at": at},
    )
    return mail


def waiting_mails() -> int:
    """How many mails of all the funds were not sent yet."""
    return OutgoingMail.objects.filter(sent_at=None).count()


def send_waiting() -> Sending:
    """Send what waits, the oldest first; one that fails stays with its trouble, and stops no other.

    Two runs at once share the mails out: on PostgreSQL each passes over those that the other holds, on SQLite they
    take turns. Raises MailNotSetUp and MailServerUnreachable before the first.
    """
    if not settings.MAIL_IS_SENT:
        raise MailNotSetUp(waiting=waiting_mails())
    connection = get_connection()
    try:
        connection.open()
    except OSError as trouble:
        raise MailServerUnreachable(trouble=_told(trouble), waiting=waiting_mails()) from None
    sent = failed = 0
    try:
        for went in _attempts(connection):
            sent, failed = (sent + 1, failed) if went else (sent, failed + 1)
    finally:
        connection.close()
    return Sending(sent, failed)


def _attempts(connection: BaseEmailBackend) -> Iterator[bool]:
    for pk in list(OutgoingMail.objects.filter(sent_at=None).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            mail = OutgoingMail.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
            if mail is None or mail.sent_at is not None:
                continue  # another run has it
            trouble = _sent(mail, connection)
            mail.attempts += 1
            mail.trouble = trouble
            if not trouble:
                mail.sent_at = timezone.now()
                if mail.kind == VOTE_LINK and not settings.DEMONSTRATION:
                    mail.body = ""  # the link is a secret of its reader
            mail.save()
        yield not trouble


def _sent(mail: OutgoingMail, connection: BaseEmailBackend) -> str:
    """Nothing once the mail has left, else why it has not."""
    domain = urlsplit(settings.SITE_URL).hostname or "localhost"
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.recipient],
        headers={"Message-ID": f"<{mail.pk}.{sha256(settings.SECRET_KEY.encode()).hexdigest()[:16]}@{domain}>"},
        connection=connection,
    )
    try:
        gone = message.send()
    except (OSError, ValueError, MessageError) as trouble:
        connection.close()  # the next one opens it anew
        return _told(trouble)
    return "" if gone else "nobody to send it to"


def _told(trouble: Exception) -> str:
    return _one_line(f"{type(trouble).__name__}: {trouble}")[:TROUBLE_LIMIT]


def _one_line(text: str) -> str:
    """The text on one line: a header never holds a second one."""
    return " ".join(_UNFIT.sub("", text).split())


def _short(reference: str) -> str:
    """A reference that fits the table; a longer one is known by its fingerprint."""
    if len(reference) <= REFERENCE_LIMIT and not _UNFIT.search(reference):
        return reference
    return sha256(reference.encode("utf-8", "surrogatepass")).hexdigest()


def _address_of(person: str) -> str:
    if not person or _UNFIT.search(person):
        return ""
    return User.objects.filter(username=person, is_active=True).values_list("email", flat=True).first() or ""


def _is_address(address: str) -> bool:
    if not address or len(address) > ADDRESS_LIMIT or _UNFIT.search(address):
        return False
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True
