"""Facts that nobody declared, matching a charter: every figure that it asks for, zero and corrections among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from fund.charter.facts import (
    AllocationFacts,
    DeclaredDeduction,
    Event,
    Facts,
    Loss,
    MemberFacts,
    Performance,
    Period,
    RecipientFacts,
    Recouped,
    Result,
)
from fund.charter.grammar import Charter
from fund.charter.rules import Periods
from tests.charter_drawing.charters import CATEGORIES, DECLARED, charter
from tests.charter_drawing.lots import Lots
from tests.charter_drawing.rules import BASES, COSTS

PREMIERE = date(2026, 1, 31)
NAMES = ("A", "B", "Élan", "c", "D 4", "10", "9")
KINDS = {
    "fee": "performance", "gross": "period", "net": "period", "profit": "period", "surplus": "result",
    "recouped": "recouped", "deficit": "result", "result-after-aid": "result", "loss": "loss",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A charter and facts that it can be applied to."""

    charter: Charter
    facts: Facts


def weight(lots: Lots) -> Fraction:
    """A figure in a key: whole or not, or zero."""
    return Fraction(lots.number(0, 30)) if lots.flag() else Fraction(lots.number(1, 99), 7)


def members(lots: Lots) -> dict[str, MemberFacts]:
    """One to five members; of each figure somebody has some, and percentages make the whole."""
    names = lots.some(NAMES, least=1, most=5)
    drawn = {
        name: MemberFacts(
            contribution=lots.number(0, 9_999),
            use=weight(lots),
            points=weight(lots),
            defaulted=lots.flag(one_in=3),
            cap=lots.maybe(lambda: lots.number(0, 120)),
            declared={figure: lots.number(0, 400) for figure in DECLARED},
            category=lots.one((None, *CATEGORIES)),
            pledge=lots.number(0, 400),
            notoriety=weight(lots),
            percentage=part,
        )
        for name, part in zip(names, lots.parts(len(names)), strict=True)
    }
    first = drawn[names[0]]
    lacking = {
        figure: type(getattr(first, figure))(1)
        for figure in ("contribution", "use", "points", "notoriety")
        if not any(getattr(each, figure) for each in drawn.values())
    }
    return drawn | {names[0]: replace(first, **lacking)}


def recipients(lots: Lots) -> dict[str, RecipientFacts]:
    """One to four people outside the fund."""
    names = lots.some(NAMES, least=1, most=4)
    points = [weight(lots) for _ in names]
    if not any(points):
        points[0] = Fraction(1, 2)
    return {
        name: RecipientFacts(point, part)
        for name, point, part in zip(names, points, lots.parts(len(names)), strict=True)
    }


def events(lots: Lots, charter: Charter, *, positive: bool, most: int, largest: int) -> tuple[Event, ...]:
    """Up to so many events of the kinds that the charter counts, corrections among them unless all are positive."""
    kinds = sorted({KINDS[rule.base] for rule in charter.rules})
    drawn: list[Event] = []
    for at in range(lots.number(0, most)):
        if drawn and not positive and lots.flag(one_in=5):
            undone = lots.one(drawn)
            after = timedelta(days=lots.number(0, 20))
            drawn.append(replace(reversed_(undone), date=undone.date + after, reference=f"R{at}"))
        else:
            drawn.append(_event(lots, charter, lots.one(kinds), f"R{at}", positive=positive, largest=largest))
    return tuple(drawn)


def _event(lots: Lots, charter: Charter, kind: str, reference: str, *, positive: bool, largest: int) -> Event:
    on = PREMIERE + timedelta(days=lots.number(-10, 130))
    minor = lots.number(0, largest) * (1 if positive or not lots.flag(one_in=6) else -1)
    if kind == "performance":
        return Performance(on, minor, lots.flag(one_in=3), *_often(lots), reference)
    if kind == "period":
        return _period(lots, charter, on, minor, reference, least=0 if positive else -largest // 2, largest=largest)
    if kind == "result":
        return Result(on, lots.number(-largest, largest), reference)
    return (Recouped if kind == "recouped" else Loss)(on, minor, reference)


def _often(lots: Lots) -> tuple[bool, bool]:
    return not lots.flag(one_in=4), not lots.flag(one_in=4)


def _period(lots: Lots, charter: Charter, on: date, minor: int, reference: str, *, least: int, largest: int) -> Period:
    """Its three figures, or only one that some rule counts, and then no costs."""
    counted = sorted({rule.base for rule in charter.rules if isinstance(rule.counts, Periods)})
    given: dict[str, int] = {
        "gross": minor,
        "net": lots.number(0, largest),
        "profit": lots.number(least, largest),
    }
    costs: tuple[DeclaredDeduction, ...] = ()
    if lots.flag(one_in=4):
        only = lots.one(counted)
        given = {only: given[only]}
    else:
        costs = tuple(
            DeclaredDeduction(lots.one((*COSTS, "autre")), lots.number(0, largest // 2), not lots.flag(one_in=3))
            for _ in range(lots.number(0, 3))
        )
    triggered, vested = _often(lots)
    return Period(on, deductions=costs, triggered=triggered, vested=vested, reference=reference, **given)


def reversed_(event: Event) -> Event:
    """The same event with its figures turned, as a correction declares them."""
    if isinstance(event, Performance):
        return replace(event, fee=-(event.fee or 0))
    if isinstance(event, Period):
        turned = {name: getattr(event, name) for name in ("gross", "net", "profit")}
        given = {name: -minor for name, minor in turned.items() if minor is not None}
        return replace(event, deductions=(), **given)
    return replace(event, minor=-event.minor)


def raised(event: Event, more: int) -> Event:
    """The same event with so much more of whatever it declares; of a deficit, so much more of that."""
    if isinstance(event, Performance):
        return replace(event, fee=(event.fee or 0) + more)
    if isinstance(event, Period):
        given = {name: getattr(event, name) for name in ("gross", "net", "profit")}
        return replace(event, **{name: minor + more for name, minor in given.items() if minor is not None})
    return replace(event, minor=event.minor + more)


def case(
    lots: Lots,
    bases: tuple[str, ...] = BASES,
    *,
    positive: bool = False,
    whole: bool = False,
    most: int = 7,
    largest: int = 400,
) -> Case:
    """A charter of these bases and facts for it: up to `most` events, of figures up to `largest`."""
    drawn = charter(lots, bases, whole=whole)
    allocation = AllocationFacts(lots.number(0, 400), PREMIERE, lots.number(0, 200), not lots.flag(one_in=5))
    happened = events(lots, drawn, positive=positive, most=most, largest=largest)
    return Case(drawn, Facts(members(lots), recipients(lots), allocation, happened, lots.number(0, 300)))


@st.composite
def cases(draw: st.DrawFn, bases: tuple[str, ...] = BASES, **asked: Any) -> Case:
    """A charter and its facts, as `case` draws them."""
    return case(Lots(draw), bases, **asked)


def prefixes(facts: Facts, cuts: set[int]) -> Iterator[Facts]:
    """The facts as they were known at each cut, and at last all of them; in the order they were declared."""
    for cut in sorted({cut for cut in cuts if cut < len(facts.events)} | {len(facts.events)}):
        yield replace(facts, events=facts.events[:cut])
