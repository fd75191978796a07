"""`rehearsed`: a draft over thousands of futures, beside the charter in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from functools import partial
from multiprocessing import get_context

import numpy as np

from fund.charter.contributions import called
from fund.charter.facts import Event, Facts, Loss, MemberFacts, Performance, Period, Recouped, Result
from fund.charter.faults import FactsMissing, Fault
from fund.charter.grammar import Charter
from fund.charter.needs import missing
from fund.rehearsal.blocks import BlockOutcome, run_block
from fund.rehearsal.chance import GENERATOR, PATHS_A_BLOCK
from fund.rehearsal.columns import Column, zeros
from fund.rehearsal.draws import allocation_of
from fund.rehearsal.engines import method_of
from fund.rehearsal.futures import CharterFutures, Futures, Inequality, Measure, Reserve
from fund.rehearsal.models import FundModel
from fund.rehearsal.summaries import gini, gini_quantiles, joined, spread, total

Progress = Callable[[int, int], None]
"""Told how many paths are done, and of how many."""

LESS_IS_BETTER = ("given", "borne", "loss", "uncovered")


def rehearsed(
    model: FundModel,
    draft: Charter,
    in_force: Charter | None = None,
    *,
    paths: int = 10_000,
    seed: int = 1,
    processes: int = 1,
    progress: Progress | None = None,
) -> Futures:
    """Run the draft, and the charter in force where there is one, over the same `paths` futures drawn from `seed`.

    The answer does not depend on `processes`. Nothing is read or written but the arguments. Raises FactsMissing
    when the model lacks a fact that one of the charters needs, and ValueError for less than one path.
    """
    if paths < 1:
        raise ValueError("A rehearsal needs at least one path.")
    charters = (draft,) if in_force is None else (draft, in_force)
    for charter in charters:
        require_facts(model, charter)
    sizes = [min(PATHS_A_BLOCK, paths - first) for first in range(0, paths, PATHS_A_BLOCK)]
    blocks: list[list[BlockOutcome]] = []
    done = 0
    for block in _run(partial(_numbered, model, charters, seed), list(enumerate(sizes)), processes):
        blocks.append(block)
        done += len(block[0].reserve[0])
        if progress is not None:
            progress(done, paths)
    tables = [Table(model, [block[at] for block in blocks]) for at in range(len(charters))]
    ends = tuple(model.last_of(quarter).isoformat() for quarter in range(model.quarters))
    return Futures(
        paths=paths,
        seed=seed,
        generator=GENERATOR,
        quarter_ends=ends,
        draft=tables[0].told(draft),
        in_force=None if in_force is None else tables[1].told(in_force),
        measures=measures(*tables),
    )


def require_facts(model: FundModel, charter: Charter) -> None:
    """Refuse a model that lacks what a charter asks: of its members, recipients and projects (FactsMissing)."""
    day = model.first_day
    events: tuple[Event, ...] = (Performance(day, 0), Period(day, 0, 0, 0), Result(day, 0), Recouped(day, 0))
    members = {member.name: _with_cash(member.facts) for member in model.members}
    faults: dict[str, Fault] = {}
    for project in model.projects:
        facts = Facts(members, model.recipients, allocation_of(model, project), events, 0)
        faults |= {fault.where: fault for fault in missing(charter, facts)}
    losses = Facts(members, model.recipients, events=(Loss(day, 0),), reserve=0)
    faults |= {fault.where: fault for fault in missing(charter, losses)}
    try:
        called(charter, {member.name: member.facts for member in model.members})
    except FactsMissing as refusal:
        faults |= {fault.where: fault for fault in refusal.faults}
    if faults:
        raise FactsMissing(list(faults.values()))


def _with_cash(facts: MemberFacts) -> MemberFacts:
    """The member with some cash received: how much is drawn, path by path."""
    return MemberFacts(
        1, facts.use, facts.points, False, facts.cap, facts.declared, facts.category, facts.pledge,
        facts.notoriety, facts.percentage,
    )  # fmt: skip


def _numbered(model: FundModel, charters: tuple[Charter, ...], seed: int, block: tuple[int, int]) -> list[BlockOutcome]:
    return run_block(model, charters, seed, *block)


def _run(
    work: Callable[[tuple[int, int]], list[BlockOutcome]], blocks: list[tuple[int, int]], processes: int
) -> Iterator[list[BlockOutcome]]:
    """The outcomes of the blocks in order, each block in one of the processes."""
    workers = min(processes, len(blocks))
    if workers < 2:
        yield from map(work, blocks)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, blocks)


class Table:
    """All paths under one charter."""

    def __init__(self, model: FundModel, blocks: list[BlockOutcome]) -> None:
        self.model = model
        self.paths = sum(block.reserve.shape[1] for block in blocks)
        self.reserve = joined([block.reserve for block in blocks])
        self.waited = sum(block.waited for block in blocks)
        self.blocks = blocks
        self.keys = tuple(dict.fromkeys(key for block in blocks for key in block.figures))

    def figure(self, party: str, measure: str) -> Column:
        """A figure in every path; nothing where this charter does not name it."""
        parts = [block.figures.get((party, measure), zeros(block.reserve.shape[1])) for block in self.blocks]
        return joined(parts)

    def told(self, charter: Charter) -> CharterFutures:
        """The charter, the reserve's course and how unequal members are."""
        identity = charter.head
        return CharterFutures(
            title=identity.title,
            version=identity.version,
            sha256=charter.sha256,
            reserve=self._reserve(),
            inequality=self._inequality(),
            methods=dict.fromkeys((rule.name for rule in charter.rules), method_of(charter)),
            waited=self.waited,
        )

    def _reserve(self) -> Reserve:
        below = self.reserve[1:] < 0
        dry = below.any(axis=0)
        first = np.argmax(below, axis=0)[dry]
        return Reserve(
            by_quarter=tuple(spread(row) for row in self.reserve),
            dry=Fraction(int(dry.sum()), self.paths),
            dry_by_quarter=tuple(Fraction(int(row.sum()), self.paths) for row in below),
            first_dry=tuple(int((first == quarter).sum()) for quarter in range(len(below))),
            lowest=spread(self.reserve.min(axis=0)),
        )

    def _inequality(self) -> Inequality:
        names = [f"member:{member.name}" for member in self.model.members]
        if not names:
            return Inequality(gini_quantiles(zeros(self.paths)[None, :]), Fraction(0), spread(zeros(self.paths)))
        received = np.array([self.figure(name, "received") for name in names])
        net = np.array([self.figure(name, "net") for name in names])
        return Inequality(
            gini=gini_quantiles(received),
            gini_of_means=gini([total(row) for row in received]),
            gap=spread(net.max(axis=0) - net.min(axis=0)),
        )


