"""Whoever changes a file that an auditor holds is found out by the program of one file, in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ledger import proofs
from ledger.posting import post_many, reverse_entry
from tests.ledger_words import SEED, an_entry, an_open_book, posted
from tests.offline_files import changed, other_digit, rehashed, verified

pytestmark = pytest.mark.django_db

Change = Callable[[str], str]


def change(pattern: str, by: str | Callable[..., str]) -> Change:
    return lambda text: changed(text, pattern, by)


def forged(pattern: str, by: str) -> Change:
    """The same, with every hash of the export computed again."""
    return lambda text: rehashed(changed(text, pattern, by))


@pytest.fixture
def kit(tmp_path: Path) -> dict[str, str]:
    """All files of a book of twelve entries under four seals, with an older checkpoint of nine."""
    an_open_book("alpha")
    posted("alpha", "A1")
    post_many("alpha", [an_entry(f"A{number}", 100 * number) for number in range(2, 10)], salt_seed=SEED)
    early = proofs.checkpoint("alpha").text()
    post_many("alpha", [an_entry("G1", journal="OD"), an_entry("A10", 7)], salt_seed=SEED)
    undone = {"on": date(2026, 1, 11), "reference": "X3", "label": "Undone", "salt_seed": SEED}
    reverse_entry("alpha", reference_of="A3", **undone)  # type: ignore[arg-type]
    return {
        "early": early,
        "late": proofs.checkpoint("alpha").text(),
        "export": "".join(proofs.export_book("alpha")),
        "entry": proofs.inclusion_proof("alpha", "A2"),
        "growth": proofs.consistency_proof("alpha", 9),
    }


def given(files: dict[str, str], folder: Path, *names: str, language: str = "en") -> tuple[int, str]:
    for name in names:
        (folder / name).write_text(files[name], encoding="utf-8", newline="")
    return verified(*(folder / name for name in names), folder=folder, language=language)


def test_untouched_files_verify_together(kit: dict[str, str], tmp_path: Path) -> None:
    assert rehashed(kit["export"]) == kit["export"]
    assert given(kit, tmp_path, *kit)[0] == 0
    for names in (("export", "late"), ("export", "early"), ("entry", "late"), ("growth", "early", "late")):
        assert given(kit, tmp_path, *names)[0] == 0


A2 = r"(reference A2\n(?:.*\n)*?512 EUR )200(\n411:M01 EUR )-200"
LEAF = "Entry 2 (A2) is not what was posted: its text does not give its hash."
END = "Book alpha is not the one that was published: at 12 entries, late says otherwise."
PATH = "Entry 2 (A2) is not in book alpha as published: nothing leads from it to late."
GROWTH = "Book alpha was rewritten between early and late, or the proof is wrong."
HASH = "[0-9a-f]{64}$"

EXPORTS: list[tuple[str, Change, int, str]] = [
    ("amounts", change(A2, r"\g<1>300\g<2>-300"), 1, LEAF),
    ("a date", change(r"(reference A2\n(?:.*\n)*?)on 2026-01-10", r"\g<1>on 2026-01-11"), 1, LEAF),
    ("a leaf", change(rf"entry 2\nleaf {HASH}", other_digit), 1, LEAF),
    ("amounts and hashes", forged(A2, r"\g<1>300\g<2>-300"), 1, END),
    ("one amount and hashes", forged(A2, r"\g<1>300\g<2>-200"), 1,
     "Entry 2 (A2) sums to 100 minor units of EUR instead of zero."),
    ("words", change("^words Contribution A2$", "words Contribution B2"), 1,
     "The words of entry 2 (A2) are not those that were posted."),
    ("a salt", change(r"(leaf .*\nsalt )[0-9a-f]{32}(\nwords Contribution A2)", r"\g<1>00\g<2>"), 1,
     "The words of entry 2 (A2) are not those that were posted."),
    ("a number and hashes", forged("number 2026 2$", "number 2026 9"), 1,
     "Entry 2 (A2) has number 9 in journal BQ 2026, not 2."),
    ("an entry taken away", change(r"entry 2\n(.*\n)*?\n", ""), 1,
     "Entry 2 of book alpha is missing: number 3 is in its place."),
    ("an entry taken away and the rest renumbered", lambda text: rehashed(without_last_entry(text)), 2,
     "Give with export the checkpoint of book alpha that was published at 11 entries."),
    ("a seal", change(rf"seal 2\nhash {HASH}", other_digit), 1,
     "Seal 2 is not the hash of its entries after those before."),
    ("a seal taken away", change(rf"seal 2\nhash {HASH}\n\n", ""), 1,
     "Seal 2 is not the hash of its entries after those before."),
    ("the last seal taken away", lambda text: without_last_seal(text), 1,
     "Seal 4 is not the hash of its entries after those before."),
    ("another unit of the book", change("^unit EUR", "unit USD"), 1,
     "Seal 1 is not the hash of its entries after those before."),
    ("another name of the book", change("^book alpha", "book beta"), 1,
     "Entry 1 (A1) does not read like an entry of book beta."),
    ("an entry of another book", forged(r"^book alpha(\nreference A2)", r"book beta\g<1>"), 1,
     "Entry 2 (A2) does not read like an entry of book alpha."),
    ("an amount that is none", forged(A2, r"\g<1>2e2\g<2>-200"), 1,
     "Entry 2 (A2) does not read like an entry of book alpha."),
    ("an entry without its reference", forged("reference A2\n", ""), 1,
     "Entry 2 () does not read like an entry of book alpha."),
    ("cut after an entry", change(r"\nentry 6\n(.*\n)*", ""), 2,
     "export announces 12 entries and 4 seals; there are 5 and 1."),
    ("more announced than there is", change("^entries 12", "entries 13"), 2,
     "export announces 13 entries and 4 seals; there are 12 and 4."),
    ("cut in a line", lambda text: text[:-9], 2, "export: line 210 is cut off, or too long."),
]  # fmt: skip


def without_last_seal(text: str) -> str:
    """The last commit was never closed."""
    return changed(changed(text, rf"\n\nseal 4\nhash {HASH}", ""), "^seals 4", "seals 3")


def without_last_entry(text: str) -> str:
    """The reversal is gone with its seal, and the head of the file says so."""
    shorter = changed(text, r"\nentry 12\n(.*\n)*", "")
    return changed(changed(shorter, "^entries 12", "entries 11"), "^seals 4", "seals 3")


@pytest.mark.parametrize(("how", "edit", "status", "sentence"), EXPORTS, ids=[row[0] for row in EXPORTS])
def test_a_changed_export_is_refused(
    how: str, edit: Change, status: int, sentence: str, kit: dict[str, str], tmp_path: Path
) -> None:
    kit["export"] = edit(kit["export"])
    assert given(kit, tmp_path, "export", "late") == (status, f"{sentence}\n")
    in_french = given(kit, tmp_path, "export", "late", language="fr")
    assert in_french[0] == status
    assert in_french[1] != f"{sentence}\n"


PROOFS: list[tuple[str, Change, int, str]] = [
    ("a hash of the path", change(f"^path {HASH}", other_digit), 1, PATH),
    ("a shorter path", change(f"^path {HASH}\n", ""), 1, PATH),
    ("a longer path", change(f"^(path {HASH}\n)", r"\g<1>\g<1>"), 1, PATH),
    ("another place", change("^entry 2$", "entry 3"), 1, PATH.replace("Entry 2", "Entry 3")),
    ("a place before the first", change("^entry 2$", "entry 0"), 1, PATH.replace("Entry 2", "Entry 0")),
    ("a place after the last", change("^entry 2$", "entry 13"), 1, PATH.replace("Entry 2", "Entry 13")),
    ("amounts", change(A2, r"\g<1>300\g<2>-300"), 1, PATH),
    ("words", change("^words Contribution A2", "words Gift"), 1,
     "The words of entry 2 (A2) are not those that were posted."),
    ("another size", change("^entries 12", "entries 11"), 2,
     "Give with entry the checkpoint of book alpha that was published at 11 entries."),
    ("another book", change("^book alpha", "book beta"), 2,
     "Give with entry the checkpoint of book beta that was published at 12 entries."),
    ("words without their salt", change("^salt .*\n", ""), 2,
     "entry, block 1: “salt” is missing, too much or badly written."),
    ("no text", change(r"tresse-entry/1\n(.*\n)*", ""), 2,
     "entry, block 1: “tresse-entry/1” is missing, too much or badly written."),
]  # fmt: skip


@pytest.mark.parametrize(("how", "edit", "status", "sentence"), PROOFS, ids=[row[0] for row in PROOFS])
def test_a_changed_proof_of_an_entry_is_refused(
    how: str, edit: Change, status: int, sentence: str, kit: dict[str, str], tmp_path: Path
) -> None:
    kit["entry"] = edit(kit["entry"])
    assert given(kit, tmp_path, "entry", "late") == (status, f"{sentence}\n")


GROWTHS: list[tuple[str, Change, int, str]] = [
    ("a hash of the path", change(f"^path {HASH}", other_digit), 1, GROWTH),
    ("a shorter path", change(f"^path {HASH}\n", ""), 1, GROWTH),
    ("a longer path", change(f"^(path {HASH}\n)", r"\g<1>\g<1>"), 1, GROWTH),
    ("no path", change(f"(path {HASH}\n)+", ""), 1, GROWTH),
    ("the ends exchanged", change("earlier 9\nentries 12", "earlier 12\nentries 9"), 1,
     "Book alpha was rewritten between late and early, or the proof is wrong."),
    ("another beginning", change("^earlier 9", "earlier 8"), 2,
     "Give with growth the checkpoint of book alpha that was published at 8 entries."),
]  # fmt: skip


@pytest.mark.parametrize(("how", "edit", "status", "sentence"), GROWTHS, ids=[row[0] for row in GROWTHS])
def test_a_changed_proof_of_growth_is_refused(
    how: str, edit: Change, status: int, sentence: str, kit: dict[str, str], tmp_path: Path
) -> None:
    kit["growth"] = edit(kit["growth"])
    assert given(kit, tmp_path, "growth", "early", "late") == (status, f"{sentence}\n")


@pytest.mark.parametrize("fact", ["root", "head", "seals"])
def test_a_changed_checkpoint_contradicts_the_book(fact: str, kit: dict[str, str], tmp_path: Path) -> None:
    kit["late"] = changed(kit["late"], f"^{fact} .*$", other_digit)
    assert given(kit, tmp_path, "export", "late") == (1, f"{END}\n")
    assert given(kit, tmp_path, "export", "early", "late") == (1, f"{END}\n")
    if fact == "root":
        assert given(kit, tmp_path, "entry", "late") == (1, f"{PATH}\n")
        assert given(kit, tmp_path, "growth", "early", "late") == (1, f"{GROWTH}\n")


def test_a_checkpoint_inside_a_commit_is_none_of_the_book(kit: dict[str, str], tmp_path: Path) -> None:
    kit["early"] = changed(kit["early"], "^entries 9", "entries 8")
    assert given(kit, tmp_path, "export", "late", "early") == (
        1,
        f"{END}\n".replace("12", "8").replace("late", "early"),
    )


def test_two_checkpoints_of_one_size_agree(kit: dict[str, str], tmp_path: Path) -> None:
    kit["again"], kit["other"] = kit["late"], changed(kit["late"], f"root {HASH}", other_digit)
    assert given(kit, tmp_path, "entry", "late", "again")[0] == 0
    assert given(kit, tmp_path, "entry", "late", "other") == (1, f"{END}\n".replace("late", "other"))


def test_every_checkpoint_given_is_compared_with_something(kit: dict[str, str], tmp_path: Path) -> None:
    unused = "Nothing given can be compared with early.\n"
    assert given(kit, tmp_path, "early") == (2, unused)
    assert given(kit, tmp_path, "entry", "late", "early") == (2, unused)
    kit["early"] = changed(kit["early"], "^entries 9", "entries 99")
    assert given(kit, tmp_path, "export", "late", "early") == (2, unused)
    alone = "Give with export the checkpoint of book alpha that was published at 12 entries.\n"
    assert given(kit, tmp_path, "export") == (2, alone)


def test_what_no_checkpoint_covers_is_said(kit: dict[str, str], tmp_path: Path) -> None:
    assert given(kit, tmp_path, "export", "early") == (
        0,
        "Book alpha: as published at 9 entries (early).\n"
        "Book alpha: 12 entries under 4 seals, all read again, sound.\n"
        "  Beyond 9 entries, no checkpoint given confirms it.\n",
    )
