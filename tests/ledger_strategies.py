"""Entries at random: most are right, the others are wrong in one named way; and ways to change one fact alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from hypothesis import strategies as st

from ledger.journal import AccountKey, Document, Entry, Exchange, Line
from ledger.money import EUR_INKIND, HOUR, NOTORIETY, Unit
from tests.ledger_model import USD

BANK, GIFTS = AccountKey("512"), AccountKey("756")
M01, M02 = AccountKey("411", "M01"), AccountKey("411", "M02")
FUNDER = AccountKey("4682", "C34", "34")
PREMISES, LENT = AccountKey("861", "M01", unit=EUR_INKIND), AccountKey("871", unit=EUR_INKIND)
WORK, HELP = AccountKey("864", unit=HOUR), AccountKey("875", "M02", unit=HOUR)
SHOWN, SEEN = AccountKey("890", "", "P7", unit=NOTORIETY), AccountKey("891", unit=NOTORIETY)
WAITING = AccountKey("471")
CHANGE, DOLLARS, DOLLARS_CHANGED = AccountKey("58"), AccountKey("512", unit=USD), AccountKey("58", unit=USD)
ACCOUNTS = [
    BANK,
    GIFTS,
    M01,
    M02,
    FUNDER,
    WAITING,
    PREMISES,
    LENT,
    WORK,
    HELP,
    SHOWN,
    SEEN,
    CHANGE,
    DOLLARS,
    DOLLARS_CHANGED,
]

PAIRS = [(BANK, M01), (BANK, M02), (M01, GIFTS), (M02, GIFTS), (BANK, FUNDER), (BANK, M01), (WAITING, WAITING),
         (PREMISES, LENT), (WORK, HELP), (SHOWN, SEEN)]  # fmt: skip
EXCHANGE = [(BANK, CHANGE), (DOLLARS_CHANGED, DOLLARS)]
SHAPES = [*([pair] for pair in PAIRS), *([pair] for pair in PAIRS), EXCHANGE, [PAIRS[0], PAIRS[8]],
          [PAIRS[2], PAIRS[7], PAIRS[9]], [PAIRS[0], PAIRS[3]]]  # fmt: skip

OPEN_DAYS = [date(2026, 1, 1), date(2026, 1, 10), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31),
             date(2025, 11, 30), date(2025, 12, 31), date(2199, 1, 15)]  # fmt: skip
NO_DAYS = [date(2025, 10, 31), date(2026, 4, 1), date(2199, 2, 1)]
IMPORTED = date(1999, 12, 31)
"""A validation date that an import gives, and no clock."""

days = st.sampled_from(OPEN_DAYS * 12 + NO_DAYS)
references = st.sampled_from([f"R{number}" for number in range(250)])
twice = st.sampled_from([None, None, None, 0, 1, 2, 3])
twists = st.sampled_from([None, None, None, None, 0, 1])
positions = st.integers(0, 255)
"""Which of the things that are there, counted round."""
turns = st.sampled_from(["locked", "open", "locked", "open", "open", "locked", "closed"])
crashes = st.sampled_from([None] * 120 + list(range(24)))
"""After how many statements the act is stopped the first time; most are not."""
amounts = st.one_of(st.integers(1, 5_000), st.sampled_from([1, 100, 5_000, -100]))
swings = st.sampled_from([-30_000, 30_000, 1])
floors = st.sampled_from([None, 0, -5_000, -20_000, -(2**40), 100, 2**62])
ceilings = st.sampled_from([None, 0, 5_000, 20_000, 2**40, -100])


def _lines(entry: Entry, *lines: Line) -> Entry:
    return replace(entry, lines=lines)


def _in_unit(entry: Entry, unit: Unit) -> Entry:
    return replace(entry, exchange=None, lines=tuple(
        replace(line, account=replace(line.account, unit=unit)) for line in entry.lines))  # fmt: skip


SPOILS: list[Callable[[Entry], Entry]] = [
    lambda entry: _lines(entry, entry.lines[0]),
    lambda entry: _lines(entry),
    lambda entry: _lines(entry, replace(entry.lines[0], minor=0), *entry.lines[1:]),
    lambda entry: _lines(entry, Line(GIFTS, 2**62), Line(M02, -(2**62))),
    lambda entry: _lines(entry, Line(BANK, 2**62 + 1), Line(M01, -(2**62) - 1)),
    lambda entry: _lines(entry, *[Line(BANK, 2**61)] * 3, *[Line(M01, -(2**61))] * 3),
    lambda entry: _lines(entry, *entry.lines[:-1], replace(entry.lines[-1], minor=entry.lines[-1].minor + 3**30)),
    lambda entry: _lines(entry, Line(BANK, 500), Line(HELP, -500)),
    lambda entry: replace(entry, kind="two words"),
    lambda entry: replace(entry, reference="R 1"),
    lambda entry: replace(entry, on=datetime(2026, 1, 10, 12)),
    lambda entry: replace(entry, document=Document("F1", None, "ab")),
    lambda entry: replace(entry, exchange=Exchange("EUR", "EUR", Fraction(1))),
    lambda entry: replace(entry, exchange=Exchange("EUR", "JPY", Fraction(160))),
    lambda entry: replace(entry, label=" "),
    lambda entry: replace(entry, journal="ZZ"),
    lambda entry: _in_unit(entry, Unit("CHF", 2)),
    lambda entry: _in_unit(entry, Unit("EUR", 3)),
    lambda entry: replace(entry, reverses="R999"),
    lambda entry: replace(entry, reverses="R1"),
]
"""Each makes an entry wrong in one way, or makes two ways meet."""


@st.composite
def entries(draw: st.DrawFn, spoilt: bool = True) -> Entry:
    """An entry of one, two or three pairs of lines, spoilt now and then."""
    shape = draw(st.sampled_from(SHAPES))
    lines: list[Line] = []
    for left, right in shape:
        minor = draw(amounts)
        lines += [Line(left, minor, *draw(_DIMENSIONS)), Line(right, -minor)]
    reference = draw(references)
    entry = Entry(
        journal=draw(st.sampled_from(["BQ", "OD"])),
        on=draw(days),
        kind="exchange" if shape is EXCHANGE else "contribution-received",
        reference=reference,
        label=f"Contribution {reference}",
        lines=tuple(lines),
        document=draw(_DOCUMENTS),
        validated_on=draw(st.sampled_from([IMPORTED, IMPORTED, None])),
        exchange=Exchange("EUR", "USD", Fraction(11, 10)) if shape is EXCHANGE else None,
    )
    spoil = draw(_SPOILT if spoilt else st.none())
    return spoil(entry) if spoil else entry


wrong_entries = st.builds(lambda entry, spoil: spoil(entry), entries(spoilt=False), st.sampled_from(SPOILS))
sound_batches = st.lists(entries(spoilt=False), max_size=5, unique_by=lambda entry: entry.reference)
first_batches = st.lists(entries(spoilt=False), min_size=3, max_size=6, unique_by=lambda entry: entry.reference)
spoilt_or_none = st.sampled_from([False, False, True]).flatmap(lambda wrong: entries() if wrong else st.none())

_DIMENSIONS = st.sampled_from([(), (), (), ("C34",), ("", "mission"), ("C34", "mission", True)])
_DOCUMENTS = st.sampled_from([Document(""), Document("F 1"), Document("F 1", date(2026, 1, 9), "ab" * 32)])
_SPOILT = st.sampled_from([None] * 24 + SPOILS)

CHANGES: dict[str, list[Callable[[Entry], Entry]]] = {
    "journal": [lambda entry: replace(entry, journal="OD" if entry.journal == "BQ" else "BQ")],
    "on": [lambda entry: replace(entry, on=date(2026, 3, 3))],
    "kind": [lambda entry: replace(entry, kind=f"{entry.kind}.")],
    "label": [lambda entry: replace(entry, label=f"{entry.label}.")],
    "lines": [
        lambda entry: _lines(entry, *entry.lines, Line(GIFTS, 7), Line(FUNDER, -7)),
        lambda entry: _lines(entry, replace(entry.lines[0], convention="C99"), *entry.lines[1:]),
        lambda entry: _lines(entry, replace(entry.lines[0], destination="tours"), *entry.lines[1:]),
        lambda entry: _lines(
            entry,
            replace(entry.lines[0], public_generosity=not entry.lines[0].public_generosity),
            *entry.lines[1:],
        ),
        lambda entry: _lines(
            entry,
            replace(entry.lines[0], account=replace(entry.lines[0].account, party="M09")),
            *entry.lines[1:],
        ),
        lambda entry: _lines(entry, entry.lines[1], entry.lines[0], *entry.lines[2:]),
    ],
    "document": [
        lambda entry: replace(entry, document=Document("F 2", entry.document.on, entry.document.sha256)),
        lambda entry: replace(entry, document=replace(entry.document, on=date(2026, 1, 8))),
        lambda entry: replace(entry, document=replace(entry.document, sha256="cd" * 32)),
    ],
    "validated_on": [lambda entry: replace(entry, validated_on=date(1999, 12, 30))],
    "exchange": [
        lambda entry: replace(
            entry, exchange=replace(entry.exchange, rate=Fraction(12, 10)) if entry.exchange else entry.exchange
        ),
    ],
    "reverses": [lambda entry: replace(entry, reverses="R998")],
}
"""For each fact of an entry, ways to change it and nothing else."""

changes = st.sampled_from([(name, change) for name, ways in CHANGES.items() for change in ways])
