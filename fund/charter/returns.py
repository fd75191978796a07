"""The ordered rules: what each event makes due, from its base down to the rounded amount.

A rule looks at the running total of what it counts, so an amount never depends on how the year was cut
into statements: what an event adds is the due of the total with it, less the due of the total before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from fund.charter.facts import AllocationFacts, Event, Facts, Loss, Performance, Period, Recouped, Result, in_order
from fund.charter.grammar import Charter
from fund.charter.lifting import Lift
from fund.charter.rules import (
    Deficits,
    Excesses,
    Fees,
    FixedLimit,
    Limit,
    Periods,
    Rule,
    ShareOf,
)
from fund.charter.spans import months_later
from fund.charter.trace import ZERO, Pen, Quantity, Recorder, Step


@dataclass(frozen=True, slots=True)
class Due:
    """What one event adds under one rule, in minor units, with the steps that made it."""

    event: int
    rule: str
    base: int
    minor: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class RuleTotal:
    """All that a rule counted and all that it made due.

    `left_out` is what it did not count; `lifted`, within `due`, is what lifts points to their minimum.
    """

    rule: Rule
    counted: Quantity
    due: Quantity
    left_out: Quantity
    lifted: Quantity = ZERO


def dues(charter: Charter, facts: Facts, recorder: Recorder) -> tuple[list[Due], list[RuleTotal]]:
    """Apply every rule to every event, in the order of ranks; the facts must be complete."""
    ordered = in_order(facts.events)
    all_due: list[Due] = []
    totals: list[RuleTotal] = []
    starts: dict[tuple[str, int], Quantity] = {}
    turns = {(rule.base, rule.rank) for rule in charter.rules}
    for rule in sorted(charter.rules, key=lambda rule: rule.rank):
        here, later = (rule.base, rule.rank), (rule.base, rule.rank + 1)
        pen = recorder.pen(article_of(rule))
        limits = _limits(rule, facts, pen, starts.get(here, ZERO))
        rule_dues, total = _rule_dues(rule, facts.allocation, ordered, limits, recorder)
        if later in turns:
            starts[later] = _next_start(total, limits, facts.allocation, pen, starts.get(later, ZERO))
        all_due += rule_dues
        totals.append(total)
    place = {position: at for at, (position, _) in enumerate(ordered)}
    return sorted(all_due, key=lambda due: place[due.event]), totals


def article_of(rule: Rule) -> str:
    """The article's identifier in traces: `returns.droit-de-suite`."""
    return f"{rule.section}.{rule.name}"


@dataclass(frozen=True, slots=True)
class _Limits:
    """A rule's limits as numbers: where its count begins, the most it may ever make due, the least of each period."""

    start: Quantity
    cap: Quantity | None
    floor: Quantity | None = None
    points_share: Fraction = Fraction(1)


def _limits(rule: Rule, facts: Facts, pen: Pen, start: Quantity) -> _Limits:
    allocation = facts.allocation
    if rule.franchise is not None:
        franchise = _limit(rule.franchise, allocation, pen, "franchise-limit")
        start = pen.sum("start", start, franchise) if start.value else franchise
    floor, share = _floor(rule, facts, pen)
    if rule.cap is None:
        return _Limits(start, None, floor, share)
    cap = _limit(rule.cap.limit, allocation, pen, "cap-limit")
    if rule.cap.of is not None:
        part = sum((split.share for split in rule.splits if split.to == rule.cap.of), Fraction())
        cap = pen.quotient("recoupment", cap, part, about=rule.cap.of)
    return _Limits(start, pen.whole_below("cent-below", cap), floor, share)


def _floor(rule: Rule, facts: Facts, pen: Pen) -> tuple[Quantity | None, Fraction]:
    """The least that all points together have of a period, and the share of the sharing that is theirs."""
    if rule.floor_per_point is None:
        return None, Fraction(1)
    points = sum((each.points or 0 for each in facts.recipients.values()), Fraction())
    floor = pen.product("floor-per-point", Quantity(rule.floor_per_point), pen.given("points", points))
    return floor, rule.points_share


