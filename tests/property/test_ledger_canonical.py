"""The text that is hashed has one reading: a small reader finds the same facts again, so two entries never share it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from ledger import chain
from ledger.errors import LedgerError
from ledger.journal import AccountKey, Document, Entry, Exchange, Line
from ledger.ladder import examine
from ledger.money import EUR, EUR_INKIND, HOUR, NOTORIETY, Unit, unit_of

SALT = bytes(16)
UNITS = [EUR, EUR_INKIND, HOUR, NOTORIETY, Unit("USD", 2)]

# Words that try to look like other lines, or like several.
IMITATIONS = [
    "convention=C34", "destination=mission", "convention=label=x", "public-generosity", "=", "label", "kind",
    "book", "reverses", "document-on", "EUR", "-5", "512", "tresse-entry/1", "2026-01-10", "é",
    "e\N{COMBINING ACUTE ACCENT}", "日本", "0", "None",
]  # fmt: skip
FORBIDDEN = [
    "A\nkind gift", "A\rkind gift", "A\N{LINE SEPARATOR}kind", "A\x85kind", "A\x0bkind", "A\x0ckind", "A\x1ekind",
    "A B", "A\tB", "label 00", "A\N{NO-BREAK SPACE}B", "\N{ZERO WIDTH SPACE}", "512:M01", "512:", ":", " ",
]  # fmt: skip
codes = st.one_of(st.sampled_from(IMITATIONS), st.text(st.sampled_from("aZ09=.-_/é"), min_size=1, max_size=5))
texts = st.one_of(
    codes, st.sampled_from(["label 00", "512 EUR 5", "kind gift", "A = B", "x:y", "A\N{NO-BREAK SPACE}B"])
)
unsaid = st.one_of(st.just(""), codes)
keys = st.builds(AccountKey, codes, unsaid, unsaid, unsaid, st.sampled_from(UNITS))
dates = st.dates(date(1999, 1, 1), date(2199, 1, 1))
hashes = st.sampled_from(["", "ab" * 32, "cd" * 32])
documents = st.builds(Document, st.one_of(st.just(""), texts), st.none() | dates, hashes)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Entries that pass the ladder, in words that look like something else."""
    lines = []
    for _ in range(draw(st.integers(1, 2))):
        minor, key, other = draw(st.integers(1, 999)), draw(keys), draw(keys)
        lines.append(Line(key, minor, draw(unsaid), draw(unsaid), draw(st.booleans())))
        lines.append(Line(replace(other, unit=key.unit), -minor))
    units = sorted({line.account.unit.code for line in lines})
    exchange = Exchange(units[0], units[1], draw(st.fractions(1, 2, max_denominator=9))) if len(units) > 1 else None
    return Entry(
        journal=draw(codes), on=draw(dates), kind=draw(codes), reference=draw(st.one_of(codes, st.just("a:b"))),
        label=draw(texts), lines=tuple(lines), document=draw(documents), validated_on=draw(dates),
        reverses=draw(unsaid), exchange=exchange,
    )  # fmt: skip


def passes(entry: Entry) -> bool:
    try:
        examine(entry)
    except LedgerError:
        return False
    return True


def text_of(entry: Entry, **place: Any) -> bytes:
    facts = {"book": "alpha", "fiscal_year": "2026", "number": 1} | place
    return chain.canonical_text(entry, **facts, label_digest=chain.label_hash(entry.label, SALT))


def read(text: bytes) -> dict[str, Any]:
    """The facts of a text, by somebody who knows the description in `ledger/chain.py` and nothing else."""
    *rows, end = text.decode().split("\n")
    assert end == ""
    assert rows.pop(0) == "tresse-entry/1"
    facts: dict[str, Any] = {}
    while "label" not in facts:
        name, _, said = rows.pop(0).partition(" ")
        assert name not in facts
        facts[name] = said
    facts["lines"] = [read_line(row) for row in rows]
    return facts


def read_line(row: str) -> tuple[Any, ...]:
    account, unit, minor, *dimensions = row.split(" ")
    chart, party, project, convention = [*account.split(":"), "", "", ""][:4]
    said = {"convention": "", "destination": ""}
    generous = dimensions[-1:] == ["public-generosity"]
    for dimension in dimensions[: -1 if generous else None]:
        name, _, word = dimension.partition("=")
        said[name] = word
    return (chart, party, project, convention, unit, int(minor), said["convention"], said["destination"], generous)


def facts_of(entry: Entry) -> dict[str, Any]:
    """The same facts from the entry."""
    exchange, document = entry.exchange, entry.document
    rate = exchange.rate if exchange else Fraction(1)
    facts = {
        "book": "alpha", "reference": entry.reference, "journal": entry.journal, "number": "2026 1",
        "on": entry.on.isoformat(), "validated": str(entry.validated_on), "kind": entry.kind,
        "document": document.reference, "document-on": document.on and document.on.isoformat(),
        "document-sha256": document.sha256, "reverses": entry.reverses,
        "exchange": exchange and f"{exchange.from_} {exchange.to} {rate.numerator}/{rate.denominator}",
        "label": chain.label_hash(entry.label, SALT).hex(),
        "lines": [
            (key.chart, key.party, key.project, key.convention, key.unit.code, line.minor,
             line.convention, line.destination, line.public_generosity)
            for line in entry.lines for key in [line.account]
        ],
    }  # fmt: skip
    return {name: said for name, said in facts.items() if said}


