"""Election files in the Pabulib format (`.pb`): text in, an election out, and back. Plain Python.

A file has three sections, META, PROJECTS and VOTES, each with a line of column names and rows whose
fields are separated by semicolons. Columns that are not named here are passed over. An approval that
is written twice counts once (real files have them). Everything else that is wrong in a file is
reported at once, each fault with its line, its column and the way to mend it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from allocation.faults import Faults
from allocation.methods.problem import Problem
from allocation.sections import SECTIONS, Section, cut
from ledger.money import MINOR_LIMIT, Amount, Unit, unit_of

VOTE_TYPES = ("approval", "choose-1", "cumulative", "ordinal", "scoring")
NO_CURRENCY = "XXX"
"""The ISO 4217 code of amounts whose currency the file does not name."""

CHARACTERS_LIMIT = 200_000_000
IDENTIFIER_LIMIT = 100

_AMOUNT = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9]+)(?:\.(?P<part>[0-9]+))?", re.ASCII)
_POINTS = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?", re.ASCII)
_COUNT = re.compile(r"[0-9]{1,12}", re.ASCII)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class ElectionProject:
    """A project of an election; `cost` in minor units of the election's currency."""

    id: str
    cost: int
    name: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class ElectionBallot:
    """A voter's ballot: the projects in the order written, and the points given to each where there are any."""

    voter: str
    projects: tuple[str, ...]
    points: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Election:
    """An election as its file tells it; `meta` holds what META says beyond the named fields."""

    budget: int
    unit: Unit
    vote_type: str
    projects: tuple[ElectionProject, ...]
    ballots: tuple[ElectionBallot, ...]
    meta: Mapping[str, str] = field(default_factory=dict)

    def problem(self) -> Problem:
        """What an approval method decides on: a ballot supports the projects it names."""
        return Problem.of(
            budget=self.budget,
            costs={project.id: project.cost for project in self.projects},
            ballots=(ballot.projects for ballot in self.ballots),
        )


def read_bytes(data: bytes) -> Election:
    """Read an election from a file's bytes: UTF-8 without byte-order mark, else the fault is named."""
    faults = Faults()
    if data.startswith(_BYTE_ORDER_MARK):
        faults.add(1, "", "byte_order_mark")
        faults.refuse()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        faults.add(data.count(b"\n", 0, error.start) + 1, "", "not_utf8", byte=f"0x{data[error.start]:02x}")
        faults.refuse()
    return read_election(text)


def read_election(text: str) -> Election:
    """Read an election from its text; raises ElectionUnreadable with every fault found."""
    faults = Faults()
    if len(text) > CHARACTERS_LIMIT:
        faults.add(0, "", "file_too_large", size=len(text), limit=CHARACTERS_LIMIT)
        faults.refuse()
    sections = cut(text, faults)
    for name in SECTIONS:
        if name not in sections:
            faults.add(0, "", "section_missing", section=name)
    meta = _meta(sections.get("META"), faults)
    unit = _currency(meta, faults)
    projects = _projects(sections.get("PROJECTS"), unit, faults)
    vote_type = _vote_type(meta, faults)
    ballots = _ballots(sections.get("VOTES"), vote_type, projects, faults)
    budget = 0
    if "budget" in meta:
        line, written = meta["budget"]
        budget = _amount(written, unit, line, "budget", faults) or 0
    elif "META" in sections:
        faults.add(sections["META"].line, "", "meta_missing", name="budget")
    _check_counts(sections, meta, faults)
    if faults:
        faults.refuse()
    kept = {key: value for key, (_, value) in meta.items() if key not in _NAMED_META}
    return Election(budget, unit, vote_type, tuple(projects.values()), tuple(ballots), kept)


_NAMED_META = ("num_projects", "num_votes", "budget", "vote_type", "currency")


def _meta(section: Section | None, faults: Faults) -> dict[str, tuple[int, str]]:
    """What META says, with the line where it says it."""
    said: dict[str, tuple[int, str]] = {}
    if section is None or not {"key", "value"} <= set(section.columns):
        return said
    for row in section.rows:
        cells = section.cells(row)
        key = cells["key"].lower()
        if not key:
            faults.add(row.line, "key", "identifier_empty")
        elif key in said:
            faults.add(row.line, "key", "meta_twice", name=key)
        else:
            said[key] = (row.line, cells["value"])
    return said


def _currency(meta: Mapping[str, tuple[int, str]], faults: Faults) -> Unit:
    line, code = meta.get("currency", (0, NO_CURRENCY))
    if not re.fullmatch("[A-Z]{3}", code):
        faults.add(line, "currency", "currency_unknown", text=code)
        return unit_of(NO_CURRENCY)
    return unit_of(code)


def _vote_type(meta: Mapping[str, tuple[int, str]], faults: Faults) -> str:
    if "vote_type" not in meta:
        if meta:
            faults.add(min(line for line, _ in meta.values()), "", "meta_missing", name="vote_type")
        return VOTE_TYPES[0]
    line, vote_type = meta["vote_type"]
    if vote_type.lower() not in VOTE_TYPES:
        faults.add(line, "vote_type", "vote_type_unknown", text=vote_type, known=", ".join(VOTE_TYPES))
    return vote_type.lower()


