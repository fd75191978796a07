"""Once a year a person adopts what the charter makes of the register: it is stored, and booked in points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db import transaction

from fund import entries
from fund.charter.notoriety.contestation import last_day_to_contest
from fund.charter.notoriety.facts import Withdrawn
from fund.charter.notoriety.grammar import Notoriety
from fund.charter.notoriety.statements import Statement
from fund.charter.trace import step_as_json
from fund.errors import (
    NotorietyAlreadyAdopted,
    NotorietyContestsOpen,
    NotorietyDelayRunning,
    NotorietyNotInCharter,
)
from fund.models import CharterVersion, Fund, NotorietyLine, NotorietyPoints, NotorietyStatement
from fund.queries.notoriety_register import Register, computed, notoriety_of, register_of
from fund.services.actors import Actor, book, log, take_turn
from fund.services.charters import in_force
from ledger.journal import Document, Entry
from ledger.money import NOTORIETY, Amount

JOURNAL = "NO"


@transaction.atomic
def adopt_notoriety(actor: Actor, *, year: int, on: date) -> NotorietyStatement:
    """Adopt the statement of a year, by the charter in force on its last day; once a year, in the order of the years.

    Refused while a fact of the year may still be contested, or is. What is declared later goes into the next statement.
    The same person adopting again on the same day finds the first.
    """
    fund = take_turn(actor.fund)
    latest = fund.notoriety_statements.filter(year__gte=year).order_by("year").first()
    if latest is not None:
        if (latest.year, latest.adopted_on, latest.by) == (year, on, actor.by):
            return latest
        raise NotorietyAlreadyAdopted(adopted=latest.year, on=latest.adopted_on, year=year)
    version = in_force(fund, date(year, 12, 31))
    rules = notoriety_of(version)
    if rules is None:
        raise NotorietyNotInCharter(on=date(year, 12, 31))
    _refuse_early(rules, register_of(fund, until=on).up_to(year), year=year, on=on)
    made = computed(fund, rules, year=year, until=on)
    adopted = _keep(fund, version, made, year=year, on=on, by=actor.by)
    _book(actor, adopted, made)
    log(
        actor,
        on=on,
        kind="notoriety-adopted",
        reference=f"notoriety:{year}",
        points=made.credited,
        facts=adopted.points.count(),
    )
    return adopted


def _refuse_early(rules: Notoriety, known: Register, *, year: int, on: date) -> None:
    """Refuse while a fact that the statement would credit is contested, or may still be."""
    over = known.credited | {each.fact for each in known.contests if isinstance(each.resolution, Withdrawn)}
    pending = {fact.reference: fact for fact in known.facts if fact.reference not in over}
    contested = [each for each in known.contests if each.resolution is None and each.fact in pending]
    if contested:
        first = min(contested, key=lambda each: (each.on, each.fact))
        count = len({(each.on, each.by, each.fact.partition(":")[2]) for each in contested})
        raise NotorietyContestsOpen(count=count, year=year, since=first.on, fact=first.fact)
    until = max([date(year, 12, 31), *(last_day_to_contest(rules, fact) for fact in pending.values())])
    if on <= until:
        raise NotorietyDelayRunning(year=year, until=until, on=on)


def _keep(fund: Fund, version: CharterVersion, made: Statement, *, year: int, on: date, by: str) -> NotorietyStatement:
    adopted = fund.notoriety_statements.create(
        year=year,
        adopted_on=on,
        by=by,
        charter=version,
        algorithm=made.algorithm,
        trace=[step_as_json(step) for step in made.steps],
    )
    projects = {project.code: project for project in fund.projects.all()}
    parties = {party.code: party for party in fund.parties.all()}
    NotorietyPoints.objects.bulk_create(
        (
            NotorietyPoints(
                statement=adopted,
                fact_key=line.fact.reference,
                project=projects[line.fact.project],
                kind=line.fact.kind,
                level=line.fact.level,
                on=line.fact.on,
                place=line.fact.town,
                points=line.points,
            )
            for line in made.facts
            if line.state == "credited"
        ),
        batch_size=500,
    )
    NotorietyLine.objects.bulk_create(
        NotorietyLine(
            statement=adopted,
            party_key=line.party,
            party=parties.get(line.party.partition(":")[2]),
            opening=line.opening,
            decayed=line.decayed,
            credited=line.credited,
            closing=line.closing,
            decay_carried=str(line.standing.decay_carried),
            credit_carried=str(line.standing.credit_carried),
        )
        for line in made.lines
    )
    return adopted


def _book(actor: Actor, adopted: NotorietyStatement, made: Statement) -> None:
    """What fades first, then what is credited: two entries of the day of the adoption."""
    produced: Counter[str] = Counter()
    for line in made.facts:
        if line.state == "credited":
            produced[line.fact.project] += line.points
    credited: Counter[str] = Counter()
    faded: Counter[str] = Counter()
    for party in made.lines:
        code = party.party.partition(":")[2]
        credited[code] += party.credited
        faded[code] += party.decayed
    reference = entries.entry_reference("notoriety", adopted.year)
    document = Document(reference, adopted.adopted_on)
    to_book = [
        Entry(
            journal=JOURNAL,
            on=adopted.adopted_on,
            kind="notoriety-decayed",
            reference=f"{reference}:faded",
            label=f"Notoriété {adopted.year}, part estompée",
            lines=entries.notoriety_decayed(recognised=_points(faded)),
            document=document,
        ),
        Entry(
            journal=JOURNAL,
            on=adopted.adopted_on,
            kind="notoriety-credited",
            reference=reference,
            label=f"Notoriété {adopted.year}, relevé adopté",
            lines=entries.notoriety_credited(produced=_points(produced), recognised=_points(credited)),
            document=document,
        ),
    ]
    if any(entry.lines for entry in to_book):
        book(actor, to_book)


def _points(minor: Mapping[str, int]) -> dict[str, Amount]:
    return {code: Amount(points, NOTORIETY) for code, points in sorted(minor.items())}
