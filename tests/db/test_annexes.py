"""The facts for the notes to the accounts: kinds of authorities and instalments of advances, said, changed, refused."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from fund.errors import FundDiffers
from fund.models import Act, AdvanceInstalment, Fund, Party, PublicAuthority
from fund.services.actors import Actor
from fund.services.annex_errors import (
    AdvanceUnknown,
    AuthorityCategoryUnknown,
    AuthorityIsPerson,
    InstalmentInvalid,
)
from fund.services.annexes import LARGEST, classify_authority, set_instalment
from ledger.money import Amount, unit_of
from tests.posted_year import posted_year
from tests.small_year import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

ON = date(2027, 1, 15)


@pytest.fixture
def fund() -> Fund:
    return posted_year()


@pytest.fixture
def actor(fund: Fund) -> Actor:
    return Actor(fund, "treasurer")


def region(fund: Fund) -> Party:
    return fund.parties.get(code="REG")


def test_the_last_kind_counts_and_the_log_keeps_each(actor: Actor) -> None:
    party = region(actor.fund)
    for category in ("local", "local", "state", ""):
        classify_authority(actor, party, category=category, on=ON)
    assert not PublicAuthority.objects.exists()
    assert [act.facts["category"] for act in Act.objects.filter(kind="authority-classified")] == ["local", "state", ""]


def test_a_kind_that_is_none_a_person_and_another_fund_are_refused(actor: Actor) -> None:
    with pytest.raises(AuthorityCategoryUnknown, match="“mairie” is no kind"):
        classify_authority(actor, region(actor.fund), category="mairie", on=ON)
    person = Party.objects.create(fund=actor.fund, code="P", kind="person", name="Quelqu’un")
    with pytest.raises(AuthorityIsPerson) as refused:
        classify_authority(actor, person, category="state", on=ON)
    assert "« P » est une personne" in refused.value.sentence("fr")
    other = posted_year("autre")
    with pytest.raises(FundDiffers):
        classify_authority(actor, region(other), category="state", on=ON)
    assert not PublicAuthority.objects.exists()


def test_an_instalment_is_said_changed_and_taken_away(actor: Actor) -> None:
    def says(euros: str, agreement: str = "CONV-2026-016") -> AdvanceInstalment | None:
        return set_instalment(
            actor, beneficiary="P2603", agreement=agreement, due_on=date(2027, 6, 30), amount=Amount.parse(euros), on=ON
        )

    says("3000")
    says("3000")
    assert AdvanceInstalment.objects.get().amount_minor == 300000
    says("2500", "AVN-1")
    assert AdvanceInstalment.objects.get().agreement == "AVN-1"
    assert says("0") is None
    assert says("0") is None
    assert not AdvanceInstalment.objects.exists()
    assert Act.objects.filter(kind="advance-instalment").count() == 3


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"beneficiary": "P9999"}, AdvanceUnknown),
        ({"beneficiary": ""}, AdvanceUnknown),
        ({"agreement": "  "}, InstalmentInvalid),
        ({"amount": Amount(-1)}, InstalmentInvalid),
        ({"amount": Amount(LARGEST + 1)}, InstalmentInvalid),
        ({"amount": Amount(1, unit_of("USD"))}, InstalmentInvalid),
    ],
)
def test_an_instalment_of_nothing_known_is_refused(
    actor: Actor, facts: dict[str, object], refusal: type[Exception]
) -> None:
    said = {"beneficiary": "P2603", "agreement": "C", "due_on": date(2027, 6, 30), "amount": Amount(1), **facts}
    with pytest.raises(refusal):
        set_instalment(actor, on=ON, **said)  # type: ignore[arg-type]
    assert not AdvanceInstalment.objects.exists()


def test_books_that_are_not_open_hold_no_advance() -> None:
    fund = Fund.objects.create(slug="neuf", name="Neuf", legal_form="association-1901", founded_on=ON)
    with pytest.raises(AdvanceUnknown):
        set_instalment(Actor(fund, "t"), beneficiary="P", agreement="C", due_on=ON, amount=Amount(1), on=ON)


@pytest.mark.parametrize(
    "facts", [{"amount_minor": 0}, {"agreement": ""}, {"beneficiary": ""}], ids=["amount", "agreement", "beneficiary"]
)
def test_the_database_refuses_it_too(fund: Fund, facts: dict[str, object]) -> None:
    row = {"beneficiary": "P", "agreement": "C", "due_on": ON, "amount_minor": 1, **facts}
    with pytest.raises(IntegrityError), transaction.atomic():
        AdvanceInstalment.objects.create(fund=fund, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicAuthority.objects.create(party=region(fund), category="mairie")


def page(client: Client, name: str, *, status: int = 200, **asked: str) -> str:
    response = client.get(reverse(name, args=["essais"]), asked, headers={"Accept-Language": "en"})
    assert response.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_treasurer_says_the_kind_of_an_authority(client: Client, fund: Fund) -> None:
    client.force_login(a_user("t", fund, "treasurer"))
    assert "REG Région to be told" in page(client, "annex")
    assert 'value="REG" selected' in client.get(reverse("annex-authority", args=["essais"]) + "?party=REG").text
    said = {"party": "REG", "category": "local"}
    for _click in range(2):
        answer = client.post(reverse("annex-authority", args=["essais"]), said)
        assert (answer.status_code, answer["Location"]) == (302, reverse("annex", args=["essais"]))
    assert "REG Région local authority" in page(client, "annex")
    client.post(reverse("annex-authority", args=["essais"]), {"party": "REG", "category": ""})
    assert not PublicAuthority.objects.exists()


def test_the_treasurer_records_an_instalment(client: Client, fund: Fund) -> None:
    client.force_login(a_user("t", fund, "treasurer"))
    assert "No instalment is recorded" in page(client, "annex")
    said = {"beneficiary": "P2603", "agreement": "CONV-2026-016", "due_on": "2027-06-30", "amount": "3 000,50"}
    client.post(reverse("annex-instalment", args=["essais"]), said)
    assert "P2603 Projet 2026-03 CONV-2026-016 30 June 2027 €3,000.50" in page(client, "annex")


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("annex-authority", {"party": "NOBODY", "category": "state"}, "Select a valid choice"),
        ("annex-authority", {"party": "REG", "category": "mairie"}, "Select a valid choice"),
        ("annex-authority", {"party": "R\0EG", "category": "state"}, "Null characters are not allowed"),
        ("annex-instalment", {"amount": "much"}, "This is not an amount"),
        ("annex-instalment", {"amount": "9" * 29}, "This is not an amount"),
        ("annex-instalment", {"amount": "-1"}, "needs an agreement and an amount"),
        ("annex-instalment", {"due_on": "2027-02-30"}, "This is not a date"),
        ("annex-instalment", {"beneficiary": "P9999"}, "hold no advance"),
        ("annex-instalment", {"beneficiary": "\ufffd"}, "hold no advance"),
        ("annex-instalment", {"agreement": "C\0"}, "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_recorded_is_told(
    client: Client, fund: Fund, name: str, said: dict[str, str], told: str
) -> None:
    client.force_login(a_user("t", fund, "treasurer"))
    whole = {"beneficiary": "P2603", "agreement": "C", "due_on": "2027-06-30", "amount": "1"}
    facts = said if name == "annex-authority" else {**whole, **said}
    answer = client.post(reverse(name, args=["essais"]), facts, headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not AdvanceInstalment.objects.exists()
    assert not PublicAuthority.objects.exists()


def test_the_auditor_reads_without_buttons(client: Client, fund: Fund) -> None:
    client.force_login(a_user("a", fund, "auditor"))
    assert "Record an instalment" not in page(client, "annex")
    page(client, "annex-authority", status=404)
    page(client, "annex-instalment", status=404)
