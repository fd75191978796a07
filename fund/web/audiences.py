"""Who a page is for: one question each over the seats of whoever asks, and what is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from allocation.models import Application, Proposal
from fund import roles
from fund.models import Project
from fund.queries.applications import is_shown_to_members
from fund.roles import Seat


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: by whom, in which fund, at which address."""

    seats: tuple[Seat, ...]
    fund: str
    route: Mapping[str, Any]


Audience = Callable[[Asked], bool]


def everybody(_asked: Asked) -> bool:
    """No account is needed."""
    return True


def demonstration(_asked: Asked) -> bool:
    """The page exists in the demonstration setting alone."""
    return bool(settings.DEMONSTRATION)


def books(asked: Asked) -> bool:
    """Those who keep or check the books of the fund."""
    return roles.may_see_books(asked.seats, asked.fund)


def bookkeepers(asked: Asked) -> bool:
    """Those who keep the books of the fund: the treasurer and the administrator."""
    return roles.may_keep_books(asked.seats, asked.fund)


def audit_desk(asked: Asked) -> bool:
    """The auditors of the fund."""
    return roles.may_audit(asked.seats, asked.fund)


def audit_questions(asked: Asked) -> bool:
    """The auditors, and the bookkeepers whom they ask."""
    return roles.may_audit(asked.seats, asked.fund) or roles.may_keep_books(asked.seats, asked.fund)


def fec_takers(asked: Asked) -> bool:
    """Those who keep or check the books: a file of entries is taken away by sending a form, and changes nothing."""
    return roles.may_see_books(asked.seats, asked.fund)


def ballots(asked: Asked) -> bool:
    """The committee and the auditor."""
    return roles.may_see_ballots(asked.seats, asked.fund)


def member(asked: Asked) -> bool:
    """The member itself, and those who keep or check the books."""
    return roles.may_see_member(asked.seats, asked.fund, asked.route["code"])


def project_account(asked: Asked) -> bool:
    """The lead company's artists, the committee, and those who keep or check the books."""
    company = Project.objects.filter(fund__slug=asked.fund, code=asked.route["code"]).values_list(
        "company__code", flat=True
    )
    return any(roles.may_see_project_account(asked.seats, asked.fund, each) for each in company)


def drafts(asked: Asked) -> bool:
    """Those who vote on the rules, and those who check."""
    return roles.may_see_drafts(asked.seats, asked.fund)


def rule_changes(asked: Asked) -> bool:
    """Whoever records what the members decide."""
    return roles.may_change_rules(asked.seats, asked.fund)


def notoriety_declarer(asked: Asked) -> bool:
    """The project's company, the members, the administrator."""
    company = Project.objects.filter(fund__slug=asked.fund, code=asked.route["code"]).values_list(
        "company__code", flat=True
    )
    return any(roles.may_declare_notoriety(asked.seats, asked.fund, each) for each in company)


def notoriety_contester(asked: Asked) -> bool:
    """The members and the companies."""
    return roles.may_contest_notoriety(asked.seats, asked.fund)


def notoriety_adopter(asked: Asked) -> bool:
    """The administrator."""
    return roles.may_adopt_notoriety(asked.seats, asked.fund)


def committee_room(asked: Asked) -> bool:
    """The committee, the secretary, the auditor."""
    return roles.may_see_committee(asked.seats, asked.fund)


def mails(asked: Asked) -> bool:
    """The administrator."""
    return roles.may_see_mails(asked.seats, asked.fund)


def applicants(asked: Asked) -> bool:
    """The artists of the companies."""
    return bool(roles.companies_of(asked.seats, asked.fund))


def own_application(asked: Asked) -> bool:
    """The artists of the company whose application it is."""
    companies = roles.companies_of(asked.seats, asked.fund)
    return bool(companies) and _application(asked).filter(applicant__in=companies).exists()


def application_sponsors(asked: Asked) -> bool:
    """The members, of an application that is shown to them."""
    return bool(roles.members_of(asked.seats, asked.fund)) and any(map(is_shown_to_members, _application(asked)))


def secretary(asked: Asked) -> bool:
    """The administrator, who runs the committee's procedure."""
    return roles.may_run_committee(asked.seats, asked.fund)


def application_keeper(asked: Asked) -> bool:
    """The administrator, of an application that was filed."""
    return secretary(asked) and _application(asked).exclude(state="draft").exists()


def _application(asked: Asked) -> QuerySet[Application]:
    number = asked.route["number"]
    rows = Application.objects.select_related("call").filter(call__owner=asked.fund, call__slug=asked.route["call"])
    return rows.filter(number=number) if number < 2**31 else rows.none()


def committee(asked: Asked) -> bool:
    """The people of the committee."""
    return roles.sits_on_committee(asked.seats, asked.fund)


def minutes(asked: Asked) -> bool:
    """Whoever sits in the fund, except the artists; a draft is for the committee, which the page itself checks."""
    return roles.may_see_minutes(asked.seats, asked.fund)


def award_letter(asked: Asked) -> bool:
    """The committee, and the company that asked."""
    lead = Proposal.objects.filter(
        call__owner=asked.fund, call__slug=asked.route["call"], code=asked.route["code"]
    ).values_list("lead", flat=True)
    return any(roles.may_read_letter(asked.seats, asked.fund, company) for company in lead)
