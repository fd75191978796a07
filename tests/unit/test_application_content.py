"""What an application says, read out of what was typed: amounts, days, lines, and every sentence about them."""

from __future__ import annotations

from datetime import date
from string import Formatter
from typing import Any

import pytest

from allocation.applying.content import Asked, Content, fingerprint, read_draft
from allocation.applying.documents import kept_name, media_type
from allocation.applying.faults import SENTENCES, Fault
from allocation.applying.fields import BY_NAME, FIELDS, TABLES
from allocation.applying.fit_questions import QUESTIONS
from allocation.applying.typed import (
    Unreadable,
    as_typed,
    read_amount,
    read_count,
    read_day,
    read_hours,
    read_line,
)
from ledger.money import EUR, unit_of

ASKED = Asked(unit=EUR, envelopes={"a": 1_000_000, "b": 500_000}, required_documents={"budget": "Budget signé"})

AMOUNTS = """
12          1200
12,5        1250
12.50       1250
1 234,56    123456
1\u00a0234\u202f567 123456700
1'234.5     123450
12 €        1200
12 EUR      1200
12,         1200
+3          300
00012       1200
99999999999 9999999999900
"""


@pytest.mark.parametrize("line", AMOUNTS.strip().splitlines())
def test_amounts_are_read_as_people_write_them(line: str) -> None:
    text, _, minor = line.rpartition(" ")
    assert read_amount(text, EUR) == int(minor)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "not-an-amount"), ("abc", "not-an-amount"), ("1.234.567", "not-an-amount"), ("1e3", "not-an-amount"),
        ("٣", "not-an-amount"), ("12-", "not-an-amount"), ("NaN", "not-an-amount"), ("1 234 567,891", "too-precise"),
        ("1.234", "too-precise"), ("0", "not-positive"), ("-3", "not-positive"), ("999999999999", "too-large"),
        ("9" * 5_000, "too-large"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_said(text: str, fault: str) -> None:
    with pytest.raises(Unreadable) as unreadable:
        read_amount(text, EUR)
    assert unreadable.value.fault == fault


def test_a_currency_without_cents_takes_none() -> None:
    assert read_amount("1 200", unit_of("JPY")) == 1200
    with pytest.raises(Unreadable):
        read_amount("1,5", unit_of("JPY"))


def test_counts_hours_and_days() -> None:
    assert (read_count(" 1 2 "), read_hours("1,5 h"), read_hours("40h")) == (12, 150, 4000)
    assert read_day("2028-02-29") == read_day("29/2/2028") == date(2028, 2, 29)
    for text, reader in (
        ("1.5", read_count), ("10001", read_count), ("0", read_count), ("9" * 5_000, read_count), ("x", read_hours),
        ("-1", read_hours), ("2026-02-30", read_day), ("0000-00-00", read_day), ("1800-01-01", read_day),
    ):  # fmt: skip
        with pytest.raises(Unreadable):
            reader(text)


def test_lines_refuse_what_is_not_seen_and_keep_other_scripts() -> None:
    title, note = BY_NAME["title"], BY_NAME["note"]
    assert read_line(" عرض في الساحة ", title) == "عرض في الساحة"
    assert read_line("a\nb\tc", note) == "a\nb\tc"
    for text, asked in (("a\nb", title), ("a\u202eb", title), ("a\u2066b", note), ("\ufffd", note), ("\x01", note)):
        with pytest.raises(Unreadable):
            read_line(text, asked)


def whole(**changes: Any) -> dict[str, Any]:
    fields = {"title": "T", "summary": "S", "strand": "a", "note": "N", "minimum": "10", "target": "20"}
    tables: dict[str, Any] = {
        "charges": [{"label": "C", "amount": "30"}],
        "receipts": [{"source": "R", "kind": "own", "amount": "10", "certainty": "acquired"}],
    }
    for name, value in changes.items():
        (tables if isinstance(value, list) else fields)[name] = value
    return {"fields": fields, "tables": tables}


def faults(draft: dict[str, Any], documents: tuple[str, ...] = ("budget",)) -> dict[str, str]:
    return {fault.place: fault.code for fault in read_draft(draft, ASKED, documents).faults}


def test_a_whole_application_has_no_fault_and_says_its_figures() -> None:
    reading = read_draft(whole(), ASKED, ("budget",))
    assert (reading.faults, reading.missing) == ((), ())
    assert (reading.content.minimum, reading.content.target, reading.content.strand) == (1000, 2000, "a")
    totals = reading.content.charges_total, reading.content.receipts_total, reading.content.acquired_total
    assert totals == (3000, 3000, 1000)


def test_nothing_at_all_says_everything_that_filing_needs() -> None:
    reading = read_draft({}, ASKED)
    assert reading.content == Content()
    assert {fault.place: fault.code for fault in reading.faults} == {
        "title": "missing", "summary": "missing", "strand": "missing", "note": "missing", "minimum": "missing",
        "target": "missing", "charges": "no-lines", "documents": "document-missing",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"minimum": "21"}, {"minimum": "minimum-above-target"}),
        ({"strand": "b", "minimum": "5001", "target": "6000"},
         {"minimum": "minimum-above-envelope", "receipts": "unbalanced"}),
        ({"strand": "c"}, {"strand": "not-a-choice"}),
        ({"charges": []}, {"charges": "no-lines"}),
        ({"charges": [{"amount": "30"}]}, {"charges-0-label": "missing"}),
        ({"receipts": [{"source": "R", "kind": "gift", "amount": "10", "certainty": "acquired"}]},
         {"receipts-0-kind": "not-a-choice", "receipts": "unbalanced"}),
        ({"dates": [{"on": "2026-13-01", "place": "P", "host": "nobody"}]},
         {"dates-0-on": "not-a-day", "dates-0-host": "not-a-choice"}),
        ({"needs": [{"what": "Plateau", "hours": "beaucoup"}]}, {"needs-0-hours": "not-an-amount"}),
        ({"title": "x" * 201}, {"title": "too-long"}),
        ({"team": [{"name": f"N{number}"} for number in range(41)]}, {"team": "too-many-lines"}),
    ],
)  # fmt: skip
def test_each_fault_stands_where_it_was_typed(changes: dict[str, Any], expected: dict[str, str]) -> None:
    assert faults(whole(**changes)) == expected


