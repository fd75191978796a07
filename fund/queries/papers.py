"""The paper behind an entry (*pièce*): the fund's own record of what was decided, received, signed or computed.

The reference of an entry begins with the kind of its record: `call:2026:M03`, `receipt:…`, `award:…`. What was
computed carries its stored trace, so that a figure of the books ends in sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from allocation.amounts import amount_of
from fund.charter.trace import Step
from fund.entries import booked_record
from fund.models import (
    Agreement,
    AwardNotice,
    Contribution,
    ContributionCall,
    Disbursement,
    DrawingRightMovement,
    Fund,
    InKindContribution,
    Project,
    Return,
)
from fund.queries.gifts import help_of
from fund.queries.identities import (
    CharterIdentity,
    FundIdentity,
    PartyIdentity,
    charter_identity,
    fund_identity,
    party_identity,
)
from fund.queries.traces import steps_of
from ledger.money import NOTORIETY, Amount, unit_of

YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A record behind an entry; what a kind of record does not have is empty or None."""

    fund: FundIdentity
    kind: str
    reference: str
    on: date
    amount: Amount
    party: PartyIdentity | None = None
    project: PartyIdentity | None = None
    call: str = ""
    note: str = ""
    method: str = ""
    hours: Amount | None = None
    signed_by: tuple[str, ...] = ()
    charter: CharterIdentity | None = None
    algorithm: str = ""
    trace: tuple[Step, ...] = ()


def paper_of(fund: Fund, entry_reference: str) -> Paper | None:
    """The record behind the entry of this reference; None when the fund keeps none."""
    kind, rest = booked_record(entry_reference)
    find = _FINDERS.get(kind)
    return find(fund, rest) if find else None


def _named(project: Project) -> PartyIdentity:
    return PartyIdentity(project.code, project.title)


def _call(fund: Fund, rest: str) -> Paper | None:
    row = (
        ContributionCall.objects.select_related("membership__party", "charter")
        .filter(fund=fund, reference=f"call:{rest}")
        .first()
    )
    if row is None:
        return None
    return Paper(
        fund=fund_identity(fund),
        kind="call",
        reference=row.reference,
        on=row.called_on,
        amount=Amount(row.amount_minor, unit_of(fund.currency)),
        party=party_identity(row.membership.party),
        note=str(row.fiscal_year),
        charter=charter_identity(row.charter),
        algorithm=row.algorithm,
        trace=steps_of(row.trace),
    )


def _receipt(fund: Fund, rest: str) -> Paper | None:
    row = Contribution.objects.select_related("membership__party").filter(fund=fund, reference=rest).first()
    if row is None:
        return None
    return Paper(
        fund=fund_identity(fund),
        kind="receipt",
        reference=row.reference,
        on=row.received_on,
        amount=amount_of(row.amount),
        party=party_identity(row.membership.party),
        note=row.label,
    )


def _in_kind(fund: Fund, rest: str) -> Paper | None:
    row = InKindContribution.objects.select_related("membership__party").filter(fund=fund, reference=rest).first()
    if row is None:
        return None
    given = help_of(row)
    project = Project.objects.filter(fund=fund, code=given.project).first()
    return Paper(
        fund=fund_identity(fund),
        kind="in-kind",
        reference=given.reference,
        on=given.on,
        amount=given.value,
        party=party_identity(row.membership.party),
        project=_named(project) if project else None,
        method=given.method,
        hours=given.hours or None,
    )


def _award(fund: Fund, rest: str) -> Paper | None:
    row = Project.objects.select_related("company").filter(fund=fund, code=rest).first()
    if row is None:
        return None
    return Paper(
        fund=fund_identity(fund),
        kind="award",
        reference=f"outcome:{row.call_slug}",
        on=row.awarded_on,
        amount=Amount(row.awarded_minor, unit_of(fund.currency)),
        party=party_identity(row.company),
        project=_named(row),
        call=row.call_slug,
    )


