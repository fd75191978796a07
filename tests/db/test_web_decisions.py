"""The pages of a decision: who sees what, what each form does once, and how it says no."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from allocation.models import Call, Decision, Dissent, Scenario, Vote
from fund.models import AwardNotice, Fund, Project, User
from tests.committees import a_call_to_decide, a_person
from tests.deciding import (
    FIRST,
    SECOND,
    a_closed_vote,
    a_meeting,
    a_notified_evening,
    a_recorded_evening,
    a_voted_evening,
    an_adoption,
    answers,
    approvals,
    some_scenarios,
)

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

EN = {"Accept-Language": "en"}


def as_(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def text_of(client: Client, name: str, *arguments: object, status: int = 200, **asked: str) -> str:
    response = client.get(reverse(name, args=arguments), asked, headers=EN)
    assert response.status_code == status, response.content.decode()[:500]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def said(client: Client, name: str, *arguments: object, status: int = 302, **posted: str) -> str:
    response = client.post(reverse(name, args=arguments), posted, headers=EN)
    assert response.status_code == status, re.sub(r"<[^>]+>", " ", response.content.decode())[:2000]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def voted(db: None) -> tuple[Fund, Call]:
    return a_voted_evening()


def test_nothing_is_shown_while_a_vote_is_open() -> None:
    fund, call = a_call_to_decide()
    meeting = a_meeting(call)
    a_closed_vote(call, approvals(FIRST), meeting=meeting, round=1)
    a_closed_vote(call, approvals(SECOND), meeting=meeting, round=2, is_open=True)
    page = text_of(as_("secretary"), "scenarios", fund.slug, call.slug)
    assert "Vote 2 of “appel-2026” is open: its papers are sealed" in page
    assert "Compute the scenarios" not in page
    assert "Project by project" not in page
    assert "sealed" in said(as_("secretary"), "scenarios", fund.slug, call.slug, reference="r", status=400)
    assert Scenario.objects.count() == 0


def test_scenarios_stand_side_by_side(voted: tuple[Fund, Call]) -> None:
    fund, call = voted
    secretary = as_("secretary")
    assert "nothing is computed yet" in text_of(secretary, "scenarios", fund.slug, call.slug)
    said(secretary, "scenarios", fund.slug, call.slug, reference="r")
    count = Scenario.objects.count()
    said(secretary, "scenarios", fund.slug, call.slug, reference="r")
    assert Scenario.objects.count() == count > 5
    page = text_of(as_("alix"), "scenarios", fund.slug, call.slug)
    assert f"{count} methods count the same ballots: they differ on" in page
    assert "They differ:" in page
    assert "Voters left with nothing" in page
    assert "Funded in 7 of 7" in page
    assert "it would have been funded" in page
    assert "4 of 6" in page
    assert "graine-2026" not in page
    assert "Put scenario 1 to the vote" not in page
    assert "Scenario 2, closely" in text_of(as_("alix"), "scenarios", fund.slug, call.slug, scenario="2")
    for odd in ("x", "0", "99999999999", "２"):
        assert "Scenario 1, closely" in text_of(as_("alix"), "scenarios", fund.slug, call.slug, scenario=odd)


def test_who_sees_which_page(voted: tuple[Fund, Call]) -> None:
    fund, call = voted
    some_scenarios(call)
    a_person(fund, "artiste-p1", "artist", party="CIE/P1")
    a_person(fund, "controle", "auditor")
    here = (fund.slug, call.slug)
    inside = {"scenarios": here, "decision": here, "minutes": here}
    keeper = {"scenario-put": (*here, 1), "notices": here}
    for name, arguments in inside.items():
        for who in ("alix", "secretary", "controle"):
            text_of(as_(who), name, *arguments)
        text_of(as_("artiste-p1"), name, *arguments, status=404)
        text_of(Client(), name, *arguments, status=404)
    for name, arguments in keeper.items():
        text_of(as_("alix"), name, *arguments, status=404)
    said(as_("alix"), "scenarios", *here, reference="r", status=404)
    text_of(as_("secretary"), "scenarios", fund.slug, "autre", status=404)
    text_of(as_("secretary"), "scenario-put", *here, 999, status=404)
    text_of(as_("secretary"), "decision-confirm", *here, 1, status=404)
    text_of(as_("secretary"), "decision-record", *here, status=404)


def test_a_scenario_is_put_to_the_vote_with_differences(voted: tuple[Fund, Call]) -> None:
    fund, call = voted
    some_scenarios(call)
    secretary, here = as_("secretary"), (fund.slug, call.slug, 1)
    page = text_of(secretary, "scenario-put", *here)
    assert "Decide otherwise" in page
    form = {
        "reference": "adoption",
        "kind": "yes-no",
        "question": "Do you adopt it?",
        "closes": "2999-05-28T21:30",
        "reason": "A first work.",
        "amount_0": "6 000,00",
        "why_0": "Its minimum is enough.",
    }
    for changes, why in (
        ({"amount_0": "many"}, "This is not an amount."),
        ({"amount_0": "1e9"}, "This is not an amount."),
        ({"amount_0": "9999999"}, "neither nothing nor between"),
        ({"why_0": ""}, "say why its amount differs"),
        ({"reason": ""}, "say why the committee decides otherwise"),
        ({"closes": "tomorrow"}, "This is not a moment."),
        ({"kind": "buckets"}, "Select a valid choice"),
        ({"question": "a\0b"}, "Null characters are not allowed"),
    ):
        assert why in said(secretary, "scenario-put", *here, status=400, **(form | changes))
    assert Vote.objects.filter(round=0).count() == 0
    for _ in range(2):
        said(secretary, "scenario-put", *here, **form)
    vote = Vote.objects.get(round=0)
    assert vote.subject == {
        "scenario": 1,
        "otherwise": {
            "reason": "A first work.",
            "amounts": {"P1": 600_000},
            "why": {"P1": "Its minimum is enough."},
        },
    }
    assert "open, its papers are sealed" in text_of(as_("alix"), "scenarios", fund.slug, call.slug)


def test_a_decision_is_confirmed_with_its_amounts_and_recorded_once(voted: tuple[Fund, Call]) -> None:
    fund, call = voted
    some_scenarios(call)
    rejected = an_adoption(call, papers=answers(yes=1, no=5))
    vote = an_adoption(call)
    secretary, here = as_("secretary"), (fund.slug, call.slug)
    page = text_of(secretary, "decision-confirm", *here, vote.number)
    assert "€18,000.00 will be awarded and €0.00 is not spent" in page
    assert "did not adopt it" in said(secretary, "decision-confirm", *here, rejected.number, status=400)
    posted = {"opinion_3": "Come back next year."}
    for _ in range(2):
        said(secretary, "decision-confirm", *here, vote.number, **posted)
    decision = Decision.objects.get()
    assert decision.outcome.result["opinions"] == {"P4": "Come back next year."}
    page = text_of(as_("alix"), "decision", *here)
    assert "The committee adopts scenario 1 : 5 for, 1 against, 1 abstaining." in page
    assert decision.record_sha256 in page
    response = as_("alix").get(reverse("decision-record", args=here))
    assert response.content.decode() == decision.record
    page = text_of(Client(), "call", *here)
    assert "Motivated opinion: Come back next year." in page
    assert "3 projects" in page
    closed = said(secretary, "scenario-put", *here, 1, status=400, **{"reference": "x", "kind": "yes-no"})
    assert "required" in closed


def test_a_member_has_a_minority_opinion_recorded(voted: tuple[Fund, Call]) -> None:
    fund, call = voted
    some_scenarios(call)
    here = (fund.slug, call.slug)
    assert "stands in the minutes under your name" in text_of(as_("elsa"), "dissent", *here)
    said(as_("elsa"), "dissent", *here, text="Nothing for the north.")
    said(as_("elsa"), "dissent", *here, text="Nothing for the north.")
    assert "given one already" in said(as_("elsa"), "dissent", *here, text="Else.", status=400)
    assert "required" in said(as_("elsa"), "dissent", *here, text=" ", status=400)
    assert Dissent.objects.get().person == "elsa"
    assert "Nothing for the north." in text_of(as_("alix"), "minutes", *here)
    text_of(as_("secretary"), "dissent", *here, status=404)


def test_the_minutes_are_taken_away_by_those_who_may_read_them() -> None:
    actor, decision = a_recorded_evening()
    here = (actor.fund.slug, decision.call.slug)
    a_person(actor.fund, "tresorier", "treasurer")
    assert "Minutes of the committee" in text_of(as_("tresorier"), "minutes", *here)
    for ending, start in (("pdf", b"%PDF-"), ("html", b"<!doctype html>"), ("csv", b"Code,")):
        response = as_("tresorier").get(reverse("minutes-paper", args=[*here, ending]))
        assert response.status_code == 200
        assert response.content.startswith(start)
    text_of(as_("tresorier"), "minutes-paper", *here, "exe", status=404)
    text_of(Client(), "minutes", *here, status=404)


def test_letters_leave_once_and_agreements_are_signed() -> None:
    actor, decision = a_recorded_evening()
    here, secretary = (actor.fund.slug, decision.call.slug), as_("secretary")
    a_person(actor.fund, "artiste-p4", "artist", party="CIE/P4")
    text_of(as_("artiste-p4"), "award-letter", *here, "P4", "pdf", status=404)
    page = text_of(secretary, "notices", *here)
    assert "4 letters are ready, 3 of them with an award" in page
    assert "This day has not come yet." in said(secretary, "notices", *here, on="2999-01-01", status=400)
    assert "it cannot be notified on 2026-05-01" in said(secretary, "notices", *here, on="2026-05-01", status=400)
    for _ in range(2):
        said(secretary, "notices", *here, on="2026-06-03")
    assert AwardNotice.objects.count() == 3
    assert "The companies were told on 3 June 2026" in text_of(secretary, "notices", *here)
    signing = {"project": "P1", "reference": "CONV-P1", "on": "2026-06-10"}
    assert "is not signed on 2026-06-01" in said(
        secretary, "notices", *here, status=400, **(signing | {"on": "2026-06-01"})
    )
    said(secretary, "notices", *here, status=404, **(signing | {"project": "P9"}))
    said(secretary, "notices", *here, **signing)
    assert Project.objects.get(code="P1").agreement.tranches.count() == 2
    letter = as_("artiste-p4").get(reverse("award-letter", args=[*here, "P4", "html"]), headers=EN)
    assert "did not retain it" in letter.content.decode()
    text_of(as_("artiste-p4"), "award-letter", *here, "P1", "pdf", status=404)
    text_of(secretary, "award-letter", *here, "P1", "csv", status=404)


def test_the_entry_of_a_notice_leads_to_its_paper() -> None:
    actor, _ = a_notified_evening()
    a_person(actor.fund, "controle", "auditor")
    page = text_of(as_("controle"), "document", actor.fund.slug, "notice:NOTIF-appel-2026-P1")
    assert "Notice of an award" in page
