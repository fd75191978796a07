"""Valid and broken files of entries, each made from one valid year by one change, with the rules that must name it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ledger.fec.fields import HEADER, SIDED_HEADER
from tests.fec_files import CLOSING, NAME, file_of, with_extras, year_lines

TAB, END = "\t", "\r\n"
AN, CALL, RECEIPT, SUPPLIER, PAID, FUNDS, GIFTS = (2, 3, 4), (5, 6), (7, 8, 9), (10, 11), (12, 13), (16, 17), (14, 15)
"""The lines of the year's entries in the file: the header is line 1."""


@dataclass(frozen=True)
class Case:
    """A file with the rules that must refuse it or ask; `codes` are the findings that must be among them."""

    title: str
    rules: str
    content: bytes
    codes: str = ""
    name: str = NAME
    expected: dict[str, Any] = field(default_factory=dict)


def rows() -> list[list[str]]:
    """The valid year, field by field; row 0 is the header."""
    text = file_of(year_lines()).decode("iso-8859-15")
    return [line.split(TAB) for line in text.split(END)[:-1]]


def joined(lines: list[list[str]], separator: str = TAB, end: str = END, encoding: str = "iso-8859-15") -> bytes:
    return "".join(separator.join(line) + end for line in lines).encode(encoding)


def place(name: str) -> int:
    return HEADER.index(name)


def changed(*changes: tuple[int, str, str]) -> bytes:
    """The year with fields replaced: the line, the name of the field, the new text."""
    lines = rows()
    for line, name, text in changes:
        lines[line - 1][place(name)] = text
    return joined(lines)


def entry(lines: tuple[int, ...], name: str, text: str) -> bytes:
    """The year with a field replaced on every line of an entry."""
    return changed(*((line, name, text) for line in lines))


def headed(change: Callable[[list[str]], list[str]]) -> bytes:
    lines = rows()
    return joined([change(list(lines[0])), *lines[1:]])


def renamed(old: str, new: str) -> bytes:
    return headed(lambda names: [new if name == old else name for name in names])


def columns(order: list[int]) -> bytes:
    """The year with its columns in another order, header and lines alike."""
    return joined([[line[at] for at in order] for line in rows()])


def without_lines(*numbers: int) -> bytes:
    return joined([line for number, line in enumerate(rows(), 1) if number not in numbers])


def moved(lines: tuple[int, ...], after: int) -> bytes:
    """The year with some lines put behind another one."""
    held = rows()
    taken = [held[line - 1] for line in lines]
    rest = [(number, line) for number, line in enumerate(held, 1) if number not in lines]
    at = next(index for index, (number, _) in enumerate(rest) if number == after) + 1
    return joined([line for _, line in rest[:at]] + taken + [line for _, line in rest[at:]])


def sided(debit: str = "D", credit: str = "C") -> bytes:
    lines = [list(SIDED_HEADER)]
    for line in rows()[1:]:
        is_debit = line[11] != "0,00"
        lines.append([*line[:11], line[11] if is_debit else line[12], debit if is_debit else credit, *line[13:]])
    return joined(lines)


def closing_entry() -> bytes:
    lines = rows()
    last = lines[16]
    entry_of = [*last[:2], "IN000002", *last[3:]]
    closing = [list(entry_of), list(entry_of), list(entry_of), list(entry_of)]
    for line, account, debit, credit in zip(
        closing, ("756100", "622600", "689400", "120000"), ("5000,00", "0,00", "0,00", "0,00"),
        ("0,00", "1200,00", "800,00", "3000,00"), strict=True,
    ):  # fmt: skip
        line[4], line[5], line[11], line[12] = account, f"Compte {account}", debit, credit
    return joined([*lines, *closing])


def opened_with(account: str) -> bytes:
    return changed((4, "CompteNum", account), (4, "CompteLib", f"Compte {account}"))


VALID = file_of(year_lines())
TEXT = VALID.decode("iso-8859-15")
PREVIOUS = {("512000", ""): 40_000_00, ("411000", "M003"): 1_000_00, ("106800", ""): -41_000_00}
SWAPPED = list(range(18))
SWAPPED[6], SWAPPED[8] = 8, 6

