"""The rules of the books' statements, case by case, in figures that a reader can follow."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from fund.accounting.obligations import Due, Instalment, advances, commitments, dues
from fund.accounting.pooled_fund import pooled_fund
from fund.accounting.related import NATURES, transactions
from fund.accounting.subsidies import Subsidy, subsidies
from fund.accounting.year import FiscalYear, YearAccounts, YearKey, YearRow
from tests.book_lines import a_line

YEAR = FiscalYear("2026", date(2026, 1, 1), date(2026, 12, 31), "anc-2022-06")


def accounts(*rows: YearRow) -> YearAccounts:
    return YearAccounts(YEAR, YEAR.last, "EUR", rows)


def test_a_subsidy_is_its_receivable_s() -> None:
    lines = [
        a_line("441", 500, entry=1, party="REG"),
        a_line("441", 300, entry=1, party="DRAC"),
        a_line("741", -800, entry=1),
        a_line("512", 90, entry=2),
        a_line("741", -90, entry=2),
        a_line("512", 10, entry=3),
        a_line("747", -10, entry=3, party="DEP"),
        a_line("139", 10, entry=4, party="DEP"),
    ]
    assert subsidies(lines) == (
        Subsidy("741", "", 90),
        Subsidy("741", "DRAC", 300),
        Subsidy("741", "REG", 500),
        Subsidy("747", "DEP", 10),
    )


def test_an_advance_given_up_is_settled_and_not_repaid() -> None:
    lines = [
        a_line("2742", 900, entry=1, party="P"),
        a_line("512", -900, entry=1),
        a_line("512", 400, entry=2),
        a_line("2742", -400, entry=2, party="P"),
        a_line("6571", 500, entry=3),
        a_line("2742", -500, entry=3, party="P"),
    ]
    (row,) = advances(accounts(YearRow(YearKey("2742", "P"), 0, 900, 900)), lines)
    assert (row.granted, row.repaid, row.settled, row.closing) == (900, 400, 500, 0)


def test_a_commitment_that_lapses_is_not_executed() -> None:
    lines = [
        a_line("8091", 900, entry=1),
        a_line("80181", -900, entry=1, party="C", project="P"),
        a_line("80181", 300, entry=2, party="C", project="P"),
        a_line("8091", -300, entry=2),
        a_line("80181", 600, entry=3, party="C", project="P"),
        a_line("8091", -600, entry=3),
        a_line("6571", 600, entry=3, project="P"),
        a_line("4682", -600, entry=3, party="C", project="P"),
    ]
    (row,) = commitments(accounts(YearRow(YearKey("80181", "C", "P"), 0, 900, 900)), lines)
    assert (row.added, row.executed, row.ended, row.remaining) == (900, 600, 300, 0)


def test_repayments_settle_the_earliest_instalments() -> None:
    first, second = Instalment(date(2026, 6, 1), 500, "C"), Instalment(date(2027, 6, 1), 500, "C")
    assert dues(700, (second, first)) == (Due(first.due_on, 200, "C"), Due(second.due_on, 500, "C"))
    assert dues(1200, (first, second))[-1] == Due(None, 200)
    assert dues(-5, (first,)) == ()


@pytest.mark.parametrize(
    ("on", "due_on", "term"),
    [
        (date(2026, 12, 31), date(2026, 12, 31), 0),
        (date(2026, 12, 31), date(2027, 1, 1), 1),
        (date(2026, 12, 31), date(2027, 12, 31), 1),
        (date(2026, 12, 31), date(2028, 1, 1), 2),
        (date(2028, 2, 29), date(2029, 2, 28), 1),
        (date(2028, 2, 29), date(2029, 3, 1), 2),
        (date(2026, 12, 31), None, 3),
    ],
)
def test_the_term_of_what_is_due(on: date, due_on: date | None, term: int) -> None:
    assert Due(due_on, 1).term(on) == term


def test_what_is_booked_on_a_project_is_its_company_s() -> None:
    found = transactions(
        accounts(
            YearRow(YearKey("4682", "CIE", "P1"), 0, 100, 300),
            YearRow(YearKey("4682", "P2"), 0, 0, 50),
            YearRow(YearKey("411", "M1"), 10, 20, 0),
            YearRow(YearKey("411", "M9"), 0, 70, 0),
            YearRow(YearKey("512"), 0, 70, 0),
        ),
        {"CIE", "M1"},
        {"P1": "CIE", "P2": "CIE"},
    )
    assert [(each.party, NATURES[each.nature][0], each.amount, each.balance) for each in found] == [
        ("CIE", "4682", 350, -250),
        ("M1", "411", 20, 30),
    ]


def test_a_coproduction_recouped_is_a_refund_and_its_profit_a_return() -> None:
    lines = [
        a_line("268", 1000, entry=1, project="P"),
        a_line("512", -1000, entry=1),
        a_line("512", 250, entry=2),
        a_line("268", -250, entry=2, project="P"),
        a_line("512", 80, entry=3),
        a_line("7588", -80, entry=3, project="P"),
        a_line("654", 30, entry=4),
        a_line("268", -30, entry=4, project="P"),
    ]
    (row,) = pooled_fund(lines).projects
    assert (row.transferred, row.refunded, row.net_funded, row.expenditure, row.returned) == (1000, 250, 750, 30, 80)
    assert row.delivery_rate == Fraction(1, 25)
