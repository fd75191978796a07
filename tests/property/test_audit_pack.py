"""The program of an audit pack: whatever is done to a hundred thousand lines is found, and the first bad one named."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fund.accounting import verify_pack
from fund.accounting.pack_rows import guarded
from fund.accounting.verify_pack import ENTRIES
from tests import packs
from tests.packs import Made, run, verified, write_manifest

ENTRIES_OF_THE_LARGE_BOOK = 30_000
ROUNDS, BY_HAND = 25, 400


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """More than a hundred thousand lines."""
    made = packs.make(tmp_path_factory.mktemp("large"), ENTRIES_OF_THE_LARGE_BOOK)
    assert len(made.rows) > 100_000
    return made


@pytest.fixture
def small(tmp_path: Path) -> Made:
    return packs.make(tmp_path / "pack", BY_HAND)


@pytest.mark.parametrize("seed", ["a", "b"])
def test_fifty_tamperings_in_a_hundred_thousand_lines_are_found_and_named(large: Made, seed: str) -> None:
    assert packs.missed(large, seed, ROUNDS) == []


def test_a_sound_pack_is_said_to_be_sound(small: Made) -> None:
    status, said = run(small.folder, "--head", small.end.head)
    assert status == 0, said
    assert f"{BY_HAND} entries, {small.end.seals} seals" in said
    assert small.end.head in said
    assert small.end.root in said


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("statements/balance-sheet.json", r'"total": "\d', '"total": "9', "balance-sheet total"),
        ("statements/income-statement.json", r'"expenses": "\d', '"expenses": "9', "income-statement expenses"),
        ("statements/in-kind.json", r'"used": "\d', '"used": "9', "in-kind used"),
        ("statements/trial-balance.json", r'"closing_credit": "\d', '"closing_credit": "9', "statements (12 )"),
        ("charters/1.toml", "alpha", "beta", "charters/1.toml"),
        ("names.csv", "Un", "Deux", "names.csv"),
    ],
)
def test_a_file_that_is_edited_is_named(small: Made, name: str, old: str, new: str, said: str) -> None:
    path = small.folder / name
    text = path.read_bytes().decode()
    edited = re.sub(old, new, text, count=1)
    assert edited != text
    path.write_bytes(edited.encode())
    status, sentence = run(small.folder)
    assert (status, said in sentence) == (1, True), sentence


@pytest.mark.parametrize("name", ["balance-sheet", "dedicated-funds", "income-statement", "in-kind", "trial-balance"])
def test_a_figure_is_found_though_the_list_of_hashes_was_made_anew(small: Made, name: str) -> None:
    path = small.folder / "statements" / f"{name}.json"
    found = json.loads(path.read_text())
    places = found["accounts"] if name == "trial-balance" else [found]
    for place in places:
        for key in [key for key in place if key != "code"]:
            kept, place[key] = place[key], "0.01"
            path.write_text(json.dumps(found))
            write_manifest(small.folder)
            status, said = verified(small.folder)
            assert (status, "les écritures / the entries" in said) == (1, True), (key, said)
            place[key] = kept


def test_whatever_is_done_to_a_small_pack_is_found(small: Made) -> None:
    assert packs.missed(small, "small", 100) == []


def test_an_entry_forged_with_its_hash_is_found_at_its_seal(small: Made) -> None:
    entries = list(small.entries)
    entries[50] = replace(entries[50], kind="grant")
    forged, _ = packs.sealed_rows(entries, packs.under_seals)
    rows = [[old[0], *new[1:]] for old, new in zip(small.rows, forged, strict=True)]
    (small.folder / ENTRIES).write_bytes(packs.csv_of(rows))
    write_manifest(small.folder)
    status, said = verified(small.folder)
    named = packs.lines_named(said)
    assert (status, "un autre sceau suit / another seal follows" in said) == (1, True), said
    assert named is not None
    assert next(line for line, row in enumerate(rows, 2) if row[1] == "51") in named


def test_a_book_made_anew_is_sound_by_itself_and_caught_by_what_was_kept_outside(small: Made, tmp_path: Path) -> None:
    anchor = tmp_path / "mail.txt"
    anchor.write_text(f"Bonjour,\n\n{small.end.text()}\nBien à vous\n", encoding="utf-8")
    assert run(small.folder, "--anchor", str(anchor))[0] == 0
    shutil.rmtree(small.folder)
    forged = packs.make(small.folder, BY_HAND, but=lambda entry: entry.reference == "E:42")
    assert forged.end.head != small.end.head
    assert run(small.folder)[0] == 0, "nothing inside can show it"
    for option, value in (("--head", small.end.head), ("--anchor", str(anchor))):
        status, said = run(small.folder, option, value)
        assert (status, value in said) == (1, True), said


def test_the_books_go_on_from_an_earlier_checkpoint(small: Made, tmp_path: Path) -> None:
    earlier = packs.make(tmp_path / "earlier", 204 + 204 // 2).end
    anchor = tmp_path / "mail.txt"
    assert earlier.entries < BY_HAND
    anchor.write_text(packs.checkpoint_after(small, 204).text(), encoding="utf-8")
    assert run(small.folder, "--anchor", str(anchor))[0] == 0
    anchor.write_text(earlier.text(), encoding="utf-8")  # it ended under a seal that this book has with more entries
    assert run(small.folder, "--anchor", str(anchor))[0] == 1
    anchor.write_text("no checkpoint", encoding="utf-8")
    assert run(small.folder, "--anchor", str(anchor))[0] == 1


def test_an_entry_is_shown_with_the_way_to_the_root(small: Made) -> None:
    status, said = run(small.folder, "--entry", "E:77")
    assert status == 0
    text, _, rest = said.partition("\n\n")
    digest = verify_pack.sha256(b"\0" + text.encode() + b"\n").digest()
    for line in rest.split("\n\n")[0].splitlines():
        side, beside = line.split()
        other = bytes.fromhex(beside)
        digest = verify_pack.sha256(b"\1" + (other + digest if side == "left" else digest + other)).digest()
    assert digest.hex() == small.end.root
    assert run(small.folder, "--entry", "E:nobody")[0] == 1


@pytest.mark.parametrize("name", ["charters/1.toml", ENTRIES, "statements/balance-sheet.json"])
def test_a_file_that_is_missing_or_too_much_is_named(small: Made, name: str) -> None:
    kept = (small.folder / name).read_bytes()
    (small.folder / name).unlink()
    assert run(small.folder) == (1, f"{name} : en moins ou en trop / missing or added\n")
    (small.folder / name).write_bytes(kept)
    (small.folder / "charters/2.toml").write_bytes(b"")
    assert run(small.folder)[1].startswith("charters/2.toml")


def test_what_is_no_pack_is_said_so(tmp_path: Path, small: Made) -> None:
    (tmp_path / "text.zip").write_text("no zip")
    for place in (tmp_path / "nowhere", tmp_path / "text.zip", tmp_path):
        assert run(place)[0] == 2
    for content in (b"", b"[1]", b"{}", b"\xff", b'{"files": 3}'):
        (small.folder / "manifest.json").write_bytes(content)
        status, said = run(small.folder)
        assert status in (1, 2), said


def test_two_members_of_one_name_in_a_zip_are_refused(small: Made, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "twice.zip", "w") as out:
        for path in sorted(small.folder.rglob("*")):
            if path.is_file():
                out.write(path, path.relative_to(small.folder).as_posix())
        with pytest.warns(UserWarning, match="Duplicate name"):
            out.writestr("names.csv", "other")
    assert run(tmp_path / "twice.zip")[0] == 1


@given(st.binary(max_size=400))
def test_no_content_makes_the_program_fall_over(content: bytes) -> None:
    made = _scratch()
    (made.folder / ENTRIES).write_bytes(content)
    assert verified(made.folder)[0] == 1


@given(st.text())
def test_a_guarded_cell_is_its_text_again_and_no_sheet_runs_it(text: str) -> None:
    cell = guarded(text)
    assert verify_pack.GUARD.sub("", cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert not re.search(r"[;\t\r\n\"][=+\-@]", cell)


_MADE: list[Made] = []


def _scratch() -> Made:
    """A small pack that any test here may spoil: its entries are written anew each time."""
    if not _MADE:
        import tempfile

        _MADE.append(packs.make(Path(tempfile.mkdtemp()) / "scratch", 30))
    return _MADE[0]


def test_the_program_is_short_and_leans_on_nothing() -> None:
    source = Path(verify_pack.__file__).read_text(encoding="utf-8")
    assert source.count("\n") < 150, "as `wc -l` counts, all lines"
    imported = set(re.findall(r"^(?:import|from) (\w+)", source, re.MULTILINE))
    assert imported <= set(__import__("sys").stdlib_module_names)
