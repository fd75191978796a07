"""What a person may ask of the books, read into values; each wrong question has a refusal of its own."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.errors import CodeInvalid, LedgerError
from ledger.journal import AccountKey
from ledger.options import (
    AccountUnreadable,
    BookNotSaid,
    DaysCrossed,
    DayUnreadable,
    NoBook,
    NothingSelected,
    NumberUnreadable,
    OptionUnfit,
    Selection,
    SelectionTwice,
    UnitNotSaid,
    book_asked,
    question,
)

REFUSED = [
    ({"from": "soon"}, DayUnreadable),
    ({"as_of": "2026-2-1"}, DayUnreadable),
    ({"to": "2025-02-29"}, DayUnreadable),
    ({"from": "2026-01-02", "as_of": "2026-01-01"}, DaysCrossed),
    ({"as_of": "2026-01-02", "to": "2026-01-01"}, DaysCrossed),
    ({"limit": "0"}, NumberUnreadable),
    ({"limit": "1e3"}, NumberUnreadable),
    ({"after": "-1"}, NumberUnreadable),
    ({"after": "²"}, NumberUnreadable),
    ({"account": "411", "chart": "41"}, SelectionTwice),
    ({"account": "411", "convention": ""}, SelectionTwice),
    ({"account": "1:2:3:4:5"}, AccountUnreadable),
    ({"account": ":M01"}, CodeInvalid),
    ({"party": "M 01"}, CodeInvalid),
    ({"unit": ""}, CodeInvalid),
    ({"journal": "\ud800"}, CodeInvalid),
]


@pytest.mark.parametrize(("options", "refusal"), REFUSED)
def test_a_wrong_option_is_refused_by_name_in_both_languages(
    options: dict[str, str], refusal: type[LedgerError]
) -> None:
    with pytest.raises(refusal) as refused:
        question(options)
    assert refused.value.sentence("en") != refused.value.sentence("fr")


@pytest.mark.parametrize(
    "refusal",
    [
        BookNotSaid(books="alpha, beta"),
        NoBook(),
        NothingSelected(book="alpha", selection="--party M01"),
        OptionUnfit(option="--as-of", other="--format proof"),
        UnitNotSaid(selection="--party M01", units="EUR, HOUR"),
    ],
    ids=lambda refusal: refusal.code,
)
def test_a_refusal_says_its_figures_in_both_languages(refusal: LedgerError) -> None:
    for fact in refusal.facts.values():
        assert fact in refusal.sentence("en")
        assert fact in refusal.sentence("fr")


def test_days_and_pages_are_read() -> None:
    asked = question({"from": "2026-01-01", "as_of": "2026-01-31", "to": "2026-01-31", "after": "0", "limit": "7"})
    assert (asked.first, asked.last, asked.after, asked.limit) == (date(2026, 1, 1), date(2026, 1, 31), 0, 7)
    assert question({}).last is None


def test_an_account_in_one_word_is_its_parts() -> None:
    asked = question({"account": "4682:C34::A", "unit": "EUR"}).selection
    assert asked.parts == {"chart": "4682", "party": "C34", "project": "", "convention": "A", "unit": "EUR"}
    assert asked.takes(AccountKey("4682", "C34", "", "A"))
    assert not asked.takes(AccountKey("46821", "C34", "", "A"))
    assert str(asked) == "--account 4682:C34::A --unit EUR"


def test_a_chart_is_selected_by_its_beginning_and_nothing_takes_all() -> None:
    assert Selection(chart="46").takes(AccountKey("4682", "C34"))
    assert not Selection()
    assert Selection(party="")


def test_the_only_book_needs_no_name() -> None:
    assert book_asked(None, ["alpha"]) == "alpha"
    assert book_asked("beta", ["alpha", "beta"]) == "beta"
    with pytest.raises(NoBook):
        book_asked(None, [])
    with pytest.raises(BookNotSaid, match=r"b00, .*, …"):
        book_asked(None, [f"b{number:02}" for number in range(30)])
