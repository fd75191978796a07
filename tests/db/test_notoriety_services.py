"""Facts of recognition are declared with their evidence, contested within the delay, and decided by somebody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fund import errors
from fund.charter.notoriety.refusals import ContestTooLate, EvidenceMissing, FactDeclaredEarly, FactNotInTable
from fund.models import Act, NotorietyContest, NotorietyFact, NotorietyResolution, Project
from fund.queries.notoriety_register import Register, register_of
from fund.services.actors import Actor
from fund.services.exploitation import Played, correct_exploitation
from fund.services.notoriety import Correction, contest_fact, declare_fact, resolve_contest
from tests.builders import a_fund, a_project, eur
from tests.recognition import (
    DECLARED_ON,
    PRINTED,
    STATED_ON,
    a_recognising_fund,
    a_silent_fund,
    a_toured_project,
    an_article,
    press,
)

pytestmark = pytest.mark.django_db

PRESS = "fact:PRESS-1"
SABRES = "date:P1/T3/D3"
IN_TIME, LATE = date(2026, 10, 20), date(2026, 10, 21)


@pytest.fixture
def actor() -> Actor:
    return a_recognising_fund()


@pytest.fixture
def project(actor: Actor) -> Project:
    return a_toured_project(actor)


def member(actor: Actor) -> Actor:
    """Somebody else of the fund."""
    return replace(actor, by="Membre B (fictif)")


def contested(actor: Actor, fact: str = PRESS, *, on: date = IN_TIME, reference: str = "CONT-1") -> NotorietyContest:
    return contest_fact(member(actor), fact=fact, reference=reference, on=on, why="La page 4 parle d’une autre pièce.")


def test_the_dates_of_the_books_and_their_towns_are_facts_of_themselves(actor: Actor, project: Project) -> None:
    an_article(actor, project)
    known = {(fact.reference, fact.kind, fact.town) for fact in register_of(actor.fund, until=STATED_ON).facts}
    assert known == {
        ("date:P1/T3/D1", "performance", "Lacanau"),
        ("date:P1/T3/D2", "performance", "Lacanau"),
        ("date:P1/T3/D3", "performance", "Sabres"),
        ("town:P1/T3/D1", "town", "Lacanau"),
        ("town:P1/T3/D2", "town", "Lacanau"),
        ("town:P1/T3/D3", "town", "Sabres"),
        (PRESS, "press", ""),
    }
    assert len(register_of(actor.fund, until=date(2026, 10, 14)).facts) == 1, "the dates are not declared yet"


def test_a_correction_begins_the_delay_anew_for_what_it_changes_alone(actor: Actor, project: Project) -> None:
    """D1 stays, D2 is cancelled, D3 moves to another town."""
    corrected_on = date(2026, 11, 2)
    played = [
        Played("D1", date(2026, 7, 1), eur("500.00"), town="Lacanau"),
        Played("D2", date(2026, 7, 9), eur("500.00"), town="Lacanau", cancelled=True),
        Played("D3", date(2026, 8, 2), eur("500.00"), town="Mimizan"),
    ]
    correct_exploitation(actor, project.exploitation_statements.get(), on=corrected_on, played=played)
    facts = register_of(actor.fund, until=corrected_on).facts
    assert {(fact.reference, fact.declared_on) for fact in facts if fact.kind == "performance"} == {
        ("date:P1/T3/D1", STATED_ON),
        ("date:P1/T3/D3", corrected_on),
    }
    before = register_of(actor.fund, until=STATED_ON)
    assert len(before.facts) == 6, "what was known before the correction stays known as it was"


def test_a_fact_keeps_its_evidence_with_a_fingerprint(actor: Actor, project: Project) -> None:
    row = an_article(actor, project)
    assert row.evidence_digest == sha256(f"{row.evidence}\n{row.evidence_url}".encode()).hexdigest()
    shown = sha256(b"a scanned page").hexdigest()
    other = declare_fact(actor, project, replace(press("PRESS-2"), digest=shown), on=DECLARED_ON)
    assert other.evidence_digest == shown
    assert (row.declared_by, row.declared_on) == (actor.by, DECLARED_ON)


def test_the_same_fact_again_finds_the_first_and_another_under_its_name_is_refused(
    actor: Actor, project: Project
) -> None:
    first = an_article(actor, project)
    acts = Act.objects.count()
    assert an_article(actor, project).pk == first.pk
    with pytest.raises(errors.RecordConflict, match=r"The fact PRESS-1 is already kept .*level"), transaction.atomic():
        declare_fact(actor, project, press(level="national"), on=DECLARED_ON)
    assert (NotorietyFact.objects.count(), Act.objects.count()) == (1, acts)


INVALID = """
# changes                                   what the sentence says
  kind=performance                          dates and towns come from the exploitation statements
  kind=rumour                               is not declared here
  level=galactic                            no level “galactic”
  reference=                                its reference is empty
  place=…                                   a text has 101 characters, 100 at most are kept
  url=javascript:alert(1)                   does not begin with https:// or http://
  url=https://                              does not begin with https:// or http://
  evidence=\x00                             invisible character
  digest=abc                                a SHA-256 has 64 digits
