"""What one member gave, is asked for, holds, and what its share did: the facts of its page and its statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from allocation.amounts import amount_of
from fund.charter.trace import Step
from fund.models import (
    Contribution,
    ContributionCall,
    DrawingRight,
    DrawingRightMovement,
    Fund,
    InKindContribution,
    Instalment,
    Membership,
    Project,
    ReturnShare,
)
from fund.queries.gifts import Gifts, HelpInKind, Receipt, gifts_of, help_of, receipt_of
from fund.queries.identities import (
    CharterIdentity,
    FundIdentity,
    PartyIdentity,
    charter_identity,
    fund_identity,
    party_identity,
)
from fund.queries.traces import steps_of
from ledger.money import Amount, Unit, rounded, total_of, unit_of


@dataclass(frozen=True, slots=True)
class Call:
    """What the charter's formula asks of the member for a fiscal year; `trace` is the stored computation."""

    reference: str
    fiscal_year: int
    on: date
    amount: Amount
    charter: CharterIdentity
    trace: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """A part of a pledge that falls due on a day."""

    pledge: str
    due_on: date
    fiscal_year: int
    amount: Amount


@dataclass(frozen=True, slots=True)
class RightMovement:
    """What became of a part of a drawing right: `used`, `transferred` or `expired`."""

    reference: str
    kind: str
    on: date
    amount: Amount
    project: str
    to: str


@dataclass(frozen=True, slots=True)
class Right:
    """A drawing right: how much was granted, how much of it is left, and its last day."""

    reference: str
    project: str
    granted_on: date
    expires_on: date
    amount: Amount
    left: Amount
    movements: tuple[RightMovement, ...]


@dataclass(frozen=True, slots=True)
class SharedReturn:
    """The member's part of what one project brought back; `trace` is the stored sharing."""

    project: str
    title: str
    reference: str
    on: date
    whole: Amount
    form: str
    amount: Amount
    trace: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class SupportedByShare:
    """What the member's share of the cash did: of the award of one project, the part in proportion to its gifts."""

    code: str
    title: str
    awarded: Amount
    in_proportion: Amount


@dataclass(frozen=True, slots=True)
class MemberAccount:
    """Everything a member's page and statement say, as of a date.

    `part` is the member's share of all cash received so far; `received` counts cash alone.
    """

    fund: FundIdentity
    member: PartyIdentity
    category: str
    term_from: date
    term_until: date | None
    as_of: date
    calls: tuple[Call, ...]
    promises: tuple[Promise, ...]
    receipts: tuple[Receipt, ...]
    helps: tuple[HelpInKind, ...]
    gave: Gifts
    called: Amount
    still_due: Amount
    part: Fraction
    returns: tuple[SharedReturn, ...]
    rights: tuple[Right, ...]
    supported: tuple[SupportedByShare, ...]

    @property
    def received(self) -> Amount:
        """The cash that reached the bank."""
        return self.gave.cash

    @property
    def right_left(self) -> Amount:
        """What may still be drawn."""
        return total_of((right.left for right in self.rights), self.called.unit)

    @property
    def next_expiry(self) -> date | None:
        """The first day on which a part of what is left would be lost."""
        return min((right.expires_on for right in self.rights if right.left), default=None)

    @property
    def brought_back(self) -> Amount:
        """The member's part of all returns shared so far."""
        return total_of((share.amount for share in self.returns), self.called.unit)


