"""The closing assistant, one fact at a time: what blocks, what is only told, and the page that mends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from fund.accounting.closing import (
    ClosingFacts,
    Drafts,
    Finding,
    Leaf,
    Place,
    Reconciled,
    Settling,
    settled_items,
    usual_side,
)
from fund.accounting.closing_checks import MOST_OF_A_KIND, closing_findings
from fund.accounting.dedicating import planned
from fund.accounting.inventory import allowance_of
from fund.accounting.year import FiscalYear, YearKey, YearRow, years_later
from ledger.journal import AccountKey
from ledger.money import EUR, Unit
from tests.unit.test_dedicated_funds import convention

YEAR = FiscalYear("2026", date(2026, 1, 1), date(2026, 12, 31), "anc-2022-06")
BEFORE = FiscalYear("2025", date(2025, 1, 1), date(2025, 12, 31), "anc-2022-06")
NEXT = FiscalYear("2027", date(2027, 1, 1), date(2027, 12, 31), "anc-2022-06")
SOUND = ClosingFacts(year=YEAR, today=date(2027, 3, 31), currency="EUR", next=NEXT, next_first="open")


def leaf(chart: str, minor: int, party: str = "", unit: Unit = EUR) -> Leaf:
    return Leaf(AccountKey(chart, party, unit=unit), minor)


def plans(**changes: object) -> tuple[object, ...]:
    rows = [YearRow(YearKey("741", convention="C"), 0, 0, 500)]
    return planned([convention(**changes)], rows, ends=YEAR.last)


def test_nothing_is_said_of_a_year_that_is_sound() -> None:
    assert closing_findings(SOUND) == ()


CASES: dict[str, tuple[dict[str, object], str, bool, str, str]] = {
    "the year still runs": (
        {"today": YEAR.last}, "year-running", True, "runs until 31 December 2026", "books"),
    "the year before is open": (
        {"before": BEFORE, "is_before_closed": False}, "before-open", True, "2025 is not closed", "closing"),
    "no next year": ({"next": None}, "next-missing", True, "after 2026 is not open", "year-open"),
    "its first month is locked": ({"next_first": "locked"}, "next-locked", True, "2027 is locked", "year-turn"),
    "its first month is closed": ({"next_first": "closed"}, "next-closed", True, "2027 is closed", "closing"),
    "it has à-nouveaux": ({"standing_opening": "import:1"}, "opening-stands", True, "import:1", "entry"),
    "drafts": ({"drafts": (Drafts(2, Place("drafts")),)}, "drafts", True, "2 draft entries", "drafts"),
    "a fault": ({"faults": (("An entry is gone.", "Une écriture manque."),)}, "verify", True, "is gone", "chain"),
    "a unit that leaves something": (
        {"unit_rests": {"USD": 5}}, "unit-unbalanced", True, "kept in USD leave 0.05", "books"),
    "86 and 87": ({"in_kind": {"EUR-INKIND": (300, -200)}}, "in-kind-unequal", True, "86 makes 3.00", "books"),
    "a cent in suspense": ({"leaves": (leaf("471", 1),)}, "suspense", True, "471 keeps 0.01", "account"),
    "a transfer on its way": ({"leaves": (leaf("580", -900),)}, "suspense", True, "580 keeps −9.00", "account"),
    "a member in credit": ({"leaves": (leaf("411", -1, "M1"),)}, "unusual-side", False, "411 M1 holds 0.01", "account"),
    "a bank": ({"leaves": (leaf("512", 100),)}, "bank", False, "Compare 512", "account"),
    "a bank line without an entry": (
        {"bank": Reconciled(True, 2, 1)}, "bank-unmatched", True, "2 lines of its statements and 1 entries", "bank"),
    "a currency without a rate": ({"without_rate": ("usd:1",)}, "rate-missing", True, "usd:1 has no rate", "entry"),
    "dollars": ({"leaves": (leaf("275", 100, unit=Unit("USD", 2)),)}, "currency", False, "kept in USD", "books"),
    "no destination": ({"without_destination": (("6226", 12000),)}, "destination", False, "120.00", "account"),
    "no convention": ({"without_funder": (("741", 12000),)}, "funder", False, "name no convention", "account"),
    "open items that settle": (
        {"settling": (Settling(AccountKey("411", "M1"), 2, 500),)}, "lettering", False, "2 open lines", "lettering"),
    "dedicated funds": ({"plans": plans()}, "dedicated-unbooked", True, "5.00", "dedicated-funds"),
    "a convention that goes on": (
        {"plans": plans(last=date(2028, 1, 1), is_dedicated=False)}, "convention-shares", False, "1 January 2028",
        "conventions"),
    "a convention without income": (
        {"plans": planned([convention()], [], ends=YEAR.last)}, "convention-income", False, "No income", "conventions"),
    "a table that does not add up": (
        {"dedicated_faults": (("subsidies", 7),)}, "dedicated-unsound", True, "by 0.07", "dedicated-funds"),
    "transfers from nowhere": (
        {"dedicated_faults": (("transfers", 7),)}, "dedicated-unsound", True, "Transfers", "dedicated-funds"),
    "a vote that nobody notified": (
        {"leaves": (leaf("80181", -900, "CIE"),)}, "commitment", False, "9.00", "account"),
    "help in kind without a value": ({"unvalued": ("K1",)}, "in-kind-unvalued", False, "(K1)", "books"),
    "an inventory entry of tomorrow": (
        {"dated_after_validation": ("inv:1",)}, "inventory-date", False, "inv:1", "entry"),
    "a result that nobody allocated": (
        {"results_left": (leaf("120", -700),), "before": BEFORE}, "allocation", False, "7.00", "result-allocation"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_fact_is_told_in_both_languages_with_the_page_that_mends_it(name: str) -> None:
    changes, code, blocks, words, place = CASES[name]
    found = [finding for finding in closing_findings(replace(SOUND, **changes)) if finding.code == code]  # type: ignore[arg-type]
    (finding,) = found
    assert (finding.blocks, finding.place.name) == (blocks, place)
    assert words in finding.sentence("en")
    assert finding.sentence("fr") not in ("", finding.sentence("en"))


def test_what_an_exchange_left_on_a_waiting_account_is_no_fault() -> None:
    dollars = Unit("USD", 2)
    leaves = (leaf("580", 9000), leaf("580", -10000, unit=dollars))
    facts = replace(SOUND, leaves=leaves, exchanged={"580 EUR": 9000, "580 USD": -10001})
    assert [finding.en for finding in closing_findings(facts) if finding.code == "suspense"] == [
        "The suspense or transfer account 580 keeps 0.01\u00a0USD: clear it."
    ]


def test_what_blocks_stands_first_and_a_thousand_points_are_not_all_told() -> None:
    members = tuple(leaf("411", -100, f"M{number}") for number in range(1000))
    found = closing_findings(replace(SOUND, leaves=(*members, leaf("471", 5))))
    assert found[0].code == "suspense"
    told = [finding for finding in found if finding.code == "unusual-side"]
    assert len(told) == MOST_OF_A_KIND + 1
    assert "980 more" in told[-1].en


def test_links_name_the_day_of_the_closing_and_the_leaf() -> None:
    (found,) = closing_findings(replace(SOUND, leaves=(leaf("411", -1, "M1/é"),)))
    assert found.place == Place("account", ("411", "EUR"), "as_of=2026-12-31&leaf=411%3AM1%2F%C3%A9")
    assert isinstance(found, Finding)


@pytest.mark.parametrize(
    ("chart", "version", "side"),
    [
        ("411", "anc-2022-06", 1),
        ("4191", "anc-2022-06", -1),
        ("4672", "anc-2022-06", 1),
        ("4672", "anc-2018-06", 0),
        ("4682", "anc-2018-06", -1),
        ("458", "anc-2022-06", 0),
        ("519", "anc-2022-06", -1),
        ("6571", "anc-2022-06", 0),
    ],
)
def test_the_usual_side_of_an_account(chart: str, version: str, side: int) -> None:
    assert usual_side(chart, version) == side


@pytest.mark.parametrize(
    ("items", "settled"),
    [((), (0, 0)), ((5,), (0, 0)), ((5, -5), (2, 5)), ((7, 5, -5, -5), (2, 5)), ((5, 5, -5, -5, 1), (4, 10))],
)
def test_open_items_that_settle_each_other(items: tuple[int, ...], settled: tuple[int, int]) -> None:
    assert settled_items(items) == settled


def test_a_year_later_and_half_of_a_loan() -> None:
    assert years_later(date(2028, 2, 29), 1) == date(2029, 3, 1)
    assert allowance_of(300001, Fraction(1, 2)) == 150001
