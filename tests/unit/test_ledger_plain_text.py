"""The journal as beancount and hledger read it, in small texts that can be read by eye."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ledger.journal import AccountKey, Document, Line
from ledger.money import EUR, HOUR, Amount, Unit
from ledger.plain_names import NameUnreadable, account_name, account_of, unit_code, unit_name
from ledger.plain_text import NoDayAfter, beancount_text, hledger_text
from tests.plain_entries import BANK, MEMBER, an_entry, held_after, numbered

PAID = an_entry(
    "A1",
    (Line(BANK, 50_400, destination="mission", public_generosity=True), Line(MEMBER, -50_400, convention="C7")),
    label='Les "Étés" \\ ; 1',
    document=Document("facture 7, [2026/99/99]"),
)
HOURS = an_entry("H)1", (Line(AccountKey("864", unit=HOUR), 150), Line(AccountKey("875", unit=HOUR), -150)))

BEANCOUNT = r"""
option "title" "The \"fund\""
option "operating_currency" "EUR"

2026-01-10 * "Les \"Étés\" \\ ; 1"
  reference: "A1"
  journal: "BQ"
  fiscal-year: "2026"
  number: "1"
  position: "1"
  kind: "contribution-received"
  paper: "facture 7, [2026/99/99]"
  Assets:512  504.00 EUR
    destination: "mission"
    public-generosity: TRUE
  Assets:411:M01  -504.00 EUR
    convention: "C7"

2026-01-10 * ""
  reference: "H)1"
  journal: "BQ"
  fiscal-year: "2026"
  number: "2"
  position: "2"
  kind: "contribution-received"
  label-erased: TRUE
  Expenses:864  1.50 HOUR
  Income:875  -1.50 HOUR

2026-01-10 commodity EUR
  unit: "EUR"
  scale: 2
  kind: "money"

2026-01-10 commodity HOUR
  unit: "HOUR"
  scale: 2
  kind: "time"

2026-01-10 open Assets:411:M01  EUR
2026-01-10 open Assets:512  EUR
2026-01-10 open Expenses:864  HOUR
2026-01-10 open Income:875  HOUR

; beancount counts an account with those below it, as here; ~ 0 allows no difference
2026-01-11 balance Assets:411:M01  -504.00 ~ 0 EUR
2026-01-11 balance Assets:512  504.00 ~ 0 EUR
2026-01-11 balance Expenses:864  1.50 ~ 0 HOUR
2026-01-11 balance Income:875  -1.50 ~ 0 HOUR
"""

HLEDGER = r"""
; The fund
decimal-mark .
commodity 1000.00 "EUR"
commodity 1000.00 "HOUR"
account Assets:411:M01
account Assets:512
account Expenses:864
account Income:875

2026-01-10 * (BQ 2026 1) Les "Étés" \\ \u003b 1
    ; reference: A1
    ; journal: BQ
    ; fiscal-year: 2026
    ; number: 1
    ; position: 1
    ; kind: contribution-received
    ; paper: facture 7\u002c \u005b2026/99/99]
    Assets:512  504.00 "EUR"
    ; destination: mission
    ; public-generosity:
    Assets:411:M01  -504.00 "EUR"
    ; convention: C7

2026-01-10 * (BQ 2026 2)
    ; reference: H)1
    ; journal: BQ
    ; fiscal-year: 2026
    ; number: 2
    ; position: 2
    ; kind: contribution-received
    ; label-erased:
    Expenses:864  1.50 "HOUR"
    Income:875  -1.50 "HOUR"

2026-01-10 * balances
    Assets:411:M01  0.00 "EUR" = -504.00 "EUR"
    Assets:512  0.00 "EUR" = 504.00 "EUR"
    Expenses:864  0.00 "HOUR" = 1.50 "HOUR"
    Income:875  0.00 "HOUR" = -1.50 "HOUR"
