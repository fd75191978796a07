"""What an application says, read out of what was typed, with the list of what is missing or wrong. Plain Python.

The same reader serves the draft and every filed version: a version keeps what was typed, so what it says can always
be read again. Amounts are minor units of the call's currency, hours are hundredths.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, Final

from allocation.applying.faults import Fault
from allocation.applying.fields import FIELDS, MEMBER_HOST, PARTNER_HOST, TABLES, Field, Table
from allocation.applying.typed import (
    Row,
    Typed,
    Unreadable,
    as_typed,
    read_amount,
    read_count,
    read_day,
    read_hours,
    read_line,
)
from ledger.money import Amount, Unit

Cell = str | int | bool | date | None


@dataclass(frozen=True, slots=True)
class Charge:
    """A cost of the budget."""

    label: str
    amount: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A line of the financing plan: `kind` own, sales, coproduction, aid or other; acquired or only requested."""

    source: str
    kind: str
    region: str
    amount: int
    certainty: str


@dataclass(frozen=True, slots=True)
class Prepurchase:
    """Performances that somebody has bought already."""

    buyer: str
    region: str
    performances: int
    amount: int


@dataclass(frozen=True, slots=True)
class Need:
    """What would help otherwise than money; `hours` in hundredths, None where none are asked."""

    what: str
    quantity: str
    hours: int | None


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """A date to come; `host` is `member:` with a code, `partner` or `other`."""

    on: date
    place: str
    host: str

    @property
    def member(self) -> str:
        """The code of the member that hosts it, or nothing."""
        return self.host.removeprefix(MEMBER_HOST) if self.host.startswith(MEMBER_HOST) else ""

    @property
    def by_partner(self) -> bool:
        """Whether a partner hosts it."""
        return self.host == PARTNER_HOST


@dataclass(frozen=True, slots=True)
class Partner:
    """A structure that carries the project with the company."""

    name: str
    role: str
    specialised: bool


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody of the project's team."""

    name: str
    function: str


