"""A draft becomes the charter by a recorded decision; what was done keeps the rules under which it was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from fund import errors
from fund.charter.faults import CharterInvalid
from fund.charter.legal_form import legal_questions
from fund.charter.reading.reader import read_charter
from fund.charter.shipped import shipped_text
from fund.models import (
    Act,
    CharterDecision,
    CharterDraft,
    CharterVersion,
    Fund,
)
from fund.queries.last_acts import last_act
from fund.services.actors import Actor
from fund.services.adoption import adopt_charter, adopt_draft, check_adoption, propose_draft
from fund.services.contributions import call_contributions
from fund.services.decisions import Consent, Decision, NamedByFiles, Vote
from fund.services.founding import found_fund
from fund.services.issuing import issue_statements
from fund.services.periods import turn_period
from fund.services.returns import settle_return
from tests.builders import (
    CLOSING,
    NEW_YEAR,
    a_charter,
    a_fund,
    a_project,
    a_statement,
    close_until,
    paid_up,
)
from tests.decisions import CREAFONDS, DECISION, DOUBLED, HELD, JULY, ON
from tests.small_year import small_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return paid_up(a_fund())


def a_draft(actor: Actor, text: str = DOUBLED, *, replaces: CharterDraft | None = None) -> CharterDraft:
    return propose_draft(actor, text=text, title="", on=HELD, replaces=replaces)


def adopted(actor: Actor, text: str = DOUBLED, *, effective_from: date = JULY) -> CharterVersion:
    return adopt_draft(actor, a_draft(actor, text), on=ON, effective_from=effective_from, decision=DECISION)


def kept(fund: Fund) -> tuple[int, ...]:
    """How many rows an adoption could have left."""
    decisions = CharterDecision.objects.filter(version__fund=fund)
    return (fund.charters.count(), decisions.count(), fund.acts.filter(kind="charter-adopted").count())


def test_a_draft_is_kept_with_its_author_and_adopted_by_a_decision(actor: Actor) -> None:
    draft = a_draft(actor)
    assert (draft.number, draft.title, draft.proposed_by) == (1, "Créa’Fonds, la triple tresse", actor.by)
    version = adopt_draft(actor, draft, on=ON, effective_from=JULY, decision=DECISION)
    decision = version.decision
    assert (version.number, version.effective_from, version.adopted_on) == (2, JULY, HELD)
    assert (version.text, version.sha256) == (DOUBLED, read_charter(DOUBLED).sha256)
    assert (decision.draft, decision.body, decision.manner, decision.recorded_by) == (
        draft, "general-assembly", "vote", actor.by,
    )  # fmt: skip
    assert (decision.votes_for, decision.votes_against, decision.votes_abstained) == (7, 2, 1)
    act = Act.objects.get(kind="charter-adopted", reference="charter-2")
    assert (act.on, act.by, act.facts["minutes"], act.facts["held_on"]) == (ON, actor.by, "PV 2026-06", "2026-06-01")
    assert (act.facts["votes_for"], act.facts["sha256"], act.facts["draft"]) == (7, version.sha256, 1)


def test_the_same_decision_again_is_the_version_that_is_there_and_another_is_refused(actor: Actor) -> None:
    version, draft = adopted(actor), CharterDraft.objects.get()
    before = kept(actor.fund)
    assert adopt_draft(actor, draft, on=ON, effective_from=JULY, decision=DECISION) == version
    with pytest.raises(errors.RecordConflict, match="votes_for: 7 is kept, 8 is given"):
        adopt_draft(
            actor, draft, on=ON, effective_from=JULY, decision=replace(DECISION, how=Vote(8, 2, 1))
        )  # fmt: skip
    with pytest.raises(errors.RecordConflict, match="effective_from"):
        adopt_draft(actor, draft, on=ON, effective_from=date(2026, 8, 1), decision=DECISION)
    assert kept(actor.fund) == before


def test_a_draft_is_replaced_by_naming_it_and_proposed_once(actor: Actor) -> None:
    first = a_draft(actor)
    assert a_draft(actor) == first
    second = a_draft(actor, DOUBLED + "\n# mieux\n", replaces=first)
    assert (second.number, second.replaces) == (2, first)
    with pytest.raises(errors.DraftReplaced, match="draft 1 was replaced by the draft 2"):
        a_draft(actor, DOUBLED + "\n# encore\n", replaces=first)
    with pytest.raises(errors.DraftReplaced):
        adopt_draft(actor, first, on=ON, effective_from=JULY, decision=DECISION)
    adopt_draft(actor, second, on=ON, effective_from=JULY, decision=DECISION)
    with pytest.raises(errors.DraftAdopted, match="draft 2 was adopted as the version 2"):
        a_draft(actor, DOUBLED + "\n# encore\n", replaces=second)
    assert actor.fund.drafts.count() == 2
    assert list(actor.fund.acts.filter(kind="charter-proposed").values_list("facts__replaces", flat=True)) == [None, 1]


def test_a_text_that_is_no_charter_is_not_kept(actor: Actor) -> None:
    with pytest.raises(CharterInvalid):
        a_draft(actor, "rate = 8")
    assert not CharterDraft.objects.exists()


def test_consent_counts_nobody(actor: Actor) -> None:
    decision = replace(DECISION, how=Consent())
    version = adopt_draft(actor, a_draft(actor), on=ON, effective_from=JULY, decision=decision)
    assert (version.decision.manner, version.decision.votes_for, version.decision.present) == ("consent", None, 12)


def test_what_files_name_was_decided_elsewhere() -> None:
    decision = CharterDecision.objects.get(version=a_fund().fund.charters.get())
    assert (decision.manner, decision.body, decision.reference) == ("files", "files", "fund.toml 2026")
    assert (decision.present, decision.votes_for, decision.draft) == (None, None, None)


def test_the_year_s_files_record_a_decision_too() -> None:
    version = small_year().charters.get()
    assert (version.decision.manner, version.decision.reference) == ("files", "fund.toml 2026")


LATER = NEW_YEAR + timedelta(days=1)
SCIC = CREAFONDS.replace("association-1901", "scic")


def _with(**changes: object) -> Decision:
    return replace(DECISION, **changes)  # type: ignore[arg-type]


def _take(
    actor: Actor,
    text: str = DOUBLED,
    effective_from: date = JULY,
    decision: Decision | NamedByFiles = DECISION,
    on: date = ON,
) -> CharterVersion:
    return adopt_charter(actor, name="own", text=text, on=on, effective_from=effective_from, decision=decision)


def _far(text: str, line: str) -> str:
    return text.replace('legal_form = "association-1901"\n', f'legal_form = "association-1901"\n{line}\n')


# name: (the refusal, a word of its sentence, what provokes it)
# fmt: off
REFUSALS: dict[str, tuple[type[errors.FundError], str, Callable[[Actor], object]]] = {
    "another legal form": (errors.CharterLegalFormDiffers, "“scic”", lambda a: _take(a, SCIC)),
    "another currency": (errors.CharterCurrencyDiffers, "counts in GBP, the fund in EUR",
        lambda a: _take(a, DOUBLED.replace('currency = "EUR"', 'currency = "GBP"'))),
    "before the text's own day": (errors.CharterDayDiffers, "from 2026-09-01 on",
        lambda a: _take(a, _far(DOUBLED, "effective_from = 2026-09-01"))),
    "after the text's own end": (errors.CharterDayDiffers, "from 2026-01-01 to 2026-06-30",
        lambda a: _take(a, _far(DOUBLED, "effective_from = 2026-01-01\neffective_until = 2026-06-30"))),
    "another version of that day": (errors.RecordConflict, "sha256",
        lambda a: [_take(a), _take(a, DOUBLED + "\n")]),
    "before a version that is to come": (errors.CharterBeforeAct, "the version before it dates from 2026-07-01",
        lambda a: [_take(a), _take(a, DOUBLED + "\n", date(2026, 6, 15))]),
    "before a call": (errors.CharterBeforeAct, "the last call for contributions dates from 2026-07-03",
        lambda a: [call_contributions(a, year=2026, on=date(2026, 7, 3)), _take(a)]),
    "before an award": (errors.CharterBeforeAct, "the last award dates from 2026-05-31",
        lambda a: [a_project(a, signed=False), _take(a, effective_from=date(2026, 5, 31),
                                                     decision=_with(held_on=NEW_YEAR))]),
    "before an agreement": (errors.CharterBeforeAct, "the last agreement dates from 2026-06-07",
        lambda a: [a_project(a), _take(a, effective_from=date(2026, 6, 7))]),
    "before a return": (errors.CharterBeforeAct, "the last settled return dates from 2026-12-31",
        lambda a: [settle_return(a, a_statement(a, a_project(a)), on=CLOSING), _take(a)]),
    "before an issued statement": (errors.CharterBeforeAct, "the last issued statement dates from 2026-12-31",
        lambda a: [issue_statements(a, as_of=CLOSING, on=CLOSING, subjects=[("member", "A")]), _take(a)]),
    "inside a locked month": (errors.CharterBeforeAct, "locked or closed dates from 2026-07-31",
        lambda a: [turn_period(a, act="lock", on=JULY, why="checked"), _take(a)]),
    "inside a closed month": (errors.CharterBeforeAct, "locked or closed dates from 2026-07-31",
        lambda a: [close_until(a, JULY), _take(a)]),
    "before it was decided": (errors.CharterRetroactive, "2026-05-31, before it was decided on 2026-06-01",
        lambda a: _take(a, effective_from=date(2026, 5, 31))),
    "without minutes": (errors.DecisionInvalid, "name its minutes", lambda a: _take(a, decision=_with(reference=" "))),
    "with minutes of a thousand letters": (errors.DecisionInvalid, "more than 300",
        lambda a: _take(a, decision=_with(reference="x" * 1000))),
    "decided tomorrow": (errors.DecisionInvalid, "2026-06-11 is still to come",
        lambda a: _take(a, decision=_with(held_on=date(2026, 6, 11)))),
    "by nobody we know": (errors.DecisionInvalid, "no body is called “king”",
        lambda a: _take(a, decision=_with(body="king"))),
    "by the files, but with votes": (errors.DecisionInvalid, "no body is called “files”",
        lambda a: _take(a, decision=_with(body="files"))),
    "without quorum": (errors.DecisionInvalid, "7 were present or represented, the quorum is 8",
        lambda a: _take(a, decision=_with(present=7))),
    "with a quorum of nobody": (errors.DecisionInvalid, "from 1 to", lambda a: _take(a, decision=_with(quorum=0))),
    "more votes than people": (errors.DecisionInvalid, "13 votes were counted, 12 were present",
        lambda a: _take(a, decision=_with(how=Vote(10, 2, 1)))),
    "votes below zero": (errors.DecisionInvalid, "below zero", lambda a: _take(a, decision=_with(how=Vote(7, -1, 1)))),
    "a tie": (errors.DecisionInvalid, "5 for it and 5 against it do not carry it",
        lambda a: _take(a, decision=_with(how=Vote(5, 5, 0)))),
    "the text that is in force": (errors.DraftChangesNothing, "is the text of the version 1",
        lambda a: adopt_draft(a, a_draft(a, CREAFONDS), on=ON, effective_from=JULY, decision=DECISION)),
    "a draft of another fund": (errors.FundDiffers, "belongs to fonds-test",
        lambda a: adopt_draft(a_fund("autre"), a_draft(a), on=ON, effective_from=JULY, decision=DECISION)),
    "in the place of a draft of another fund": (errors.FundDiffers, "belongs to fonds-test",
        lambda a: a_draft(a_fund("autre"), replaces=a_draft(a))),
}
# fmt: on


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_says_why_in_both_languages_and_leaves_nothing(actor: Actor, name: str) -> None:
    refusal, words, provoke = REFUSALS[name]
    with pytest.raises(refusal) as caught, transaction.atomic():
        provoke(actor)
    assert words in caught.value.sentence("en")
    assert caught.value.sentence("fr") != caught.value.sentence("en")
    assert kept(actor.fund) == (1, 1, 1)


def test_looking_before_refuses_the_same_and_writes_nothing(actor: Actor) -> None:
    draft = a_draft(actor)
    before = kept(actor.fund)
    check_adoption(actor, draft, on=ON, effective_from=JULY, decision=DECISION)
    with pytest.raises(errors.DecisionInvalid):
        check_adoption(actor, draft, on=ON, effective_from=JULY, decision=_with(present=1))
    with pytest.raises(errors.CharterRetroactive):
        check_adoption(actor, draft, on=ON, effective_from=LATER, decision=DECISION)
    assert kept(actor.fund) == before


def test_the_minutes_may_look_back_over_days_on_which_nothing_was_computed(actor: Actor) -> None:
    version = _take(actor, effective_from=LATER, decision=_with(retroactive=True))
    assert (version.effective_from, version.decision.retroactive) == (LATER, True)
    assert last_act(actor.fund).on == LATER  # type: ignore[union-attr]


def test_an_unlocked_month_holds_nothing_back(actor: Actor) -> None:
    turn_period(actor, act="lock", on=JULY, why="checked")
    turn_period(actor, act="unlock", on=JULY, why="one receipt is missing")
    assert _take(actor).number == 2


CASH = CREAFONDS.replace(
    'form = "drawing-right"\nkey = "contribution"\nexpires_months = 36',
    'form = "cash"\nkey = "contribution"\nlegal_basis = "Statuts, article 9 : reprise des apports"',
)


def test_the_legal_form_asks_for_the_legal_basis_and_refuses_without(actor: Actor) -> None:
    (question,) = legal_questions(read_charter(CASH))
    assert (question.key, question.named) == (
        "cash-to-members:returns.droit-de-suite", "Statuts, article 9 : reprise des apports",
    )  # fmt: skip
    for bases in ({}, {question.key: "  "}, {"cash-to-members:returns.other": "Statuts"}):
        with pytest.raises(errors.LegalBasisMissing, match=r"returns\.droit-de-suite \(cash-to-members\)"):
            _take(actor, CASH, decision=_with(legal_bases=bases))
    with pytest.raises(errors.DecisionInvalid, match="at most 500"):
        _take(actor, CASH, decision=_with(legal_bases={question.key: "x" * 501}))
    assert kept(actor.fund) == (1, 1, 1)
    version = _take(actor, CASH, decision=_with(legal_bases={question.key: "Statuts, article 9"}))
    assert version.decision.legal_bases == [
        {"code": "cash-to-members", "article": "returns.droit-de-suite", "basis": "Statuts, article 9"}
    ]


def test_what_files_do_not_answer_stays_open() -> None:
    actor = found_fund(
        slug="sep", name="SEP (fictive)", legal_form="sep", siren="", currency="EUR", on=NEW_YEAR, by="T. (fictif)"
    )
    version = a_charter(actor, shipped_text("sep").decode(), on=NEW_YEAR)
    answers = {row["code"]: row["basis"] for row in version.decision.legal_bases}
    assert answers["sep-revealed"] == ""
    assert answers["cash-to-members"] != ""


def test_the_database_itself_keeps_decisions_whole(actor: Actor) -> None:
    version = actor.fund.charters.get()
    other = CharterVersion.objects.create(
        fund=actor.fund, number=9, name="x", text="", sha256="", effective_from=JULY, adopted_on=HELD
    )
    for wrong in (
        {"reference": ""},
        {"manner": "vote", "votes_for": 2, "votes_against": 2, "votes_abstained": 0},
        {"manner": "vote", "votes_for": None, "votes_against": 2, "votes_abstained": 0},
        {"manner": "consent", "votes_for": 2},
        {"present": 7},
        {"present": None},
        {"recorded_on": NEW_YEAR},
        {"body": "files"},
    ):
        row = {
            "held_on": HELD, "body": "board", "manner": "consent", "present": 9, "quorum": 8, "reference": "PV",
            "recorded_on": ON, "recorded_by": "T",
        }  # fmt: skip
        with pytest.raises(IntegrityError, match="charter_decision_"), transaction.atomic():
            CharterDecision.objects.create(version=other, **row | wrong)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        CharterDecision.objects.filter(version=version).update(votes_for=1000)
