"""What a rule has made due on one project, given to those who receive or bear it, statement after statement.

The steps are those of `fund.charter.splits` and `fund.charter.bearing`, over columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from fund.charter.rules import FixedLimit, FundBears, MembersBear, ReserveBears, Rule
from fund.charter.splits import points_key, rest_key, turn_key
from fund.rehearsal.columns import Column, Flags, at_most, chosen, minus, not_below, only, plus, zeros
from fund.rehearsal.key_columns import Key, keys_differ
from fund.rehearsal.outcomes import Portion
from fund.rehearsal.rule_columns import RuleState
from fund.rehearsal.share_columns import followed, shares

KeyOf = Callable[[str], Key]
"""The key of this name as the statement finds the members."""


@dataclass(slots=True)
class Given:
    """What a statement gives under one rule: what each has so far, what is new, what nobody bears, what is carried."""

    shares: dict[Portion, Column]
    added: dict[Portion, Column]
    uncovered: Column
    carried: Column


@dataclass(slots=True)
class Division:
    """A running total divided by one key: what each holds under it, and what was shared under keys of the past."""

    name: str
    key: Key
    held: Column
    earlier: Column
    divided: Column

    @classmethod
    def of(cls, name: str, key: Key, paths: int) -> Division:
        """Nothing was divided yet."""
        return cls(name, key, np.zeros((len(key.portions), paths), np.int64), zeros(paths), zeros(paths))

    @property
    def out(self) -> Column:
        """All that went out of it, under this key and those of the past."""
        return plus(self.held.sum(axis=0), self.earlier)

    def find(self, key: Key) -> None:
        """The members as a statement finds them; under another key, what was shared stays with those who have it."""
        if key is self.key:
            return
        changed = keys_differ(self.key, key)
        self.key = key
        if changed.any():
            self.earlier = plus(self.earlier, only(self.held.sum(axis=0), changed))
            self.held, self.divided = only(self.held, ~changed), only(self.divided, ~changed)

    def divide(self, total: Column, waits: Flags, given: Given) -> tuple[Column, Column]:
        """Divide it, but where the statement waits; what was undivided or cut off, and what is carried."""
        due, has = minus(total, self.earlier), self.held.sum(axis=0)
        to_share = chosen(waits, has, not_below(due, has))
        looked_at = ~waits if self.key.limits is not None else ~waits & (to_share != has)
        before = self.held
        if self.key.limits is not None:
            lower = np.flatnonzero(~waits & (to_share < self.divided))
            to_share = followed(to_share, self.key.weights, before, lower)
        self.divided = chosen(waits, self.divided, to_share)
        self.held = shares(to_share, self.key.weights, before, np.flatnonzero(looked_at), key=self.name)
        if self.key.limits is not None:
            self.held = self._within(self.held)
        for (party, form), now, then in zip(self.key.portions, self.held, before, strict=True):
            given.shares[self.name, party, form] = now
            given.added[self.name, party, form] = now - then
        return only(minus(to_share, self.held.sum(axis=0)), ~waits), only(minus(to_share, due), ~waits)

    def _within(self, parts: Column) -> Column:
        rows = zip(parts, self.key.limits or (), strict=True)
        return np.array([row if limit is None else limit.cut(row) for row, limit in rows])


@dataclass(slots=True)
class Sharing:
    """A rule's sharing on one project: its lines by one key, the pot of points by another, and the rest."""

    rule: Rule
    lines: Division | None
    pot: Division | None
    rest: Column

    @classmethod
    def of(cls, rule: Rule, key_of: KeyOf, paths: int) -> Sharing:
        """Nothing was shared yet."""
        lines = Division.of(rule.name, key_of(rule.name), paths)
        if rule.floor_per_point is None:
            return cls(rule, lines, None, zeros(paths))
        pot = Division.of(points_key(rule), key_of(points_key(rule)), paths)
        return cls(rule, lines if lines.key.portions else None, pot, zeros(paths))

    @property
    def empty(self) -> Flags:
        """The paths in which a key that is needed has no figure."""
        return np.zeros(len(self.rest), np.bool_) if self.lines is None else self.lines.key.empty

    def find(self, key_of: KeyOf) -> None:
        """The members as a statement finds them."""
        for division in (self.lines, self.pot):
            if division is not None:
                division.find(key_of(division.name))

    def share(self, state: RuleState, _reserve: Column | None, waits: Flags) -> Given:
        """Share what the rule has made due, but where the statement waits."""
        given = Given({}, {}, zeros(len(waits)), zeros(len(waits)))
        left = state.due
        if self.pot is not None:
            pot, left = self._within_due(self.pot, state)
            self._divide(self.pot, pot, waits, given)
        if self.lines is not None:
            self._divide(self.lines, left, waits, given)
        if self.rule.rest_to is not None:
            portion: Portion = (rest_key(self.rule), self.rule.rest_to, "retained")
            before, self.rest = self.rest, chosen(waits, self.rest, state.rest)
            given.shares[portion], given.added[portion] = self.rest, minus(self.rest, before)
        return given

    def _within_due(self, pot: Division, state: RuleState) -> tuple[Column, Column]:
        """The pot of the points and the rest: nothing is taken back from either, and no more goes out than is due."""
        in_pot = np.maximum(state.pot, pot.out)
        outside = zeros(len(self.rest)) if self.lines is None else self.lines.out
        rest = np.maximum(minus(state.due, in_pot), outside)
        return np.minimum(in_pot, minus(state.due, rest)), rest

    def _divide(self, division: Division, total: Column, waits: Flags, given: Given) -> None:
        undivided, carried = division.divide(total, waits, given)
        given.uncovered, given.carried = plus(given.uncovered, undivided), plus(given.carried, carried)