def _next_start(total: RuleTotal, limits: _Limits, allocation: AllocationFacts, pen: Pen, known: Quantity) -> Quantity:
    """Where the next rank begins to count: at the cent that fills the last rule of this rank."""
    if limits.cap is None:
        return known
    rule_cap = total.rule.cap
    lifts = rule_cap is not None and rule_cap.of is not None and total.lifted.value
    cap = pen.sum("cap-above-floor", limits.cap, total.lifted) if lifts else limits.cap
    taken = pen.quotient("filled-by", cap, total.rule.rate)
    if isinstance(total.rule.counts, Deficits) and total.rule.counts.aid_ceiling is not None and cap.value:
        # Under a ceiling of all aid a cap is only reached where the ceiling leaves room for it.
        all_aid = pen.sum("with-aid", cap, Quantity(allocation.other_aid))
        taken = pen.greatest("filled-later", taken, pen.quotient("filled-by", all_aid, total.rule.counts.aid_ceiling))
    end = pen.whole_above("cent-above", pen.sum("filled-at", limits.start, taken))
    return pen.greatest("next-rank", end, known) if known.value else end


def _limit(limit: Limit, allocation: AllocationFacts, pen: Pen, kind: str) -> Quantity:
    if isinstance(limit, FixedLimit):
        return Quantity(limit.minor)
    figure = allocation.other_aid if limit.of == "other_aid" else allocation.amount or 0
    return pen.product(kind, pen.given(limit.of, figure), limit.rate)


def _rule_dues(
    rule: Rule, allocation: AllocationFacts, ordered: list[tuple[int, Event]], limits: _Limits, recorder: Recorder
) -> tuple[list[Due], RuleTotal]:
    counted = due = exact = left_out = results = rounded_items = ZERO
    lift = Lift(limits.floor, limits.points_share)
    dues: list[Due] = []
    for position, event, reason in _judged(rule, allocation, ordered):
        first, pen = len(recorder.steps), recorder.pen(article_of(rule), position)
        item = _item(rule, event, pen)
        if reason:
            left_out = pen.sum("left-out", left_out, item, about=reason)
            continue
        is_open = counted.value >= limits.start.value
        if isinstance(rule.counts, Excesses):
            # Aid is paid once, whatever the number of results.
            results = pen.sum("results", results, item)
            above = pen.greatest("not-below-zero", pen.sum("with-aid", results, Quantity(allocation.other_aid)), ZERO)
            item, counted = pen.difference("above-break-even", above, counted), above
        else:
            counted = pen.sum("counted", counted, item)
        before, exact_before = due, exact
        exact = _exact(rule, allocation, counted, limits.start, pen)
        if lift.floor is not None and is_open:
            lift.take(pen.difference("item", exact, exact_before), due, _cap(rule, limits, lift, pen), pen)
        if rule.rounding == "cumulative":
            due = pen.nearest("rounding", exact)
        else:
            added = pen.nearest("rounding", pen.difference("item", exact, exact_before))
            # The cap is for what is due, not for what was added: a correction takes off what it undoes, no more.
            rounded_items = pen.sum("due-so-far", rounded_items, added)
            due = pen.greatest("not-below-zero", rounded_items, ZERO)
        cap = _cap(rule, limits, lift, pen)
        if cap is not None:
            due = pen.least("cap", due, cap)
        amount = pen.difference("due", due, before)
        dues.append(Due(position, rule.name, int(item.value), int(amount.value), tuple(recorder.steps[first:])))
    return dues, RuleTotal(rule, counted, due, left_out, lift.lifted)


def _cap(rule: Rule, limits: _Limits, lift: Lift, pen: Pen) -> Quantity | None:
    """The most that is due by now: where the cap measures one party, what lifts the points comes on top of it."""
    if limits.cap is None or rule.cap is None or rule.cap.of is None or not lift.lifted.value:
        return limits.cap
    return pen.sum("cap-above-floor", limits.cap, pen.nearest("lifted", lift.lifted))


def _exact(rule: Rule, allocation: AllocationFacts, counted: Quantity, start: Quantity, pen: Pen) -> Quantity:
    """The due of a running total before rounding and cap."""
    above = pen.difference("franchise", counted, start) if start.value else counted
    if above.value < 0:
        above = pen.greatest("not-below-zero", above, ZERO)
    exact = pen.product("rate", above, rule.rate)
    if isinstance(rule.counts, Deficits) and rule.counts.aid_ceiling is not None:
        ceiling = pen.product("aid-ceiling", above, rule.counts.aid_ceiling)
        room = pen.difference("other-aid", ceiling, Quantity(allocation.other_aid))
        exact = pen.least("ceiling", exact, pen.greatest("not-below-zero", room, ZERO))
    return exact


