"""The charter's engine over columns: every path of a project's statements at once, the same amounts as `run`.

`run` is called statement after statement, with what earlier statements shared; this does the same for thousands
of paths together. Where the members' weights in a key are not in the proportions that the statement before found, a
new key begins: what was shared is deducted, and only the new amount is shared under the new key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from fund.charter.grammar import Charter
from fund.charter.rules import MembersBear, Rule
from fund.charter.splits import points_key
from fund.rehearsal.columns import Column, Flags, chosen, plus, zeros
from fund.rehearsal.counting import Counting
from fund.rehearsal.histories import History, Members
from fund.rehearsal.key_columns import Key, bearing_key, lines_key, pot_key
from fund.rehearsal.outcomes import Portion, StatementOutcome
from fund.rehearsal.sharings import Sharing, Turns


@dataclass(slots=True)
class ColumnEngine:
    """One charter; keys are worked out once for all the statements that find the members alike."""

    charter: Charter
    _keys: dict[tuple[int, str], tuple[Members, Key]] = field(default_factory=dict)

    def outcomes(self, history: History) -> Iterator[StatementOutcome]:
        """What each statement gives, in order; a statement is read only when its turn comes."""
        rules, paths = self.charter.rules, history.paths
        counting = Counting(self.charter, history)
        sharings: dict[str, Sharing | Turns] = {}
        due = {rule.name: zeros(paths) for rule in rules}
        for statement in history.statements:
            for rule in rules:
                keys = _KeysOf(self, rule, statement.members, history)
                if rule.name not in sharings:
                    sharings[rule.name] = (Turns if rule.bearers else Sharing).of(rule, keys, paths)
                else:
                    sharings[rule.name].find(keys)
            counting.take(statement.happenings)
            outcome = _shared(counting, sharings, statement.reserve, due, paths)
            due = dict(outcome.due)
            yield outcome

    def key(self, name: str, rule: Rule, members: Members, history: History) -> Key:
        """A key of a rule, as these members make it."""
        place = (id(members), name)
        if place not in self._keys:
            # The members are kept with their key: an id names an object only while it lives.
            self._keys[place] = members, _key(name, rule, members, history)
        return self._keys[place][1]


@dataclass(frozen=True, slots=True)
class _KeysOf:
    """The keys of one rule as one statement finds the members."""

    engine: ColumnEngine
    rule: Rule
    members: Members
    history: History

    def __call__(self, name: str) -> Key:
        return self.engine.key(name, self.rule, self.members, self.history)


def _key(name: str, rule: Rule, members: Members, history: History) -> Key:
    if name == rule.name:
        return lines_key(rule, members, history.recipients, history.paths)
    if name == points_key(rule):
        return pot_key(rule, members, history.recipients, history.paths)
    (bearer,) = (bearer for bearer in rule.bearers if isinstance(bearer, MembersBear))
    return bearing_key(bearer, members, history.paths)


def _shared(
    counting: Counting,
    sharings: dict[str, Sharing | Turns],
    reserve: Column | None,
    before: dict[str, Column],
    paths: int,
) -> StatementOutcome:
    """Share what every rule has made due, but in the paths where some key that is needed has no figure."""
    waits: Flags = np.zeros(paths, np.bool_)
    for name, state in counting.states.items():
        waits |= state.met & sharings[name].empty
    due: dict[str, Column] = {}
    carried: dict[str, Column] = {}
    shares: dict[Portion, Column] = {}
    added: dict[Portion, Column] = {}
    uncovered = zeros(paths)
    for name, state in counting.states.items():
        given = sharings[name].share(state, reserve, waits)
        due[name] = chosen(waits, before[name], state.due)
        shares |= given.shares
        added |= given.added
        uncovered, carried[name] = plus(uncovered, given.uncovered), given.carried
    return StatementOutcome(due, shares, added, uncovered, carried, waits)
