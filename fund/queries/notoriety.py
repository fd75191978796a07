"""The recognition of a year: what facts are worth, who is credited, what is contested, what a person adopted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from fund.charter.faults import CharterError
from fund.charter.notoriety.contestation import last_day_to_contest
from fund.charter.notoriety.grammar import FactKind, Level, Notoriety
from fund.charter.notoriety.points import FactLine, fact_lines
from fund.charter.notoriety.statements import Statement
from fund.charter.trace import Step
from fund.models import Fund, NotorietyContest, NotorietyPoints, NotorietyStatement
from fund.models import NotorietyFact as FactRecord
from fund.queries.charters import charter_in_force
from fund.queries.identities import CharterIdentity, FundIdentity, PartyIdentity, charter_identity, fund_identity
from fund.queries.notoriety_register import DATE, DECLARED, TOWN, Register, computed, notoriety_of, register_of
from fund.queries.traces import steps_of
from ledger.money import NOTORIETY, Amount, total_of

HIDDEN_MEMBERS = "members"
"""The key of the line that stands for the members who are not shown."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact can be checked; `digest` is empty for a date of an exploitation statement."""

    text: str
    url: str
    digest: str
    declared_by: str


@dataclass(frozen=True, slots=True)
class Contested:
    """A contest, and how it ended where it did: `outcome` is empty while it is open."""

    reference: str
    fact: str
    project: PartyIdentity
    on: date
    by: str
    why: str
    outcome: str = ""
    resolved_on: date | None = None
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class FactShown:
    """A fact as it counts today, its state in the charter's word, and until when it may be contested."""

    key: str
    project: PartyIdentity
    kind: FactKind
    level: Level
    on: date
    place: str
    declared_on: date
    evidence: Evidence
    state: str
    points: Amount
    from_day: date | None
    last_day: date
    contests: tuple[Contested, ...]

    @property
    def is_contested(self) -> bool:
        """Whether nobody has decided yet."""
        return any(not contest.outcome for contest in self.contests)


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party's year: `party` is None for the fund itself and for members who are not shown."""

    party_key: str
    party: PartyIdentity | None
    opening: Amount
    decayed: Amount
    credited: Amount
    contested: Amount
    closing: Amount


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """What a project's facts give in the year: dates, towns, and what was declared beside them."""

    project: PartyIdentity
    dates: int
    towns: int
    declared: int
    points: Amount


@dataclass(frozen=True, slots=True)
class Adopted:
    """Who adopted the statement, when, and by which computation."""

    on: date
    by: str
    algorithm: str


@dataclass(frozen=True, slots=True)
class NotorietyYear:
    """The page of a year. Without `adopted` it is a draft of `as_of`; `refused` says why none can be made."""

    fund: FundIdentity
    year: int
    years: tuple[int, ...]
    as_of: date
    charter: CharterIdentity | None
    rules: Notoriety | None
    adopted: Adopted | None
    refused: CharterError | None
    projects: tuple[ProjectLine, ...]
    parties: tuple[PartyLine, ...]
    facts: tuple[FactShown, ...]
    contests: tuple[Contested, ...]
    trace: tuple[Step, ...]

    @property
    def produced(self) -> Amount:
        """All the points that the statement credits."""
        return total_of((line.points for line in self.projects), NOTORIETY)

    @property
    def held(self) -> Amount:
        """All the points that parties have at the end of the year."""
        return total_of((line.closing for line in self.parties), NOTORIETY)

    @property
    def faded(self) -> Amount:
        """All the points that the passing year took."""
        return total_of((line.decayed for line in self.parties), NOTORIETY)

    @property
    def waiting(self) -> Amount:
        """The points of facts that may still be contested, and of those that are."""
        states = ("waiting", "contested")
        return total_of((fact.points for fact in self.facts if fact.state in states), NOTORIETY)

    @property
    def open_contests(self) -> tuple[Contested, ...]:
        """Those that nobody has decided."""
        return tuple(contest for contest in self.contests if not contest.outcome)

    @property
    def adoptable_from(self) -> date | None:
        """The day after which the statement may be adopted, as far as the delay goes; None once it is adopted."""
        if self.adopted or self.rules is None:
            return None
        pending = (fact.last_day for fact in self.facts if fact.state in ("waiting", "credited", "contested"))
        return max([date(self.year, 12, 31), *pending])


