"""Dedicated funds in tables: what a convention leaves unused, and the table of article 431-6."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fund.accounting.dedicated_funds import DedicatedRow, dedicated_funds_table, moves_of
from fund.accounting.dedicating import ConventionFacts, Plan, planned
from fund.accounting.year import YearKey, YearRow
from fund.entries.conventions import convention_signed, plan_booked
from ledger.journal import AccountKey, Line, is_balanced
from ledger.money import EUR, Amount
from tests.slow_closing import slow_plan

ENDS = date(2026, 12, 31)


def convention(code: str = "C", *, rubric: str = "subsidies", project: str = "", **changes: object) -> ConventionFacts:
    facts: dict[str, object] = {
        "code": code, "rubric": rubric, "project": project, "signed_on": date(2026, 3, 1), "first": date(2026, 1, 1),
        "last": date(2026, 12, 31), "is_dedicated": True, "amount": 1, "shares": {},
    }  # fmt: skip
    return ConventionFacts(**(facts | changes))  # type: ignore[arg-type]


def row(chart: str, minor: int, *, convention: str = "", project: str = "", opening: int = 0) -> YearRow:
    """A row that moves by so much, debit positive."""
    return YearRow(YearKey(chart, project=project, convention=convention), opening, max(minor, 0), max(-minor, 0))


def plan_of(rows: list[YearRow], *conventions: ConventionFacts) -> tuple[Plan, ...]:
    return planned(conventions or (convention(),), rows, ends=ENDS)


CASES = """
# opening income spent | use report unused  because
  6000    0      4000  | 4000 0    2000     what was kept is used for the project
  0       20000  13500 | 0    6500 6500     what is not spent of the year is kept
  6000    20000  10000 | 6000 16000 16000   the oldest money goes first
  6000    20000  30000 | 6000 0    0        all is spent, and more
  6000    0      0     | 0    0    6000     nothing is spent
  0       0      500   | 0    0    0        spent without resources: the fund's own money
