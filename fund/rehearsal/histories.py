"""What happens to a project in every path at once: events and members' figures as columns, statement after statement.

A day, a kind and a reference are the same in all paths; figures, flags and whether the event happens at all
are columns. `facts_of` gives the facts of one path, as the engine takes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from fund.charter.facts import (
    AllocationFacts,
    DeclaredDeduction,
    Event,
    Facts,
    Loss,
    MemberFacts,
    Performance,
    Period,
    RecipientFacts,
    Recouped,
    Result,
)
from fund.rehearsal.columns import Column, Flags


@dataclass(frozen=True, slots=True, eq=False)
class DeductionColumn:
    """A cost that a period takes off: its kind and evidence are the same in every path, its amount is a column."""

    kind: str
    minor: Column
    evidence: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Happening:
    """One event of every path in which it is `present`.

    `figures` holds `fee` of a performance; of a period those of `gross`, `net` and `profit` that are declared;
    `minor` of the others. A flag that is not given has the engine's default.
    """

    kind: type[Event]
    date: date
    reference: str
    present: Flags
    figures: Mapping[str, Column]
    flags: Mapping[str, Flags] = field(default_factory=dict)
    deductions: tuple[DeductionColumn, ...] = ()

    def event_of(self, path: int) -> Event:
        """The event of one path."""
        amounts = {name: int(values[path]) for name, values in self.figures.items()}
        flags = {name: bool(values[path]) for name, values in self.flags.items()}
        if self.kind is Performance:
            return Performance(self.date, amounts["fee"], **flags, reference=self.reference)
        if self.kind is Period:
            costs = tuple(
                DeclaredDeduction(cost.kind, int(cost.minor[path]), cost.evidence) for cost in self.deductions
            )
            return Period(self.date, **amounts, deductions=costs, **flags, reference=self.reference)  # type: ignore[arg-type]
        signed: type[Result] | type[Recouped] | type[Loss] = self.kind  # type: ignore[assignment]
        return signed(self.date, amounts["minor"], self.reference)


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """The members as a statement finds them: cash received and default are columns, the rest is the same in all paths.

    One object serves every statement that finds them so: what is computed of it is computed once.
    """

    facts: Mapping[str, MemberFacts]
    contribution: Mapping[str, Column]
    defaulted: Mapping[str, Flags] = field(default_factory=dict)

    def facts_of(self, path: int) -> dict[str, MemberFacts]:
        """The members of one path."""
        return {
            name: replace(
                facts,
                contribution=int(self.contribution[name][path]) if name in self.contribution else facts.contribution,
                defaulted=bool(self.defaulted[name][path]) if name in self.defaulted else facts.defaulted,
            )
            for name, facts in self.facts.items()
        }


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """What one statement adds, the members it finds, and what the reserve holds before it bears anything."""

    happenings: tuple[Happening, ...]
    members: Members
    reserve: Column | None = None


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """All statements of one project, or of the members alone, in `paths` futures; they may be made as they are read."""

    name: str
    paths: int
    allocation: AllocationFacts
    recipients: Mapping[str, RecipientFacts]
    statements: Iterable[Statement]


def facts_of(history: History, statement: Statement, path: int, events: tuple[Event, ...]) -> Facts:
    """What the engine is given for one path: these events, and what the statement finds."""
    reserve = None if statement.reserve is None else int(statement.reserve[path])
    return Facts(statement.members.facts_of(path), history.recipients, history.allocation, events, reserve)
