"""Help in kind is accepted: counted in its own units, valued by a stated method, never added to cash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import transaction

from allocation.amounts import amount_of, money_of
from fund import entries
from fund.chart import IN_KIND_WORDS
from fund.errors import AmountNotPositive, CurrencyDiffers
from fund.models import InKindContribution, Membership
from fund.models.contributions import Publicity
from fund.services.actors import Actor, book, log, refuse_conflict, take_turn
from fund.services.contributions import member_on, members_on
from ledger.journal import Document, Entry
from ledger.money import EUR, EUR_INKIND, HOUR, Amount, rounded


@dataclass(frozen=True, slots=True)
class Gift:
    """Help that a member gives: so many days or hours (in hundredths), what one is worth, and by which method."""

    reference: str
    member: str
    on: date
    kind: str
    quantity_hundredths: int
    unit: str
    unit_value: Amount
    method: str
    project: str = ""
    publicity: str = Publicity.NAME
    pseudonym: str = ""

    @property
    def value(self) -> Amount:
        """Quantity times unit value, to the nearest cent."""
        return Amount(rounded(Fraction(self.quantity_hundredths * self.unit_value.minor, 100)), EUR_INKIND)

    @property
    def hours(self) -> Amount:
        """The hours given; a day of premises is not an hour of work, and counts none."""
        return Amount(self.quantity_hundredths if self.unit == "hour" else 0, HOUR)


@transaction.atomic
def accept_in_kind(actor: Actor, gifts: Sequence[Gift]) -> tuple[InKindContribution, ...]:
    """Book help in kind, all of it or none; a known reference with the same contents is found, with others refused."""
    fund = take_turn(actor.fund)
    held = {
        row.reference: row
        for row in fund.in_kind_contributions.select_related("membership__party").filter(
            reference__in=[gift.reference for gift in gifts]
        )
    }
    rows, to_book = [], []
    members_by_day: dict[date, dict[str, Membership]] = {}
    for gift in gifts:
        if gift.unit_value.unit != EUR:
            raise CurrencyDiffers(given=gift.unit_value.unit.code, asked=EUR.code)
        if gift.quantity_hundredths <= 0 or gift.unit_value.minor < 0:
            raise AmountNotPositive(amount=f"{gift.quantity_hundredths}/100 {gift.unit} at {gift.unit_value}")
        if (known := held.get(gift.reference)) is not None:
            refuse_conflict(what="in-kind", reference=gift.reference, held=kept(known), given=given(gift))
            continue
        if gift.on not in members_by_day:
            members_by_day[gift.on] = members_on(actor, gift.on)
        row = InKindContribution(
            fund=fund,
            membership=member_on(members_by_day[gift.on], actor, gift.member, gift.on),
            reference=gift.reference,
            given_on=gift.on,
            kind=gift.kind,
            quantity_hundredths=gift.quantity_hundredths,
            unit=gift.unit,
            unit_value=money_of(gift.unit_value),
            value_minor=gift.value.minor,
            method=gift.method,
            project_code=gift.project,
            publicity=gift.publicity,
            pseudonym=gift.pseudonym,
        )
        rows.append(row)
        held[gift.reference] = row
        to_book.append(
            Entry(
                # The journal of in-kind contributions is numbered for the tax office; hours alone are not in its file.
                journal="CV" if gift.value else "HE",
                on=gift.on,
                kind="in-kind-received",
                reference=entries.entry_reference("in-kind", gift.reference),
                label=f"Contribution en nature {gift.member}, {IN_KIND_WORDS[gift.kind]}",
                lines=entries.in_kind_received(
                    member=gift.member, kind=gift.kind, project=gift.project, value=gift.value, hours=gift.hours
                ),
                document=Document(gift.reference, gift.on),
            )
        )
    if rows:
        InKindContribution.objects.bulk_create(rows)
        book(actor, to_book)
        log(
            actor,
            on=max(row.given_on for row in rows),
            kind="in-kind-accepted",
            reference=rows[0].reference,
            gifts=len(rows),
        )
    return tuple(held[gift.reference] for gift in gifts)


def kept(row: InKindContribution) -> dict[str, object]:
    return {
        "member": row.membership.party.code,
        "date": row.given_on.isoformat(),
        "kind": row.kind,
        "quantity": row.quantity_hundredths,
        "unit": row.unit,
        "unit_value": str(amount_of(row.unit_value)),
        "method": row.method,
        "project": row.project_code,
    }


def given(gift: Gift) -> dict[str, object]:
    return {
        "member": gift.member,
        "date": gift.on.isoformat(),
        "kind": gift.kind,
        "quantity": gift.quantity_hundredths,
        "unit": gift.unit,
        "unit_value": str(gift.unit_value),
        "method": gift.method,
        "project": gift.project,
    }
