"""Interests: an explicit answer for every application, recusals that are never lifted, and those found by rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from allocation.applying.applications import Signature, version_content
from allocation.applying.content import fingerprint
from allocation.applying.fields import TABLES
from allocation.instructing.interest_errors import InterestsNotDeclared, InterestsUnclear, PersonRecused, RecusalStands
from allocation.instructing.interests import (
    Answer,
    check_may_read,
    has_declared,
    recusals_of,
    recused_people,
    undeclared,
)
from allocation.models import Application, ApplicationVersion, Assignment, Call, InterestDeclaration, Recusal
from fund.errors import FundDiffers
from fund.models import Fund, Party, User
from fund.queries.interests import voices_on
from fund.services.accesses import grant_access
from fund.services.actors import Actor
from fund.services.applications import file_application, sponsor
from fund.services.committee_errors import NotOnCommittee
from fund.services.interests import apply_rules, declare_interests
from tests import committees
from tests.builders import a_member
from tests.committees import (
    ASKED,
    CONVENED,
    FILED_BY,
    PEOPLE,
    a_committee,
    a_committee_call,
    a_person,
    an_application,
    at,
    everybody_declares,
)
from tests.evenings import a_vote, debated_all, under_way, voice

pytestmark = pytest.mark.django_db

NONE = {number: Answer() for number in (1, 2, 3, 4)}


@pytest.fixture
def fund() -> Fund:
    return a_committee()


@pytest.fixture
def call(fund: Fund) -> Call:
    call = a_committee_call(fund)
    for code in ASKED:
        an_application(fund, call, code)
    return call


def declares(fund: Fund, call: Call, person: str, answers: Mapping[int, Answer] = NONE, hour: int = 9) -> Any:
    return declare_interests(Actor(fund=fund, by=person), call, answers, at=at(hour))


def number(call: Call, value: int) -> Application:
    return call.applications.get(number=value)


def refile(application: Application, **tables: list[dict[str, str]]) -> None:
    """The company files again, with lines in these tables."""
    assert set(tables) <= {table.name for table in TABLES}
    last = application.versions.latest("number")
    ApplicationVersion.objects.create(
        application=application,
        number=last.number + 1,
        content={"form": "application/1", "fields": {"title": "Projet"}, "tables": tables},
        sha256="0" * 64,
        filed_on=FILED_BY,
        filed_by="artist",
    )


def test_a_declaration_answers_for_each_and_recuses_where_there_is_an_interest(fund: Fund, call: Call) -> None:
    row = declares(fund, call, "alix", NONE | {2: Answer("employee"), 3: Answer("other", "Ma sœur y joue.")})
    assert (row.number, [entry["interest"] for entry in row.applications]) == (1, ["none", "employee", "other", "none"])
    assert recusals_of(call) == {"alix": {2, 3}}
    other = Recusal.objects.get(application__number=3)
    assert (other.manner, other.interest, other.why) == ("declared", "other", "Ma sœur y joue.")
    check_may_read(number(call, 1), "alix")
    with pytest.raises(PersonRecused):
        check_may_read(number(call, 2), "alix")
    assert fund.acts.filter(kind="interests-declared").get().facts == {"recused": [2, 3]}


def test_nobody_reads_before_they_said_something_of_that_application(
    fund: Fund, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InterestsNotDeclared):
        check_may_read(number(call, 1), "alix")
    declares(fund, call, "alix")
    monkeypatch.setitem(committees.ASKED, "P5", (100_000, 200_000))
    late = an_application(fund, call, "P5")
    assert undeclared(call, "alix") == (5,)
    assert not has_declared(call, "alix")
    check_may_read(number(call, 1), "alix")
    with pytest.raises(InterestsNotDeclared):
        check_may_read(late, "alix")
    declares(fund, call, "alix", NONE | {5: Answer()}, hour=10)
    check_may_read(late, "alix")
    assert has_declared(call, "alix")


def test_a_later_declaration_adds_a_recusal_and_lifts_none(fund: Fund, call: Call) -> None:
    declares(fund, call, "alix", NONE | {2: Answer("employee")})
    second = declares(fund, call, "alix", {1: Answer("engaged"), 3: Answer(), 4: Answer()}, hour=10)
    assert second.number == 2
    assert [entry["interest"] for entry in second.applications] == ["engaged", "employee", "none", "none"]
    assert recusals_of(call) == {"alix": {1, 2}}
    with pytest.raises(RecusalStands, match="application 1 since 2026-05-28"):
        declares(fund, call, "alix", NONE, hour=11)
    assert InterestDeclaration.objects.count() == 2


def test_the_same_declaration_twice_is_one(fund: Fund, call: Call) -> None:
    first = declares(fund, call, "alix")
    assert declares(fund, call, "alix", hour=12).pk == first.pk
    assert fund.acts.filter(kind="interests-declared").count() == 1


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({1: Answer(), 2: Answer(), 3: Answer()}, "says nothing of application 4"),
        ({}, "says nothing of application 1"),
        (NONE | {9: Answer()}, "names application 9, which is not in the call"),
        (NONE | {2: Answer("friend")}, "“friend” is no kind of interest"),
        (NONE | {2: Answer("")}, "“” is no kind of interest"),
        (NONE | {2: Answer("other", "  ")}, "application 2, needs some words"),
        (NONE | {2: Answer("other", "a\0b")}, "none of them invisible"),
        (NONE | {2: Answer("lead", "\ud800")}, "none of them invisible"),
        (NONE | {2: Answer("lead", "x" * 1001)}, "at most 1000 characters"),
    ],
)
def test_what_is_left_out_or_unclear_is_refused_and_nothing_is_kept(
    fund: Fund, call: Call, answers: dict[int, Answer], words: str
) -> None:
    with pytest.raises(InterestsUnclear, match=words) as refused:
        declares(fund, call, "alix", answers)
    assert "La déclaration ne peut pas être gardée" in refused.value.sentence("fr")
    assert not InterestDeclaration.objects.exists()
    assert not Recusal.objects.exists()


def test_there_is_nothing_to_declare_before_an_application_is_filed(fund: Fund) -> None:
    call = a_committee_call(fund, slug="vide")
    with pytest.raises(InterestsUnclear, match="no application has been filed yet"):
        declares(fund, call, "alix", {})


def test_only_who_sits_on_the_committee_declares_and_in_a_call_of_the_fund(fund: Fund, call: Call) -> None:
    with pytest.raises(NotOnCommittee, match="“secretary” does not sit on the committee"):
        declares(fund, call, "secretary")
    other = a_committee("autre-fonds")
    with pytest.raises(FundDiffers):
        declares(other, call, "alix")


def test_the_party_of_the_applicant_is_recused_whatever_the_role_in_which_it_speaks(fund: Fund, call: Call) -> None:
    """Basile sits for nobody, and is also the artist of P1's company; Carmen's word for it ended before the call."""
    a_person(fund, "basile", "artist", party="CIE/P1")
    a_person(fund, "carmen", "artist", party="CIE/P2")
    User.objects.get(username="carmen").accesses.filter(role="artist").update(until=date(2026, 2, 1))
    made = apply_rules(call, on=CONVENED)
    assert [(row.person, row.application.number, row.manner, row.interest) for row in made] == [
        ("basile", 1, "rule", "lead")
    ]
    assert apply_rules(call, on=CONVENED) == ()
    assert fund.acts.filter(kind="recused-by-rule").get().reference == "appel-2026:1:basile"


def test_the_lead_of_the_proposal_is_recused_too(fund: Fund, call: Call) -> None:
    application = number(call, 3)
    Application.objects.filter(pk=application.pk).update(applicant="CIE/P2")
    a_person(fund, "driss", "member", party="CIE/P3")
    assert [row.application.number for row in apply_rules(call, on=CONVENED)] == [3]


def test_a_sponsor_is_recused_the_moment_it_stands_for_the_project(fund: Fund, call: Call) -> None:
    a_member(Actor(fund=fund, by="T"), "THE")
    a_person(fund, "elsa", "member", party="THE")
    application = number(call, 4)
    Application.objects.filter(pk=application.pk).update(state="complete", proposal=None)
    application.refresh_from_db()
    assert recused_people(application) == frozenset()
    party = Party.objects.get(fund=fund, code="THE")
    signed = Signature(person="elsa", at=at(10))
    sponsor(Actor(fund=fund, by="elsa"), application, party, commits_to=["production"], signed=signed)
    assert recused_people(application) == {"elsa"}
    assert Recusal.objects.get().interest == "sponsor"


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("partners", {"name": "membre  THE (FICTIF)", "role": "résidence"}),
        ("prepurchases", {"buyer": "Membre THE (fictif)", "performances": "2", "amount": "1000"}),
        (
            "receipts",
            {"source": "THE", "kind": "coproduction", "amount": "2000", "certainty": "acquired"},
        ),
        ("team", {"name": "Farid (fictif)", "function": "régie"}),
    ],
)
def test_who_is_a_partner_or_is_paid_by_the_project_is_recused(
    fund: Fund, call: Call, table: str, line: dict[str, str]
) -> None:
    a_member(Actor(fund=fund, by="T"), "THE")
    a_person(fund, "farid", "member", party="THE")
    application = number(call, 2)
    refile(application, **{table: [line]})
    (row,) = apply_rules(call, on=CONVENED)
    assert (row.person, row.application.number, row.interest) == ("farid", 2, "engaged")


def test_a_host_of_a_planned_date_or_another_funder_is_not_recused_by_that(fund: Fund, call: Call) -> None:
    a_member(Actor(fund=fund, by="T"), "THE")
    a_person(fund, "farid", "member", party="THE")
    refile(
        number(call, 2),
        dates=[{"on": "2026-10-01", "place": "Sabres", "host": "member:THE"}],
        receipts=[{"source": "THE", "kind": "aid", "amount": "2000", "certainty": "requested"}],
    )
    assert apply_rules(call, on=CONVENED) == ()


def test_who_joins_the_committee_is_recused_by_rule_at_once(fund: Fund, call: Call) -> None:
    grant_access(fund, username="hana", role="artist", on=CONVENED, party="CIE/P4", password="un-mot-de-passe-long")
    assert recusals_of(call) == {}
    grant_access(fund, username="hana", role="committee", on=CONVENED)
    assert recusals_of(call) == {"hana": {4}}


def test_a_draft_is_nobodys_business(fund: Fund, call: Call) -> None:
    Application.objects.filter(call=call, number=1).update(state="draft")
    a_person(fund, "basile", "artist", party="CIE/P1")
    assert apply_rules(call, on=CONVENED) == ()
    declares(fund, call, "alix", {2: Answer(), 3: Answer(), 4: Answer()})


def test_a_recusal_ends_the_task_of_the_rapporteur(fund: Fund, call: Call) -> None:
    task = Assignment.objects.create(application=number(call, 1), person="alix", manner="by-hand", on=FILED_BY, by="s")
    declares(fund, call, "alix", NONE | {1: Answer("engaged")})
    task.refresh_from_db()
    assert (task.ended_on, task.why_ended) == (at(9).date(), "recusal")


def test_voices_show_numerator_and_denominator(fund: Fund, call: Call) -> None:
    declares(fund, call, "alix", NONE | {1: Answer("employee")})
    voices = voices_on(number(call, 1), CONVENED)
    assert (voices.electorate, voices.recused) == (PEOPLE, ("alix",))
    assert voices.may_vote == PEOPLE[1:]
    assert voices_on(number(call, 2), CONVENED).may_vote == PEOPLE
    fund.accesses.filter(user__username="alix").update(until=CONVENED - timedelta(days=1))
    left = voices_on(number(call, 1), CONVENED)
    assert (left.electorate, left.recused) == (PEOPLE[1:], ())


def test_a_vote_that_opens_finds_the_recusals_that_nobody_told_it_of(fund: Fund, call: Call) -> None:
    everybody_declares(call)
    debated_all(call)
    a_person(fund, "basile", "artist", party="CIE/P1")
    vote = a_vote(fund, call, under_way(fund, call, *PEOPLE))
    assert voice(vote, "basile").recused == ["P1"]
    assert vote.rules["recusals"] == {"basile": ["P1"]}


def test_filing_recuses_whoever_it_names(fund: Fund) -> None:
    """The company files a version that names somebody of the committee in its team."""
    call = a_committee_call(fund, slug="depot")
    application = an_application(fund, call, "P1")
    everybody_declares(call)
    typed = {
        "fields": {"title": "Projet", "summary": "Un projet.", "note": "Une note.", "minimum": "100", "target": "100"},
        "tables": {"charges": [{"label": "Décor", "amount": "100"}], "team": [{"name": "Carmen (fictif)"}]},
    }
    Application.objects.filter(pk=application.pk).update(state="filed", draft=typed, proposal=None)
    application.refresh_from_db()
    signed = Signature(person="artist", at=at(12, on=FILED_BY))
    seen = fingerprint(version_content(application))
    file_application(Actor(fund=fund, by="artist"), application, signed=signed, seen=seen)
    assert recused_people(application) == {"carmen"}
