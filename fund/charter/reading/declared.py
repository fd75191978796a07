"""Reads what a charter declares beside its amounts: `[[resources]]`, `[baskets]`, `[projects]`, `[[phases]]`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from fund.charter.declared import (
    Adopter,
    Baskets,
    BookingUnit,
    Choosers,
    Declared,
    Participation,
    Phase,
    Projects,
    Resource,
    ResourceKind,
    Work,
)
from fund.charter.reading.slots import Table

_MOST = 10_000


def read_declared(top: Table) -> Declared:
    """What the charter declares; nothing when it has none of these sections."""
    resources, phases = top.tables("resources"), top.tables("phases")
    declared = Declared(
        resources=tuple(_resource(table) for table in resources),
        baskets=_baskets(top),
        projects=_projects(top),
        phases=tuple(_phase(table) for table in phases),
    )
    _names_once(resources, (resource.name for resource in declared.resources))
    _names_once(phases, (phase.name for phase in declared.phases))
    return declared


def _names_once(tables: tuple[Table, ...], names: Iterable[str]) -> None:
    seen: set[str] = set()
    for table, name in zip(tables, names, strict=True):
        if name in seen:
            table.note("name-twice", "name", name=name)
        seen.add(name)


def _resource(table: Table) -> Resource:
    resource = Resource(
        name=table.name(),
        what=table.choice("what", get_args(ResourceKind), required=True) or "premises",
        unit=table.choice("unit", get_args(BookingUnit), required=True) or "day",
        longest=table.whole("longest", least=1, most=_MOST),
        waiting_list=table.flag("waiting_list"),
        sources=table.sources(),
    )
    table.close()
    return resource


def _baskets(top: Table) -> Baskets | None:
    table = top.table("baskets")
    if table is None:
        return None
    baskets = Baskets(
        physical=table.whole("physical", least=0, most=_MOST, required=True) or 0,
        immaterial=table.whole("immaterial", least=0, most=_MOST, required=True) or 0,
        chosen_by=table.choice("chosen_by", get_args(Choosers), required=True) or "artists",
        sources=table.sources(),
    )
    table.close()
    if table.faults.spare(table.path) and not baskets.physical and not baskets.immaterial:
        table.note("basket-empty")
    return baskets


def _projects(top: Table) -> Projects | None:
    table = top.table("projects")
    if table is None:
        return None
    projects = Projects(table.choice("members", get_args(Participation), required=True) or "all-members")
    table.close()
    return projects


def _phase(table: Table) -> Phase:
    phase = Phase(
        name=table.name(),
        work=table.choice("work", get_args(Work), required=True) or "diagnosis",
        adopted_by=table.choice("adopted_by", get_args(Adopter)),
    )
    table.close()
    return phase
