"""The slow and obvious way: `fund.charter.outcomes.run`, path after path, statement after statement.

It gives what `ColumnEngine` gives. The tests hold the two against each other; a rehearsal uses it for
whatever columns cannot carry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fund.charter.facts import Facts
from fund.charter.faults import FactsMissing
from fund.charter.grammar import Charter
from fund.charter.outcomes import Outcome, run, shared_by_key
from fund.charter.splits import Share, parties
from fund.rehearsal.columns import column
from fund.rehearsal.histories import History
from fund.rehearsal.outcomes import Portion, StatementOutcome


@dataclass(slots=True)
class _Path:
    """One path after some statements."""

    due: dict[str, int]
    received: tuple[Share, ...]
    earlier: dict[str, int]
    added: dict[Portion, int]
    uncovered: int
    carried: dict[str, int]
    waits: bool


@dataclass(frozen=True, slots=True)
class OneByOne:
    """One charter, applied path by path."""

    charter: Charter

    def outcomes(self, history: History) -> Iterator[StatementOutcome]:
        """What each statement gives, in order."""
        tales = [list(self._tale(history, path)) for path in range(history.paths)]
        for at, statement in enumerate(history.statements):
            paths = [tale[at] for tale in tales]
            facts = Facts(statement.members.facts, history.recipients)
            portions = list(self._portions(facts))
            held = [{(s.key, s.party, s.form): s.minor for s in path.received} for path in paths]
            yield StatementOutcome(
                due={rule.name: column(path.due.get(rule.name, 0) for path in paths) for rule in self.charter.rules},
                shares={portion: column(has.get(portion, 0) for has in held) for portion in portions},
                added={portion: column(path.added.get(portion, 0) for path in paths) for portion in portions},
                uncovered=column(path.uncovered for path in paths),
                carried={r.name: column(path.carried.get(r.name, 0) for path in paths) for r in self.charter.rules},
                waits=np.array([path.waits for path in paths], np.bool_),
            )

    def _portions(self, facts: Facts) -> Iterator[Portion]:
        for rule in self.charter.rules:
            named = {(party, split.form) for split in rule.splits for party in parties(split, facts)}
            yield from ((rule.name, party, form) for party, form in named)
            if rule.rest_to is not None:
                yield f"{rule.name}/rest", rule.rest_to, "retained"

    def _tale(self, history: History, path: int) -> Iterator[_Path]:
        """One path, statement after statement."""
        now = _Path({}, (), {}, {}, 0, {}, False)
        members = None
        for facts in history.facts_of(path):
            if members is not None and facts.members != members:
                now = _key_changed(now)
            members = facts.members
            try:
                outcome = run(self.charter, facts, received=now.received, shared_before=now.earlier)
            except FactsMissing as refusal:
                if any(fault.code != "key-empty" for fault in refusal.faults):
                    raise
                now = _Path(now.due, now.received, now.earlier, {}, 0, {}, True)
            else:
                now = _after(outcome, now)
            yield now


def _key_changed(path: _Path) -> _Path:
    """What was shared is deducted from now on; what a rule leaves is no sharing and stays as it is."""
    rest = tuple(share for share in path.received if share.key.endswith("/rest"))
    shared = shared_by_key(share for share in path.received if not share.key.endswith("/rest"))
    earlier = {key: path.earlier.get(key, 0) + shared.get(key, 0) for key in path.earlier.keys() | shared.keys()}
    return _Path(path.due, rest, earlier, {}, 0, {}, False)


def _after(outcome: Outcome, before: _Path) -> _Path:
    due: dict[str, int] = {}
    for item in outcome.due:
        due[item.rule] = due.get(item.rule, 0) + item.minor
    held = {(s.key, s.party, s.form): s.minor for s in before.received}
    added = {(s.key, s.party, s.form): s.minor - held.get((s.key, s.party, s.form), 0) for s in outcome.shares}
    return _Path(due, outcome.shares, before.earlier, added, outcome.uncovered, dict(outcome.carried), waits=False)
