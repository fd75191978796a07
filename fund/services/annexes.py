"""What the notes to the accounts need and the books do not say: kinds of authorities, days on which advances fall due.

Both are facts of the register: the last word counts, and the log keeps who said what. The same word again changes
nothing and is not logged twice.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from fund.models import AdvanceInstalment, Party, PublicAuthority
from fund.services.actors import Actor, log, refuse_foreign, take_turn
from fund.services.annex_errors import (
    AdvanceUnknown,
    AuthorityCategoryUnknown,
    AuthorityIsPerson,
    InstalmentInvalid,
)
from ledger.balances import balances
from ledger.errors import BookUnknown
from ledger.money import Amount, unit_of

AGREEMENT_LIMIT = 100
LARGEST = 10**14
"""Minor units: a hundred thousand times the largest fund there is."""


@transaction.atomic
def classify_authority(actor: Actor, party: Party, *, category: str, on: date) -> PublicAuthority | None:
    """Say which kind of public authority a party is; an empty `category` says that it is none.

    Raises `AuthorityCategoryUnknown`, `AuthorityIsPerson`, `FundDiffers`.
    """
    if category and category not in PublicAuthority.Category.values:
        raise AuthorityCategoryUnknown(category=category, known=", ".join(PublicAuthority.Category.values))
    if category and party.kind == Party.Kind.PERSON:
        raise AuthorityIsPerson(party=party.code)
    fund = take_turn(actor.fund)
    refuse_foreign(fund, party.fund)
    held = PublicAuthority.objects.filter(party=party).first()
    if (held.category if held else "") == category:
        return held
    log(actor, on=on, kind="authority-classified", reference=party.code, category=category)
    if not category:
        PublicAuthority.objects.filter(party=party).delete()
        return None
    return PublicAuthority.objects.update_or_create(party=party, defaults={"category": category})[0]


@transaction.atomic
def set_instalment(
    actor: Actor, *, beneficiary: str, agreement: str, due_on: date, amount: Amount, on: date
) -> AdvanceInstalment | None:
    """Say what an agreement makes due of an advance on a day; an amount of zero takes the instalment away.

    Raises `InstalmentInvalid`, `AdvanceUnknown`.
    """
    unit = unit_of(actor.fund.currency)
    named = agreement.strip()
    if not named or len(named) > AGREEMENT_LIMIT or amount.unit != unit or not 0 <= amount.minor <= LARGEST:
        raise InstalmentInvalid(amount=str(amount), on=due_on, most=str(Amount(LARGEST, unit)))
    if not _has_advance(actor.fund.slug, beneficiary):
        raise AdvanceUnknown(beneficiary=beneficiary)
    fund = take_turn(actor.fund)
    rows = AdvanceInstalment.objects.filter(fund=fund, beneficiary=beneficiary, due_on=due_on)
    held = rows.first()
    if (held.amount_minor, held.agreement) == (amount.minor, named) if held else not amount.minor:
        return held
    log(
        actor, on=on, kind="advance-instalment", reference=beneficiary,
        agreement=named, due_on=due_on.isoformat(), amount=str(amount),
    )  # fmt: skip
    if not amount.minor:
        rows.delete()
        return None
    facts = {"amount_minor": amount.minor, "agreement": named}
    return AdvanceInstalment.objects.update_or_create(
        fund=fund, beneficiary=beneficiary, due_on=due_on, defaults=facts
    )[0]


def _has_advance(book: str, beneficiary: str) -> bool:
    """Whether an account 274 is kept for this party, or for this project."""
    try:
        found = balances(book, chart="274")
    except BookUnknown:
        return False
    return any(beneficiary and beneficiary == (each.account.party or each.account.project) for each in found)
