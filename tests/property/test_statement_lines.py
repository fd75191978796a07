"""Whatever the books hold: every account is on one line, both sides are equal, and the obvious twin says the same."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fund.accounting.balance_sheet import LAYOUTS, balance_sheet, plain_balance_sheet, rows_of_line
from fund.accounting.income_statement import income_statement, plain_income_statement
from fund.accounting.income_statement import rows_of_line as rows_of_income_line
from fund.accounting.income_statement_lines import IN_KIND
from fund.accounting.income_statement_lines import LAYOUTS as INCOME
from fund.accounting.layouts import closing, line_of, movement, placed
from fund.accounting.own_funds import own_funds
from fund.accounting.trial_balance import trial_balance
from fund.accounting.year import FiscalYear, YearAccounts, YearKey, YearRow
from ledger.money import EUR
from tests import slow_statements

CHARTS = ("anc-2018-06", "anc-2022-06")
NUMBERS = sorted(
    {
        number + tail
        for layouts in (LAYOUTS, INCOME, IN_KIND)
        for layout in layouts.values()
        for line in layout.lines
        for number in (*line.whole, *line.debit, *line.credit, *line.less)
        for tail in ("", "0", "15", "900")
        if len(number + tail) > 2 and not number.startswith("79")
    }
    - {"109", "169"}
)
parties = st.sampled_from(["", "M1", "M2", "P9"])
minors = st.integers(-(10**9), 10**9)


@st.composite
def years(draw: st.DrawFn) -> YearAccounts:
    """Accounts of a year that balances: openings by themselves, movements by themselves, class 8 by itself."""
    openings: dict[tuple[str, str], int] = defaultdict(int)
    moves: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    balances = [number for number in NUMBERS if number[0] in "12345"]
    for key, minor in draw(st.lists(st.tuples(st.tuples(st.sampled_from(balances), parties), minors), max_size=8)):
        openings[key] += minor
        openings["512", ""] -= minor
    named = st.tuples(st.sampled_from([n for n in NUMBERS if n[0] in "1234567"]), parties)
    for key, minor in draw(st.lists(st.tuples(named, minors), max_size=20)):
        for where, part in ((key, minor), (("512", ""), -minor)):
            moves[where][part < 0] += abs(part)
    for given_, used, minor in draw(
        st.lists(
            st.tuples(
                st.sampled_from(["870", "8711", "875"]),
                st.sampled_from(["860", "861", "862", "864000"]),
                st.integers(1, 10**6),
            ),
            max_size=3,
        )
    ):
        moves[given_, ""][1] += minor
        moves[used, "P9"][0] += minor
    chart = draw(st.sampled_from(CHARTS))
    rows = [
        YearRow(YearKey(number, party=party), openings[number, party], *moves[number, party])
        for number, party in {*openings, *moves}
    ]
    kept = sorted((row for row in rows if row.opening or row.debit or row.credit), key=lambda row: row.key)
    fiscal = FiscalYear("2026", date(2026, 1, 1), date(2026, 12, 31), chart)
    return YearAccounts(fiscal, fiscal.last, "EUR", tuple(kept))


@given(years())
def test_every_account_lands_on_exactly_one_line(accounts: YearAccounts) -> None:
    chart = accounts.year.chart
    for layout, measure in ((LAYOUTS[chart], closing), (INCOME[chart], movement), (IN_KIND[chart], movement)):
        on = placed(layout, accounts.rows, measure, EUR)
        there = [row for rows in on.values() for row in rows]
        asked = [row for row in accounts.rows if measure(row) and row.key.chart.startswith(layout.classes)]
        assert sorted(row.key for row in there) == sorted(row.key for row in asked)
        assert sum(map(measure, there)) == sum(map(measure, asked))


@given(years())
def test_both_sides_are_equal_and_hold_the_result_of_the_income_statement(accounts: YearAccounts) -> None:
    sheet, income = balance_sheet(accounts, None), income_statement(accounts, None)
    assert sheet.result == income.result == accounts.result
    said = {line.code: line for line in (*sheet.assets, *sheet.liabilities)}
    assert said["total-assets"].net == said["total-liabilities"].net == sheet.total
    assert (said["result"].net if "result" in said else 0) == accounts.result
    assert income.in_kind.given == income.in_kind.used


@given(years())
def test_the_obvious_twin_says_the_same(accounts: YearAccounts) -> None:
    chart = accounts.year.chart
    sheet, income = balance_sheet(accounts, None), income_statement(accounts, None)
    closings = {(row.key.chart, row.key.party): row.closing for row in accounts.by_auxiliary()}
    moves = {(row.key.chart, row.key.party): row.movement for row in accounts.by_auxiliary()}
    in_sheet = {number: minor for number, minor in closings.items() if number[0][0] in "1234567"}
    in_income = {number: minor for number, minor in moves.items() if number[0][0] in "67"}
    for layout, balances, lines in (
        (LAYOUTS[chart], in_sheet, (*sheet.assets, *sheet.liabilities)),
        (INCOME[chart], in_income, income.lines),
    ):
        slow = slow_statements.amounts(layout, balances)
        said = {line.code: line.net for line in lines if line.kind == "line"}
        assert {code: said.get(code, 0) for code in slow} == slow


@given(years(), years())
def test_the_year_before_is_read_as_it_reads_itself(accounts: YearAccounts, before: YearAccounts) -> None:
    two, one = balance_sheet(accounts, before), balance_sheet(before, None)
    same = accounts.year.chart == before.year.chart
    there = {line.code: line.before for line in (*two.assets, *two.liabilities)}
    alone = {line.code: line.net for line in (*one.assets, *one.liabilities) if line.kind == "line"}
    assert there["total-assets"] == one.total
    assert not same or {code: there.get(code, 0) for code in alone} == alone


@given(years())
def test_the_simple_view_comes_to_the_same(accounts: YearAccounts) -> None:
    sheet, income = balance_sheet(accounts, None), income_statement(accounts, None)
    plain = {name: sum(line.net for line in lines) for name, lines in plain_balance_sheet(sheet).items()}
    assert plain["have"] == plain["owe"] + plain["set-aside"] + plain["ours"] == sheet.total
    flows = {name: sum(line.net for line in lines) for name, lines in plain_income_statement(income).items()}
    assert (flows["in"], flows["out"]) == (income.income, income.expenses)


@given(years())
def test_what_a_line_is_made_of_comes_to_its_figure(accounts: YearAccounts) -> None:
    chart = accounts.year.chart
    sheet, income = balance_sheet(accounts, None), income_statement(accounts, None)
    for line in (*sheet.assets, *sheet.liabilities):
        if line.kind == "line":
            sign = next(each.sign for each in LAYOUTS[chart].lines if each.code == line.code)
            assert sign * sum(row.closing for row in rows_of_line(accounts, line.code) or ()) == line.net
    for line in income.lines:
        if line.kind == "line":
            sign = next(each.sign for each in INCOME[chart].lines if each.code == line.code)
            assert sign * sum(row.movement for row in rows_of_income_line(accounts, line.code) or ()) == line.net
    assert rows_of_line(accounts, "no-such-line") is None
    assert rows_of_income_line(accounts, "no-such-line") is None


@given(years())
def test_own_funds_close_as_the_balance_sheet_says(accounts: YearAccounts) -> None:
    sheet = balance_sheet(accounts, None)
    total = next(line.net for line in sheet.liabilities if line.code == "total-own")
    table = own_funds(accounts, [])
    assert table.total.closing == total
    assert sum(line.closing for line in table.lines) == total


@given(years())
def test_the_trial_balance_has_equal_columns_and_every_account(accounts: YearAccounts) -> None:
    found = trial_balance(accounts)
    assert found.is_balanced
    assert [line.number for each in found.classes for line in each.lines] == [
        row.key.chart for row in accounts.by_account()
    ]
    for each in found.classes:
        assert each.total.columns == tuple(map(sum, zip(*(line.columns for line in each.lines), strict=True)))
    assert line_of(LAYOUTS[accounts.year.chart], "9", 1) is None
