"""A rule over columns: what it counts of each event, and what the running total makes due, in every path at once.

The steps are those of `fund.charter.returns`, one by one; limits are the same in every path, since what a
project was granted is, so they are worked out once with exact fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from fund.charter.facts import AllocationFacts, Performance, Period, Result
from fund.charter.grammar import Charter, FixedLimit, Limit, Rule, ShareOf
from fund.charter.returns import READS, months_later
from fund.rehearsal.columns import Column, Flags, Ratios, at_most, minus, not_below, only, plus, times, zeros
from fund.rehearsal.histories import Happening


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a rule's count begins, and the most that it may ever make due."""

    start: Fraction
    cap: int | None


def limits_of(charter: Charter, allocation: AllocationFacts) -> dict[str, Limits]:
    """The limits of each rule by name, rank after rank."""
    limits: dict[str, Limits] = {}
    starts: dict[tuple[str, int], int] = {}
    for rule in sorted(charter.rules, key=lambda rule: rule.rank):
        start = Fraction(starts.get((rule.base, rule.rank), 0))
        if rule.franchise is not None:
            start += _limit(rule.franchise, allocation)
        cap = _cap(rule, allocation)
        limits[rule.name] = Limits(start, cap)
        if cap is not None:
            end = start + cap / rule.rate
            later = (rule.base, rule.rank + 1)
            starts[later] = max(-(-end.numerator // end.denominator), starts.get(later, 0))
    return limits


def _cap(rule: Rule, allocation: AllocationFacts) -> int | None:
    if rule.cap is None:
        return None
    cap = _limit(rule.cap, allocation)
    if rule.cap_counts is not None:
        cap /= sum((split.share for split in rule.splits if split.to == rule.cap_counts), Fraction())
    return cap.numerator // cap.denominator


def _limit(limit: Limit, allocation: AllocationFacts) -> Fraction:
    if isinstance(limit, FixedLimit):
        return Fraction(limit.minor)
    return limit.rate * (allocation.other_aid if limit.of == "other_aid" else allocation.amount or 0)


@dataclass(slots=True)
class RuleState:
    """A rule on one project: what it has counted and left out so far, and what that makes due."""

    rule: Rule
    limits: Limits
    allocation: AllocationFacts
    dates: Column
    counted: Column
    left_out: Column
    due: Column
    exact: Ratios

    @classmethod
    def fresh(cls, rule: Rule, limits: Limits, allocation: AllocationFacts, paths: int) -> RuleState:
        """Nothing has happened yet."""
        nothing = zeros(paths)
        return cls(rule, limits, allocation, nothing, nothing, nothing, nothing, Ratios(nothing))

    def reads(self, happening: Happening) -> bool:
        """Whether the rule looks at events of this kind."""
        return happening.kind is READS[self.rule.base]

    def take(self, happenings: Iterable[Happening]) -> None:
        """Count these events, which come after all that were counted, and work out the due of the total."""
        for happening in filter(self.reads, happenings):
            item = _item(self.rule, self.allocation, happening)
            self.dates = self.dates + happening.present
            counts = self._counts(happening)
            self.counted = plus(self.counted, only(item, counts))
            if self.rule.rest_to is not None:
                self.left_out = plus(self.left_out, only(item, happening.present & ~counts))
            if self.rule.rounding == "per-item":
                self._round_item()
        if self.rule.rounding == "cumulative":
            self.due = self._capped(self._exact().nearest())

    @property
    def rest(self) -> Column:
        """What came in and is not due."""
        return not_below(minus(plus(self.counted, self.left_out), self.due), 0)

    def _round_item(self) -> None:
        before, self.exact = self.exact, self._exact()
        added = self.exact.less(before).nearest()
        self.due = self._capped(not_below(plus(self.due, added), 0))

    def _capped(self, due: Column) -> Column:
        return due if self.limits.cap is None else at_most(due, self.limits.cap)

    def _exact(self) -> Ratios:
        """The due of the running total before rounding and cap."""
        above = Ratios(self.counted).minus(self.limits.start).not_below_zero()
        exact = above.times(self.rule.rate)
        if self.rule.aid_ceiling is not None:
            room = above.times(self.rule.aid_ceiling).minus(Fraction(self.allocation.other_aid))
            exact = exact.least(room.not_below_zero())
        return exact

    def _counts(self, happening: Happening) -> Flags:
        """In which paths the event is there and nothing leaves it out."""
        rule, allocation, counts = self.rule, self.allocation, happening.present
        if rule.no_return_up_to is not None and (allocation.amount or 0) <= rule.no_return_up_to:
            return np.zeros_like(counts)
        if rule.window_months is not None and allocation.premiere is not None:
            last = months_later(allocation.premiere, rule.window_months)
            if not allocation.premiere <= happening.date <= last:
                return np.zeros_like(counts)
        if rule.exclude_first_dates:
            counts = counts & (self.dates > rule.exclude_first_dates)
        flags = happening.flags
        if rule.exclude_member_dates and happening.kind is Performance and "member_date" in flags:
            counts = counts & ~flags["member_date"]
        if happening.kind is Performance or happening.kind is Period:
            if rule.only_triggered and "triggered" in flags:
                counts = counts & flags["triggered"]
            if rule.vesting_months is not None:
                if not allocation.vested:
                    return np.zeros_like(counts)
                if "vested" in flags:
                    counts = counts & flags["vested"]
        return counts


def _item(rule: Rule, allocation: AllocationFacts, happening: Happening) -> Column:
    """What the rule counts of one event, deductions taken off."""
    figures = happening.figures
    if happening.kind is Performance:
        return figures["fee"]
    if happening.kind is Period:
        item = figures[rule.base]
        for deducted in _deducted(rule, happening):
            item = minus(item, deducted)
        return item
    if happening.kind is not Result:
        return figures["minor"]
    result = figures["minor"]
    if rule.base == "deficit":
        result = -result
    elif rule.base == "result-after-aid":
        result = plus(result, allocation.other_aid)
    return not_below(result, 0)


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


def in_time(happenings: Iterable[tuple[int, Happening]]) -> list[tuple[int, Happening]]:
    """Events with their places, in the engine's order: by date, then reference, then place."""
    return sorted(happenings, key=lambda placed: (placed[1].date, placed[1].reference, placed[0]))


def states(
    rules: Iterable[Rule], limits: Mapping[str, Limits], allocation: AllocationFacts, paths: int
) -> dict[str, RuleState]:
    """A fresh state for each rule."""
    return {rule.name: RuleState.fresh(rule, limits[rule.name], allocation, paths) for rule in rules}
