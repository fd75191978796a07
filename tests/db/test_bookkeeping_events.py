"""Events recorded by hand: each makes its lines once, by the treatment of the day, and is refused by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fund.accounting.chart_errors import AccountNotInChart
from fund.chart import JOURNALS
from fund.entries.catalogue import EVENTS
from fund.errors import AmountNotPositive, CurrencyDiffers
from fund.models import AccountName, Act
from fund.queries.account_names import account_names
from fund.services.actors import Actor, book, open_journals
from fund.services.bookkeeping_errors import (
    EventAlreadyRecorded,
    EventIncomplete,
    EventUnknown,
    TextMissing,
    ThirdPartyKept,
)
from fund.services.founding import found_fund, open_year
from fund.services.in_kind import Gift, accept_in_kind
from fund.services.recording import Told, Value, planned_entries, record_event
from fund.services.third_parties import register_party
from fund.services.treatments import choose_treatment
from ledger.balances import chain_head, entry
from ledger.journal import AccountKey, Document, Entry, credit, debit
from ledger.journals import journal_labels
from ledger.money import EUR, HOUR, Amount, unit_of
from tests.bookkeeping import SPRING, a_supplier, lines_booked, recorded, told
from tests.builders import a_fund, a_member, a_project, eur

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return a_fund()


def test_an_invoice_is_booked_once_and_its_second_click_finds_it(actor: Actor) -> None:
    a_supplier(actor)
    facts = {"supplier": "F001", "account": "6226", "destination": "fonctionnement", "amount": "1200.00"}
    made = recorded(actor, "invoice-received", **facts)
    assert lines_booked(actor, made) == [("AC", "6226", "1200.00 EUR"), ("AC", "401:F001", "-1200.00 EUR")]
    stored = entry(actor.fund.slug, made.entries[0]).entry
    assert stored.label == "Facture d'un fournisseur, F001"
    assert stored.document == Document("PIECE-ev-1", SPRING)
    assert stored.lines[0].destination == "fonctionnement"
    assert recorded(actor, "invoice-received", **facts) == made
    head = chain_head(actor.fund.slug)
    with pytest.raises(EventAlreadyRecorded):
        recorded(actor, "invoice-received", **(facts | {"amount": "1200.01"}))
    assert chain_head(actor.fund.slug) == head
    assert Act.objects.filter(kind="event-recorded").count() == 1


def test_a_share_that_is_paid_ends_what_was_voted_and_no_more(actor: Actor) -> None:
    project = a_project(actor, "P1", signed=False)
    voted = recorded(actor, "coproduction-voted", reference="v", project="P1", amount="3000.00")
    assert lines_booked(actor, voted) == [("HB", "8091", "3000.00 EUR"), ("HB", "80184:CIE/P1:P1", "-3000.00 EUR")]
    paid = recorded(actor, "coproduction-paid", reference="p", on=date(2026, 6, 15), project="P1", amount="5000.00")
    assert lines_booked(actor, paid) == [
        ("CP", "2681:CIE/P1:P1", "5000.00 EUR"),
        ("CP", "512", "-5000.00 EUR"),
        ("HB", "80184:CIE/P1:P1", "3000.00 EUR"),
        ("HB", "8091", "-3000.00 EUR"),
    ]
    assert (
        recorded(actor, "coproduction-paid", reference="p", on=date(2026, 6, 15), project="P1", amount="5000.00")
        == paid
    )
    assert project.company.code == "CIE/P1"


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("joint-operations", [("CP", "458:CIE/P1:P1", "50.00 EUR"), ("CP", "512", "-50.00 EUR")]),
        (
            "award",
            [
                ("AI", "6571::P1", "50.00 EUR"),
                ("AI", "4682:CIE/P1:P1", "-50.00 EUR"),
                ("BQ", "4682:CIE/P1:P1", "50.00 EUR"),
                ("BQ", "512", "-50.00 EUR"),
            ],
        ),
    ],
)
def test_a_share_is_booked_as_its_convention_says(
    actor: Actor, option: str, expected: list[tuple[str, str, str]]
) -> None:
    a_project(actor, "P1", signed=False)
    choose_treatment(
        actor, reference="t1", subject="coproduction-share", option=option, basis="Contrat art. 4", decided_on=SPRING,
        convention="COP-1",
    )  # fmt: skip
    assert (
        lines_booked(actor, recorded(actor, "coproduction-paid", project="P1", agreement="COP-1", amount="50.00"))
        == expected
    )
    other = recorded(actor, "coproduction-paid", reference="o", project="P1", agreement="COP-2", amount="50.00")
    assert lines_booked(actor, other)[0][1] == "2681:CIE/P1:P1"


def test_receipts_give_the_stake_back_first_where_the_contract_says_so(actor: Actor) -> None:
    a_project(actor, "P1", signed=False)
    choose_treatment(
        actor, reference="t1", subject="coproduction-income", option="stake-first", basis="Contrat art. 7",
        decided_on=SPRING,
    )  # fmt: skip
    recorded(actor, "coproduction-paid", reference="p", project="P1", amount="100.00")
    first = recorded(actor, "coproduction-income-due", reference="i1", project="P1", amount="60.00")
    second = recorded(actor, "coproduction-income-due", reference="i2", project="P1", amount="60.00")
    assert lines_booked(actor, first) == [("CP", "458:CIE/P1:P1", "60.00 EUR"), ("CP", "2681:CIE/P1:P1", "-60.00 EUR")]
    assert lines_booked(actor, second) == [
        ("CP", "458:CIE/P1:P1", "40.00 EUR"),
        ("CP", "2681:CIE/P1:P1", "-40.00 EUR"),
        ("CP", "458:CIE/P1:P1", "20.00 EUR"),
        ("CP", "75881::P1", "-20.00 EUR"),
    ]


def test_dollars_become_euros_at_a_rate_that_is_kept(actor: Actor) -> None:
    values: dict[str, Value] = {"given": Amount.parse("1000.00", unit_of("USD")), "received": eur("920.00")}
    made = record_event(actor, replace(told("currency-converted"), values=values))
    assert lines_booked(actor, made) == [
        ("BQ", "512", "920.00 EUR"),
        ("BQ", "580", "-920.00 EUR"),
        ("BQ", "580", "1000.00 USD"),
        ("BQ", "512", "-1000.00 USD"),
    ]
    exchange = entry(actor.fund.slug, made.entries[0]).entry.exchange
    assert exchange is not None
    assert (exchange.from_, exchange.to, str(exchange.rate)) == ("USD", "EUR", "23/25")


SAMPLE: dict[str, Value] = {
    "member": "F001", "funder": "F001", "supplier": "F001", "party": "F001", "company": "", "project": "P1",
    "to_project": "P1", "convention": "C-1", "to_convention": "C-2", "agreement": "C-1", "amount": Amount(12345, EUR),
    "given": Amount(500, unit_of("USD")), "received": Amount(400, EUR), "destination": "fonctionnement",
    "is_same_year": True, "public_generosity": True,
}  # fmt: skip


def test_every_event_of_the_catalogue_can_be_booked(actor: Actor) -> None:
    a_supplier(actor)
    a_project(actor, "P1", signed=False)
    for number, (code, event) in enumerate(EVENTS.items()):
        values = {name: SAMPLE.get(name) or event.accounts.get(name, ("",))[0] for name in event.fields}
        if "company" in event.fields and "company" not in event.optional:
            values["company"] = "F001"
        made = record_event(
            actor, Told(code, f"all-{number}", SPRING, Document("P"), {k: v for k, v in values.items() if v != ""})
        )
        assert entry(actor.fund.slug, made.entries[0]).entry.kind == code
        journals = [entry(actor.fund.slug, reference).entry.journal for reference in made.entries]
        assert journals[0] == event.journal


@pytest.mark.parametrize(
    ("refusal", "event", "values", "sentence"),
    [
        (EventUnknown, "nothing", {}, "« nothing »"),
        (EventIncomplete, "invoice-paid", {"amount": "1.00"}, "le fournisseur manque"),
        (EventIncomplete, "invoice-paid", {"supplier": "F001"}, "le montant manque"),
        (EventIncomplete, "invoice-paid", {"supplier": "GONE", "amount": "1.00"}, "n’a le code GONE"),
        (EventIncomplete, "advance-paid", {"account": "512", "project": "P1", "amount": "1.00"}, "le compte manque"),
        (EventIncomplete, "award-granted", {"amount": "1.00"}, "ni projet ni compagnie"),
        (AmountNotPositive, "interest-received", {"amount": "-1.00"}, "-1.00 EUR"),
        (AmountNotPositive, "interest-received", {"amount": "0.00"}, "0.00 EUR"),
        (TextMissing, "subsidy-notified", {"funder": "F001", "convention": "A B", "amount": "1.00"}, "ni espace"),
        (TextMissing, "subsidy-notified", {"funder": "F001", "convention": "A\x00", "amount": "1.00"}, "ni espace"),
    ],
)  # fmt: skip
def test_an_event_that_says_too_little_is_refused_and_nothing_is_written(
    actor: Actor, refusal: type[Exception], event: str, values: dict[str, str], sentence: str
) -> None:
    a_supplier(actor)
    head = chain_head(actor.fund.slug)
    with pytest.raises(refusal) as caught:
        recorded(actor, event, **values)
    assert sentence in caught.value.sentence("fr")  # type: ignore[attr-defined]
    assert caught.value.sentence("en")  # type: ignore[attr-defined]
    assert chain_head(actor.fund.slug) == head
    assert not Act.objects.filter(kind="event-recorded").exists()


def test_other_currencies_and_hostile_references_are_refused(actor: Actor) -> None:
    dollars: dict[str, Value] = {"amount": Amount(100, unit_of("USD"))}
    with pytest.raises(CurrencyDiffers):
        record_event(actor, replace(told("interest-received"), values=dollars))
    with pytest.raises(CurrencyDiffers):
        record_event(actor, replace(told("interest-received"), values={"amount": Amount(100, HOUR)}))
    same: dict[str, Value] = {"given": eur("1.00"), "received": eur("2.00")}
    with pytest.raises(CurrencyDiffers):
        record_event(actor, replace(told("currency-converted"), values=same))
    for reference in ("", "a b", "é", "x" * 61, "a/b", "a\x00"):
        with pytest.raises(TextMissing):
            recorded(actor, "interest-received", reference=reference, amount="1.00")
    with pytest.raises(TextMissing):
        recorded(actor, "interest-received", label="x\u202ey", amount="1.00")


def test_the_lines_are_shown_without_writing_anything(actor: Actor) -> None:
    head = chain_head(actor.fund.slug)
    (planned,) = planned_entries(actor.fund, told("interest-received", amount="12.00"))
    assert [line.account.chart for line in planned.lines] == ["512", "768"]
    assert chain_head(actor.fund.slug) == head


def test_an_account_that_the_chart_of_the_year_lacks_is_refused_by_name(actor: Actor) -> None:
    open_year(actor, 2024)
    grants = (debit(AccountKey("131"), eur("5.00")), credit(AccountKey("777"), eur("5.00")))
    old = Entry(journal="OD", on=date(2024, 5, 1), kind="k", reference="r24", label="l", lines=grants)
    assert book(actor, [old])[0].fiscal_year == "2024"
    with pytest.raises(AccountNotInChart) as caught:
        book(actor, [replace(old, on=SPRING, reference="r26")])
    assert "777" in caught.value.sentence("en")
    assert "prenez 747" in caught.value.sentence("fr")


def test_a_book_that_was_founded_before_a_journal_existed_gets_it(actor: Actor) -> None:
    """The journals of a fund are those of the chart; what an import called otherwise keeps its own words."""
    assert set(journal_labels(actor.fund.slug)) == set(JOURNALS)
    open_journals(actor.fund.slug, JOURNALS)
    found = found_fund(
        slug="ancien",
        name="Ancien (fictif)",
        legal_form="association-1901",
        siren="",
        currency="EUR",
        on=SPRING,
        by="T",
    )
    assert journal_labels(found.fund.slug)["HE"] == "Heures"


def test_hours_alone_stand_in_a_journal_that_the_tax_file_does_not_number(actor: Actor) -> None:
    a_member(actor, "A", budget="50000.00")
    gift = Gift("G1", "A", SPRING, "work", 200, "hour", eur("0.00"), "sans valorisation")
    accept_in_kind(actor, [gift, replace(gift, reference="G2", unit_value=eur("20.00"))])
    assert entry(actor.fund.slug, "in-kind:G1").entry.journal == "HE"
    valued = entry(actor.fund.slug, "in-kind:G2")
    assert (valued.entry.journal, valued.number) == ("CV", 1)


def test_a_third_party_is_kept_once_under_its_code(actor: Actor) -> None:
    a_supplier(actor)
    a_supplier(actor, role="funder")
    party = actor.fund.parties.get(code="F001")
    assert sorted(party.roles.values_list("kind", flat=True)) == ["funder", "supplier"]
    with pytest.raises(ThirdPartyKept):
        register_party(actor, code="F001", name="Autre (fictif)", kind="organisation", role="supplier", on=SPRING)
    with pytest.raises(EventIncomplete):
        register_party(actor, code="F2", name="Autre (fictif)", kind="organisation", role="member", on=SPRING)


def test_an_account_is_called_by_the_fund_s_own_name_before_the_chart_s(actor: Actor) -> None:
    AccountName.objects.create(fund=actor.fund, number="512100", name="Banque des Dunes (fictive)")
    open_year(actor, 2024)
    names = account_names(actor.fund, 2026)
    assert names["512100"] == "Banque des Dunes (fictive)"
    assert names["411000"] == names["411"] == "Adhérents et usagers"
    assert account_names(actor.fund, 2024)["467"] != names["467"]
    assert "512100" in names
    assert names["zz"] == "zz"
