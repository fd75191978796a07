"""Entries in draft, through their services: versions, balance, one commit, numbers without a gap."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from fund.models import DraftEntry, DraftLine
from fund.queries.accounts_year import year_of
from fund.queries.drafted_entries import drafted_entries, drafts_in
from fund.services.actors import Actor
from fund.services.bookkeeping_errors import DraftChangedMeanwhile, DraftNotBalanced, DraftsNotChosen
from fund.services.draft_entries import delete_draft, validate_drafts
from ledger.balances import entry
from ledger.journal import AccountKey, credit, debit
from ledger.money import Amount
from tests.bookkeeping import SPRING, a_draft
from tests.builders import a_fund, eur

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return a_fund()


def test_a_draft_that_somebody_changed_is_not_overwritten(actor: Actor) -> None:
    lines = (debit(AccountKey("6226"), eur("2.00")), credit(AccountKey("530"), eur("2.00")))
    assert a_draft(actor).version == 1
    assert a_draft(actor).version == 1
    assert a_draft(actor, lines=lines, version=1).version == 2
    for version in (0, 1, 3):
        with pytest.raises(DraftChangedMeanwhile):
            a_draft(actor, version=version)
    with pytest.raises(DraftChangedMeanwhile):
        delete_draft(actor, reference="DRAFT-1", version=1)
    delete_draft(actor, reference="DRAFT-1", version=2)
    delete_draft(actor, reference="DRAFT-1", version=2)
    assert not DraftLine.objects.exists()


def test_only_balanced_drafts_that_are_there_are_validated(actor: Actor) -> None:
    with pytest.raises(DraftsNotChosen):
        validate_drafts(actor, chosen=[], on=SPRING)
    with pytest.raises(DraftChangedMeanwhile):
        validate_drafts(actor, chosen=[("GONE", 1)], on=SPRING)
    a_draft(actor, "GOOD")
    uneven = (debit(AccountKey("6226"), eur("2.00")), credit(AccountKey("530"), eur("1.00")))
    a_draft(actor, "BAD", lines=uneven)
    with pytest.raises(DraftNotBalanced) as caught:
        validate_drafts(actor, chosen=[("GOOD", 1), ("BAD", 1)], on=SPRING)
    assert "1.00 EUR" in caught.value.sentence("fr")
    assert [draft.is_balanced for draft in drafted_entries(actor.fund)] == [True, False]
    assert drafted_entries(actor.fund)[1].excess == (Amount(100),)


def test_validated_drafts_are_numbered_by_date_and_gone_from_the_drafts(actor: Actor) -> None:
    for name, month in (("C", 6), ("A", 4), ("B", 5)):
        a_draft(actor, name, on=date(2026, month, 2))
    year = year_of(actor.fund, 2026)
    assert year is not None
    assert drafts_in(actor.fund, year) == 3
    posted = validate_drafts(actor, chosen=[("C", 1), ("A", 1), ("B", 1)], on=SPRING)
    assert [(each.reference, each.number) for each in posted] == [("draft:A", 1), ("draft:B", 2), ("draft:C", 3)]
    assert validate_drafts(actor, chosen=[("C", 1)], on=SPRING) == ()
    assert drafts_in(actor.fund, year) == 0
    assert entry(actor.fund.slug, "draft:C").entry.document.reference == "P-C"


def test_the_database_holds_no_draft_without_words_and_no_line_of_nothing(actor: Actor) -> None:
    row = a_draft(actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftEntry.objects.filter(pk=row.pk).update(label="")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.lines.update(minor=0)
