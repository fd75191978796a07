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
from fractions import Fraction

from allocation.elections.faults import Faults
from allocation.elections.sections import SECTIONS, Section, cut
from allocation.methods.problem import Problem, Score
from ledger.money import MINOR_LIMIT, NO_CURRENCY, Amount, Unit, unit_of

VOTE_TYPES = ("approval", "choose-1", "cumulative", "ordinal", "scoring")
WITH_POINTS = ("cumulative", "scoring")

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
        """What a method decides on: ballots support the projects they name, with points or in an order if they say."""
        costs = {project.id: project.cost for project in self.projects}
        if self.vote_type in WITH_POINTS:
            points = (dict(zip(ballot.projects, map(_number, ballot.points), strict=True)) for ballot in self.ballots)
            return Problem.scored(budget=self.budget, costs=costs, ballots=points)
        written = [ballot.projects for ballot in self.ballots]
        if self.vote_type == "ordinal":
            return Problem.ranked(budget=self.budget, costs=costs, ballots=written)
        return Problem.of(budget=self.budget, costs=costs, ballots=written)


def _number(points: Decimal) -> Score:
    """Points as a whole number where they are one, else as a fraction."""
    exact = Fraction(points)
    return exact.numerator if exact.denominator == 1 else exact


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
    meta = _Meta(sections.get("META"), faults)
    unit = meta.unit()
    projects = _projects(sections.get("PROJECTS"), unit, faults)
    vote_type = meta.vote_type()
    ballots = _ballots(sections.get("VOTES"), vote_type, projects, faults)
    budget = meta.budget(unit)
    meta.check_count("num_projects", sections.get("PROJECTS"))
    meta.check_count("num_votes", sections.get("VOTES"))
    if faults or projects is None:
        faults.refuse()
    return Election(budget, unit, vote_type, tuple(projects.values()), tuple(ballots), meta.others())


class _Meta:
    """What META says, with the line where it says it; each answer names its own fault."""

    NAMED = ("num_projects", "num_votes", "budget", "vote_type", "currency")

    def __init__(self, section: Section | None, faults: Faults) -> None:
        self.faults = faults
        self.section = section if section and section.has("key", "value") else None
        self.said: dict[str, tuple[int, str]] = {}
        if self.section is not None:
            self._read(self.section)

    def _read(self, section: Section) -> None:
        for row in section.rows:
            cells = section.cells(row)
            key = cells["key"].lower()
            if not key:
                self.faults.add(row.line, "key", "identifier_empty")
            elif key in self.said:
                self.faults.add(row.line, "key", "meta_twice", name=key)
            else:
                self.said[key] = (row.line, cells["value"])

    def required(self, key: str) -> tuple[int, str] | None:
        if key not in self.said and self.section:
            self.faults.add(self.section.line, "", "meta_missing", name=key)
        return self.said.get(key)

    def unit(self) -> Unit:
        line, code = self.said.get("currency", (0, NO_CURRENCY))
        if not re.fullmatch("[A-Z]{3}", code):
            self.faults.add(line, "currency", "currency_unknown", text=code)
            return unit_of(NO_CURRENCY)
        return unit_of(code)

    def vote_type(self) -> str:
        line, written = self.required("vote_type") or (0, VOTE_TYPES[0])
        if written.lower() not in VOTE_TYPES:
            self.faults.add(line, "vote_type", "vote_type_unknown", text=written, known=", ".join(VOTE_TYPES))
        return written.lower()

    def budget(self, unit: Unit) -> int:
        line, written = self.required("budget") or (0, "0")
        return _amount(written, unit, line, "budget", self.faults) or 0

    def check_count(self, key: str, section: Section | None) -> None:
        """Compare a count, where META gives it, with the rows of its section."""
        if key not in self.said or section is None:
            return
        line, written = self.said[key]
        if not _COUNT.fullmatch(written):
            self.faults.add(line, key, "count_not_a_number", text=written)
        elif int(written) != len(section.rows):
            self.faults.add(line, key, "count_wrong", written=written, found=len(section.rows))

    def others(self) -> dict[str, str]:
        """What META says beyond what an election holds in fields of its own."""
        return {key: value for key, (_, value) in self.said.items() if key not in self.NAMED}


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


def _projects(section: Section | None, unit: Unit, faults: Faults) -> dict[str, ElectionProject] | None:
    """The projects by identifier, or None when their section cannot be read."""
    if section is None or not section.has("project_id", "cost"):
        return None
    projects: dict[str, ElectionProject] = {}
    first_line: dict[str, int] = {}
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
    section: Section | None, vote_type: str, projects: Mapping[str, ElectionProject] | None, faults: Faults
) -> list[ElectionBallot]:
    ballots: list[ElectionBallot] = []
    first_line: dict[str, int] = {}
    if section is None or not section.has("voter_id", "vote"):
        return ballots
    with_points = vote_type in WITH_POINTS and section.has("points")
    if vote_type in WITH_POINTS and not with_points:
        faults.add(section.line + 1, "points", "column_missing", section="VOTES", name="points")
    for row in section.rows:
        cells = section.cells(row)
        voter, vote = cells["voter_id"], _listed(cells["vote"])
        if _identifier(voter, row.line, "voter_id", faults) and first_line.setdefault(voter, row.line) != row.line:
            faults.add(row.line, "voter_id", "voter_twice", name=voter, first=first_line[voter])
        for name in vote:
            if projects is not None and name not in projects:
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
    with_points = election.vote_type in WITH_POINTS
    rows.writerows([["VOTES"], ["voter_id", "vote", "points"] if with_points else ["voter_id", "vote"]])
    for ballot in election.ballots:
        points = [_joined(map(str, ballot.points))] if with_points else []
        rows.writerow([ballot.voter, _joined(ballot.projects), *points])
    return out.getvalue()


def _joined(parts: Iterable[str]) -> str:
    return ",".join(parts)
