"""Files made by hand from the description in `verify_offline.py`: it reads them, and every byte of them counts."""

from __future__ import annotations

import hashlib
import json
import string
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import chain, verify_offline
from ledger.journal import AccountKey, Entry, Line
from ledger.verify_offline import Refused
from tests import slow_tree
from tests.offline_files import verified

EARLIER, SIZE, PROVED = 3, 6, 2
"""Entries of the older checkpoint and of the book; the number of the entry that is proved."""


@cache
def kit() -> dict[str, bytes]:
    """A book of one entry a seal, as five files, with hashes by the shortest way."""
    head, leaves, heads = hashlib.sha256(b"tresse-book/1\nmini EUR\n").digest(), [], []
    export = f"tresse-export/1\nbook mini\nunit EUR\nentries {SIZE}\nseals {SIZE}\n"
    proof = ""
    for number in range(1, SIZE + 1):
        words, salt = f"Gift {number} of Zoé", bytes([number]) * 16
        digest = hashlib.sha256(salt + words.encode()).digest()
        text = chain.canonical_text(
            an_entry(number), book="mini", fiscal_year="2026", number=number, label_digest=digest
        )
        leaves.append(hashlib.sha256(b"\x00" + text).digest())
        head = hashlib.sha256(head + leaves[-1]).digest()
        heads.append(head)
        told = f"salt {salt.hex()}\nwords {words}\n{text.decode()}"
        export += f"\nentry {number}\nleaf {leaves[-1].hex()}\n{told}\nseal {number}\nhash {head.hex()}\n"
        if number == PROVED:
            proof = told
    path = "".join(f"path {digest.hex()}\n" for digest in slow_tree.path(PROVED - 1, leaves))
    growth = "".join(f"path {digest.hex()}\n" for digest in slow_tree.proof(EARLIER, leaves))
    files = {
        "export": export,
        "entry": f"tresse-inclusion/1\nbook mini\nentries {SIZE}\nentry {PROVED}\n{path}{proof}",
        "growth": f"tresse-consistency/1\nbook mini\nearlier {EARLIER}\nentries {SIZE}\n{growth}",
    }
    for name, size in (("early", EARLIER), ("late", SIZE)):
        root = slow_tree.root(leaves[:size]).hex()
        ends = f"entries {size}\nseals {size}\nroot {root}\nhead {heads[size - 1].hex()}\n"
        files[name] = f"tresse-checkpoint/1\nbook mini\n{ends}"
    return {name: text.encode() for name, text in files.items()}


def an_entry(number: int) -> Entry:
    return Entry(
        journal="BQ",
        on=date(2026, 1, 10),
        kind="gift",
        reference=f"G{number}",
        label="",
        lines=(Line(AccountKey("512"), 100 + number), Line(AccountKey("756"), -100 - number, destination="mission")),
        validated_on=date(2026, 1, 11),
    )


def outcome(files: dict[str, bytes]) -> list[str]:
    """The keys of what holds; raises what does not."""
    with TemporaryDirectory() as folder:
        for name, contents in files.items():
            (Path(folder) / name).write_bytes(contents)
        return [key for key, _ in verify_offline.verify([str(Path(folder) / name) for name in files])]


def some(*names: str) -> dict[str, bytes]:
    return {name: kit()[name] for name in names}


def test_files_by_hand_verify() -> None:
    assert outcome(some("export", "early", "late")) == ["met", "met", "sound", "balance", "balance"]
    assert outcome(some("entry", "late")) == ["included"]
    assert outcome(some("growth", "early", "late")) == ["consistent"]


SETS = [
    ("export", "export", "late"),
    ("late", "export", "late"),
    ("entry", "entry", "late"),
    ("growth", "growth", "early", "late"),
]


@given(st.data(), st.sampled_from(SETS))
def test_every_byte_counts(data: st.DataObject, chosen: tuple[str, ...]) -> None:
    """One change anywhere, and the files do not verify; never a stack trace."""
    spoilt, *names = chosen
    files = some(*names)
    whole = files[spoilt]
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(start + 3, len(whole))))
    bytes_put = st.one_of(st.binary(max_size=3), st.sampled_from([b"\n", b"0", b"-", b" ", b"\r\n", b"\xc3"]))
    files[spoilt] = whole[:start] + data.draw(bytes_put) + whole[end:]
    if files[spoilt] == whole:
        return
    with pytest.raises(Refused) as refused:
        outcome(files)
    assert verify_offline.SAID[refused.value.key][0] in (1, 2)


