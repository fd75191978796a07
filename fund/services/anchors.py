"""Anchor the books outside (*ancrer*): mail where they end to every auditor, once a day and head.

Whoever owns the database can compute the whole chain anew; whoever kept one of these mails can show it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from fund.accounting.pack_rows import listing
from fund.models import Access, Anchor, CharterVersion, Fund, User
from fund.queries.anchors import anchor_text
from fund.services.actors import take_turn
from fund.services.anchor_errors import AnchorAddressInvalid, AnchorWithoutReader
from fund.services.mail import write_mail
from ledger.proofs import checkpoint

MAIL_KIND: Final = "anchor"

_BODY: Final = """Voici où finissent les livres de {fund}, le {on:%d/%m/%Y}.
Gardez ce courriel, ou imprimez-le : il montre que rien de ce qui précède n’a été changé depuis.
Pour le vérifier plus tard, enregistrez-le et comparez-le au dossier d’audit :
    python3 verify.py DOSSIER --anchor CE_FICHIER

This is where the books of {fund} end, on {on:%Y-%m-%d}.
Keep this mail, or print it: it shows that nothing before it was changed since.
To check it later, save it and compare it with the audit pack:
    python3 verify.py PACK --anchor THIS_FILE

{text}
{address}
"""


@dataclass(frozen=True, slots=True)
class Anchored:
    """What was done: the anchor, and whether it is new; one that was sent already is not sent again."""

    anchor: Anchor
    is_new: bool


def anchor_books(fund: Fund, *, on: date, at: datetime, also: Sequence[str] = ()) -> Anchored:
    """Put the checkpoint of the books into the outbox, for every auditor in force on the day and whom `also` names.

    Refused when nobody would receive it, and for an address that is none; the books are refused by their own name
    when there are none.
    """
    point = checkpoint(fund.slug)
    with transaction.atomic():
        take_turn(fund)
        sent = Anchor.objects.filter(fund=fund, on=on, head=point.head).first()
        if sent is not None:
            return Anchored(sent, is_new=False)
        charters = CharterVersion.objects.filter(fund=fund).values_list("number", "sha256")
        anchor = Anchor(
            fund=fund,
            on=on,
            entries=point.entries,
            seals=point.seals,
            root=point.root,
            head=point.head,
            charters=listing((f"charters/{number}.toml", digest) for number, digest in charters),
        )
        anchor.sent_to = _write(anchor, at, also)
        if not anchor.sent_to:
            raise AnchorWithoutReader(fund=fund.slug, on=on)
        anchor.save()
    return Anchored(anchor, is_new=True)


def _write(anchor: Anchor, at: datetime, also: Sequence[str]) -> int:
    """How many are written to, each address once."""
    fund = anchor.fund
    auditors = User.objects.filter(
        Q(accesses__until=None) | Q(accesses__until__gte=anchor.on),
        accesses__fund=fund,
        accesses__role=Access.Role.AUDITOR,
        accesses__since__lte=anchor.on,
        is_active=True,
    ).exclude(email="")
    addresses = dict.fromkeys(auditors.order_by("username").values_list("email", flat=True), True)
    named = dict.fromkeys(address.strip() for address in also)
    body = _BODY.format(
        fund=fund.name,
        on=anchor.on,
        text=anchor_text(anchor),
        address=settings.SITE_URL + reverse("anchors", args=[fund.slug]),
    )
    subject = f"{fund.name} : fin des livres le {anchor.on:%d/%m/%Y} / end of the books"
    reference = f"anchor:{anchor.on.isoformat()}:{anchor.head}"
    count = 0
    for address in {**addresses, **named}:
        mail = write_mail(
            fund, kind=MAIL_KIND, reference=reference, recipient=address, subject=subject, body=body, at=at
        )
        if mail is None and address in named:
            raise AnchorAddressInvalid(address=address)
        count += mail is not None
    return count
