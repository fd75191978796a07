"""Parties join the fund, declare the figures that formulas use, and pledge."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from allocation.amounts import amount_of, money_of
from fund.models import DeclaredFigure, Membership, Party, Pledge, Role
from fund.services.actors import Actor, log, refuse_conflict, take_turn
from ledger.money import Amount


@transaction.atomic
def admit_member(
    actor: Actor, *, code: str, name: str, category: str, on: date, kind: str = Party.Kind.ORGANISATION
) -> Membership:
    """Admit a party as a member in a category from a date on; one that is a member on that day already is found."""
    take_turn(actor.fund)
    given = {"name": name, "category": category}
    held = (
        Membership.objects.select_related("party")
        .filter(Q(term_until=None) | Q(term_until__gte=on), fund=actor.fund, party__code=code, term_from__lte=on)
        .first()
    )
    if held is not None:
        refuse_conflict(
            what="member", reference=code, held={"name": held.party.name, "category": held.category}, given=given
        )
        return held
    party, made = Party.objects.get_or_create(fund=actor.fund, code=code, defaults={"name": name, "kind": kind})
    if not made:
        refuse_conflict(what="party", reference=code, held={"name": party.name}, given={"name": name})
    role = Role.Kind.FUNDER if category == Membership.Category.PUBLIC_FUNDER else Role.Kind.MEMBER
    Role.objects.get_or_create(party=party, kind=role, since=on)
    membership = Membership.objects.create(fund=actor.fund, party=party, category=category, term_from=on)
    log(actor, on=on, kind="member-admitted", reference=code, category=category)
    return membership


@transaction.atomic
def declare_figure(actor: Actor, membership: Membership, *, name: str, year: int, amount: Amount) -> DeclaredFigure:
    """Keep a figure that a member declares for a year; declared once."""
    take_turn(actor.fund)
    figure, made = DeclaredFigure.objects.get_or_create(
        membership=membership, name=name, fiscal_year=year, defaults={"amount": money_of(amount)}
    )
    if not made:
        refuse_conflict(
            what="figure",
            reference=membership.party.code,
            held={"amount": str(amount_of(figure.amount))},
            given={"amount": str(amount)},
        )
    return figure


@transaction.atomic
def pledge(
    actor: Actor, membership: Membership, *, reference: str, on: date, instalments: dict[date, Amount]
) -> Pledge:
    """Keep a promise of money; its instalments say what is due on which date, over one year or several."""
    take_turn(actor.fund)
    given = {due.isoformat(): str(amount) for due, amount in sorted(instalments.items())}
    held = membership.pledges.filter(reference=reference).first()
    if held is not None:
        kept = {row.due_on.isoformat(): str(amount_of(row.amount)) for row in held.instalments.order_by("due_on")}
        refuse_conflict(what="pledge", reference=reference, held={"instalments": kept}, given={"instalments": given})
        return held
    first, *rest = instalments.values()
    promise = membership.pledges.create(reference=reference, amount=money_of(sum(rest, start=first)), pledged_on=on)
    for due_on, amount in sorted(instalments.items()):
        promise.instalments.create(fiscal_year=due_on.year, due_on=due_on, amount=money_of(amount))
    log(actor, on=on, kind="pledged", reference=reference, instalments=given)
    return promise
