"""Each refusal of the services is provoked, leaves nothing behind, and names what to mend; each act happens once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings
from moneyed import Money

from allocation.amounts import amount_of, money_of
from allocation.errors import AmountDoesNotFit
from fund import errors
from fund.charter.shipped import shipped_text
from fund.models import Act, DrawingRight, ExploitationStatement, IssuedStatement, Party, Project, Return
from fund.services.actors import Actor
from fund.services.charters import in_force
from fund.services.contributions import Receipt, call_contributions, receive_contributions
from fund.services.demonstration import NAMES, demonstration_users
from fund.services.disbursements import release_tranche
from fund.services.drawing_rights import expire_drawing_rights, left_of, transfer_drawing_right, use_drawing_right
from fund.services.exploitation import correct_exploitation, declare_exploitation
from fund.services.founding import adopt_charter, found_fund
from fund.services.in_kind import Gift, accept_in_kind
from fund.services.issuing import correct_statement, issue_statements
from fund.services.members import admit_member, declare_figure, pledge
from fund.services.projects import Grant, award_projects, sign_agreement
from fund.services.returns import settle_return
from ledger.balances import balances, chain_head
from ledger.money import Amount, Unit
from ledger.posting import open_fiscal_year
from tests.builders import AWARDED, CLOSING, NEW_YEAR, PREMIERE, SIGNED, a_fund, a_member, a_project, eur, played

pytestmark = pytest.mark.django_db

FEBRUARY = date(2026, 2, 1)


@pytest.fixture
def actor() -> Actor:
    """A fund with a venue A (5,000 of 50,000) and a company B that have both paid."""
    actor = a_fund()
    a_member(actor, "A", budget="50000.00")
    a_member(actor, "B", category="company", budget="10000.00")
    receipts = [Receipt("REL-A", "A", FEBRUARY, eur("5000.00")), Receipt("REL-B", "B", FEBRUARY, eur("1000.00"))]
    receive_contributions(actor, receipts)
    return actor


def a_statement(actor: Actor, project: Project, count: int = 10, fee: str = "1000.00") -> ExploitationStatement:
    dates = [played(number, fee) for number in range(1, count + 1)]
    return declare_exploitation(
        actor, project, reference="EXPL", first=NEW_YEAR, last=CLOSING, on=CLOSING, played=dates
    )


def a_right(actor: Actor) -> DrawingRight:
    """A drawing right of A over 40.00: 160.00 due on two dates, 30 % to members, five sixths of it to A."""
    settle_return(actor, a_statement(actor, a_project(actor)), on=CLOSING)
    right = DrawingRight.objects.get(party__code="A")
    assert right.amount_minor == 4000
    return right


def pay(actor: Actor, project: Project, number: int, **changes: object) -> None:
    tranche = project.agreement.tranches.get(number=number)
    facts = {"reference": f"PAY-{number}", "on": SIGNED, "prepared_by": "T. (fictif)", "approved_by": "P. (fictif)"}
    release_tranche(actor, tranche, **(facts | changes))  # type: ignore[arg-type]


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
        lambda a: adopt_charter(a, name="sep", text=shipped_text("sep").decode(), on=date(2026, 3, 1)),
    ),
    "another charter from the same day": (
        errors.RecordConflict,
        "sha256",
        lambda a: adopt_charter(a, name="creafonds", text=shipped_text("creafonds").decode() + "\n", on=NEW_YEAR),
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
    "a payment signed by one": (
        errors.SignedByOne,
        "cannot both prepare and approve",
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
    assert chain_head("fonds-test").entries == 2
    assert {row.code for row in Party.objects.all()} == {"A", "B"}


def test_money_with_a_part_of_a_cent_is_refused_not_rounded() -> None:
    with pytest.raises(AmountDoesNotFit, match=r"0\.001 EUR"):
        amount_of(Money(Decimal("0.001"), "EUR"))
    with pytest.raises(AmountDoesNotFit):
        amount_of(Money(Decimal("NaN"), "EUR"))
    assert amount_of(Money(Decimal("12.50"), "EUR")) == eur("12.50")
    assert money_of(Amount(150, Unit("JPY", 0))) == Money(150, "JPY")


def test_a_sharing_that_the_books_do_not_keep_is_refused_by_name(actor: Actor) -> None:
    text = shipped_text("creafonds").decode().replace('to = "company"', 'to = "producer"').replace('"locked"', '"cash"')
    adopt_charter(actor, name="own", text=text, on=date(2026, 6, 1))
    with pytest.raises(errors.SharingNotBooked, match="producer"), transaction.atomic():
        settle_return(actor, a_statement(actor, a_project(actor)), on=CLOSING)
    assert not Return.objects.exists()


def test_the_database_itself_asks_for_two_signatures(actor: Actor) -> None:
    tranche = a_project(actor).agreement.tranches.get(number=1)
    with pytest.raises(IntegrityError, match="disbursement_signed_by_two"), transaction.atomic():
        type(tranche).disbursement.related.related_model.objects.create(
            tranche=tranche, reference="PAY", paid_on=SIGNED, prepared_by="T", approved_by="T"
        )


def test_acts_happen_once(actor: Actor) -> None:
    """Doing everything twice leaves the books and the log as they were after the first time."""

    def everything() -> None:
        call_contributions(actor, year=2026, on=NEW_YEAR)
        project = a_project(actor)
        pay(actor, project, 1)
        settle_return(actor, a_statement(actor, project), on=CLOSING)
        right = DrawingRight.objects.get(party__code="A")
        use_drawing_right(actor, right, project=project, amount=eur("7.00"), on=CLOSING, reference="USE-1")
        transfer_drawing_right(actor, right, to="B", amount=eur("3.00"), on=CLOSING, reference="CES-1")
        issue_statements(actor, as_of=CLOSING, on=CLOSING, subjects=[("member", "A"), ("project", "P1")])

    everything()
    first = (chain_head("fonds-test"), Act.objects.count())
    everything()
    assert (chain_head("fonds-test"), Act.objects.count()) == first


def test_a_correction_is_a_new_version_and_takes_nothing_back(actor: Actor) -> None:
    """Ten dates of 1,000 owe 160. Two cancelled: 0 owed, 160 stay, 160 carried. Four late ones more: 80 are new."""
    project = a_project(actor)
    first = a_statement(actor, project)
    assert settle_return(actor, first, on=CLOSING).amount_minor == 16000
    dates = [played(number, "1000.00", cancelled=number <= 2) for number in range(1, 11)]
    second = correct_exploitation(actor, first, on=CLOSING, played=dates)
    settled = settle_return(actor, second, on=CLOSING)
    assert (settled.amount_minor, settled.carried_minor, settled.shares.exclude(amount_minor=0).count()) == (
        0,
        -16000,
        0,
    )
    dates += [played(number, "1000.00") for number in range(11, 14)]
    third = correct_exploitation(actor, second, on=CLOSING, played=dates)
    settled = settle_return(actor, third, on=CLOSING)
    assert (settled.amount_minor, settled.carried_minor) == (8000, 0)  # 11 dates count, 3 of them: 240 less 160
    assert sum(line.amount_minor for row in project.returns.all() for line in row.lines.all()) == 24000
    shares = {row.party_key: row.amount_minor for row in settled.shares.all()}
    assert shares == {"fund": 4800, "company": 800, "member:A": 2000, "member:B": 400}


def test_a_new_year_s_contributions_begin_a_new_key(actor: Actor) -> None:
    """What was shared by the old key stays; only the new amount is shared by the new one."""
    project = a_project(actor)
    settle_return(actor, a_statement(actor, project), on=CLOSING)
    receive_contributions(actor, [Receipt("REL-C", "B", date(2026, 11, 1), eur("4000.00"))])
    later = declare_exploitation(
        actor,
        project,
        reference="EXPL-2",
        first=date(2026, 12, 1),
        last=CLOSING,
        on=CLOSING,
        played=[played(99, "1000.00", on=date(2026, 12, 5))],
    )
    settled = settle_return(actor, later, on=CLOSING)
    assert settled.amount_minor == 8000
    shares = {row.party_key: row.amount_minor for row in settled.shares.all()}
    assert shares == {"fund": 4800, "company": 800, "member:A": 1200, "member:B": 1200}


def test_a_right_is_used_left_to_another_and_expires(actor: Actor) -> None:
    right = a_right(actor)
    project = Project.objects.get()
    use_drawing_right(actor, right, project=project, amount=eur("10.00"), on=CLOSING, reference="USE")
    transfer_drawing_right(actor, right, to="B", amount=eur("5.00"), on=CLOSING, reference="CES")
    received = DrawingRight.objects.get(reference__endswith="/CES")
    assert (left_of(right).major, left_of(received).major, received.expires_on) == ("25.00", "5.00", right.expires_on)
    for year in (2027, 2028, 2029, 2030):
        open_fiscal_year(
            "fonds-test", code=str(year), first=date(year, 1, 1), last=date(year, 12, 31), chart="anc-2022-06"
        )
    assert expire_drawing_rights(actor, on=right.expires_on) == ()
    expired = expire_drawing_rights(actor, on=date(2030, 1, 1))
    assert sum(movement.amount_minor for movement in expired) == 2500 + 500 + 800
    assert expire_drawing_rights(actor, on=date(2030, 1, 2)) == ()
    assert not any(row.amount for row in balances("fonds-test", chart="80182"))


def test_a_corrected_statement_names_the_one_it_replaces(actor: Actor) -> None:
    (issued,) = issue_statements(actor, as_of=CLOSING, on=CLOSING, subjects=[("member", "A")])
    receive_contributions(actor, [Receipt("REL-D", "A", date(2026, 3, 1), eur("1.00"))])
    corrected = correct_statement(actor, issued, on=CLOSING)
    assert corrected.corrects == issued
    assert (issued.number, corrected.number) == ("2026-member-A", "2026-member-A-2")
    assert issued.head != corrected.head
    assert IssuedStatement.objects.count() == 2


def test_ready_made_users_exist_in_the_demonstration_alone(actor: Actor) -> None:
    a_project(actor)
    with override_settings(DEMONSTRATION=False), pytest.raises(errors.NotADemonstration):
        demonstration_users(actor.fund)
    with override_settings(DEMONSTRATION=True):
        users = demonstration_users(actor.fund)
        assert tuple(user.username for user in users) == NAMES
        assert demonstration_users(actor.fund) == users
    assert not any(user.has_usable_password() for user in users)
