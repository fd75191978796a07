"""What only shows when the files are held against the fund's books; asked before anything is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from allocation.amounts import amount_of
from allocation.queries import ballots_cast
from fund.charter.facts import AllocationFacts, Facts, MemberFacts, Performance
from fund.charter.faults import CharterError
from fund.charter.outcomes import run
from fund.errors import SharingNotBooked, TrancheConditionNotKept
from fund.importers.exploitation import EXPLOITATION_FILE
from fund.importers.faults import Fault, FolderInvalid, fault_at
from fund.importers.fund_file import FUND_FILE
from fund.importers.in_kind import IN_KIND_FILE
from fund.importers.members import BUDGET, MEMBERS_FILE
from fund.importers.notoriety import NOTORIETY_FILE
from fund.importers.receipts import RECEIPTS_FILE
from fund.importers.values import MINOR_LIMIT as LARGEST_MINOR
from fund.importers.year_folder import YearFolder
from fund.importers.year_rows import call_slug, declared_of, gift_of, played_of, receipt_of, statement_reference
from fund.models import Contribution, Fund, YearRun
from fund.models import Performance as PerformanceRecord
from fund.services import contributions, in_kind, notoriety
from fund.services.projects import refuse_unkept
from fund.services.returns import refuse_unbooked
from ledger.money import Amount, Unit


def check(folder: YearFolder) -> None:
    """Refuse, with every fault, a folder that the fund's books contradict or whose charter they cannot keep."""
    if faults := [*_amount_faults(folder), *_charter_faults(folder), *_book_faults(folder)]:
        raise FolderInvalid(faults)


def _amount_faults(folder: YearFolder) -> Iterator[Fault]:
    """Sums that nothing can be done with, though each value may stand in its column."""
    if folder.in_kind and folder.fund.currency.code != "EUR":
        yield fault_at(IN_KIND_FILE, 0, "in_kind_not_euros", "unit_value", text=folder.fund.currency.code)
    for row in folder.in_kind:
        if gift_of(row, folder).value.minor > LARGEST_MINOR:
            yield fault_at(IN_KIND_FILE, row.line, "in_kind_too_large", "quantity", text=row.reference)
    if folder.election.budget <= 0:
        yield fault_at(folder.call.ballots, 0, "envelope_empty", "budget")
    for project in folder.election.projects:
        if project.cost <= 0:
            yield fault_at(folder.call.ballots, 0, "project_free", "cost", text=project.id)


def _charter_faults(folder: YearFolder) -> Iterator[Fault]:
    """What would stop the year on its way: a tranche whose day nobody records, a sharing without a key or a book."""
    rules = folder.rules
    cash = Counter({row.id: 0 for row in folder.members})
    for receipt in folder.receipts:
        cash[receipt.member] += receipt.amount.minor
    for earlier in Contribution.objects.filter(fund__slug=folder.fund.slug).select_related("membership__party"):
        cash[earlier.membership.party.code] += amount_of(earlier.amount).minor
    members = {code: MemberFacts(contribution=minor) for code, minor in cash.items()}
    costs = {project.id: project.cost for project in folder.election.projects}
    events: dict[str, list[Performance]] = defaultdict(list)
    for row in folder.performances:
        events[row.project].append(Performance(date=row.on, fee=row.fee.minor, reference=row.reference))
    refused: dict[str, str] = {}  # English to French
    for rule in rules.returns:  # of risks, files declare nothing: there is no loss to bear
        if rule.base != "fee":
            refused[f"its article “{rule.name}” counts “{rule.base}”, and these files declare fees alone."] = (
                f"son article « {rule.name} » compte « {rule.base} », et ces fichiers ne déclarent que des cessions."
            )
    try:
        refuse_unkept(rules)
    except TrancheConditionNotKept as refusal:
        refused[refusal.sentence("en")] = refusal.sentence("fr")
    for project, played in events.items():
        allocation = AllocationFacts(amount=costs[project], premiere=folder.call.premiere)
        try:
            refuse_unbooked(run(rules, Facts(members=members, allocation=allocation, events=tuple(played))))
        except (CharterError, SharingNotBooked) as refusal:
            refused[refusal.sentence("en")] = refusal.sentence("fr")
    for english, french in sorted(refused.items()):
        yield fault_at(FUND_FILE, 0, "charter_not_kept", "fund.charter", said=english, dit=french)


def _book_faults(folder: YearFolder) -> Iterator[Fault]:
    """Rows whose reference the fund's books hold with other contents, and new rows of a year that is over."""
    fund = Fund.objects.filter(slug=folder.fund.slug).first()
    if fund is None:
        return
    over = YearRun.objects.filter(fund=fund, fiscal_year=folder.fund.fiscal_year, finished=True).exists()
    receipts = {row.reference: row for row in fund.contributions.select_related("membership__party")}
    for row in folder.receipts:
        held = receipts.get(row.reference)
        kept = contributions.kept(held) if held else None
        yield from _compared(RECEIPTS_FILE, row.line, row.reference, kept, contributions.given(receipt_of(row)), over)
    gifts = {row.reference: row for row in fund.in_kind_contributions.select_related("membership__party")}
    for gift in folder.in_kind:
        given = gifts.get(gift.reference)
        kept = in_kind.kept(given) if given else None
        yield from _compared(IN_KIND_FILE, gift.line, gift.reference, kept, in_kind.given(gift_of(gift, folder)), over)
    yield from _notoriety_faults(folder, fund, over)
    yield from _member_faults(folder, fund, over)
    yield from _project_faults(folder, fund)
    yield from _ballot_faults(folder, fund)
    yield from _performance_faults(folder, fund, over)


