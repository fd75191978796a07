"""Express, then debate: who may speak, when, what is seen of it; every refusal by its name."""

from __future__ import annotations

from datetime import datetime

import pytest

from allocation.debating.debate import Resolution, is_debated, not_debated
from allocation.debating.errors import (
    AnswerToNothing,
    ApplicationNotDebated,
    ArgumentConflict,
    ArgumentUnknown,
    DebateConflict,
    DebateMomentsInvalid,
    DebateNotBegun,
    DebateOfCommittee,
    DebateOfSecretary,
    DebateOver,
    DebateTextInvalid,
    DebateWordUnknown,
    PositionsOver,
    PositionsShown,
    PositionTaken,
    ResolutionInvalid,
    SynthesisMissing,
    SynthesisNotYours,
)
from allocation.errors import AllocationError
from allocation.instructing.interest_errors import InterestsNotDeclared, PersonRecused
from allocation.models import Application, Argument, Assignment, Call, Debate, InterestDeclaration, Meeting, Recusal
from fund.models import Access, Act, Fund, OutgoingMail
from fund.queries.debates import DEEPEST, DebateShown, debate_shown, debates_of
from fund.services.actors import Actor
from fund.services.debates import add_argument, close_debate, open_debate, open_debates, synthesise, take_position
from tests.committees import CONVENED, EVENING, PEOPLE, a_call_to_decide, a_person, at

pytestmark = pytest.mark.django_db

OPENED, UNTIL, CLOSES, AFTER = at(9), at(12), at(18), at(19)


@pytest.fixture
def fund() -> Fund:
    return a_call_to_decide()[0]


@pytest.fixture
def call(fund: Fund) -> Call:
    return Call.objects.get(owner=fund.slug)


@pytest.fixture
def first(call: Call) -> Application:
    return call.applications.get(number=1)


def by(fund: Fund, person: str) -> Actor:
    return Actor(fund=fund, by=person)


def opened(fund: Fund, application: Application, **moments: datetime) -> Debate:
    facts = {"positions_until": UNTIL, "closes": CLOSES, "at": OPENED} | moments
    return open_debate(by(fund, "secretary"), application, **facts)


def recuse(application: Application, person: str) -> None:
    Recusal.objects.create(application=application, person=person, manner="declared", interest="employee", on=CONVENED)


def speak(fund: Fund, debate: Debate, *people: str, hour: int = 10, stance: str = "for") -> None:
    for person in people:
        take_position(by(fund, person), debate, stance=stance, reason=f"Raison de {person}", at=at(hour))


def argue(
    fund: Fund, debate: Debate, person: str = "alix", *, kind: str = "for", hour: int = 13, **said: object
) -> Argument:
    facts: dict[str, object] = {"reference": f"{person}-{kind}-{debate.arguments.count()}", "text": f"Dit par {person}"}
    return add_argument(by(fund, person), debate, kind=kind, at=at(hour), **(facts | said))  # type: ignore[arg-type]


def seen(fund: Fund, debate: Debate, person: str, moment: datetime) -> DebateShown:
    return debate_shown(fund, Debate.objects.get(pk=debate.pk), person, moment)


def test_positions_are_seen_by_nobody_until_everybody_spoke(fund: Fund, first: Application) -> None:
    debate = opened(fund, first)
    speak(fund, debate, *PEOPLE[:-1])
    for reader in (*PEOPLE, "secretary"):
        page = seen(fund, debate, reader, at(11))
        assert (page.is_shown, page.positions, page.stances, page.set_aside) == (False, (), (), 0)
        assert (page.spoken, page.waited_for, page.state) == (6, 7, "positions")
        assert (page.own.reason if page.own else None) == (f"Raison de {reader}" if reader in PEOPLE[:-1] else None)
    assert seen(fund, debate, "alix", at(11)).missing == ()
    assert seen(fund, debate, "secretary", at(11)).missing == ("Garance (fictif)",)
    speak(fund, debate, "garance", hour=11, stance="against")
    page = seen(fund, debate, "alix", at(11))
    assert (page.is_shown, page.state, len(page.positions)) == (True, "debate", 7)
    assert page.stances == (("for", 6), ("conditional", 0), ("against", 1), ("undecided", 0))


