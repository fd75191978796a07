"""What a statement makes due is computed by the charter, shared by it, and booked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Sum

from allocation.amounts import amount_of
from fund import entries
from fund.charter.facts import AllocationFacts, Facts, MemberFacts
from fund.charter.facts import Performance as Played
from fund.charter.outcomes import Outcome
from fund.charter.settlements import (
    Settlement,
    Standing,
    follows_recognition,
    project_facts,
    settle,
    weighed_by_recognition,
)
from fund.charter.spans import months_later
from fund.charter.splits import Share
from fund.charter.trace import Step, step_as_json
from fund.errors import SharingNotBooked, StatementOutOfDate
from fund.models import (
    Contribution,
    DrawingRight,
    ExploitationStatement,
    Party,
    Performance,
    Project,
    Return,
    ReturnLine,
    ReturnShare,
)
from fund.queries.charters import rules_of
from fund.queries.notoriety_register import points_held
from fund.queries.treatments import treatment_of
from fund.services.actors import Actor, book, log, refuse_foreign, take_turn
from fund.services.charters import in_force
from fund.services.exploitation import current_statements
from ledger.journal import Document, Entry
from ledger.money import Amount, Unit, unit_of

ALGORITHM = "charter/1"
"""Stored with each return: what this name computes never changes, another computation takes another name."""

BOOKED = {("fund", "cash"), ("company", "locked"), ("member", "drawing-right")}
"""Who may receive in which form, as `fund/entries.py` books it; what is `retained` moves in no book."""


@transaction.atomic
def settle_return(actor: Actor, statement: ExploitationStatement, *, on: date) -> Return:
    """Compute and book what a statement makes due, by the charter of the project's agreement; once per statement.

    All the project's dates so far are looked at anew: a date declared late takes its place, a cancelled one
    leaves it, and the difference falls into this statement. Nothing is taken back.
    """
    fund = take_turn(actor.fund)
    refuse_foreign(fund, statement.project.fund)
    if (held := Return.objects.filter(statement=statement).first()) is not None:
        return held
    if ExploitationStatement.objects.filter(corrects=statement).exists():
        raise StatementOutOfDate(reference=statement.reference, version=statement.version)
    project = statement.project
    version = project.agreement.charter if hasattr(project, "agreement") else in_force(fund, project.awarded_on)
    played = _dates_so_far(project, statement)
    facts = _facts(project, played, until=date(statement.last.year, 12, 31))
    if follows_recognition(rules_of(version)):
        facts = weighed_by_recognition(facts, points_held(fund, on))
    settlement = settle(rules_of(version), facts, _standing(project))
    refuse_unbooked(settlement.outcome)
    settled = Return.objects.create(
        project=project,
        statement=statement,
        reference=entries.entry_reference("return", project.code, statement.reference, statement.version),
        settled_on=on,
        amount_minor=settlement.amount,
        carried_minor=settlement.carried,
        charter=version,
        algorithm=ALGORITHM,
        trace=[step_as_json(step) for step in _steps_of_total(settlement.outcome)],
    )
    _keep_lines(settled, settlement.outcome, played)
    shares = _keep_shares(settled, settlement)
    _book(actor, settled, shares)
    log(actor, on=on, kind="return-settled", reference=settled.reference, amount=settled.amount_minor)
    return settled


@dataclass(frozen=True, slots=True)
class _Kept:
    """A share as it was stored, and how many months a drawing right of it lasts."""

    row: ReturnShare
    expires_months: int | None


def _dates_so_far(project: Project, statement: ExploitationStatement) -> list[Performance]:
    """Every date that took place, in the charter's order."""
    current = current_statements(project, until=statement.last)
    rows = Performance.objects.filter(statement__in=current, cancelled=False, kind="performance")
    return sorted(rows, key=lambda row: (row.on, row.reference))


def _facts(project: Project, played: Sequence[Performance], *, until: date) -> Facts:
    """What the charter may ask: the award, the dates, and each member's cash up to the end of the fiscal year."""
    cash: dict[str, int] = defaultdict(int)
    for row in project.fund.memberships.filter(term_from__lte=until).select_related("party"):
        cash[row.party.code] += 0
    receipts = Contribution.objects.filter(fund=project.fund, received_on__lte=until).select_related(
        "membership__party"
    )
    for receipt in receipts:
        cash[receipt.membership.party.code] += amount_of(receipt.amount).minor
    return project_facts(
        {code: MemberFacts(contribution=minor) for code, minor in cash.items()},
        AllocationFacts(amount=project.awarded_minor, premiere=project.premiere_on),
        [
            Played(
                date=row.on,
                fee=amount_of(row.fee).minor,
                member_date=row.member_date,
                triggered=row.triggered,
                reference=row.reference,
            )
            for row in played
        ],
    )


def _standing(project: Project) -> Standing:
    """What the project's statements made due so far, and what each party has of each rule, under each key."""
    sums: dict[str, dict[tuple[str, str, str], int]] = defaultdict(lambda: defaultdict(int))
    for row in ReturnShare.objects.filter(of_return__project=project):
        sums[row.key_digest][row.rule, row.party_key, row.form] += row.amount_minor
    shares = {
        digest: tuple(Share(rule, party, form, minor) for (rule, party, form), minor in found.items())  # type: ignore[arg-type]
        for digest, found in sums.items()
    }
    return Standing(project.returns.aggregate(total=Sum("amount_minor"))["total"] or 0, shares)


def refuse_unbooked(outcome: Outcome) -> None:
    """Refuse a sharing that gives somebody a part in a form the books do not keep."""
    for share in outcome.shares:
        kind = share.party.partition(":")[0]
        if share.minor and share.form != "retained" and (kind, share.form) not in BOOKED:
            raise SharingNotBooked(party=share.party, form=share.form)