def notoriety_year(fund: Fund, year: int | None, as_of: date) -> NotorietyYear:
    """The recognition of a year as it is known on a day; without a year, the latest that has a fact."""
    register = register_of(fund, until=as_of)
    years = {fact.on.year for fact in register.facts} | set(fund.notoriety_statements.values_list("year", flat=True))
    year = year or max(years, default=as_of.year)
    stored = fund.notoriety_statements.select_related("charter").filter(year=year).first()
    version = stored.charter if stored else charter_in_force(fund, date(year, 12, 31))
    rules = notoriety_of(version) if version else None
    made, refused = _draft(fund, rules, year, as_of) if stored is None else (None, None)
    lines = _lines(rules, register.up_to(year), as_of)
    shown = _facts(fund, rules, lines) if rules else ()
    return NotorietyYear(
        fund=fund_identity(fund),
        year=year,
        years=tuple(sorted(years | {year}, reverse=True)),
        as_of=as_of,
        charter=charter_identity(version) if version else None,
        rules=rules,
        adopted=Adopted(stored.adopted_on, stored.by, stored.algorithm) if stored else None,
        refused=refused,
        projects=_stored_projects(stored) if stored else _projects(fund, lines),
        parties=_stored_parties(stored) if stored else _parties(fund, made),
        facts=tuple(fact for fact in shown if fact.on.year == year),
        contests=tuple(contest for fact in shown if fact.on.year == year for contest in fact.contests),
        trace=steps_of(stored.trace) if stored else made.steps if made else (),
    )


def project_facts(fund: Fund, project: str, as_of: date) -> tuple[FactShown, ...]:
    """Every fact of one project that is known on a day, by the charter in force then; the latest first."""
    version = charter_in_force(fund, as_of)
    rules = notoriety_of(version) if version else None
    if rules is None:
        return ()
    register = register_of(fund, until=as_of)
    facts = tuple(fact for fact in register.facts if fact.project == project)
    known = {fact.reference for fact in facts}
    contests = tuple(each for each in register.contests if each.fact in known)
    lines = fact_lines(rules, until=as_of, facts=facts, contests=contests, credited=register.credited)
    shown = _facts(fund, rules, lines)
    return tuple(sorted(shown, key=lambda fact: (fact.on, fact.key), reverse=True))


def fact_shown(fund: Fund, key: str, as_of: date) -> FactShown | None:
    """A fact of the register by its key, as it counts on a day."""
    fact = register_of(fund, until=as_of).fact(key)
    facts = project_facts(fund, fact.project, as_of) if fact else ()
    return next((each for each in facts if each.key == key), None)


def contest_shown(fund: Fund, reference: str) -> tuple[NotorietyContest, Contested] | None:
    """A contest by its reference, as a record and as it is shown."""
    row = _contest_rows(fund).filter(reference=reference).first()
    return (row, _contested(row)) if row else None


def _draft(fund: Fund, rules: Notoriety | None, year: int, as_of: date) -> tuple[Statement | None, CharterError | None]:
    if rules is None:
        return None, None
    try:
        return computed(fund, rules, year=year, until=as_of), None
    except CharterError as refusal:
        return None, refusal


def _lines(rules: Notoriety | None, known: Register, as_of: date) -> tuple[FactLine, ...]:
    if rules is None:
        return ()
    return fact_lines(rules, until=as_of, facts=known.facts, contests=known.contests, credited=known.credited)


