"""A changed account number is a new row; the old one stays, with its last day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from fund.errors import BankAccountInvalid
from fund.models import Act, BankAccount, Party
from fund.services.parties import change_bank_account
from tests.builders import NEW_YEAR, a_fund, a_member

pytestmark = pytest.mark.django_db
FIRST, SECOND = "FR76 3000 6000 0112 3456 7890 189", "DE89 3704 0044 0532 0130 00"


def test_an_account_follows_another_and_both_stay() -> None:
    actor = a_fund()
    party = a_member(actor, "A").party
    for _ in range(2):
        change_bank_account(actor, party, iban=FIRST, holder="Membre A", on=NEW_YEAR)
    change_bank_account(actor, party, iban=SECOND, holder="Membre A", on=date(2026, 3, 1))
    history = [(row.iban[-4:], row.since, row.until) for row in party.bank_accounts.all()]
    assert history == [("0189", NEW_YEAR, date(2026, 2, 28)), ("3000", date(2026, 3, 1), None)]
    facts = [act.facts for act in Act.objects.filter(kind="bank-account-changed")]
    assert facts == [{"ends_with": "0189"}, {"ends_with": "3000"}]


@pytest.mark.parametrize(
    ("iban", "holder", "on", "says"),
    [
        ("FR76 3000 6000 0112 3456 7890 188", "Membre A", date(2026, 3, 1), "no IBAN"),
        ("", "Membre A", date(2026, 3, 1), "no IBAN"),
        (SECOND, " ", date(2026, 3, 1), "holder's name is missing"),
        (SECOND, "Membre A", NEW_YEAR, "began on 2026-01-01"),
    ],
)
def test_an_account_that_cannot_be_is_refused(iban: str, holder: str, on: date, says: str) -> None:
    actor = a_fund()
    party = a_member(actor, "A").party
    change_bank_account(actor, party, iban=FIRST, holder="Membre A", on=NEW_YEAR)
    with pytest.raises(BankAccountInvalid, match=says):
        change_bank_account(actor, party, iban=iban, holder=holder, on=on)
    assert BankAccount.objects.get().until is None


def test_the_database_keeps_one_account_in_use() -> None:
    actor = a_fund()
    party: Party = a_member(actor, "A").party
    change_bank_account(actor, party, iban=FIRST, holder="Membre A", on=NEW_YEAR)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.create(party=party, iban="X", holder="Y", since=NEW_YEAR)
