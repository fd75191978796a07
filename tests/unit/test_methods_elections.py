"""Real elections, where the folder of worked cases is present: the winners of an independent implementation."""

import json
import os
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from allocation.elections.pabulib import read_bytes, read_election, write_election
from allocation.methods import purses
from allocation.methods.explained import explained
from allocation.methods.problem import Problem, Result
from allocation.methods.reasons import reasons
from allocation.methods.registry import solve
from allocation.methods.ties import TieRule
from ledger.money import Amount

CASES = Path(os.environ.get("TRESSE_CASES", Path(__file__).resolve().parents[2].parent / "shared" / "cases"))
FOLDER = CASES / "pabulib"
ELECTIONS = sorted(FOLDER.glob("*.pb"))

UTILITIES = {"cost": "cost", "card": "cardinal", "cardinal": "score", "borda": "borda"}
COMPLETIONS = {"": "none", "util": "utilitarian", "add1": "add1", "add1_util": "add1-utilitarian"}


def rule(name: str) -> tuple[str, dict[str, str | int]]:
    """The method and the parameters of a rule, as the oracle's files name it: `mes_cost_add1_util`."""
    family, _, rest = name.partition("_")
    if family == "phragmen":
        return "phragmen", {}
    utility, _, completion = rest.partition("_")
    parameters: dict[str, str | int] = {"utility": UTILITIES[utility]}
    if family == "mes":
        parameters["completion"] = COMPLETIONS[completion]
    return {"mes": "equal-shares", "greedy": "greedy"}[family], parameters


@pytest.mark.parametrize("file", ELECTIONS, ids=lambda file: file.stem)
def test_the_same_winners_in_the_same_order_as_elsewhere(file: Path) -> None:
    """Every rule that was computed elsewhere; the order of Phragmén's winners is not told there."""
    expected = json.loads((FOLDER / "expected" / f"{file.stem}.json").read_text(encoding="utf-8"))["rules"]
    problem = read_bytes(file.read_bytes()).problem()
    compared = [name for name in expected if expected[name]["status"] == "ok"]
    for name in compared:
        method, parameters = rule(name)
        if f"{name}_util" in compared and name.endswith("add1"):
            continue  # its purchases are looked at below: it runs for long
        result = solve(problem, method=method, parameters={**parameters, "min_support": 0}, tie_rule=TieRule())
        winners = sorted(result.winners) if method == "phragmen" else list(result.winners)
        assert winners == expected[name]["winners"], name
        if name.endswith("add1_util"):
            bought = [purchase.project for purchase in result.purchases]
            assert bought == expected[name.removesuffix("_util")]["winners"], name
    assert len(compared) >= 6


OFFICIAL = {
    "Netherlands_Assen_2024": "exhaustive",
    "Poland_Swiecie_2023": "exhaustive",
    "Poland_Wieliczka_2023_Green_Budget": "overspend",
}


@pytest.mark.parametrize("stem", [stem for stem in OFFICIAL if FOLDER.exists()])
def test_the_elections_really_decided_by_equal_shares(stem: str) -> None:
    official = json.loads((FOLDER / "expected" / "OFFICIAL_equalshares.json").read_text(encoding="utf-8"))
    problem = read_bytes((FOLDER / f"{stem}.pb").read_bytes()).problem()
    for start in ("exact", "floor"):
        parameters = {"completion": "add1", "add1_start": start, "add1_stop": OFFICIAL[stem]}
        result = solve(problem, method="equal-shares", parameters=parameters, tie_rule=TieRule())
        assert sorted(result.winners) == official[f"{stem}.pb"]["official_winners"]
    assert len(official) == len(OFFICIAL)


@pytest.mark.parametrize("file", ELECTIONS, ids=lambda file: file.stem)
def test_a_real_election_written_reads_back_the_same(file: Path) -> None:
    election = read_bytes(file.read_bytes())
    assert read_election(write_election(election)) == election


