"""The committee's pages: what each visitor reads, what each form does once, and how it says no."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from allocation.methods.harshness import CORRECTIONS
from allocation.models import ApplicationDocument, Assignment, Call, InterestDeclaration, Recusal, Report, Score
from fund.models import Fund
from tests.committees import FILED_BY, PEOPLE, a_call_to_decide, a_person
from tests.instructing import names, number, recuse, reports, scores

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

EN = {"Accept-Language": "en"}


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Fund, Call]]:
    """One fund for the whole file; each test undoes what it did. The call is open for a very long time."""
    with django_db_blocker.unblock(), transaction.atomic():
        fund, call = a_call_to_decide("fonds-pages")
        call.closes = date(9000, 1, 1)
        call.save()
        a_person(fund, "auditor", "auditor")
        a_person(fund, "newcomer", "committee")
        a_person(fund, "artist", "artist", party="CIE/P1")
        yield fund, call
        transaction.set_rollback(True)


@pytest.fixture
def fund(made: tuple[Fund, Call]) -> Fund:
    return made[0]


@pytest.fixture
def call(made: tuple[Fund, Call]) -> Call:
    return made[1]


def as_(client: Client, fund: Fund, person: str) -> Client:
    client.force_login(fund.accesses.get(user__username=person).user)
    return client


def address(call: Call, name: str, *arguments: object) -> str:
    return reverse(name, args=[call.owner, call.slug, *arguments])


def text_of(client: Client, place: str, *, status: int = 200, **asked: str) -> str:
    response = client.get(place, asked, headers=EN)
    assert response.status_code == status, response.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def said(response: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))  # type: ignore[attr-defined]


# Interests


def test_before_a_declaration_number_title_and_company_are_all_there_is(fund: Fund, call: Call, client: Client) -> None:
    as_(client, fund, "newcomer")
    page = text_of(client, address(call, "interests"))
    assert "Before you read anything, say in which of these applications you have an interest" in page
    assert "1. Projet P1 (fictif) Compagnie P1 (fictive)" in page
    assert "9,000" not in page
    html = client.get(address(call, "interests"), headers=EN).content.decode()
    assert "checked" not in html
    assert not re.search(r'<option value="\w+" selected', html)
    for name in ("files", "files-csv", "scores", "scores-csv"):
        response = client.get(address(call, name))
        assert (response.status_code, response["Location"]) == (302, address(call, "interests"))
    for name in ("file", "file-report", "file-scores"):
        assert client.get(address(call, name, 1))["Location"] == address(call, "interests")
        assert client.post(address(call, name, 1))["Location"] == address(call, "interests")


def test_no_interest_is_an_explicit_choice_and_is_kept_once(fund: Fund, call: Call, client: Client) -> None:
    as_(client, fund, "newcomer")
    empty = client.post(address(call, "interests"), {}, headers=EN)
    assert empty.status_code == 400
    assert "Say whether you have an interest in any of these applications." in said(empty)
    assert not InterestDeclaration.objects.filter(person="newcomer").exists()
    for _ in range(2):
        response = client.post(address(call, "interests"), {"whole": "none"})
        assert (response.status_code, response["Location"]) == (302, address(call, "files"))
    row = InterestDeclaration.objects.get(person="newcomer")
    assert [entry["interest"] for entry in row.applications] == ["none"] * 4
    assert "You declared your interests on" in text_of(client, address(call, "interests"))


def test_an_interest_needs_an_answer_for_each_and_contradictions_are_said(
    fund: Fund, call: Call, client: Client
) -> None:
    as_(client, fund, "newcomer")
    none = {f"interest-{place}": "none" for place in (1, 2, 3, 4)}
    cases: list[tuple[dict[str, str], str]] = [
        ({"whole": "none", "interest-2": "employee"}, "name one in application 2: say which is right"),
        ({"whole": "some", "interest-2": "employee"}, "Say whether you have an interest in this application."),
        ({"whole": "some", **none, "interest-2": "other"}, "another interest, in application 2, needs some words"),
        ({"whole": "some", **none, "interest-2": "friend"}, "Select a valid choice"),
        ({"whole": "maybe"}, "Select a valid choice"),
        ({"whole": "some", **none, "interest-2": "lead", "why-2": "a\0b"}, "Null characters are not allowed"),
    ]
    for sent, sentence in cases:
        response = client.post(address(call, "interests"), sent, headers=EN)
        assert response.status_code == 400
        assert sentence in said(response), sent
    assert not Recusal.objects.filter(person="newcomer").exists()
    done = client.post(
        address(call, "interests"), {"whole": "some", **none, "interest-2": "other", "why-2": "Ma sœur y joue."}
    )
    assert done.status_code == 302
    page = text_of(client, address(call, "interests"))
    assert "2. Projet P2 (fictif) Compagnie P2 (fictive) You are recused." in page
    assert "Ma sœur y joue." not in page, "the words of an interest are for the secretary and the auditor"
    stale = client.post(address(call, "interests"), {"whole": "none"}, headers=EN)
    assert stale.status_code == 302
    assert Recusal.objects.filter(person="newcomer").count() == 1


def test_the_secretary_and_the_auditor_see_who_declared_and_declare_nothing(
    fund: Fund, call: Call, client: Client
) -> None:
    recuse(number(call, 3), "alix")
    for person in ("secretary", "auditor"):
        as_(client, fund, person)
        page = text_of(client, address(call, "interests"))
        assert "Newcomer (fictif) – 1, 2, 3, 4" in page
        assert "3 Alix (fictif) Shareholder or employee declared" in page
        assert client.post(address(call, "interests"), {"whole": "none"}).status_code == 404


# The list and one file


def test_the_list_shows_what_is_left_to_do_and_its_filter_stands_in_the_address(
    fund: Fund, call: Call, client: Client
) -> None:
    names(fund, number(call, 1), "alix")
    recuse(number(call, 2), "alix")
    scores(fund, number(call, 3), "alix", 4, 1)
    scores(fund, number(call, 3), "basile", 1, 1)
    as_(client, fund, "alix")
    page = text_of(client, address(call, "files"))
    assert "4 applications were filed in this call." in page
    assert "Projet P1 (fictif) Compagnie P1 (fictive) Admitted to the vote €9,000.00 Alix (fictif) – " in page
    assert "Report to be written" in page
    assert "2 Projet P2 (fictif) Compagnie P2 (fictive) You are recused." in page
    assert "2 1 to 3, readers: 2 Nothing left to do" in page
    todo = text_of(client, address(call, "files"), mine="to-do")
    assert "2 are shown under this filter." in todo
    assert "Projet P3" not in todo
    assert "Projet P1" in text_of(client, address(call, "files"), mine="rapporteur")
    assert "Projet P1" not in text_of(client, address(call, "files"), mine="recused")
    assert "Select a valid choice" in text_of(client, address(call, "files"), status=400, state="golden")
    rows = client.get(address(call, "files-csv"), {"mine": "to-do"}, headers=EN).content.decode().splitlines()
    assert [row.split(",")[0] for row in rows] == ["Number", "1", "4"]
    whole = client.get(address(call, "files-csv"), headers=EN).content.decode().splitlines()
    assert whole[2] == "2,Projet P2 (fictif),Compagnie P2 (fictive),,,,,,,,recused"
    assert whole[3] == (
        "3,Projet P3 (fictif),Compagnie P3 (fictive),admitted to the vote,5000.00,,,2.000000,1.000000,3.000000,"
        "nothing left to do"
    )


def test_a_file_says_what_it_asks_what_was_checked_and_who_may_vote(fund: Fund, call: Call, client: Client) -> None:
    recuse(number(call, 1), "basile")
    as_(client, fund, "alix")
    page = text_of(client, address(call, "file", 1))
    assert "It asks for €9,000.00 , and can be made from €6,000.00 on. Admitted to the vote." in page
    assert "The budget has no costs." in page
    assert "The committee has 8 members; recused from this application: 1; left to vote on it: 7." in page
    assert "Basile (fictif)" in page
    assert "Next: 2" in page
    assert "Previous" not in page
    assert "Previous: 1" in text_of(client, address(call, "file", 2))
    for place in (0, 5, 2**40):
        assert client.get(address(call, "file", place)).status_code == 404
    assert client.get(reverse("files", args=[fund.slug, "autre"])).status_code == 404


def test_a_document_is_taken_away_and_never_opened_here(fund: Fund, call: Call, client: Client) -> None:
    content = b"<script>alert(1)</script>"
    row = ApplicationDocument.objects.create(
        application=number(call, 1), kind="note", name='b"udget é\r\n.html', media_type="text/plain; charset=utf-8",
        size=len(content), sha256=sha256(content).hexdigest(), content=content, added_on=FILED_BY, added_by="artist",
    )  # fmt: skip
    as_(client, fund, "alix")
    response = client.get(address(call, "file-document", 1, row.pk))
    assert response.content == content
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert client.get(address(call, "file-document", 2, row.pk)).status_code == 404
    assert client.get(address(call, "file-document", 1, 2**70)).status_code == 404
    as_(client, fund, "newcomer")
    assert client.get(address(call, "file-document", 1, row.pk)).status_code == 302


# Reports, scores, rapporteurs


def test_a_rapporteur_reports_in_versions_and_nobody_else(fund: Fund, call: Call, client: Client) -> None:
    names(fund, number(call, 1), "alix")
    as_(client, fund, "alix")
    sent = {"opinion": "favourable", "text": "Un projet qui tient.", "suggested": "7 000,50"}
    for _ in range(2):
        assert client.post(address(call, "file-report", 1), sent).status_code == 302
    assert Report.objects.get().suggested.amount == pytest.approx(7000.5)
    page = text_of(client, address(call, "file", 1))
    assert "Favourable Alix (fictif)" in page
    assert "suggests €7,000.50" in page
    for broken, sentence in (
        ({"text": ""}, "This field is required."),
        ({"suggested": "beaucoup"}, "This is not an amount."),
        ({"suggested": "9000.01"}, "more than the 9000.00 EUR that are asked"),
        ({"suggested": "9" * 29}, "This is not an amount."),
        ({"opinion": "golden"}, "Select a valid choice"),
    ):
        response = client.post(address(call, "file-report", 1), sent | broken, headers=EN)
        assert response.status_code == 400
        assert sentence in said(response)
    as_(client, fund, "basile")
    assert "Keep my report" not in text_of(client, address(call, "file-report", 1))
    refused = client.post(address(call, "file-report", 1), sent, headers=EN)
    assert (refused.status_code, Report.objects.count()) == (400, 1)
    assert "You are not a rapporteur of application 1" in said(refused)
    as_(client, fund, "auditor")
    assert client.post(address(call, "file-report", 1), sent).status_code == 404


def test_scores_are_given_blind_then_shown(fund: Fund, call: Call, client: Client) -> None:
    scores(fund, number(call, 1), "basile", 5, 0)
    as_(client, fund, "alix")
    page = text_of(client, address(call, "file-scores", 1))
    assert "You see the scores of others once you gave yours" in page
    assert "Basile" not in page
    sent = {"points-artistic": "3", "points-feasible": "4", "comment-artistic": "Du souffle."}
    for _ in range(2):
        assert client.post(address(call, "file-scores", 1), sent).status_code == 302
    assert Score.objects.filter(person="alix").count() == 2
    page = text_of(client, address(call, "file-scores", 1))
    assert "Basile (fictif)" in page
    assert "Mean from 3.33 to 3.33" in page
    assert "Du souffle." in page
    for broken in (
        {"points-artistic": "6"},
        {"points-artistic": "-1"},
        {"points-artistic": ""},
        {"points-feasible": "x"},
    ):
        assert client.post(address(call, "file-scores", 1), sent | broken).status_code == 400
    as_(client, fund, "auditor")
    assert client.post(address(call, "file-scores", 1), sent).status_code == 404


def test_the_table_of_scores_switches_its_correction_in_the_address(fund: Fund, call: Call, client: Client) -> None:
    scores(fund, number(call, 1), "alix", 4, 4)
    scores(fund, number(call, 2), "basile", 2, 2)
    as_(client, fund, "auditor")
    page = text_of(client, address(call, "scores"))
    assert "1. Projet P1 (fictif) 4 4 – 4 1" in page
    centred = text_of(client, address(call, "scores"), correction="centre/1")
    assert "1. Projet P1 (fictif) 4 3 4 – 4 1" in centred
    assert "With fewer than three applications in common" in centred
    assert "Alix (fictif)" in centred
    refused = text_of(client, address(call, "scores"), correction="additive/1")
    assert "share no project, not even through others" in refused
    assert "1. Projet P1 (fictif) 4 – 4 – 4 1" in refused
    unknown = text_of(client, address(call, "scores"), status=400, correction="magic")
    assert "There is no correction “magic”" in unknown
    lines = (
        client.get(address(call, "scores-csv"), {"correction": "centre/1"}, headers=EN).content.decode().splitlines()
    )
    assert lines[0].endswith("Corrected: means brought to one level,State")
    assert lines[1] == "1,Projet P1 (fictif),1,4.000000,4.000000,4.000000,3.000000,"


def test_every_correction_stands_beside_the_raw_scores_where_all_read_all(
    fund: Fund, call: Call, client: Client
) -> None:
    """Two readers a file, each of three: whichever correction is asked for, raw figures stay where they are."""
    for place, (first, second) in enumerate([(4, 3), (2, 1), (5, 5), (1, 2)], start=1):
        scores(fund, number(call, place), "alix", first, first)
        scores(fund, number(call, place), "basile", second, second)
    as_(client, fund, "alix")
    raw = ["3.500000,3.000000,4.000000", "1.500000,1.000000,2.000000", "5.000000,5.000000,5.000000"]
    for correction in (None, *CORRECTIONS):
        asked = {"correction": correction} if correction else {}
        page = text_of(client, address(call, "scores"), **asked)
        assert "1. Projet P1 (fictif) 3.5" in page
        assert ("and beside it corrected" in page) is (correction not in (None, "none/1"))
        lines = client.get(address(call, "scores-csv"), asked, headers=EN).content.decode().splitlines()
        assert [",".join(line.split(",")[3:6]) for line in lines[1:4]] == raw
        assert all(line.split(",")[6] for line in lines[1:])


def test_the_secretary_draws_names_and_releases_and_the_auditor_reads(fund: Fund, call: Call, client: Client) -> None:
    as_(client, fund, "secretary")
    place = address(call, "rapporteurs")
    assert client.post(place, {"act": "evenly", "wanted": "2", "most": ""}).status_code == 302
    assert Assignment.objects.count() == 8
    again = client.post(place, {"act": "evenly", "wanted": "2", "most": ""}, headers=EN, follow=True)
    assert "Every application had its rapporteurs already" in said(again)
    refused = client.post(place, {"act": "evenly", "wanted": "4", "most": "1"}, headers=EN)
    assert refused.status_code == 400
    assert "with 1 each at most" in said(refused)
    free = next(person for person in PEOPLE if not Assignment.objects.filter(person=person, application__number=1))
    assert client.post(place, {"act": "name", "number": "1", "person": free}).status_code == 302
    task = Assignment.objects.get(application__number=1, person=free)
    for broken in ({"task": str(task.pk), "why": ""}, {"task": "x", "why": "y"}, {"task": "", "why": "y"}):
        assert client.post(place, {"act": "end", **broken}).status_code == 400
    assert client.post(place, {"act": "end", "task": str(2**62), "why": "y"}).status_code == 404
    assert client.post(place, {"act": "end", "task": str(task.pk), "why": "En tournée."}).status_code == 302
    conflict = client.post(place, {"act": "end", "task": str(task.pk), "why": "Autre."}, headers=EN)
    assert conflict.status_code == 409
    for broken in ({"number": "9", "person": free}, {"number": "1", "person": "secretary"}, {}):
        assert client.post(place, {"act": "name", **broken}).status_code == 400
    assert client.post(place, {"act": "dance"}).status_code == 400
    as_(client, fund, "auditor")
    page = text_of(client, place)
    assert "En tournée." in page
    assert "Assign evenly" not in page
    assert "Release" not in page
    assert client.post(place, {"act": "evenly", "wanted": "2"}).status_code == 404
    as_(client, fund, "alix")
    read = text_of(client, place)
    assert "Assign evenly" not in read
    assert "En tournée." not in read, "why somebody was released is for the secretary and the auditor"
    assert client.post(place, {"act": "evenly", "wanted": "2"}).status_code == 404
    as_(client, fund, "newcomer")
    assert client.get(place)["Location"] == address(call, "interests")


def test_the_auditor_reads_everything_without_a_button(fund: Fund, call: Call, client: Client) -> None:
    names(fund, number(call, 1), "alix")
    reports(fund, number(call, 1), "alix", on=FILED_BY)
    scores(fund, number(call, 1), "alix", 4, 4, on=FILED_BY)
    as_(client, fund, "auditor")
    for name in ("file", "file-report", "file-scores"):
        html = client.get(address(call, name, 1), headers=EN).content.decode()
        assert "Alix (fictif)" in html
        assert 'form method="post"' not in html.partition("<main")[2]
    assert 'form method="post"' not in client.get(address(call, "files")).content.decode().partition("<main")[2]


@pytest.mark.parametrize("person", ["artist", None])
def test_the_company_and_the_public_find_nothing(fund: Fund, call: Call, client: Client, person: str | None) -> None:
    if person:
        as_(client, fund, person)
    for name in ("interests", "files", "files-csv", "rapporteurs", "scores", "scores-csv"):
        assert client.get(address(call, name)).status_code == 404
    for name in ("file", "file-report", "file-scores"):
        assert client.get(address(call, name, 1)).status_code == 404
