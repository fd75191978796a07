"""Facts that nobody declared, matching a charter: every figure that it asks for, zero and corrections among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

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
from tests.charter_drawing.charters import CATEGORIES, DECLARED, charters
from tests.charter_drawing.rules import BASES, COSTS, figures, maybe

PREMIERE = date(2026, 1, 31)
NAMES = ("A", "B", "Élan", "c", "D 4", "10", "9")
KINDS = {
    "fee": "performance", "gross": "period", "net": "period", "profit": "period", "surplus": "result",
    "recouped": "recouped", "deficit": "result", "result-after-aid": "result", "loss": "loss",
}  # fmt: skip

days = st.integers(-10, 130).map(lambda after: PREMIERE + timedelta(days=after))
weights = st.one_of(st.integers(0, 30).map(Fraction), st.integers(1, 99).map(lambda part: Fraction(part, 7)))


@dataclass(frozen=True)
class Case:
    """A charter and facts that it can be applied to."""

    charter: Charter
    facts: Facts


@st.composite
def members(draw: st.DrawFn) -> dict[str, MemberFacts]:
    """One to five members; of each figure somebody has some, and percentages make the whole."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    parts = [draw(st.integers(1, 9)) for _ in names]
    drawn = {
        name: MemberFacts(
            contribution=draw(st.integers(0, 9_999)),
            use=draw(weights),
            points=draw(weights),
            defaulted=draw(st.sampled_from([False, False, True])),
            cap=draw(maybe(st.integers(0, 120))),
            declared={figure: draw(figures) for figure in DECLARED},
            category=draw(maybe(st.sampled_from(CATEGORIES))),
            pledge=draw(figures),
            notoriety=draw(weights),
            percentage=Fraction(part, sum(parts)),
        )
        for name, part in zip(names, parts, strict=True)
    }
    first = drawn[names[0]]
    lacking = {
        figure: type(getattr(first, figure))(1)
        for figure in ("contribution", "use", "points", "notoriety")
        if not any(getattr(each, figure) for each in drawn.values())
    }
    return drawn | {names[0]: replace(first, **lacking)}


@st.composite
def recipients(draw: st.DrawFn) -> dict[str, RecipientFacts]:
    """One to four people outside the fund."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    points = [draw(weights) for _ in names]
    if not any(points):
        points[0] = Fraction(1, 2)
    parts = [draw(st.integers(1, 9)) for _ in names]
    return {
        name: RecipientFacts(point, Fraction(part, sum(parts)))
        for name, point, part in zip(names, points, parts, strict=True)
    }


@st.composite
def events(draw: st.DrawFn, charter: Charter, *, positive: bool, most: int) -> tuple[Event, ...]:
    """Up to so many events of the kinds that the charter counts, corrections among them unless all are positive."""
    kinds = sorted({KINDS[rule.base] for rule in charter.rules})
    drawn: list[Event] = []
    for at in range(draw(st.integers(0, most))):
        if drawn and not positive and draw(st.integers(0, 4)) == 0:
            undone = draw(st.sampled_from(drawn))
            after = timedelta(days=draw(st.integers(0, 20)))
            drawn.append(replace(reversed_(undone), date=undone.date + after, reference=f"R{at}"))
        else:
            drawn.append(draw(_event(charter, draw(st.sampled_from(kinds)), f"R{at}", positive=positive)))
    return tuple(drawn)


@st.composite
def _event(draw: st.DrawFn, charter: Charter, kind: str, reference: str, *, positive: bool) -> Event:
    on, sign = draw(days), 1 if positive or draw(st.integers(0, 5)) else -1
    minor, often = draw(figures) * sign, st.sampled_from([True, True, False])
    if kind == "performance":
        return Performance(on, minor, not draw(often), draw(often), draw(often), reference)
    if kind == "period":
        return draw(_period(charter, on, minor, reference, positive=positive))
    if kind == "result":
        return Result(on, draw(st.integers(-400, 400)), reference)
    return (Recouped if kind == "recouped" else Loss)(on, minor, reference)


@st.composite
def _period(draw: st.DrawFn, charter: Charter, on: date, minor: int, reference: str, *, positive: bool) -> Period:
    """Its three figures, or only one that some rule counts, and then no costs."""
    counted = sorted({rule.base for rule in charter.rules if isinstance(rule.counts, Periods)})
    often = st.sampled_from([True, True, False])
    figures_of = {"gross": minor, "net": draw(st.integers(0, 400)), "profit": draw(st.integers(0, 400))}
    if not positive:
        figures_of["profit"] = draw(st.integers(-200, 400))
    if draw(st.integers(0, 3)) == 0:
        figures_of = {name: figures_of[name] for name in [draw(st.sampled_from(counted))]}
        costs: list[DeclaredDeduction] = []
    else:
        kinds = st.sampled_from([*COSTS, "autre"])
        costs = draw(st.lists(st.builds(DeclaredDeduction, kinds, st.integers(0, 200), often), max_size=3))
    return Period(
        on, deductions=tuple(costs), triggered=draw(often), vested=draw(often), reference=reference, **figures_of
    )


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


@st.composite
def cases(
    draw: st.DrawFn, bases: tuple[str, ...] = BASES, *, positive: bool = False, whole: bool = False, most: int = 7
) -> Case:
    """A charter of these bases, and facts for it."""
    charter = draw(charters(bases, whole=whole))
    allocation = AllocationFacts(
        draw(figures), PREMIERE, draw(st.integers(0, 200)), draw(st.sampled_from([True] * 3 + [False]))
    )
    happened = draw(events(charter, positive=positive, most=most))
    return Case(charter, Facts(draw(members()), draw(recipients()), allocation, happened, draw(st.integers(0, 300))))


def prefixes(facts: Facts, cuts: set[int]) -> Iterator[Facts]:
    """The facts as they were known at each cut, and at last all of them; in the order they were declared."""
    for cut in sorted({cut for cut in cuts if cut < len(facts.events)} | {len(facts.events)}):
        yield replace(facts, events=facts.events[:cut])
