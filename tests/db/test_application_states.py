"""Every act in every state; then the secretary, sponsors and the preliminary questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from allocation.amounts import amount_of
from allocation.applying.admissions import (
    admit_application,
    declare_complete,
    declare_inadmissible,
    return_application,
)
from allocation.applying.applications import (
    file_application,
    withdraw_application,
)
from allocation.applying.errors import (
    AnswerInvalid,
    ApplicationIneligible,
    ApplicationsClosed,
    CommitmentInvalid,
    CompanyActImpossible,
    CompletionDayInvalid,
    NotASponsor,
    ReasonInvalid,
    SecretaryActImpossible,
    VoteAlreadyOpen,
)
from allocation.applying.fit import answer_questions, compared_answers
from allocation.applying.sponsors import sponsor_application, standing_sponsors, withdraw_sponsorship
from allocation.applying.states import ACTS, STATES, may
from allocation.errors import BallotsAlreadyCast
from allocation.models import Application, Ballot, Call, Vote
from fund.errors import MemberUnknown
from fund.models import Fund
from fund.services.actors import Actor
from fund.services.applications import admit, answer_as_member, sponsor
from tests.applying import (
    COMPANY,
    a_call_to_companies,
    a_company,
    a_draft,
    a_filed_application,
    at,
    saved,
    sponsored,
    typed,
)
from tests.committees import CLOSES, FILED_BY, OPENS, a_committee

pytestmark = pytest.mark.django_db

LATE = FILED_BY + timedelta(days=1)


@pytest.fixture
def fund() -> Fund:
    return a_committee()


@pytest.fixture
def call(fund: Fund) -> Call:
    a_company(fund)
    return a_call_to_companies(fund)


def fresh(application: Application) -> Application:
    return Application.objects.select_related("call", "proposal").get(pk=application.pk)


# ── States and acts ────────────────────────────────────────────────────────────────────────────────────────────────

SECRETARY = at(FILED_BY, "secretary")


def _return(application: Application) -> object:
    return return_application(application=application, told="Il manque.", until=CLOSES, signed=SECRETARY)


POSSIBLE = """
state         save file withdraw return complete admit refuse sponsor answer
draft         x    x    x        -      -        -     -      x       x
filed         x    x    x        x      x        -     x      x       x
returned      x    x    x        -      -        -     x      x       x
complete      -    -    x        x      -        x     x      x       x
admitted      -    -    x        -      -        -     -      -       x
inadmissible  -    -    -        -      -        -     -      -       -
withdrawn     -    -    -        -      -        -     -      -       -
"""
LEADS_TO = {"file": "filed", "withdraw": "withdrawn", "return": "returned", "complete": "complete", "admit": "admitted",
            "refuse": "inadmissible"}  # fmt: skip


def possible(state: str, act: str) -> bool:
    """What the table says."""
    acts, *rows = (line.split() for line in POSSIBLE.strip().splitlines())
    return next(row[acts.index(act)] == "x" for row in rows if row[0] == state)


ACTING: dict[str, Callable[[Application], object]] = {
    "save": lambda each: saved(each, typed(title="Autre"), on=FILED_BY),
    "file": lambda each: (
        saved(each, typed(title="Autre"), on=FILED_BY) if may("save", each.state) else None,
        file_application(application=each, signed=at(FILED_BY)),
    ),
    "withdraw": lambda each: withdraw_application(application=each, signed=at(FILED_BY)),
    "return": _return,
    "complete": lambda each: declare_complete(application=each, signed=SECRETARY),
    "admit": lambda each: admit_application(application=each, signed=SECRETARY),
    "refuse": lambda each: declare_inadmissible(application=each, told="Hors champ.", signed=SECRETARY),
    "sponsor": lambda each: sponsor_application(
        application=each, member="M1", commits_to=["production"], signed=at(FILED_BY)
    ),
    "answer": lambda each: answer_questions(
        application=each, side="company", party=COMPANY, answers={"origin": ("choice", "")}, signed=at(FILED_BY)
    ),
}


def in_state(call: Call, state: str, *, reference: str = "R-1") -> Application:
    """An application that came to the state by the acts that lead there."""
    application = a_draft(call, reference=reference)
    road = {
        "draft": (),
        "filed": ("file",),
        "returned": ("file", "return"),
        "complete": ("file", "complete"),
        "admitted": ("file", "complete", "admit"),
        "inadmissible": ("file", "refuse"),
        "withdrawn": ("withdraw",),
    }[state]
    for act in road:
        ACTING[act](fresh(application))
    assert fresh(application).state == state
    return fresh(application)


AGAIN = {("withdraw", "withdrawn"), ("complete", "complete"), ("admit", "admitted"), ("refuse", "inadmissible"),
         ("return", "returned")}  # fmt: skip
"""The same act again finds the first."""


@pytest.mark.parametrize("state", STATES)
def test_every_act_in_every_state(state: str, call: Call) -> None:
    application = in_state(call, state)
    assert set(POSSIBLE.split()) >= {*STATES, *ACTS}
    for act in ACTS:
        with transaction.atomic():
            try_act(act, state, fresh(application))
            transaction.set_rollback(True)


def try_act(act: str, state: str, application: Application) -> None:
    if possible(state, act):
        ACTING[act](application)
        assert fresh(application).state == LEADS_TO.get(act, state)
    elif (act, state) in AGAIN:
        events = application.events.count()
        ACTING[act](application)
        assert (fresh(application).state, application.events.count()) == (state, events)
    else:
        company = act in ("save", "file", "withdraw", "sponsor", "answer")
        with pytest.raises(CompanyActImpossible if company else SecretaryActImpossible) as refused:
            ACTING[act](application)
        assert refused.value.sentence("fr") != refused.value.sentence("en")
        assert fresh(application).state == state


# ── The secretary ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_returned_application_is_filed_again_after_the_last_day_of_the_call(call: Call) -> None:
    application = a_filed_application(call)
    until = FILED_BY + timedelta(days=10)
    return_application(application=application, told="Le budget.", until=until, signed=SECRETARY, note="Bruit.")
    saved(application, typed(title="Complété"), on=until)
    assert file_application(application=application, signed=at(until)).number == 2
    return_application(application=application, told="Encore.", until=until, signed=at(until, "secretary"))
    with pytest.raises(ApplicationsClosed):
        saved(application, typed(title="Trop tard"), on=until + timedelta(days=1))


def test_the_secretary_says_what_is_asked_until_a_day_that_comes(call: Call) -> None:
    application = a_filed_application(call)
    for told in ("", "  ", "a\0b", "x" * 5001):
        with pytest.raises(ReasonInvalid):
            return_application(application=application, told=told, until=CLOSES, signed=SECRETARY)
    for until in (FILED_BY - timedelta(days=1), CLOSES + timedelta(days=1)):
        with pytest.raises(CompletionDayInvalid):
            return_application(application=application, told="Le budget.", until=until, signed=SECRETARY)
    assert fresh(application).state == "filed"


def test_an_admitted_application_becomes_a_proposal_with_its_strand_and_amounts(fund: Fund) -> None:
    a_company(fund)
    call = a_call_to_companies(fund, strands=(("creation", 1_000_000), ("reprise", 500_000)))
    application = a_filed_application(call, strand="creation")
    declare_complete(application=application, signed=SECRETARY)
    with pytest.raises(ApplicationIneligible, match="parrains"):
        admit(Actor(fund=fund, by="secretary"), application, signed=SECRETARY)
    assert not call.proposals.exists()
    sponsored(fund, application)
    proposal = admit(Actor(fund=fund, by="secretary"), application, signed=SECRETARY, note="Entre nous.")
    assert admit(Actor(fund=fund, by="secretary"), application, signed=SECRETARY) == proposal
    assert (proposal.code, proposal.lead, proposal.name) == ("appel-001", COMPANY, "La Traversée (fictif)")
    assert proposal.minimum is not None
    assert proposal.envelope is not None
    assert (amount_of(proposal.asked).minor, amount_of(proposal.minimum).minor) == (900_000, 600_000)
    assert proposal.envelope.code == "creation"
    assert application.events.get(kind="admitted").note == "Entre nous."


def test_no_proposal_joins_a_vote_that_has_begun(fund: Fund, call: Call) -> None:
    application = a_filed_application(call)
    declare_complete(application=application, signed=SECRETARY)
    Vote.objects.create(
        call=call, number=1, reference="V1", kind="approval", question="?", subject={"proposals": []}, rules={},
        secret=True, opened_at=SECRETARY.at, opened_by="chair", closes=SECRETARY.at,
    )  # fmt: skip
    with pytest.raises(VoteAlreadyOpen, match="appel"):
        admit_application(application=application, signed=SECRETARY)


def test_no_proposal_joins_a_call_in_which_ballots_were_cast(call: Call) -> None:
    application = a_filed_application(call)
    declare_complete(application=application, signed=SECRETARY)
    Ballot.objects.create(call=call, voter="V", approvals=[], cast_on=FILED_BY)
    with pytest.raises(BallotsAlreadyCast):
        admit_application(application=application, signed=SECRETARY)


def test_a_proposal_leaves_with_its_application_until_somebody_votes(call: Call) -> None:
    application = in_state(call, "admitted")
    withdraw_application(application=application, signed=at(FILED_BY))
    assert (fresh(application).proposal, call.proposals.count()) == (None, 0)
    other = in_state(call, "admitted", reference="R-2")
    Ballot.objects.create(call=call, voter="V", approvals=[], cast_on=FILED_BY)
    with pytest.raises(CompanyActImpossible, match="being examined"):
        withdraw_application(application=other, signed=at(FILED_BY))
    assert fresh(other).proposal is not None


# ── Sponsors and preliminary questions ─────────────────────────────────────────────────────────────────────────────


def test_a_member_stands_for_an_application_changes_its_mind_and_withdraws(fund: Fund, call: Call) -> None:
    application = a_draft(call)
    sponsored(fund, application, count=2)
    first = sponsor_application(
        application=application, member="M1", commits_to=["diffusion", "production"], signed=at(OPENS)
    )
    assert application.sponsorships.count() == 2
    sponsor_application(application=application, member="M1", commits_to=["production"], signed=at(OPENS))
    first.refresh_from_db()
    assert first.withdrawn_on == OPENS
    assert [(each.member, each.commits_to) for each in standing_sponsors(application)] == [
        ("M2", ["production", "diffusion"]),
        ("M1", ["production"]),
    ]
    withdraw_sponsorship(application=application, member="M1", signed=at(FILED_BY))
    withdraw_sponsorship(application=application, member="M1", signed=at(LATE))
    assert [each.member for each in standing_sponsors(application)] == ["M2"]
    for wrong in ([], ["money"], ["production", "money"]):
        with pytest.raises(CommitmentInvalid):
            sponsor_application(application=application, member="M1", commits_to=wrong, signed=at(OPENS))
    with pytest.raises(NotASponsor):
        withdraw_sponsorship(application=application, member="M9", signed=at(OPENS))


def test_only_members_sponsor_and_answer_as_members(fund: Fund, call: Call) -> None:
    application, stranger = a_draft(call), a_company(fund, "CIE/Z")
    actor = Actor(fund=fund, by="Z")
    with pytest.raises(MemberUnknown):
        sponsor(actor, application, stranger, commits_to=["production"], signed=at(OPENS))
    with pytest.raises(MemberUnknown):
        answer_as_member(actor, application, stranger, answers={}, signed=at(OPENS))


def test_answers_stand_side_by_side_and_where_they_differ_is_named(call: Call) -> None:
    application = a_draft(call)

    def answer(side: str, party: str, choice: str, why: str = "") -> None:
        answers = {"origin": (choice, why), "values": ("", "")}
        answer_questions(application=application, side=side, party=party, answers=answers, signed=at(OPENS))

    answer("company", COMPANY, "choice")
    answer("member", "M1", "choice")
    names = {COMPANY: "La compagnie", "M1": "Le théâtre", "M2": "Le festival"}
    (agreed,) = (each for each in compared_answers(application, names.__getitem__) if each.answers)
    assert (agreed.differs, agreed.difference("fr")) == (False, "")
    answer("member", "M2", "injunction", "On nous l’a demandé.")
    answer("member", "M1", "necessity")
    answer("member", "M1", "choice")
    (differing,) = (each for each in compared_answers(application, names.__getitem__) if each.answers)
    assert differing.difference("fr") == "La compagnie et Le théâtre : un choix ; Le festival : une injonction"
    assert differing.difference("en") == "La compagnie and Le théâtre: a choice; Le festival: an injunction"
    assert application.fit_answers.count() == 3


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"money": ("yes", "")}, "question_unknown"),
        ({"origin": ("money", "")}, "choice_unknown"),
        ({"origin": ("choice", "x" * 2001)}, "too_long"),
        ({"origin": ("choice", "a\0b")}, "too_long"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(answers: dict[str, tuple[str, str]], why: str, call: Call) -> None:
    application = a_draft(call)
    with pytest.raises(AnswerInvalid) as refused:
        answer_questions(
            application=application, side="member", party="M1", answers={"values": ("shared", ""), **answers},
            signed=at(OPENS),
        )  # fmt: skip
    assert refused.value.figures["why"] == why
    assert not application.fit_answers.exists()
