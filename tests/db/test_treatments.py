"""A fund chooses how it books: the choice holds from its day on, is never edited, and settles older calls first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from fund.models import DrawingRight, Treatment
from fund.queries.treatments import treatment_of, treatments_page
from fund.services.actors import Actor
from fund.services.bookkeeping_errors import TextMissing, TreatmentKept, TreatmentNotLater, TreatmentOptionUnknown
from fund.services.contributions import Receipt, call_contributions, receive_contributions
from fund.services.drawing_rights import transfer_drawing_right, use_drawing_right
from fund.services.treatments import choose_treatment
from ledger.balances import balance, chain_head, entry
from ledger.errors import EntryUnknown
from ledger.journal import AccountKey
from tests.builders import CLOSING, a_fund, a_member, a_right, eur, paid_up

pytestmark = pytest.mark.django_db

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


@pytest.fixture
def actor() -> Actor:
    return a_fund()


def chosen(actor: Actor, option: str, **facts: Any) -> Treatment:
    given = {
        "reference": option, "subject": "member-money", "category": "venue", "basis": "Statuts, art. 6",
        "decided_on": MARCH,
    }  # fmt: skip
    return choose_treatment(actor, option=option, **(given | facts))


def held(actor: Actor, account: str, party: str = "") -> str:
    return balance(actor.fund.slug, AccountKey(account, party=party)).major


def test_what_holds_is_the_usual_treatment_until_the_fund_chooses(actor: Actor) -> None:
    assert treatment_of(actor.fund, "member-money", on=MAY, category="venue").code == "membership-on-call"
    assert treatment_of(actor.fund, "member-money", on=MAY, category="sponsor").code == "patronage"
    chosen(actor, "membership-on-receipt")
    assert treatment_of(actor.fund, "member-money", on=date(2026, 2, 28), category="venue").code == "membership-on-call"
    assert treatment_of(actor.fund, "member-money", on=MARCH, category="venue").code == "membership-on-receipt"
    assert treatment_of(actor.fund, "member-money", on=MARCH, category="company").code == "membership-on-call"
    page = treatments_page(actor.fund, MAY)
    assert [(row.category, row.option.code) for row in page.members if row.chosen] == [
        ("venue", "membership-on-receipt")
    ]
    assert page.history[0].basis == "Statuts, art. 6"


def test_a_choice_for_a_convention_goes_before_the_subject_s(actor: Actor) -> None:
    share = {"subject": "coproduction-share", "category": ""}
    chosen(actor, "award", **share)
    chosen(actor, "joint-operations", **share, convention="COP-1")
    assert treatment_of(actor.fund, "coproduction-share", on=MAY, convention="COP-1").code == "joint-operations"
    assert treatment_of(actor.fund, "coproduction-share", on=MAY, convention="COP-2").code == "award"


def test_a_choice_is_made_once_and_followed_by_a_later_one(actor: Actor) -> None:
    first = chosen(actor, "membership-on-receipt")
    assert chosen(actor, "membership-on-receipt").pk == first.pk
    with pytest.raises(TreatmentKept):
        chosen(actor, "membership-on-receipt", basis="Autre article")
    with pytest.raises(TreatmentNotLater):
        chosen(actor, "services-on-call")
    chosen(actor, "services-on-call", decided_on=MAY)
    assert treatment_of(actor.fund, "member-money", on=CLOSING, category="venue").code == "services-on-call"
    with pytest.raises(DatabaseError), transaction.atomic():
        Treatment.objects.filter(pk=first.pk).update(basis="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Treatment.objects.filter(pk=first.pk).delete()


@pytest.mark.parametrize(
    ("refusal", "facts"),
    [
        (TreatmentOptionUnknown, {"option": "share-the-surplus"}),
        (TreatmentOptionUnknown, {"option": "award"}),
        (TreatmentOptionUnknown, {"subject": "surplus"}),
        (TreatmentOptionUnknown, {"category": "king"}),
        (TreatmentOptionUnknown, {"convention": "C-1"}),
        (TreatmentOptionUnknown, {"option": "award", "subject": "coproduction-share"}),
        (TextMissing, {"basis": "   "}),
        (TextMissing, {"basis": "a\x00b"}),
        (TextMissing, {"basis": "x" * 501}),
        (TextMissing, {"reference": "a b"}),
    ],
)
def test_what_cannot_be_chosen_is_refused(actor: Actor, refusal: type[Exception], facts: dict[str, Any]) -> None:
    with pytest.raises(refusal) as caught:
        chosen(actor, facts.pop("option", "membership-on-receipt"), **facts)
    assert caught.value.sentence("fr")  # type: ignore[attr-defined]
    assert not Treatment.objects.exists()


def test_what_is_not_enforceable_is_booked_when_the_bank_has_it(actor: Actor) -> None:
    a_member(actor, "A", budget="50000.00")
    chosen(actor, "membership-on-receipt")
    call_contributions(actor, year=2026, on=MAY)
    with pytest.raises(EntryUnknown):
        entry(actor.fund.slug, "call:2026:A")
    receive_contributions(actor, [Receipt("REL", "A", MAY, eur("300.00"))])
    assert (held(actor, "512"), held(actor, "7561"), held(actor, "411", "A")) == ("300.00", "-300.00", "0.00")


def test_what_was_called_before_the_change_is_settled_first(actor: Actor) -> None:
    """A call stands on 411; then the fund takes its members' money as loans, and two receipts arrive in one act."""
    a_member(actor, "A", budget="50000.00")
    call_contributions(actor, year=2026, on=date(2026, 2, 1))
    called = balance(actor.fund.slug, AccountKey("411", party="A"))
    assert called.minor > 0
    chosen(actor, "loan")
    half = Receipt("R1", "A", MAY, eur(called.major))
    receive_contributions(actor, [half, Receipt("R2", "A", MAY, eur("40.00"))])
    assert held(actor, "411", "A") == "0.00"
    assert held(actor, "168", "A") == "-40.00"
    assert held(actor, "7561") == f"-{called.major}"
    assert [line.account.code for line in entry(actor.fund.slug, "receipt:R1").entry.lines] == ["512", "411:A"]


