"""All the rules of a charter on one project, statement after statement: what is counted, and what it makes due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fund.charter.facts import RecipientFacts
from fund.charter.grammar import Charter
from fund.rehearsal.columns import Column
from fund.rehearsal.histories import Happening, History
from fund.rehearsal.rule_columns import Limits, RuleState, limits_of


@dataclass(slots=True)
class Counting:
    """The state of each rule by name; new events are added to it, or all are counted anew where that must be."""

    charter: Charter
    history: History
    limits: Mapping[str, Limits] = field(init=False)
    states: dict[str, RuleState] = field(init=False)
    so_far: list[tuple[int, Happening]] = field(default_factory=list)

    def __post_init__(self) -> None:
        recipients: Mapping[str, RecipientFacts] = self.history.recipients
        self.limits = {rule.name: limits_of(rule, self.history.allocation, recipients) for rule in self.charter.rules}
        self._count_anew()

    def take(self, happenings: Iterable[Happening]) -> None:
        """The events that a statement adds: an event declared late takes its place among the earlier ones."""
        new = in_time(enumerate(happenings, start=len(self.so_far)))
        late = bool(self.so_far and new) and _place(new[0]) < _place(self.so_far[-1])
        self.so_far = in_time(self.so_far + new) if late else self.so_far + new
        if late or any(limits.floor is not None for limits in self.limits.values()):
            # What lifts points moves the start of the next rank, for all its events.
            self._count_anew()
        else:
            for state in self.states.values():
                state.take(happening for _, happening in new)

    def _count_anew(self) -> None:
        states: dict[str, RuleState] = {}
        starts: dict[tuple[str, int], Column | int] = {}
        for rule in sorted(self.charter.rules, key=lambda rule: rule.rank):
            limits, start = self.limits[rule.name], starts.get((rule.base, rule.rank), 0)
            state = RuleState(rule, limits, self.history.allocation, self.history.paths, start)
            state.take(happening for _, happening in self.so_far)
            later = (rule.base, rule.rank + 1)
            starts[later] = state.next_start(starts.get(later, 0))
            states[rule.name] = state
        self.states = {rule.name: states[rule.name] for rule in self.charter.rules}


def in_time(happenings: Iterable[tuple[int, Happening]]) -> list[tuple[int, Happening]]:
    """Events with their places, in the engine's order: by date, then reference, then place."""
    return sorted(happenings, key=_place)


def _place(placed: tuple[int, Happening]) -> tuple[object, ...]:
    at, happening = placed
    return happening.date, happening.reference, at
