"""One supported project: its award and tranches, its life in public, what that brings back and who receives it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from allocation.amounts import amount_of
from fund.charter.trace import Step
from fund.models import ExploitationStatement, Fund, Performance, Project, Return, ReturnLine, ReturnShare, Tranche
from fund.queries.identities import (
    CharterIdentity,
    FundIdentity,
    PartyIdentity,
    charter_identity,
    fund_identity,
    party_identity,
)
from fund.queries.traces import steps_of
from ledger.money import Amount, Unit, total_of, unit_of


@dataclass(frozen=True, slots=True)
class TranchePart:
    """A part of the award: `condition` releases it on `due_on`; `paid_on` is None while it is unpaid."""

    number: int
    condition: str
    due_on: date
    amount: Amount
    paid_on: date | None
    payment: str


@dataclass(frozen=True, slots=True)
class DueLine:
    """What one rule asks of one performance; `key` opens its trace."""

    key: int
    rule: str
    base: Amount
    amount: Amount
    trace: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class PerformanceFact:
    """One dated event that the company declared, and what the charter asks of it.

    `settled` is false while its statement has no return yet: then nothing is known to be due.
    """

    reference: str
    on: date
    kind: str
    town: str
    audience: int | None
    fee: Amount
    member_date: bool
    triggered: bool
    cancelled: bool
    declared_in: str
    settled: bool
    lines: tuple[DueLine, ...]
    due: Amount


@dataclass(frozen=True, slots=True)
class SharePart:
    """One party's part of a return: `party_key` is `fund`, `company`, `member:CODE`, …; `form` the charter's word."""

    key: int
    party_key: str
    party: PartyIdentity | None
    form: str
    amount: Amount
    rule: str


@dataclass(frozen=True, slots=True)
class ReturnFact:
    """What the charter made of one statement: the amount due and its sharing.

    `carried` is zero, or below zero where corrections left the project under what it already returned: the
    next statement starts from it.
    """

    key: int
    reference: str
    on: date
    statement: str
    version: int
    first: date
    last: date
    amount: Amount
    carried: Amount
    charter: CharterIdentity
    algorithm: str
    trace: tuple[Step, ...]
    shares: tuple[SharePart, ...]


@dataclass(frozen=True, slots=True)
class SharedTotal:
    """What one kind of recipient has of all returns: `fund`, `members`, `company` or another word of the charter."""

    recipient: str
    form: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class ProjectAccount:
    """Everything a project's page and statement say, as of a date."""

    fund: FundIdentity
    code: str
    title: str
    company: PartyIdentity
    call: str
    as_of: date
    awarded: Amount
    awarded_on: date
    premiere_on: date | None
    agreement: str
    signed_on: date | None
    charter: CharterIdentity | None
    tranches: tuple[TranchePart, ...]
    performances: tuple[PerformanceFact, ...]
    returns: tuple[ReturnFact, ...]

    @property
    def paid(self) -> Amount:
        """What has left the bank for the company."""
        return total_of((part.amount for part in self.tranches if part.paid_on), self.awarded.unit)

    @property
    def to_pay(self) -> Amount:
        """What the award still promises."""
        return self.awarded - self.paid

    @property
    def next_tranche(self) -> TranchePart | None:
        """The unpaid part that falls due first."""
        unpaid = [part for part in self.tranches if part.paid_on is None]
        return min(unpaid, key=lambda part: (part.due_on, part.number), default=None)

    @property
    def played(self) -> tuple[PerformanceFact, ...]:
        """The declared dates that took place."""
        return tuple(each for each in self.performances if not each.cancelled)

    @property
    def receipts(self) -> Amount:
        """The fees of the dates that took place."""
        return total_of((each.fee for each in self.played), self.awarded.unit)

    @property
    def returned(self) -> Amount:
        """What the charter asks of the company so far."""
        return total_of((each.amount for each in self.returns), self.awarded.unit)

    @property
    def last_return(self) -> ReturnFact | None:
        """The return that was settled last."""
        return self.returns[-1] if self.returns else None

    @property
    def shared(self) -> tuple[SharedTotal, ...]:
        """All returns by kind of recipient and form, largest first."""
        sums: dict[tuple[str, str], Amount] = {}
        for each in self.returns:
            for share in each.shares:
                key = (recipient_kind(share.party_key), share.form)
                sums[key] = sums.get(key, Amount(0, share.amount.unit)) + share.amount
        totals = [SharedTotal(recipient, form, amount) for (recipient, form), amount in sums.items()]
        return tuple(sorted(totals, key=lambda total: (-total.amount.minor, total.recipient)))


def recipient_kind(party_key: str) -> str:
    """The kind of a party of the charter: `member:M03` → `members`, `fund` → `fund`."""
    kind, _, named = party_key.partition(":")
    return f"{kind}s" if named else kind


