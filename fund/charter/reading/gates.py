"""Reads `[[gates]]`: one kind of requirement a table, with the slots of that kind and no others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import get_args

from fund.charter.applications import Commitment
from fund.charter.gates import (
    AdviserMet,
    Amortisable,
    Applications,
    Coproductions,
    CoveredPerformances,
    Documents,
    FiledAhead,
    FiledBefore,
    Gate,
    Host,
    Hosted,
    InRegions,
    Lead,
    NotAidedFor,
    OwnShare,
    Partners,
    Per,
    Performances,
    PlannedDates,
    ReportsDelivered,
    Requirement,
    Since,
    Sponsors,
)
from fund.charter.reading.slots import Table

_MOST = 10_000
_LONGEST = 1_200


def read_gates(top: Table) -> tuple[Gate, ...]:
    """Every gate of a charter, in order; none when it has none."""
    tables = top.tables("gates")
    gates = tuple(_gate(table) for table in tables)
    names: set[str] = set()
    kinds: set[str] = set()
    for table, gate in zip(tables, gates, strict=True):
        if gate.name in names:
            table.note("name-twice", "name", name=gate.name)
        names.add(gate.name)
        if not table.faults.spare(table.path):
            continue
        if (kind := _subject(gate.requirement)) in kinds:
            table.note("gate-twice", "kind", kind=str(table.data["kind"]))
        kinds.add(kind)
    return gates


def _subject(requirement: Requirement) -> str:
    """What a gate is about: two gates about the same thing would be one rule and its contradiction."""
    match requirement:
        case FiledBefore(what=what):
            return f"filed-before-{what}"
        case Applications(per=per):
            return f"applications-{per}"
    return type(requirement).__name__


def _gate(table: Table) -> Gate:
    name = table.name()
    kind = table.choice("kind", KINDS, required=True)
    if kind is None:
        return Gate(name, ReportsDelivered(), {})  # a stand-in: what its slots mean is not known
    requirement = KINDS[kind](table)
    sources = table.sources()
    whole = table.source_for("kind")
    table.close()
    # A requirement without a number has its source too: the text that asks for it.
    return Gate(name, requirement, sources or ({} if whole is None else {"kind": whole}))


def _least(table: Table) -> int:
    return table.whole("least", least=1, most=_MOST, required=True) or 1


def _part(table: Table, slot: str, whole: int) -> int | None:
    """A number that is a part of `least`, and so no larger."""
    part = table.whole(slot, least=1, most=_MOST)
    if part is not None and part > whole and table.faults.spare((*table.path, "least")):
        table.note("gate-part", slot, part=str(part), whole=str(whole))
    return part


def _names(table: Table, slot: str) -> tuple[str, ...]:
    names = table.texts(slot)
    if not names and table.faults.spare((*table.path, slot)):
        table.note("gate-list" if table.has(slot) else "missing", slot)
    return names


def _sponsors(table: Table) -> Sponsors:
    commitments = table.texts("commit_to")
    known = get_args(Commitment)
    for word in commitments:
        if word not in known:
            table.note("choice", "commit_to", found=word[:40], choices=", ".join(known))
    return Sponsors(_least(table), frozenset(word for word in known if word in commitments))


def _partners(table: Table) -> Partners:
    least = _least(table)
    return Partners(least, _part(table, "specialised", least) or 0)


def _planned_dates(table: Table) -> PlannedDates:
    least = _least(table)
    within = table.whole("within_months", least=1, most=_LONGEST, required=True) or 1
    by, hosted = table.choice("hosted_by", get_args(Host)), _part(table, "hosted_least", least)
    for given, other in (("hosted_by", "hosted_least"), ("hosted_least", "hosted_by")):
        if table.has(given) and not table.has(other):
            table.note("missing", other)
    overseas = _part(table, "least_overseas", least)
    return PlannedDates(least, within, Hosted(by, hosted) if by and hosted else None, overseas)


def _coproductions(table: Table) -> Coproductions:
    least = _least(table)
    return Coproductions(least, _part(table, "regions", least) or 1)


def _performances(table: Table) -> Performances:
    least = _least(table)
    return Performances(least, _part(table, "regions", least) or 1)


def _months(table: Table) -> int:
    return table.whole("months", least=1, most=_LONGEST, required=True) or 1


def _most(table: Table) -> int:
    return table.whole("most", least=1, most=_MOST, required=True) or 1


KINDS: Mapping[str, Callable[[Table], Requirement]] = {
    "sponsors": _sponsors,
    "partners": _partners,
    "lead": lambda table: Lead(_names(table, "categories")),
    "planned-dates": _planned_dates,
    "coproductions": _coproductions,
    "performances": _performances,
    "region": lambda table: InRegions(_names(table, "regions")),
    "documents": lambda table: Documents(_names(table, "documents")),
    "reports-delivered": lambda _: ReportsDelivered(),
    "adviser-met": lambda _: AdviserMet(),
    "filed-ahead": lambda table: FiledAhead(_months(table)),
    "filed-before": lambda table: FiledBefore(table.choice("what", get_args(Since), required=True) or "exploitation"),
    "applications": lambda table: Applications(
        _most(table), table.choice("per", get_args(Per), required=True) or "call"
    ),
    "covered-performances": lambda table: CoveredPerformances(_most(table)),
    "own-share": lambda table: OwnShare(table.rate("share", required=True) or Fraction(1)),
    "amortisable": lambda _: Amortisable(),
    "not-aided": lambda table: NotAidedFor(_months(table)),
}
"""How each kind is read; the keys are the words of `kind`."""