def _item(rule: Rule, event: Event, pen: Pen) -> Quantity:
    """What the rule counts of one event, deductions taken off."""
    if isinstance(event, Performance):
        return pen.given("fee", event.fee or 0)
    if isinstance(event, Recouped | Loss):
        return pen.given(rule.base, event.minor)
    if isinstance(event, Result):
        result = pen.given("result", event.minor)
        if isinstance(rule.counts, Excesses):
            return result
        if isinstance(rule.counts, Deficits):
            result = pen.difference("deficit", ZERO, result)
        return pen.greatest("not-below-zero", result, ZERO)
    figure = {"gross": event.gross, "net": event.net, "profit": event.profit}[rule.base]
    item = pen.given(rule.base, figure or 0)
    for kind, deducted in _deducted(rule, event, pen):
        item = pen.difference("deduction", item, deducted, about=kind)
    return item


def _deducted(rule: Rule, event: Period, pen: Pen) -> Iterator[tuple[str, Quantity]]:
    """Each declared deduction, within its limit; one that is not allowed or not proven counts for nothing."""
    costs = rule.deductions
    allowed = {deduction.kind: deduction for deduction in costs}
    declared: dict[str, int] = {}
    for cost in event.deductions:
        line = allowed.get(cost.kind)
        if line is None:
            pen.given("deduction-unknown", cost.minor, about=cost.kind)
        elif line.evidence and not cost.evidence:
            pen.given("deduction-unproven", cost.minor, about=cost.kind)
        else:
            declared[cost.kind] = declared.get(cost.kind, 0) + cost.minor
    for kind, minor in declared.items():
        taken = pen.given("deduction-declared", minor, about=kind)
        match allowed[kind].limit:
            case FixedLimit(minor=most):
                taken = pen.least("deduction-within", taken, Quantity(most))
            case ShareOf(rate=rate):
                limit = pen.product("deduction-limit", Quantity(max(event.gross or 0, 0)), rate)
                taken = pen.least("deduction-within", taken, pen.whole_below("cent-below", limit))
        yield kind, taken


def _judged(
    rule: Rule, allocation: AllocationFacts, ordered: Iterable[tuple[int, Event]]
) -> Iterator[tuple[int, Event, str]]:
    """The events that the rule looks at, in order, each with the reason that leaves it out, if any."""
    last = None
    if rule.window_months is not None and allocation.premiere is not None:
        last = months_later(allocation.premiere, rule.window_months)
    dates = 0
    for position, event in ordered:
        if not read_by(rule, event):
            continue
        dates += 1
        yield position, event, _left_out(rule, allocation, event, dates, last)


def _left_out(rule: Rule, allocation: AllocationFacts, event: Event, dates: int, last: date | None) -> str:
    if rule.no_return_up_to is not None and (allocation.amount or 0) <= rule.no_return_up_to:
        return "no-return-up-to"
    counts = rule.counts
    if isinstance(counts, Fees) and isinstance(event, Performance):
        if dates <= counts.exclude_first_dates:
            return "first-dates"
        if counts.exclude_member_dates and event.member_date:
            return "member-date"
    if isinstance(counts, Fees | Periods) and isinstance(event, Performance | Period):
        if counts.only_triggered and not event.triggered:
            return "not-triggered"
        if counts.vesting_months is not None and not (event.vested and allocation.vested):
            return "not-vested"
    if last is not None and allocation.premiere is not None and not allocation.premiere <= event.date <= last:
        return "window"
    return ""


def read_by(rule: Rule, event: Event) -> bool:
    """Whether a rule looks at an event: one of its kind, and of periods those that declare its figure."""
    return isinstance(event, READS[rule.base]) and (
        not isinstance(event, Period) or getattr(event, rule.base) is not None
    )


READS: Mapping[str, type[Event]] = {
    "fee": Performance,
    "gross": Period,
    "net": Period,
    "profit": Period,
    "surplus": Result,
    "deficit": Result,
    "result-after-aid": Result,
    "recouped": Recouped,
    "loss": Loss,
}
"""The kind of event that each base is read from."""