"""


@pytest.mark.parametrize("line", [line for line in INVALID.strip().splitlines() if not line.startswith("#")])
def test_what_cannot_be_declared_is_refused_with_the_reason(line: str, actor: Actor, project: Project) -> None:
    change, _, said = line.strip().partition("  ")
    name, _, value = change.partition("=")
    spoilt = replace(press(), **{name: "x" * 101 if value == "…" else value})
    with pytest.raises(errors.NotorietyFactInvalid) as refused, transaction.atomic():
        declare_fact(actor, project, spoilt, on=DECLARED_ON)
    assert said.strip() in refused.value.sentence("en")
    assert refused.value.sentence("fr").startswith("Le fait ne peut pas être déclaré : ")
    assert not NotorietyFact.objects.exists()


def test_what_the_charter_does_not_count_is_refused_by_its_rules(actor: Actor, project: Project) -> None:
    cases: list[tuple[type[Exception], Any, date]] = [
        (FactNotInTable, press(level="international"), DECLARED_ON),
        (FactNotInTable, replace(press(), kind="broadcast"), DECLARED_ON),
        (EvidenceMissing, press(evidence="", url=""), DECLARED_ON),
        (FactDeclaredEarly, press(on=date(2026, 9, 21)), DECLARED_ON),
    ]
    for refusal, declared, on in cases:
        with pytest.raises(refusal), transaction.atomic():
            declare_fact(actor, project, declared, on=on)
    assert not NotorietyFact.objects.exists()


def test_a_charter_that_says_nothing_of_recognition_counts_none() -> None:
    actor = a_silent_fund()
    with pytest.raises(errors.NotorietyNotInCharter) as refused, transaction.atomic():
        declare_fact(actor, a_project(actor), press(), on=DECLARED_ON)
    assert refused.value.sentence("fr").startswith("La charte en vigueur au 20/09/2026 ne dit rien de la notoriété")


def test_a_project_of_another_fund_is_refused(actor: Actor) -> None:
    theirs = a_project(a_fund("autre"))
    with pytest.raises(errors.FundDiffers), transaction.atomic():
        declare_fact(actor, theirs, press(), on=DECLARED_ON)


def test_a_fact_is_contested_until_the_last_day_and_no_more(actor: Actor, project: Project) -> None:
    """Declared on 20 September, thirty days: 20 October is the last."""
    an_article(actor, project)
    with pytest.raises(ContestTooLate, match="2026-10-20"), transaction.atomic():
        contested(actor, on=LATE)
    assert contested(actor, on=IN_TIME).fact_key == PRESS


def test_the_same_contest_again_finds_the_first(actor: Actor, project: Project) -> None:
    an_article(actor, project)
    first = contested(actor)
    assert contested(actor).pk == first.pk
    with pytest.raises(errors.RecordConflict, match="The contest CONT-1"), transaction.atomic():
        contested(actor, SABRES)


def test_a_fact_is_contested_once_at_a_time(actor: Actor, project: Project) -> None:
    an_article(actor, project)
    first = contested(actor)
    with pytest.raises(errors.NotorietyAlreadyContested) as refused, transaction.atomic():
        contested(actor, reference="CONT-2")
    assert "since 2026-10-20 (CONT-1)" in refused.value.sentence("en")
    chair = replace(actor, by="Présidence (fictive)")
    resolve_contest(chair, first, on=IN_TIME, outcome="stands", why="La page a été montrée.")
    assert contested(actor, reference="CONT-2").pk != first.pk


def test_a_contest_names_a_fact_and_says_why(actor: Actor, project: Project) -> None:
    for fact in ("fact:NOTHING", "date:P1/T3/D9", "town:P1/T3", "", "\0"):
        with pytest.raises(errors.NotorietyFactUnknown), transaction.atomic():
            contested(actor, fact)
    for why in ("", "  ", "x" * 1001, "a\0b"):
        with pytest.raises(errors.NotorietyContestUnfounded, match="1000 characters"), transaction.atomic():
            contest_fact(actor, fact=SABRES, reference="C", on=IN_TIME, why=why)
    assert not NotorietyContest.objects.exists()


def known(actor: Actor, on: date) -> Register:
    return register_of(actor.fund, until=on)


def test_whoever_contests_a_date_contests_the_town_it_reached(actor: Actor, project: Project) -> None:
    contested(actor, SABRES)
    assert {each.fact for each in known(actor, IN_TIME).contests} == {SABRES, "town:P1/T3/D3"}
    assert known(actor, date(2026, 10, 19)).contests == ()


def test_a_decision_is_known_from_its_day_on(actor: Actor, project: Project) -> None:
    decided = date(2026, 11, 5)
    resolve_contest(actor, contested(actor, SABRES), on=decided, outcome="withdrawn", why="La date n’a pas eu lieu.")
    assert [each.resolution for each in known(actor, date(2026, 11, 4)).contests] == [None, None]
    assert {type(each.resolution).__name__ for each in known(actor, decided).contests} == {"Withdrawn"}


def test_a_corrected_fact_takes_its_new_level_day_and_town(actor: Actor, project: Project) -> None:
    contest = contested(actor, SABRES)
    corrected = Correction("national", date(2026, 8, 3), "Mimizan")
    resolve_contest(actor, contest, on=IN_TIME, outcome="amended", why="Le programme le montre.", correction=corrected)
    amended = [each.resolution for each in known(actor, IN_TIME).contests]
    facts = [each.fact for each in amended if each is not None and hasattr(each, "fact")]
    assert {(fact.kind, fact.level, fact.on, fact.town) for fact in facts} == {
        ("performance", "national", date(2026, 8, 3), "Mimizan"),
        ("town", "national", date(2026, 8, 3), "Mimizan"),
    }


def test_a_contest_is_decided_once(actor: Actor, project: Project) -> None:
    contest = contested(actor, SABRES)
    first = resolve_contest(actor, contest, on=IN_TIME, outcome="stands", why="Vu.")
    assert resolve_contest(actor, contest, on=LATE, outcome="stands", why="Vu.").pk == first.pk
    with pytest.raises(errors.NotorietyContestResolved, match="2026-10-20"), transaction.atomic():
        resolve_contest(actor, contest, on=LATE, outcome="withdrawn", why="Non.")


def test_nobody_decides_their_own_contest_or_their_own_fact(actor: Actor, project: Project) -> None:
    an_article(actor, project)
    on_press, on_date = contested(actor), contested(actor, SABRES, reference="CONT-2")
    declarer = actor  # the same person declared the article
    with pytest.raises(errors.NotorietyJudgedByParty, match="CONT-1"), transaction.atomic():
        resolve_contest(declarer, on_press, on=IN_TIME, outcome="stands", why="J’y étais.")
    with pytest.raises(errors.NotorietyJudgedByParty, match="CONT-2"), transaction.atomic():
        resolve_contest(member(actor), on_date, on=IN_TIME, outcome="withdrawn", why="Je le sais.")
    assert resolve_contest(declarer, on_date, on=IN_TIME, outcome="stands", why="Vu.").outcome == "stands"


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("“maybe” is not a decision", {"outcome": "maybe"}),
    ("its correction is missing", {"outcome": "amended"}),
    ("no level “huge”", {"outcome": "amended", "correction": Correction("huge", PRINTED)}),
    ("101 characters", {"outcome": "amended", "correction": Correction("local", PRINTED, "x" * 101)}),
    ("after it was declared", {"outcome": "amended", "correction": Correction("local", date(2026, 10, 16))}),
]


@pytest.mark.parametrize(("said", "asked"), WRONG)
def test_a_decision_that_makes_no_sense_is_refused(
    said: str, asked: dict[str, Any], actor: Actor, project: Project
) -> None:
    with pytest.raises(errors.NotorietyFactInvalid, match=said), transaction.atomic():
        resolve_contest(actor, contested(actor, SABRES), on=IN_TIME, why="Vu.", **asked)
    with pytest.raises(errors.NotorietyContestUnfounded), transaction.atomic():
        resolve_contest(actor, contested(actor, SABRES), on=IN_TIME, outcome="stands", why=" ")
    assert not NotorietyResolution.objects.exists()


ROWS: list[tuple[str, Callable[[Actor, Project], object]]] = [
    (
        "notoriety_fact_has_evidence",
        lambda actor, project: NotorietyFact.objects.create(
            fund=actor.fund, project=project, reference="X", kind="press", level="local", on=PRINTED,
            evidence_digest="0" * 64, declared_on=DECLARED_ON, declared_by="T",
        ),
    ),
    (
        "notoriety_fact_declared_after_it_happened",
        lambda actor, project: NotorietyFact.objects.create(
            fund=actor.fund, project=project, reference="X", kind="press", level="local", on=DECLARED_ON,
            evidence="e", evidence_digest="0" * 64, declared_on=PRINTED, declared_by="T",
        ),
    ),
    (
        "notoriety_contest_says_why",
        lambda actor, project: NotorietyContest.objects.create(
            fund=actor.fund, project=project, reference="X", fact_key=SABRES, on=IN_TIME, by="T", why="",
        ),
    ),
    (
        "notoriety_resolution_corrects_when_amended",
        lambda actor, project: NotorietyResolution.objects.create(
            contest=contested(actor, SABRES), on=IN_TIME, by="T", outcome="amended", why="x",
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("constraint", "write"), ROWS, ids=[name for name, _ in ROWS])
def test_the_database_itself_refuses_what_makes_no_sense(
    constraint: str, write: Callable[[Actor, Project], object], actor: Actor, project: Project
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write(actor, project)
