"""A table for people, for sheets and for programs, in bytes."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ledger.money import EUR, NOTORIETY, Amount, Unit
from ledger.tables_as_text import Table, as_csv, as_json, cut, figure, for_people

TABLE = Table(
    sentence="A sentence.",
    facts={"book": "alpha", "last": date(2026, 1, 31), "opening": Amount(-5), "next_after": None},
    rows=[{"account": "411", "debit": Amount(2**62), "is_closed": True}],
    totals=[{"unit": "EUR", "debit": Amount(0)}],
    headings=["Label", "Debit", "Day"],
    shown=[["日本", Amount(123_456_789), date(2026, 1, 1)], ["e\u0301te\u0301", None, None], [None, Amount(-5), None]],
    shown_totals=[["Total", Amount(100), None]],
    more="More.",
)


def test_columns_stand_under_each_other_also_with_wide_letters_and_marks() -> None:
    assert list(for_people(TABLE, "en")) == [
        "A sentence.",
        "",
        "Label         Debit  Day",
        "─────  ────────────  ──────────",
        "日本   1,234,567.89  2026-01-01",
        "e\u0301te\u0301",
        "              -0.05",
        "─────  ────────────  ──────────",
        "Total          1.00",
        "",
        "More.",
    ]


def test_a_table_without_rows_is_its_sentence() -> None:
    empty = Table(sentence="Nothing.", facts={}, rows=[], totals=[], headings=["A"], shown=[], shown_totals=[])
    assert list(for_people(empty, "fr")) == ["Nothing."]


FIGURES = [
    (Amount(0), "0,00", "0.00"),
    (Amount(-99_999), "-999,99", "-999.99"),
    (Amount(100_000), "1\u202f000,00", "1,000.00"),
    (Amount(-(2**40), NOTORIETY), "-1\u202f099\u202f511\u202f627\u202f776", "-1,099,511,627,776"),
    (Amount(1, Unit("TINY", 9)), "0,000000001", "0.000000001"),
]  # fmt: skip


@pytest.mark.parametrize(("amount", "french", "english"), FIGURES)
def test_figures_are_written_as_the_language_writes_them(amount: Amount, french: str, english: str) -> None:
    assert (figure(amount, "fr"), figure(amount, "en")) == (french, english)


def test_json_says_an_amount_twice_and_exactly() -> None:
    assert json.loads(as_json(TABLE)) == {
        "book": "alpha",
        "last": "2026-01-31",
        "opening": "-0.05",
        "opening_minor": -5,
        "next_after": None,
        "rows": [{"account": "411", "debit": "46116860184273879.04", "debit_minor": 2**62, "is_closed": True}],
        "totals": [{"unit": "EUR", "debit": "0.00", "debit_minor": 0}],
    }


def test_csv_disarms_words_and_leaves_figures() -> None:
    texts = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "a=1", 'say "no", then', ""]
    rows = [{"text": text, "debit": Amount(-5, EUR), "on": None} for text in texts]
    assert "".join(as_csv(("text", "debit", "on"), rows, amounts=frozenset({"debit"}))) == (
        "text,debit,debit_minor,on\r\n"
        "'=1+1,-0.05,-5,\r\n"
        "'+1,-0.05,-5,\r\n"
        "'-1,-0.05,-5,\r\n"
        "'@x,-0.05,-5,\r\n"
        "'\tx,-0.05,-5,\r\n"
        '"\'\rx",-0.05,-5,\r\n'
        "a=1,-0.05,-5,\r\n"
        '"say ""no"", then",-0.05,-5,\r\n'
        ",-0.05,-5,\r\n"
    )


def test_a_long_text_is_cut_where_people_read_it() -> None:
    assert cut("short", 5) == "short"
    assert cut("too long", 5) == "too…"