def test_positions_are_shown_at_their_moment_whoever_is_missing(fund: Fund, first: Application) -> None:
    debate = opened(fund, first)
    speak(fund, debate, "alix", "basile")
    assert not seen(fund, debate, "carmen", at(11, 59)).is_shown
    page = seen(fund, debate, "carmen", UNTIL)
    assert [each.name for each in page.positions] == ["Alix (fictif)", "Basile (fictif)"]
    with pytest.raises(PositionsOver, match="until 2026-05-28 12:00"):
        take_position(by(fund, "carmen"), debate, stance="for", reason="Trop tard", at=UNTIL)


def test_a_position_is_given_once_and_never_in_knowledge_of_the_others(fund: Fund, first: Application) -> None:
    debate = opened(fund, first)
    speak(fund, debate, "alix")
    again = take_position(by(fund, "alix"), debate, stance="for", reason=" Raison de alix\r\n", at=at(14))
    assert again.at == at(10), "a second click finds the first, even after the moment"
    with pytest.raises(PositionTaken, match="already"):
        take_position(by(fund, "alix"), debate, stance="against", reason="Raison de alix", at=at(10))
    speak(fund, debate, *PEOPLE[1:])
    a_person(fund, "hortense", "committee")
    Access.objects.filter(user__username="hortense").update(since=EVENING)
    InterestDeclaration.objects.create(call=first.call, person="hortense", number=1, at=at(8))
    other = opened(fund, first.call.applications.get(number=2), at=at(9, on=CONVENED))
    speak(fund, other, *PEOPLE)
    with pytest.raises(PositionsShown, match="Everybody has spoken on application 2"):
        speak(fund, other, "hortense")
    assert argue(fund, other, "hortense", hour=11).number == 1, "who came since debates like the others"
    assert Act.objects.filter(kind="position-taken", reference="appel-2026/1").count() == 7
    assert {str(act.facts) for act in Act.objects.filter(kind="position-taken")} == {"{}"}


def test_recused_people_neither_see_nor_speak_nor_count(fund: Fund, first: Application) -> None:
    recuse(first, "garance")
    debate = opened(fund, first)
    for act in (
        lambda: speak(fund, debate, "garance"),
        lambda: argue(fund, debate, "garance"),
        lambda: synthesise(by(fund, "garance"), debate, text="Mon avis", at=at(13)),
    ):
        with pytest.raises(PersonRecused):
            act()
    speak(fund, debate, *PEOPLE[:-1])
    page = seen(fund, debate, "alix", at(11))
    assert (page.is_shown, page.spoken, page.waited_for) == (True, 6, 6), "six of the six who may"
    hidden, free = debates_of(fund, first.call, "garance", at(11))[:2]
    assert (hidden.recused, hidden.debate, free.recused) == (True, None, False)


def test_a_recusal_that_comes_later_takes_the_position_out_of_the_count(fund: Fund, first: Application) -> None:
    debate = opened(fund, first)
    speak(fund, debate, *PEOPLE)
    argue(fund, debate, "garance")
    recuse(first, "garance")
    page = seen(fund, debate, "alix", at(14))
    assert (len(page.positions), page.set_aside, page.stances[0]) == (6, 1, ("for", 6))
    assert page.columns[0].arguments[0].recused_since
    assert seen(fund, debate, "garance", at(14)).own is None


def test_interests_come_first_and_only_the_committee_speaks(fund: Fund, first: Application) -> None:
    debate = opened(fund, first)
    a_person(fund, "hortense", "committee")
    with pytest.raises(InterestsNotDeclared):
        speak(fund, debate, "hortense")
    for person in ("secretary", "nobody"):
        with pytest.raises(DebateOfCommittee, match=person):
            speak(fund, debate, person)
    assert all(line.debate is None for line in debates_of(fund, first.call, "hortense", at(11)))
    for person in ("alix", "nobody"):
        with pytest.raises(DebateOfSecretary):
            open_debate(by(fund, person), first, positions_until=UNTIL, closes=CLOSES, at=OPENED)
        with pytest.raises(DebateOfSecretary):
            close_debate(by(fund, person), debate, at=AFTER)