def measures(draft: Table, in_force: Table | None = None) -> tuple[Measure, ...]:
    """Every figure of every party under both charters, in the order of parties and measures."""
    keys = dict.fromkeys(draft.keys + (in_force.keys if in_force else ()))
    found = []
    for party, measure in sorted(keys, key=_place):
        less = measure in LESS_IS_BETTER or measure.startswith("due:")
        now = draft.figure(party, measure)
        then = None if in_force is None else in_force.figure(party, measure)
        more = None if then is None else Fraction(int((now > then).sum()), draft.paths)
        fewer = None if then is None else Fraction(int((now < then).sum()), draft.paths)
        found.append(
            Measure(
                party=party,
                measure=measure,
                more_is_better=not less,
                draft=spread(now),
                in_force=None if then is None else spread(then),
                worse=more if less else fewer,
                better=fewer if less else more,
            )
        )
    return tuple(found)


ORDER = ("fund", "reserve", "reserve-course", "company", "producer", "investors", "member", "recipient", "projects")
WITHIN = ("given", "received", "borne", "net")


def _place(key: tuple[str, str]) -> tuple[int, str, int, str]:
    party, measure = key
    kind = party.partition(":")[0]
    at = ORDER.index(kind) if kind in ORDER else len(ORDER)
    return at, party, WITHIN.index(measure) if measure in WITHIN else len(WITHIN), measure
