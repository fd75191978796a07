"""Each refusal of the services is provoked, leaves nothing behind, and names what to mend."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from moneyed import Money

from allocation.amounts import amount_of, money_of
from allocation.errors import AmountDoesNotFit
from fund import errors
from fund.charter.shipped import shipped_text
from fund.models import DrawingRight, ExploitationStatement, Party, Project
from fund.services.actors import Actor
from fund.services.charters import in_force
from fund.services.contributions import Receipt, receive_contributions
from fund.services.drawing_rights import transfer_drawing_right, use_drawing_right
from fund.services.exploitation import correct_exploitation, declare_exploitation
from fund.services.founding import found_fund
from fund.services.in_kind import Gift, accept_in_kind
from fund.services.members import admit_member, declare_figure, pledge
from fund.services.projects import Grant, award_projects, sign_agreement
from fund.services.returns import settle_return
from ledger.balances import chain_head
from ledger.money import Amount, Unit
from tests.builders import (
    AWARDED,
    CLOSING,
    NEW_YEAR,
    PREMIERE,
    SIGNED,
    a_charter,
    a_fund,
    a_member,
    a_project,
    a_right,
    a_statement,
    eur,
    paid_up,
    pay,
    played,
)

pytestmark = pytest.mark.django_db

FEBRUARY = date(2026, 2, 1)


@pytest.fixture
def actor() -> Actor:
    return paid_up(a_fund())


# name: (the refusal, a word of its sentence, what provokes it)
# fmt: off
REFUSALS: dict[str, tuple[type[Exception], str, Callable[[Actor], object]]] = {
    "a fund with another name": (
        errors.RecordConflict,
        "name: Fonds de test",
        lambda a: found_fund(
            slug="fonds-test",
            name="Autre",
            legal_form="association-1901",
            siren="123456782",
            currency="EUR",
            on=NEW_YEAR,
            by="T",
        ),
    ),
    "a charter of another legal form": (
        errors.CharterLegalFormDiffers,
        "“sep”",
        lambda a: a_charter(a, shipped_text("sep").decode(), on=date(2026, 3, 1)),
    ),
    "another charter from the same day": (
        errors.RecordConflict,
        "sha256",
        lambda a: a_charter(a, shipped_text("creafonds").decode() + "\n", on=NEW_YEAR),
    ),
    "a year without a charter": (
        errors.CharterNotInForce,
        "2025-12-31",
        lambda a: in_force(a.fund, date(2025, 12, 31)),
    ),
    "a member in another category": (
        errors.RecordConflict,
        "category: venue is kept, festival is given",
        lambda a: admit_member(a, code="A", name="Membre A (fictif)", category="festival", on=NEW_YEAR),
    ),
    "a figure declared twice": (
        errors.RecordConflict,
        "50000.00 EUR",
        lambda a: declare_figure(
            a, a.fund.memberships.get(party__code="A"), name="annual_production_budget", year=2026, amount=eur("1.00")
        ),
    ),
    "a pledge with other instalments": (
        errors.RecordConflict,
        "pledge:P",
        lambda a: [
            a_member(a, "P", category="public-funder", promise="10.00"),
            pledge(
                a,
                a.fund.memberships.get(party__code="P"),
                reference="pledge:P",
                on=NEW_YEAR,
                instalments={NEW_YEAR: eur("11.00")},
            ),
        ],
    ),
    "a receipt with another amount": (
        errors.RecordConflict,
        "amount: 5000.00 EUR is kept, 5000.01 EUR is given",
        lambda a: receive_contributions(a, [Receipt("REL-A", "A", FEBRUARY, eur("5000.01"))]),
    ),
    "a receipt of nothing": (
        errors.AmountNotPositive,
        "0.00 EUR",
        lambda a: receive_contributions(a, [Receipt("REL-0", "A", FEBRUARY, eur("0.00"))]),
    ),
    "a receipt in another currency": (
        errors.CurrencyDiffers,
        "CHF",
        lambda a: receive_contributions(a, [Receipt("REL-0", "A", FEBRUARY, Amount(100, Unit("CHF", 2)))]),
    ),
    "a receipt of a stranger": (
        errors.MemberUnknown,
        "Z is not a member",
        lambda a: receive_contributions(a, [Receipt("REL-0", "Z", FEBRUARY, eur("1.00"))]),
    ),
    "a receipt before membership": (
        errors.MemberUnknown,
        "2025-06-01",
        lambda a: receive_contributions(a, [Receipt("REL-0", "A", date(2025, 6, 1), eur("1.00"))]),
    ),
    "help without quantity": (
        errors.AmountNotPositive,
        "0/100 day",
        lambda a: accept_in_kind(a, [Gift("NAT", "A", FEBRUARY, "work", 0, "day", eur("1.00"), "m")]),
    ),
    "an award of another amount": (
        errors.RecordConflict,
        "award: 900000 is kept",
        lambda a: [
            a_project(a),
            award_projects(
                a,
                [Grant("P1", "Projet P1 (fictif)", "CIE/P1", "Compagnie P1 (fictive)", eur("1.00"))],
                call="call-2026",
                on=AWARDED,
                premiere_on=PREMIERE,
            ),
        ],
    ),
    "a second agreement": (
        errors.RecordConflict,
        "CONV-P1 is kept, OTHER is given",
        lambda a: sign_agreement(a, a_project(a), reference="OTHER", on=SIGNED),
    ),
    "a tranche on a condition nobody records": (errors.TrancheConditionNotKept, "paid on “report”", lambda a: [
        a_charter(a, shipped_text("creafonds").decode().replace('condition = "premiere"', 'condition = "report"'),
                  on=date(2026, 6, 1)),
        a_project(a),
    ]),
    "a payment signed by one": (
        errors.SignedByOne,
        "prepares and",
        lambda a: pay(a, a_project(a), 1, approved_by="  t. (FICTIF)"),
    ),
    "a payment signed by nobody": (
        errors.SignedByOne,
        "two people",
        lambda a: pay(a, a_project(a), 1, prepared_by=" "),
    ),
    "a balance before the première": (errors.TrancheNotDue, "due on 2026-07-01", lambda a: pay(a, a_project(a), 2)),
    "a tranche paid twice": (
        errors.TrancheAlreadyReleased,
        "was paid on 2026-06-07",
        lambda a: [
            pay(a, a_project(a), 1),
            pay(a, Project.objects.get(), 1, reference="PAY-AGAIN"),
        ],
    ),
    "a date outside its statement": (
        errors.PerformanceOutsidePeriod,
        "2027-01-01",
        lambda a: declare_exploitation(
            a,
            a_project(a),
            reference="EXPL",
            first=NEW_YEAR,
            last=CLOSING,
            on=CLOSING,
            played=[played(1, "1.00", on=date(2027, 1, 1))],
        ),
    ),
    "a fee below zero": (
        errors.AmountNotPositive,
        "-1.00",
        lambda a: declare_exploitation(
            a, a_project(a), reference="EXPL", first=NEW_YEAR, last=CLOSING, on=CLOSING, played=[played(1, "-1.00")]
        ),
    ),
    "a statement declared with other dates": (
        errors.RecordConflict,
        "DATE-001",
        lambda a: [
            a_statement(a, a_project(a)),
            a_statement(a, Project.objects.get(), fee="2.00"),
        ],
    ),
    "a correction of a corrected statement": (
        errors.StatementOutOfDate,
        "Version 1",
        lambda a: [
            correct_exploitation(a, a_statement(a, a_project(a)), on=CLOSING, played=[]),
            correct_exploitation(a, ExploitationStatement.objects.get(version=1), on=CLOSING, played=[]),
        ],
    ),
    "a return on a corrected statement": (
        errors.StatementOutOfDate,
        "Version 1",
        lambda a: [
            correct_exploitation(a, a_statement(a, a_project(a)), on=CLOSING, played=[]),
            settle_return(a, ExploitationStatement.objects.get(version=1), on=CLOSING),
        ],
    ),
    "a right after its last day": (
        errors.DrawingRightExpired,
        "expired on 2029-12-31",
        lambda a: use_drawing_right(
            a, a_right(a), project=Project.objects.get(), amount=eur("1.00"), on=date(2030, 1, 1), reference="USE"
        ),
    ),
    "a right before its day": (errors.DrawingRightNotGranted, "granted on 2026-12-31", lambda a: use_drawing_right(
        a, a_right(a), project=Project.objects.get(), amount=eur("1.00"), on=date(2026, 12, 30), reference="USE"
    )),
    "a right used twice under one reference": (errors.RecordConflict, "to: P1 is kept, P2 is given", lambda a: [
        use_drawing_right(a, a_right(a), project=Project.objects.get(), amount=eur("1.00"), on=CLOSING,
                          reference="USE"),
        use_drawing_right(a, DrawingRight.objects.get(party__code="A"), project=a_project(a, "P2"), amount=eur("1.00"),
                          on=CLOSING, reference="USE"),
    ]),
    "a statement of another fund": (errors.FundDiffers, "belongs to fonds-test; whoever acts, acts for autre",
        lambda a: settle_return(a_fund("autre"), a_statement(a, a_project(a)), on=CLOSING)),
    "a tranche of another fund": (errors.FundDiffers, "fonds-test", lambda a: pay(a_fund("autre"), a_project(a), 1)),
    "more than a right holds": (
        errors.DrawingRightTooSmall,
        "still holds 40.00",
        lambda a: use_drawing_right(
            a, a_right(a), project=Project.objects.get(), amount=eur("40.01"), on=CLOSING, reference="USE"
        ),
    ),
    "nothing of a right": (
        errors.AmountNotPositive,
        "0.00",
        lambda a: use_drawing_right(
            a, a_right(a), project=Project.objects.get(), amount=eur("0.00"), on=CLOSING, reference="USE"
        ),
    ),
    "a right left to oneself": (
        errors.RecordConflict,
        "the same member",
        lambda a: transfer_drawing_right(a, a_right(a), to="A", amount=eur("1.00"), on=CLOSING, reference="CES"),
    ),
    "a right left to a stranger": (
        errors.MemberUnknown,
        "Z is not a member",
        lambda a: transfer_drawing_right(a, a_right(a), to="Z", amount=eur("1.00"), on=CLOSING, reference="CES"),
    ),
}
# fmt: on


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_has_its_name_its_figures_and_leaves_nothing(actor: Actor, name: str) -> None:
    refusal, words, provoke = REFUSALS[name]
    with pytest.raises(refusal, match=words.replace("(", r"\(")) as caught, transaction.atomic():
        provoke(actor)
    assert isinstance(caught.value, errors.FundError)
    assert caught.value.code != "fund_error"
    assert caught.value.sentence("fr") != caught.value.sentence("en")
    assert chain_head("fonds-test").entries == 2
    assert {row.code for row in Party.objects.all()} == {"A", "B"}


def test_money_with_a_part_of_a_cent_is_refused_not_rounded() -> None:
    with pytest.raises(AmountDoesNotFit, match=r"0\.001 EUR"):
        amount_of(Money(Decimal("0.001"), "EUR"))
    with pytest.raises(AmountDoesNotFit):
        amount_of(Money(Decimal("NaN"), "EUR"))
    assert amount_of(Money(Decimal("12.50"), "EUR")) == eur("12.50")
    assert money_of(Amount(150, Unit("JPY", 0))) == Money(150, "JPY")
