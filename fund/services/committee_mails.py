"""What the committee is told by mail, in French and then in English: a convocation, and the link to a ballot."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from allocation.models import Meeting, Vote
from fund.models import Fund
from fund.services.mail import VOTE_LINK, write_mail

_CONVOCATION = """Réunion {number} du comité, le {held:%d/%m/%Y}{place}.
Appel : {call}.
{second_fr}{emergency_fr}
Ordre du jour :
{agenda}

Ne pouvez-vous pas venir ? Donnez procuration, jusqu’à l’ouverture du vote :
{address}

—

Meeting {number} of the committee, on {held:%Y-%m-%d}{place}.
Call: {call}.
{second_en}{emergency_en}
Agenda:
{agenda}

If you cannot come, lend your vote to somebody until the vote opens:
{address}
"""
_BALLOT = """Un vote est ouvert : {question}
Il se clôt le {closes:%d/%m/%Y à %H:%M}.

Votre bulletin (ce lien n’ouvre que ce vote, et sert une fois ; ne le transmettez pas) :
{address}
{held_fr}
—

A vote is open: {question}
It closes on {closes:%Y-%m-%d at %H:%M}.

Your ballot (this link opens this vote alone, and serves once; do not pass it on):
{address}
{held_en}"""


def mail_convocation(fund: Fund, meeting: Meeting, person: str, *, at: datetime) -> None:
    """Convene one person: day, place, agenda, and where to lend their vote."""
    second = meeting.second_of
    numbers = {"first": second.number} if second else {}
    body = _CONVOCATION.format(
        number=meeting.number,
        held=meeting.held_on,
        place=f", {meeting.place}" if meeting.place else "",
        call=meeting.call.name,
        agenda=meeting.agenda,
        address=settings.SITE_URL + reverse("meeting", args=[fund.slug, meeting.call.slug, meeting.number]),
        second_fr=_SECOND_FR.format(**numbers) if second else "",
        second_en=_SECOND_EN.format(**numbers) if second else "",
        emergency_fr=f"Urgence déclarée : {meeting.emergency}\n" if meeting.emergency else "",
        emergency_en=f"Emergency declared: {meeting.emergency}\n" if meeting.emergency else "",
    )
    subject = f"{fund.name} : convocation du {meeting.held_on:%d/%m/%Y} / convocation"
    reference = f"{meeting.call.slug}:meeting:{meeting.number}:{person}"
    write_mail(fund, kind="convocation", reference=reference, person=person, subject=subject, body=body, at=at)


_SECOND_FR = (
    "La réunion {first} n’a pas eu son quorum. Celle-ci a le même ordre du jour ; aucun quorum n’y est requis.\n"
)
_SECOND_EN = "Meeting {first} lacked its quorum. This one has the same agenda; no quorum is needed.\n"


def mail_ballot(fund: Fund, vote: Vote, person: str, token: str, *, held: list[str], at: datetime) -> bool:
    """Send one person their link; `held` names those whose votes they hold. Whether they have an address."""
    closes = timezone.localtime(vote.closes)
    names = ", ".join(held)
    body = _BALLOT.format(
        question=vote.question,
        closes=closes,
        address=settings.SITE_URL + reverse("vote-link", args=[token]),
        held_fr=f"La même page porte le bulletin de : {names}.\n" if held else "",
        held_en=f"The same page holds the ballot of: {names}.\n" if held else "",
    )
    return (
        write_mail(
            fund,
            kind=VOTE_LINK,
            reference=f"{vote.call.slug}:vote:{vote.number}:{person}",
            person=person,
            subject=f"{fund.name} : votre bulletin / your ballot",
            body=body,
            at=at,
        )
        is not None
    )