@given(entries(), st.sampled_from(FORBIDDEN), st.sampled_from(["journal", "kind", "reference", "reverses"]))
def test_what_could_be_read_in_two_ways_does_not_pass(entry: Entry, word: str, field: str) -> None:
    line = entry.lines[0]
    assert not passes(replace(entry, lines=(replace(line, convention=word), *entry.lines[1:])))
    assert not passes(replace(entry, lines=(replace(line, destination=word), *entry.lines[1:])))
    if ":" not in word or field in ("journal", "kind"):
        assert not passes(replace(entry, **{field: word}))


@given(entries())
def test_what_is_hashed_is_read_back(entry: Entry) -> None:
    assert passes(entry)
    assert read(text_of(entry)) == facts_of(entry)


FIELDS = ["journal", "on", "kind", "reference", "label", "document", "validated_on", "exchange", "reverses", "lines"]


@given(entries(), entries(), st.sampled_from(FIELDS), st.integers(0, 8))
def test_two_entries_that_differ_in_one_fact_never_share_a_text(
    one: Entry, other: Entry, field: str, part: int
) -> None:
    """The second entry is the first with one fact, or one part of one line, of another."""
    if field == "lines":
        names = ["account", "minor", "convention", "destination", "public_generosity"]
        name = names[part % len(names)]
        first = replace(one.lines[0], **{name: getattr(other.lines[0], name)})
        other = replace(one, lines=(first, *one.lines[1:]))
    else:
        other = replace(one, **{field: getattr(other, field)})
    assume(one != other)
    if passes(other):
        assert text_of(one) != text_of(other)
        assert chain.leaf_hash(text_of(one)) != chain.leaf_hash(text_of(other))


@given(entries(), st.lists(codes, min_size=2, max_size=2, unique=True))
def test_words_never_slip_from_one_field_into_the_next(entry: Entry, pair: list[str]) -> None:
    """Two words swapped between neighbouring fields make another text."""
    left = pair[0]
    line = entry.lines[0]

    def first(**changes: Any) -> Entry:
        return replace(entry, lines=(replace(line, **changes), *entry.lines[1:]))

    ways = [
        [replace(entry, journal=a, kind=b) for a, b in (pair, pair[::-1])],
        [first(convention=a, destination=b) for a, b in (pair, pair[::-1])],
        [first(convention=a, destination=b) for a, b in ((left, ""), ("", left))],
        [first(account=replace(line.account, party=a, project=b)) for a, b in (pair, pair[::-1])],
        [first(account=replace(line.account, party=a, project=b)) for a, b in ((left, ""), ("", left))],
        [replace(entry, reference=a, reverses=b) for a, b in (pair, pair[::-1])],
    ]  # fmt: skip
    for one, other in ways:
        assert passes(one)
        assert passes(other)
        assert one == other or text_of(one) != text_of(other)


@given(entries())
def test_place_and_book_are_part_of_the_text(entry: Entry) -> None:
    places = [{}, {"book": "beta"}, {"fiscal_year": "2027"}, {"number": 2}, {"number": 11}, {"fiscal_year": "202"}]
    assert len({text_of(entry, **place) for place in places}) == len(places)


@given(entries(), st.binary(min_size=16, max_size=16), texts)
def test_a_label_is_proved_by_its_hash_and_its_salt(entry: Entry, salt: bytes, label: str) -> None:
    proof = chain.label_hash(label, salt)
    assert proof == chain.label_hash(label, salt)
    assert (proof == chain.label_hash(f"{label}.", salt)) is False
    assert (proof == chain.label_hash(label, bytes(b ^ 1 for b in salt))) is False


# Seals

leaves = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=6)
heads = st.binary(min_size=32, max_size=32)


@given(heads, leaves, st.randoms(use_true_random=False))
def test_the_order_of_leaves_matters(head: bytes, posted: list[bytes], random: Any) -> None:
    mixed = list(posted)
    random.shuffle(mixed)
    assert (chain.seal_hash(head, posted) == chain.seal_hash(head, mixed)) is (posted == mixed)


@given(heads, leaves)
def test_a_batch_and_single_entries_have_the_same_leaves_and_other_seals(head: bytes, posted: list[bytes]) -> None:
    """How entries were committed is part of the chain, what they say is not changed by it."""
    running = head
    for leaf in posted:
        running = chain.seal_hash(running, [leaf])
    assert (running == chain.seal_hash(head, posted)) is (len(posted) == 1)


@given(heads, leaves, st.integers(0, 5), st.integers(0, 255))
def test_every_bit_counts(head: bytes, posted: list[bytes], which: int, bit: int) -> None:
    leaf = posted[which % len(posted)]
    flipped = (int.from_bytes(leaf, "big") ^ (1 << bit)).to_bytes(32, "big")
    changed = [flipped if n == which % len(posted) else known for n, known in enumerate(posted)]
    assert chain.seal_hash(head, changed) != chain.seal_hash(head, posted)
    assert chain.seal_hash(head, [*posted, leaf]) != chain.seal_hash(head, posted)
    assert chain.seal_hash(flipped, posted) != chain.seal_hash(head, posted) or flipped == head


@given(st.sampled_from(["EUR", "EUR-INKIND", "HOUR", "NOTORIETY", "USD", "JPY", "KWD"]), keys)
def test_accounts_sort_whatever_their_units(code: str, key: AccountKey) -> None:
    """The same account in two units has an order too."""
    one, other = key, replace(key, unit=unit_of(code))
    assert (one < other) is (one.unit < other.unit)
    assert sorted([one, other]) == sorted([other, one])
