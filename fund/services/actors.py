"""Who acts, for which fund, and how an act reaches the books and the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from fund.errors import FundDiffers, RecordConflict
from fund.models import Act, Fund
from ledger.journal import Entry
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


def book(actor: Actor, entries: Iterable[Entry]) -> tuple[Posted, ...]:
    """Post the entries of one act together, under one seal; what moves nothing needs no entry."""
    moving = [
        replace(entry, validated_on=entry.on) if actor.files_digest else entry for entry in entries if entry.lines
    ]
    return post_many(actor.fund.slug, moving, salt_seed=actor.files_digest)


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
