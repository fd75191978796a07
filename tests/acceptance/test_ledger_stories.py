"""The stories of the ledger: what an auditor reads in `stories/` is what the books do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ledger_acting import Acting
from tests.ledger_stories import StoryInvalid, parse_story, read_story

STORIES = sorted((Path(__file__).resolve().parent / "stories").glob("ledger-*.txt"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_books_do_what_the_story_says(path: Path) -> None:
    Acting(read_story(path)).act_out()


def test_there_are_stories_and_each_has_a_title_of_its_own() -> None:
    titles = [read_story(path).title for path in STORIES]
    assert len(titles) >= 10
    assert len(set(titles)) == len(titles)


TOLD = """# A title

book pont "Fonds du Pont" in EUR
year 2026 from 2026-01-01 to 2026-12-31 by anc-2022-06
journal BQ "Banque"

2026-01-31 post REL-7 in BQ as receipt "Contribution"
  debit    512        10.00 EUR
  credit   411:M01    10.00 EUR
  balance  512        10.00 EUR
"""

HOSTILE: list[tuple[str, str, int, str]] = [
    ("# A title", "A title", 1, "a story begins with its title"),
    (TOLD, "", 1, "a story begins with its title"),
    (TOLD, "# A title\n", 1, "nothing happens"),
    ("book pont", "bok pont", 3, "“bok” is no word of a story at the margin"),
    ("book pont", "  book pont", 3, "nothing happened yet"),
    ("book pont", "2026-01-01 book pont", 3, "this is not how “book” is written; write: book CODE TEXT in UNIT"),
    ("2026-01-31 post", "2026-02-30 post", 7, "2026-02-30 is no day of the calendar"),
    ("2026-01-31 post", "post", 7, "this is not how “post” is written; write: DATE post REFERENCE"),
    ("2026-01-31 post", "31/01/2026 post", 7, "“31/01/2026” is no word of a story"),
    ('"Contribution"', '"Contribution', 7, "neither a word nor a whole quotation"),
    ('"Contribution"', "Contribution", 7, "this is not how “post” is written"),
    ('"Contribution"', '"Contribution" twice', 7, "this is not how “post” is written"),
    ("  debit", "\tdebit", 8, "a tab or an invisible character"),
    ("  debit", "  debit\N{ZERO WIDTH SPACE}", 8, "a tab or an invisible character"),
    ("  debit", f"  debit {'x' * 200}", 8, "longer than 200 characters"),
    ("  debit", "debit", 8, "“debit” is no word of a story at the margin"),
    ("  debit ", "  debt ", 8, "“debt” is no word of a story below an act"),
    ("512        10.00 EUR", "512        10,00 EUR", 8, "“10,00” is not an amount"),
    ("512        10.00 EUR", "512        10.001 EUR", 8, "EUR has 2 decimals at most"),
    ("512        10.00 EUR", "512        10.00 euros", 8, "no unit has this code"),
    ("512        10.00 EUR", "512        10.00", 8, "this is not how “debit” is written"),
    ("411:M01    10.00", "411:M01:    10.00", 9, "411:M01: is no account"),
    ("411:M01    10.00", "1:2:3:4:5  10.00", 9, "1:2:3:4:5 is no account"),
    ("  balance  512", "  balance  521", 10, "no line of the story moves the account 521"),
    ("  balance  512", "  total    6", 10, "no line of the story moves an account that begins with 6"),
    ("  balance  512        10.00 EUR\n", "", 7, "say below “post” what the books hold after it"),
    ("  balance  512        10.00 EUR\n", '  en "x"\n', 10, "“en” is the sentence of a refusal or a fault"),
    ("  debit    512        10.00 EUR\n  credit   411:M01    10.00 EUR\n  balance  512        10.00 EUR\n",
     "  refused too_few_lines\n", 7, "“post” needs its parts"),
    ('journal BQ "Banque"', 'journal BQ "Banque"\n  debit 512 1.00 EUR', 6, "“debit” is no part of “journal”"),
    ("  debit", "  replayed\n  debit", 9, "“debit” comes before what follows from the act"),
    ("2026-01-31 post", "begin batch\n2026-01-31 post", 8, "a batch holds posts alone"),
    ('journal BQ "Banque"', 'journal BQ "Banque"\nend batch', 6, "no batch was begun"),
    ('journal BQ "Banque"', 'journal BQ "Banque"\nbegin batch', 8, "a batch holds posts alone"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "instead", "line", "why"), HOSTILE)
def test_a_line_that_is_no_line_of_a_story_is_named(said: str, instead: str, line: int, why: str) -> None:
    assert said in TOLD
    with pytest.raises(StoryInvalid) as refused:
        parse_story("told.txt", TOLD.replace(said, instead, 1))
    assert str(refused.value).startswith(f"told.txt:{line}: ")
    assert why in refused.value.why


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_bytes(b"# A title\n\xff")
    with pytest.raises(StoryInvalid, match=r"odd.txt:1: the file is not UTF-8"):
        read_story(tmp_path / "odd.txt")


# Each kind of outcome, told wrongly once: a check that cannot fail proves nothing.
FALSE: list[tuple[str, str, str]] = [
    ("contribution", "1000.00 EUR     # the bank holds", "1000.01 EUR"),
    ("contribution", "500.00 EUR as of 2026-02-28", "500.00 EUR as of 2026-03-02"),
    ("contribution", "number   BQ 2026 2", "number   BQ 2026 1"),
    ("contribution", "  number   AP 2026 1", "  head stays"),
    ("contribution", "  number   AP 2026 1", "  replayed"),
    ("contribution", "  number   AP 2026 1", "  refused  period_locked"),
    ("in-kind", "  refused  entry_not_balanced", "  refused  too_few_lines"),
    ("in-kind", "débit moins crédit donne 120.00", "débit moins crédit donne 121.00"),
    ("in-kind", "debit minus credit is 120.00", "debit minus credit is 121.00"),
    ("award", "  refused  reversal_of_reversal", "  balance  512 5400.00 EUR"),
    ("return", "M02 1 gets 33.33", "M02 1 gets 33.34"),
    ("return", "holds 33.33 EUR gets 33.34", "holds 33.33 EUR gets 33.33"),
    ("return", "total    80182           -200.00", "total    80182           -200.01"),
    ("overdraft", "  refused  no_period_for_date\n", "  refused  period_closed\n"),
    ("erased-name", 'label    gift:P07:1 "Don', 'label    gift:P07:1 "Un don'),
    ("erased-name", 'label    gift:P07:1 "Don de Mme Jeanne Arnaud"', "label    gift:P07:1 erased"),
    ("lettering", "411:M01 in EUR is AA", "411:M01 in EUR is AB"),
    ("lettering", "logged   done AA by treasurer", "logged   done AA by nobody"),
    ("forger", "  sound", "  fault    leaf"),
    ("forger", "  head stays", "  sound"),
    ("forger", "  fault    leaf", "  fault    chain"),
    ("forger", "  fault    stored-balance", "  fault    period-state"),
    ("forger", "Seal 1 breaks", "Seal 2 breaks"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "said", "instead"), FALSE)
def test_a_false_story_fails(name: str, said: str, instead: str) -> None:
    file = f"ledger-{name}.txt"
    text = next(path for path in STORIES if path.name == file).read_text(encoding="utf-8")
    assert said in text
    with pytest.raises(AssertionError, match=re.escape(file)):
        Acting(parse_story(file, text.replace(said, instead, 1))).act_out()
