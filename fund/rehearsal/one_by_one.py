"""The slow and obvious way: `fund.charter.outcomes.run`, path after path, statement after statement.

It gives what `ColumnEngine` gives. The tests hold the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal, TypeAlias

import numpy as np

from fund.charter.facts import Event, Facts
from fund.charter.faults import FactsMissing
from fund.charter.grammar import Charter
from fund.charter.outcomes import Outcome, run, shared_by_key
from fund.charter.rules import Bearing, FormWord, MembersBear, ReserveBears, Rule
from fund.charter.splits import Share, figure_of, parties, points_key, portions, rest_key, turn_key
from fund.charter.trace import weights_of
from fund.rehearsal.columns import column
from fund.rehearsal.histories import History, Statement, facts_of
from fund.rehearsal.outcomes import Portion, StatementOutcome

KeyFigures: TypeAlias = tuple[dict[str, Fraction], frozenset[str]]
"""The proportions of a key, and who bears nothing under it."""


@dataclass(slots=True)
class _Path:
    """One path after some statements."""

    events: tuple[Event, ...] = ()
    keys: dict[str, KeyFigures] = field(default_factory=dict)
    due: dict[str, int] = field(default_factory=dict)
    received: tuple[Share, ...] = ()
    earlier: dict[str, int] = field(default_factory=dict)
    added: dict[Portion, int] = field(default_factory=dict)
    uncovered: int = 0
    carried: dict[str, int] = field(default_factory=dict)
    waits: bool = False

    def take(self, charter: Charter, facts: Facts) -> None:
        """One statement: all the events so far, and what the earlier statements shared."""
        self._find(charter, facts)
        self.added, self.uncovered, self.carried, self.waits = {}, 0, {}, False
        try:
            outcome = run(charter, facts, received=self.received, shared_before=self.earlier)
        except FactsMissing as refusal:
            if any(fault.code != "key-empty" for fault in refusal.faults):
                raise
            self.waits = True
        else:
            self._keep(outcome)

    def _find(self, charter: Charter, facts: Facts) -> None:
        """Where a key is not what the statement before found, what was shared under it is deducted from now on."""
        for rule in charter.rules:
            name, key = (
                (turn_key(rule, "members"), _turn_key(rule, facts)) if rule.bearers else (rule.name, _key(rule, facts))
            )
            if self.keys.get(name, key) != key:
                shared = shared_by_key(share for share in self.received if share.key == name)
                self.earlier[name] = self.earlier.get(name, 0) + shared.get(name, 0)
                self.received = tuple(share for share in self.received if share.key != name)
            self.keys[name] = key

    def _keep(self, outcome: Outcome) -> None:
        held = {(s.key, s.party, s.form): s.minor for s in self.received}
        self.added = {(s.key, s.party, s.form): s.minor - held.get((s.key, s.party, s.form), 0) for s in outcome.shares}
        self.due = {}
        for item in outcome.due:
            self.due[item.rule] = self.due.get(item.rule, 0) + item.minor
        self.received, self.uncovered, self.carried = outcome.shares, outcome.uncovered, dict(outcome.carried)


def _key(rule: Rule, facts: Facts) -> KeyFigures:
    """The key of a rule's lines: each claim its line's share × its figure ÷ all figures of the line.

    A pot of points is apart, and its key never changes.
    """
    lines = rule.splits if rule.floor_per_point is None else rule.other_lines
    found = portions(replace(rule, splits=lines), facts, {})
    alone = any(isinstance(split.form, Bearing) and not split.form.joint for split in rule.splits)
    named = {portion.party for portion in found if portion.form == "loss"}
    return _proportions(weights_of(found)), _absent(facts, named) if alone else frozenset()


def _turn_key(rule: Rule, facts: Facts) -> KeyFigures:
    """The key of the members' turn in bearing."""
    for bearer in rule.bearers:
        if isinstance(bearer, MembersBear):
            figures = {
                name: Fraction(0 if bearer.joint and member.defaulted else figure_of(member, bearer.key))
                for name, member in facts.members.items()
            }
            named = {f"member:{name}" for name in facts.members}
            return _proportions(figures), frozenset() if bearer.joint else _absent(facts, named)
    return {}, frozenset()


def _proportions(weights: dict[str, Fraction]) -> dict[str, Fraction]:
    whole = sum(weights.values())
    return {name: weight / whole if whole else weight for name, weight in weights.items()}


def _absent(facts: Facts, named: set[str]) -> frozenset[str]:
    return frozenset(f"member:{name}" for name, member in facts.members.items() if member.defaulted) & named


@dataclass(frozen=True, slots=True)
class OneByOne:
    """One charter, applied path by path."""

    charter: Charter

    def outcomes(self, history: History) -> Iterator[StatementOutcome]:
        """What each statement gives, in order; a statement is read only when its turn comes."""
        paths = [_Path() for _ in range(history.paths)]
        for statement in history.statements:
            for number, path in enumerate(paths):
                new = (each for each in statement.happenings if each.present[number])
                path.events += tuple(happening.event_of(number) for happening in new)
                path.take(self.charter, facts_of(history, statement, number, path.events))
            yield self._outcome(paths, history, statement)

    def _outcome(self, paths: list[_Path], history: History, statement: Statement) -> StatementOutcome:
        facts = Facts(statement.members.facts, history.recipients)
        named = [portion for rule in self.charter.rules for portion in sorted(_portions(rule, facts))]
        held = [{(s.key, s.party, s.form): s.minor for s in path.received} for path in paths]
        names = [rule.name for rule in self.charter.rules]
        return StatementOutcome(
            due={name: column(path.due.get(name, 0) for path in paths) for name in names},
            shares={portion: column(has.get(portion, 0) for has in held) for portion in named},
            added={portion: column(path.added.get(portion, 0) for path in paths) for portion in named},
            uncovered=column(path.uncovered for path in paths),
            carried={name: column(path.carried.get(name, 0) for path in paths) for name in names},
            waits=np.array([path.waits for path in paths], np.bool_),
        )


def _portions(rule: Rule, facts: Facts) -> set[Portion]:
    """Everyone to whom a rule may give something, under each of its keys."""
    named: set[tuple[str, str, FormWord]] = set()
    for split in rule.splits:
        key = points_key(rule) if rule.floor_per_point is not None and split in rule.points_lines else rule.name
        named |= {(key, party, split.form.word) for party in parties(split, facts)}
    for bearer in rule.bearers:
        if isinstance(bearer, MembersBear):
            named |= {(turn_key(rule, "members"), f"member:{name}", "loss") for name in facts.members}
        else:
            party: Literal["reserve", "fund"] = "reserve" if isinstance(bearer, ReserveBears) else "fund"
            named.add((turn_key(rule, party), party, "loss"))
    if rule.rest_to is not None:
        named.add((rest_key(rule), rule.rest_to, "retained"))
    return named
