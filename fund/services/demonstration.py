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
from fund.services.identities import identify_fund, identify_party
from fund.services.notoriety import Correction, contest_fact, resolve_contest
from fund.services.notoriety_adoption import adopt_notoriety

COMMITTEE = tuple(f"comite-{number}" for number in range(2, 8))
"""Six more people on the committee; one speaks for a member that stands for projects, and is recused from those."""
NAMES = ("committee", "artist", "member", "treasurer", "auditor", "administrator")


@transaction.atomic
def demonstration_users(fund: Fund, *, until: date) -> tuple[User, ...]:
    """Make a user for each role of the fund, without a password: the sign-in page offers them by name.

    The auditor is let in until a day, which a later run moves.
    """
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
        Access.objects.update_or_create(
            user=user,
            fund=fund,
            role=name,
            party=parties.get(name),
            defaults={"until": until if name == Access.Role.AUDITOR else None},
            create_defaults={
                "since": fund.founded_on,
                "until": max(until, fund.founded_on) if name == Access.Role.AUDITOR else None,
            },
        )
        users.append(user)
    for number, name in enumerate(COMMITTEE, start=2):
        _more_of_the_committee(fund, name, f"Membre {number} du comité", "M12" if name == COMMITTEE[3] else "")
    User.objects.filter(username="committee").update(
        email="committee@example.org", first_name="Membre 1 du comité", last_name="(fictif)"
    )
    return tuple(users)


def _more_of_the_committee(fund: Fund, name: str, called: str, party: str) -> None:
    user, made = User.objects.get_or_create(
        username=name, defaults={"email": f"{name}@example.org", "first_name": called, "last_name": "(fictif)"}
    )
    if made:
        user.set_unusable_password()
        user.save()
    Access.objects.get_or_create(
        user=user,
        fund=fund,
        role="committee",
        party=fund.parties.filter(code=party).first(),
        defaults={"since": fund.founded_on},
    )


@transaction.atomic
def demonstration_numbers(keeper: Actor, *, on: date) -> None:
    """Numbers for open data: a SIRET that passes its check, RNA numbers of a department that does not exist."""
    if not settings.DEMONSTRATION:
        raise NotADemonstration()
    identify_fund(keeper, on=on, siret=f"{keeper.fund.siren}00002")
    companies = keeper.fund.parties.filter(projects__isnull=False).distinct().order_by("code")
    for number, company in enumerate(companies, start=1):
        identify_party(keeper, company, on=on, rna=f"W999{number:06d}")


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