"""

POSTED = [
    *numbered([PAID]),
    replace(numbered([PAID, HOURS])[1], is_erased=True, entry=replace(HOURS, label="")),
]


def test_beancount_reads_entries_then_accounts_then_what_they_hold() -> None:
    lines = beancount_text('The "fund"', EUR, POSTED, held_after(POSTED))
    assert "\n".join(lines).splitlines() == BEANCOUNT.strip("\n").splitlines()


def test_hledger_reads_accounts_then_entries_then_what_they_hold() -> None:
    lines = hledger_text("The fund", POSTED, held_after(POSTED))
    assert "\n".join(lines).splitlines() == HLEDGER.strip("\n").splitlines()


def test_an_account_in_beancount_counts_those_below_it() -> None:
    above, below = AccountKey("411"), AccountKey("411", party="M01")
    entries = numbered([an_entry("A1", (Line(above, 300), Line(below, 200), Line(BANK, -500)))])
    asserted = [line for line in beancount_text("", EUR, entries, held_after(entries)) if " balance " in line]
    assert asserted == [
        "2026-01-11 balance Assets:411  5.00 ~ 0 EUR",
        "2026-01-11 balance Assets:411:M01  2.00 ~ 0 EUR",
        "2026-01-11 balance Assets:512  -5.00 ~ 0 EUR",
    ]


def test_what_the_books_say_is_asserted_and_not_what_the_entries_sum_to() -> None:
    wrong = {BANK: Amount(50_401), AccountKey("999"): Amount(1)}
    said = list(beancount_text("", EUR, numbered([PAID]), wrong))
    assert "2026-01-11 balance Assets:512  504.01 ~ 0 EUR" in said
    assert "2026-01-11 balance Equity:999  0.01 ~ 0 EUR" in said, "an account that no entry moves"
    assert "2026-01-11 balance Assets:411:M01  0.00 ~ 0 EUR" in said, "an account that the books left out"


def test_an_empty_book_is_a_text_too() -> None:
    assert list(beancount_text("t", EUR, [], {})) == [
        'option "title" "t"',
        'option "operating_currency" "EUR"',
        "",
        "",
        "; beancount counts an account with those below it, as here; ~ 0 allows no difference",
    ]
    assert list(hledger_text("t", [], {})) == ["; t", "decimal-mark .", "", "1970-01-01 * balances"]


def test_the_last_day_of_the_calendar_is_for_hledger_alone() -> None:
    late = numbered([an_entry("A1", (Line(BANK, 1), Line(MEMBER, -1)), on=date.max)])
    assert any("9999-12-31 * balances" in line for line in hledger_text("", late, held_after(late)))
    with pytest.raises(NoDayAfter) as refusal:
        list(beancount_text("", EUR, late, held_after(late)))
    assert "9999-12-31" in refusal.value.sentence("en")
    assert "9999-12-31" in refusal.value.sentence("fr")


NAMES = [
    (AccountKey("512"), "Assets:512"),
    (AccountKey("411", party="M03"), "Assets:411:M03"),
    (AccountKey("4682", "C34", "34"), "Liabilities:4682:C34:34"),
    (AccountKey("411", project="34"), "Assets:411:Z-:34"),
    (AccountKey("1064", convention="a"), "Equity:1064:Z-:Z-:Z61-"),
    (AccountKey("194", "zoé-Z"), "Liabilities:194:Z7a-oZe9--ZZ"),
    (AccountKey("419"), "Liabilities:419"),
    (AccountKey("441", "-x"), "Assets:441:Z2d-x"),
    (AccountKey("6571"), "Expenses:6571"),
    (AccountKey("756"), "Income:756"),
    (AccountKey("80181"), "Equity:80181"),
    (AccountKey("864"), "Expenses:864"),
    (AccountKey("875"), "Income:875"),
    (AccountKey("911"), "Equity:911"),
]
UNITS = {
    "EUR": "EUR", "EUR-INKIND": "EUR-INKIND", "heure": "Z68XZ65XZ75XZ72XZ65X", "€": "Z20ACX", "X": "Z58X", "Z": "ZZ",
    "TRUE": "Z54XRUE", "NULL": "Z4EXULL", "9A": "Z39XA", "A-": "AZ2DX", "A.B": "A.B", "PIZZA": "PIZZZZA",
}  # fmt: skip


@pytest.mark.parametrize(("key", "name"), NAMES)
def test_an_account_has_one_name_and_is_found_by_it(key: AccountKey, name: str) -> None:
    assert account_name(key) == name
    assert account_of(name, EUR) == key


@pytest.mark.parametrize(("code", "name"), UNITS.items())
def test_a_unit_has_one_name_and_is_found_by_it(code: str, name: str) -> None:
    assert unit_name(code) == name
    assert unit_code(name) == code


@pytest.mark.parametrize(
    "name",
    ["", "Assets", "Assets:", "Equity:Z-:A", "512", "Equity:512", "Assets:512:", "Assets:512:Z-", "Assets:Z41-",
     "Assets:5Z", "Assets:5Zx-",
     "Assets:5Z1100000-", "Assets:1:2:3:4:5", "Assets:411:é", "Assets:411:m03"],
)  # fmt: skip
def test_a_name_that_the_books_do_not_write_is_refused(name: str) -> None:
    with pytest.raises(NameUnreadable):
        account_of(name, EUR)


@pytest.mark.parametrize("name", ["", "eur", "TRUE", "X", "Z42XB", "ZX", "AZ"])
def test_a_unit_that_the_books_do_not_write_is_refused(name: str) -> None:
    with pytest.raises(NameUnreadable) as refusal:
        unit_code(name)
    assert refusal.value.sentence("fr").startswith(f"« {name} »")


def test_nine_decimals_and_none_are_written_whole() -> None:
    whole, tiny = Unit("POINT", 0, "points"), Unit("TINY", 9)
    entries = numbered([
        an_entry("A1", (Line(AccountKey("1", unit=whole), 2**62), Line(AccountKey("2", unit=whole), -(2**62)))),
        an_entry("A2", (Line(AccountKey("1", unit=tiny), -1), Line(AccountKey("2", unit=tiny), 1))),
    ])  # fmt: skip
    text = "\n".join(beancount_text("", EUR, entries, held_after(entries)))
    assert "  Equity:1  4611686018427387904 POINT" in text
    assert "  Equity:1  -0.000000001 TINY" in text
    declared = list(hledger_text("", entries, held_after(entries)))[2:4]
    assert declared == ['commodity 1000. "POINT"', 'commodity 1000.000000000 "TINY"']
