"""A fund's year as a folder: what is read from a right one, and every fault of a wrong one."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from fund.importers.exploitation import not_awarded
from fund.importers.faults import FolderInvalid
from fund.importers.year_folder import read_year_folder
from ledger.money import EUR, Amount
from tests.folders import SMALL_YEAR, a_folder, faults_of, told

DEMONSTRATION = Path(__file__).resolve().parents[2] / "fund" / "demonstration"

# One fault at a time in the small year: what is replaced, and what is told. Line 2 is the first row.
FUND = [
    # old, new, told
    ('slug = "petit-fonds"', 'slug = "Petit Fonds"', ["3:fund.slug word_form"]),
    ('"association-1901"', '"association"', ["4:fund.legal_form choice_unknown"]),
    ('"123456782"', '"123456789"', ["5:fund.siren siren_invalid"]),
    ('"123456782"', '"123 456 782"', ["5:fund.siren siren_invalid"]),
    ('"EUR"', '"EURO"', ["6:fund.currency currency_unknown"]),
    ('"EUR"', '"EUR-INKIND"', ["6:fund.currency currency_unknown"]),
    ('"creafonds"', '"creafond"', ["7:fund.charter charter_unknown"]),
    ('"creafonds"', '"../charter.toml"', ["7:fund.charter file_name_form"]),
    ("fiscal_year = 2026", 'fiscal_year = "2026"', ["8:fund.fiscal_year type_not_year"]),
    ("fiscal_year = 2026", "fiscal_year = 2026.0", ["8:fund.fiscal_year type_not_year"]),
    ("fiscal_year = 2026", "fiscal_year = true", ["8:fund.fiscal_year type_not_year"]),
    ("[call]", "[Call]", ["call section_missing", "10:Call key_unknown"]),
    ('ballots = "ballots.pb"', 'ballots = "/etc/ballots.pb"', ["12:call.ballots file_name_form"]),
    ('method = "equal-shares"', 'method = "random"', ["13:call.method choice_unknown"]),
    ('method = "equal-shares"', "method = 3", ["13:call.method type_not_text"]),
    ("opens = 2026-03-01", 'opens = "2026-03-01"', ["14:call.opens type_not_date"]),
    ("opens = 2026-03-01", "opens = 2026-03-01T10:00:00", ["14:call.opens type_not_date"]),
    ("opens = 2026-03-01", "opens = 2025-03-01", ["14:call.opens date_outside_year"]),
    ("opens = 2026-03-01", "opens = 2026-05-01", ["15:call.closes closes_before_opens"]),
    ("opens = 2026-03-01", "opens = 2026-02-30", ["14 toml_syntax"]),
    ("premiere = 2026-06-01", "premiere = 2026-05-06", ["16:call.premiere premiere_too_early"]),
    (
        'lottery_seed = "petit-fonds"',
        'lottery_seeds = "x"',
        ["10:call.lottery_seed key_missing", "17:call.lottery_seeds key_unknown"],
    ),
    ('"B. Essai (fictive)"', '" "', ["21:payments.approved_by text_spaces"]),
    ('"B. Essai (fictive)"', '""', ["21:payments.approved_by value_missing"]),
    ('"B. Essai (fictive)"', '"a.  essai (FICTIF)"', ["21:payments.approved_by same_person"]),
    ('name = "Appel 2026"', 'name = "Appel 2026', ["11 toml_syntax"]),
    ('name = "Appel 2026"', 'name = "Appel 2026"\nname = "encore"', ["12 toml_syntax"]),
    ('name = "Appel 2026"', f"name = {'[' * 5000}", [" toml_unreadable"]),
    ("fiscal_year = 2026", f"fiscal_year = {'9' * 5000}", [" toml_unreadable"]),
]
TABLES = {
    "members.csv": [
        ("id,name", "id,Name", ["1:name column_missing", "1:Name column_unknown"]),
        ("pledge\n", "pledge,id\n", ["1:id column_twice", *[f"{n} values_count" for n in (2, 3, 4, 5)]]),
        ("THE,Th", ",Th", ["3:id value_missing"]),
        ("THE,Th", "T:E,Th", ["3:id identifier_form"]),
        ("FES,Fe", "CIE,Fe", ["5:id identifier_twice"]),
        ("venue", "theatre", ["3:category choice_unknown"]),
        (",2000.00", ",", ["2:pledge pledge_missing"]),
        ("15000,", "15000,100", ["3:pledge pledge_unexpected"]),
        (",15000,", ",,", ["3:annual_production_budget budget_missing"]),
        (",15000,", ",-15000,", ["3:annual_production_budget number_negative"]),
        ("Théâtre de Sable", "Théâtre\u202ede Sable", ["3:name text_control"]),
        ("Théâtre de Sable", "Théâtre\tde Sable", ["3:name text_control"]),
        ("Théâtre de Sable", " Théâtre de Sable", ["3:name text_spaces"]),
        ("Théâtre de Sable", "é" * 201, ["3:name text_too_long"]),
        ("CIE,", "\nCIE,", ["4 line_blank"]),
        ("CIE,Compagnie de Sable (fictive),company,8000,", ",,,,", ["4 line_blank"]),
    ],
    "receipts.csv": [
        ("2026-01-10,1000.00", "2026-01-10,12.345", ["2:amount number_decimals"]),
        ("2026-01-10,1000.00", '2026-01-10,"1000,00"', ["2:amount number_comma"]),
        ("2026-01-10,1000.00", "2026-01-10,1000,00", ["2 values_count"]),
        ("2026-01-10,1000.00", "2026-01-10,1\u202f000.00", ["2:amount number_grouped"]),
        ("2026-01-10,1000.00", "2026-01-10,-1000.00", ["2:amount number_negative"]),
        ("2026-01-10,1000.00", "2026-01-10,0", ["2:amount number_zero"]),
        ("2026-01-10,1000.00", "2026-01-10,99999999999.00", ["2:amount number_too_large"]),
        ("2026-01-10,1000.00", "2026-01-10,1e3", ["2:amount number_unreadable"]),
        ("2026-01-10,1000.00", "2026-01-10,١٠٠٠", ["2:amount number_unreadable"]),
        ("2026-01-10", "10/01/2026", ["2:date date_unreadable"]),
        ("2026-01-10", "20260110", ["2:date date_unreadable"]),
        ("2026-01-10", "2026-02-29", ["2:date date_unreal"]),
        ("2026-01-10", "2027-01-01", ["2:date date_outside_year"]),
        ("EUR,THE", "ZZZ,THE", ["2:currency currency_unknown"]),
        ("EUR,THE", "HOUR,THE", ["2:currency currency_unknown"]),
        ("EUR,THE", "USD,THE", ["2:currency currency_other"]),
        ("EUR,THE", "EUR,TEH", ["2:member member_unknown"]),
        (",R2,", ",R1,", ["3:reference reference_twice"]),
        (',"Contribution, first part"', ',"Contribution, first part', ["2 quote_open"]),
        (',"Contribution, first part"', f",{'x' * 10_001}", ["2 line_too_long"]),
        ("date,amount", "day,amount", ["1:date column_missing", "1:day column_unknown"]),
    ],
    "exploitation.csv": [
        (",A,performance", ",Z,performance", ["2:project project_unknown"]),
        (",performance", ",show", ["2:kind choice_unknown"]),
        (",no,yes", ",non,yes", ["2:member_date yes_no"]),
        (",no,yes", ",no,", ["2:triggered value_missing"]),
        (",100,A1", ",a hundred,A1", ["2:audience count_unreadable"]),
        (",100,A1", ",1000001,A1", ["2:audience count_unreadable"]),
        (",100,A1", ",100,R1", ["2:reference reference_twice"]),
    ],
    "in_kind.csv": [
        (",day,", ",week,", ["2:unit choice_unknown"]),
        (",premises,", ",castles,", ["2:kind choice_unknown"]),
        (",8.5,", ",8.125,", ["3:quantity number_decimals"]),
        (",8.5,", ",0,", ["3:quantity number_zero"]),
        (",8.5,hour", ",8.5,day,", ["3 values_count"]),
        (",A,K1", ",AA,K1", ["2:project project_unknown"]),
        (",K2", ",A10", ["3:reference reference_twice"]),
    ],
    "ballots.pb": [
        ("7;C,D", "7;C,Q", ["24:vote ballots_project_unknown"]),
        ("A;3000.00", "A;3000.001", ["11:cost ballots_amount_too_fine"]),
        ("currency;EUR", "currency;USD", ["currency currency_other"]),
        ("vote_type;approval", "vote_type;ordinal", ["vote_type ballots_not_approvals"]),
        ("Estran", "é" * 251, ["name text_too_long"]),
        ("E;1200.00;2;Estran", "E;1200.00;2;Estran\nE 2;1200.00;0;Estran", ["4:num_projects ballots_count_wrong"]),
    ],
}  # fmt: skip
ONE_FAULT = [("fund.toml", *case) for case in FUND] + [
    (name, *case) for name, cases in TABLES.items() for case in cases
]


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"), ONE_FAULT, ids=[f"{n}-{case[0]}" for n, case in enumerate(ONE_FAULT)]
)
def test_each_fault_is_told_with_its_place(tmp_path: Path, name: str, old: str, new: str, expected: list[str]) -> None:
    found = [fault for fault in faults_of(a_folder(tmp_path, {name: [(old, new)]})) if fault.file == name]

    assert told(tuple(found)) == [f"{name}{':' if said[0] != ' ' else ''}{said}" for said in expected]


def test_the_small_year_is_read_as_it_stands() -> None:
    year = read_year_folder(SMALL_YEAR)

    assert (year.fund.slug, year.fund.currency, year.fund.fiscal_year) == ("petit-fonds", EUR, 2026)
    assert (year.fund.first_day, year.fund.last_day) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (year.call.method, year.call.closes, year.call.agreed_on) == (
        "equal-shares",
        date(2026, 4, 30),
        date(2026, 5, 7),
    )
    assert year.payments.prepared_by != year.payments.approved_by
    assert [(row.line, row.id, row.annual_production_budget, row.pledge) for row in year.members] == [
        (2, "PUB", None, 200_000),
        (3, "THE", 1_500_000, None),
        (4, "CIE", 800_000, None),
        (5, "FES", 6_000_000, None),
    ]
    assert [(row.line, row.on, row.amount, row.member, row.reference, row.label) for row in year.receipts[:1]] == [
        (2, date(2026, 1, 10), Amount(100_000), "THE", "R1", "Contribution, first part")
    ]
    assert [(row.fee, row.member_date, row.triggered, row.audience) for row in year.performances[9:11]] == [
        (Amount(100_000), False, True, None),
        (Amount(90_000), False, False, None),
    ]
    assert [(row.quantity, row.unit, row.unit_value, row.project) for row in year.in_kind] == [
        (Fraction(3), "day", 12_000, "A"),
        (Fraction(17, 2), "hour", 2_000, ""),
    ]
    assert (year.election.budget, len(year.election.projects), len(year.election.ballots)) == (700_000, 5, 7)
    assert "droit-de-suite" in year.charter


def test_the_demonstration_has_no_fault_and_calls_itself_fictitious() -> None:
    year = read_year_folder(DEMONSTRATION)

    assert len(year.members) == 12
    assert len(year.election.projects) == 14
    assert len(year.election.ballots) == 31
    names = [year.fund.name, year.payments.prepared_by, year.payments.approved_by, *(row.name for row in year.members)]
    assert all("(fictif" in name or "(fictive" in name for name in names)


def test_the_digest_is_over_names_and_bytes_in_the_order_of_the_names(tmp_path: Path) -> None:
    names = ("ballots.pb", "exploitation.csv", "fund.toml", "in_kind.csv", "members.csv", "receipts.csv")
    raw = {name: (SMALL_YEAR / name).read_bytes() for name in names}
    whole = b"".join(f"{name}\n{len(raw[name])}\n".encode() + raw[name] for name in names)

    assert read_year_folder(SMALL_YEAR).digest == hashlib.sha256(whole).hexdigest()
    spoilt = a_folder(tmp_path, {"receipts.csv": [("the rest", "the remainder")]})
    assert read_year_folder(spoilt).digest != read_year_folder(SMALL_YEAR).digest


def test_columns_stand_in_any_order(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    rows = [line.split(",") for line in (folder / "members.csv").read_text(encoding="utf-8").splitlines()]
    (folder / "members.csv").write_text("\n".join(",".join(reversed(row)) for row in rows), encoding="utf-8")

    assert read_year_folder(folder).members == read_year_folder(SMALL_YEAR).members


def test_tables_without_rows_are_read_but_a_fund_has_members(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    for name in ("receipts.csv", "exploitation.csv", "in_kind.csv"):
        header = (folder / name).read_text(encoding="utf-8").partition("\n")[0]
        (folder / name).write_text(header, encoding="utf-8")
    year = read_year_folder(folder)
    assert (year.receipts, year.performances, year.in_kind) == ((), (), ())

    header = (folder / "members.csv").read_text(encoding="utf-8").partition("\n")[0]
    (folder / "members.csv").write_text(f"{header}\n\n", encoding="utf-8")
    assert told(faults_of(folder)) == ["members.csv:1 rows_none"]


def test_a_charter_of_the_folder_is_read_with_it_and_its_faults_are_told(tmp_path: Path) -> None:
    text = read_year_folder(SMALL_YEAR).charter
    folder = a_folder(tmp_path, {"fund.toml": [('"creafonds"', '"regles.toml"')]})
    assert told(faults_of(folder)) == ["regles.toml file_missing"]

    (folder / "regles.toml").write_text(text, encoding="utf-8")
    year = read_year_folder(folder)
    assert year.charter == text
    assert year.digest != read_year_folder(SMALL_YEAR).digest

    (folder / "regles.toml").write_text(text.replace('rate = "8 %"', 'rate = "80"', 1), encoding="utf-8")
    faults = faults_of(folder)
    assert {fault.file for fault in faults} == {"regles.toml"}
    assert faults[0].line == text[: text.index('rate = "8 %"')].count("\n") + 1
    assert faults[0].code.startswith("charter-")


def test_the_charter_says_who_declares_what(tmp_path: Path) -> None:
    text = read_year_folder(SMALL_YEAR).charter
    fixed = re.sub(r'(?s)formula = "rate".*?source =', 'formula = "fixed"\namount = "100.00"\nsource =', text, count=1)
    folder = a_folder(
        tmp_path,
        {"fund.toml": [('"creafonds"', '"fixe.toml"')], "members.csv": [(",15000,", ",,"), ("8000,", "8000,7")]},
    )
    (folder / "fixe.toml").write_text(fixed, encoding="utf-8")

    assert told(faults_of(folder)) == ["members.csv:4:pledge pledge_unexpected"]


def test_all_faults_of_all_files_are_told_at_once_and_in_order(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path,
        {
            "fund.toml": [('"123456782"', '"123456789"'), ('"petit-fonds"', '"petit fonds"')],
            "members.csv": [("venue", "theatre"), ("FES,", "CIE,")],
            "receipts.csv": [("1000.00,EUR,THE", "10.001,XXY,NOBODY"), ("2026-02-10", "2025-02-10")],
            "ballots.pb": [("7;C,D", "7;C,Q")],
            "exploitation.csv": [(",A,performance", ",Z,performance"), (",no,yes", ",0,1")],
        },
    )
    (folder / "in_kind.csv").unlink()

    assert told(faults_of(folder)) == [
        "ballots.pb:24:vote ballots_project_unknown",
        "exploitation.csv:2:project project_unknown",
        "exploitation.csv:2:member_date yes_no",
        "exploitation.csv:2:triggered yes_no",
        "fund.toml:3:fund.slug word_form",
        "fund.toml:5:fund.siren siren_invalid",
        "in_kind.csv file_missing",
        "members.csv:3:category choice_unknown",
        "members.csv:5:id identifier_twice",
        "receipts.csv:2:amount number_decimals",
        "receipts.csv:2:currency currency_unknown",
        "receipts.csv:2:member member_unknown",
        "receipts.csv:3:member member_unknown",
        "receipts.csv:5:date date_outside_year",
    ]


def test_a_file_that_cannot_be_read_does_not_make_the_others_wrong(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / "members.csv").unlink()
    (folder / "fund.toml").write_text("[fund", encoding="utf-8")

    assert told(faults_of(folder)) == ["fund.toml:1 toml_syntax", "members.csv file_missing"]


def test_an_event_of_a_project_without_award_has_its_place() -> None:
    row = read_year_folder(SMALL_YEAR).performances[1]

    assert str(not_awarded(row)) == (
        "exploitation.csv:3:project: The project “C” received no award. Remove the line, or check the project’s number."
    )


def test_a_refusal_counts_its_faults_and_tells_the_first(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {"receipts.csv": [("1000.00", "12.345"), (",R2,", ",R1,")]})
    with pytest.raises(FolderInvalid) as refused:
        read_year_folder(folder)

    assert refused.value.code == "folder_invalid"
    assert str(refused.value) == (
        "Nothing is read while there are faults (2). The first: receipts.csv:2:amount: "
        "“12.345” has 3 decimals. Write at most 2, like 12.35."
    )
    first = refused.value.faults[0]
    assert (first.line, first.column, first.place) == (2, "amount", 2)
    assert first.sentence("fr") == (
        "receipts.csv:2:amount: «\u00a012.345\u00a0» a 3 décimales. Écrivez-en 2 au plus, comme 12.35."
    )


def test_the_closest_name_is_offered(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {"receipts.csv": [("EUR,THE", "EUR,TEH")]})
    (folder / "in_kind.csv").rename(folder / "inkind.csv")
    sentences = [str(fault) for fault in faults_of(folder)]

    assert "Add it to the folder (perhaps “inkind.csv”)" in sentences[0]
    assert "Write an id of members.csv (perhaps “THE”)" in sentences[1]


def test_two_hundred_thousand_rows_are_read(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    with (folder / "exploitation.csv").open("a", encoding="utf-8") as rows:
        rows.writelines(f"2026-07-{n % 31 + 1:02},A,performance,{n}.50,no,yes,Dax,{n},Z{n}\n" for n in range(200_000))
    year = read_year_folder(folder)

    assert len(year.performances) == 200_012
    assert year.performances[-1].line == 200_013


def test_two_hundred_thousand_faults_are_all_told(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    with (folder / "receipts.csv").open("a", encoding="utf-8") as rows:
        rows.writelines(f"2026-07-{n % 31 + 1:02},{n}.505,EUR,THE,Y{n},\n" for n in range(200_000))
    faults = faults_of(folder)

    assert len(faults) == 200_000
    assert str(faults[-1]).startswith("receipts.csv:200006:amount: “199999.505” has 3 decimals.")
