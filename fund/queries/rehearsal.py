"""A fund's real past, gathered for a rehearsal from its records; nothing is written.

A statement was settled with what was known on that day. The log of acts says in which order things became known, so
a date that was corrected later, or money that arrived later in the year, does not change what a replay begins from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial

from allocation.amounts import amount_of
from fund.charter.facts import Performance as Played
from fund.charter.faults import FactsMissing, Fault
from fund.charter.grammar import Charter
from fund.errors import CharterCurrencyDiffers
from fund.models import (
    Act,
    Contribution,
    ContributionCall,
    DeclaredFigure,
    Disbursement,
    ExploitationStatement,
    Fund,
    InKindContribution,
    Instalment,
    Membership,
    Performance,
    Project,
    Return,
    ReturnShare,
)
from fund.queries.books import bank_balance
from fund.queries.charters import charter_in_force, rules_of
from fund.queries.gifts import help_of
from fund.queries.identities import FundIdentity, charter_identity, fund_identity
from fund.queries.notoriety_register import points_held
from fund.rehearsal.comparing import Comparison, compared
from fund.rehearsal.futures import Futures
from fund.rehearsal.models import FundModel
from fund.rehearsal.prospects import model_of
from fund.rehearsal.records import Booked, Call, MemberRecord, Past, Payment, ProjectRecord, Receipt, StatementRecord
from fund.rehearsal.rehearsing import rehearsed
from ledger.money import unit_of

_TELLING = (
    "member-admitted",
    "contributions-received",
    "exploitation-declared",
    "exploitation-corrected",
    "return-settled",
)
"""The acts by which facts of a rehearsal become known."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A charter that is rehearsed: what it is called here, and the text."""

    name: str
    charter: Charter


@dataclass(frozen=True, slots=True)
class Chance:
    """How many futures to draw, from which seed, on how many processes; who hears how far it is."""

    paths: int
    seed: int
    processes: int = 1
    progress: Callable[[int, int], None] | None = None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A draft over a fund's past, and over simulated futures where they were asked for.

    `in_force` names the versions that it is compared with. `model` holds the figures that the futures are drawn from;
    when a charter needs a fact that the records do not hold, there are none, and `futures_missing` names it.
    """

    fund: FundIdentity
    draft: Draft
    in_force: tuple[str, ...]
    past: Comparison
    model: FundModel | None = None
    futures: Futures | None = None
    futures_missing: tuple[Fault, ...] = ()


def rehearsal_of(fund: Fund, draft: Draft, chance: Chance | None = None) -> Rehearsal:
    """Rehearse a draft over the fund's past; nothing is written. Raises CharterCurrencyDiffers."""
    past = past_of(fund)
    if draft.charter.head.currency != past.currency:
        raise CharterCurrencyDiffers(charter=draft.charter.head.currency.code, fund=fund.currency)
    in_force = sorted({project.charter_name for project in past.projects})
    found = compared(past, draft.charter)
    rehearsal = Rehearsal(fund_identity(fund), draft, tuple(in_force), found)
    if chance is None:
        return rehearsal
    model = model_of(past, reserve=found.then.course[-1].closing)
    current = charter_in_force(fund, past.last)
    try:
        futures = rehearsed(
            model,
            draft.charter,
            rules_of(current) if current else None,
            paths=chance.paths,
            seed=chance.seed,
            processes=chance.processes,
            progress=chance.progress,
        )
    except FactsMissing as refusal:
        return replace(rehearsal, model=model, futures_missing=refusal.faults)
    return replace(rehearsal, model=model, futures=futures)


