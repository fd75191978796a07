"""The rules of the books' statements on random years: rubrics against their slow twin, and totals that lose nothing."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fund.accounting.lines import BookLine, by_entry, centralised
from fund.accounting.obligations import Instalment, advances, commitments, dues
from fund.accounting.origin_destination import origin_destination, origin_of, total_of, use_of
from fund.accounting.pooled_fund import movements, pooled_fund
from fund.accounting.public_generosity import public_generosity
from fund.accounting.subsidies import nature_of, subsidies
from fund.accounting.year import FiscalYear, YearAccounts, YearKey, YearRow, summed
from tests.book_lines import a_line
from tests.slow_rubrics import slowly_origin, slowly_use

YEAR = FiscalYear("2026", date(2026, 1, 1), date(2026, 12, 31), "anc-2022-06")
CHARTS = (
    "102", "13", "196", "268", "2742", "2974", "401", "411", "441", "4671", "4672", "4682", "458", "512", "530", "580",
    "606", "6226", "6278", "635", "641", "654", "6555", "6571", "658", "6611", "6811", "6815", "68662", "6871", "6895",
    "695", "7063", "706", "741", "742", "747", "731", "75411", "7542", "7543", "7551", "7561", "7562", "7588", "7815",
    "7894", "768", "8011", "80181", "80182", "8091", "861", "864", "871", "875",
)  # fmt: skip
PARTIES = ("", "M1", "M2", "P1")
DESTINATIONS = ("", "missions-sociales", "recherche-de-fonds", "fonctionnement", "inconnue")

KEYS = st.builds(
    YearKey,
    st.sampled_from(CHARTS),
    party=st.sampled_from(PARTIES),
    destination=st.sampled_from(DESTINATIONS),
    public_generosity=st.booleans(),
)
ROWS = st.builds(YearRow, KEYS, st.just(0), st.integers(0, 900), st.integers(0, 900))


def accounts_of(rows: list[YearRow]) -> YearAccounts:
    return YearAccounts(YEAR, YEAR.last, "EUR", summed(rows, lambda key: key))


@st.composite
def entries(draw: st.DrawFn) -> list[BookLine]:
    """Balanced entries on random accounts, their lines side by side."""
    lines: list[BookLine] = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        minors = draw(st.lists(st.integers(-500, 500).filter(bool), min_size=1, max_size=4))
        minors = [*minors, -sum(minors)] if sum(minors) else [*minors, 7, -7]
        for minor in minors:
            chart, party = draw(st.sampled_from(CHARTS)), draw(st.sampled_from(PARTIES))
            document = draw(st.sampled_from(["", "D1", "D2"]))
            lines.append(a_line(chart, minor, on=number, entry=number, party=party, document=document))
    return lines


def as_accounts(lines: list[BookLine]) -> YearAccounts:
    return accounts_of([YearRow(YearKey(line.chart, line.party), 0, line.debit, line.credit) for line in lines])


@given(st.lists(ROWS, max_size=30))
def test_rubrics_agree_with_the_twin(rows: list[YearRow]) -> None:
    for row in rows:
        if row.key.chart.startswith("7"):
            assert origin_of(row) == slowly_origin(row)
        if row.key.chart.startswith("6"):
            assert use_of(row) == slowly_use(row)


@given(st.lists(ROWS, max_size=30))
def test_origin_and_destination_lose_nothing(rows: list[YearRow]) -> None:
    accounts = accounts_of(rows)
    found = origin_destination(accounts, {"M1"})
    assert found.income.total == -sum(row.movement for row in accounts.of("7"))
    assert found.expenses.total == sum(row.movement for row in accounts.of("6"))
    assert found.result.total == accounts.result
    assert total_of(found.given).total == -sum(row.movement for row in accounts.of("87"))
    assert total_of(found.used).total == sum(row.movement for row in accounts.of("86"))
    by_use: dict[str, int] = defaultdict(int)
    for (_nature, use), minor in found.matrix.items():
        by_use[use] += minor
    assert {use: minor for use, minor in by_use.items() if minor} == {
        use: figure.total for use, figure in found.uses.items() if figure.total
    }


@given(st.lists(ROWS, max_size=30))
def test_the_public_s_generosity_is_the_column_of_the_other_statement(rows: list[YearRow]) -> None:
    accounts = accounts_of(rows)
    found, crod = public_generosity(accounts), origin_destination(accounts)
    assert found.result == crod.result.generosity
    for code, figure in crod.uses.items():
        assert found.uses.get(code, 0) == figure.generosity
    for code, figure in crod.origins.items():
        assert found.resources.get(code, 0) == figure.generosity
    next_year = public_generosity(accounts, [accounts])
    assert next_year.opening == found.closing


@given(entries())
def test_what_moved_in_the_bank_is_source_less_use(lines: list[BookLine]) -> None:
    found = pooled_fund(lines)
    banks = [line for line in lines if line.chart in ("512", "530")]
    eighth = sum(
        line.minor
        for entry in by_entry(lines)
        if any(line.chart in ("512", "530") for line in entry)
        for line in entry
        if line.chart.startswith("8")
    )
    assert found.bank == sum(line.minor for line in banks)
    # Class 8 balances by itself in real books; here a random entry may mix it with money.
    assert found.source - found.use == found.bank + eighth
    assert found.total.net_funded == found.flows.get("transfers", 0) - found.flows.get("refunds", 0)
    assert found.deposits == sum(row.deposit for row in found.members)
    assert sum(each.minor for each in movements(lines)) == found.source - found.use


@given(entries())
def test_subsidies_are_those_of_the_trial_balance(lines: list[BookLine]) -> None:
    whole = -sum(line.minor for line in lines if nature_of(line.chart))
    assert sum(row.minor for row in subsidies(lines)) == whole


@given(entries())
def test_advances_and_commitments_close_as_their_accounts(lines: list[BookLine]) -> None:
    accounts = as_accounts(lines)
    assert sum(row.closing for row in advances(accounts, lines)) == sum(row.closing for row in accounts.of("274"))
    lost = sum(row.depreciated for row in advances(accounts, lines))
    assert lost == -sum(row.closing for row in accounts.of("2974"))
    found = commitments(accounts, lines)
    assert sum(row.remaining for row in found if row.is_given) == -sum(row.closing for row in accounts.of("801"))


@given(entries())
def test_the_journal_is_centralised_without_loss(lines: list[BookLine]) -> None:
    months = centralised(lines)
    assert sum(each.debit for each in months) == sum(line.debit for line in lines)
    assert sum(each.credit for each in months) == sum(line.credit for line in lines)


INSTALMENTS = st.lists(
    st.builds(Instalment, st.dates(date(2026, 1, 1), date(2029, 1, 1)), st.integers(1, 60)),
    max_size=6,
)


@given(st.integers(0, 300), INSTALMENTS)
def test_what_falls_due_is_what_remains(closing: int, instalments: list[Instalment]) -> None:
    found = dues(closing, instalments)
    assert sum(due.minor for due in found) == closing
    known = sum(due.minor for due in found if due.due_on)
    assert known == min(closing, sum(each.minor for each in instalments))
