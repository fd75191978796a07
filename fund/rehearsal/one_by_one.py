"""The slow and obvious way: `fund.charter.outcomes.run`, path after path, statement after statement.

It gives what `ColumnEngine` gives. The tests hold the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from fund.charter.facts import Event, Facts, MemberFacts
from fund.charter.faults import FactsMissing
from fund.charter.grammar import Charter
from fund.charter.outcomes import Outcome, run, shared_by_key
from fund.charter.rules import FormWord, MembersBear, ReserveBears, Rule
from fund.charter.splits import Share, parties, points_line
from fund.rehearsal.columns import column
from fund.rehearsal.histories import History, Statement, facts_of
from fund.rehearsal.outcomes import Portion, StatementOutcome

WITHOUT_KEY = ("/rest", "/reserve", "/fund")
"""What these hold depends on no key of members, so it stays as it is when their figures change."""


@dataclass(slots=True)
class _Path:
    """One path after some statements."""

    events: tuple[Event, ...] = ()
    members: dict[str, MemberFacts] | None = None
    due: dict[str, int] = field(default_factory=dict)
    received: tuple[Share, ...] = ()
    earlier: dict[str, int] = field(default_factory=dict)
    added: dict[Portion, int] = field(default_factory=dict)
    uncovered: int = 0
    carried: dict[str, int] = field(default_factory=dict)
    waits: bool = False

    def take(self, charter: Charter, facts: Facts) -> None:
        """One statement: all the events so far, and what the earlier statements shared."""
        if self.members is not None and facts.members != self.members:
            self._change_keys()
        self.members = dict(facts.members)
        self.added, self.uncovered, self.carried, self.waits = {}, 0, {}, False
        try:
            outcome = run(charter, facts, received=self.received, shared_before=self.earlier)
        except FactsMissing as refusal:
            if any(fault.code != "key-empty" for fault in refusal.faults):
                raise
            self.waits = True
        else:
            self._keep(outcome)

    def _change_keys(self) -> None:
        """What was shared by members' figures is deducted from now on."""
        stays = tuple(share for share in self.received if share.key.endswith(WITHOUT_KEY))
        for key, minor in shared_by_key(share for share in self.received if share not in stays).items():
            self.earlier[key] = self.earlier.get(key, 0) + minor
        self.received = stays

    def _keep(self, outcome: Outcome) -> None:
        held = {(s.key, s.party, s.form): s.minor for s in self.received}
        self.added = {(s.key, s.party, s.form): s.minor - held.get((s.key, s.party, s.form), 0) for s in outcome.shares}
        self.due = {}
        for item in outcome.due:
            self.due[item.rule] = self.due.get(item.rule, 0) + item.minor
        self.received, self.uncovered, self.carried = outcome.shares, outcome.uncovered, dict(outcome.carried)


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
        portions = [portion for rule in self.charter.rules for portion in sorted(_portions(rule, facts))]
        held = [{(s.key, s.party, s.form): s.minor for s in path.received} for path in paths]
        names = [rule.name for rule in self.charter.rules]
        return StatementOutcome(
            due={name: column(path.due.get(name, 0) for path in paths) for name in names},
            shares={portion: column(has.get(portion, 0) for has in held) for portion in portions},
            added={portion: column(path.added.get(portion, 0) for path in paths) for portion in portions},
            uncovered=column(path.uncovered for path in paths),
            carried={name: column(path.carried.get(name, 0) for path in paths) for name in names},
            waits=np.array([path.waits for path in paths], np.bool_),
        )


def _portions(rule: Rule, facts: Facts) -> set[Portion]:
    """Everyone to whom a rule may give something, under each of its keys."""
    named: set[tuple[str, str, FormWord]] = set()
    for split in rule.splits:
        named |= {(rule.name, party, split.form.word) for party in parties(split, facts)}
    line = points_line(rule)
    if rule.floor_per_point is not None and line is not None:
        named |= {(f"{rule.name}/floor", party, line.form.word) for party in parties(line, facts)}
    for bearer in rule.bearers:
        if isinstance(bearer, MembersBear):
            named |= {(f"{rule.name}/members", f"member:{name}", "loss") for name in facts.members}
        else:
            party = "reserve" if isinstance(bearer, ReserveBears) else "fund"
            named.add((f"{rule.name}/{party}", party, "loss"))
    if rule.rest_to is not None:
        named.add((f"{rule.name}/rest", rule.rest_to, "retained"))
    return named