def _notoriety_faults(folder: YearFolder, fund: Fund, over: bool) -> Iterator[Fault]:
    known = {row.reference: row for row in fund.notoriety_facts.select_related("project")}
    for fact in folder.notoriety:
        held = known.get(fact.reference)
        kept = notoriety.kept(held) if held else None
        given = notoriety.given(fact.project, declared_of(fact))
        yield from _compared(NOTORIETY_FILE, fact.line, fact.reference, kept, given, over)


def _compared(
    file: str, line: int, reference: str, kept: Mapping[str, object] | None, given: Mapping[str, object], over: bool
) -> Iterator[Fault]:
    if kept is None:
        if over:
            yield fault_at(file, line, "year_over", column="reference", text=reference)
        return
    for name, value in given.items():
        if name in kept and kept[name] != value:
            yield fault_at(
                file, line, "record_conflict", column=name, text=reference, found=str(value), first=str(kept[name])
            )


def _member_faults(folder: YearFolder, fund: Fund, over: bool) -> Iterator[Fault]:
    year, unit = folder.fund.fiscal_year, folder.fund.currency
    memberships = fund.memberships.select_related("party").prefetch_related("figures", "pledges__instalments")
    known = {row.party.code: row for row in memberships}
    for row in folder.members:
        held = known.get(row.id)
        given = {
            "name": row.name,
            "category": row.category,
            BUDGET: _major(row.annual_production_budget, unit),
            "pledge": _major(row.pledge, unit),
        }
        kept = None
        if held is not None:
            declared = [
                amount_of(figure.amount).minor
                for figure in held.figures.all()
                if (figure.fiscal_year, figure.name) == (year, BUDGET)
            ]
            parts = [
                amount_of(part.amount).minor
                for pledge in held.pledges.all()
                for part in pledge.instalments.all()
                if part.fiscal_year == year
            ]
            kept = {
                "name": held.party.name,
                "category": held.category,
                BUDGET: _major(declared[0] if declared else None, unit),
                "pledge": _major(sum(parts) if parts else None, unit),
            }
            if not over:  # a run that was stopped may have admitted a member and kept nothing of it yet
                kept = {name: value for name, value in kept.items() if value is not None}
        yield from _compared(MEMBERS_FILE, row.line, row.id, kept, given, over)


def _major(minor: int | None, unit: Unit) -> str | None:
    return None if minor is None else Amount(minor, unit).major


def _project_faults(folder: YearFolder, fund: Fund) -> Iterator[Fault]:
    """A project's code is its own for the life of the fund: the books know it by nothing else."""
    taken = {row.code: row.call_slug for row in fund.projects.exclude(call_slug=call_slug(folder.fund.fiscal_year))}
    for project in folder.election.projects:
        if project.id in taken:
            yield fault_at(
                folder.call.ballots, 0, "project_taken", "project_id", text=project.id, call=taken[project.id]
            )


def _ballot_faults(folder: YearFolder, fund: Fund) -> Iterator[Fault]:
    """Ballots that were cast are compared voter by voter: a sealed vote never changes."""
    held = ballots_cast(fund.slug, call_slug(folder.fund.fiscal_year))
    if not held:
        return
    given = {ballot.voter: list(ballot.projects) for ballot in folder.election.ballots}
    for voter in sorted(held.keys() | given.keys()):
        kept, now = held.get(voter), given.get(voter)
        if kept != now:
            yield fault_at(
                folder.call.ballots,
                0,
                "record_conflict",
                "vote",
                text=voter,
                first="—" if kept is None else ",".join(kept),
                found="—" if now is None else ",".join(now),
            )


def _performance_faults(folder: YearFolder, fund: Fund, over: bool) -> Iterator[Fault]:
    references = {statement_reference(project, folder.fund.fiscal_year) for project in _declared(folder)}
    rows: Iterable[PerformanceRecord] = PerformanceRecord.objects.filter(
        statement__project__fund=fund, statement__version=1, statement__reference__in=references
    ).select_related("statement__project")
    known = {row.reference: row for row in rows}
    stated = {row.statement.project.code for row in known.values()}
    for row in folder.performances:
        held, given = known.get(row.reference), played_of(row)
        kept = None
        if held is not None:
            kept = {
                "project": held.statement.project.code,
                "date": held.on.isoformat(),
                "kind": held.kind,
                "fee": str(amount_of(held.fee)),
                "member_date": held.member_date,
                "triggered": held.triggered,
                "town": held.town,
                "audience": held.audience,
            }
        yield from _compared(
            EXPLOITATION_FILE,
            row.line,
            row.reference,
            kept,
            {
                "project": row.project,
                "date": given.on.isoformat(),
                "kind": given.kind,
                "fee": str(given.fee),
                "member_date": given.member_date,
                "triggered": given.triggered,
                "town": given.town,
                "audience": given.audience,
            },
            over or row.project in stated,
        )


def _declared(folder: YearFolder) -> set[str]:
    return {row.project for row in folder.performances}
