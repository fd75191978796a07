"""What the rules of recognition are applied to: the facts of a fund, who contests them, what was credited before.

A date that a project played is two facts, the date itself and the town it reached; whoever contests one contests both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import cast

from allocation.amounts import amount_of
from fund.charter.facts import MemberFacts
from fund.charter.notoriety.facts import Amended, Contest, NotorietyFact, Resolution, Upheld, Withdrawn
from fund.charter.notoriety.grammar import FactKind, Level, Notoriety
from fund.charter.notoriety.statements import Standing, Statement, member_points, statement
from fund.models import (
    CharterVersion,
    Contribution,
    ExploitationStatement,
    Fund,
    NotorietyContest,
    NotorietyPoints,
    NotorietyResolution,
    NotorietyStatement,
    Performance,
)
from fund.models import NotorietyFact as FactRecord
from fund.queries.charters import charter_in_force, rules_of

DATE, TOWN, DECLARED = "date", "town", "fact"
"""How the key of a fact begins."""

DATES_ARE: Level = "local"
"""The level of a date that a project played: exploitation statements say none, so a contest may correct it."""


@dataclass(frozen=True, slots=True)
class Register:
    """The facts of a fund as they are known on a day, the contests, and the keys that a statement has credited."""

    facts: tuple[NotorietyFact, ...]
    contests: tuple[Contest, ...]
    credited: frozenset[str]

    def up_to(self, year: int) -> Register:
        """The same without the facts of later years and what is said of them."""
        facts = tuple(fact for fact in self.facts if fact.on.year <= year)
        known = {fact.reference for fact in facts}
        return Register(facts, tuple(each for each in self.contests if each.fact in known), self.credited)

    def fact(self, key: str) -> NotorietyFact | None:
        """The fact of this key."""
        return next((fact for fact in self.facts if fact.reference == key), None)


def notoriety_of(version: CharterVersion) -> Notoriety | None:
    """What a version of the charter says of recognition; None when it says nothing."""
    return rules_of(version).notoriety


def notoriety_in_force(fund: Fund, on: date) -> Notoriety | None:
    """What the charter in force on a day says of recognition."""
    version = charter_in_force(fund, on)
    return notoriety_of(version) if version else None


def register_of(fund: Fund, *, until: date) -> Register:
    """All that was declared and contested up to a day."""
    facts = (*_dates(fund, until), *map(declared_fact, _declared(fund, until)))
    by_key = {fact.reference: fact for fact in facts}
    credited = NotorietyPoints.objects.filter(statement__fund=fund).values_list("fact_key", flat=True)
    return Register(facts, tuple(_contests(fund, by_key, until)), frozenset(credited))


def computed(fund: Fund, rules: Notoriety, *, year: int, until: date) -> Statement:
    """The statement of a year as the rules make it on a day; raises what `statement` raises."""
    last = last_adopted(fund, before=year)
    known = register_of(fund, until=until).up_to(year)
    return statement(
        rules,
        until=until,
        facts=known.facts,
        contests=known.contests,
        members=member_figures(fund, until=date(year, 12, 31)),
        opening=standings(last) if last else None,
        credited=known.credited,
        years=year - last.year if last else 1,
    )


def last_adopted(fund: Fund, *, before: int) -> NotorietyStatement | None:
    """The statement adopted for the latest year before another."""
    return fund.notoriety_statements.filter(year__lt=before).order_by("-year").first()


def standings(adopted: NotorietyStatement) -> dict[str, Standing]:
    """Where each party stood at the end of a statement, as it was stored."""
    return {
        line.party_key: Standing(line.closing, Fraction(line.decay_carried), Fraction(line.credit_carried))
        for line in adopted.lines.all()
    }


def points_held(fund: Fund, on: date) -> dict[str, int]:
    """The members' points by the last statement adopted by a day: the figures of the key `notoriety`."""
    last = fund.notoriety_statements.filter(adopted_on__lte=on).order_by("-year").first()
    return member_points(standings(last)) if last else {}