def _keep_lines(settled: Return, outcome: Outcome, played: Sequence[Performance]) -> None:
    """Keep, date by date, what this statement adds to what earlier ones counted."""
    counted: dict[tuple[str, str], int] = defaultdict(int)
    last_seen: dict[tuple[str, str], Performance] = {}
    lines = ReturnLine.objects.filter(of_return__project=settled.project).select_related("performance")
    for line in lines.order_by("of_return__settled_on", "of_return_id", "position"):
        counted[line.performance.reference, line.rule] += line.amount_minor
        last_seen[line.performance.reference, line.rule] = line.performance
    rows = []
    for position, rule, base, minor, steps in _looked_at(outcome):
        performance = played[position]
        already = counted.pop((performance.reference, rule), None)
        if already is None or already != minor:
            rows.append((performance, rule, base, minor - (already or 0), steps))
    for (reference, rule), already in counted.items():
        if already:  # a date that counted and is there no more
            rows.append((last_seen[reference, rule], rule, 0, -already, ()))
    ReturnLine.objects.bulk_create(
        (
            ReturnLine(
                of_return=settled,
                performance=performance,
                position=position,
                rule=rule,
                base_minor=base,
                amount_minor=minor,
                trace=[step_as_json(step) for step in steps],
            )
            for position, (performance, rule, base, minor, steps) in enumerate(rows, start=1)
        ),
        batch_size=500,
    )


def _steps_of_total(outcome: Outcome) -> list[Step]:
    """How the whole came about: the limits, the running total at each rule's last date that counted, the sharing."""
    last = {item.rule: item.event for item in outcome.due}
    return [
        step
        for step in outcome.trace.steps
        if step.event is None or step.event == last.get(step.article.partition(".")[2])
    ]


def _looked_at(outcome: Outcome) -> Iterator[tuple[int, str, int, int, Sequence[Step]]]:
    """Every date that a rule looked at: its position, the rule, what it was counted for, what it makes due, the steps.

    A date that the charter leaves out makes nothing due; its steps say why.
    """
    counted = {(item.event, item.rule) for item in outcome.due}
    left_out: dict[tuple[int, str], list[Step]] = defaultdict(list)
    for step in outcome.trace.steps:
        rule = step.article.partition(".")[2]
        if step.event is not None and (step.event, rule) not in counted:
            left_out[step.event, rule].append(step)
    for item in outcome.due:
        yield item.event, item.rule, item.base, item.minor, item.steps
    for (event, rule), steps in left_out.items():
        yield event, rule, 0, 0, steps


def _keep_shares(settled: Return, settlement: Settlement) -> list[_Kept]:
    """Keep each party's part of this statement, and the drawing rights that come of it."""
    members = {party.code: party for party in Party.objects.filter(fund=settled.project.fund)}
    kept = []
    for share in settlement.added:
        if share.form == "retained":
            continue  # what stays where it is moves in no book
        kind, _, code = share.party.partition(":")
        party = settled.project.company if kind == "company" else members.get(code)
        row = ReturnShare.objects.create(
            of_return=settled,
            party_key=share.party,
            party=party,
            form=share.form,
            amount_minor=share.minor,
            rule=share.key,
            key_digest=settlement.digest,
        )
        kept.append(_Kept(row, share.expires_months))
        if share.form == "drawing-right" and row.amount_minor and party is not None:
            DrawingRight.objects.create(
                party=party,
                reference=f"{settled.reference}:{code}:{share.key}",
                share=row,
                granted_on=settled.settled_on,
                expires_on=months_later(settled.settled_on, share.expires_months or 0),
                amount_minor=row.amount_minor,
            )
    return kept


def _book(actor: Actor, settled: Return, shares: Sequence[_Kept]) -> None:
    project = settled.project
    unit = unit_of(project.fund.currency)
    agreement = project.agreement.reference if hasattr(project, "agreement") else ""
    due = entries.return_due(
        company=project.company.code,
        project=project.code,
        agreement=agreement,
        amount=Amount(settled.amount_minor, unit),
    )
    rows = [kept.row for kept in shares]
    shared = entries.return_shared(
        company=project.company.code, drawing_rights=_rights(rows, unit), locked=_locked(rows, unit)
    )
    treatment = treatment_of(project.fund, "return-shared", on=settled.settled_on, convention=agreement)
    if not treatment.income:
        shared = ()  # the fund keeps rights and locked parts in its register alone
    document = Document(settled.reference, settled.settled_on)
    label = f"Retour du projet {project.code}, {settled.statement.reference}"
    to_book = [
        Entry(
            journal="RT",
            on=settled.settled_on,
            kind="return-due",
            reference=settled.reference,
            label=label,
            lines=due,
            document=document,
        ),
        Entry(
            journal="HB",
            on=settled.settled_on,
            kind="return-shared",
            reference=f"{settled.reference}:shared",
            label=f"{label}, partage",
            lines=shared,
            document=document,
        ),
    ]
    if settled.amount_minor:
        book(actor, to_book)


def _rights(rows: Iterable[ReturnShare], unit: Unit) -> Mapping[str, Amount]:
    rights: dict[str, Amount] = {}
    for row in rows:
        if row.form == "drawing-right" and row.party is not None:
            rights[row.party.code] = rights.get(row.party.code, Amount(0, unit)) + Amount(row.amount_minor, unit)
    return rights


def _locked(rows: Iterable[ReturnShare], unit: Unit) -> Amount:
    return Amount(sum(row.amount_minor for row in rows if row.form == "locked"), unit)
