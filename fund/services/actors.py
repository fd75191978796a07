"""Who acts, for which fund, and how an act reaches the books and the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fund.errors import FundDiffers, RecordConflict
from fund.models import Act, Fund
from ledger.journal import Document, Entry, Line
from ledger.posting import Posted, post_many


@dataclass(frozen=True)
class Actor:
    """Somebody acting for a fund.

    `files_digest` is given when the acts come out of files: it salts the labels, and entries are validated on
    their own date, so that an import that was stopped and run again ends with the same chain on any machine.
    """

    fund: Fund
    by: str
    files_digest: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Booking:
    """What an act books: the parts of an entry that the event decides."""

    journal: str
    on: date
    kind: str
    reference: str
    label: str
    lines: tuple[Line, ...]
    document: Document


def book(actor: Actor, bookings: Sequence[Booking]) -> tuple[Posted, ...]:
    """Post the bookings of one act together, under one seal; a booking without lines needs no entry."""
    entries = [
        Entry(
            journal=booking.journal,
            on=booking.on,
            kind=booking.kind,
            reference=booking.reference,
            label=booking.label,
            lines=booking.lines,
            document=booking.document,
            validated_on=booking.on if actor.files_digest else None,
        )
        for booking in bookings
        if booking.lines
    ]
    return post_many(actor.fund.slug, entries, salt_seed=actor.files_digest) if entries else ()


def log(actor: Actor, *, on: date, kind: str, reference: str, **facts: object) -> None:
    """Add one act to the log; facts are codes and figures, never free text about people."""
    Act.objects.create(fund=actor.fund, on=on, by=actor.by, kind=kind, reference=reference, facts=facts)


def take_turn(fund: Fund) -> Fund:
    """Wait until no other act of this fund is under way, so that what is looked at stays true until the end.

    On SQLite every transaction has already waited for its turn (it begins IMMEDIATE).
    """
    return Fund.objects.select_for_update().get(pk=fund.pk)


def refuse_foreign(ours: Fund, theirs: Fund) -> None:
    """Refuse a record of another fund."""
    if ours.pk != theirs.pk:
        raise FundDiffers(ours=ours.slug, theirs=theirs.slug)


def refuse_conflict(*, what: str, reference: str, held: Mapping[str, object], given: Mapping[str, object]) -> None:
    """Pass when the same reference comes with the same contents; refuse by name what differs."""
    differences = {name: (held[name], value) for name, value in given.items() if held[name] != value}
    if differences:
        raise RecordConflict(what=what, reference=reference, differences=differences)
