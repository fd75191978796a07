"""The ordered rules: what each event makes due, from its base down to the rounded amount.

A rule looks at the running total of what it counts, so an amount never depends on how the year was cut
into statements: what an event adds is the due of the total with it, less the due of the total before.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from fund.charter.facts import AllocationFacts, Event, Facts, Loss, Performance, Period, Recouped, Result, in_order
from fund.charter.grammar import Charter, FixedLimit, Limit, Rule, ShareOf
from fund.charter.trace import Quantity, Recorder, Step

ZERO = Quantity(0)


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
    """All that a rule counted and all that it made due; `left_out` is what it did not count."""

    rule: Rule
    counted: Quantity
    due: Quantity
    left_out: Quantity


def dues(charter: Charter, facts: Facts, steps: Recorder) -> tuple[list[Due], list[RuleTotal]]:
    """Apply every rule to every event, in the order of ranks; the facts must be complete."""
    ordered = in_order(facts.events)
    all_due: list[Due] = []
    totals: list[RuleTotal] = []
    starts: dict[tuple[str, int], Quantity] = {}
    for rule in sorted(charter.rules, key=lambda rule: rule.rank):
        limits = _Limits.of(rule, facts.allocation, steps, starts.get((rule.base, rule.rank), ZERO))
        starts[rule.base, rule.rank + 1] = limits.later_start(rule, steps, starts.get((rule.base, rule.rank + 1), ZERO))
        rule_dues, total = _rule_dues(rule, facts.allocation, ordered, limits, steps)
        all_due += rule_dues
        totals.append(total)
    return all_due, totals


@dataclass(frozen=True, slots=True)
class _Limits:
    """A rule's limits as numbers: where its count begins, and the most it may ever make due."""

    start: Quantity
    cap: Quantity | None

    @classmethod
    def of(cls, rule: Rule, allocation: AllocationFacts, steps: Recorder, start: Quantity) -> _Limits:
        article = article_of(rule)
        if rule.franchise is not None:
            franchise = _limit(rule.franchise, allocation, steps, article, "franchise-limit")
            start = steps.apply("sum", article, "start", start, franchise) if start.value else franchise
        cap = None
        if rule.cap is not None:
            cap = _limit(rule.cap, allocation, steps, article, "cap-limit")
            if rule.cap_counts is not None:
                share = sum((split.share for split in rule.splits if split.to == rule.cap_counts), Fraction())
                cap = steps.apply("quotient", article, "recoupment", cap, Quantity(share), about=rule.cap_counts)
            cap = steps.apply("whole-below", article, "cent-below", cap)
        return cls(start, cap)

    def later_start(self, rule: Rule, steps: Recorder, known: Quantity) -> Quantity:
        """Where the next rank begins to count: at the cent that fills the last rule of this rank."""
        if self.cap is None:
            return known
        article = article_of(rule)
        taken = steps.apply("quotient", article, "filled-by", self.cap, Quantity(rule.rate))
        filled = steps.apply("whole-above", article, "cent-above", taken)
        end = steps.apply("sum", article, "filled-at", self.start, filled)
        return steps.apply("greatest", article, "next-rank", end, known) if known.value else end


def article_of(rule: Rule) -> str:
    """The article's identifier in traces: `returns.droit-de-suite`."""
    return f"{rule.section}.{rule.name}"


def _rule_dues(
    rule: Rule, allocation: AllocationFacts, ordered: list[tuple[int, Event]], limits: _Limits, steps: Recorder
) -> tuple[list[Due], RuleTotal]:
    article = article_of(rule)
    counted, due, left_out, exact = ZERO, ZERO, ZERO, ZERO
    dues: list[Due] = []
    for position, event, reason in _judged(rule, allocation, ordered):
        first = len(steps.steps)
        item = _item(rule, allocation, position, event, steps)
        if reason:
            left_out = steps.apply("sum", article, "left-out", left_out, item, event=position, about=reason)
            continue
        counted = steps.apply("sum", article, "counted", counted, item, event=position)
        before, before_exact = due, exact
        exact = _exact(rule, allocation, counted, limits.start, steps, position)
        if rule.rounding == "per-item":
            added = steps.apply("difference", article, "item", exact, before_exact, event=position)
            due = steps.apply(
                "sum", article, "rounding", before, steps.apply("nearest", article, "rounding", added, event=position)
            )
            due = steps.apply("greatest", article, "not-below-zero", due, ZERO, event=position)
        else:
            due = steps.apply("nearest", article, "rounding", exact, event=position)
        if limits.cap is not None:
            due = steps.apply("least", article, "cap", due, limits.cap, event=position)
        amount = steps.apply("difference", article, "due", due, before, event=position)
        dues.append(Due(position, rule.name, int(item.value), int(amount.value), tuple(steps.steps[first:])))
    return dues, RuleTotal(rule, counted, due, left_out)


