"""Entries and lines as values, before anything is written: plain Python, no database.

A line is positive in the debit and negative in the credit. An entry is a whole booking (*écriture*);
its lines sum to zero in every unit that it touches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from ledger.money import EUR, Amount, Unit


@dataclass(frozen=True, slots=True, order=True)
class AccountKey:
    """A leaf of the books: account of the chart, and the party, project and convention it is kept for.

    All are codes, never names, so that a person's name can change or be erased. Two keys that differ
    in one part are two accounts. `code` is the account in one word, as the chain and exports write it:
    `411:M03`, `4682:C34:34`; `leaf` says its unit too, as a line of the chain begins: `411:M03 EUR`.
    """

    chart: str
    party: str = ""
    project: str = ""
    convention: str = ""
    unit: Unit = EUR
    code: str = field(init=False, repr=False, compare=False)
    leaf: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Made once: they are read for each line that is examined, hashed and written. A part may still be anything:
        # what is no text has no word here, and the entry is refused for it when it is examined.
        try:
            code = ":".join((self.chart, self.party, self.project, self.convention)).rstrip(":")
            leaf = " ".join((code, self.unit.code))
        except (TypeError, AttributeError):
            code = leaf = ""
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "leaf", leaf)

    def __hash__(self) -> int:
        return hash(self.leaf)


@dataclass(frozen=True, slots=True)
class Line:
    """One leg of an entry that is not posted yet; debit positive.

    `convention` names the agreement or funder whose money this is, `destination` the purpose that the
    statement by origin and destination (CROD) asks for, `public_generosity` whether gifts of the public pay for it.
    """

    account: AccountKey
    minor: int
    convention: str = ""
    destination: str = ""
    public_generosity: bool = False

    @property
    def amount(self) -> Amount:
        return Amount(self.minor, self.account.unit)


def debit(account: AccountKey, amount: Amount, **dimensions: str | bool) -> Line:
    """A line that puts the amount on the left side of the account."""
    return _line(account, amount, amount.minor, dimensions)


def credit(account: AccountKey, amount: Amount, **dimensions: str | bool) -> Line:
    """A line that puts the amount on the right side of the account."""
    return _line(account, amount, -amount.minor, dimensions)


def _line(account: AccountKey, amount: Amount, minor: int, dimensions: Mapping[str, str | bool]) -> Line:
    if account.unit != amount.unit:
        amount + Amount(0, account.unit)  # raises UnitsDiffer with both units named
    return Line(account, minor, **dimensions)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Document:
    """The paper behind an entry (*pièce*): its reference, its date and the SHA-256 of its file, in hexadecimal."""

    reference: str
    on: date | None = None
    sha256: str = ""


NOTHING = Document("")
"""Where there is no paper."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """How one currency became another in this entry: units of `to` for one of `from_`."""

    from_: str
    to: str
    rate: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One booking, whole: what happened, when, on which paper, and its lines.

    `reference` is unique in a book: the same reference with the same contents is the same entry, with
    other contents it is refused. `on` is the date of the fact; `validated_on` the day it became final,
    the day of posting when it is None. `label` may name people; everything else holds codes alone.
    """

    journal: str
    on: date
    kind: str
    reference: str
    label: str
    lines: tuple[Line, ...]
    document: Document = NOTHING
    validated_on: date | None = None
    exchange: Exchange | None = None
    reverses: str = ""


def sums_per_unit(lines: Iterable[Line]) -> dict[Unit, int]:
    """What the lines of each unit sum to; an entry balances when every sum is zero."""
    sums: dict[Unit, int] = defaultdict(int)
    for line in lines:
        sums[line.account.unit] += line.minor
    return dict(sums)


def is_balanced(lines: Iterable[Line]) -> bool:
    """Whether debit and credit agree in every unit."""
    return not any(sums_per_unit(lines).values())


def turned(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The same lines on the other side."""
    return tuple(replace(line, minor=-line.minor) for line in lines)


def reversal_of(entry: Entry, *, on: date, reference: str, label: str) -> Entry:
    """The entry that undoes another, line by line (*extourne*)."""
    return replace(
        entry,
        on=on,
        reference=reference,
        label=label,
        lines=turned(entry.lines),
        kind="reversal",
        reverses=entry.reference,
        validated_on=None,
    )
