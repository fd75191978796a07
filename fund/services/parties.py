"""Where parties are paid: an account number is never edited, a new one follows the old."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from stdnum import iban as iban_number
from stdnum.exceptions import ValidationError

from fund.errors import BankAccountInvalid
from fund.models import BankAccount, Party
from fund.services.actors import Actor, log, refuse_foreign, take_turn


@transaction.atomic
def change_bank_account(actor: Actor, party: Party, *, iban: str, holder: str, on: date, bic: str = "") -> BankAccount:
    """Pay a party to another account from a day on; the account before it ends the day before, and stays on record."""
    fund = take_turn(actor.fund)
    refuse_foreign(fund, party.fund)
    try:
        number = iban_number.validate(iban)
    except ValidationError:
        raise BankAccountInvalid(
            why=f"“{iban[:40]}” is no IBAN: check its digits",
            pourquoi=f"« {iban[:40]} » n’est pas un IBAN : vérifiez ses chiffres",
        ) from None
    if not holder.strip():
        raise BankAccountInvalid(
            why="the holder's name is missing: banks compare it with the account's",
            pourquoi="le nom du titulaire manque : les banques le comparent à celui du compte",
        )
    held = party.bank_accounts.filter(until=None).first()
    if held is not None and (held.iban, held.holder, held.bic) == (number, holder, bic):
        return held
    if held is not None:
        if on <= held.since:
            raise BankAccountInvalid(
                why=f"the account in use began on {held.since:%Y-%m-%d}: give a later day",
                pourquoi=f"le compte en usage a commencé le {held.since:%d/%m/%Y} : donnez un jour postérieur",
            )
        held.until = on - timedelta(days=1)
        held.save(update_fields=["until"])
    account = party.bank_accounts.create(iban=number, bic=bic, holder=holder, since=on)
    log(actor, on=on, kind="bank-account-changed", reference=party.code, ends_with=number[-4:])
    return account
