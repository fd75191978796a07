"""What notoriety promises, over facts, contests and shares that nobody wrote, and its slow and obvious twin."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from fund.charter.facts import MemberFacts
from fund.charter.notoriety.facts import Amended, Contest, NotorietyFact, Resolution, Upheld, Withdrawn
from fund.charter.notoriety.grammar import (
    Credit,
    CreditToCompany,
    CreditToFund,
    CreditToMembers,
    Notoriety,
    PointsByLevel,
    SamePoints,
    Wording,
)
from fund.charter.notoriety.points import fact_lines
from fund.charter.notoriety.statements import Standing, Statement, credited_of, standings_of, statement
from fund.charter.trace import differences
from tests.notorieties import SECTION, read_section

FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
DELAY = 20
moderately = settings(max_examples=100, deadline=None)

days = st.integers(0, 300).map(lambda after: FIRST + timedelta(days=after))
ids = st.lists(st.sampled_from("ABCDEFG"), min_size=1, max_size=5, unique=True)


@st.composite
def notorieties(draw: st.DrawFn, *, decay: bool = True) -> Notoriety:
    """A table of points and shares that sum to the whole."""
    parts = draw(st.lists(st.integers(1, 9), min_size=4, max_size=4))
    company, fund, equal, contribution = (Fraction(part, sum(parts)) for part in parts)
    lines: list[Credit] = [
        CreditToCompany(company, {}),
        CreditToFund(fund, {}),
        CreditToMembers(equal, "equal", {}),
        CreditToMembers(contribution, "contribution", {}),
    ]
    return Notoriety(
        points={
            "performance": SamePoints(draw(st.integers(1, 5))),
            "town": SamePoints(draw(st.integers(1, 9))),
            "press": PointsByLevel({"local": draw(st.integers(1, 5)), "national": draw(st.integers(1, 40))}),
        },
        credits=tuple(draw(st.permutations(lines))),
        decay=draw(st.builds(Fraction, st.integers(1, 12), st.sampled_from([12, 13, 100]))) if decay else Fraction(0),
        contestation_days=DELAY,
        ceiling=Fraction(3, 10),
        wording=Wording("strict", 10, (), {}),
        sources={},
        points_sources={},
    )


@st.composite
def facts(draw: st.DrawFn) -> tuple[NotorietyFact, ...]:
    """Up to twenty facts of three companies, in four towns."""
    found = []
    for at in range(draw(st.integers(1, 20))):
        on = draw(days)
        company = draw(st.sampled_from(["C1", "C2", "C3"]))
        fact = NotorietyFact(
            f"F{at}",
            draw(st.sampled_from(["performance", "town", "press", "prize"])),
            draw(st.sampled_from(["local", "national", "international"])),
            on,
            on + timedelta(days=draw(st.integers(0, 40))),
            f"P{company}",
            company,
            "page 1",
            draw(st.sampled_from(["Lyon", "LYON", "Brest", "Nice"])),
        )
        found.append(fact)
    return tuple(found)


@st.composite
def contests(draw: st.DrawFn, of: tuple[NotorietyFact, ...]) -> tuple[Contest, ...]:
    """Contests within the delay, settled or not."""
    found = []
    for fact in of:
        for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
            on = fact.declared_on + timedelta(days=draw(st.integers(0, DELAY)))
            settled = on + timedelta(days=draw(st.integers(0, 400)))
            resolutions: list[Resolution | None] = [
                None, Upheld(settled), Withdrawn(settled), Amended(settled, replace(fact, kind="performance")),
            ]  # fmt: skip
            found.append(Contest(fact.reference, on, "M", "non", draw(st.sampled_from(resolutions))))
    return tuple(found)


members_of = ids.flatmap(
    lambda names: st.fixed_dictionaries(
        {name: st.builds(MemberFacts, contribution=st.integers(1, 9_999)) for name in names}
    )
)


Case: TypeAlias = tuple[tuple[NotorietyFact, ...], tuple[Contest, ...], Mapping[str, MemberFacts]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    drawn = draw(facts())
    return drawn, draw(contests(drawn)), draw(members_of)


# The twin: a table on paper, one coin after the other.


def exact_parts(
    notoriety: Notoriety, points: Mapping[str, int], members: Mapping[str, MemberFacts]
) -> dict[str, Fraction]:
    """What each party is exactly due of the points that each company's facts are worth."""
    total, due = sum(points.values()), dict[str, Fraction]()
    for credit in notoriety.credits:
        if isinstance(credit, CreditToFund):
            rows = {"fund": Fraction(total)}
        elif isinstance(credit, CreditToCompany):
            rows = {f"company:{company}": Fraction(worth) for company, worth in points.items()}
        else:
            figures = {
                name: 1 if credit.key == "equal" else member.contribution or 0 for name, member in members.items()
            }
            rows = {f"member:{name}": Fraction(total * of, sum(figures.values())) for name, of in figures.items()}
        for party, part in rows.items():
            due[party] = due.get(party, Fraction()) + credit.share * part
    return due


