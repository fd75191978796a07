"""The charter's engine over columns: every path of a project's statements at once, the same amounts as `run`.

`run` is called statement after statement, with what earlier statements shared; this does the same for thousands
of paths together. Members' figures that change from one statement to the next begin a new key in the paths
where they change: what was shared is deducted, and only the new amount is shared under the new key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from fund.charter.grammar import Charter, Rule
from fund.rehearsal.columns import Column, Flags, chosen, minus, not_below, plus, zeros
from fund.rehearsal.histories import Happening, History, Members
from fund.rehearsal.key_columns import Key, key_of, keys_differ
from fund.rehearsal.outcomes import Portion, StatementOutcome
from fund.rehearsal.rule_columns import RuleState, in_time, limits_of, states
from fund.rehearsal.share_columns import shares


@dataclass(slots=True)
class Sharing:
    """A rule's sharing on one project: its key, what each has under it, and what was shared under earlier keys."""

    rule: Rule
    key: Key
    held: Column
    earlier: Column
    rest: Column
    met: Flags
    """The paths in which an event that the rule reads has happened."""

    def change_key(self, key: Key, changed: Flags) -> None:
        """Go over to a new key in these paths; what was shared so far stays with those who have it."""
        self.key = key
        self.earlier = plus(self.earlier, np.where(changed, self.held.sum(axis=0), 0))
        self.held = np.where(changed, 0, self.held)


@dataclass(slots=True)
class ColumnEngine:
    """One charter; keys are worked out once for all the statements that find the members alike."""

    charter: Charter
    keys: dict[tuple[int, str], Key] = field(default_factory=dict)
    _kept: list[Members] = field(default_factory=list)

    def outcomes(self, history: History) -> Iterator[StatementOutcome]:
        """What each statement gives, in order."""
        rules, paths = self.charter.rules, history.paths
        limits = limits_of(self.charter, history.allocation)
        counting = states(rules, limits, history.allocation, paths)
        sharings: dict[str, Sharing] = {}
        members: Members | None = None
        so_far: list[tuple[int, Happening]] = []
        due = {rule.name: zeros(paths) for rule in rules}
        for statement in history.statements:
            changed = keys_differ(members, statement.members, paths)
            members = statement.members
            for rule in rules:
                key = self._key(rule, members, history)
                if rule.name not in sharings:
                    nothing = np.zeros((len(key.portions), paths), np.int64)
                    sharings[rule.name] = Sharing(
                        rule, key, nothing, zeros(paths), zeros(paths), np.zeros(paths, np.bool_)
                    )
                elif changed.any():
                    sharings[rule.name].change_key(key, changed)
            new = in_time(enumerate(statement.happenings, start=len(so_far)))
            if so_far and new and _place(new[0]) < _place(so_far[-1]):
                # An event declared late takes its place among the earlier ones, so all are counted anew.
                counting = states(rules, limits, history.allocation, paths)
                so_far = in_time(so_far + new)
                new = so_far
            else:
                so_far += new
            events = [happening for _, happening in new]
            for state in counting.values():
                state.take(events)
            outcome = _shared(counting, sharings, events, due, paths)
            due = dict(outcome.due)
            yield outcome

    def _key(self, rule: Rule, members: Members, history: History) -> Key:
        place = (id(members), rule.name)
        if place not in self.keys:
            self._kept.append(members)  # an id names an object only while it lives
            self.keys[place] = key_of(rule, members, history.recipients, history.paths)
        return self.keys[place]


def _place(placed: tuple[int, Happening]) -> tuple[object, ...]:
    at, happening = placed
    return happening.date, happening.reference, at


def _shared(
    counting: dict[str, RuleState],
    sharings: dict[str, Sharing],
    events: list[Happening],
    before: dict[str, Column],
    paths: int,
) -> StatementOutcome:
    """Share what every rule has made due, but in the paths where some key that is needed has no figure."""
    waits = np.zeros(paths, np.bool_)
    for name, state in counting.items():
        sharing = sharings[name]
        for happening in filter(state.reads, events):
            sharing.met = sharing.met | happening.present
        waits |= sharing.met & sharing.key.empty
    given = StatementOutcome(
        due={name: chosen(waits, before[name], state.due) for name, state in counting.items()},
        shares={},
        added={},
        uncovered=zeros(paths),
        carried={},
        waits=waits,
    )
    shared: dict[Portion, Column] = {}
    added: dict[Portion, Column] = {}
    uncovered = given.uncovered
    carried: dict[str, Column] = {}
    for name, state in counting.items():
        sharing, held = sharings[name], sharings[name].held
        due, has = minus(state.due, sharing.earlier), held.sum(axis=0)
        total = chosen(waits, has, not_below(due, has))
        sharing.held = shares(total, sharing.key.weights, held, key=name)
        uncovered = plus(uncovered, minus(total, sharing.held.sum(axis=0)))
        carried[name] = chosen(waits, zeros(paths), minus(total, due))
        for (party, form), now, then in zip(sharing.key.portions, sharing.held, held, strict=True):
            shared[name, party, form] = now
            added[name, party, form] = now - then
        if state.rule.rest_to is not None:
            rest = chosen(waits, sharing.rest, state.rest)
            shared[f"{name}/rest", state.rule.rest_to, "retained"] = rest
            added[f"{name}/rest", state.rule.rest_to, "retained"] = minus(rest, sharing.rest)
            sharing.rest = rest
    return StatementOutcome(given.due, shared, added, uncovered, carried, waits)
