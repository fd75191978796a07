"""How one written value is read, in tables: what it is, or the code of what is wrong with it."""

from __future__ import annotations

from datetime import date

import pytest

from fund.importers.names import NEAREST_ASKED, Names
from fund.importers.values import (
    MINOR_LIMIT,
    Misread,
    Year,
    identifier_misread,
    project_misread,
    read_count,
    read_minor,
    text_misread,
    word_misread,
)

NUMBERS = """
# written        scale  minor or code          like
  12.50          2      1250                   -
  12.5           2      1250                   -
  12             2      1200                   -
  007.10         2      710                    -
  0.01           2      1                      -
  500            0      500                    -
  1.234          3      1234                   -
  10000000000.00 2      1000000000000          -
  10000000000.01 2      number_too_large       -
  12.345         2      number_decimals        12.35
  0.004          2      number_decimals        0.00
  1.050          2      number_decimals        1.05
  1.5            0      number_decimals        2
  12,5           2      number_comma           12.5
  1,050.00       2      number_grouped         1050.00
  1.050,00       2      number_grouped         1050.00
  1'050          2      number_grouped         1050
  1,050,000      2      number_grouped         1050000
  -3             2      number_negative        -
  −3             2      number_negative        -
  0              2      number_zero            -
  0.00           2      number_zero            -
  +3             2      number_unreadable      1234.56
  .5             2      number_unreadable      1234.56
  5.             2      number_unreadable      1234.56
  1e3            2      number_unreadable      1234.56
  0x10           2      number_unreadable      1234.56
  1_000          2      number_unreadable      1234.56
  ½              2      number_unreadable      1234.56
  ３             2      number_unreadable      1234.56
  NaN            0      number_unreadable      123456
  12€            2      number_unreadable      1234.56
"""


@pytest.mark.parametrize("row", [line.split() for line in NUMBERS.splitlines()[2:]], ids=lambda row: row[0])
def test_numbers_are_exact_or_refused_with_the_way_to_write_them(row: list[str]) -> None:
    written, scale, expected, like = row
    read = read_minor(written, int(scale))

    if isinstance(read, Misread):
        assert (read.code, str(read.facts.get("like", "-"))) == (expected, like)
    else:
        assert read == int(expected)


@pytest.mark.parametrize("written", ["1 050.00", "1\u00a0050.00", "1\u202f050,00"])
def test_spaces_between_thousands_are_refused(written: str) -> None:
    read = read_minor(written, 2)
    assert isinstance(read, Misread)
    assert (read.code, read.facts["like"]) == ("number_grouped", "1050.00")


def test_zero_is_read_where_it_makes_sense_and_length_does_not_matter() -> None:
    assert read_minor("0.00", 2, zero=True) == 0
    assert read_minor("0" * 200 + "1", 2) == 100
    long = read_minor("9" * 300, 2)
    assert isinstance(long, Misread)
    assert long.code == "number_too_large"
    assert read_minor("10000000000", 2) == MINOR_LIMIT


def test_counts_are_whole_numbers_up_to_a_million() -> None:
    assert [read_count(text) for text in ("0", "120", "1000000", "0000012")] == [0, 120, 1_000_000, 12]
    wrong = [read_count(text) for text in ("1000001", "-1", "1.0", "1e3", "", "١٢", "9" * 5000)]
    assert [misread.code for misread in wrong if isinstance(misread, Misread)] == ["count_unreadable"] * len(wrong)


def test_days_are_real_and_inside_the_year() -> None:
    year = Year(2028)
    assert year.read("2028-02-29") == date(2028, 2, 29)
    assert year.read("2028-12-31") == date(2028, 12, 31)
    told = {
        text: year.read(text) for text in ("2027-12-31", "2028-02-30", "28-02-01", "2028-2-1", "2028-W01-1", "1/2/2028")
    }
    assert {text: read.code for text, read in told.items() if isinstance(read, Misread)} == {
        "2027-12-31": "date_outside_year",
        "2028-02-30": "date_unreal",
        "28-02-01": "date_unreadable",
        "2028-2-1": "date_unreadable",
        "2028-W01-1": "date_unreadable",
        "1/2/2028": "date_unreadable",
    }
    french = told["1/2/2028"]
    assert isinstance(french, Misread)
    assert french.facts["like"] == "2028-02-01"


def test_any_real_day_is_read_where_the_year_is_not_known() -> None:
    assert Year(None).read("1999-12-31") == date(1999, 12, 31)


def test_texts_keep_what_names_need_and_refuse_what_nobody_sees() -> None:
    assert text_misread("L’Estran\u00a0: « café », n°\u202f1 — Ŧ 你好 العربية") is None
    told = {
        text: text_misread(text)
        for text in ("a\u202eb", "a\u200bb", "a\x00", "a\nb", " a", "a\u00a0", "\ue000", "a" * 301)
    }
    assert {text: misread.code for text, misread in told.items() if misread} == {
        "a\u202eb": "text_control",
        "a\u200bb": "text_control",
        "a\x00": "text_control",
        "a\nb": "text_control",
        " a": "text_spaces",
        "a\u00a0": "text_spaces",
        "\ue000": "text_control",
        "a" * 301: "text_too_long",
    }


def test_identifiers_and_words_are_plain() -> None:
    assert not any(identifier_misread(text) for text in ("M01", "34", "a.b_c-D", "x" * 40))
    assert all(identifier_misread(text) for text in ("", "é", "a b", "a:b", "a/b", "-a", "x" * 41))
    assert not any(project_misread(text) for text in ("34", "2024/ORL/0004", "x" * 40))
    for text in ("", "é", "a b", "a:b", "/a", "x" * 41):
        assert project_misread(text) == ("project_form", {"text": text, "limit": 40})
    assert word_misread("petit-fonds-2026", like="x") is None
    assert all(word_misread(text, like="x") for text in ("", "Petit", "a--b", "-a", "a_b", "x" * 41))


def test_the_closest_name_is_a_kindness_with_a_limit() -> None:
    names = Names(["venue", "company"])
    assert names.nearest("venu") == "venue"
    assert names.nearest("zzz") == ""
    for number in range(NEAREST_ASKED):
        names.nearest(f"compan{number}")
    assert names.nearest("vennue") == ""
    assert names.nearest("venu") == "venue"