CASES = [
    Case("the year as it should be", "", VALID),
    Case("with our own fields after the eighteen", "N", with_extras(year_lines()), "extra_fields"),
    Case("separated by bars", "", file_of(year_lines(), separator="pipe")),
    Case("in UTF-8", "", file_of(year_lines(), encoding="utf-8")),
    Case("lines end with LF", "", joined(rows(), end="\n")),
    Case("lines end with CR", "", joined(rows(), end="\r")),
    Case("no end after the last line", "", VALID.removesuffix(b"\r\n")),
    Case("Montant and Sens, D and C", "N", sided(), "sided"),
    Case("Montant and Sens, +1 and -1", "N", sided("+1", "-1"), "sided"),
    Case("a sign on the left of a debit that lowers it", "N E9 E10", changed((2, "Debit", "-40000,00")), "signed"),
    Case("a plus on the right", "N", changed((2, "Debit", "40000,00+")), "signed"),
    Case("openings in a journal called RAN", "N", entry(AN, "JournalCode", "RAN"), "opening_journal"),
    Case(
        "a first year without openings", "N E14",
        without_lines(*AN), "first_year lettering_open", expected={"is_first_year": True},
    ),
    Case("the result of the statements", "", VALID, expected={"result": 3_000_00}),
    Case("the closings of the year before", "", VALID, expected={"previous": PREVIOUS}),
    Case("a partial lettering, in small letters", "N", entry((12,), "EcritureLet", "zz").replace(
        b"zz\t\t20270110", b"zz\t20261205\t20270110"), "partial"),
    # E1
    Case("a name of its own", "E1", VALID, "name_form", name="export.txt"),
    Case("an ending in capitals", "E1", VALID, "name_form", name="123456782FEC20261231.TXT"),
    Case("a SIREN with a wrong key", "E1", VALID, "name_siren", name="123456789FEC20261231.txt"),
    Case("a name of a day that is none", "E1", VALID, "name_day", name="123456782FEC20261331.txt"),
    Case("another closing than the name's", "E1", VALID, "name_closing", name="123456782FEC20261130.txt",
         expected={"closing": CLOSING}),
    # E2
    Case("a byte order mark", "E2", b"\xef\xbb\xbf" + file_of(year_lines(), encoding="utf-8"), "bom"),
    Case("UTF-16", "E2", TEXT.encode("utf-16"), "utf16"),
    Case("UTF-16 without a mark", "E2", TEXT.encode("utf-16-le"), "utf16"),
    Case("Windows-1252", "E2", joined(
        [*rows()[:4], [*rows()[4][:10], "Appel d’été", *rows()[4][11:]], *rows()[5:]], encoding="cp1252"), "cp1252"),
    Case("two encodings in one file", "E2", VALID.replace(b"\xc9", "É".encode(), 3), "mixed_encoding"),
    Case("a zero byte", "E2", VALID.replace(b"AP-1", b"AP\x00-1", 1), "control"),
    Case("two kinds of line ends", "E2", VALID.replace(b"\r\n", b"\n", 3), "mixed_ends"),
    Case("a workbook", "E2", b"PK\x03\x04" + bytes(range(256)) * 8, "archive"),
    Case("a PDF", "E2", b"%PDF-1.7\n" + bytes(range(256)), "pdf"),
    Case("random bytes", "E2", bytes((7 * at * at + 3) % 251 for at in range(4000)), "binary"),
    Case("nothing at all", "E4", b"", "empty_file"),
    Case("blank lines alone", "E4", b"\r\n\r\n  \r\n", "empty_file"),
    # E3
    Case("separated by semicolons", "E3", joined(rows(), separator=";"), "separator"),
    Case("separated by commas", "E3 E5", joined(rows(), separator=","), "separator"),
    Case("no separator at all", "E3", joined(rows(), separator=" "), "no_separator"),
    Case("XML", "E3", b'<?xml version="1.0"?><comptabilite></comptabilite>', "xml"),
    # E4
    Case("EcrtureLet", "E4", renamed("EcritureLet", "EcrtureLet"), "header_name"),
    Case("LettragePiece", "E4", renamed("EcritureLet", "LettragePiece"), "header_name"),
    Case("MontantDevise with a capital", "E4", renamed("Montantdevise", "MontantDevise"), "header_name"),
    Case("CodeDevise", "E4", renamed("Idevise", "CodeDevise"), "header_name"),
    Case("a header in capitals", "E4", headed(lambda names: [name.upper() for name in names]), "header_name"),
    Case("header and columns in another order", "E4", columns(SWAPPED), "header_order"),
    Case("a column left out", "E4", columns([at for at in range(18) if at != 13]), "header_missing"),
    Case("a column of its own among the eighteen", "E4", joined(
        [[*line[:4], "Service" if not at else "x", *line[4:]] for at, line in enumerate(rows())]), "header_extra"),
    Case("no header", "E4", joined(rows()[1:]), "no_header"),
    Case("a field twice", "E4", joined([[*line, line[0]] for line in rows()]), "header_twice"),
    # E5
    Case("a field too many", "E5 E9 E10", VALID.replace(b"Compte 756100", b"Compte\t756100"), "field_count"),
    Case("a line cut short", "E5 E9 E10 E14", joined([*rows()[:8], rows()[8][:9], *rows()[9:]]), "field_count"),
    Case("a blank line in the middle", "E5", joined([*rows()[:5], [""], *rows()[5:]]), "blank_line"),
    Case("a blank line at the end", "E5", VALID + b"\r\n", "blank_line"),
    Case("a line of ten megabytes", "E5", VALID + b"x" * 10_000_000 + b"\r\n", "long_line"),
    Case("a header alone", "E5", joined(rows()[:1]), "no_line"),
    # E6
    *(
        Case(f"{name} empty", rules, changed((10, name, "")), "empty_field")
        for name, rules in (
            ("JournalCode", "E6 E9"), ("JournalLib", "E6 E13"), ("EcritureNum", "E6 E9 E11"), ("EcritureDate", "E6"),
            ("CompteNum", "E6"), ("CompteLib", "E6"), ("PieceRef", "E6"), ("PieceDate", "E6"), ("EcritureLib", "E6"),
            ("Debit", "E6 E8 E9 E10"), ("Credit", "E6"), ("ValidDate", "E6"),
        )
    ),
    Case("EcritureLib of blanks", "E6", changed((10, "EcritureLib", "   ")), "empty_field"),
    # E7
    Case("31 February", "E7", entry(CALL, "EcritureDate", "20260231"), "date_unreal"),
    Case("a date with slashes", "E7", entry(CALL, "EcritureDate", "10/02/2026"), "date_form"),
    Case("a date with hyphens", "E7", changed((5, "PieceDate", "2026-02-10")), "date_form"),
    Case("a date of another year", "E7", entry(CALL, "EcritureDate", "20250210"), "date_outside"),
    Case("a day after the closing", "E7 W1", entry(GIFTS, "EcritureDate", "20270401"), "date_outside"),
    Case("a lettering dated in words", "E7", changed((5, "DateLet", "25 février")), "date_form"),
    # E8
    Case("a decimal point", "E8", changed((2, "Debit", "40000.00")), "amount_form"),
    Case("a thousands separator", "E8", changed((2, "Debit", "40 000,00")), "amount_form"),
    Case("three decimals", "E8", changed((2, "Debit", "40000,000")), "amount_form"),
    Case("no decimals", "E8", changed((2, "Debit", "40000")), "amount_form"),
    Case("an amount in words", "E8", changed((2, "Debit", "quarante mille")), "amount_form"),
    Case("an amount of forty digits", "E8", changed((2, "Debit", "9" * 40 + ",00")), "amount_large"),
    Case("debit and credit both filled", "E8 E9 E10", changed((2, "Credit", "10,00")), "both_sides"),
    Case("debit and credit both zero", "E8 E9 E10", changed((2, "Debit", "0,00")), "no_side"),
    Case("a side that is none", "N E8", sided("+ 1", "C"), "side"),
    Case("an amount of another currency with a point", "E8",
         changed((2, "Montantdevise", "12.50"), (2, "Idevise", "USD")), "amount_form"),
    # E9
    Case("an entry that does not balance", "E9 E10", changed((5, "Debit", "5000,01"), (5, "EcritureLet", ""),
         (5, "DateLet", ""), (8, "EcritureLet", ""), (8, "DateLet", "")), "unbalanced"),
    Case("an entry of one line", "E9 E10", without_lines(16), "one_line"),
    Case("two dates in an entry", "E9", changed((6, "EcritureDate", "20260211")), "entry_dates"),
    Case("two journal labels in an entry", "E9 E13", changed((6, "JournalLib", "Autre")), "entry_journal_label"),
    Case("an entry in two pieces", "E9", moved((6,), 9), "entry_apart"),
    # E10
    Case("a line lost", "E9 E10", without_lines(11), "file_unbalanced"),
    Case("another result than the statements'", "E10", VALID, "result_differs", expected={"result": 3_000_01}),
    Case("86 without its 87", "E10", changed((15, "CompteNum", "802000"), (15, "CompteLib", "Engagements")),
         "in_kind_differs"),
    # E11
    Case("a gap in a journal", "E11", entry(PAID, "EcritureNum", "BQ000003"), "number_gap"),
    Case("a journal that begins at 2", "E11", entry(SUPPLIER, "EcritureNum", "AC000002"), "first_number"),
    Case("a number that goes back", "E11", entry(RECEIPT, "EcritureNum", "BQ000003"), "number_back"),
    Case("a number without digits", "E11", entry(SUPPLIER, "EcritureNum", "AC-A"), "no_number"),
    Case("one sequence for the whole file", "E11", joined([rows()[0]] + [
        [*line[:2], str(1 + sorted({row[2] for row in rows()[1:]}).index(line[2])), *line[3:]] for line in rows()[1:]]),
        "first_number"),
    Case("the number's prefix changes", "E11", entry(PAID, "EcritureNum", "BK000002"), "number_prefix"),
    # E12
    Case("no openings", "E12 E14", without_lines(*AN), "no_opening"),
    Case("the openings at the end", "E12", moved(AN, 17), "opening_late"),
    Case("openings of another day", "E12", entry(AN, "EcritureDate", "20260102"), "opening_day"),
    Case("an expense among the openings", "E12", opened_with("622600"), "opening_income"),
    Case("openings that are not the closings", "E12", VALID, "opening_differs",
         expected={"previous": {**PREVIOUS, ("512000", ""): 39_999_99, ("106800", ""): -40_999_99}}),
    Case("not in the order of validation", "E12", moved(CALL, 11), "order"),
    Case("two validations in an entry", "E12", changed((6, "ValidDate", "20260311")), "entry_validations"),
    # E13
    Case("an account in letters", "E13", opened_with("CAPITAL"), "account_form"),
    Case("an account of class 9", "E13", opened_with("910000"), "account_form"),
    Case("an account of two digits", "E13", opened_with("10"), "account_form"),
    Case("two labels of an account", "E13", changed((7, "CompteLib", "Caisse")), "account_labels"),
    Case("two labels of a journal", "E13", entry(PAID, "JournalLib", "Autre banque"), "journal_labels"),
    # E14
    Case("an auxiliary without a label", "E14", changed((11, "CompAuxLib", "")), "pair"),
    Case("a label without an auxiliary", "E14", changed((11, "CompAuxNum", "")), "pair"),
    Case("a lettering without a date", "E14", changed((5, "DateLet", "")), "pair"),
    Case("a date without a lettering", "E14", changed((10, "DateLet", "20261231")), "pair"),
    Case("an amount of another currency without its code", "E14", changed((2, "Montantdevise", "12,50")), "pair"),
    Case("a lettering that is not settled", "E14", changed((11, "EcritureLet", "ZZ"), (11, "DateLet", "20261231")),
         "lettering_open"),
    # E15
    Case("income and expenses emptied into 120", "E15", closing_entry(), "result_closed"),
    # W
    Case("validated before its date", "W1", entry(CALL, "ValidDate", "20260209"), "validated_early"),
    Case("validated after the legal closing", "W2", entry(FUNDS, "ValidDate", "20280101"), "validated_late"),
    Case("a voucher of three years ago", "W3", changed((10, "PieceDate", "20230101")), "document_far"),
    Case("a bar in a label", "W4", changed((10, "EcritureLib", "Honoraires | solde")), "bar"),
    Case("lettered after the export", "W5", VALID, "lettered_late", expected={"exported_on": date(2026, 2, 24)}),
]  # fmt: skip


def with_name(case: Case, name: str) -> Case:
    """The same file under another name."""
    return replace(case, name=name)
