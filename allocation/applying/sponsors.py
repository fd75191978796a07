"""A member stands for an application (*parrainage*), for its production, its touring, or both; and may withdraw."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.db import transaction

from allocation.applying.applications import Signature, held
from allocation.applying.errors import CommitmentInvalid, CompanyActImpossible, NotASponsor
from allocation.applying.states import may
from allocation.models import Application, Sponsorship

COMMITMENTS: Final = ("production", "diffusion")


@transaction.atomic
def sponsor_application(
    *, application: Application, member: str, commits_to: Collection[str], signed: Signature
) -> Sponsorship:
    """Stand for an application; the same commitment again is the first, another one takes its place."""
    application = held(application)
    chosen = [word for word in COMMITMENTS if word in set(commits_to)]
    if not chosen or len(chosen) != len(set(commits_to)):
        raise CommitmentInvalid()
    if not may("sponsor", application.state):
        raise CompanyActImpossible(number=application.number, state=application.state)
    standing = application.sponsorships.filter(member=member, withdrawn_on=None).first()
    if standing is not None and standing.commits_to == chosen:
        return standing
    if standing is not None:
        _end(standing, signed)
    return application.sponsorships.create(member=member, commits_to=chosen, on=signed.on, by=signed.person)


@transaction.atomic
def withdraw_sponsorship(*, application: Application, member: str, signed: Signature) -> Sponsorship:
    """Stand for it no more; withdrawing twice is withdrawing once."""
    application = held(application)
    latest = application.sponsorships.filter(member=member).last()
    if latest is None:
        raise NotASponsor(member=member, number=application.number)
    if latest.withdrawn_on is not None:
        return latest
    if not may("sponsor", application.state):
        raise CompanyActImpossible(number=application.number, state=application.state)
    return _end(latest, signed)


def _end(sponsorship: Sponsorship, signed: Signature) -> Sponsorship:
    sponsorship.withdrawn_on = signed.on
    sponsorship.save(update_fields=["withdrawn_on"])
    return sponsorship


def standing_sponsors(application: Application) -> list[Sponsorship]:
    """Who stands for the application now, in the order in which they came."""
    return list(application.sponsorships.filter(withdrawn_on=None).order_by("pk"))