SMALL = [file for file in ELECTIONS if file.stat().st_size < 60_000]


@pytest.mark.parametrize("file", SMALL, ids=lambda file: file.stem)
@pytest.mark.parametrize("name", ["greedy_cost", "greedy_card", "mes_cost", "mes_cost_util", "mes_card", "phragmen"])
def test_what_real_reasons_say_would_have_been_enough_was_enough(file: Path, name: str) -> None:
    """A smaller request, and more supporters among those who have most left."""
    method, parameters = rule(name)
    problem = read_bytes(file.read_bytes()).problem()
    result = solve(problem, method=method, parameters=parameters, tie_rule=TieRule())
    fullest = [place for place, _ in sorted(enumerate(spent_by_ballot(problem, result)), key=lambda each: each[1])]
    for project, reason in explained(problem, result, TieRule()).items():
        if reason.enough_minor is not None:
            smaller = replace(problem, costs={**problem.costs, project: reason.enough_minor})
            assert project in solve(smaller, method=method, parameters=parameters, tie_rule=TieRule()).winners
        if reason.enough_voters is not None:
            joined = joined_by(problem, project, reason.enough_voters, fullest)
            assert project in solve(joined, method=method, parameters=parameters, tie_rule=TieRule()).winners


def spent_by_ballot(problem: Problem, result: Result) -> list[Fraction]:
    """What the voters of each distinct ballot have spent, or what they lack to a full purse."""
    if result.method == "phragmen/1":
        loads = {step.project: step.load for step in result.loads}
        return [
            max((loads[each] for each in ballot if each in loads), default=Fraction(0)) for ballot in problem.ballots
        ]
    after = purses.after(problem, result)
    return [-Fraction(after.left[ballot], after.denominator) for ballot in problem.ballots]


def joined_by(problem: Problem, project: str, number: int, places: list[int]) -> Problem:
    """The problem where so many voters of the first of these ballots support the project too."""
    ballots = Counter(dict(problem.ballots))
    distinct = list(problem.ballots)
    for place in places:
        ballot = distinct[place]
        moved = 0 if project in ballot else min(number, problem.ballots[ballot])
        ballots[ballot] -= moved
        ballots[ballot | {project}] += moved
        number -= moved
    assert number == 0
    return Problem(budget=problem.budget, costs=problem.costs, ballots={each: n for each, n in ballots.items() if n})


@pytest.mark.skipif(not (CASES / "first_year").exists(), reason="the folder of worked cases is elsewhere")
def test_the_awards_of_a_first_year() -> None:
    folder = CASES / "first_year"
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["awards"]
    election = read_bytes((folder / "ballots.pb").read_bytes())
    result = solve(election.problem(), method="equal-shares", parameters={}, tie_rule=TieRule(seed="essai-2026"))
    assert {step.project: Amount(step.cost, election.unit).major for step in result.steps} == expected
    assert result.ties == ()


def test_how_many_elections_were_compared(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f" [{len(ELECTIONS)} real elections]", end="")
    assert not FOLDER.exists() or ELECTIONS


def test_sixty_thousand_voters_and_two_hundred_projects_take_seconds() -> None:
    """A made-up election whose ballots are all different, so that merging them does not help."""
    names = [f"P{number:03}" for number in range(200)]
    ballots = [
        {names[(voter * 7919 + step * step * (1 + voter % 197)) % 200] for step in range(1, 16)}
        for voter in range(60_000)
    ]
    costs = {name: 10_000 + 137 * number for number, name in enumerate(names)}
    problem = Problem.of(budget=1_000_000, costs=costs, ballots=ballots)
    assert len(problem.ballots) > 30_000
    result = solve(problem, method="equal-shares", parameters={}, tie_rule=TieRule(seed="graine"))
    told = reasons(problem, result, TieRule(seed="graine"))
    assert result.spent <= problem.budget
    assert sum(reason.is_funded for reason in told.values()) == len(result.winners) > 25