def member_figures(fund: Fund, *, until: date) -> dict[str, MemberFacts]:
    """The members known on a day, each with the cash it has given by then."""
    cash: dict[str, int] = defaultdict(int)
    for code in fund.memberships.filter(term_from__lte=until).values_list("party__code", flat=True):
        cash[code] += 0
    rows = Contribution.objects.filter(fund=fund, received_on__lte=until).select_related("membership__party")
    for row in rows:
        cash[row.membership.party.code] += amount_of(row.amount).minor
    return {code: MemberFacts(contribution=minor) for code, minor in sorted(cash.items())}


def declared_fact(row: FactRecord) -> NotorietyFact:
    """A declared fact as the rules take it."""
    return NotorietyFact(
        reference=f"{DECLARED}:{row.reference}",
        kind=cast(FactKind, row.kind),
        level=cast(Level, row.level),
        on=row.on,
        declared_on=row.declared_on,
        project=row.project.code,
        company=row.project.company.code,
        evidence=row.evidence_url or row.evidence,
        town=row.place,
    )


def _declared(fund: Fund, until: date) -> Iterable[FactRecord]:
    return fund.notoriety_facts.filter(declared_on__lte=until).select_related("project__company")


def _dates(fund: Fund, until: date) -> Iterator[NotorietyFact]:
    """The dates of the newest version of each exploitation statement, and the towns they reached.

    A date that a correction leaves as it was keeps the day it was first declared: its delay does not begin again.
    """
    versions = (
        ExploitationStatement.objects.filter(project__fund=fund, declared_on__lte=until)
        .select_related("project__company")
        .prefetch_related("performances")
        .order_by("project__code", "reference", "version")
    )
    newest: dict[tuple[str, str], dict[str, NotorietyFact]] = {}
    for version in versions:
        place = version.project.code, version.reference
        before = newest.get(place, {})
        newest[place] = {}
        for row in version.performances.all():
            if row.cancelled or row.kind != "performance":
                continue
            fact = _date(version, row)
            known = before.get(fact.reference)
            if known is not None and (known.on, known.town) == (fact.on, fact.town):
                fact = replace(fact, declared_on=known.declared_on)
            newest[place][fact.reference] = fact
    for facts in newest.values():
        for fact in facts.values():
            yield fact
            if fact.town.strip():
                yield replace(fact, reference=town_key_of(fact.reference), kind="town")


def _date(statement: ExploitationStatement, row: Performance) -> NotorietyFact:
    project = statement.project
    return NotorietyFact(
        reference=f"{DATE}:{project.code}/{statement.reference}/{row.reference}",
        kind="performance",
        level=DATES_ARE,
        on=row.on,
        declared_on=max(statement.declared_on, row.on),
        project=project.code,
        company=project.company.code,
        evidence=statement.reference,
        town=row.town,
    )


def town_key_of(date_key: str) -> str:
    """The key of the town that a date reached."""
    return f"{TOWN}:{date_key.partition(':')[2]}"


def _contests(fund: Fund, facts: Mapping[str, NotorietyFact], until: date) -> Iterator[Contest]:
    """The contests as they stand on a day; whoever contests a date contests the town it reached too."""
    rows = NotorietyContest.objects.filter(fund=fund, on__lte=until).select_related("resolution")
    for row in rows.order_by("on", "reference"):
        for key in (row.fact_key, town_key_of(row.fact_key)):
            fact = facts.get(key)
            if fact is not None and (key == row.fact_key or row.fact_key.startswith(DATE)):
                settled = getattr(row, "resolution", None)
                resolution = resolution_of(settled, fact) if settled and settled.on <= until else None
                yield Contest(fact=key, on=row.on, by=row.by, reason=row.why, resolution=resolution)


def resolution_of(row: NotorietyResolution, fact: NotorietyFact) -> Resolution:
    """A decision as the rules take it."""
    if row.outcome == NotorietyResolution.Outcome.STANDS:
        return Upheld(row.on)
    if row.outcome == NotorietyResolution.Outcome.WITHDRAWN or row.fact_on is None:
        return Withdrawn(row.on)
    return Amended(row.on, replace(fact, level=cast(Level, row.level), on=row.fact_on, town=row.place))
