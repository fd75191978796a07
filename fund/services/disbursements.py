"""Tranches are paid: once each, when due, by two people."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from fund import entries
from fund.errors import SignedByOne, TrancheAlreadyReleased, TrancheNotDue
from fund.models import Disbursement, Tranche
from fund.services.actors import Actor, book, log, refuse_conflict, refuse_foreign, take_turn
from ledger.journal import Document, Entry
from ledger.money import Amount, unit_of


@transaction.atomic
def release_tranche(
    actor: Actor, tranche: Tranche, *, reference: str, on: date, prepared_by: str, approved_by: str
) -> Disbursement:
    """Pay a tranche whose day has come; the same payment again finds the first, another one is refused."""
    fund = take_turn(actor.fund)
    agreement = tranche.agreement
    project = agreement.project
    refuse_foreign(fund, project.fund)
    name = f"{agreement.reference}/{tranche.number}"
    two = {prepared_by.strip().casefold(), approved_by.strip().casefold()}
    if len(two) < 2 or "" in two:
        raise SignedByOne(prepared=prepared_by, approved=approved_by)
    held = Disbursement.objects.filter(tranche=tranche).first()
    if held is not None:
        if held.reference != reference:
            raise TrancheAlreadyReleased(tranche=name, paid_on=held.paid_on)
        refuse_conflict(
            what="payment",
            reference=reference,
            held={"date": held.paid_on.isoformat(), "prepared by": held.prepared_by, "approved by": held.approved_by},
            given={"date": on.isoformat(), "prepared by": prepared_by, "approved by": approved_by},
        )
        return held
    if on < tranche.due_on:
        raise TrancheNotDue(tranche=name, due_on=tranche.due_on, on=on)
    account = project.company.bank_accounts.filter(Q(until=None) | Q(until__gte=on), since__lte=on).first()
    payment = Disbursement.objects.create(
        tranche=tranche,
        reference=reference,
        paid_on=on,
        prepared_by=prepared_by,
        approved_by=approved_by,
        bank_account=account,
    )
    amount = Amount(tranche.amount_minor, unit_of(fund.currency))
    book(
        actor,
        [
            Entry(
                journal="BQ",
                on=on,
                kind="tranche-paid",
                reference=entries.entry_reference("payment", reference),
                label=f"Versement {name}, projet {project.code}",
                lines=entries.tranche_paid(
                    company=project.company.code, project=project.code, agreement=agreement.reference, amount=amount
                ),
                document=Document(reference, on),
            )
        ],
    )
    log(
        actor,
        on=on,
        kind="tranche-paid",
        reference=reference,
        project=project.code,
        amount=amount.major,
        prepared_by=prepared_by,
        approved_by=approved_by,
    )
    return payment