@given(st.data(), st.sampled_from(SETS))
def test_lines_dropped_or_doubled_are_noticed(data: st.DataObject, chosen: tuple[str, ...]) -> None:
    spoilt, *names = chosen
    files = some(*names)
    lines = files[spoilt].splitlines(keepends=True)
    place = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(st.integers(0, len(lines)))
    files[spoilt] = b"".join([*lines[:other], lines[place], *lines[other:]])
    if files[spoilt] != b"".join(lines):
        with pytest.raises(Refused):
            outcome(files)
    files[spoilt] = b"".join(lines[:place] + lines[place + 1 :])
    with pytest.raises(Refused):
        outcome(files)


HOSTILE: list[tuple[str, bytes, str]] = [
    ("empty", b"", "hostile is of no kind known here: “”."),
    ("only an empty line", b"\n", "hostile is of no kind known here: “”."),
    ("another version", b"tresse-export/2\nbook mini\n", "hostile is of no kind known here: “tresse-export/2”."),
    ("a kind and more", b"tresse-export/1 old\n", "hostile is of no kind known here: “tresse-export/1”."),
    ("JSON", json.dumps({"book": "mini"}, indent=1).encode() + b"\n", "hostile is of no kind known here: “{”."),
    ("deep JSON", b"[" * 3000 + b"\n", f"hostile is of no kind known here: “{'[' * 300}”."),
    ("not UTF-8", b"tresse-export/1\nbook \xff\n", "hostile cannot be read as UTF-8 text: invalid start byte."),
    ("UTF-16", "tresse-export/1\n".encode("utf-16"), "hostile cannot be read as UTF-8 text: invalid start byte."),
    ("zeros", bytes(50_000_000), "hostile: line 1 is cut off, or too long."),
    ("a block without end", b"tresse-export/1\n" + b"path x\n" * 200_000,
     "hostile: line 100001 is cut off, or too long."),
    ("a number without end", b"tresse-consistency/1\nbook mini\nearlier 3\nentries " + b"9" * 4_000 + b"\n",
     "hostile, block 1: “entries” is missing, too much or badly written."),
    ("a fact twice", b"tresse-consistency/1\nbook mini\nbook mini\nearlier 3\nentries 6\n",
     "hostile, block 1: “book” is missing, too much or badly written."),
    ("a fact of another kind", b"tresse-consistency/1\nbook mini\nearlier 3\nentries 6\nhead no\n",
     "hostile, block 1: “head” is missing, too much or badly written."),
    ("signs that write on the screen", b"tresse-\x1b[2J\n", "hostile is of no kind known here: “tresse-◊[2J”."),
    ("an entry where none belongs", b"tresse-consistency/1\nbook mini\nearlier 3\nentries 6\ntresse-entry/1\n",
     "hostile, block 1: “tresse-entry/1” is missing, too much or badly written."),
    ("a second block", b"tresse-consistency/1\nbook mini\nearlier 3\nentries 6\n\nseal 1\n",
     "hostile, block 2: “seal” is missing, too much or badly written."),
    ("braces", b"{file.__class__}\n", "hostile is of no kind known here: “{file.__class__}”."),
]  # fmt: skip


@pytest.mark.parametrize(("contents", "sentence"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_hostile_files_get_a_sentence(contents: bytes, sentence: str, tmp_path: Path) -> None:
    hostile, late = tmp_path / "hostile", tmp_path / "late"
    hostile.write_bytes(contents)
    late.write_bytes(kit()["late"])
    assert verified(late, hostile, folder=tmp_path) == (2, f"{sentence}\n")


def test_files_that_are_not_there_get_a_sentence(tmp_path: Path) -> None:
    status, said = verified(tmp_path / "nothing", folder=tmp_path)
    assert (status, said) == (2, "nothing cannot be read as UTF-8 text: No such file or directory.\n")
    (tmp_path / "folder").mkdir()
    assert verified(tmp_path / "folder", folder=tmp_path, language="fr")[0] == 2


def test_sentences_say_the_same_in_both_languages() -> None:
    for status, french, english in verify_offline.SAID.values():
        assert status in (0, 1, 2)
        fields = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in (french, english)]
        assert fields[0] == fields[1]
