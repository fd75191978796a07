"""Drawing rights are used for a project, left to another member, or expire into the common pot."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Sum

from fund import entries
from fund.accounting.account_keys import drawing_right_held
from fund.errors import (
    AmountNotPositive,
    CurrencyDiffers,
    DrawingRightExpired,
    DrawingRightNotGranted,
    DrawingRightTooSmall,
    RecordConflict,
)
from fund.models import DrawingRight, DrawingRightMovement, Fund, Membership, Project
from fund.queries.treatments import TreatmentsOf
from fund.services.actors import Actor, book, log, refuse_conflict, refuse_foreign, take_turn
from fund.services.contributions import member_on, members_on
from fund.services.engagements import standing
from ledger.journal import Document, Entry, Line
from ledger.money import Amount, unit_of


def left_of(right: DrawingRight) -> Amount:
    """What a right still holds."""
    moved = right.movements.aggregate(total=Sum("amount_minor"))["total"] or 0
    return Amount(right.amount_minor - moved, unit_of(right.party.fund.currency))


@transaction.atomic
def use_drawing_right(
    actor: Actor, right: DrawingRight, *, project: Project, amount: Amount, on: date, reference: str
) -> DrawingRightMovement:
    """Draw on a right for a supported project: the company is owed the amount on top of its award."""
    take_turn(actor.fund)
    if (known := _known(right, reference, "used", amount, on, project.code)) is not None:
        return known
    _check(actor.fund, right, amount, on)
    refuse_foreign(actor.fund, project.fund)
    movement = right.movements.create(
        reference=reference, kind="used", on=on, amount_minor=amount.minor, project=project
    )
    member, company, code = right.party.code, project.company.code, project.code
    agreement = project.agreement.reference if hasattr(project, "agreement") else ""
    held = _engaged(actor.fund, right, amount, on)
    if held == amount:
        lines = entries.drawing_right_used(
            member=member, company=company, project=code, agreement=agreement, amount=amount
        )
    else:
        award = entries.award_granted(company=company, project=code, agreement=agreement, amount=amount)
        lines = (*_ended(right, held), *award)
    _book(actor, movement, lines, f"Droit de tirage utilisé, {right.party.code}, projet {project.code}")
    return movement


@transaction.atomic
def transfer_drawing_right(
    actor: Actor, right: DrawingRight, *, to: str, amount: Amount, on: date, reference: str
) -> DrawingRightMovement:
    """Leave a part of a right to another member; it keeps its last day."""
    take_turn(actor.fund)
    if (known := _known(right, reference, "transferred", amount, on, to)) is not None:
        return known
    _check(actor.fund, right, amount, on)
    receiver: Membership = member_on(members_on(actor, on), actor, to, on)
    if receiver.party_id == right.party_id:
        raise RecordConflict(
            what="transfer", reference=reference, differences={"to": (right.party.code, "the same member")}
        )
    received = DrawingRight.objects.create(
        party=receiver.party,
        reference=f"{right.reference}/{reference}",
        granted_on=on,
        expires_on=right.expires_on,
        amount_minor=amount.minor,
    )
    movement = right.movements.create(
        reference=reference, kind="transferred", on=on, amount_minor=amount.minor, to=received
    )
    lines: tuple[Line, ...] = ()
    if held := _engaged(actor.fund, right, amount, on):
        lines = entries.drawing_right_transferred(giver=right.party.code, receiver=to, amount=held)
    _book(actor, movement, lines, f"Droit de tirage cédé, {right.party.code} à {to}")
    return movement


@transaction.atomic
def expire_drawing_rights(actor: Actor, *, on: date) -> tuple[DrawingRightMovement, ...]:
    """Return to the common pot what is left of every right whose last day is over."""
    fund = take_turn(actor.fund)
    due = DrawingRight.objects.filter(party__fund=fund, expires_on__lt=on).select_related("party__fund")
    movements = []
    for right in due.order_by("party__code", "reference"):
        left = left_of(right)
        if not left:
            continue
        movement = right.movements.create(reference="expired", kind="expired", on=on, amount_minor=left.minor)
        lines = _ended(right, _engaged(fund, right, left, on))
        _book(actor, movement, lines, f"Droit de tirage échu, {right.party.code}")
        movements.append(movement)
    return tuple(movements)


def _engaged(fund: Fund, right: DrawingRight, amount: Amount, on: date) -> Amount:
    """What of the amount stands off balance sheet: all of it, unless the fund keeps rights in its register alone."""
    if not TreatmentsOf.read(fund).has_chosen("return-shared"):
        return amount
    return standing(fund, drawing_right_held(right.party.code, amount), amount, on)


def _ended(right: DrawingRight, amount: Amount) -> tuple[Line, ...]:
    return entries.drawing_right_expired(member=right.party.code, amount=amount) if amount else ()


def _known(
    right: DrawingRight, reference: str, kind: str, amount: Amount, on: date, goes_to: str
) -> DrawingRightMovement | None:
    """The movement of this reference, when it is the same one; another one is refused."""
    held = right.movements.select_related("project", "to__party").filter(reference=reference).first()
    if held is None:
        return None
    went_to = held.project.code if held.project else held.to.party.code if held.to else ""
    refuse_conflict(
        what="movement",
        reference=reference,
        held={"kind": held.kind, "amount": held.amount_minor, "date": held.on.isoformat(), "to": went_to},
        given={"kind": kind, "amount": amount.minor, "date": on.isoformat(), "to": goes_to},
    )
    return held


def _check(fund: Fund, right: DrawingRight, amount: Amount, on: date) -> None:
    refuse_foreign(fund, right.party.fund)
    if amount.unit.code != fund.currency:
        raise CurrencyDiffers(given=amount.unit.code, asked=fund.currency)
    if amount.minor <= 0:
        raise AmountNotPositive(amount=str(amount))
    if on < right.granted_on:
        raise DrawingRightNotGranted(reference=right.reference, granted_on=right.granted_on, on=on)
    if on > right.expires_on:
        raise DrawingRightExpired(reference=right.reference, expires_on=right.expires_on, on=on)
    left = left_of(right)
    if amount > left:
        raise DrawingRightTooSmall(reference=right.reference, asked=str(amount), left=str(left))


def _book(actor: Actor, movement: DrawingRightMovement, lines: tuple[Line, ...], label: str) -> None:
    reference = entries.entry_reference("drawing-right", movement.right.reference, movement.reference)
    book(
        actor,
        [
            Entry(
                journal="HB",
                on=movement.on,
                kind=f"drawing-right-{movement.kind}",
                reference=reference,
                label=label,
                lines=lines,
                document=Document(movement.reference, movement.on),
            )
        ],
    )
    log(actor, on=movement.on, kind=f"drawing-right-{movement.kind}", reference=reference, amount=movement.amount_minor)
