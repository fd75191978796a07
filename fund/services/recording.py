"""A bookkeeper records an event that no other act books: its lines are shown first, then booked once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Final

from django.db import transaction

from fund import entries
from fund.entries.catalogue import EVENTS, Event
from fund.errors import AmountNotPositive, CurrencyDiffers
from fund.models import Act, Fund
from fund.services.actors import Actor, book, check_chart, log, take_turn
from fund.services.bookkeeping_errors import EventAlreadyRecorded, EventIncomplete, EventUnknown
from fund.services.bookkeeping_words import check_code, check_reference, check_words
from fund.services.event_lines import Value, company_of, event_lines
from ledger.journal import Document, Entry, Exchange
from ledger.money import Amount, unit_of
from ledger.posting import declare_unit

REFERENCE_LIMIT = 60
LABEL_LIMIT = 200
KIND: Final = "event-recorded"

_PARTIES: Final = ("member", "funder", "supplier", "party", "company")
_AMOUNTS: Final = ("amount", "given", "received")
_FLAGS: Final = ("is_same_year", "public_generosity")
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "member": ("the member", "le membre"),
    "funder": ("the funder", "le financeur"),
    "supplier": ("the supplier", "le fournisseur"),
    "party": ("the third party", "le tiers"),
    "company": ("the company", "la compagnie"),
    "project": ("the project", "le projet"),
    "to_project": ("the other project", "l’autre projet"),
    "convention": ("the convention", "la convention"),
    "to_convention": ("the other convention", "l’autre convention"),
    "agreement": ("the agreement", "la convention"),
    "account": ("the account", "le compte"),
    "source": ("the other account", "l’autre compte"),
    "destination": ("the destination", "la destination"),
    "amount": ("the amount", "le montant"),
    "given": ("the amount given", "le montant donné"),
    "received": ("the amount received", "le montant reçu"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a bookkeeper tells it: `values` by the names of the event's fields; its paper, its day, its words."""

    event: str
    reference: str
    on: date
    document: Document
    values: Mapping[str, Value]
    label: str = ""

    @property
    def digest(self) -> str:
        """The fingerprint of all that is told, which tells a second click from another event."""
        told = [self.event, self.on, self.document, sorted(self.values.items()), self.label]
        return sha256(json.dumps(told, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Recorded:
    """The references of the entries that an event made."""

    entries: tuple[str, ...]


@transaction.atomic
def record_event(actor: Actor, told: Told) -> Recorded:
    """Book an event of the catalogue; the same reference with the same facts finds what was booked."""
    fund = take_turn(actor.fund)
    reference = f"event:{check_reference(told.reference)}"
    held = Act.objects.filter(fund=fund, kind=KIND, reference=reference).first()
    if held is not None:
        if held.facts["told"] != told.digest:
            raise EventAlreadyRecorded(reference=told.reference, on=held.on)
        return Recorded(tuple(held.facts["entries"]))
    planned = planned_entries(fund, told)
    for unit in sorted({line.account.unit.code for entry in planned for line in entry.lines} - {fund.currency}):
        declare_unit(unit)
    book(actor, planned)
    made = tuple(entry.reference for entry in planned)
    log(actor, on=told.on, kind=KIND, reference=reference, event=told.event, told=told.digest, entries=list(made))
    return Recorded(made)


def planned_entries(fund: Fund, told: Told) -> tuple[Entry, ...]:
    """The entries that the event would make today, refused as booking would refuse them; nothing is written."""
    event = EVENTS.get(told.event)
    if event is None:
        raise EventUnknown(event=told.event[:40])
    values = _complete(fund, event, told.values)
    check_words(told.document.reference, LABEL_LIMIT)
    label = check_words(told.label or _label(event, values), LABEL_LIMIT)
    planned: list[Entry] = []
    for journal, lines in event_lines(fund, event, values, told.on):
        suffix = f":{journal}" if planned else ""
        planned.append(
            Entry(
                journal=journal,
                on=told.on,
                kind=event.code,
                reference=entries.entry_reference("event", told.reference) + suffix,
                label=label,
                lines=lines,
                document=told.document,
                exchange=_exchange(values),
            )
        )
    check_chart(fund.slug, planned)
    return tuple(planned)


def _complete(fund: Fund, event: Event, given: Mapping[str, Value]) -> dict[str, Value]:
    """The values of every field, each looked at; the company of a project is known from the project."""
    values: dict[str, Value] = {}
    for name in event.fields:
        value = given.get(name, "")
        if name in _AMOUNTS:
            values[name] = _amount(fund, name, value)
        elif name in _FLAGS:
            values[name] = bool(value)
        else:
            values[name] = _word(event, name, value)
    _find_company(fund, event, values)
    _check_parties(fund, values)
    if "given" in values and "received" in values and _unit(values["given"]) == _unit(values["received"]):
        raise CurrencyDiffers(given=_unit(values["received"]), asked=f"≠ {_unit(values['given'])}")
    return values


def _unit(value: Value) -> str:
    return value.unit.code if isinstance(value, Amount) else ""


def _amount(fund: Fund, name: str, value: Value) -> Amount:
    if not isinstance(value, Amount):
        raise _missing(name)
    if value.minor <= 0:
        raise AmountNotPositive(amount=str(value))
    if value.unit.kind != "money" or (name == "amount" and value.unit != unit_of(fund.currency)):
        raise CurrencyDiffers(given=value.unit.code, asked=fund.currency)
    return value


def _word(event: Event, name: str, value: Value) -> str:
    word = value if isinstance(value, str) else ""
    if not word:
        if name in event.optional:
            return ""
        raise _missing(name)
    choices = event.accounts.get(name)
    if choices is not None and word not in choices:
        raise _missing(name)
    return check_code(word)


def _missing(name: str) -> EventIncomplete:
    english, french = _WORDS[name]
    return EventIncomplete(
        why=f"{english} is missing, or is none of those offered",
        pourquoi=f"{french} manque, ou n’est pas de ceux qui sont offerts",
    )


def _find_company(fund: Fund, event: Event, values: dict[str, Value]) -> None:
    if "company" not in event.fields:
        return
    if not values["company"] and values.get("project"):
        values["company"] = company_of(fund, str(values["project"]))
    if not values["company"] and not values.get("project"):
        raise EventIncomplete(
            why="neither a project nor a company is named", pourquoi="ni projet ni compagnie n’est nommé"
        )


def _check_parties(fund: Fund, values: Mapping[str, Value]) -> None:
    codes = {str(values[name]) for name in _PARTIES if values.get(name)}
    known = set(fund.parties.filter(code__in=codes).values_list("code", flat=True))
    for code in sorted(codes - known):
        raise EventIncomplete(
            why=f"no third party of the fund has the code {code}: add it first",
            pourquoi=f"aucun tiers du fonds n’a le code {code} : ajoutez-le d’abord",
        )


def _exchange(values: Mapping[str, Value]) -> Exchange | None:
    given, received = values.get("given"), values.get("received")
    if not isinstance(given, Amount) or not isinstance(received, Amount):
        return None
    rate = Fraction(received.minor, 10**received.unit.scale) / Fraction(given.minor, 10**given.unit.scale)
    return Exchange(given.unit.code, received.unit.code, rate)


def _label(event: Event, values: Mapping[str, Value]) -> str:
    """What the entry says where the bookkeeper wrote nothing: the event, and the codes that it names."""
    names = [str(values[name]) for name in (*_PARTIES, "project") if values.get(name)]
    return ", ".join([event.fr, *dict.fromkeys(names)])[:LABEL_LIMIT]
