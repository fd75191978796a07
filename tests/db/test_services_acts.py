"""Acts happen once, correct without editing, take nothing back, and share fairly over the years."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from fund import errors
from fund.charter.shipped import shipped_text
from fund.models import Act, DrawingRight, IssuedStatement, Project, Return
from fund.services.actors import Actor
from fund.services.contributions import Receipt, call_contributions, receive_contributions
from fund.services.demonstration import NAMES, demonstration_users
from fund.services.drawing_rights import expire_drawing_rights, left_of, transfer_drawing_right, use_drawing_right
from fund.services.exploitation import correct_exploitation, declare_exploitation
from fund.services.issuing import correct_statement, issue_statements
from fund.services.returns import settle_return
from ledger.balances import balances, chain_head
from ledger.posting import open_fiscal_year
from tests.builders import (
    CLOSING,
    NEW_YEAR,
    SIGNED,
    a_charter,
    a_fund,
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


def test_a_sharing_that_the_books_do_not_keep_is_refused_by_name(actor: Actor) -> None:
    locked, cash = 'to = "company"\nshare = "10 %"\nform = "locked"', 'to = "producer"\nshare = "10 %"\nform = "cash"'
    text = shipped_text("creafonds").decode().replace(locked, cash)
    a_charter(actor, text, on=date(2026, 6, 1))
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
    assert (issued.number, corrected.number) == ("2026-member-A", "2026-member-A/2")
    assert issued.head != corrected.head
    issue_statements(actor, as_of=date(2026, 6, 30), on=CLOSING, subjects=[("member", "A")])
    assert IssuedStatement.objects.order_by("pk").last().number == "2026-06-30-member-A"


def test_ready_made_users_exist_in_the_demonstration_alone(actor: Actor) -> None:
    a_project(actor)
    with override_settings(DEMONSTRATION=False), pytest.raises(errors.NotADemonstration):
        demonstration_users(actor.fund, until=CLOSING)
    with override_settings(DEMONSTRATION=True):
        users = demonstration_users(actor.fund, until=CLOSING)
        assert tuple(user.username for user in users) == NAMES
        assert demonstration_users(actor.fund, until=CLOSING) == users
    assert not any(user.has_usable_password() for user in users)


def test_a_charter_without_tranches_pays_all_at_the_signature(actor: Actor) -> None:
    text = shipped_text("creafonds").decode()
    first, last = text.index("[[tranches]]"), text.index("[[returns]]")
    a_charter(actor, text[:first] + text[last:], on=date(2026, 6, 1))
    tranches = a_project(actor, award="10000.00").agreement.tranches.all()
    assert [(row.condition, row.due_on, row.amount_minor) for row in tranches] == [("agreement", SIGNED, 1000000)]


def test_thirds_leave_the_last_cent_to_the_balance(actor: Actor) -> None:
    tranches = a_project(actor, award="10000.00").agreement.tranches.all()
    assert [row.amount_minor for row in tranches] == [333333, 666667]
