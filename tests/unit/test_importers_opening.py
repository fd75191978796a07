"""Balances that open the books: from a trial balance, from another program's file, and every fault of them."""

from __future__ import annotations

from datetime import date

import pytest

from fund.importers.balance_file import read_balance
from fund.importers.charted import is_charted
from fund.importers.faults import Fault
from fund.importers.names import Names
from fund.importers.opening_draft import BalanceRow, OpeningTerms, balance_faults, drafted
from fund.importers.opening_fec import read_fec
from ledger.fec.fields import HEADER
from ledger.journal import is_balanced
from ledger.money import EUR, unit_of

ON = date(2026, 1, 1)
BALANCE = "account,auxiliary,debit,credit,name,account_name\n"


def terms(currency: str = "EUR") -> OpeningTerms:
    return OpeningTerms(
        on=ON,
        unit=unit_of(currency),
        chart="anc-2022-06",
        is_known=is_charted,
        accounts=Names(()),
        auxiliaries={"M1": "Théâtre"},
    )


def read(text: str) -> tuple[list[BalanceRow], list[str]]:
    """The rows and the faults, as `2:account code`."""
    faults: list[Fault] = []
    rows = read_balance("balance.csv", text.encode(), terms(), faults)
    faults += balance_faults("balance.csv", rows, terms(), sound=not faults)
    return rows, [f"{fault.where} {fault.code}".removeprefix("balance.csv").lstrip(": ") for fault in faults]


def test_a_balance_becomes_an_entry() -> None:
    rows, faults = read(BALANCE + "512000,,100.00,0.00,,\n411000,M1,50.00,,,\n411000,M2,,0,Scène,\n102400,,,150,,\n")

    assert faults == []
    draft = drafted(rows, terms(), sha256="", source="balance.csv")
    assert [(row.account, row.auxiliary, row.minor) for row in draft.rows] == [
        ("102400", "", -15000),
        ("411000", "M1", 5000),
        ("512000", "", 10000),
    ]
    assert is_balanced(draft.lines)
    assert (str(draft.debit), str(draft.credit)) == ("150.00 EUR", "150.00 EUR")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("512000,,100.00,,,\n102400,,,99.99,,\n", ["balance_unbalanced"]),
        ("512000,,100.00,,,\n756100,,,100,,\n", ["3:account balance_of_results"]),
        ("512000,,100.00,,,\n871000,,,100,,\n", ["3:account balance_of_no_opening"]),
        ("512000,,100.00,,,\n305555,,,100,,\n", ["3:account account_unknown"]),
        ("512000,,100.00,,,\n305555,,,100,,Stocks\n", []),
        ("512000,,100.00,,,\n411000,M9,,100,,\n", ["3:auxiliary auxiliary_unlabelled"]),
        ("512000,,100.00,,,\n411000,M9,,100,Scène,\n", []),
        ("512000,,50.00,,,\n512000,,50.00,,,\n102400,,,100,,\n", ["3:account balance_twice"]),
        ("411000,M9,50.00,,A,\n467100,M9,50.00,,B,\n102400,,,100,,\n", ["3:name name_twice"]),
        ("512000,,100.00,100.00,,\n", ["2:credit sides_both"]),
        ("512000,,0,0,,\n", ["balance_nothing"]),
        ("51,,100.00,,,\n102400,,,100,,\n", ["2:account account_form"]),
    ],
)
def test_every_fault_of_a_balance_has_its_place(lines: str, expected: list[str]) -> None:
    assert read(BALANCE + lines)[1] == expected


def test_an_account_that_another_chart_had_is_refused_with_what_took_its_place() -> None:
    row = BalanceRow(line=2, account="791", minor=100)
    found = [fault.code for fault in balance_faults("b.csv", [row, BalanceRow(3, "512", -100)], terms())]
    assert found == ["balance_of_results"]  # 791 is an income, which no year opens

    gone = BalanceRow(line=2, account="468700", minor=100)
    faults = list(balance_faults("b.csv", [gone, BalanceRow(3, "512", -100)], terms()))
    assert [fault.code for fault in faults] == ["account_outside_chart"]
    assert "467" in faults[0].mend("fr")


def fec(*lines: str) -> bytes:
    rows = [HEADER, *(line.split() for line in lines)]
    return "\r\n".join("\t".join("" if cell == "-" else cell for cell in row) for row in rows).encode()


FILE = (
    "AN An AN1 20250101 512000 Banque - - P 20250101 Report 1000,00 0,00 - - 20250210 - -",
    "AN An AN1 20250101 102400 Fonds - - P 20250101 Report 0,00 1000,00 - - 20250210 - -",
    "AP Appels AP1 20250301 411000 Adherents M1 Theatre P1 20250301 Appel 50,00 0,00 AA 20250401 20250410 - -",
    "AP Appels AP1 20250301 756100 Cotisations - - P1 20250301 Appel 0,00 50,00 - - 20250410 - -",
    "BQ Banque BQ1 20250401 512000 Banque - - R1 20250401 Recu 50,00 0,00 - - 20250510 - -",
    "BQ Banque BQ1 20250401 411000 Adherents M1 Theatre R1 20250401 Recu 0,00 50,00 AA 20250401 20250510 - -",
    "AP Appels AP2 20250601 411000 Adherents M1 Theatre P2 20250601 Appel 30,00 0,00 - - 20250710 - -",
    "AP Appels AP2 20250601 756100 Cotisations - - P2 20250601 Appel 0,00 30,00 - - 20250710 - -",
    "AP Appels AP3 20250701 411000 Adherents M1 Theatre P3 20250701 Appel 20,00 0,00 - - 20250810 - -",
    "AP Appels AP3 20250701 756100 Cotisations - - P3 20250701 Appel 0,00 20,00 - - 20250810 - -",
    "CV En_nature CV1 20251231 861000 Mise - - C1 20251231 Nature 5,00 0,00 - - 20260331 - -",
    "CV En_nature CV1 20251231 875000 Benevolat - - C1 20251231 Nature 0,00 5,00 - - 20260331 - -",
)


def test_a_file_of_entries_leaves_its_balances_and_its_open_items() -> None:
    faults: list[Fault] = []
    rows = read_fec("123456782FEC20251231.txt", fec(*FILE), terms(), faults)
    draft = drafted(rows, terms(), sha256="", source="fec")

    assert faults == []
    assert [(row.account, row.auxiliary, row.minor) for row in draft.rows] == [
        ("102400", "", -100000),
        ("120000", "", -10000),
        ("411000", "M1", 3000),
        ("411000", "M1", 2000),
        ("512000", "", 105000),
    ]
    assert list(balance_faults("fec", rows, terms())) == []
    assert is_balanced(draft.lines)


def test_what_is_wrong_with_a_file_of_entries_is_told_by_its_own_rules() -> None:
    faults: list[Fault] = []
    read_fec("f.txt", fec(FILE[0].replace("1000,00", "1.000,00"), *FILE[1:]), terms(), faults)

    assert [fault.code for fault in faults] == ["fec_finding"]
    assert faults[0].line == 2
    assert faults[0].what("fr") != faults[0].what("en")
    faults.clear()
    read_fec("f.txt", fec(*FILE), terms("CHF"), faults)
    assert [fault.code for fault in faults] == ["fec_currency"]


def test_codes_that_the_books_cannot_write_are_told_once() -> None:
    faults: list[Fault] = []
    read_fec("f.txt", fec(*(line.replace(" M1 ", " M:1 ") for line in FILE)), terms(), faults)

    assert [fault.code for fault in faults] == ["code_form"]
    assert EUR.code in str(terms().unit)
