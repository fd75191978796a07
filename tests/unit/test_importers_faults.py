"""Faults as people read them: both languages say the same, nothing hostile reaches a terminal, every code is tested."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

from fund.importers.book_sentences import BOOK_SENTENCES
from fund.importers.faults import FolderInvalid, fault_at, shown, visible
from fund.importers.sentences import SENTENCES

TESTS = Path(__file__).resolve().parent


def words_in(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name} - {"near"}


OURS = [code for code in SENTENCES if code not in BOOK_SENTENCES and not code.startswith(("ballots_", "charter-"))]


@pytest.mark.parametrize("code", OURS)
def test_both_languages_give_the_same_figures_and_say_how_to_mend(code: str) -> None:
    french, english = SENTENCES[code]["fr"], SENTENCES[code]["en"]

    assert words_in(" ".join(french)) == words_in(" ".join(english))
    for what, mend in (french, english):
        assert what.endswith(".")
        assert len(mend) > 5


def test_every_code_is_provoked_by_a_test() -> None:
    read = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.glob("test_importers_*.py"))
    assert [code for code in OURS if code not in read] == []


def test_a_fault_says_where_what_and_how_in_both_languages() -> None:
    fault = fault_at("receipts.csv", 7, "number_decimals", "amount", 2, text="12.345", count=3, scale=2, like="12.35")

    assert str(fault) == "receipts.csv:7:amount: “12.345” has 3 decimals. Write at most 2, like 12.35."
    assert fault.what("fr") == "«\u00a012.345\u00a0» a 3 décimales."
    assert fault.mend("fr") == "Écrivez-en 2 au plus, comme 12.35."
    assert fault_at("members.csv", 0, "file_missing", near="").where == "members.csv"
    assert fault_at("members.csv", 3, "line_blank").where == "members.csv:3"


def test_what_somebody_wrote_is_cut_and_made_visible() -> None:
    assert shown("x" * 100) == "x" * 59 + "…"
    assert visible("a\x1b[31mb\u202ec\u00a0d\udc80") == "a\\x1b[31mb\\u202ec\u00a0d\\udc80"
    hostile = fault_at("a\x1b.csv", 1, "column_unknown", "\x07", 1, text="\x1b[2J", near="", known="id")
    assert hostile.sentence("en").isprintable()


def test_faults_are_sorted_by_file_line_and_column() -> None:
    places = [("b.csv", 1, 1), ("a.csv", 10, 1), ("a.csv", 9, 2), ("a.csv", 9, 1), ("a.csv", 0, 0)]
    refused = FolderInvalid(fault_at(file, line, "value_missing", "c", place) for file, line, place in places)

    assert [(fault.file, fault.line, fault.place) for fault in refused.faults] == sorted(places)
