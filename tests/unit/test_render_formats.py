"""How figures are written in French and in English, beside each other."""

from datetime import date
from fractions import Fraction

import pytest

from fund.statements.document import Column, Span
from fund.statements.render.formats import (
    amount_text,
    bare_amount,
    cell_text,
    clean,
    date_text,
    heading_text,
    labelled,
    rate_text,
    short_date,
    span_text,
)
from ledger.money import EUR, EUR_INKIND, HOUR, MINOR_LIMIT, NOTORIETY, Amount, Unit, unit_of

# `~` stands for the narrow no-break space U+202F, `_` for the no-break space U+00A0.
AMOUNTS = """
# minor        unit        French                          English
  123456       EUR         1~234,56_€                      €1,234.56
  -123456      EUR         -1~234,56_€                     -€1,234.56
  0            EUR         0,00_€                          €0.00
  5            EUR         0,05_€                          €0.05
  -5           EUR         -0,05_€                         -€0.05
  123456789012 EUR         1~234~567~890,12_€              €1,234,567,890.12
  222000       EUR-INKIND  2~220,00_€|(en_nature)          €2,220.00|(in_kind)
  3600         HOUR        36,00_h                         36.00_h
  1            NOTORIETY   1_point                         1_point
  0            NOTORIETY   0_point                         0_points
  -2           NOTORIETY   -2_points                       -2_points
  12345        NOTORIETY   12~345_points                   12,345_points
  1500         JPY         1~500_JPY                       JP¥1,500
  1234567      TND         1~234,567_TND                   TND_1,234.567
  123456       ZZZ         1~234,56_ZZZ                    1,234.56_ZZZ
"""
ROWS = [line.split() for line in AMOUNTS.strip().splitlines()[1:]]


@pytest.mark.parametrize(("minor", "code", "french", "english"), ROWS)
def test_amounts_as_each_language_writes_them(minor: str, code: str, french: str, english: str) -> None:
    amount = Amount(int(minor), unit_of(code))
    assert amount_text(amount, "fr") == french.replace("~", "\u202f").replace("_", "\xa0").replace("|", " ")
    assert amount_text(amount, "en") == english.replace("~", "\u202f").replace("_", "\xa0").replace("|", " ")


def test_the_largest_amount_loses_no_digit() -> None:
    assert bare_amount(Amount(MINOR_LIMIT), "en").replace(",", "") == "46116860184273879.04"
    assert bare_amount(Amount(1, Unit("XTS", 9)), "fr") == "0,000000001"


RATES = [
    (Fraction(1, 8), "12,5\u202f%", "12.5%"),
    (Fraction(1, 3), "33,33\u202f%", "33.33%"),
    (Fraction(2, 3), "66,67\u202f%", "66.67%"),
    (Fraction(1), "100\u202f%", "100%"),
    (Fraction(0), "0\u202f%", "0%"),
]


@pytest.mark.parametrize(("rate", "french", "english"), RATES)
def test_rates_are_percentages(rate: Fraction, french: str, english: str) -> None:
    assert (rate_text(rate, "fr"), rate_text(rate, "en")) == (french, english)


def test_dates_in_text_and_in_columns() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    assert date_text(first, "fr") == "1er janvier 2026"
    assert date_text(date(2026, 1, 11), "fr") == "11 janvier 2026"
    assert date_text(first, "en") == "1 January 2026"
    assert (short_date(first, "fr"), short_date(first, "en")) == ("01/01/2026", "01 Jan 2026")
    assert span_text(Span(first, last), "fr") == "du 1er janvier 2026 au 31 décembre 2026"
    assert span_text(Span(first, last), "en") == "1 January 2026 to 31 December 2026"


def test_a_column_with_a_unit_names_it_once() -> None:
    column = Column("Reçu", "amount", EUR)
    assert heading_text(column, "fr") == "Reçu (€)"
    assert cell_text(Amount(123456), "fr", column=column) == "1\u202f234,56"
    assert cell_text(Amount(123456), "fr", column=Column("Reçu", "amount")) == "1\u202f234,56\xa0€"
    assert heading_text(Column("Apport", "amount", EUR_INKIND), "en") == "Apport (€, in\xa0kind)"
    assert heading_text(Column("Temps", "amount", HOUR), "fr") == "Temps (heures)"
    assert heading_text(Column("Crédit", "amount", NOTORIETY), "en") == "Crédit (points)"


def test_whole_numbers_and_empty_cells() -> None:
    assert cell_text(12345, "fr") == "12\u202f345"
    assert cell_text(None, "fr") == ""
    assert labelled("Retour", "5", "fr") == "Retour\xa0: 5"
    assert labelled("Return", "5", "en") == "Return: 5"


def test_what_no_output_can_hold_becomes_visible() -> None:
    assert clean("a\x00b\x1bc\ud800d\ufffee\u202ef\x85g") == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg"
    assert clean("one\r\ntwo\rthree\tfour") == "one\ntwo\nthree\tfour"
    assert clean("Żółć 北京 שלום 👩‍🎨") == "Żółć 北京 שלום 👩‍🎨"
