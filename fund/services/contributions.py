"""Contributions are called by the charter's formula, and received from the bank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from allocation.amounts import amount_of, money_of
from fund import entries
from fund.charter.contributions import called
from fund.charter.facts import MemberFacts
from fund.charter.trace import step_as_json
from fund.errors import AmountNotPositive, CurrencyDiffers, MemberUnknown
from fund.models import Contribution, ContributionCall, DeclaredFigure, Instalment, Membership
from fund.models.contributions import Publicity
from fund.queries.charters import rules_of
from fund.services.actors import Actor, book, log, refuse_conflict, take_turn
from fund.services.charters import in_force
from fund.services.member_money import MemberMoney
from ledger.journal import Document, Entry
from ledger.money import Amount, unit_of

ALGORITHM = "charter-contributions/1"
"""Stored with each call: what this name computes never changes, another computation takes another name."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money on the bank statement, from a member; `reference` is the bank's and unique."""

    reference: str
    member: str
    on: date
    amount: Amount
    label: str = ""
    publicity: str = Publicity.NAME
    pseudonym: str = ""


def members_on(actor: Actor, on: date) -> dict[str, Membership]:
    """The memberships in force on a date, by the member's code."""
    rows = Membership.objects.select_related("party").filter(
        Q(term_until=None) | Q(term_until__gte=on), fund=actor.fund, term_from__lte=on
    )
    return {row.party.code: row for row in rows}


def member_on(members: Mapping[str, Membership], actor: Actor, code: str, on: date) -> Membership:
    """One of them, or a refusal that names who is missing."""
    if code not in members:
        raise MemberUnknown(member=code, fund=actor.fund.slug, on=on)
    return members[code]


def _facts(members: Mapping[str, Membership], year: int) -> dict[str, MemberFacts]:
    """What the formulas may ask of each member: declared figures and pledged instalments of the year."""
    declared: dict[str, dict[str, int]] = {code: {} for code in members}
    pledged: dict[str, int] = {}
    by_pk = {row.pk: code for code, row in members.items()}
    for figure in DeclaredFigure.objects.filter(membership__in=by_pk, fiscal_year=year):
        declared[by_pk[figure.membership_id]][figure.name] = amount_of(figure.amount).minor
    for instalment in Instalment.objects.filter(pledge__membership__in=by_pk, fiscal_year=year).select_related(
        "pledge"
    ):
        code = by_pk[instalment.pledge.membership_id]
        pledged[code] = pledged.get(code, 0) + amount_of(instalment.amount).minor
    return {
        code: MemberFacts(category=row.category, declared=declared[code], pledge=pledged.get(code))
        for code, row in members.items()
    }


@transaction.atomic
def call_contributions(actor: Actor, *, year: int, on: date) -> tuple[ContributionCall, ...]:
    """Call every member for its contribution of the year; each is called once.

    A call that was made under an earlier version of the charter stays as it is.
    """
    fund = take_turn(actor.fund)
    version = in_force(fund, on)
    unit = unit_of(fund.currency)
    members = members_on(actor, on)
    computed = called(rules_of(version), _facts(members, year))
    held = {row.membership_id: row for row in fund.contribution_calls.filter(fiscal_year=year)}
    money = MemberMoney(fund)
    calls, to_book = [], []
    for code, result in sorted(computed.items()):
        membership, reference = members[code], f"call:{year}:{code}"
        if (known := held.get(membership.pk)) is not None:
            if known.charter_id == version.pk:
                refuse_conflict(
                    what="call",
                    reference=reference,
                    held={"amount": known.amount_minor},
                    given={"amount": result.minor},
                )
            calls.append(known)
            continue
        amount = Amount(result.minor, unit)
        calls.append(
            fund.contribution_calls.create(
                membership=membership,
                reference=reference,
                fiscal_year=year,
                called_on=on,
                amount_minor=amount.minor,
                charter=version,
                algorithm=ALGORITHM,
                trace=[step_as_json(step) for step in result.trace.steps],
            )
        )
        if not amount:
            continue
        to_book.append(
            Entry(
                journal="AP",
                on=on,
                kind="contribution-called",
                reference=reference,
                label=f"Appel de contribution {year}, {code}",
                lines=entries.contribution_called(
                    member=code,
                    option=money.option(membership.category, on),
                    amount=amount,
                ),
                document=Document(reference, on),
            )
        )
    if to_book:
        book(actor, to_book)
        log(actor, on=on, kind="contributions-called", reference=f"call:{year}", members=len(to_book))
    return tuple(calls)


@transaction.atomic
def receive_contributions(actor: Actor, receipts: Sequence[Receipt]) -> tuple[Contribution, ...]:
    """Book money that has reached the bank, all of it or none.

    The same reference with the same facts finds the first contribution; with other facts it is refused,
    because one line of the bank statement is one payment.
    """
    fund = take_turn(actor.fund)
    for receipt in receipts:
        if receipt.amount.unit.code != fund.currency:
            raise CurrencyDiffers(given=receipt.amount.unit.code, asked=fund.currency)
        if receipt.amount.minor <= 0:
            raise AmountNotPositive(amount=str(receipt.amount))
    held = {
        row.reference: row
        for row in fund.contributions.select_related("membership__party").filter(
            reference__in=[receipt.reference for receipt in receipts]
        )
    }
    rows, to_book, money = [], [], MemberMoney(fund)
    members_by_day: dict[date, dict[str, Membership]] = {}
    for receipt in receipts:
        if (known := held.get(receipt.reference)) is not None:
            refuse_conflict(what="receipt", reference=receipt.reference, held=kept(known), given=given(receipt))
            continue
        if receipt.on not in members_by_day:
            members_by_day[receipt.on] = members_on(actor, receipt.on)
        membership = member_on(members_by_day[receipt.on], actor, receipt.member, receipt.on)
        row = Contribution(
            fund=fund,
            membership=membership,
            reference=receipt.reference,
            received_on=receipt.on,
            amount=money_of(receipt.amount),
            label=receipt.label,
            publicity=receipt.publicity,
            pseudonym=receipt.pseudonym,
        )
        rows.append(row)
        held[receipt.reference] = row
        to_book.append(
            Entry(
                journal="BQ",
                on=receipt.on,
                kind="contribution-received",
                reference=entries.entry_reference("receipt", receipt.reference),
                label=receipt.label or f"Contribution {receipt.member}",
                lines=money.received(receipt.member, membership.category, receipt.amount, receipt.on),
                document=Document(receipt.reference, receipt.on),
            )
        )
    if rows:
        Contribution.objects.bulk_create(rows)
        book(actor, to_book)
        log(
            actor,
            on=max(row.received_on for row in rows),
            kind="contributions-received",
            reference=rows[0].reference,
            receipts=len(rows),
        )
    return tuple(held[receipt.reference] for receipt in receipts)


def kept(row: Contribution) -> dict[str, object]:
    return {
        "member": row.membership.party.code,
        "date": row.received_on.isoformat(),
        "amount": str(amount_of(row.amount)),
        "label": row.label,
    }


def given(receipt: Receipt) -> dict[str, object]:
    return {
        "member": receipt.member,
        "date": receipt.on.isoformat(),
        "amount": str(receipt.amount),
        "label": receipt.label,
    }