def coins(due: Mapping[str, Fraction], total: int) -> dict[str, int]:
    """Everyone's whole points, then one coin each to those whose next whole point is reached at the smallest total."""
    given = {party: part.numerator // part.denominator for party, part in due.items()}
    if total == 0:
        return given
    while sum(given.values()) < total:
        waiting = [party for party, part in due.items() if part.denominator > 1 and given[party] < part]
        chosen = min(
            waiting,
            key=lambda party: (
                Fraction(given[party] + 1) * total / due[party],
                given[party] - due[party],
                f"{party} retained",
            ),
        )
        given[chosen] += 1
    return given


def points_by_company(made: Statement) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in made.facts:
        if line.state == "credited":
            sums[line.fact.company] = sums.get(line.fact.company, 0) + line.points
    return sums


@moderately
@given(notorieties(), cases())
def test_a_statement_is_what_its_slow_twin_gives(notoriety: Notoriety, case: Case) -> None:
    facts_, contests_, members = case
    made = statement(notoriety, until=LAST, facts=facts_, contests=contests_, members=members)
    points = points_by_company(made)
    due = exact_parts(notoriety, points, members) if points else {}
    credited = {line.party: line.credited for line in made.lines if line.party in due}
    assert credited == coins(due, sum(points.values()))
    assert all(abs(credited[party] - part) < 1 for party, part in due.items())


@moderately
@given(notorieties(), cases(), st.integers(0, 1100))
def test_every_point_goes_to_somebody_and_none_before_its_day(notoriety: Notoriety, case: Case, after: int) -> None:
    facts_, contests_, members = case
    until = FIRST + timedelta(days=after)
    made = statement(notoriety, until=until, facts=facts_, contests=contests_, members=members)
    assert made.credited == sum(points_by_company(made).values())
    at_stake = sum(line.points for line in made.facts if line.state == "contested")
    assert sum(line.contested for line in made.lines) == at_stake
    assert sum((line.standing.credit_carried for line in made.lines), Fraction()) == 0
    for line in made.lines:
        assert line.closing == line.opening - line.decayed + line.credited == line.standing.points
    for fact in made.facts:
        if fact.state == "credited":
            assert fact.fact.declared_on + timedelta(days=DELAY) < until + timedelta(days=1)
            for contest in contests_:
                if contest.fact == fact.fact.reference and contest.on <= until:
                    assert contest.resolution is not None
                    assert contest.resolution.on <= until
                    assert not isinstance(contest.resolution, Withdrawn)
    assert differences(made.steps) == ()


@moderately
@given(notorieties(), cases(), st.randoms())
def test_the_order_of_what_is_given_decides_nothing(notoriety: Notoriety, case: Case, chance: random.Random) -> None:
    facts_, contests_, members = case
    made = statement(notoriety, until=LAST, facts=facts_, contests=contests_, members=members)
    mixed_facts, mixed_contests, mixed_members = list(facts_), list(contests_), list(members.items())
    chance.shuffle(mixed_facts)
    chance.shuffle(mixed_contests)
    chance.shuffle(mixed_members)
    again = statement(notoriety, until=LAST, facts=mixed_facts, contests=mixed_contests, members=dict(mixed_members))
    assert (again.lines, again.facts) == (made.lines, made.facts)


@moderately
@given(notorieties(decay=False), cases(), st.lists(st.integers(0, 1000), max_size=4))
def test_one_statement_or_several_give_the_same(notoriety: Notoriety, case: Case, closings: list[int]) -> None:
    facts_, contests_, members = case
    whole = statement(notoriety, until=LAST, facts=facts_, contests=contests_, members=members)
    standings: dict[str, Standing] = {}
    credited: list[str] = []
    for until in [*sorted(FIRST + timedelta(days=after) for after in closings), LAST]:
        made = statement(
            notoriety, until=until, facts=facts_, contests=contests_, members=members, opening=standings,
            credited=credited,
        )  # fmt: skip
        assert all(line.credited >= 0 for line in made.lines)
        standings, credited = standings_of(made), [*credited, *credited_of(made)]
    at_once = {line.party: line.standing for line in whole.lines if line.credited or line.standing.credit_carried}
    assert set(credited) == set(credited_of(whole))
    for party, standing in standings.items():
        alone = at_once.get(party, Standing())
        # Exactly the same is due; what is booked of it differs by what rounding still owes.
        assert standing.points + standing.credit_carried == alone.points + alone.credit_carried
        assert standing.credit_carried > -1
    assert sum(standing.points for standing in standings.values()) == whole.credited


@moderately
@given(notorieties(decay=False), members_of, st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_nobody_is_a_point_away_over_the_years(
    notoriety: Notoriety, members: Mapping[str, MemberFacts], years: list[int]
) -> None:
    members = {name: replace(member, contribution=member.contribution + 10_000) for name, member in members.items()}
    facts_: list[NotorietyFact] = []
    standings: dict[str, Standing] = {}
    credited: list[str] = []
    for year, extra in enumerate(years):
        on = FIRST + timedelta(days=366 * year)
        rich = replace(notoriety, points={"performance": SamePoints(400 + extra)})
        facts_.append(NotorietyFact(f"Y{year}", "performance", "local", on, on, "P", "C1", "page 1"))
        made = statement(
            rich, until=on + timedelta(days=300), facts=facts_, members=members, opening=standings, credited=credited
        )
        standings, credited = standings_of(made), [*credited, *credited_of(made)]
        assert credited_of(made) == (f"Y{year}",)
        assert all(-1 < line.standing.credit_carried < 1 for line in made.lines)


@moderately
@given(notorieties(), st.integers(0, 500), st.lists(st.integers(0, 3), max_size=8), st.integers(-49, 49))
def test_decay_is_never_negative_and_nobody_is_half_a_point_away(
    notoriety: Notoriety, points: int, years: list[int], carried: int
) -> None:
    opening = Standing(points, Fraction(carried, 100) if points else Fraction(0))
    exact, standings = points + opening.decay_carried, {"fund": opening}
    for span in years:
        made = statement(notoriety, until=LAST, facts=[], members={}, opening=standings, years=span)
        (line,) = made.lines
        exact *= (1 - notoriety.decay) ** span
        assert 0 <= line.decayed <= line.opening
        assert abs(line.closing - exact) <= Fraction(1, 2)
        standings = standings_of(made)


@moderately
@given(cases(), notorieties(), st.integers(0, 1000), st.integers(0, 1000))
def test_what_may_be_credited_one_day_may_be_later(case: Case, notoriety: Notoriety, early: int, later: int) -> None:
    facts_, contests_, _ = case
    first, second = (FIRST + timedelta(days=after) for after in sorted((early, later)))
    before, after = (
        {
            line.fact.reference: line.points
            for line in fact_lines(notoriety, until=until, facts=facts_, contests=contests_)
            if line.state == "credited"
        }
        for until in (first, second)
    )
    assert before.items() <= after.items()


values = st.one_of(
    st.integers(-5, 2_000_000).map(str),
    st.sampled_from(['"8 %"', '"120 %"', "0.5", "true", '"state"', "[]", "{}", '["state", "state"]', '"made-up"',
                     "[{}]", "{ local = 3 }", "2026-01-01", '"\\u001b"', "{ national = { points = 2 } }"]),
)  # fmt: skip
places = [line.partition(" = ")[0] for line in SECTION.split("\n") if " = " in line and not line.startswith(" ")]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(places), values), min_size=1, max_size=4))
def test_a_mutated_section_is_read_or_every_fault_is_told(changes: list[tuple[str, str]]) -> None:
    lines = SECTION.replace("[\n  ", "[").replace(",\n]", "]").split("\n")
    for place, value in changes:
        lines = [f"{place} = {value}" if line.partition(" = ")[0] == place else line for line in lines]
    notoriety, faults = read_section("\n".join(lines))
    assert isinstance(notoriety, Notoriety)
    for fault in faults:
        assert fault.line is not None
        assert fault.sentence("fr") != fault.sentence("en")
    if not faults:
        assert sum((credit.share for credit in notoriety.credits), Fraction()) == 1
        assert notoriety.points
        assert len(set(notoriety.wording.logo_order)) == 8
