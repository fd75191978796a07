"""The past of a fund, gathered from its records: the charter in force gives to the cent what the books hold."""

from __future__ import annotations

from datetime import date

import pytest

from fund.charter.shipped import shipped
from fund.importers.year_folder import read_year_folder
from fund.importers.year_run import run_year
from fund.management.commands.demonstrate import FOLDER
from fund.models import Act, Fund, Return, ReturnShare
from fund.queries.books import bank_balance
from fund.queries.rehearsal import past_of
from fund.rehearsal.comparing import compared
from fund.rehearsal.past import replayed
from fund.services.contributions import Receipt, receive_contributions
from fund.services.exploitation import correct_exploitation, declare_exploitation
from fund.services.founding import open_year
from fund.services.returns import settle_return
from tests.builders import CLOSING, a_fund, a_project, a_statement, eur, paid_up, played
from tests.small_year import small_year

pytestmark = pytest.mark.django_db


def demonstration() -> Fund:
    return run_year(read_year_folder(FOLDER), progress=lambda *_: None).fund


def reproduces_the_books(fund: Fund) -> None:
    """What the replay gives is what the tables and the bank's account hold."""
    past = past_of(fund)
    replay = replayed(past)
    assert replay.differences == ()
    booked: dict[tuple[str, str], int] = {}
    for share in ReturnShare.objects.filter(of_return__project__fund=fund).select_related(
        "of_return__project__company"
    ):
        code = share.of_return.project.company.code
        party = f"company:{code}" if share.party_key == "company" else share.party_key
        booked[party, share.form] = booked.get((party, share.form), 0) + share.amount_minor
    found = {
        (party, form): minor for party, balance in replay.balances.items() for form, minor in balance.by_form.items()
    }
    found["fund", "cash"] -= sum(receipt.minor for member in past.members for receipt in member.receipts)
    assert {key: minor for key, minor in found.items() if minor} == {
        key: minor for key, minor in booked.items() if minor
    }
    dues: dict[str, int] = {project.code: 0 for project in fund.projects.all()}
    for row in Return.objects.filter(project__fund=fund).select_related("project"):
        dues[row.project.code] += row.amount_minor
    assert replay.dues == dues
    shared = sum(minor for (party, form), minor in booked.items() if (party, form) == ("fund", "cash"))
    assert replay.course[-1].closing == bank_balance(fund, past.last).minor + shared


def test_the_small_year_is_reproduced_to_the_cent() -> None:
    fund = small_year()
    reproduces_the_books(fund)
    replay = replayed(past_of(fund))
    assert replay.balances["member:FES"].by_form == {"drawing-right": 2000}
    assert replay.balances["member:FES"].gave == 500_000
    assert replay.dues == {"A": 12_000, "C": 0, "D": 0, "E": 0}


def test_the_demonstration_is_reproduced_to_the_cent() -> None:
    fund = demonstration()
    reproduces_the_books(fund)
    assert sum(replayed(past_of(fund)).dues.values()) > 0


def test_a_second_year_a_correction_and_money_that_came_later_are_reproduced_to_the_cent() -> None:
    """The key changes with a new year's contributions and within a year; a corrected date leaves its place."""
    actor = paid_up(a_fund())
    project = a_project(actor)
    first = a_statement(actor, project, count=10)
    settle_return(actor, first, on=date(2026, 9, 1))
    receive_contributions(actor, [Receipt("REL-LATE", "B", date(2026, 10, 1), eur("333.33"))])
    dates = [played(number, "1000.00", cancelled=number == 3) for number in range(1, 11)]
    settle_return(actor, correct_exploitation(actor, first, on=CLOSING, played=dates), on=CLOSING)
    open_year(actor, 2027)
    receive_contributions(actor, [Receipt("REL-2027", "B", date(2027, 2, 1), eur("777.77"))])
    tour = [played(number, "1234.56", on=date(2027, 3, number)) for number in range(11, 15)]
    second = declare_exploitation(
        actor,
        project,
        reference="EXPL-2027",
        first=date(2027, 1, 1),
        last=date(2027, 12, 31),
        on=date(2027, 12, 31),
        played=tour,
    )
    settle_return(actor, second, on=date(2027, 12, 31))
    returns = list(Return.objects.order_by("pk"))
    assert [(row.amount_minor, row.carried_minor) for row in returns] == [(16_000, 0), (0, -8_000), (31_506, 0)]
    assert len(set(ReturnShare.objects.values_list("key_digest", flat=True))) == 3
    reproduces_the_books(actor.fund)


def test_nothing_is_written() -> None:
    fund = small_year()
    before = (Act.objects.count(), ReturnShare.objects.count(), Return.objects.count())
    compared(past_of(fund), shipped("scic"))
    assert (Act.objects.count(), ReturnShare.objects.count(), Return.objects.count()) == before