def test_the_debate_on_all_admitted_applications_opens_at_once_and_each_is_told_of_theirs(
    fund: Fund, call: Call, first: Application
) -> None:
    recuse(first, "garance")
    kept = opened(fund, call.applications.get(number=3), closes=at(17))
    OutgoingMail.objects.all().delete()
    Application.objects.filter(call=call, number=4).update(state="withdrawn")
    secretary = by(fund, "secretary")
    made = open_debates(secretary, call, positions_until=UNTIL, closes=CLOSES, at=OPENED)
    assert [debate.application.number for debate in made] == [1, 2]
    assert Debate.objects.get(pk=kept.pk).closes == at(17)
    assert open_debates(secretary, call, positions_until=UNTIL, closes=CLOSES, at=OPENED) == ()
    mails = {mail.recipient: mail for mail in OutgoingMail.objects.all()}
    assert sorted(mails) == [f"{person}@example.org" for person in PEOPLE]
    assert "2 dossiers" in mails["alix@example.org"].body
    assert "of 1 application," in mails["garance@example.org"].body
    assert "/fonds-test/calls/appel-2026/debates" in mails["garance@example.org"].body
    assert mails["alix@example.org"].subject == "Appel 2026 (fictif) : votre position est demandée"


MOMENTS = """
# positions_until  closes   at     why
  9                18       9      past
  12               11       9      order
  12               20000    9      far
"""


@pytest.mark.parametrize("line", [line.split() for line in MOMENTS.strip().splitlines()[1:]], ids=lambda line: line[3])
def test_a_time_box_that_cannot_be_is_refused(fund: Fund, first: Application, line: list[str]) -> None:
    until, closes, now, why = line
    end = at(18).replace(year=2028) if int(closes) > 24 else at(int(closes))
    for act, subject in ((open_debate, first), (open_debates, first.call)):
        with pytest.raises(DebateMomentsInvalid) as refusal:
            act(by(fund, "secretary"), subject, positions_until=at(int(until)), closes=end, at=at(int(now)))  # type: ignore[operator]
        assert refusal.value.figures["why"] == why
    assert Debate.objects.count() == 0


def test_a_debate_is_opened_once_and_on_what_is_looked_at(fund: Fund, first: Application) -> None:
    debate = opened(fund, first)
    assert opened(fund, first, at=AFTER) == debate
    with pytest.raises(DebateConflict, match="positions until 2026-05-28 12:00"):
        opened(fund, first, closes=at(20))
    second = first.call.applications.get(number=2)
    second.state = "withdrawn"
    with pytest.raises(ApplicationNotDebated, match="withdrawn"):
        opened(fund, second)


def test_arguments_answer_each_other_within_the_time_box(fund: Fund, first: Application) -> None:
    debate = opened(fund, first)
    with pytest.raises(DebateNotBegun, match="at the latest 2026-05-28 12:00"):
        argue(fund, debate, hour=11)
    question = argue(fund, debate, "basile", kind="question", reference="q")
    assert argue(fund, debate, "basile", kind="question", reference="q") == question
    with pytest.raises(ArgumentConflict):
        argue(fund, debate, "basile", kind="question", reference="q", text="Autre")
    with pytest.raises(AnswerToNothing):
        argue(fund, debate, kind="answer")
    for number in (7, 0, -1, 10**30):
        with pytest.raises(ArgumentUnknown):
            argue(fund, debate, kind="answer", answers=number)
    assert seen(fund, debate, "alix", at(14)).unanswered == (1,)
    argue(fund, debate, "carmen", kind="against", answers=1)
    assert seen(fund, debate, "alix", at(14)).unanswered == (1,), "an objection is no answer"
    argue(fund, debate, kind="answer", answers=1)
    page = seen(fund, debate, "alix", at(14))
    assert page.unanswered == ()
    assert {column.kind: [each.number for each in column.arguments] for column in page.columns} == {
        "for": [], "condition": [], "against": [], "question": [1, 2, 3],
    }  # fmt: skip
    assert argue(fund, debate, "basile", kind="question", reference="q", hour=20) == question
    with pytest.raises(DebateOver, match="ended on 2026-05-28 18:00"):
        argue(fund, debate, hour=18)
    assert seen(fund, debate, "alix", CLOSES).state == "over"