def member_account(fund: Fund, code: str, as_of: date) -> MemberAccount | None:
    """The account of the member of this code; None when nobody of this code is a member on or before the date."""
    memberships = tuple(
        Membership.objects.select_related("party").filter(fund=fund, party__code=code, term_from__lte=as_of)
    )
    if not memberships:
        return None
    membership = max(memberships, key=lambda each: each.term_from)
    party, unit = membership.party, unit_of(fund.currency)
    receipts = tuple(map(receipt_of, _received(fund, as_of).filter(membership__party=party)))
    helps = tuple(
        help_of(row)
        for row in InKindContribution.objects.filter(fund=fund, membership__party=party, given_on__lte=as_of)
    )
    calls = _calls(memberships, as_of, unit)
    gave = gifts_of(receipts, helps, unit)
    called = total_of((call.amount for call in calls), unit)
    in_all = total_of((amount_of(row.amount) for row in _received(fund, as_of)), unit)
    part = Fraction(gave.cash.minor, in_all.minor) if in_all else Fraction(0)
    return MemberAccount(
        fund=fund_identity(fund),
        member=party_identity(party),
        category=membership.category,
        term_from=membership.term_from,
        term_until=membership.term_until,
        as_of=as_of,
        calls=calls,
        promises=_promises(memberships, as_of),
        receipts=receipts,
        helps=helps,
        gave=gave,
        called=called,
        still_due=max(called - gave.cash, Amount(0, unit)),
        part=part,
        returns=_returns(fund, code, as_of, unit),
        rights=_rights(party.pk, as_of, unit),
        supported=_supported(fund, part, as_of, unit),
    )


def _received(fund: Fund, as_of: date) -> Any:
    return Contribution.objects.filter(fund=fund, received_on__lte=as_of)


def _calls(memberships: Iterable[Membership], as_of: date, unit: Unit) -> tuple[Call, ...]:
    rows = ContributionCall.objects.select_related("charter").filter(membership__in=memberships, called_on__lte=as_of)
    return tuple(
        Call(
            row.reference,
            row.fiscal_year,
            row.called_on,
            Amount(row.amount_minor, unit),
            charter_identity(row.charter),
            steps_of(row.trace),
        )
        for row in rows.order_by("called_on", "reference")
    )


def _promises(memberships: Iterable[Membership], as_of: date) -> tuple[Promise, ...]:
    rows = Instalment.objects.select_related("pledge").filter(
        pledge__membership__in=memberships, pledge__pledged_on__lte=as_of
    )
    return tuple(
        Promise(row.pledge.reference, row.due_on, row.fiscal_year, amount_of(row.amount))
        for row in rows.order_by("due_on", "pk")
    )


def _returns(fund: Fund, member: str, as_of: date, unit: Unit) -> tuple[SharedReturn, ...]:
    rows = (
        ReturnShare.objects.select_related("of_return__project")
        .filter(of_return__project__fund=fund, of_return__settled_on__lte=as_of, party_key=f"member:{member}")
        .exclude(amount_minor=0)
    )
    return tuple(
        SharedReturn(
            row.of_return.project.code,
            row.of_return.project.title,
            row.of_return.reference,
            row.of_return.settled_on,
            Amount(row.of_return.amount_minor, unit),
            row.form,
            Amount(row.amount_minor, unit),
            steps_of(row.of_return.trace),
        )
        for row in rows.order_by("of_return__settled_on", "of_return__reference", "form")
    )


def _rights(party: int, as_of: date, unit: Unit) -> tuple[Right, ...]:
    rows = DrawingRight.objects.select_related("share__of_return__project").filter(party=party, granted_on__lte=as_of)
    movements: dict[int, list[RightMovement]] = {}
    for row in DrawingRightMovement.objects.select_related("project", "to__party").filter(
        right__party=party, on__lte=as_of
    ):
        movements.setdefault(row.right_id, []).append(
            RightMovement(
                row.reference,
                row.kind,
                row.on,
                Amount(row.amount_minor, unit),
                row.project.title if row.project else "",
                row.to.party.name if row.to else "",
            )
        )
    return tuple(_right(row, tuple(movements.get(row.pk, ())), unit) for row in rows)


def _right(row: DrawingRight, movements: tuple[RightMovement, ...], unit: Unit) -> Right:
    amount = Amount(row.amount_minor, unit)
    return Right(
        row.reference,
        row.share.of_return.project.title if row.share else "",
        row.granted_on,
        row.expires_on,
        amount,
        amount - total_of((movement.amount for movement in movements), unit),
        movements,
    )


def _supported(fund: Fund, part: Fraction, as_of: date, unit: Unit) -> tuple[SupportedByShare, ...]:
    return tuple(
        SupportedByShare(
            project.code,
            project.title,
            Amount(project.awarded_minor, unit),
            Amount(rounded(project.awarded_minor * part), unit),
        )
        for project in Project.objects.filter(fund=fund, awarded_on__lte=as_of)
    )