@dataclass(frozen=True, slots=True)
class Content:
    """What an application says; what is missing or cannot be read is empty or None, and a wrong line is left out."""

    title: str = ""
    summary: str = ""
    strand: str = ""
    note: str = ""
    minimum: int | None = None
    target: int | None = None
    region: str = ""
    overseas: bool = False
    lead_category: str = ""
    adviser_met_on: date | None = None
    announced_on: date | None = None
    to_cover: int | None = None
    shown: bool = False
    charges: tuple[Charge, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    prepurchases: tuple[Prepurchase, ...] = ()
    needs: tuple[Need, ...] = ()
    dates: tuple[PlannedDate, ...] = ()
    partners: tuple[Partner, ...] = ()
    team: tuple[TeamMember, ...] = ()

    @property
    def charges_total(self) -> int:
        """All costs together."""
        return sum(each.amount for each in self.charges)

    @property
    def receipts_total(self) -> int:
        """Financing plan, pre-purchases and the aid asked from this fund together."""
        named = sum(each.amount for each in self.receipts) + sum(each.amount for each in self.prepurchases)
        return named + (self.target or 0)

    @property
    def acquired_total(self) -> int:
        """What is certain already: acquired receipts and pre-purchases."""
        acquired = sum(each.amount for each in self.receipts if each.certainty == "acquired")
        return acquired + sum(each.amount for each in self.prepurchases)


_LINES: Final[Mapping[str, Callable[..., Any]]] = {
    "charges": Charge,
    "receipts": Receipt,
    "prepurchases": Prepurchase,
    "needs": Need,
    "dates": PlannedDate,
    "partners": Partner,
    "team": TeamMember,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the call asks and offers: its unit, its envelopes by code, the documents needed, who may host dates.

    `hosts` None takes every host that has the shape of one: what was filed is read without knowing today's members.
    """

    unit: Unit
    envelopes: Mapping[str, int] = field(default_factory=dict)
    required_documents: Mapping[str, str] = field(default_factory=dict)
    hosts: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed, what it says, and what is missing or wrong in it."""

    typed: Typed
    content: Content
    faults: tuple[Fault, ...]

    @property
    def missing(self) -> tuple[Fault, ...]:
        """What keeps the application from being filed."""
        return tuple(fault for fault in self.faults if fault.blocks)

    @property
    def remarks(self) -> tuple[Fault, ...]:
        """What is only said."""
        return tuple(fault for fault in self.faults if not fault.blocks)


def read_draft(draft: Mapping[str, object], asked: Asked, documents: Collection[str] = ()) -> Reading:
    """Read what was typed, under what the call asks; `documents` are the kinds of those that were added."""
    typed = as_typed(draft)
    faults: list[Fault] = []
    found: dict[str, Any] = {}
    for each in FIELDS:
        text = typed["fields"][each.name]
        if each.name == "strand" and not text and len(asked.envelopes) == 1:
            text = next(iter(asked.envelopes))
        value = _read(each, text, asked, faults, Place(each.name))
        if value is not None:
            found[each.name] = value
    for table in TABLES:
        found[table.name] = _rows(table, typed["tables"][table.name], asked, faults)
    content = Content(**found)
    faults += _whole(content, asked, typed)
    faults += [
        Fault("documents", "document-missing", figures={"document": name})
        for code, name in asked.required_documents.items()
        if code not in documents
    ]
    return Reading(typed, content, tuple(faults))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands."""

    field: str
    row: int | None = None
    column: str = ""

    def fault(self, code: str, **figures: str | int) -> Fault:
        """A fault here."""
        return Fault(self.field, code, self.row, self.column, figures)


def _read(asked_for: Field, text: str, asked: Asked, faults: list[Fault], place: Place) -> Cell:
    """The value, or None with a fault when it cannot be read or is missing; empty and optional is the empty value."""
    if asked_for.kind == "flag":
        return bool(text)
    if not text:
        if asked_for.required:
            faults.append(place.fault("missing"))
        return "" if asked_for.kind in ("line", "text", "choice") and not asked_for.required else None
    try:
        return _value(asked_for, text, asked)
    except Unreadable as unreadable:
        faults.append(place.fault(unreadable.fault, **unreadable.figures))
        return None


def _value(asked_for: Field, text: str, asked: Asked) -> Cell:
    match asked_for.kind:
        case "amount":
            return read_amount(text, asked.unit)
        case "day":
            return read_day(text)
        case "count":
            return read_count(text)
        case "hours":
            return read_hours(text)
        case "choice":
            if text not in _choices(asked_for, asked, text):
                raise Unreadable("not-a-choice", text=text.strip()[:60])
            return text
        case _:
            return read_line(text, asked_for)


def _choices(asked_for: Field, asked: Asked, text: str) -> Collection[str]:
    if asked_for.name == "strand":
        return asked.envelopes
    if asked_for.name != "host":
        return asked_for.choices
    if asked.hosts is not None:
        return asked.hosts
    return (text,) if text in (PARTNER_HOST, "other") or text.startswith(MEMBER_HOST) else ()


def _rows(table: Table, rows: list[Row], asked: Asked, faults: list[Fault]) -> tuple[Any, ...]:
    if len(rows) > table.most:
        faults.append(Fault(table.name, "too-many-lines", figures={"limit": table.most}))
    kept = []
    for number, row in enumerate(rows[: table.most]):
        before = len(faults)
        cells = {
            column.name: _read(column, row.get(column.name, ""), asked, faults, Place(table.name, number, column.name))
            for column in table.columns
        }
        if len(faults) == before:
            kept.append(_LINES[table.name](**cells))
    return tuple(kept)


def _whole(content: Content, asked: Asked, typed: Typed) -> list[Fault]:
    """What no field says alone."""

    def said(minor: int) -> Amount:
        return Amount(minor, asked.unit)

    found: list[Fault] = []
    minimum, target, envelope = content.minimum, content.target, asked.envelopes.get(content.strand)
    if minimum is not None and target is not None and minimum > target:
        figures = {"minimum": said(minimum), "target": said(target)}
        found.append(Fault("minimum", "minimum-above-target", figures=figures))
    elif minimum is not None and envelope is not None and minimum > envelope:
        figures = {"minimum": said(minimum), "envelope": said(envelope)}
        found.append(Fault("minimum", "minimum-above-envelope", figures=figures))
    if not typed["tables"]["charges"]:
        found.append(Fault("charges", "no-lines"))
    charges, receipts = content.charges_total, content.receipts_total
    if charges and charges != receipts:
        figures = {"charges": said(charges), "receipts": said(receipts), "difference": said(abs(charges - receipts))}
        found.append(Fault("receipts", "unbalanced", figures=figures))
    return found


FORM: Final = "application/1"
"""Stands in every filed version: by which form it is to be read."""


def fingerprint(content: Mapping[str, object]) -> str:
    """The SHA-256 of a content as JSON with sorted names and no spaces."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()