"""


@pytest.mark.parametrize("line", [line for line in CASES.splitlines() if "|" in line and "#" not in line])
def test_a_convention_of_one_year(line: str) -> None:
    left, right = line.split("|")
    opening, income, spent = map(int, left.split())
    use, report, unused = map(int, right.split()[:3])
    rows = [
        row("194", 0, convention="C", opening=-opening),
        row("741", -income, convention="C"),
        row("6571", spent, convention="C"),
    ]
    (plan,) = plan_of(rows)
    assert (plan.use, plan.report, plan.unused) == (use, report, unused)


def test_what_is_booked_is_not_proposed_again_and_more_expenses_take_some_back() -> None:
    rows = [row("741", -20000, convention="C"), row("6571", 5000, convention="C")]
    (plan,) = plan_of(rows)
    assert plan.report_to_book == 15000
    rows += [row("6894", 15000, convention="C"), row("194", -15000, convention="C")]
    (plan,) = plan_of(rows)
    assert plan.is_booked
    (plan,) = plan_of([*rows, row("6226", 2000, convention="C")])
    assert (plan.report, plan.report_to_book) == (13000, -2000)
    taken_back = plan_booked(plan, EUR)["report"]
    assert [(line.account.chart, line.minor) for line in taken_back] == [("6894", -2000), ("194", 2000)]


def test_the_share_of_later_years_leaves_and_comes_back() -> None:
    terms = convention(last=date(2028, 12, 31), shares={2027: 5000, 2028: 3000})
    (plan,) = plan_of([row("741", -20000, convention="C"), row("6571", 12000, convention="C")], terms)
    assert (plan.deferred, plan.resources, plan.report) == (8000, 12000, 0)
    rows = [row("487", 0, convention="C", opening=-8000), row("6571", 1000, convention="C")]
    (plan,) = planned([terms], rows, ends=date(2027, 12, 31))
    assert (plan.deferred, plan.deferral_to_book, plan.resources, plan.report) == (3000, -5000, 5000, 4000)
    lines = plan_booked(plan, EUR)["deferral"]
    assert [(line.account.chart, line.minor, line.convention) for line in lines] == [
        ("487", 5000, "C"),
        ("741", -5000, "C"),
    ]


def test_no_more_is_deferred_than_was_booked() -> None:
    (plan,) = plan_of([], convention(last=date(2027, 12, 31), shares={2027: 5000}))
    assert plan.deferred == 0
    assert plan.is_booked


def test_two_conventions_of_a_project_never_take_the_same_expense() -> None:
    early = convention("EARLY", project="P", last=date(2026, 6, 30))
    late = convention("LATE", project="P", rubric="contributions")
    rows = [
        row("741", -6000, convention="EARLY"),
        row("7551", -6000, convention="LATE"),
        row("6571", 8000, project="P", convention="AGREEMENT-7"),
        row("6571", 1000, project="P", convention="LATE"),
    ]
    first, second = plan_of(rows, late, early)
    assert (first.convention.code, first.expenses, first.report) == ("EARLY", 6000, 0)
    assert (second.convention.code, second.expenses, second.report) == ("LATE", 3000, 3000)


def test_money_that_is_not_dedicated_keeps_nothing_and_a_later_convention_is_not_there_yet() -> None:
    rows = [row("741", -6000, convention="C")]
    (plan,) = plan_of(rows, convention(is_dedicated=False))
    assert plan.is_booked
    assert plan.unused == 0
    assert plan_of(rows, convention(signed_on=date(2027, 1, 5))) == ()


def test_a_refund_is_no_longer_there_to_be_used() -> None:
    rows = [row("194", 1000, convention="C", opening=-6000), row("6571", 9000, convention="C")]
    (plan,) = plan_of(rows)
    assert (plan.available, plan.use, plan.unused) == (5000, 5000, 0)


CENTS = st.integers(0, 60)


@given(
    CENTS, CENTS, CENTS, CENTS, CENTS, st.integers(0, 80), st.sampled_from(["subsidies", "contributions", "generosity"])
)
def test_a_slow_twin_spends_cent_by_cent(
    opening: int, income: int, booked_report: int, booked_use: int, spent: int, share: int, rubric: str
) -> None:
    fund, report, use, earned = {
        "subsidies": ("194", "6894", "7894", "741"),
        "contributions": ("195", "6895", "7895", "7551"),
        "generosity": ("196", "6896", "7896", "75411"),
    }[rubric]
    terms = convention(rubric=rubric, project="P", last=date(2027, 12, 31), shares={2027: share} if share else {})
    rows = [
        row(fund, booked_use - booked_report, convention="C", opening=-opening),
        row(earned, -income, convention="C"),
        row(report, booked_report, convention="C"),
        row(use, -booked_use, convention="C"),
        row("6571", spent, project="P"),
    ]
    (plan,) = plan_of(rows, terms)
    slow = slow_plan(terms, rows, ENDS)
    assert {"deferred": plan.deferred, "use": plan.use, "report": plan.report, "unused": plan.unused} == slow
    for lines in plan_booked(plan, EUR).values():
        assert is_balanced(lines)


# The table of article 431-6


def lines(*rows: tuple[str, int, str]) -> list[Line]:
    return [Line(AccountKey(chart), minor, convention=code) for chart, minor, code in rows]


def test_an_entry_tells_what_it_does_to_dedicated_funds() -> None:
    def kinds(*rows: tuple[str, int, str]) -> list[tuple[str, str, int]]:
        return [(move.code, move.kind, move.minor) for move in moves_of(lines(*rows))]

    assert kinds(("6894", 5, "A"), ("194", -5, "A")) == [("A", "report", 5)]
    assert kinds(("194", 5, "A"), ("7894", -5, "A")) == [("A", "use", 5)]
    assert kinds(("194", 5, "A"), ("441", -5, "")) == [("A", "refund", 5)]
    assert kinds(("194", 5, "A"), ("194", -5, "B")) == [("A", "transfer", -5), ("B", "transfer", 5)]
    assert kinds(("6894", -5, "A"), ("194", 5, "A")) == [("A", "report", -5)]
    assert kinds(("512", 5, ""), ("411", -5, "")) == []


def test_the_table_adds_up_and_tells_idle_money() -> None:
    rows = [
        row("194", 0, convention="OLD", opening=-900),
        YearRow(YearKey("194", convention="REG"), -600, 400, 650),
        row("195", -400, convention="M001"),
        row("6894", 650, convention="REG"),
        row("7894", -400, convention="REG"),
        row("6895", 400, convention="M001"),
    ]
    moves = [
        move
        for entry in (
            lines(("6894", 650, "REG"), ("194", -650, "REG")),
            lines(("194", 400, "REG"), ("7894", -400, "REG")),
            lines(("6895", 400, "M001"), ("195", -400, "M001")),
        )
        for move in moves_of(entry)
    ]
    table = dedicated_funds_table(rows, moves, spent={("subsidies", "REG")}, is_known=True)
    assert table.of("subsidies") == (
        DedicatedRow("subsidies", "OLD", "194", 900, 0, 0, 0, 0, 900, 900),
        DedicatedRow("subsidies", "REG", "194", 600, 650, 400, 0, 0, 850, 0),
    )
    assert table.of("contributions") == (DedicatedRow("contributions", "M001", "195", 0, 400, 0, 0, 0, 400, 0),)
    assert table.total().closing == 2150
    assert table.unsound() == []
    unknown = dedicated_funds_table(rows, moves, spent=(), is_known=False)
    assert unknown.total().idle == 0


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (row("6894", 7), ("subsidies", 7)),  # an expense that put nothing aside
        (row("7895", -9), ("contributions", 9)),  # a use that took nothing out
        (row("196", -3), ("generosity", -3)),  # money that came from nowhere
    ],
)
def test_the_table_says_what_does_not_agree(extra: YearRow, said: tuple[str, int]) -> None:
    assert said in dedicated_funds_table([extra], [], spent=(), is_known=True).unsound()


def test_transfers_need_another_side() -> None:
    table = dedicated_funds_table(
        [row("194", -5, convention="A")],
        moves_of(lines(("512", 5, ""), ("194", -5, "A"))),
        spent=(),
        is_known=True,
    )
    assert ("transfers", 5) in table.unsound()


def test_a_convention_that_is_signed_books_what_its_kind_says() -> None:
    accounts = {
        rubric: [
            line.account.chart
            for line in convention_signed(rubric=rubric, funder="F", convention="C", amount=Amount(100))
        ]
        for rubric in ("subsidies", "contributions", "generosity")
    }
    assert accounts == {"subsidies": ["4417", "741"], "contributions": ["4671", "7551"], "generosity": ["4671", "7542"]}
