"""From the files of a year to awards, contributions and returns, against figures worked out by hand."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from allocation.methods.registry import solve
from allocation.methods.ties import TieRule
from fund.charter.facts import AllocationFacts, Facts, MemberFacts, Performance
from fund.charter.outcomes import Outcome, run
from fund.charter.reading.reader import read_charter
from fund.importers.year_folder import YearFolder, read_year_folder
from ledger.money import Amount
from tests.folders import SMALL_YEAR

REPOSITORY = Path(__file__).resolve().parents[2]
CASE = Path(os.environ.get("TRESSE_CASES", REPOSITORY.parent / "shared" / "cases")) / "first_year"


def awards(year: YearFolder, method: str) -> dict[str, int]:
    """What the method awards to each project, in minor units."""
    tie_rule = TieRule(seed=year.call.lottery_seed)
    result = solve(year.election.problem(), method=method, parameters={}, tie_rule=tie_rule)
    return {step.project: step.cost for step in result.steps}


def statement(year: YearFolder, project: str) -> Outcome:
    """What the charter makes of a project's year."""
    received = Counter({row.id: 0 for row in year.members})
    for receipt in year.receipts:
        received[receipt.member] += receipt.amount.minor
    members = {
        row.id: MemberFacts(
            contribution=received[row.id],
            category=row.category,
            declared={"annual_production_budget": row.annual_production_budget or 0},
            pledge=row.pledge,
        )
        for row in year.members
    }
    events = tuple(
        Performance(row.on, row.fee.minor, row.member_date, row.triggered, reference=row.reference)
        for row in year.performances
        if row.project == project
    )
    allocation = AllocationFacts(amount=awards(year, year.call.method)[project], premiere=year.call.premiere)
    return run(read_charter(year.charter), Facts(members=members, allocation=allocation, events=events))


def test_the_small_year_gives_what_its_readme_works_out() -> None:
    year = read_year_folder(SMALL_YEAR)

    assert awards(year, "equal-shares") == {"A": 300_000, "C": 180_000, "D": 60_000, "E": 120_000}
    assert awards(year, "greedy") == {"A": 300_000, "B": 200_000, "C": 180_000}
    outcome = statement(year, "A")
    called = {member: computed.minor for member, computed in outcome.contributions.items()}
    assert called == {"PUB": 200_000, "THE": 150_000, "CIE": 80_000, "FES": 500_000}
    returned = {
        party: {form: minor for form, minor in forms.items() if form != "loss"}
        for party, forms in outcome.totals.items()
    }
    assert returned == {
        "fund": {"cash": 7_200},
        "member:PUB": {"drawing-right": 800},
        "member:THE": {"drawing-right": 600},
        "member:CIE": {"drawing-right": 200},
        "member:FES": {"drawing-right": 2_000},
        "company": {"locked": 1_200},
        "reserve": {},
    }
    assert sum(due.minor for due in statement(year, "C").due) == 0


def test_the_demonstration_gives_what_its_readme_says() -> None:
    year = read_year_folder(REPOSITORY / "fund" / "demonstration")

    awarded = awards(year, "equal-shares")
    assert sorted(awarded) == ["P01", "P02", "P03", "P06", "P09", "P12", "P13", "P14"]
    assert sum(awarded.values()) == 9_080_000
    assert sorted(awards(year, "greedy")) == ["P01", "P02", "P03", "P11", "P12", "P13"]
    dates = Counter(row.project for row in year.performances)
    assert dates.keys() == awarded.keys()
    assert sum(dates.values()) == 93
    returns = {project: sum(due.minor for due in statement(year, project).due) for project in awarded}
    assert {project for project, minor in returns.items() if minor} == {"P01", "P02", "P03", "P06", "P09", "P12"}
    paid = sum(row.amount.minor for row in year.receipts if row.member == "M09")
    called = statement(year, "P01").contributions
    assert called["M09"].minor - paid == 127_330
    assert (
        sum(computed.minor for computed in called.values()) - sum(row.amount.minor for row in year.receipts) == 127_330
    )


@pytest.mark.skipif(not CASE.is_dir(), reason="the worked cases are not on this machine")
def test_the_worked_year_gives_its_expected_figures() -> None:
    expected = json.loads((CASE / "expected.json").read_text(encoding="utf-8"))
    year = read_year_folder(CASE)

    awarded = awards(year, year.call.method)
    assert {project: Amount(minor).major for project, minor in awarded.items()} == expected["awards"]
    called = statement(year, next(iter(awarded))).contributions
    assert {m: Amount(computed.minor).major for m, computed in called.items()} == expected["contributions"]["called"]
    returns = {project: sum(due.minor for due in statement(year, project).due) for project in awarded}
    assert {project: Amount(minor).major for project, minor in returns.items()} == expected["returns"]
