"""The chart of an association in its two versions: what each has, what changed in 2025, how accounts are called."""

from __future__ import annotations

import pytest

from fund.accounting.chart_check import check_accounts
from fund.accounting.chart_errors import AccountNotInChart
from fund.chart import (
    ACCOUNTS,
    CHARTS,
    INSTEAD,
    JOURNALS,
    OPTIONS,
    TREATMENTS,
    account_name,
    account_of,
    accounts_of,
    chart_of,
    is_in_chart,
    options_of,
)
from fund.entries.catalogue import EVENTS, GROUPS, events_of

OLD, NEW = "anc-2018-06", "anc-2022-06"

NEEDED = [
    "1024", "1034", "1063", "1068", "110", "119", "120", "129", "131", "139", "1518", "1631", "168", "455", "194",
    "195", "196", "268", "2681", "2742", "2748", "2968", "2974", "275", "401", "411", "441", "4417", "44562", "44566",
    "44571", "458", "467", "4671", "4672", "4681", "4682", "4686", "486", "487", "491", "496", "512", "530", "580",
    "654", "655", "6555", "6571", "6572", "6815", "6817", "68174", "6866", "68662", "6891", "6894", "6895", "6896",
    "741", "7541", "75411", "7542", "7551", "7552", "7561", "7562", "7588", "7815", "7817", "7866", "7891", "7894",
    "7895", "7896", "860", "861", "862", "864", "870", "871", "875", "801", "8011", "8018", "809", "8091",
]  # fmt: skip
"""The accounts that a pooled creation fund needs, in every year."""

CHANGED_IN_2025 = [
    ("791", OLD, ()),
    ("777", OLD, ("747",)),
    ("747", NEW, ("777",)),
    ("740", OLD, ("741",)),
    ("673", OLD, ("6573",)),
    ("6573", NEW, ("673",)),
    ("675", OLD, ("652",)),
    ("6754", OLD, ("6521",)),
    ("6521", NEW, ("6754",)),
    ("775", OLD, ("757",)),
    ("7754", OLD, ("7571",)),
    ("7571", NEW, ("7754",)),
    ("7583", NEW, ("757",)),
    ("4687", OLD, ("467",)),
    ("671", OLD, ()),
    ("771", OLD, ()),
    ("742", NEW, ("748",)),
]


@pytest.mark.parametrize("chart", CHARTS)
def test_each_version_is_whole_and_in_order(chart: str) -> None:
    accounts = accounts_of(chart)
    numbers = [account.number for account in accounts]
    assert numbers == sorted(set(numbers))
    assert {number[0] for number in numbers} == set("123456789")
    known = set(numbers)
    assert [number for number in numbers if len(number) in (2, 3) and number[:-1] not in known] == []
    assert [number for number in NEEDED if number not in known] == []
    assert all(account.fr.strip() == account.fr != "" != account.en for account in accounts)
    assert not any("|" in account.fr + account.en for account in ACCOUNTS)


@pytest.mark.parametrize(("number", "chart", "instead"), CHANGED_IN_2025)
def test_an_account_of_one_version_is_refused_in_the_other(number: str, chart: str, instead: tuple[str, ...]) -> None:
    other = NEW if chart == OLD else OLD
    assert is_in_chart(number, chart)
    assert not is_in_chart(number, other)
    with pytest.raises(AccountNotInChart) as caught:
        check_accounts(["512", number], chart=other, year="2025")
    assert caught.value.facts["instead"] == instead
    assert number in caught.value.sentence("fr")
    assert number in caught.value.sentence("en")
    check_accounts([number], chart=chart, year="2025")
    check_accounts([number], chart="another-chart", year="2025")


def test_what_replaced_an_account_is_one() -> None:
    assert all(is_in_chart(number, NEW) for numbers in INSTEAD.values() for number in numbers)


def test_a_number_that_changed_its_meaning_is_called_by_the_chart_of_its_year() -> None:
    assert account_name("467", "fr", OLD) == "Autres comptes débiteurs ou créditeurs"
    assert account_name("467", "fr", NEW) == "Divers comptes débiteurs et produits à recevoir"
    assert account_name("468", "fr", NEW) == "Divers comptes créditeurs et charges à payer"
    assert account_name("757", "fr", OLD).startswith("Gains de change")
    assert account_name("757", "en", NEW) == "Proceeds of intangible and tangible assets sold"


def test_a_sub_account_is_called_like_its_longest_prefix() -> None:
    assert account_name("411000", "fr") == "Adhérents et usagers"
    assert account_name("681740", "fr") == account_name("68174", "fr")
    assert (
        account_name("777000", "fr", NEW)
        == "Quote-part des subventions d'investissement virée au résultat de l'exercice"
    )
    assert account_name("99", "fr") == account_of("9").fr  # type: ignore[union-attr]
    assert account_name("X", "fr") == "X"
    assert account_name("", "fr") == ""


def test_nothing_is_booked_on_a_heading() -> None:
    assert not is_in_chart("41", NEW)
    assert not is_in_chart("4", NEW)
    assert not is_in_chart("419999x"[:2], OLD)
    assert is_in_chart("4119", OLD)


def test_a_year_opened_from_2025_follows_the_new_version() -> None:
    assert [chart_of(year) for year in (2018, 2024, 2025, 2030)] == [OLD, OLD, NEW, NEW]


def test_every_option_says_its_text_and_books_on_accounts_of_both_versions() -> None:
    for option in OPTIONS.values():
        assert all((option.basis["fr"], option.basis["en"], option.title["fr"] != option.title["en"])), option.code
        numbers = [number for number in (option.receivable, option.income, option.dedicated) if number]
        assert all(is_in_chart(number, chart) for number in numbers for chart in CHARTS), option.code
    assert {option.code for option in TREATMENTS.values()} <= set(OPTIONS)
    assert {option.income for option in options_of("member-money")} == {
        "7561", "7562", "7551", "741", "7542", "75411", "1024", "1034", "168", "455",
    }  # fmt: skip
    warned = {option.code for option in OPTIONS.values() if option.warning}
    assert {"own-funds-recoverable", "loan", "current-account", "joint-operations", "stake-first"} <= warned


def test_every_event_of_the_catalogue_books_in_a_journal_and_stands_in_one_group() -> None:
    assert {event.journal for event in EVENTS.values()} <= set(JOURNALS)
    assert [event for group in GROUPS for event in events_of(group)].__len__() == len(EVENTS) == 58
    for event in EVENTS.values():
        assert set(event.optional) <= set(event.fields), event.code
        choices = {number for numbers in event.accounts.values() for number in numbers}
        assert all(is_in_chart(number, chart) for number in choices for chart in CHARTS), event.code
    rows = {event.row for event in EVENTS.values()}
    assert {
        "1b", "2b", "3", "4", "4b", "4c", "5", "6b", "7", "7b", "8", "8c", "9", "9b", "9c", "9d", "10", "10b", "10c",
        "11", "11b", "12", "13", "13b", "14", "16b", "17c",
    } <= rows  # fmt: skip