def _notice(fund: Fund, rest: str) -> Paper | None:
    row = AwardNotice.objects.select_related("project__company").filter(project__fund=fund, reference=rest).first()
    if row is None:
        return None
    return Paper(
        fund=fund_identity(fund),
        kind="notice",
        reference=row.reference,
        on=row.notified_on,
        amount=Amount(row.project.awarded_minor, unit_of(fund.currency)),
        party=party_identity(row.project.company),
        project=_named(row.project),
        call=row.project.call_slug,
        signed_by=(row.notified_by,),
    )


def _agreement(fund: Fund, rest: str) -> Paper | None:
    row = (
        Agreement.objects.select_related("project__company", "charter")
        .filter(project__fund=fund, reference=rest)
        .first()
    )
    if row is None:
        return None
    return Paper(
        fund=fund_identity(fund),
        kind="agreement",
        reference=row.reference,
        on=row.signed_on,
        amount=Amount(row.amount_minor, unit_of(fund.currency)),
        party=party_identity(row.project.company),
        project=_named(row.project),
        charter=charter_identity(row.charter),
    )


def _payment(fund: Fund, rest: str) -> Paper | None:
    row = (
        Disbursement.objects.select_related("tranche__agreement__project__company", "tranche__agreement__charter")
        .filter(tranche__agreement__project__fund=fund, reference=rest)
        .first()
    )
    if row is None:
        return None
    project = row.tranche.agreement.project
    return Paper(
        fund=fund_identity(fund),
        kind="payment",
        reference=row.reference,
        on=row.paid_on,
        amount=Amount(row.tranche.amount_minor, unit_of(fund.currency)),
        party=party_identity(project.company),
        project=_named(project),
        note=row.tranche.condition,
        charter=charter_identity(row.tranche.agreement.charter),
        algorithm=row.tranche.algorithm,
        signed_by=(row.prepared_by, row.approved_by),
    )


def _return(fund: Fund, rest: str) -> Paper | None:
    row = (
        Return.objects.select_related("project__company", "charter", "statement")
        .filter(project__fund=fund, reference=f"return:{rest.removesuffix(':shared')}")
        .first()
    )
    if row is None:
        return None
    return Paper(
        fund=fund_identity(fund),
        kind="return",
        reference=row.reference,
        on=row.settled_on,
        amount=Amount(row.amount_minor, unit_of(fund.currency)),
        party=party_identity(row.project.company),
        project=_named(row.project),
        note=f"{row.statement.reference} v{row.statement.version}",
        charter=charter_identity(row.charter),
        algorithm=row.algorithm,
        trace=steps_of(row.trace),
    )


def _drawing_right(fund: Fund, rest: str) -> Paper | None:
    right, _, movement = rest.rpartition(":")
    row = (
        DrawingRightMovement.objects.select_related("right__party", "project")
        .filter(right__party__fund=fund, right__reference=right, reference=movement)
        .first()
    )
    if row is None:
        return None
    return Paper(
        fund=fund_identity(fund),
        kind="drawing-right",
        reference=f"{row.right.reference} / {row.reference}",
        on=row.on,
        amount=Amount(row.amount_minor, unit_of(fund.currency)),
        party=party_identity(row.right.party),
        project=_named(row.project) if row.project else None,
        note=row.kind,
    )


def _notoriety(fund: Fund, rest: str) -> Paper | None:
    year = rest.partition(":")[0]
    if not (year.isascii() and year.isdigit() and len(year) == YEAR_DIGITS):
        return None
    row = fund.notoriety_statements.select_related("charter").filter(year=int(year)).first()
    if row is None:
        return None
    credited = sum(line.credited for line in row.lines.all())
    return Paper(
        fund=fund_identity(fund),
        kind="notoriety",
        reference=f"notoriety:{row.year}",
        on=row.adopted_on,
        amount=Amount(credited, NOTORIETY),
        note=str(row.year),
        signed_by=(row.by,),
        charter=charter_identity(row.charter),
        algorithm=row.algorithm,
        trace=steps_of(row.trace),
    )


_FINDERS: Final[Mapping[str, Callable[[Fund, str], Paper | None]]] = {
    "call": _call,
    "receipt": _receipt,
    "in-kind": _in_kind,
    "award": _award,
    "notice": _notice,
    "agreement": _agreement,
    "payment": _payment,
    "return": _return,
    "drawing-right": _drawing_right,
    "notoriety": _notoriety,
}