def project_account(fund: Fund, code: str, as_of: date) -> ProjectAccount | None:
    """The account of the project of this code; None when the fund supports no such project on the date."""
    project = (
        Project.objects.select_related("company", "agreement__charter")
        .filter(fund=fund, code=code, awarded_on__lte=as_of)
        .first()
    )
    if project is None:
        return None
    unit = unit_of(fund.currency)
    agreement = getattr(project, "agreement", None)
    if agreement is not None and agreement.signed_on > as_of:
        agreement = None
    returns = _returns(project, as_of, unit)
    return ProjectAccount(
        fund=fund_identity(fund),
        code=project.code,
        title=project.title,
        company=party_identity(project.company),
        call=project.call_slug,
        as_of=as_of,
        awarded=Amount(project.awarded_minor, unit),
        awarded_on=project.awarded_on,
        premiere_on=project.premiere_on,
        agreement=agreement.reference if agreement else "",
        signed_on=agreement.signed_on if agreement else None,
        charter=charter_identity(agreement.charter) if agreement else None,
        tranches=_tranches(agreement.pk, as_of, unit) if agreement else (),
        performances=_performances(project, as_of, unit),
        returns=returns,
    )


def _tranches(agreement: int, as_of: date, unit: Unit) -> tuple[TranchePart, ...]:
    rows = Tranche.objects.select_related("disbursement").filter(agreement=agreement)
    return tuple(_tranche(row, as_of, unit) for row in rows)


def _tranche(row: Tranche, as_of: date, unit: Unit) -> TranchePart:
    payment = getattr(row, "disbursement", None)
    if payment is not None and payment.paid_on > as_of:
        payment = None
    return TranchePart(
        row.number,
        row.condition,
        row.due_on,
        Amount(row.amount_minor, unit),
        payment.paid_on if payment else None,
        payment.reference if payment else "",
    )


def current_statements(project: Project, as_of: date) -> list[ExploitationStatement]:
    """The newest version of each statement that was declared by the date."""
    newest: dict[str, ExploitationStatement] = {}
    for statement in ExploitationStatement.objects.filter(project=project, declared_on__lte=as_of).order_by("version"):
        newest[statement.reference] = statement
    return sorted(newest.values(), key=lambda statement: (statement.first, statement.reference))


def _performances(project: Project, as_of: date, unit: Unit) -> tuple[PerformanceFact, ...]:
    statements = current_statements(project, as_of)
    settled = set(
        Return.objects.filter(statement__in=statements, settled_on__lte=as_of).values_list("statement_id", flat=True)
    )
    lines = _lines(project, as_of, unit)
    rows = Performance.objects.select_related("statement").filter(statement__in=statements)
    return tuple(
        PerformanceFact(
            row.reference,
            row.on,
            row.kind,
            row.town,
            row.audience,
            amount_of(row.fee),
            row.member_date,
            row.triggered,
            row.cancelled,
            f"{row.statement.reference} v{row.statement.version}",
            row.statement_id in settled,
            tuple(lines[row.reference]),
            total_of((line.amount for line in lines[row.reference]), unit),
        )
        for row in rows.order_by("on", "reference")
    )


def _lines(project: Project, as_of: date, unit: Unit) -> defaultdict[str, list[DueLine]]:
    """By the reference of the date: a later statement adds or takes off what it changes of an earlier one."""
    lines: defaultdict[str, list[DueLine]] = defaultdict(list)
    rows = ReturnLine.objects.select_related("performance").filter(
        of_return__project=project, of_return__settled_on__lte=as_of
    )
    for row in rows.order_by("of_return__settled_on", "of_return_id", "position"):
        lines[row.performance.reference].append(
            DueLine(row.pk, row.rule, Amount(row.base_minor, unit), Amount(row.amount_minor, unit), steps_of(row.trace))
        )
    return lines


def _returns(project: Project, as_of: date, unit: Unit) -> tuple[ReturnFact, ...]:
    shares: defaultdict[int, list[SharePart]] = defaultdict(list)
    for row in ReturnShare.objects.select_related("party").filter(of_return__project=project):
        shares[row.of_return_id].append(
            SharePart(
                row.pk,
                row.party_key,
                party_identity(row.party) if row.party else None,
                row.form,
                Amount(row.amount_minor, unit),
                row.rule,
            )
        )
    rows = Return.objects.select_related("statement", "charter").filter(project=project, settled_on__lte=as_of)
    return tuple(
        ReturnFact(
            row.pk,
            row.reference,
            row.settled_on,
            row.statement.reference,
            row.statement.version,
            row.statement.first,
            row.statement.last,
            Amount(row.amount_minor, unit),
            Amount(row.carried_minor, unit),
            charter_identity(row.charter),
            row.algorithm,
            steps_of(row.trace),
            tuple(shares[row.pk]),
        )
        for row in rows.order_by("settled_on", "reference")
    )