def test_one_strand_is_chosen_by_itself() -> None:
    only = Asked(unit=EUR, envelopes={"a": 1_000_000})
    assert read_draft(whole(strand=""), only).content.strand == "a"


def test_a_draft_of_any_shape_is_read_without_a_word_of_complaint() -> None:
    shapes: list[dict[str, Any]] = [
        {"fields": None}, {"fields": [], "tables": 3}, {"tables": {"charges": {"a": 1}}},
        {"tables": {"charges": [None, 5, {"label": 3}, {}]}}, {"fields": {"title": 3, "unknown": "x"}},
        {"title": "a filed version of another form"},
    ]  # fmt: skip
    for shape in shapes:
        typed = as_typed(shape)
        assert typed == as_typed(typed)
        assert set(typed["fields"]) == {field.name for field in FIELDS}
        assert all(rows == [] for rows in typed["tables"].values())
        assert fingerprint(typed) == fingerprint(as_typed({}))
    assert as_typed({"fields": {"title": "a\0\ud800b\r\n"}})["fields"]["title"] == "a\ufffd\ufffdb\n"


def test_every_fault_is_said_in_both_languages_with_its_figures() -> None:
    figures = dict.fromkeys(
        ("count", "limit", "over", "character", "text", "scale", "minimum", "target", "envelope", "charges", "receipts",
         "difference", "document"), "7",
    )  # fmt: skip
    for code, sentences in SENTENCES.items():
        slots = {slot for text in sentences for _, slot, _, _ in Formatter().parse(text) if slot}
        fault = Fault("charges", code, 1, "amount", {slot: figures[slot] for slot in slots})
        for language in ("fr", "en"):
            assert fault.sentence(language).endswith(".")
            assert fault.mend(language).endswith(".")
        assert fault.sentence("fr") != fault.sentence("en")
    assert fault.place == "charges-1-amount"
    assert fault.where("fr") == "Budget : charges, ligne 2, Montant"


def test_every_field_and_question_has_both_languages() -> None:
    words = [each.label for each in FIELDS] + [each.label for table in TABLES for each in table.columns]
    words += [table.label for table in TABLES] + [each.text for each in QUESTIONS]
    words += [choice for each in QUESTIONS for choice in each.choices.values()]
    assert all(french and english for french, english in words)
    assert len({each.name for each in FIELDS}) == len(FIELDS)
    inputs = len(FIELDS) + sum(table.most * len(table.columns) for table in TABLES)
    assert inputs < 1_000, "a page sends a thousand inputs at most"


ODT = b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.textPK"
DOCX = b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml ... word/document.xml"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.4", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (ODT, "application/vnd.oasis.opendocument.text"),
        (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("élan\n".encode(), "text/plain; charset=utf-8"),
        (b"<svg onload=alert(1)>", "text/plain; charset=utf-8"),
        (b"PK\x03\x04 an archive", ""),
        (b"\x7fELF\x02", ""),
        (b"a\0b", ""),
        (b"\xe9t\xe9", ""),
        (b"RIFF\0\0\0\0AVI ", ""),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, found: str) -> None:
    assert media_type(content) == found


def test_a_name_is_kept_without_folders_and_with_its_ending() -> None:
    assert kept_name("dossier\\budget.pdf") == "budget.pdf"
    assert kept_name("../../etc/passwd") == "passwd"
    assert kept_name("fdp\u202e.exe\n") == "fdp.exe"
    assert kept_name(" . ") == "document"
    assert kept_name("é" * 300 + ".pdf") == "é" * 196 + ".pdf"
    assert len(kept_name("x" * 300)) == 200
