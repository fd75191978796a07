"""Third parties of the books that are neither members nor companies: suppliers, funders, users, coproducers."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from fund.models import Party, Role
from fund.services.actors import Actor, log, take_turn
from fund.services.bookkeeping_errors import EventIncomplete, ThirdPartyKept
from fund.services.bookkeeping_words import check_code, check_words

NAME_LIMIT = 300
ROLES = (Role.Kind.SUPPLIER, Role.Kind.FUNDER, Role.Kind.USER)


@transaction.atomic
def register_party(actor: Actor, *, code: str, name: str, kind: str, role: str, on: date) -> Party:
    """Keep a third party under a code, in a role from a day on; the same code with the same name is found."""
    fund = take_turn(actor.fund)
    check_code(code)
    name = check_words(name, NAME_LIMIT)
    if role not in ROLES or kind not in Party.Kind:
        raise EventIncomplete(
            why="the third party is a supplier, a funder or a user, a person or an organisation",
            pourquoi="le tiers est fournisseur, financeur ou usager, une personne ou un organisme",
        )
    party, made = Party.objects.get_or_create(fund=fund, code=code, defaults={"name": name, "kind": kind})
    if party.name != name:
        raise ThirdPartyKept(code=code, name=party.name)
    if not party.roles.filter(kind=role, until=None).exists():
        party.roles.create(kind=role, since=on)
    if made:
        log(actor, on=on, kind="party-registered", reference=code, role=role)
    return party
