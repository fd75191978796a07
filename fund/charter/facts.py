"""The facts that a charter is applied to: who paid what, what was granted, what was declared.

Amounts are minor units of the charter's currency. None means not given; whether that matters depends on
the charter, and the engine names every fact that it needs and does not find.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

from fund.charter.faults import FactsInvalid
from fund.charter.grammar import Charter
from fund.charter.reading.slots import Faults, FloatText, Table

LARGEST_FILE = 64 * 2**20


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A member: the cash received from it, what it uses, its points and percentages, what it declared or pledged."""

    contribution: int | None = None
    use: Fraction | None = None
    points: Fraction | None = None
    defaulted: bool = False
    cap: int | None = None
    declared: Mapping[str, int] = field(default_factory=dict)
    category: str | None = None
    pledge: int | None = None
    notoriety: Fraction | None = None
    percentage: Fraction | None = None


@dataclass(frozen=True, slots=True)
class RecipientFacts:
    """Someone outside the fund who shares by points, by percentages that were agreed, or equally."""

    points: Fraction | None = None
    percentage: Fraction | None = None


@dataclass(frozen=True, slots=True)
class AllocationFacts:
    """What a project was granted; `other_aid` is aid already paid from elsewhere."""

    amount: int | None = None
    premiere: date | None = None
    other_aid: int = 0
    vested: bool = True


@dataclass(frozen=True, slots=True)
class Performance:
    """One date before its public, and the fee it was sold for."""

    date: date
    fee: int | None = None
    member_date: bool = False
    triggered: bool = True
    vested: bool = True
    reference: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredDeduction:
    """A cost that a period takes off, and whether its evidence was given."""

    kind: str
    minor: int
    evidence: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """A declared period of exploitation; a loss is a negative profit."""

    date: date
    gross: int | None = None
    net: int | None = None
    profit: int | None = None
    deductions: tuple[DeclaredDeduction, ...] = ()
    triggered: bool = True
    vested: bool = True
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A result before any aid: a surplus, or a deficit below zero."""

    date: date
    minor: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Recouped:
    """What the fund itself got back."""

    date: date
    minor: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Loss:
    """An amount that the members have to bear."""

    date: date
    minor: int
    reference: str = ""


Event: TypeAlias = Performance | Period | Result | Recouped | Loss


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a charter may ask about one project, or about the members alone.

    `reserve` is what the reserve held before the first of the losses: what it bore of them is not to be taken off.
    """

    members: Mapping[str, MemberFacts] = field(default_factory=dict)
    recipients: Mapping[str, RecipientFacts] = field(default_factory=dict)
    allocation: AllocationFacts = AllocationFacts()
    events: tuple[Event, ...] = ()
    reserve: int | None = None


def in_order(events: tuple[Event, ...]) -> list[tuple[int, Event]]:
    """The events by date, then reference, then position, each with its position as given."""
    return sorted(enumerate(events), key=lambda placed: (placed[1].date, placed[1].reference, placed[0]))


def facts_from_json(source: str | bytes | Mapping[str, Any], charter: Charter) -> Facts:
    """Read facts as `charter run` takes them; raises FactsInvalid with every fault."""
    faults = Faults()
    document = _document(source, faults)
    top = Table(document, (), faults, charter.head.currency)
    currency = top.text("currency")
    if currency is not None and currency != charter.head.currency.code:
        top.note("currency-differs", "currency", found=currency[:10], charter=charter.head.currency.code)
    facts = Facts(
        members={name: _member(table) for name, table in top.named_tables("members").items()},
        recipients={name: _recipient(table) for name, table in top.named_tables("recipients").items()},
        allocation=_allocation(top),
        events=tuple(_event(table) for table in top.tables("events", most=1_000_000)),
        reserve=top.amount("reserve"),
    )
    top.close()
    if faults.found:
        raise FactsInvalid(faults.found)
    return facts


def _document(source: str | bytes | Mapping[str, Any], faults: Faults) -> Mapping[str, Any]:
    if isinstance(source, Mapping):
        return source
    if len(source) > LARGEST_FILE:
        faults.note("too-large", (), most=str(LARGEST_FILE))
        raise FactsInvalid(faults.found)
    try:
        text = source.decode() if isinstance(source, bytes) else source
        document = json.loads(
            text,
            parse_float=FloatText,
            parse_constant=FloatText,
            object_pairs_hook=lambda pairs: _object(pairs, faults),
        )
    except UnicodeDecodeError:
        faults.note("not-text", ())
    except json.JSONDecodeError as error:
        faults.note("json", (), at=f"{error.lineno}:{error.colno}", why=error.msg)
    except RecursionError:
        faults.note("too-deep", ())
    except ValueError:
        faults.note("number-too-long", ())
    else:
        if isinstance(document, dict):
            return document
        faults.note("json-object", ())
    raise FactsInvalid(faults.found)


def _object(pairs: list[tuple[str, Any]], faults: Faults) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, value in pairs:
        if name in read:
            faults.note("written-twice", (name,))
        read[name] = value
    return read


def _member(table: Table) -> MemberFacts:
    declared = table.table("declared")
    figures = {name: declared.amount(name) or 0 for name in declared.data} if declared else {}
    member = MemberFacts(
        contribution=table.amount("contribution"),
        use=table.quantity("use"),
        points=table.quantity("points"),
        defaulted=table.flag("defaulted"),
        cap=table.amount("cap"),
        declared=figures,
        category=table.text("category"),
        pledge=table.amount("pledge"),
        notoriety=table.quantity("notoriety"),
        percentage=table.rate("percentage"),
    )
    table.close()
    return member


def _recipient(table: Table) -> RecipientFacts:
    recipient = RecipientFacts(points=table.quantity("points"), percentage=table.rate("percentage"))
    table.close()
    return recipient


def _allocation(top: Table) -> AllocationFacts:
    table = top.table("allocation")
    if table is None:
        return AllocationFacts()
    allocation = AllocationFacts(
        amount=table.amount("amount"),
        premiere=table.day("premiere"),
        other_aid=table.amount("other_aid") or 0,
        vested=table.flag("vested", default=True),
    )
    table.close()
    return allocation


def _event(table: Table) -> Event:
    kind = table.choice("kind", ("performance", "period", "result", "recouped", "loss"), required=True)
    on = table.day("date", required=True) or date.min
    reference = table.text("reference") or ""
    event: Event
    if kind == "performance":
        event = Performance(
            on,
            fee=table.amount("fee", signed=True),
            member_date=table.flag("member_date"),
            triggered=table.flag("triggered", default=True),
            vested=table.flag("vested", default=True),
            reference=reference,
        )
    elif kind == "period":
        event = Period(
            on,
            gross=table.amount("gross", signed=True),
            net=table.amount("net", signed=True),
            profit=table.amount("profit", signed=True),
            deductions=tuple(_deduction(each) for each in table.tables("deductions")),
            triggered=table.flag("triggered", default=True),
            vested=table.flag("vested", default=True),
            reference=reference,
        )
    else:
        # A loss is written as a positive amount to bear; below zero, it takes back what was declared too much.
        minor = table.amount("amount", required=True, signed=True) or 0
        others: dict[str, type[Result] | type[Recouped] | type[Loss]] = {"recouped": Recouped, "loss": Loss}
        event = others.get(kind, Result)(on, minor, reference)
    table.close()
    return event


def _deduction(table: Table) -> DeclaredDeduction:
    deduction = DeclaredDeduction(
        table.text("kind", required=True) or "",
        table.amount("amount", required=True) or 0,
        table.flag("evidence"),
    )
    table.close()
    return deduction