def _facts(fund: Fund, rules: Notoriety, lines: Iterable[FactLine]) -> tuple[FactShown, ...]:
    """Facts with their evidence and contests; a town is told with the date that reached it."""
    titles = {project.code: PartyIdentity(project.code, project.title) for project in fund.projects.all()}
    records = {f"{DECLARED}:{row.reference}": row for row in fund.notoriety_facts.select_related("party")}
    contests: dict[str, list[Contested]] = defaultdict(list)
    for row in _contest_rows(fund):
        contests[row.fact_key].append(_contested(row))
    points: Counter[str] = Counter()
    for line in lines:
        points[_with_its_date(line.fact.reference)] += line.points
    for key, credited in NotorietyPoints.objects.filter(statement__fund=fund).values_list("fact_key", "points"):
        points[_with_its_date(key)] += credited
    return tuple(
        FactShown(
            key=line.fact.reference,
            project=titles[line.fact.project],
            kind=line.fact.kind,
            level=line.fact.level,
            on=line.fact.on,
            place=line.fact.town,
            declared_on=line.fact.declared_on,
            evidence=_evidence(records.get(line.fact.reference), line.fact.evidence),
            state=line.state,
            points=Amount(points[line.fact.reference], NOTORIETY),
            from_day=line.from_day,
            last_day=last_day_to_contest(rules, line.fact),
            contests=tuple(contests[line.fact.reference]),
        )
        for line in lines
        if line.fact.kind != TOWN
    )


def _with_its_date(key: str) -> str:
    """The key of the date that reached a town; any other key as it is."""
    kind, _, rest = key.partition(":")
    return f"{DATE}:{rest}" if kind == TOWN else key


def _evidence(row: FactRecord | None, statement: str) -> Evidence:
    if row is None:
        return Evidence(statement, "", "", "")
    return Evidence(row.evidence, row.evidence_url, row.evidence_digest, row.party.name if row.party else "")


def _contest_rows(fund: Fund) -> QuerySet[NotorietyContest]:
    return fund.notoriety_contests.select_related("party", "project", "resolution")


def _contested(row: NotorietyContest) -> Contested:
    made = Contested(
        reference=row.reference,
        fact=row.fact_key,
        project=PartyIdentity(row.project.code, row.project.title),
        on=row.on,
        by=row.party.name if row.party else "",
        why=row.why,
    )
    settled = getattr(row, "resolution", None)
    if settled is None:
        return made
    return replace(made, outcome=settled.outcome, resolved_on=settled.on, resolution=settled.why)


def _projects(fund: Fund, lines: Iterable[FactLine]) -> tuple[ProjectLine, ...]:
    counted: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for line in lines:
        if line.state == "credited":
            counted[line.fact.project].append((line.fact.kind, line.points))
    return _project_lines({project.code: project.title for project in fund.projects.all()}, counted)


def _stored_projects(stored: NotorietyStatement) -> tuple[ProjectLine, ...]:
    counted: dict[str, list[tuple[str, int]]] = defaultdict(list)
    titles = {}
    for row in stored.points.select_related("project"):
        titles[row.project.code] = row.project.title
        counted[row.project.code].append((row.kind, row.points))
    return _project_lines(titles, counted)


def _project_lines(titles: Mapping[str, str], counted: Mapping[str, list[tuple[str, int]]]) -> tuple[ProjectLine, ...]:
    lines = []
    for code, facts in counted.items():
        kinds = Counter(kind for kind, _ in facts)
        lines.append(
            ProjectLine(
                project=PartyIdentity(code, titles[code]),
                dates=kinds["performance"],
                towns=kinds[TOWN],
                declared=len(facts) - kinds["performance"] - kinds[TOWN],
                points=Amount(sum(points for _, points in facts), NOTORIETY),
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.points.minor, line.project.code)))


def _parties(fund: Fund, made: Statement | None) -> tuple[PartyLine, ...]:
    names = dict(fund.parties.values_list("code", "name"))
    return _ordered(
        _party_line(line.party, names, line.opening, line.decayed, line.credited, line.contested, line.closing)
        for line in (made.lines if made else ())
    )


def _stored_parties(stored: NotorietyStatement) -> tuple[PartyLine, ...]:
    names = dict(stored.fund.parties.values_list("code", "name"))
    return _ordered(
        _party_line(line.party_key, names, line.opening, line.decayed, line.credited, 0, line.closing)
        for line in stored.lines.all()
    )


def _party_line(key: str, names: Mapping[str, str], *points: int) -> PartyLine:
    code = key.partition(":")[2]
    party = PartyIdentity(code, names.get(code, code)) if code else None
    return PartyLine(key, party, *(Amount(each, NOTORIETY) for each in points))


def _ordered(lines: Iterable[PartyLine]) -> tuple[PartyLine, ...]:
    """Who has most comes first."""
    return tuple(sorted(lines, key=lambda line: (-line.closing.minor, line.party_key)))