def test_a_deep_thread_is_whole_and_its_display_stops_moving_aside(fund: Fund, first: Application) -> None:
    debate = opened(fund, first)
    parent = argue(fund, debate, reference="0")
    for number in range(1, 1200):  # deeper than Python's stack
        parent = Argument.objects.create(
            debate=debate, number=number + 1, reference=str(number), parent=parent, person="basile",
            kind="answer", text="Encore", at=at(13),
        )  # fmt: skip
    arguments = seen(fund, debate, "alix", at(14)).columns[0].arguments
    assert [each.number for each in arguments] == list(range(1, 1201))
    assert [each.depth for each in arguments[:6]] == [0, 1, 2, 3, 3, 3]
    assert max(each.depth for each in arguments) == DEEPEST
    assert (arguments[-1].answers, arguments[0].answers) == (1199, None)


HOSTILE = {
    "empty": ["", " \r\n\t "],
    "long": ["x" * 20_000],
    "unprintable": ["a\0b", "a\ud800", "a\u202eb", "\x1b[31m"],
}


@pytest.mark.parametrize(("why", "text"), [(why, text) for why, texts in HOSTILE.items() for text in texts])
def test_hostile_texts_are_refused_by_name(fund: Fund, first: Application, why: str, text: str) -> None:
    debate = opened(fund, first)
    with pytest.raises(DebateTextInvalid) as refusal:
        take_position(by(fund, "alix"), debate, stance="for", reason=text, at=at(10))
    assert refusal.value.figures["why"] == why
    with pytest.raises(DebateTextInvalid):
        argue(fund, debate, text=text)
    with pytest.raises(DebateTextInvalid):
        synthesise(by(fund, "secretary"), debate, text=text * 2, at=at(13))
    assert not (debate.positions.exists())
    assert not (debate.arguments.exists())
    assert not (debate.syntheses.exists())


def test_words_that_do_not_exist_are_refused(fund: Fund, first: Application) -> None:
    debate = opened(fund, first)
    with pytest.raises(DebateWordUnknown, match="for, conditional, against, undecided"):
        speak(fund, debate, "alix", stance="maybe\0")
    with pytest.raises(DebateWordUnknown, match="question"):
        argue(fund, debate, kind="rant")


def test_a_synthesis_is_written_in_versions_by_those_who_may(fund: Fund, first: Application) -> None:
    debate = opened(fund, first)
    with pytest.raises(DebateNotBegun):
        synthesise(by(fund, "secretary"), debate, text="Trop tôt", at=at(10))
    for person in ("alix", "basile"):
        with pytest.raises(SynthesisNotYours, match="chair, the secretary or a rapporteur"):
            synthesise(by(fund, person), debate, text="Avis", at=at(13))
    Meeting.objects.create(
        call=first.call, number=1, reference="m", convened_on=CONVENED, held_on=EVENING, agenda="Débat", chair="alix",
        convened_by="secretary",
    )  # fmt: skip
    Assignment.objects.create(application=first, person="basile", manner="by-hand", on=CONVENED, by="secretary")
    for person in ("alix", "basile", "secretary", "secretary"):
        synthesise(by(fund, person), debate, text=f"Selon {person}", minority="Deux voix contre", at=at(13))
    assert [(each.version, each.text) for each in debate.syntheses.all()] == [
        (1, "Selon alix"), (2, "Selon basile"), (3, "Selon secretary"),
    ]  # fmt: skip
    synthesise(by(fund, "secretary"), debate, text="Après l'heure", at=AFTER)
    shown = seen(fund, debate, "alix", AFTER)
    assert [each.version for each in shown.syntheses] == [4, 3, 2, 1]
    assert shown.syntheses[1].minority == "Deux voix contre"


