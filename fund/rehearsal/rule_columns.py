"""A rule over columns: what it counts of each event, and what the running total makes due, in every path at once.

The steps are those of `fund.charter.returns` and `fund.charter.lifting`, one by one. A limit is the same in every path,
since what a project was granted is; only where a minimum per point has lifted points does a rank begin elsewhere
in each path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from fund.charter.facts import AllocationFacts, Performance, Period, RecipientFacts, Result
from fund.charter.returns import READS
from fund.charter.rules import Deficits, Excesses, Fees, FixedLimit, Limit, Periods, Rule, ShareOf
from fund.charter.spans import months_later
from fund.rehearsal.columns import (
    Column,
    Flags,
    Ratios,
    at_most,
    chosen,
    minus,
    not_below,
    only,
    plus,
    same,
    times,
    zeros,
)
from fund.rehearsal.histories import Happening


@dataclass(frozen=True, slots=True)
class Limits:
    """A rule's limits as numbers: the franchise, the most ever due, the least of each period for all points."""

    franchise: Fraction
    cap: int | None
    floor: Fraction | None
    points_share: Fraction


def limits_of(rule: Rule, allocation: AllocationFacts, recipients: Mapping[str, RecipientFacts]) -> Limits:
    """The limits of a rule for what this project was granted."""
    franchise = Fraction() if rule.franchise is None else _limit(rule.franchise, allocation)
    floor: Fraction | None = None
    share = Fraction(1)
    if rule.floor_per_point is not None:
        floor = Fraction(rule.floor_per_point) * sum((each.points or 0 for each in recipients.values()), Fraction())
        share = rule.points_share
    if rule.cap is None:
        return Limits(franchise, None, floor, share)
    cap = _limit(rule.cap.limit, allocation)
    if rule.cap.of is not None:
        cap /= sum((split.share for split in rule.splits if split.to == rule.cap.of), Fraction())
    return Limits(franchise, cap.numerator // cap.denominator, floor, share)


def _limit(limit: Limit, allocation: AllocationFacts) -> Fraction:
    if isinstance(limit, FixedLimit):
        return Fraction(limit.minor)
    return limit.rate * (allocation.other_aid if limit.of == "other_aid" else allocation.amount or 0)


@dataclass(slots=True)
class RuleState:
    """A rule on one project: what it has counted so far, and what that makes due; its rank begins at `start`."""

    rule: Rule
    limits: Limits
    allocation: AllocationFacts
    paths: int
    start: Column | int = 0
    met: Flags = field(init=False)
    dates: Column = field(init=False)
    counted: Column = field(init=False)
    results: Column = field(init=False)
    left_out: Column = field(init=False)
    due: Column = field(init=False)
    rounded_items: Column = field(init=False)
    exact: Ratios = field(init=False)
    lift: Ratios = field(init=False)

    def __post_init__(self) -> None:
        nothing = zeros(self.paths)
        self.met = np.zeros(self.paths, np.bool_)
        self.dates = self.counted = self.results = self.left_out = self.due = self.rounded_items = nothing
        self.exact = self.lift = Ratios(nothing)

    def reads(self, happening: Happening) -> bool:
        """Whether the rule looks at an event: one of its kind, and of periods those that declare its figure."""
        return happening.kind is READS[self.rule.base] and (
            happening.kind is not Period or self.rule.base in happening.figures
        )

    def take(self, happenings: Iterable[Happening]) -> None:
        """Count these events, which come after all that were counted, and work out the due of the total."""
        step_by_step = self.rule.rounding == "per-item" or self.limits.floor is not None
        for happening in filter(self.reads, happenings):
            self.met = self.met | happening.present
            self.dates = self.dates + happening.present
            item, counts = _item(self.rule, happening), self._counts(happening)
            is_open = self._above().above >= 0 if self.limits.floor is not None else counts
            self._count(item, counts)
            if self.rule.rest_to is not None:
                self.left_out = plus(self.left_out, only(item, happening.present & ~counts))
            if step_by_step:
                self._make_due(counts, is_open)
        if not step_by_step:
            self.due = self._capped(self._exact().nearest())

    @property
    def pot(self) -> Column:
        """What of the due is the points': their share, and what lifts it to their minimum."""
        share = self.limits.points_share
        return Ratios(self.due).times(share).plus(self.lift.times(1 - share)).nearest()

    @property
    def rest(self) -> Column:
        """What came in and is not due."""
        return not_below(minus(plus(self.counted, self.left_out), self.due), 0)

    def next_start(self, known: Column | int) -> Column | int:
        """Where the next rank begins to count: at the cent that fills the last rule of this rank."""
        cap = self.limits.cap
        if cap is None:
            return known
        if self.limits.floor is None and isinstance(self.start, int) and isinstance(known, int):
            end = self.start + self.limits.franchise + self._filled_by(cap)
            return max(-(-end.numerator // end.denominator), known)
        caps = Ratios(same(cap, self.paths))
        if self.rule.cap is not None and self.rule.cap.of is not None:
            caps = caps.plus(self.lift)
        filled = caps.times(1 / self.rule.rate).minus(-self.limits.franchise)
        return not_below(plus(filled.whole_above(), self.start), known)

    def _filled_by(self, cap: int) -> Fraction:
        """What it takes to reach a cap; under a ceiling of all aid, also what leaves room for it."""
        taken = cap / self.rule.rate
        ceiling = self.rule.counts.aid_ceiling if isinstance(self.rule.counts, Deficits) else None
        return taken if ceiling is None or not cap else max(taken, (cap + self.allocation.other_aid) / ceiling)

    def _count(self, item: Column, counts: Flags) -> None:
        if isinstance(self.rule.counts, Excesses):
            # Aid is paid once, whatever the number of results.
            self.results = plus(self.results, only(item, counts))
            above = not_below(plus(self.results, self.allocation.other_aid), 0)
            self.counted = chosen(counts, above, self.counted)
        else:
            self.counted = plus(self.counted, only(item, counts))

    def _make_due(self, counts: Flags, is_open: Flags) -> None:
        """What one event adds, where it counts."""
        before, self.exact = self.exact, self._exact()
        item = self.exact.less(before).only(counts)
        if self.limits.floor is not None and self.limits.points_share != 1:
            self._take_lift(item, self.limits.floor, counts & is_open)
        if self.rule.rounding == "cumulative":
            due = self.exact.nearest()
        else:
            self.rounded_items = plus(self.rounded_items, item.nearest())
            due = not_below(self.rounded_items, 0)
        self.due = chosen(counts, self._capped(due), self.due)

    def _take_lift(self, item: Ratios, floor: Fraction, takes: Flags) -> None:
        """Lift what one period makes due, but not the period that fills the cap, which two ranks share."""
        takes = takes & (item.above > 0)
        cap = self._cap()
        if cap is not None:
            room = minus(-self.due, -cap)
            takes = takes & (item.less(Ratios(room)).above < 0)
        least = item.least(Ratios(same(floor.numerator, self.paths), floor.denominator))
        short = least.less(item.times(self.limits.points_share)).not_below_zero()
        self.lift = self.lift.plus(short.times(1 / (1 - self.limits.points_share)).only(takes))

    def _cap(self) -> Column | int | None:
        """The most that is due by now: where the cap measures one party, what lifts the points comes on top of it."""
        cap = self.limits.cap
        if cap is None or self.limits.floor is None or self.rule.cap is None or self.rule.cap.of is None:
            return cap
        return plus(self.lift.nearest(), cap)

    def _capped(self, due: Column) -> Column:
        cap = self._cap()
        return due if cap is None else at_most(due, cap)

    def _above(self) -> Ratios:
        """What was counted above the start of the rank and the franchise."""
        return Ratios(minus(self.counted, self.start)).minus(self.limits.franchise)

    def _exact(self) -> Ratios:
        """The due of the running total before rounding and cap."""
        above = self._above().not_below_zero()
        exact = above.times(self.rule.rate)
        if isinstance(self.rule.counts, Deficits) and self.rule.counts.aid_ceiling is not None:
            room = above.times(self.rule.counts.aid_ceiling).minus(Fraction(self.allocation.other_aid))
            exact = exact.least(room.not_below_zero())
        return exact

    def _counts(self, happening: Happening) -> Flags:
        """In which paths the event is there and nothing leaves it out."""
        rule, allocation, counts = self.rule, self.allocation, happening.present
        nowhere = np.zeros_like(counts)
        if rule.no_return_up_to is not None and (allocation.amount or 0) <= rule.no_return_up_to:
            return nowhere
        if rule.window_months is not None and allocation.premiere is not None:
            last = months_later(allocation.premiere, rule.window_months)
            if not allocation.premiere <= happening.date <= last:
                return nowhere
        slots, flags = rule.counts, happening.flags
        if isinstance(slots, Fees):
            if slots.exclude_first_dates:
                counts = counts & (self.dates > slots.exclude_first_dates)
            if slots.exclude_member_dates and "member_date" in flags:
                counts = counts & ~flags["member_date"]
        if isinstance(slots, Fees | Periods):
            if slots.only_triggered and "triggered" in flags:
                counts = counts & flags["triggered"]
            if slots.vesting_months is not None:
                if not allocation.vested:
                    return nowhere
                if "vested" in flags:
                    counts = counts & flags["vested"]
        return counts


def _item(rule: Rule, happening: Happening) -> Column:
    """What the rule counts of one event, deductions taken off."""
    figures = happening.figures
    if happening.kind is Performance:
        return figures["fee"]
    if happening.kind is Period:
        item = figures[rule.base]
        for deducted in _deducted(rule, happening):
            item = minus(item, deducted)
        return item
    if happening.kind is not Result or isinstance(rule.counts, Excesses):
        return figures["minor"]
    return not_below(-figures["minor"] if isinstance(rule.counts, Deficits) else figures["minor"], 0)


def _deducted(rule: Rule, period: Happening) -> Iterable[Column]:
    """Each declared cost within its limit; one that is not allowed or not proven counts for nothing."""
    allowed = {line.kind: line for line in rule.deductions}
    declared: dict[str, Column] = {}
    for cost in period.deductions:
        line = allowed.get(cost.kind)
        if line is not None and (cost.evidence or not line.evidence):
            already = declared.get(cost.kind)
            declared[cost.kind] = cost.minor if already is None else plus(already, cost.minor)
    for kind, taken in declared.items():
        limit = allowed[kind].limit
        if isinstance(limit, FixedLimit):
            yield at_most(taken, limit.minor)
        elif isinstance(limit, ShareOf):
            gross = not_below(period.figures["gross"], 0) if "gross" in period.figures else zeros(len(taken))
            yield np.minimum(taken, Ratios(times(gross, limit.rate.numerator), limit.rate.denominator).whole_below())
        else:
            yield taken
