"""What facts are worth, from when they count, and what a statement gives to whom."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from fund.charter.facts import MemberFacts
from fund.charter.faults import CharterError, FactsMissing
from fund.charter.notoriety.contestation import check_contest, last_day_to_contest
from fund.charter.notoriety.facts import Amended, Contest, NotorietyFact, Resolution, Upheld, Withdrawn
from fund.charter.notoriety.points import check_fact, fact_lines, points_of, town_key
from fund.charter.notoriety.refusals import (
    ContestOfAnother,
    ContestTooEarly,
    ContestTooLate,
    EvidenceMissing,
    FactDeclaredEarly,
    FactNotInTable,
    FactTwice,
    ResolutionTooEarly,
    TownMissing,
)
from fund.charter.notoriety.statements import Standing, credited_of, member_points, standings_of, statement
from fund.charter.trace import differences, step_as_json, step_from_json
from tests.notorieties import a_contest, a_fact, a_notoriety, by_party, contributing

NOTORIETY = a_notoriety()
END = date(2026, 12, 31)
BRAID = contributing(M1=500_000, M2=350_000, M3=200_000, M4=150_000)


@pytest.mark.parametrize(
    ("kind", "level", "points"),
    [
        ("performance", "local", 1),
        ("performance", "international", 1),
        ("town", "national", 3),
        ("press", "local", 2),
        ("press", "national", 6),
        ("prize", "international", 20),
    ],
)
def test_the_table_says_what_a_fact_is_worth(kind: str, level: str, points: int) -> None:
    assert points_of(NOTORIETY, a_fact("F1", kind, level=level)) == points


@pytest.mark.parametrize(
    ("fact", "refusal", "figures"),
    [
        (a_fact("F1", "prize", level="local"), FactNotInTable, ("prix", "local")),
        (a_fact("F1", evidence="  "), EvidenceMissing, ("F1", "pièce")),
        (a_fact("F1", "town", town=" - "), TownMissing, ("F1", "commune")),
        (a_fact("F1", declared_on=date(2026, 2, 28)), FactDeclaredEarly, ("2026-03-01", "2026-02-28")),
    ],
)
def test_a_fact_is_refused_by_name(fact: NotorietyFact, refusal: type[CharterError], figures: tuple[str, ...]) -> None:
    with pytest.raises(refusal) as refused:
        check_fact(NOTORIETY, fact)
    french, english = refused.value.sentence("fr"), refused.value.sentence("en")
    assert all(figure in french for figure in figures)
    assert french != english == str(refused.value)


def test_a_fact_in_order_is_accepted() -> None:
    check_fact(NOTORIETY, a_fact("F1", "town", town="Aurillac"))
    assert town_key("L’Haÿ-les-Roses") == town_key("l'hay les  roses")
    assert town_key("Lyon") != town_key("Lyons")


UPHELD_EARLY = Upheld(date(2026, 3, 4))
OTHER = Amended(date(2026, 3, 9), a_fact("F2"))


@pytest.mark.parametrize(
    ("contest", "refusal", "figures"),
    [
        (a_contest("F1", "2026-04-01"), ContestTooLate, ("2026-03-31", "2026-04-01")),
        (a_contest("F1", "2026-02-28"), ContestTooEarly, ("2026-03-01", "2026-02-28")),
        (a_contest("F1", "2026-03-05", UPHELD_EARLY), ResolutionTooEarly, ("2026-03-05", "2026-03-04")),
        (a_contest("F9", "2026-03-05"), ContestOfAnother, ("F9",)),
        (a_contest("F1", "2026-03-05", OTHER), ContestOfAnother, ("F2",)),
    ],
)
def test_a_contest_is_refused_by_name(contest: Contest, refusal: type[CharterError], figures: tuple[str, ...]) -> None:
    with pytest.raises(refusal) as refused:
        check_contest(NOTORIETY, a_fact("F1"), contest)
    french, english = refused.value.sentence("fr"), refused.value.sentence("en")
    assert all(figure in french and figure in english for figure in figures)
    assert french != english == str(refused.value)


def test_the_last_day_still_counts() -> None:
    assert last_day_to_contest(NOTORIETY, a_fact("F1")) == date(2026, 3, 31)
    check_contest(NOTORIETY, a_fact("F1"), a_contest("F1", "2026-03-31"))


def test_a_statement_refuses_a_late_contest_and_facts_written_twice() -> None:
    with pytest.raises(ContestTooLate):
        fact_lines(NOTORIETY, until=END, facts=[a_fact("F1")], contests=[a_contest("F1", "2026-04-01")])
    with pytest.raises(ContestOfAnother):
        fact_lines(NOTORIETY, until=END, facts=[a_fact("F1")], contests=[a_contest("F2", "2026-03-02")])
    with pytest.raises(FactTwice) as twice:
        fact_lines(NOTORIETY, until=END, facts=[a_fact("F1"), a_fact("F1", "press")])
    assert "F1" in twice.value.sentence("fr")
    assert "F1" in twice.value.sentence("en")


AMENDED = a_fact("F1", "press", level="regional")

STATES = [
    # contest day, its resolution, the statement's day → state, points, the day from which it may be credited
    (None, None, "2026-03-31", "waiting", 6, "2026-04-01"),
    (None, None, "2026-04-01", "credited", 6, "2026-04-01"),
    ("2026-03-10", None, "2026-12-31", "contested", 6, None),
    ("2026-03-10", Upheld(date(2026, 3, 20)), "2026-03-31", "waiting", 6, "2026-04-01"),
    ("2026-03-10", Upheld(date(2026, 3, 20)), "2026-04-01", "credited", 6, "2026-04-01"),
    ("2026-03-10", Upheld(date(2026, 6, 5)), "2026-06-04", "contested", 6, None),
    ("2026-03-10", Upheld(date(2026, 6, 5)), "2026-06-05", "credited", 6, "2026-06-05"),
    ("2026-03-10", Withdrawn(date(2026, 6, 5)), "2026-06-04", "contested", 6, None),
    ("2026-03-10", Withdrawn(date(2026, 6, 5)), "2026-12-31", "withdrawn", 0, None),
    ("2026-03-10", Amended(date(2026, 6, 5), AMENDED), "2026-12-31", "credited", 3, "2026-06-05"),
    ("2026-03-10", Amended(date(2026, 6, 5), a_fact("F1", "prize")), "2026-12-31", "not-in-table", 0, "2026-06-05"),
]


@pytest.mark.parametrize(("on", "resolution", "until", "state", "points", "from_day"), STATES)
def test_a_fact_is_credited_only_after_the_delay_and_the_contest(
    on: str | None, resolution: Resolution | None, until: str, state: str, points: int, from_day: str | None
) -> None:
    contests = [] if on is None else [a_contest("F1", on, resolution)]
    fact = a_fact("F1", "press", level="national")
    (line,) = fact_lines(NOTORIETY, until=date.fromisoformat(until), facts=[fact], contests=contests)
    assert (line.state, line.points) == (state, points)
    assert line.from_day == (date.fromisoformat(from_day) if from_day else None)


def test_every_contest_must_be_settled_and_one_withdrawal_is_enough() -> None:
    settled, open_ = a_contest("F1", "2026-03-10", Upheld(date(2026, 3, 20))), a_contest("F1", "2026-03-12")
    taken_out = a_contest("F1", "2026-03-13", Withdrawn(date(2026, 4, 1)))
    for contests, state in [([settled, open_], "contested"), ([settled, open_, taken_out], "withdrawn")]:
        (line,) = fact_lines(NOTORIETY, until=END, facts=[a_fact("F1")], contests=contests)
        assert line.state == state


def test_a_fact_not_yet_declared_is_not_in_the_statement() -> None:
    assert fact_lines(NOTORIETY, until=date(2026, 2, 28), facts=[a_fact("F1")]) == ()


def test_the_delay_stops_where_calendars_do() -> None:
    late = a_fact("F1", on="9999-12-31")
    (line,) = fact_lines(NOTORIETY, until=date.max, facts=[late])
    assert line.from_day == date.max


def test_a_town_counts_once_a_project() -> None:
    facts = [
        a_fact("T1", "town", "2026-03-01", town="Saint-Étienne"),
        a_fact("T2", "town", "2026-02-01", town="SAINT ETIENNE", declared_on=date(2026, 3, 15)),
        a_fact("T3", "town", "2026-03-01", town="Saint-Étienne", project="P2"),
        a_fact("T4", "town", "2026-03-01", town="Aurillac"),
    ]
    states = {line.fact.reference: line.state for line in fact_lines(NOTORIETY, until=END, facts=facts)}
    # T1 was declared first, so it could be credited first: what is credited never changes afterwards.
    assert states == {"T1": "credited", "T2": "town-counted", "T3": "credited", "T4": "credited"}
    later = fact_lines(NOTORIETY, until=END, facts=facts, credited=["T2"])
    assert {line.fact.reference: line.state for line in later if line.points} == {"T3": "credited", "T4": "credited"}


def test_a_contested_town_leaves_its_turn_to_the_next() -> None:
    facts = [a_fact("T1", "town", town="Lyon"), a_fact("T2", "town", "2026-05-01", town="Lyon")]
    contest = [a_contest("T1", "2026-03-02")]
    lines = fact_lines(NOTORIETY, until=END, facts=facts, contests=contest)
    assert [(line.state, line.points) for line in lines] == [("town-counted", 0), ("credited", 3)]


def a_year() -> list[NotorietyFact]:
    """200 points: 120 of C1, 80 of C2."""
    return [a_fact(f"D{at}", on=f"2026-0{at % 9 + 1}-01") for at in range(100)] + [
        a_fact("Z1", "prize", level="international"),
        *(a_fact(f"R{at}", "prize", level="international", company="C2", project="P2") for at in range(4)),
    ]


def test_the_points_of_a_year_go_by_the_charters_shares() -> None:
    made = statement(NOTORIETY, until=END, facts=a_year(), members=BRAID)
    # 200 × 20 % to the fund; 50 % of 120 and of 80 to each company; 60 among 5,000 / 3,500 / 2,000 / 1,500 of 12,000.
    assert by_party(made.lines, "credited") == {
        "fund": 40, "company:C1": 60, "company:C2": 40,
        "member:M1": 25, "member:M2": 18, "member:M3": 10, "member:M4": 7,
    }  # fmt: skip
    # M2 is due 17.5 and M4 7.5: M2 reaches 18 at 205.7 points, M4 reaches 8 at 213.3.
    assert standings_of(made)["member:M2"].credit_carried == Fraction(-1, 2)
    assert standings_of(made)["member:M4"].credit_carried == Fraction(1, 2)
    assert made.credited == 200
    assert len(credited_of(made)) == 105


def test_what_rounding_owes_is_paid_the_year_after() -> None:
    first = statement(a_notoriety(('decay = "20 %"\n', ""), ('decay = "made-up"\n', "")), until=END, facts=a_year(),
                      members=BRAID)  # fmt: skip
    again = [a_fact(f"N{at}", on="2027-02-01") for at in range(200)]
    second = statement(
        NOTORIETY,
        until=date(2027, 12, 31),
        facts=[*a_year(), *again],
        members=BRAID,
        opening=standings_of(first),
        credited=credited_of(first),
    )
    given = by_party(second.lines, "credited")
    assert (given["member:M2"], given["member:M4"]) == (17, 8)
    assert all(line.standing.credit_carried == 0 for line in second.lines)


DECAY = [
    # points, carried by decay → what is left after one, two, three years at 20 %
    (10, "0", [8, 6, 5]),  # 8 · 6.4 · 5.12
    (1, "0", [1, 1, 1]),  # 0.8 · 0.64 · 0.512
    (3, "0", [2, 2, 2]),  # 2.4 · 1.92 · 1.536
    (2, "1/2", [2, 2, 1]),  # 2.5: 2 · 1.6 · 1.28
    (0, "0", [0, 0, 0]),
]


@pytest.mark.parametrize(("points", "carried", "left"), DECAY)
def test_a_balance_decays_to_the_nearest_point(points: int, carried: str, left: list[int]) -> None:
    standings = {"fund": Standing(points, Fraction(carried))}
    for year, expected in enumerate(left, start=2027):
        made = statement(NOTORIETY, until=date(year, 12, 31), facts=[], members={}, opening=standings)
        (line,) = made.lines
        assert line.closing == expected == line.opening - line.decayed
        standings = standings_of(made)
    (at_once,) = statement(
        NOTORIETY, until=END, facts=[], members={}, opening={"fund": Standing(points, Fraction(carried))}, years=3
    ).lines
    assert (at_once.closing, at_once.standing) == (left[-1], standings["fund"])


def test_half_a_point_is_forgotten_in_the_end() -> None:
    standings = {"fund": Standing(1)}
    for year in range(4):
        standings = standings_of(
            statement(NOTORIETY, until=date(2027 + year, 12, 31), facts=[], members={}, opening=standings)
        )
    assert standings["fund"] == Standing(0, Fraction(256, 625))


def test_decay_takes_nothing_of_what_the_year_gives_and_nothing_twice_in_a_year() -> None:
    opening = {"fund": Standing(10), "member:M9": Standing(5)}
    made = statement(NOTORIETY, until=END, facts=a_year(), members=BRAID, opening=opening)
    assert (made.lines[0].decayed, made.lines[0].credited, made.lines[0].closing) == (2, 40, 48)
    more = statement(NOTORIETY, until=END, facts=[], members={}, opening=standings_of(made), years=0)
    assert by_party(more.lines, "decayed") == dict.fromkeys(by_party(made.lines, "decayed"), 0)
    assert member_points(standings_of(more)) == {"M1": 25, "M2": 18, "M3": 10, "M4": 7, "M9": 4}


def test_what_is_contested_is_shown_by_party_and_not_given() -> None:
    facts = [a_fact("F1", "prize", level="international"), a_fact("F2", "prize", level="international", company="C2")]
    made = statement(NOTORIETY, until=END, facts=facts, contests=[a_contest("F2", "2026-03-02")], members=BRAID)
    assert by_party(made.lines, "credited")["company:C1"] == 10
    assert by_party(made.lines, "contested")["company:C2"] == 10
    assert sum(by_party(made.lines, "contested").values()) == 20
    assert by_party(made.lines, "closing")["company:C2"] == 0


@pytest.mark.parametrize("key", ["use", "points", "equal"])
def test_members_may_be_credited_by_another_key(key: str) -> None:
    notoriety = a_notoriety(
        ('key = "contribution"', f'key = "{key}"'),
    )
    members = {
        "M1": MemberFacts(use=Fraction(3), points=Fraction(3)),
        "M2": MemberFacts(use=Fraction(1), points=Fraction(1)),
    }
    made = statement(notoriety, until=END, facts=a_year(), members=members)
    given = by_party(made.lines, "credited")
    assert (given["member:M1"], given["member:M2"]) == ((30, 30) if key == "equal" else (45, 15))


@pytest.mark.parametrize(
    ("members", "where"),
    [
        ({"M1": MemberFacts(contribution=1), "M2": MemberFacts()}, "members.M2.contribution"),
        ({"M1": MemberFacts(contribution=0)}, "members"),
        ({}, "members"),
    ],
)
def test_a_key_that_is_not_known_is_missed_by_name(members: dict[str, MemberFacts], where: str) -> None:
    with pytest.raises(FactsMissing) as refusal:
        statement(NOTORIETY, until=END, facts=a_year(), members=members)
    assert [fault.where for fault in refusal.value.faults] == [where]
    assert "notoriety" in refusal.value.sentence("fr")


def test_agreed_percentages_make_a_whole() -> None:
    notoriety = a_notoriety(('key = "contribution"', 'key = "percentage"'))
    members = {"M1": MemberFacts(percentage=Fraction(3, 4)), "M2": MemberFacts(percentage=Fraction(1, 4))}
    given = by_party(statement(notoriety, until=END, facts=a_year(), members=members).lines, "credited")
    assert (given["member:M1"], given["member:M2"]) == (45, 15)
    with pytest.raises(FactsMissing) as refusal:
        statement(notoriety, until=END, facts=a_year(), members={"M1": MemberFacts(percentage=Fraction(3, 4))})
    assert [fault.code for fault in refusal.value.faults] == ["percentages-sum"]
    assert "75 %" in refusal.value.sentence("fr")


def test_a_year_without_facts_asks_for_no_key() -> None:
    made = statement(NOTORIETY, until=END, facts=[], members={})
    assert (made.lines, made.facts, made.steps) == ((), (), ())


def test_the_trace_is_the_calculation() -> None:
    made = statement(NOTORIETY, until=END, facts=a_year(), members=BRAID, opening={"fund": Standing(10)})
    assert differences(made.steps) == ()
    assert tuple(step_from_json(step_as_json(step)) for step in made.steps) == made.steps
    assert made.algorithm == "notoriety/1"
