"""The committee's ballots: a Pabulib file, read by `elections/pabulib.py` and compared with the fund's own terms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from allocation.elections.faults import ElectionUnreadable
from allocation.elections.pabulib import Election, read_election
from fund.importers.faults import Fault, fault_at
from fund.importers.values import project_misread
from ledger.money import NO_CURRENCY, Unit

APPROVALS = ("approval", "choose-1")
PROJECT_NAME_LIMIT = 250

_PROJECTS = re.compile(r"^PROJECTS\n(.*?)(?=^VOTES$|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Ballots:
    """The election, None when the file has faults; the ids of its projects, None when even they cannot be told."""

    election: Election | None
    projects: tuple[str, ...] | None


def read_ballots(name: str, text: str, unit: Unit, faults: list[Fault]) -> Ballots:
    """The ballots in `text`; an empty code of `unit` is compared with nothing."""
    if not text:  # its fault is noted already
        return Ballots(None, None)
    try:
        election = read_election(text)
    except ElectionUnreadable as error:
        faults.extend(
            fault_at(name, fault.line, f"ballots_{fault.code}", fault.column, 0, **fault.figures)
            for fault in error.faults
        )
        return Ballots(None, _listed_projects(text))
    if election.vote_type not in APPROVALS:
        known = ", ".join(APPROVALS)
        faults.append(fault_at(name, 0, "ballots_not_approvals", "vote_type", text=election.vote_type, known=known))
    written = election.unit
    if unit.code and written.code != unit.code and (written.code != NO_CURRENCY or written.scale != unit.scale):
        faults.append(fault_at(name, 0, "currency_other", "currency", text=written.code, like=unit.code))
    for project in election.projects:
        misread = project_misread(project.id)
        if misread:
            faults.append(fault_at(name, 0, misread.code, "project_id", 0, **misread.facts))
        if len(project.name) > PROJECT_NAME_LIMIT:
            count = len(project.name)
            faults.append(fault_at(name, 0, "text_too_long", "name", count=count, limit=PROJECT_NAME_LIMIT))
    return Ballots(election, tuple(project.id for project in election.projects))


def _listed_projects(text: str) -> tuple[str, ...] | None:
    """The projects of a file that has faults elsewhere, so that the other files are still compared with them."""
    found = _PROJECTS.search(text)
    if found is None:
        return None
    header, *rows = (line.split(";") for line in found[1].strip("\n").split("\n"))
    if "project_id" not in header:
        return None
    place = header.index("project_id")
    return tuple(row[place].strip() for row in rows if len(row) > place)
