"""Real elections, where the folder of worked cases is present: the winners of an independent implementation."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from allocation.methods.problem import Problem
from allocation.methods.reasons import reasons
from allocation.methods.registry import solve
from allocation.methods.ties import TieRule
from allocation.pabulib import read_bytes, read_election, write_election
from ledger.money import Amount

CASES = Path(os.environ.get("TRESSE_CASES", Path(__file__).resolve().parents[2].parent / "shared" / "cases"))
FOLDER = CASES / "pabulib"
ELECTIONS = sorted(FOLDER.glob("*.pb"))

RULES: dict[str, tuple[str, dict[str, str | int]]] = {
    "greedy_cost": ("greedy", {"utility": "cost"}),
    "greedy_card": ("greedy", {"utility": "cardinal"}),
    "mes_cost": ("equal-shares", {"utility": "cost", "completion": "none"}),
    "mes_card": ("equal-shares", {"utility": "cardinal", "completion": "none"}),
    "mes_cost_util": ("equal-shares", {"utility": "cost", "completion": "utilitarian"}),
    "mes_card_util": ("equal-shares", {"utility": "cardinal", "completion": "utilitarian"}),
}


@pytest.mark.parametrize("file", ELECTIONS, ids=lambda file: file.stem)
def test_the_same_winners_in_the_same_order_as_elsewhere(file: Path) -> None:
    expected = json.loads((FOLDER / "expected" / f"{file.stem}.json").read_text(encoding="utf-8"))["rules"]
    problem = read_bytes(file.read_bytes()).problem()
    compared = [rule for rule in RULES if expected.get(rule, {}).get("status") == "ok"]
    for rule in compared:
        method, parameters = RULES[rule]
        result = solve(problem, method=method, parameters={**parameters, "min_support": 0}, tie_rule=TieRule())
        assert list(result.winners) == expected[rule]["winners"], rule
    assert compared


@pytest.mark.parametrize("file", ELECTIONS, ids=lambda file: file.stem)
def test_a_real_election_written_reads_back_the_same(file: Path) -> None:
    election = read_bytes(file.read_bytes())
    assert read_election(write_election(election)) == election


@pytest.mark.parametrize(
    "file", [file for file in ELECTIONS if file.stat().st_size < 60_000], ids=lambda file: file.stem
)
@pytest.mark.parametrize("rule", ["greedy_cost", "mes_cost", "mes_cost_util"])
def test_the_smaller_requests_of_real_reasons_would_have_been_funded(file: Path, rule: str) -> None:
    method, parameters = RULES[rule]
    problem = read_bytes(file.read_bytes()).problem()
    result = solve(problem, method=method, parameters=parameters, tie_rule=TieRule())
    for project, reason in reasons(problem, result, TieRule()).items():
        if reason.enough_minor is not None:
            smaller = replace(problem, costs={**problem.costs, project: reason.enough_minor})
            assert project in solve(smaller, method=method, parameters=parameters, tie_rule=TieRule()).winners


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
        print(f" [{len(ELECTIONS)} real elections under {len(RULES)} rules]", end="")
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