def past_of(fund: Fund) -> Past:
    """Everything that a rehearsal of the fund needs, up to its latest record."""
    places = _places(fund)
    members = _members(fund, places)
    projects = _projects(fund, places)
    days = [fund.founded_on]
    days += [receipt.on for member in members for receipt in member.receipts]
    days += [call.on for member in members for call in member.called.values()]
    days += [project.signed_on for project in projects if project.signed_on]
    days += [payment.on for project in projects for payment in project.payments]
    days += [statement.settled_on for project in projects for statement in project.statements]
    first = min(days)
    return Past(
        currency=unit_of(fund.currency),
        first=first,
        last=max(days),
        opening=bank_balance(fund, first - timedelta(days=1)).minor,
        members=members,
        projects=projects,
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """When each record became known: its position in the log. What the log does not name was known from the start.

    `points` gives the members' points of recognition on a day.
    """

    members: Mapping[str, int]
    receipts: Mapping[int, int]
    statements: Mapping[tuple[str, str, int], int]
    returns: Mapping[str, int]
    points: Callable[[date], Mapping[str, int]]


def _places(fund: Fund) -> _Places:
    members: dict[str, int] = {}
    statements: dict[tuple[str, str, int], int] = {}
    returns: dict[str, int] = {}
    batches: dict[str, int] = {}
    for place, (kind, reference, facts) in enumerate(
        Act.objects.filter(fund=fund, kind__in=_TELLING).order_by("pk").values_list("kind", "reference", "facts"),
        start=1,
    ):
        match kind:
            case "member-admitted":
                members.setdefault(reference, place)
            case "contributions-received":
                batches[reference] = place
            case "exploitation-declared":
                statements[facts["project"], reference, 1] = place
            case "exploitation-corrected":
                statements[facts["project"], reference, facts["version"]] = place
            case "return-settled":
                returns[reference] = place
    return _Places(members, _receipt_places(fund, batches), statements, returns, cache(partial(points_held, fund)))


def _receipt_places(fund: Fund, batches: Mapping[str, int]) -> dict[int, int]:
    """Receipts are written in batches, each named after its first one."""
    place, places = 0, {}
    for pk, reference in Contribution.objects.filter(fund=fund).order_by("pk").values_list("pk", "reference"):
        place = places[pk] = batches.get(reference, place)
    return places


def _members(fund: Fund, places: _Places) -> tuple[MemberRecord, ...]:
    declared: dict[str, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for figure in DeclaredFigure.objects.filter(membership__fund=fund).select_related("membership__party"):
        of_year = declared[figure.membership.party.code][figure.fiscal_year]
        of_year[figure.name] = amount_of(figure.amount).minor
    pledged: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for part in Instalment.objects.filter(pledge__membership__fund=fund).select_related("pledge__membership__party"):
        pledged[part.pledge.membership.party.code][part.fiscal_year] += amount_of(part.amount).minor
    called: dict[str, dict[int, Call]] = defaultdict(dict)
    for call in ContributionCall.objects.filter(fund=fund).select_related("membership__party"):
        called[call.membership.party.code][call.fiscal_year] = Call(call.called_on, call.amount_minor)
    receipts: dict[str, list[Receipt]] = defaultdict(list)
    for row in Contribution.objects.filter(fund=fund).select_related("membership__party").order_by("received_on", "pk"):
        receipt = Receipt(row.received_on, amount_of(row.amount).minor, places.receipts[row.pk])
        receipts[row.membership.party.code].append(receipt)
    in_kind: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for help_ in InKindContribution.objects.filter(fund=fund).select_related("membership__party"):
        facts, sums = help_of(help_), in_kind[help_.membership.party.code]
        sums[0] += facts.value.minor
        sums[1] += facts.hours.minor
    found: dict[str, MemberRecord] = {}
    for membership in Membership.objects.filter(fund=fund).select_related("party").order_by("term_from", "pk"):
        code = membership.party.code
        value, hours = in_kind[code]
        found[code] = MemberRecord(
            code=code,
            name=membership.party.name,
            category=membership.category,
            since=found[code].since if code in found else membership.term_from,
            place=places.members.get(code, 0),
            declared={year: dict(figures) for year, figures in declared[code].items()},
            pledged=dict(pledged[code]),
            called=called[code],
            receipts=tuple(receipts[code]),
            in_kind=value,
            hours=hours,
        )
    return tuple(found[code] for code in sorted(found))


def _projects(fund: Fund, places: _Places) -> tuple[ProjectRecord, ...]:
    settled = _by_project(Return.objects.filter(project__fund=fund).select_related("statement"))
    versions: dict[int, list[ExploitationStatement]] = defaultdict(list)
    for statement in ExploitationStatement.objects.filter(project__fund=fund).select_related("corrects"):
        versions[statement.project_id].append(statement)
    dates: dict[int, list[Performance]] = defaultdict(list)
    for row in Performance.objects.filter(statement__project__fund=fund, cancelled=False, kind="performance"):
        dates[row.statement_id].append(row)
    parts: dict[int, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for share in ReturnShare.objects.filter(of_return__project__fund=fund):
        parts[share.of_return_id][share.party_key, share.form] += share.amount_minor
    payments: dict[int, list[Payment]] = defaultdict(list)
    for paid in Disbursement.objects.filter(tranche__agreement__project__fund=fund).select_related(
        "tranche__agreement"
    ):
        tranche = paid.tranche
        payments[tranche.agreement.project_id].append(Payment(paid.paid_on, tranche.amount_minor, tranche.condition))
    records: list[ProjectRecord] = []
    for project in fund.projects.select_related("company", "agreement__charter"):
        of_project = versions[project.pk]
        statements = [
            _statement(row, project, of_project, dates, places, dict(parts[row.pk])) for row in settled[project.pk]
        ]
        records += _project(project, payments[project.pk], statements)
    return tuple(sorted(records, key=lambda record: record.code))


def _by_project(rows: Iterable[Return]) -> dict[int, list[Return]]:
    found: dict[int, list[Return]] = defaultdict(list)
    for row in rows:
        found[row.project_id].append(row)
    return found


def _project(project: Project, payments: list[Payment], statements: list[StatementRecord]) -> Iterator[ProjectRecord]:
    """The record; none of a project that no charter ever applied to."""
    agreement = getattr(project, "agreement", None)
    version = agreement.charter if agreement else charter_in_force(project.fund, project.awarded_on)
    if version is not None:
        yield ProjectRecord(
            code=project.code,
            title=project.title,
            company=project.company.code,
            company_name=project.company.name,
            awarded=project.awarded_minor,
            awarded_on=project.awarded_on,
            premiere=project.premiere_on,
            signed_on=agreement.signed_on if agreement else None,
            charter=rules_of(version),
            charter_name=str(charter_identity(version)),
            payments=tuple(sorted(payments, key=lambda payment: payment.on)),
            statements=tuple(sorted(statements, key=lambda statement: statement.place)),
        )


def _statement(
    settled: Return,
    project: Project,
    versions: list[ExploitationStatement],
    dates: Mapping[int, list[Performance]],
    places: _Places,
    parts: Mapping[tuple[str, str], int],
) -> StatementRecord:
    """What a statement was settled with: of each statement so far, the newest version of that day."""
    place = places.returns.get(settled.reference, settled.pk)
    last = settled.statement.last
    known: dict[str, ExploitationStatement] = {}
    for version in sorted(versions, key=lambda version: version.version):
        key = (project.code, version.reference, version.version)
        if version.last <= last and places.statements.get(key, 0) < place:
            known[version.reference] = version
    played = sorted(
        (row for version in known.values() for row in dates.get(version.pk, ())),
        key=lambda row: (row.on, row.reference),
    )
    return StatementRecord(
        reference=settled.reference,
        last=last,
        settled_on=settled.settled_on,
        place=place,
        played=tuple(
            Played(
                date=row.on,
                fee=amount_of(row.fee).minor,
                member_date=row.member_date,
                triggered=row.triggered,
                reference=row.reference,
            )
            for row in played
        ),
        booked=Booked(settled.amount_minor, settled.carried_minor, dict(parts)),
        points=places.points(settled.settled_on),
    )
