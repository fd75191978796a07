"""The yearly statement: to the point by hand, adopted once by a person, booked in points, never changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from fund import errors
from fund.charter.faults import FactsMissing
from fund.charter.trace import differences
from fund.models import Act, NotorietyLine, NotorietyPoints, NotorietyStatement, Project
from fund.queries.notoriety_register import standings
from fund.queries.papers import paper_of
from fund.queries.traces import steps_of
from fund.services.actors import Actor
from fund.services.exploitation import Played, correct_exploitation
from fund.services.founding import open_year
from fund.services.notoriety import Correction, contest_fact, declare_fact, resolve_contest
from fund.services.notoriety_adoption import adopt_notoriety
from ledger.audit import find_faults
from ledger.balances import balances, chain_head, units_sum_to_zero
from ledger.errors import LedgerError
from tests.builders import a_charter, a_fund, a_project, eur
from tests.recognition import (
    ADOPTED_ON,
    DECLARED_ON,
    a_recognising_fund,
    a_silent_fund,
    a_toured_project,
    an_article,
    press,
)
from tests.recognition_charter import CHARTER, SILENT

pytestmark = pytest.mark.django_db

Lines = dict[str, tuple[int, int, int, int]]


@pytest.fixture
def actor() -> Actor:
    return a_recognising_fund(open_until=2028)


@pytest.fixture
def project(actor: Actor) -> Project:
    return a_toured_project(actor)


def lines(adopted: NotorietyStatement) -> Lines:
    """By party: opening, decayed, credited, closing."""
    return {line.party_key: (line.opening, line.decayed, line.credited, line.closing) for line in adopted.lines.all()}


def booked(actor: Actor) -> dict[str, int]:
    return {row.account.code: row.amount.minor for row in balances(actor.fund.slug, unit="NOTORIETY") if row.amount}


def test_a_year_is_shared_as_by_hand(actor: Actor, project: Project) -> None:
    """Three dates at 2, two towns at 3, a regional article at 4: 16 points.

    Half to the company, 8; 40 % to the members by cash, 6.4: A 5 1/3, B 1 1/15; 10 % to the fund, 1.6. The last
    point goes to A, whose sixth falls due first (at 18 points; the fund's second at 20).
    """
    an_article(actor, project)
    adopted = adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    assert lines(adopted) == {
        "company:CIE/P1": (0, 0, 8, 8),
        "fund": (0, 0, 1, 1),
        "member:A": (0, 0, 6, 6),
        "member:B": (0, 0, 1, 1),
    }
    assert {row.fact_key: row.points for row in adopted.points.all()} == {
        "date:P1/T3/D1": 2,
        "date:P1/T3/D2": 2,
        "date:P1/T3/D3": 2,
        "town:P1/T3/D1": 3,
        "town:P1/T3/D3": 3,
        "fact:PRESS-1": 4,
    }
    assert booked(actor) == {"921::P1": 16, "922": -1, "922:A": -6, "922:B": -1, "922:CIE/P1": -8}
    assert (adopted.algorithm, adopted.charter.sha256, adopted.by) == (
        "notoriety/1",
        actor.fund.charters.latest("number").sha256,
        actor.by,
    )
    assert differences(steps_of(adopted.trace)) == ()
    assert {party: standing.credit_carried for party, standing in standings(adopted).items()} == {
        "company:CIE/P1": 0,
        "fund": Fraction(3, 5),
        "member:A": Fraction(-2, 3),
        "member:B": Fraction(1, 15),
    }


def test_a_year_later_a_third_has_faded_and_a_late_fact_is_counted(actor: Actor, project: Project) -> None:
    """2026 without the article is 12 points: company 6, A 4, B 1 (0.8), fund 1 (1.2).

    2027: of 6, 4 are left; of A's 4, 2 2/3, so 3; of 1, 2/3, so 1. An article of 2026 that is declared in 2027 is
    credited now, and what rounding left over before is added: company 2; A 1 1/3; B 4/15 − 1/5; fund 2/5 + 1/5. The
    point that is left over goes to A, whose second falls due at 6 points (the fund's first at 6 2/3).
    """
    adopted = adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    assert lines(adopted) == {
        "company:CIE/P1": (0, 0, 6, 6),
        "fund": (0, 0, 1, 1),
        "member:A": (0, 0, 4, 4),
        "member:B": (0, 0, 1, 1),
    }
    declare_fact(actor, project, press("LATE"), on=date(2027, 4, 1))
    later = adopt_notoriety(actor, year=2027, on=date(2028, 3, 15))
    assert lines(later) == {
        "company:CIE/P1": (6, 2, 2, 6),
        "fund": (1, 0, 0, 1),
        "member:A": (4, 1, 2, 5),
        "member:B": (1, 0, 0, 1),
    }
    assert [row.fact_key for row in later.points.all()] == ["fact:LATE"]
    assert booked(actor) == {"921::P1": 16, "922": -1, "922:A": -5, "922:B": -1, "922:CIE/P1": -6, "923": -3}
    assert differences(steps_of(later.trace)) == ()


def test_what_is_withdrawn_counts_nothing_and_what_is_corrected_counts_anew(actor: Actor, project: Project) -> None:
    """Without Sabres (2 + 3), with the article at 10 in place of 4: 17 points."""
    an_article(actor, project)
    member, chair, day = replace(actor, by="B"), replace(actor, by="C"), date(2026, 10, 20)
    gone = contest_fact(member, fact="date:P1/T3/D3", reference="C1", on=day, why="Annulée ce jour-là.")
    raised = contest_fact(member, fact="fact:PRESS-1", reference="C2", on=day, why="Le titre est national.")
    resolve_contest(chair, gone, on=day, outcome="withdrawn", why="Oui.")
    national = Correction("national", date(2026, 9, 12))
    resolve_contest(chair, raised, on=day, outcome="amended", why="Oui.", correction=national)
    adopted = adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    assert {row.fact_key: (row.points, row.level) for row in adopted.points.all()} == {
        "date:P1/T3/D1": (2, "local"),
        "date:P1/T3/D2": (2, "local"),
        "town:P1/T3/D1": (3, "local"),
        "fact:PRESS-1": (10, "national"),
    }
    assert sum(line.credited for line in adopted.lines.all()) == 17


def test_a_statement_is_not_adopted_while_a_fact_is_contested(actor: Actor, project: Project) -> None:
    contest = contest_fact(
        replace(actor, by="B"), fact="date:P1/T3/D1", reference="C1", on=date(2026, 11, 1), why="Pas ce jour-là."
    )
    with pytest.raises(errors.NotorietyContestsOpen) as refused, transaction.atomic():
        adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    assert refused.value.sentence("en").startswith(
        "Contests open for 2026: 1, the first of 2026-11-01 on date:P1/T3/D1"
    )
    assert refused.value.sentence("fr").startswith("Contestations ouvertes pour 2026 : 1, la première du 01/11/2026")
    assert not NotorietyStatement.objects.exists()
    resolve_contest(replace(actor, by="C"), contest, on=ADOPTED_ON, outcome="stands", why="Vérifié.")
    assert adopt_notoriety(actor, year=2026, on=ADOPTED_ON).points.count() == 5


def test_a_statement_is_not_adopted_while_a_fact_may_be_contested(actor: Actor, project: Project) -> None:
    """Nor before the year is over; a fact declared on 10 January can be contested until 9 February."""
    for on in (date(2026, 11, 20), date(2026, 12, 31)):
        with pytest.raises(errors.NotorietyDelayRunning, match="until 2026-12-31"), transaction.atomic():
            adopt_notoriety(actor, year=2026, on=on)
    declare_fact(actor, project, press(), on=date(2027, 1, 10))
    with pytest.raises(errors.NotorietyDelayRunning) as refused, transaction.atomic():
        adopt_notoriety(actor, year=2026, on=date(2027, 2, 9))
    assert "jusqu’au 09/02/2027" in refused.value.sentence("fr")
    assert adopt_notoriety(actor, year=2026, on=date(2027, 2, 10)).points.count() == 6


def test_a_fact_that_was_withdrawn_keeps_nobody_waiting(actor: Actor, project: Project) -> None:
    """Declared on 10 January, contested and withdrawn on the 12th: the statement is adopted on the 13th."""
    declare_fact(actor, project, press(), on=date(2027, 1, 10))
    day = date(2027, 1, 12)
    contest = contest_fact(replace(actor, by="B"), fact="fact:PRESS-1", reference="C1", on=day, why="Autre pièce.")
    resolve_contest(replace(actor, by="C"), contest, on=day, outcome="withdrawn", why="Oui.")
    assert adopt_notoriety(actor, year=2026, on=date(2027, 1, 13)).points.count() == 5


def test_a_statement_is_adopted_once_and_in_the_order_of_the_years(actor: Actor, project: Project) -> None:
    first = adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    before = (chain_head("fonds-test"), Act.objects.count())
    assert adopt_notoriety(actor, year=2026, on=ADOPTED_ON).pk == first.pk, "a second click finds the first"
    assert (chain_head("fonds-test"), Act.objects.count()) == before
    for again in (replace(actor, by="B"), actor):
        with (
            pytest.raises(errors.NotorietyAlreadyAdopted, match="of 2026 was adopted on"),
            transaction.atomic(),
        ):
            adopt_notoriety(again, year=2026, on=date(2027, 3, 16))
    with pytest.raises(errors.NotorietyAlreadyAdopted, match="2025 can no longer"), transaction.atomic():
        adopt_notoriety(actor, year=2025, on=ADOPTED_ON)


def test_years_that_were_never_adopted_fade_all_the_same(actor: Actor, project: Project) -> None:
    """2026, then 2028: two years pass. Of 6, 2 2/3 are left: 3."""
    adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    later = adopt_notoriety(a_year_more(actor), year=2028, on=date(2029, 3, 15))
    assert lines(later)["company:CIE/P1"] == (6, 3, 0, 3)


def a_year_more(actor: Actor) -> Actor:
    open_year(actor, 2029)
    return actor


def test_without_recognition_in_the_charter_nothing_is_adopted() -> None:
    with pytest.raises(errors.NotorietyNotInCharter, match="2026-12-31"), transaction.atomic():
        adopt_notoriety(a_silent_fund(), year=2026, on=ADOPTED_ON)


def test_a_key_that_weighs_nobody_is_refused_by_the_rules() -> None:
    """Nobody has given cash: the members' share has nobody to go to."""
    actor = a_fund("unpaid")
    a_charter(actor, CHARTER, on=date(2026, 1, 2))
    a_toured_project(actor)
    with pytest.raises(FactsMissing), transaction.atomic():
        adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    assert not NotorietyStatement.objects.exists()


def test_a_year_without_facts_is_adopted_and_moves_nothing(actor: Actor) -> None:
    before = chain_head("fonds-test").hash
    assert lines(adopt_notoriety(actor, year=2026, on=ADOPTED_ON)) == {}
    assert chain_head("fonds-test").hash == before


def test_the_books_refuse_a_day_whose_year_is_not_open(actor: Actor, project: Project) -> None:
    with pytest.raises(LedgerError), transaction.atomic():
        adopt_notoriety(actor, year=2028, on=date(2029, 3, 15))
    assert not NotorietyStatement.objects.exists()


def test_no_version_of_the_charter_takes_effect_within_a_year_whose_recognition_was_adopted(actor: Actor) -> None:
    adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    with (
        pytest.raises(errors.CharterBeforeAct, match="year of recognition dates from 2026-12-31"),
        transaction.atomic(),
    ):
        a_charter(actor, SILENT, on=date(2026, 12, 31))
    assert a_charter(actor, SILENT, on=date(2027, 1, 1)).number == 3


def test_what_was_adopted_stays_whatever_is_corrected_later(actor: Actor, project: Project) -> None:
    """A date that is cancelled afterwards is not taken back, and is never credited again."""
    adopted = adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    before = lines(adopted)
    cancelled = [Played("D1", date(2026, 7, 1), eur("500.00"), town="Lacanau", cancelled=True)]
    correct_exploitation(actor, project.exploitation_statements.get(), on=date(2027, 5, 1), played=cancelled)
    assert lines(adopted) == before
    later = adopt_notoriety(actor, year=2027, on=date(2028, 3, 15))
    assert (later.points.count(), sum(line.credited for line in later.lines.all())) == (0, 0)


def test_a_party_that_is_company_and_member_has_one_account_for_both(actor: Actor) -> None:
    """A leads the project itself: 6 as its company and 4 as a member are 10 in the books."""
    project = a_toured_project(actor)
    Project.objects.filter(pk=project.pk).update(company=actor.fund.parties.get(code="A"))
    adopted = adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    assert lines(adopted)["company:A"] == (0, 0, 6, 6)
    assert booked(actor)["922:A"] == -10


def test_the_books_of_recognition_balance_and_lead_to_the_statement(actor: Actor, project: Project) -> None:
    an_article(actor, project)
    adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    adopt_notoriety(actor, year=2027, on=date(2028, 3, 15))
    assert units_sum_to_zero("fonds-test")["NOTORIETY"] == 0
    assert find_faults("fonds-test") == []
    paper, faded = paper_of(actor.fund, "notoriety:2026"), paper_of(actor.fund, "notoriety:2027:faded")
    assert paper is not None
    assert (paper.kind, paper.on, str(paper.amount), paper.signed_by) == (
        "notoriety",
        ADOPTED_ON,
        "16 NOTORIETY",
        (actor.by,),
    )
    assert paper.trace
    assert faded is not None
    assert faded.note == "2027"
    assert paper_of(actor.fund, "notoriety:1999") is None
    assert paper_of(actor.fund, "notoriety:x") is None


def test_the_database_itself_refuses_a_line_that_does_not_add_up(actor: Actor, project: Project) -> None:
    adopted = adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    with pytest.raises(IntegrityError, match="notoriety_line_adds_up"), transaction.atomic():
        NotorietyLine.objects.create(
            statement=adopted, party_key="member:X", opening=1, decayed=0, credited=0, closing=2,
            decay_carried="0", credit_carried="0",
        )  # fmt: skip
    with pytest.raises(IntegrityError, match=r"fact_credited_once|UNIQUE"), transaction.atomic():
        NotorietyPoints.objects.create(
            statement=adopted, project=project, fact_key="date:P1/T3/D1", kind="performance", level="local",
            on=DECLARED_ON, points=2,
        )  # fmt: skip


def test_two_projects_produce_and_their_companies_are_credited_for_their_own(actor: Actor) -> None:
    """Two tours alike: each company has half of its own twelve points."""
    a_toured_project(actor, "P1")
    a_toured_project(actor, "P2")
    adopted = adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    assert {key: line[2] for key, line in lines(adopted).items() if key.startswith("company")} == {
        "company:CIE/P1": 6,
        "company:CIE/P2": 6,
    }
    assert {code: minor for code, minor in booked(actor).items() if code.startswith("921")} == {
        "921::P1": 12,
        "921::P2": 12,
    }


def test_a_project_without_any_fact_produces_nothing(actor: Actor) -> None:
    a_project(actor)
    assert not adopt_notoriety(actor, year=2026, on=ADOPTED_ON).points.exists()
