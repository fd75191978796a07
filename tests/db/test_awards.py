"""Voted, notified, signed, paid: four different days, and the books know which is which."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from allocation.applying.typed import as_typed
from allocation.deciding.errors import ScenarioNotAdopted
from allocation.models import Decision
from fund.errors import RecordConflict
from fund.models import Act, AwardNotice, OutgoingMail, Project
from fund.queries.papers import paper_of
from fund.services.actors import Actor
from fund.services.awards import Letter, Put, compute, keep_dissent, notify_awards, put_to_the_vote, record_decision
from fund.services.disbursements import release_tranche
from fund.services.founding import open_year
from fund.services.notice_errors import (
    AgreementBeforeNotice,
    CallNotDecided,
    NoticeAfterAgreement,
    NoticeBeforeAward,
    NoticeMissing,
)
from fund.services.projects import sign_agreement
from ledger.audit import find_faults
from ledger.balances import balances
from ledger.models import Entry
from tests.committees import EVENING, a_person, at
from tests.deciding import (
    NOTIFIED,
    OTHERWISE,
    a_notified_evening,
    a_recorded_evening,
    a_voted_evening,
    an_adoption,
    answers,
    letters_of,
    some_scenarios,
)

pytestmark = pytest.mark.django_db


def booked(actor: Actor, chart: str, *, as_of: date | None = None) -> int:
    return sum(each.amount.minor for each in balances(actor.fund.slug, chart=chart, as_of=as_of))


def test_a_decision_is_a_commitment_off_balance_sheet_until_it_is_notified() -> None:
    actor, decision = a_recorded_evening()
    assert decision.decided_by == "secretary"
    assert {each.code: each.awarded_minor for each in Project.objects.all()} == {
        "P1": 900_000,
        "P2": 400_000,
        "P3": 500_000,
    }
    assert (booked(actor, "8091"), booked(actor, "80181"), booked(actor, "6571")) == (1_800_000, -1_800_000, 0)
    assert Act.objects.filter(kind="call-decided", reference="decision:appel-2026").count() == 1
    again = record_decision(actor, call="appel-2026", vote=decision.vote.number, at=at(22))
    assert (again, Act.objects.filter(kind="call-decided").count()) == (decision, 1)


def test_what_is_not_adopted_leaves_nothing_behind() -> None:
    fund, call = a_voted_evening()
    some_scenarios(call)
    vote = an_adoption(call, papers=answers(yes=2, no=4))
    with pytest.raises(ScenarioNotAdopted):
        record_decision(Actor(fund, "secretary"), call=call.slug, vote=vote.number, at=at(21))
    assert (
        Project.objects.count() == Decision.objects.count() == Entry.objects.filter(book__slug=fund.slug).count() == 0
    )


def test_the_notice_books_the_grant_and_writes_to_every_company() -> None:
    actor, decision = a_recorded_evening()
    a_person(actor.fund, "artiste-p1", "artist", party="CIE/P1")
    a_person(actor.fund, "artiste-p4", "artist", party="CIE/P4")
    notices = notify_awards(
        actor, call="appel-2026", letters=letters_of(decision.call), on=NOTIFIED, at=at(9, on=NOTIFIED)
    )
    assert [each.project.code for each in notices] == ["P1", "P2", "P3"]
    for chart, minor in {"8091": 0, "80181": 0, "6571": 1_800_000, "4682": -1_800_000}.items():
        assert booked(actor, chart) == minor
    assert [(mail.recipient, mail.subject) for mail in OutgoingMail.objects.order_by("reference")] == [
        ("artiste-p1@example.org", "Réponse P1"),
        ("artiste-p4@example.org", "Réponse P4"),
    ]
    again = notify_awards(
        actor, call="appel-2026", letters=letters_of(decision.call), on=NOTIFIED, at=at(10, on=NOTIFIED)
    )
    assert again == notices
    assert (OutgoingMail.objects.count(), booked(actor, "6571")) == (2, 1_800_000)
    paper = paper_of(actor.fund, "notice:NOTIF-appel-2026-P1")
    assert paper is not None
    assert (paper.kind, paper.on, paper.signed_by) == ("notice", NOTIFIED, ("secretary",))
    assert find_faults(actor.fund.slug) == []


def test_a_vote_of_december_that_is_notified_in_january_is_an_expense_of_the_next_year() -> None:
    fund, call = a_voted_evening()
    some_scenarios(call)
    vote = an_adoption(call)
    actor, december = Actor(fund, "secretary"), datetime.fromisoformat("2026-12-28T21:00:00+01:00")
    record_decision(actor, call=call.slug, vote=vote.number, at=december)
    open_year(actor, 2027)
    january = date(2027, 1, 5)
    notify_awards(actor, call=call.slug, letters=letters_of(call), on=january, at=at(9, on=january))
    last = date(2026, 12, 31)
    assert (booked(actor, "6571", as_of=last), booked(actor, "8091", as_of=last)) == (0, 1_800_000)
    assert (booked(actor, "6571", as_of=january), booked(actor, "8091", as_of=january)) == (1_800_000, 0)


def test_the_agreement_of_a_notified_award_books_nothing_more_and_its_tranches_are_paid() -> None:
    actor, _ = a_notified_evening()
    project = Project.objects.get(code="P1")
    before = Entry.objects.filter(book__slug=actor.fund.slug).count()
    agreement = sign_agreement(actor, project, reference="CONV-P1", on=date(2026, 6, 10))
    assert Entry.objects.filter(book__slug=actor.fund.slug).count() == before
    assert [(each.condition, each.amount_minor) for each in agreement.tranches.all()] == [
        ("agreement", 300_000),
        ("premiere", 600_000),
    ]
    first = agreement.tranches.get(number=1)
    release_tranche(actor, first, reference="PAY-1", on=date(2026, 6, 12), prepared_by="T", approved_by="P")
    assert (booked(actor, "4682"), booked(actor, "512")) == (-1_500_000, -300_000)
    assert find_faults(actor.fund.slug) == []


def test_the_tranche_of_the_premiere_falls_due_on_the_first_date_that_the_application_plans() -> None:
    fund, call = a_voted_evening()
    dates = [{"on": day, "place": "Salle", "host": "other"} for day in ("2026-10-09", "2026-09-25")]
    application = call.applications.get(proposal__code="P1")
    content = {"form": "application/1", **as_typed({"tables": {"dates": dates}}), "documents": []}
    application.versions.create(number=2, content=content, sha256="", filed_on=EVENING, filed_by="artist")
    some_scenarios(call)
    vote = an_adoption(call)
    actor = Actor(fund, "secretary")
    record_decision(actor, call=call.slug, vote=vote.number, at=at(21))
    notify_awards(actor, call=call.slug, letters=letters_of(call), on=NOTIFIED, at=at(9, on=NOTIFIED))
    signed = {
        code: sign_agreement(actor, Project.objects.get(code=code), reference=f"CONV-{code}", on=date(2026, 6, 10))
        for code in ("P1", "P2")
    }
    assert signed["P1"].tranches.get(condition="premiere").due_on == date(2026, 9, 25)
    assert signed["P2"].tranches.get(condition="premiere").due_on == date(2026, 6, 10), "nothing was planned"


def test_notices_out_of_order_are_refused_by_name() -> None:
    fund, call = a_voted_evening()
    actor = Actor(fund, "secretary")
    facts = {"call": call.slug, "letters": letters_of(call), "at": at(9, on=NOTIFIED)}
    with pytest.raises(CallNotDecided):
        notify_awards(actor, **facts, on=NOTIFIED)
    some_scenarios(call)
    record_decision(actor, call=call.slug, vote=an_adoption(call).number, at=at(21))
    with pytest.raises(NoticeBeforeAward, match="decided on 2026-05-28"):
        notify_awards(actor, **facts, on=EVENING - timedelta(days=1))
    with pytest.raises(NoticeMissing, match="The letter of P2"):
        notify_awards(actor, **facts | {"letters": {**letters_of(call), "P2": Letter("x", " ")}}, on=NOTIFIED)
    sign_agreement(actor, Project.objects.get(code="P3"), reference="CONV-P3", on=EVENING)
    with pytest.raises(NoticeAfterAgreement, match="signed on 2026-05-28"):
        notify_awards(actor, **facts, on=NOTIFIED)
    assert AwardNotice.objects.count() == 0


def test_another_day_or_an_older_agreement_does_not_pass() -> None:
    actor, decision = a_notified_evening()
    later = NOTIFIED + timedelta(days=1)
    with pytest.raises(RecordConflict, match="The notice"):
        notify_awards(actor, call="appel-2026", letters=letters_of(decision.call), on=later, at=at(9, on=later))
    with pytest.raises(AgreementBeforeNotice, match="notified on 2026-06-03"):
        sign_agreement(actor, Project.objects.get(code="P1"), reference="CONV", on=NOTIFIED - timedelta(days=1))


def test_a_scenario_is_put_to_the_vote_and_what_differs_is_voted_with_it() -> None:
    fund, call = a_voted_evening()
    actor = Actor(fund, "secretary")
    assert compute(actor, call=call.slug, at=at(20)) == compute(actor, call=call.slug, at=at(20, 1))
    assert Act.objects.filter(kind="scenarios-computed").count() == 1
    vote = put_to_the_vote(
        actor,
        call,
        scenario=1,
        otherwise=OTHERWISE,
        put=Put("adoption", "yes-no", "Adoptez-vous ?", at(20, 40)),
        at=at(20, 5),
        meeting=call.meetings.get(),
    )
    assert vote.subject == {"scenario": 1, "otherwise": OTHERWISE.subject()}
    assert not vote.electors.filter(person="driss").exists()
    kept = keep_dissent(Actor(fund, "elsa"), call=call.slug, text="Trop peu pour le nord.", at=at(20, 6))
    assert kept == keep_dissent(Actor(fund, "elsa"), call=call.slug, text="Trop peu pour le nord.", at=at(20, 7))
    assert Act.objects.filter(kind="dissent-kept").count() == 1
