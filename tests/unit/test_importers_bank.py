"""A file of the bank: read whole, or refused with every fault, its line and a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from fund.accounting.bank_rows import BankRow, fingerprints
from fund.importers.bank import COLUMNS, read_bank_file
from ledger.money import EUR

HEADER = "account,date,amount,reference,counterparty,label,balance\n"


def read(*lines: str) -> tuple[tuple[BankRow, ...], list[str]]:
    found = read_bank_file("bank.csv", (HEADER + "\n".join(lines) + "\n").encode(), EUR)
    return found.rows, [f"{fault.line}:{fault.column}:{fault.code}" for fault in found.faults]


def test_a_line_is_read_to_the_cent_and_to_the_day() -> None:
    rows, faults = read(
        '512,2026-01-10,1000.00,R1,"Théâtre, Bordeaux",VIR RECU,1000.00', "5121,2026-01-11,-12.5,,,FRAIS,"
    )
    assert faults == []
    assert rows == (
        BankRow("512", date(2026, 1, 10), 100_000, "R1", "Théâtre, Bordeaux", "VIR RECU", 100_000),
        BankRow("5121", date(2026, 1, 11), -1250, "", "", "FRAIS", None),
    )


FAULTS = [
    ("411,2026-01-10,5,,,,", "2:account:bank_account_form"),
    ("512;1,2026-01-10,5,,,,", "2:account:bank_account_form"),
    ("512,10/01/2026,5,,,,", "2:date:date_unreadable"),
    ("512,2026-02-30,5,,,,", "2:date:date_unreal"),
    ("512,0001-01-01,5,,,,", "2:date:date_unreal"),
    ("512,2026-01-10,0.00,,,,", "2:amount:number_zero"),
    ("512,2026-01-10,--5,,,,", "2:amount:number_negative"),
    ("512,2026-01-10,1e9,,,,", "2:amount:number_unreadable"),
    ("512,2026-01-10,12.345,,,,", "2:amount:number_decimals"),
    ("512,2026-01-10,9999999999999.00,,,,", "2:amount:number_too_large"),
    ("512,2026-01-10,,,,,", "2:amount:value_missing"),
    ("512,2026-01-10,5,a\u202eb,,,", "2:reference:text_control"),
    (f"512,2026-01-10,5,,,{'x' * 301},", "2:label:text_too_long"),
    ("512,2026-01-10,5,,,,1 000", "2:balance:number_grouped"),
    ("512,2026-01-10,5,,,", "2::values_count"),
]


@pytest.mark.parametrize(("line", "fault"), FAULTS)
def test_a_fault_is_told_with_its_line_and_its_column(line: str, fault: str) -> None:
    assert read(line)[1] == [fault]


def test_every_fault_of_a_file_is_told_at_once_in_both_languages() -> None:
    raw = (HEADER + "411,x,0,,,,\n512,2026-01-10,1.001,,,,\n").encode()
    found = read_bank_file("bank.csv", raw, EUR)
    assert len(found.faults) == 4
    for fault in found.faults:
        assert fault.sentence("fr") != fault.sentence("en")
        assert fault.sentence("fr").startswith(f"bank.csv:{fault.line}")


def test_days_go_on_and_balances_follow() -> None:
    assert read("512,2026-01-11,5,,,,", "512,2026-01-10,5,,,,")[1] == ["3:date:bank_order"]
    assert read("512,2026-01-11,5,,,,5", "512,2026-01-12,5,,,,11")[1] == ["3:balance:bank_balance_breaks"]
    assert read("512,2026-01-11,5,,,,5", "5121,2026-01-10,5,,,,5", "512,2026-01-12,-7,,,,-2")[1] == []
    assert read("512,2026-01-11,5,,,,5", "512,2026-01-12,5,,,,", "512,2026-01-13,5,,,,99")[1] == []


def test_a_balance_that_breaks_says_what_it_would_be() -> None:
    raw = (HEADER + "512,2026-01-11,5,,,,5\n512,2026-01-12,-7.50,,,,11\n").encode()
    (fault,) = read_bank_file("bank.csv", raw, EUR).faults
    assert "-2.50" in fault.sentence("en")


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"\0", b"a;b\n1;2\n", HEADER.replace("label", "libelle").encode()])
def test_a_file_that_is_none_is_a_fault_and_no_exception(raw: bytes) -> None:
    assert read_bank_file("bank.csv", raw, EUR).faults


def test_a_line_is_known_by_what_it_says_and_by_its_rank_among_equals() -> None:
    row = BankRow("512", date(2026, 1, 10), 500, "R", "C", "L", 500)
    other = BankRow("512", date(2026, 1, 10), 500, "R", "C", "M", 500)
    first, second, third = fingerprints([row, row, other])
    assert len({first, second, third}) == 3
    assert fingerprints([other, row, row]) == [third, first, second]
    without = BankRow("512", date(2026, 1, 10), 500, "R", "C", "L")
    assert fingerprints([without]) == [first], "the balance is what the bank held, not what the line is"


def test_the_columns_are_those_of_the_documentation() -> None:
    assert ",".join(COLUMNS) + "\n" == HEADER