def _exact(
    rule: Rule, allocation: AllocationFacts, counted: Quantity, start: Quantity, steps: Recorder, position: int
) -> Quantity:
    """The due of a running total before rounding and cap."""
    article = article_of(rule)
    above = counted
    if start.value:
        above = steps.apply("difference", article, "franchise", counted, start, event=position)
    if above.value < 0:
        above = steps.apply("greatest", article, "not-below-zero", above, ZERO, event=position)
    exact = steps.apply("product", article, "rate", above, Quantity(rule.rate), event=position)
    if rule.aid_ceiling is not None:
        ceiling = steps.apply("product", article, "aid-ceiling", above, Quantity(rule.aid_ceiling), event=position)
        room = steps.apply("difference", article, "other-aid", ceiling, Quantity(allocation.other_aid), event=position)
        room = steps.apply("greatest", article, "not-below-zero", room, ZERO, event=position)
        exact = steps.apply("least", article, "ceiling", exact, room, event=position)
    return exact


def _item(rule: Rule, allocation: AllocationFacts, position: int, event: Event, steps: Recorder) -> Quantity:
    """What the rule counts of one event, deductions taken off."""
    article = article_of(rule)
    if isinstance(event, Performance):
        return steps.given(article, "fee", event.fee or 0, event=position)
    if isinstance(event, Recouped | Loss):
        return steps.given(article, rule.base, event.minor, event=position)
    if isinstance(event, Result):
        result = steps.given(article, "result", event.minor, event=position)
        if rule.base == "deficit":
            result = steps.apply("difference", article, "deficit", ZERO, result, event=position)
        elif rule.base == "result-after-aid":
            result = steps.apply("sum", article, "with-aid", result, Quantity(allocation.other_aid), event=position)
        return steps.apply("greatest", article, "not-below-zero", result, ZERO, event=position)
    figure = {"gross": event.gross, "net": event.net, "profit": event.profit}[rule.base]
    item = steps.given(article, rule.base, figure or 0, event=position)
    for kind, deducted in _deducted(rule, event, position, steps):
        item = steps.apply("difference", article, "deduction", item, deducted, event=position, about=kind)
    return item


def _deducted(rule: Rule, event: Period, position: int, steps: Recorder) -> Iterator[tuple[str, Quantity]]:
    """Each declared deduction, within its limit; one that is not allowed or not proven counts for nothing."""
    article = article_of(rule)
    allowed = {deduction.kind: deduction for deduction in rule.deductions}
    declared: dict[str, int] = {}
    for cost in event.deductions:
        line = allowed.get(cost.kind)
        if line is None:
            steps.given(article, "deduction-unknown", cost.minor, event=position, about=cost.kind)
        elif line.evidence and not cost.evidence:
            steps.given(article, "deduction-unproven", cost.minor, event=position, about=cost.kind)
        else:
            declared[cost.kind] = declared.get(cost.kind, 0) + cost.minor
    for kind, minor in declared.items():
        taken = steps.given(article, "deduction-declared", minor, event=position, about=kind)
        match allowed[kind].limit:
            case FixedLimit(minor=minor):
                taken = steps.apply("least", article, "deduction-within", taken, Quantity(minor), event=position)
            case ShareOf(rate=rate):
                gross = Quantity(max(event.gross or 0, 0))
                most = steps.apply("product", article, "deduction-limit", gross, Quantity(rate), event=position)
                most = steps.apply("whole-below", article, "cent-below", most, event=position)
                taken = steps.apply("least", article, "deduction-within", taken, most, event=position)
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
        if not isinstance(event, READS[rule.base]):
            continue
        dates += 1
        yield position, event, _left_out(rule, allocation, event, dates, last)


def _left_out(rule: Rule, allocation: AllocationFacts, event: Event, dates: int, last: date | None) -> str:
    if rule.no_return_up_to is not None and (allocation.amount or 0) <= rule.no_return_up_to:
        return "no-return-up-to"
    if dates <= rule.exclude_first_dates:
        return "first-dates"
    if rule.exclude_member_dates and isinstance(event, Performance) and event.member_date:
        return "member-date"
    if isinstance(event, Performance | Period):
        if rule.only_triggered and not event.triggered:
            return "not-triggered"
        if rule.vesting_months is not None and not (event.vested and allocation.vested):
            return "not-vested"
    if last is not None and allocation.premiere is not None and not allocation.premiere <= event.date <= last:
        return "window"
    return ""


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


def _limit(limit: Limit, allocation: AllocationFacts, steps: Recorder, article: str, kind: str) -> Quantity:
    if isinstance(limit, FixedLimit):
        return Quantity(limit.minor)
    figure = allocation.other_aid if limit.of == "other_aid" else allocation.amount or 0
    of = steps.given(article, limit.of, figure)
    return steps.apply("product", article, kind, of, Quantity(limit.rate))


def months_later(day: date, months: int) -> date:
    """The same day of the month, `months` later; the month's last day when it has no such day.

    >>> months_later(date(2026, 1, 31), 1), months_later(date(2026, 1, 15), 48)
    (datetime.date(2026, 2, 28), datetime.date(2030, 1, 15))
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