def _amount(text: str, unit: Unit, line: int, column: str, faults: Faults) -> int | None:
    """An amount in minor units, or None with its fault named."""
    found = _AMOUNT.fullmatch(text)
    if not text:
        faults.add(line, column, "amount_empty")
    elif found is None:
        faults.add(line, column, "amount_not_a_number", text=text)
    elif found["sign"] == "-":
        faults.add(line, column, "amount_negative", text=text)
    elif len(found["part"] or "") > unit.scale:
        faults.add(line, column, "amount_too_fine", text=text, currency=unit.code, scale=unit.scale)
    elif len(found["whole"]) > 18 or int(found["whole"]) * 10**unit.scale >= MINOR_LIMIT:
        faults.add(line, column, "amount_too_large", text=text)
    else:
        return Amount.parse(text, unit).minor
    return None


def _identifier(text: str, line: int, column: str, faults: Faults) -> bool:
    if not text:
        faults.add(line, column, "identifier_empty")
    elif len(text) > IDENTIFIER_LIMIT or "," in text:
        faults.add(line, column, "identifier_invalid", text=text, limit=IDENTIFIER_LIMIT)
    else:
        return True
    return False


def _projects(section: Section | None, unit: Unit, faults: Faults) -> dict[str, ElectionProject]:
    projects: dict[str, ElectionProject] = {}
    first_line: dict[str, int] = {}
    if section is None or not {"project_id", "cost"} <= set(section.columns):
        return projects
    for row in section.rows:
        cells = section.cells(row)
        name = cells["project_id"]
        cost = _amount(cells["cost"], unit, row.line, "cost", faults)
        if not _identifier(name, row.line, "project_id", faults):
            continue
        if name in projects:
            faults.add(row.line, "project_id", "project_twice", name=name, first=first_line[name])
            continue
        first_line[name] = row.line
        projects[name] = ElectionProject(name, cost or 0, cells.get("name", ""), cells.get("category", ""))
    return projects


def _ballots(
    section: Section | None, vote_type: str, projects: Mapping[str, ElectionProject], faults: Faults
) -> list[ElectionBallot]:
    ballots: list[ElectionBallot] = []
    first_line: dict[str, int] = {}
    if section is None or not {"voter_id", "vote"} <= set(section.columns):
        return ballots
    with_points = vote_type in ("cumulative", "scoring") and "points" in section.columns
    if vote_type in ("cumulative", "scoring") and not with_points:
        faults.add(section.line + 1, "points", "column_missing", section="VOTES", name="points")
    for row in section.rows:
        cells = section.cells(row)
        voter, vote = cells["voter_id"], _listed(cells["vote"])
        if _identifier(voter, row.line, "voter_id", faults) and first_line.setdefault(voter, row.line) != row.line:
            faults.add(row.line, "voter_id", "voter_twice", name=voter, first=first_line[voter])
        for name in vote:
            if name not in projects:
                faults.add(row.line, "vote", "project_unknown", name=name)
        if vote_type in ("approval", "choose-1"):
            vote = tuple(dict.fromkeys(vote))
        elif len(set(vote)) < len(vote):
            twice = next(name for number, name in enumerate(vote) if name in vote[:number])
            faults.add(row.line, "vote", "vote_twice", name=twice)
        points = _points(_listed(cells["points"]), len(vote), row.line, faults) if with_points else ()
        ballots.append(ElectionBallot(voter, vote, points))
    return ballots


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(",")) if cell else ()


def _points(written: Sequence[str], projects: int, line: int, faults: Faults) -> tuple[Decimal, ...]:
    wrong = [text for text in written if not _POINTS.fullmatch(text)]
    if wrong:
        faults.add(line, "points", "points_not_a_number", text=wrong[0])
        return ()
    if len(written) != projects:
        faults.add(line, "points", "points_mismatch", points=len(written), projects=projects)
    return tuple(map(Decimal, written))


def _check_counts(sections: Mapping[str, Section], meta: Mapping[str, tuple[int, str]], faults: Faults) -> None:
    for key, name in (("num_projects", "PROJECTS"), ("num_votes", "VOTES")):
        if key not in meta or name not in sections:
            continue
        line, written = meta[key]
        found = len(sections[name].rows)
        if not _COUNT.fullmatch(written):
            faults.add(line, key, "count_not_a_number", text=written)
        elif int(written) != found:
            faults.add(line, key, "count_wrong", written=written, found=found)


def write_election(election: Election) -> str:
    """Write an election as the text of a `.pb` file, which reads back as the same election."""
    support = election.problem().support
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\n")
    named = {
        "num_projects": len(election.projects),
        "num_votes": len(election.ballots),
        "budget": Amount(election.budget, election.unit).major,
        "vote_type": election.vote_type,
        "currency": election.unit.code,
    }
    rows.writerows([["META"], ["key", "value"], *election.meta.items(), *named.items()])
    rows.writerows([["PROJECTS"], ["project_id", "cost", "votes", "name", "category"]])
    for project in election.projects:
        cost = Amount(project.cost, election.unit).major
        rows.writerow([project.id, cost, support[project.id], project.name, project.category])
    with_points = election.vote_type in ("cumulative", "scoring")
    rows.writerows([["VOTES"], ["voter_id", "vote", "points"] if with_points else ["voter_id", "vote"]])
    for ballot in election.ballots:
        points = [_joined(map(str, ballot.points))] if with_points else []
        rows.writerow([ballot.voter, _joined(ballot.projects), *points])
    return out.getvalue()


def _joined(parts: Iterable[str]) -> str:
    return ",".join(parts)
