"""Every address of the site, tried by every role, in its own fund and in another: one table says who may open what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings

from allocation.models import ApplicationDocument, Call, InterestDeclaration
from fund.charter.shipped import shipped_text
from fund.models import Fund, User
from fund.roles import (
    ROLES,
    Seat,
    may_adopt_notoriety,
    may_change_rules,
    may_contest_notoriety,
    may_declare_notoriety,
    may_run_committee,
    may_see_ballots,
    may_see_books,
    may_see_committee,
    may_see_drafts,
    may_see_mails,
    may_see_member,
    may_see_project_account,
    sits_on_committee,
)
from fund.services.actors import Actor
from fund.services.adoption import propose_draft
from fund.services.founding import found_fund, open_year
from fund.services.members import admit_member
from fund.services.projects import Grant, award_projects
from fund.web.access import ACCESS, OPEN, seats_of
from ledger.money import Amount
from tests.applying import a_call_to_companies, a_filed_application
from tests.auditing_desk import an_audited_fund
from tests.bookkeeping import a_draft
from tests.committees import a_committee_call, an_application
from tests.page_addresses import COMMITTEE_ROOM, EVERYBODY, EXPECTED, OF_DECISIONS, addresses, an_evening_that_is_over
from tests.recognition import recognised
from tests.small_year import a_user, one_user_a_role, small_year

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture(scope="module")
def fund(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    with django_db_blocker.unblock(), transaction.atomic():
        fund = small_year()
        text = shipped_text("creafonds").decode() + "\n"
        propose_draft(Actor(fund=fund, by="T"), text=text, title="", on=date(2026, 1, 1))
        recognised(fund)
        a_draft(Actor(fund=fund, by="T"))
        call = a_committee_call(fund)
        a_filed_application(a_call_to_companies(fund), company=fund.projects.get(code="A").company.code)
        ApplicationDocument.objects.create(
            application=an_application(fund, call, "P1"), kind="note", name="note.txt", size=1,
            media_type="text/plain", sha256="", content=b"x", added_on=date(2026, 4, 1), added_by="T",
        )  # fmt: skip
        an_evening_that_is_over(call)
        an_audited_fund(fund)
        yield fund
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def users(fund: Fund, django_db_blocker: DjangoDbBlocker) -> dict[str, User]:
    """A user for each role in the fund, and one for each in another fund."""
    with django_db_blocker.unblock():
        actor = found_fund(
            slug="autre", name="Autre fonds (fictif)", legal_form="association-1901", siren="", currency="EUR",
            on=date(2026, 1, 1), by="T",
        )  # fmt: skip
        open_year(actor, 2026)
        admit_member(actor, code="THE", name="Homonyme (fictif)", category="venue", on=date(2026, 1, 1))
        grant = Grant("A", "Autre projet (fictif)", fund.projects.get(code="A").company.code, "Autre", Amount(100))
        award_projects(actor, [grant], call="autre", on=date(2026, 1, 2), premiere_on=None)
        theirs = one_user_a_role(actor.fund)
        ours = one_user_a_role(fund)
        InterestDeclaration.objects.create(
            call=Call.objects.get(owner=fund.slug, slug="appel-2026"),
            person=ours["committee"].username,
            number=1,
            at=timezone.now(),
        )
        return {**ours, **{f"other {role}": user for role, user in theirs.items()}}


def test_every_address_is_in_the_table_or_open() -> None:
    names = {pattern.name for pattern in get_resolver().url_patterns if isinstance(pattern, URLPattern)}
    assert names == set(ACCESS) | OPEN
    assert set(EXPECTED) | set(OF_DECISIONS) == set(ACCESS)


@pytest.mark.parametrize("who", sorted(EVERYBODY) + [f"other {role}" for role in ROLES])
def test_a_page_opens_for_its_audience_and_does_not_exist_for_others(
    who: str, fund: Fund, users: dict[str, User], client: Client
) -> None:
    if who != "nobody":
        client.force_login(users[who])
    seen_as = "nobody" if who.startswith("other ") else who
    expected = {name: 200 if seen_as in audience else 404 for name, audience in EXPECTED.items()}
    if who != "nobody":
        expected["sign-in"] = 302  # whoever is signed in goes to the desk
    if expected["book"] == 200:
        expected["book"] = 301  # it is a statement of the year now
    assert {name: status(client, address) for name, address in addresses(fund).items()} == expected


def status(client: Client, address: str) -> int:
    """The status of a page; a file that is sent in pieces is read to its end, which closes it."""
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.status_code


def test_a_member_opens_no_other_member_and_an_artist_no_other_account(
    fund: Fund, users: dict[str, User], client: Client
) -> None:
    client.force_login(users["member"])
    assert client.get(reverse("member", args=[fund.slug, "FES"])).status_code == 404
    client.force_login(users["artist"])
    own, others = (
        client.get(reverse("project", args=[fund.slug, code]), {"as_of": "2026-12-31"}).content.decode()
        for code in ("A", "C")
    )
    assert "Lacanau" in own
    assert "Sabres" not in others


def test_an_access_ends_with_its_last_day(fund: Fund, client: Client) -> None:
    user = a_user("former", fund, "auditor", until=date(2026, 1, 31))
    assert seats_of(user, date(2026, 1, 31)) == (Seat(fund.slug, "auditor"),)
    assert seats_of(user, date(2026, 2, 1)) == ()
    assert seats_of(user, date(2025, 12, 31)) == ()
    client.force_login(user)
    assert client.get(reverse("books", args=[fund.slug])).status_code == 404


def test_who_is_not_signed_in_has_no_seat() -> None:
    assert seats_of(AnonymousUser(), date(2026, 1, 1)) == ()


def test_the_desk_asks_who_is_unknown_to_sign_in(client: Client) -> None:
    response = client.get(reverse("desk"))
    assert (response.status_code, response["Location"]) == (302, "/sign-in?next=/desk")


def test_no_cache_keeps_a_page_of_somebody_signed_in(fund: Fund, users: dict[str, User], client: Client) -> None:
    assert "no-store" not in client.get(reverse("fund", args=[fund.slug])).headers.get("Cache-Control", "")
    client.force_login(users["auditor"])
    for name in ("desk",):
        assert "no-store" in client.get(reverse(name))["Cache-Control"]
    assert "no-store" in client.get(reverse("books", args=[fund.slug]))["Cache-Control"]


def test_ready_made_users_exist_in_the_demonstration_alone(fund: Fund, client: Client, settings: Settings) -> None:
    a_user("auditor", fund, "auditor")
    a_user("somebody", fund, "treasurer")
    address = reverse("demonstration-sign-in")
    settings.DEMONSTRATION = False
    assert client.post(address, {"username": "auditor"}).status_code == 404
    assert b'value="auditor"' not in client.get(reverse("sign-in")).content
    settings.DEMONSTRATION = True
    assert b'value="auditor"' in client.get(reverse("sign-in")).content
    assert client.get(address).status_code == 405
    for refused in ("somebody", "nobody", "", "aud\0itor\0x"):
        assert client.post(address, {"username": refused}).status_code == 404
    assert client.post(address, {"username": "auditor"})["Location"] == "/desk"
    assert client.get(reverse("books", args=[fund.slug])).status_code == 200


def test_signing_out_asks_for_a_post(users: dict[str, User], client: Client) -> None:
    client.force_login(users["auditor"])
    assert client.get(reverse("sign-out")).status_code == 405
    assert client.post(reverse("sign-out")).status_code == 302
    assert client.get(reverse("desk")).status_code == 302


OWN, OTHER = "own", "other"


@pytest.mark.parametrize(
    ("seat", "books", "ballots", "member", "project"),
    [
        (Seat(OWN, "committee"), False, True, False, True),
        (Seat(OWN, "artist", "CIE"), False, False, False, True),
        (Seat(OWN, "artist", "ELSE"), False, False, False, False),
        (Seat(OWN, "member", "M1"), False, False, True, False),
        (Seat(OWN, "member", "M2"), False, False, False, False),
        (Seat(OWN, "treasurer"), True, True, True, True),
        (Seat(OWN, "auditor"), True, True, True, True),
        (Seat(OWN, "administrator"), True, True, True, True),
        *((Seat(OTHER, role, party), False, False, False, False) for role in ROLES for party in ("", "M1", "CIE")),
    ],
)
def test_the_predicates_of_roles(seat: Seat, books: bool, ballots: bool, member: bool, project: bool) -> None:
    assert may_see_books([seat], OWN) is books
    assert may_see_ballots([seat], OWN) is ballots
    assert may_see_member([seat], OWN, "M1") is member
    assert may_see_project_account([seat], OWN, "CIE") is project


@pytest.mark.parametrize(
    ("role", "reads", "changes"),
    [
        ("committee", True, False),
        ("artist", False, False),
        ("member", True, False),
        ("treasurer", True, False),
        ("auditor", True, False),
        ("administrator", True, True),
    ],
)
def test_who_reads_drafts_and_who_changes_the_rules(role: str, reads: bool, changes: bool) -> None:
    assert (may_see_drafts([Seat(OWN, role)], OWN), may_change_rules([Seat(OWN, role)], OWN)) == (reads, changes)
    assert not may_see_drafts([Seat(OTHER, role)], OWN)
    assert not may_change_rules([Seat(OTHER, role)], OWN)


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"administrator"}))
def test_nobody_else_sends_a_change_of_the_rules(role: str, fund: Fund, users: dict[str, User], client: Client) -> None:
    client.force_login(users[role])
    before = (fund.drafts.count(), fund.charters.count())
    for name, arguments in (("draft-new", []), ("draft-adopt", [1]), ("draft", [1]), ("drafts", [])):
        client.post(reverse(name, args=[fund.slug, *arguments]), {"text": "x", "step": "adopt"})
    assert client.post(reverse("draft-new", args=[fund.slug]), {"text": "x"}).status_code == 404
    assert client.post(reverse("draft-adopt", args=[fund.slug, 1]), {"step": "adopt"}).status_code == 404
    assert (fund.drafts.count(), fund.charters.count()) == before


@pytest.mark.parametrize(
    ("seats", "declares", "contests", "adopts"),
    [
        ([Seat(OWN, "committee")], False, False, False),
        ([Seat(OWN, "artist", "CIE")], True, True, False),
        ([Seat(OWN, "artist", "ELSE")], False, True, False),
        ([Seat(OWN, "member", "M1")], True, True, False),
        ([Seat(OWN, "treasurer")], False, False, False),
        ([Seat(OWN, "auditor")], False, False, False),
        ([Seat(OWN, "administrator")], True, False, True),
        ([Seat(OWN, "administrator"), Seat(OWN, "member", "M1")], True, False, True),
        ([Seat(OTHER, "administrator"), Seat(OTHER, "artist", "CIE")], False, False, False),
    ],
)
def test_who_declares_contests_and_adopts_recognition(
    seats: list[Seat], declares: bool, contests: bool, adopts: bool
) -> None:
    """Whoever decides contests makes none."""
    assert may_declare_notoriety(seats, OWN, "CIE") is declares
    assert may_contest_notoriety(seats, OWN) is contests
    assert may_adopt_notoriety(seats, OWN) is adopts


@pytest.mark.parametrize("role", ROLES)
def test_who_sees_the_committee_at_work_and_who_runs_it(role: str) -> None:
    seats = [Seat(OWN, role)]
    told = (may_see_committee(seats, OWN), may_run_committee(seats, OWN), may_see_mails(seats, OWN))
    runs = role == "administrator"
    assert told == (role in COMMITTEE_ROOM, runs, runs)
    assert not (may_see_committee(seats, OTHER))
    assert not (may_run_committee(seats, OTHER))
    assert not (may_see_mails(seats, OTHER))
    assert sits_on_committee(seats, OWN) is (role == "committee")
    assert not sits_on_committee(seats, OTHER)