@dataclass(slots=True)
class Turns:
    """A rule whose loss is borne in turn: the members by a key, the reserve and the fund alone."""

    rule: Rule
    members: Division | None
    alone: dict[str, Column] = field(default_factory=dict)

    @classmethod
    def of(cls, rule: Rule, key_of: KeyOf, paths: int) -> Turns:
        """Nothing was borne yet."""
        name = turn_key(rule, "members")
        bear = any(isinstance(bearer, MembersBear) for bearer in rule.bearers)
        alone = ("reserve", "fund")
        return cls(
            rule, Division.of(name, key_of(name), paths) if bear else None, {party: zeros(paths) for party in alone}
        )

    @property
    def empty(self) -> Flags:
        """Turns never wait: what a key without figures cannot divide is left to the next in turn."""
        return np.zeros_like(self.alone["fund"], np.bool_)

    def find(self, key_of: KeyOf) -> None:
        """The members as a statement finds them; the reserve and the fund have no key."""
        if self.members is not None:
            self.members.find(key_of(self.members.name))

    def share(self, state: RuleState, reserve: Column | None, waits: Flags) -> Given:
        """Take the loss down the turns, but where the statement waits."""
        given = Given({}, {}, zeros(len(waits)), zeros(len(waits)))
        left = state.due
        for bearer in self.rule.bearers:
            if isinstance(bearer, MembersBear) and self.members is not None:
                self.members.divide(not_below(left, 0), waits, given)
                left = minus(left, self.members.out)
            elif not isinstance(bearer, MembersBear):
                left = minus(left, self._bear(bearer, left, reserve, waits, given))
        given.uncovered = only(not_below(left, 0), ~waits)
        given.carried = only(not_below(-left, 0), ~waits)
        return given

    def _bear(
        self, bearer: ReserveBears | FundBears, left: Column, reserve: Column | None, waits: Flags, given: Given
    ) -> Column:
        """The reserve bears what it holds, the fund what is asked, both up to their limit; nothing is given back."""
        party: Literal["reserve", "fund"] = "reserve" if isinstance(bearer, ReserveBears) else "fund"
        taken, before = not_below(left, 0), self.alone[party]
        if isinstance(bearer, ReserveBears):
            taken = np.minimum(taken, zeros(len(waits)) if reserve is None else reserve)
        if isinstance(bearer.limit, FixedLimit):
            taken = at_most(taken, bearer.limit.minor)
        self.alone[party] = now = chosen(waits, before, np.maximum(taken, before))
        portion: Portion = (turn_key(self.rule, party), party, "loss")
        given.shares[portion], given.added[portion] = now, minus(now, before)
        return now
