"""Lines of other currencies in the file of accounting entries and in the accounts: to the cent, kept when carried."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from fund.accounting.currency_errors import ExchangeRateInvalid, ExchangeRateMissing, ExchangeRateTooLate
from fund.models import ExchangeRate
from fund.queries.accounts_year import year_accounts, year_of
from fund.services.actors import Actor
from fund.services.exchange_rates import record_rate
from ledger.journal import AccountKey, Exchange, credit, debit
from ledger.money import Amount
from ledger.posting import close_period, post_many
from tests.fec_books import USD, YEN, a_book, a_closed_year, an_entry, export, lines_of, moved

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


# Currencies


def test_a_line_of_another_currency_has_its_value_and_its_own_amount() -> None:
    fund = a_book()
    rate = Exchange("USD", "EUR", Fraction(9, 10))
    both = (*moved("512", "580", 333, USD), *moved("580", "512", 300))
    post_many(fund.slug, [an_entry("usd", date(2026, 3, 1), *both, exchange=rate)])
    first, second, *others = lines_of(export(fund)[1])
    assert [(line.account, line.minor, line.currency) for line in others] == [("580", 300, ""), ("512", -300, "")]
    assert (first.debit, first.foreign, first.currency) == (300, "3,33", "USD")
    assert (second.credit, second.foreign, second.currency) == (300, "3,33", "USD")


def test_a_fund_with_three_currencies_balances_to_the_cent_everywhere() -> None:
    fund = a_book()
    actor = Actor(fund, "T.")
    record_rate(actor, unit="USD", on=date(2026, 1, 1), rate=Fraction("0.8537"), source="BCE")
    record_rate(actor, unit="USD", on=date(2026, 6, 1), rate=Fraction(1, 3), source="BCE")
    record_rate(actor, unit="JPY", on=date(2026, 1, 1), rate=Fraction("0.0061"), source="BCE")
    thirds = [debit(AccountKey("512", unit=USD), Amount(100, USD))]
    thirds += [
        credit(AccountKey("411", f"M{at}", unit=USD), Amount(part, USD)) for at, part in ((1, 33), (2, 33), (3, 34))
    ]
    post_many(
        fund.slug,
        [
            an_entry("thirds", date(2026, 2, 1), *thirds),
            an_entry("later", date(2026, 6, 2), *moved("622", "512", 100, USD)),
            an_entry("yen", date(2026, 6, 2), *moved("512", "7542", 1, YEN)),
            an_entry("euro", date(2026, 6, 3), *moved("512", "7542", 700)),
        ],
    )
    done, content = export(fund)
    assert done.report.is_accepted
    by_entry: dict[str, list[int]] = defaultdict(list)
    for line in lines_of(content):
        by_entry[line.entry].append(line.minor)
    assert by_entry["BQ000001"] == [85, -28, -28, -29]
    assert by_entry["BQ000002"] == [33, -33]
    assert by_entry["BQ000003"] == [1, -1]
    year = year_of(fund, 2026)
    assert year
    accounts = year_accounts(fund, year)
    assert sum(row.closing for row in accounts.rows) == 0
    assert sum(row.closing for row in accounts.of("512")) == 85 - 33 + 1 + 700
    assert accounts.result == done.report.result == 1 + 700 - 33


def test_a_reversal_is_worth_what_it_undoes() -> None:
    fund = a_book()
    actor = Actor(fund, "T.")
    record_rate(actor, unit="USD", on=date(2026, 1, 1), rate=Fraction(9, 10), source="BCE")
    record_rate(actor, unit="USD", on=date(2026, 6, 1), rate=Fraction(8, 10), source="BCE")
    entry = an_entry("usd", date(2026, 2, 1), *moved("512", "7542", 1000, USD))
    post_many(fund.slug, [entry])
    undone = [replace(line, minor=-line.minor) for line in entry.lines]
    post_many(fund.slug, [an_entry("undo", date(2026, 7, 1), *undone, kind="reversal", reverses="usd")])
    year = year_of(fund, 2026)
    assert year
    assert year_accounts(fund, year).result == 0
    assert all(abs(line.minor) == 900 for line in lines_of(export(fund)[1]))


def test_entries_without_a_rate_are_all_named() -> None:
    fund = a_book()
    days = [date(2026, 2, day) for day in (1, 2)]
    post_many(fund.slug, [an_entry(f"usd-{on.day}", on, *moved("512", "7542", 100, USD)) for on in days])
    record_rate(Actor(fund, "T."), unit="USD", on=date(2026, 3, 1), rate=Fraction(1), source="BCE")
    with pytest.raises(ExchangeRateMissing) as refusal:
        export(fund)
    assert refusal.value.entries == ("usd-1", "usd-2")
    assert "usd-2" in refusal.value.sentence("fr")


def test_a_rate_is_recorded_once_corrected_by_another_and_never_changed() -> None:
    fund = a_book()
    actor = Actor(fund, "T.")
    facts: dict[str, Any] = {"unit": "USD", "on": date(2026, 1, 1), "source": "BCE"}
    first = record_rate(actor, rate=Fraction(9, 10), **facts)
    assert record_rate(actor, rate=Fraction(9, 10), **facts) == first
    record_rate(actor, rate=Fraction(8, 10), **facts)
    post_many(fund.slug, [an_entry("usd", date(2026, 2, 1), *moved("512", "7542", 100, USD))])
    assert lines_of(export(fund)[1])[0].debit == 80
    with pytest.raises(DatabaseError), transaction.atomic():
        ExchangeRate.objects.update(numerator=1)


@pytest.mark.parametrize(
    ("unit", "rate", "source"),
    [("EUR", "1", "BCE"), ("USX", "1", "BCE"), ("USD", "0", "BCE"), ("USD", "-1", "BCE"), ("USD", "1", " "),
     ("USD", "1", "B\nCE"), ("USD", "1e99", "BCE")],
)  # fmt: skip
def test_a_rate_that_is_none_is_refused(unit: str, rate: str, source: str) -> None:
    with pytest.raises(ExchangeRateInvalid):
        record_rate(Actor(a_book(), "T."), unit=unit, on=date(2026, 1, 1), rate=Fraction(rate), source=source)


def test_a_rate_of_a_closed_year_is_refused() -> None:
    fund = a_book()
    for month in range(1, 13):
        close_period(fund.slug, on=date(2026, month, 1), by="T.", why="test")
    with pytest.raises(ExchangeRateTooLate, match="2026"):
        record_rate(Actor(fund, "T."), unit="USD", on=date(2026, 12, 31), rate=Fraction(1), source="BCE")


# The closing


def test_openings_are_the_closings_and_keep_the_value_of_currencies() -> None:
    fund = a_closed_year()
    record_rate(Actor(fund, "T."), unit="USD", on=date(2026, 1, 1), rate=Fraction(2), source="BCE")
    post_many(fund.slug, [an_entry("spent", date(2026, 2, 1), *moved("622", "512", 100, USD))])
    before, content_before = export(fund, 2025)
    done, content = export(fund)
    assert before.report.is_accepted
    assert done.report.is_accepted
    assert "first_year" in {finding.code for finding in before.report.findings}
    opened = {(line.account, line.currency): line.minor for line in lines_of(content) if line.journal == "AN"}
    assert opened == {("411", ""): 1000, ("120", ""): -1000, ("512", "USD"): 360, ("120", "USD"): -360}
    assert [line.minor for line in lines_of(content) if line.journal == "BQ"] == [200, -200]
    assert before.report.result == 1000 + 450 - 90
    year = year_of(fund, 2026)
    assert year
    accounts = year_accounts(fund, year)
    assert not accounts.is_provisional
    assert sum(row.opening for row in accounts.of("512")) == 360
    assert content_before != content