def test_own_funds_and_debts_are_no_income(actor: Actor) -> None:
    a_member(actor, "A", budget="50000.00")
    chosen(actor, "own-funds-recoverable", decided_on=date(2026, 1, 1))
    call_contributions(actor, year=2026, on=MARCH)
    lines = entry(actor.fund.slug, "call:2026:A").entry.lines
    assert [line.account.code for line in lines] == ["4671:A", "1034:A"]


def test_rights_that_are_kept_in_the_register_alone_make_no_entry(actor: Actor) -> None:
    chosen(actor, "register-only", subject="return-shared", category="", decided_on=date(2026, 1, 1))
    paid_up(actor)
    right = a_right(actor)
    assert held(actor, "80182", "A") == "0.00"
    head = chain_head(actor.fund.slug)
    transfer_drawing_right(actor, right, to="B", amount=eur("10.00"), on=CLOSING, reference="T")
    assert chain_head(actor.fund.slug) == head
    use_drawing_right(
        actor, right, project=actor.fund.projects.get(code="P1"), amount=eur("5.00"), on=CLOSING, reference="U"
    )
    used = entry(actor.fund.slug, f"drawing-right:{right.reference}:U").entry
    assert [line.account.chart for line in used.lines] == ["6571", "4682"]
    assert DrawingRight.objects.filter(party__code="B", reference__endswith="/T").exists()


def test_a_right_that_was_booked_before_the_change_still_ends_in_the_books(actor: Actor) -> None:
    paid_up(actor)
    right = a_right(actor)
    assert held(actor, "80182", "A") == "-40.00"
    chosen(actor, "register-only", subject="return-shared", category="", decided_on=MARCH)
    use_drawing_right(
        actor, right, project=actor.fund.projects.get(code="P1"), amount=eur("15.00"), on=CLOSING, reference="U"
    )
    assert held(actor, "80182", "A") == "-25.00"
