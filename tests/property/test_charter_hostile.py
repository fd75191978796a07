"""Whatever the file, the reader answers with a charter or with faults that can be read aloud."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fund.charter.facts import facts_from_json
from fund.charter.faults import CharterInvalid, FactsInvalid, FactsMissing
from fund.charter.outcomes import run
from fund.charter.reading.lines import lines_of
from fund.charter.reading.reader import faults_of, read_charter
from fund.charter.shipped import shipped, shipped_names, shipped_text
from fund.charter.words.explanation import articles
from tests.charters import SMALL

TEXTS = [SMALL.encode(), *(shipped_text(name) for name in shipped_names())]
SNIPPETS = [
    b"", b"\x00", b"\xff", b'"', b"'", b'"""', b"[", b"]", b"[[",
    b"{", b"}", b"=", b"\n", b"#", b",", b".", b"0", b"-1",
    b"1e999", b"nan", b"9" * 5_000,
    b"true", b"[[returns]]", b"[returns.source]", b'rate = "8 %"\n', b'rank = 2\n',
    b'"members"', b'"loss"', b'"drawing-right"', b'"cash"', b'"deficit"', b'"100 %"', b'"-5.00"', b"\xc3\xa9",
    b"[[gates]]\n", b"[governance]\n", b'"sponsors"', b'"consent"', b"[baskets]\n", b"[[phases]]\n",
    b"2026-02-30", b"a.b.c.d = 1\n", b"[" * 2_000, b"\r", b"\\u0000", b'"points"',
]  # fmt: skip

edits = st.lists(
    st.tuples(st.integers(0, 4_000), st.integers(0, 40), st.sampled_from(SNIPPETS)), min_size=1, max_size=4
)


def answered(content: bytes) -> None:
    """Read a charter and say all there is to say about it, in both languages."""
    faults = faults_of(content)
    assert all(fault.sentence("fr") and fault.sentence("en") for fault in faults)
    if faults:
        with pytest.raises(CharterInvalid):
            read_charter(content)
    else:
        charter = read_charter(content)
        assert articles(charter, "fr")
        assert articles(charter, "en")


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(TEXTS), edits)
def test_a_spoilt_charter_is_refused_or_read(text: bytes, spoilings: list[tuple[int, int, bytes]]) -> None:
    for at, length, snippet in spoilings:
        place = at % len(text)
        text = text[:place] + snippet + text[place + length :]
    answered(text)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
@example(b"a." * 30_000 + b"a = 1")
@example((b"a." * 190 + b"a = 1\n") * 160)
@example(b"[a]\n" + b"[a.b]\n" * 10_000)
@example(b"a = " + b"{b=" * 5_000)
@example(b"[[returns]]\n" * 10_000)
@example(b"".join(b"k%d = 1\n" % at for at in range(5_000)))
@example(b"a = " + b"9" * 60_000)
@example(b"a = 0x" + b"f" * 60_000)
@example(b"a = 1." + b"9" * 60_000)
@example(b"a = 1979-99-99")
@example(b'["x' + b" " * 60_000 + b']"]')
@example(b"a = '''\n" + b'\\"' * 30_000 + b"\n'''")
@example(b"a" + b" " * 60_000 + b"= 1")
@example(b"a = [" + b"[]," * 20_000 + b"]")
@example(b"a = 1979-05-27T07:32:00+99:99")
@example(b'charter = """' + b"\n[[" * 15_000)
@example(b"'" * 60_000)
def test_any_bytes_are_answered(content: bytes) -> None:
    answered(content)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats()
    | st.text(max_size=9) | st.sampled_from(["1.00", "2026-01-31"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["members", "events", "allocation", "recipients", "A", "contribution", "kind", "date", "fee"])
        | st.text(max_size=9), inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from(["members", "events", "allocation", "recipients", "currency"]), values))
def test_any_facts_are_answered(document: dict[str, object]) -> None:
    charter = shipped("creafonds")
    refused = ""
    try:
        outcome = run(charter, facts_from_json(json.dumps(document), charter))
    except (FactsInvalid, FactsMissing) as refusal:
        refused = refusal.sentence("fr") and refusal.sentence("en")
    assert refused or outcome.totals


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(TEXTS), edits)
def test_every_table_of_a_file_has_its_line(text: bytes, spoilings: list[tuple[int, int, bytes]]) -> None:
    """Against the TOML reader itself: each place that we list exists, and each top table that exists is listed."""
    for at, length, snippet in spoilings:
        place = at % len(text)
        text = text[:place] + snippet + text[place + length :]
    try:
        decoded = text.decode()
        document = tomllib.loads(decoded)
    except (ValueError, RecursionError):
        return
    if max(map(len, decoded.split("\n"))) > 1000:
        return  # a longer line is not looked into: its faults are told without a line
    lines = lines_of(decoded)
    for path, line in lines.items():
        value: object = document
        for part in path:
            value = value[part]  # type: ignore[index]
        assert 1 <= line <= decoded.count("\n") + 1
    assert {(name,) for name, value in document.items() if isinstance(value, dict)} <= {path[:1] for path in lines}
