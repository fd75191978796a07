"""Ten thousand spoilt charters, and texts made to take long: each is a charter, or faults that a person can mend.

No clock decides here: what grows is counted, and the time that the slowest read takes is printed by the bench
(`python -m tests.bench.spoilt_reading`). A read that takes for ever meets the test's timeout.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from random import Random
from types import FrameType

import pytest

from fund.charter.faults import CharterInvalid, Fault, Language
from fund.charter.grammar import Charter
from fund.charter.reading.reader import faults_of, read_charter
from fund.charter.words.explanation import articles
from tests.charter_spoiling import REPEATED, long_texts, repeated, spoilt, texts

PER_RUN = 10_000
SPOILT = texts(drawn=20)
LANGUAGES: tuple[Language, Language] = ("fr", "en")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
EACH = -(-PER_RUN // len(SPOILT))


def answer(content: bytes) -> Charter | tuple[Fault, ...]:
    """What reading gives; every fault stands at a line of the file and says in both languages what to do."""
    try:
        return read_charter(content)
    except CharterInvalid as refusal:
        faults = refusal.faults
    assert faults
    lines = content.count(b"\n") + 1
    for fault in faults:
        assert fault.line is None or 1 <= fault.line <= lines
        for language in LANGUAGES:
            assert fault.what(language).strip()
            assert fault.mend(language).strip()
            assert not UNSEEN.search(fault.sentence(language))
    return faults


@pytest.mark.parametrize(("name", "text"), SPOILT, ids=[name for name, _ in SPOILT])
def test_a_spoilt_charter_is_read_or_its_faults_are_told(name: str, text: str) -> None:
    chance, told = Random(f"spoilt {name}"), Counter[str]()
    for _ in range(EACH):
        found = answer(spoilt(text, chance))
        if isinstance(found, Charter):
            assert articles(found, "fr")
            told["read"] += 1
        else:
            told.update(fault.code for fault in found)
    assert told["read"], "some mutations leave a charter a charter"
    assert len(told) > 20, "and the others meet many kinds of faults"


@pytest.mark.parametrize("name", ["creafonds", "eurimages", "royalty-pool", "small", "drawn-3", "drawn-7"])
def test_every_line_left_out_and_every_line_written_twice(name: str) -> None:
    lines = dict(SPOILT)[name].split("\n")
    for at in range(len(lines)):
        answer("\n".join((*lines[:at], *lines[at + 1 :])).encode())
        answer("\n".join((*lines[: at + 1], *lines[at:])).encode())


def test_long_lines_of_every_sign_are_answered() -> None:
    """Up to the largest file, in every place where a text can have them: no expression goes back over a line again
    and again.
    """
    count = 0
    for _, text in long_texts():
        assert answer(text.encode())
        count += 1
    assert count > 500


@pytest.mark.parametrize("pattern", REPEATED)
def test_work_grows_with_the_file(pattern: str) -> None:
    """Twice the file is at most twice the calls, and a little more for what the larger numbers take."""
    small, large = (calls(repeated(pattern, size).encode()) for size in (12_000, 24_000))
    assert small > 50
    assert large <= 2.5 * small


def calls(content: bytes) -> int:
    """How many functions are entered, and generators resumed, while a text is read and its faults are said."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        faults_of(content)
    finally:
        sys.setprofile(before)
    return count