def test_conditions_and_questions_are_traced_to_what_became_of_them(fund: Fund, first: Application) -> None:
    debate = opened(fund, first)
    argue(fund, debate, kind="condition")
    argue(fund, debate, kind="question")
    argue(fund, debate, kind="for")
    secretary = by(fund, "secretary")
    wrong = {
        "kind": [Resolution(3, "adopted")],
        "outcome": [Resolution(1, "maybe")],
        "twice": [Resolution(1, "adopted"), Resolution(1, "adopted")],
        "reason": [Resolution(2, "refused", "  ")],
    }
    for why, resolutions in wrong.items():
        with pytest.raises(ResolutionInvalid) as refusal:
            synthesise(secretary, debate, text="Synthèse", resolutions=resolutions, at=at(14))
        assert refusal.value.figures["why"] == why
    settled = [Resolution(2, "refused", "Hors sujet"), Resolution(1, "adopted")]
    synthesise(secretary, debate, text="Synthèse", resolutions=settled, at=at(14))
    traced = {each.number: (each.outcome, each.outcome_why) for each in seen(fund, debate, "alix", at(14)).to_settle}
    assert traced == {1: ("adopted", ""), 2: ("refused", "Hors sujet")}


def test_a_debate_closes_with_a_synthesis_and_is_then_read_alone(fund: Fund, first: Application) -> None:
    debate = opened(fund, first)
    secretary = by(fund, "secretary")
    with pytest.raises(DebateNotBegun):
        close_debate(secretary, debate, at=at(10))
    speak(fund, debate, *PEOPLE)
    with pytest.raises(SynthesisMissing, match="application 1"):
        close_debate(secretary, debate, at=at(11))
    synthesise(secretary, debate, text="Synthèse", at=at(11))
    assert not is_debated(first, now=at(11))
    closed = close_debate(secretary, debate, at=at(11, 30))
    assert close_debate(secretary, debate, at=at(15)).closed_at == closed.closed_at == at(11, 30)
    assert is_debated(first, now=at(11, 30))
    refused: dict[type[AllocationError], object] = {
        PositionsShown: lambda: take_position(
            by(fund, "alix"), Debate.objects.create(**_other_closed(first)), stance="for", reason="R", at=at(10)
        ),
        DebateOver: lambda: argue(fund, debate, hour=13),
    }
    for refusal, act in refused.items():
        with pytest.raises(refusal):
            act()  # type: ignore[operator]
    with pytest.raises(DebateOver, match="ended on 2026-05-28 11:30"):
        synthesise(secretary, debate, text="Autre", at=at(12))
    page = seen(fund, debate, "secretary", at(13))
    assert (page.state, page.may_argue, page.may_close, page.may_synthesise) == ("closed", False, False, False)


def _other_closed(first: Application) -> dict[str, object]:
    other = first.call.applications.get(number=2)
    return {
        "application": other, "positions_until": UNTIL, "closes": CLOSES, "opened_at": OPENED, "opened_by": "secretary",
        "closed_at": at(9, 30),
    }  # fmt: skip


def test_what_was_not_debated_is_named(fund: Fund, call: Call) -> None:
    one, two, three, four = call.applications.order_by("number")
    opened(fund, one)
    opened(fund, two, closes=at(22))
    four.state = "withdrawn"
    four.save()
    assert not_debated(call, now=at(17)) == (one, two, three)
    assert not_debated(call, now=CLOSES) == (two, three)
    assert not_debated(call, now=CLOSES, codes=["P1"]) == ()
    assert not_debated(call, now=CLOSES, codes=["P1", "P3"]) == (three,)
    assert [is_debated(each, now=AFTER) for each in (one, two, three)] == [True, False, False]
