"""What the demonstration shows beside its year: a user for each role, and a statement of recognition adopted later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.conf import settings
from django.db import transaction

from fund.errors import NotADemonstration
from fund.models import Access, Fund, NotorietyStatement, Party, User
from fund.services.actors import Actor
from fund.services.founding import open_year
from fund.services.notoriety import Correction, contest_fact, resolve_contest
from fund.services.notoriety_adoption import adopt_notoriety

NAMES = ("committee", "artist", "member", "treasurer", "auditor", "administrator")


@transaction.atomic
def demonstration_users(fund: Fund) -> tuple[User, ...]:
    """Make a user for each role of the fund, without a password: the sign-in page offers them by name."""
    if not settings.DEMONSTRATION:
        raise NotADemonstration()
    project = fund.projects.select_related("company").order_by("code")[0]
    membership = fund.memberships.select_related("party").exclude(category="public-funder").order_by("party__code")[0]
    parties: dict[str, Party] = {"artist": project.company, "member": membership.party}
    users = []
    for name in NAMES:
        user, made = User.objects.get_or_create(username=name)
        if made:
            user.set_unusable_password()
            user.save()
        Access.objects.get_or_create(
            user=user, fund=fund, role=name, party=parties.get(name), defaults={"since": fund.founded_on}
        )
        users.append(user)
    return tuple(users)


@transaction.atomic
def demonstration_recognition(keeper: Actor, chair: Actor, *, year: int) -> NotorietyStatement:
    """After the year is over a member contests an article, the chair decides, and the statement is adopted in March."""
    if not settings.DEMONSTRATION:
        raise NotADemonstration()
    fund = keeper.fund
    member = fund.parties.get(code="M03")
    open_year(keeper, year + 1)
    contest = contest_fact(
        replace(keeper, by=member.name),
        fact="fact:PRESSE-P03-01",
        reference=f"CONT-{year}-01",
        on=date(year + 1, 1, 14),
        why="La revue ne paraît que dans la région : son tirage le dit en page 2.",
        party=member,
    )
    resolve_contest(
        chair,
        contest,
        on=date(year + 1, 2, 4),
        outcome="amended",
        why="Exact : l’article compte au niveau régional.",
        correction=Correction("regional", date(year, 9, 5)),
    )
    return adopt_notoriety(chair, year=year, on=date(year + 1, 3, 14))
