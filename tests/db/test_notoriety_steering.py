"""Recognition may steer a part of a return: the members' share follows the points of the last adopted statement."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from fund.charter.faults import FactsMissing
from fund.models import Return
from fund.services.actors import Actor
from fund.services.exploitation import Played, declare_exploitation
from fund.services.founding import open_year
from fund.services.notoriety_adoption import adopt_notoriety
from fund.services.returns import settle_return
from tests.builders import a_charter, a_fund, eur, paid_up
from tests.recognition import ADOPTED_ON, a_toured_project
from tests.recognition_charter import CHARTER

pytestmark = pytest.mark.django_db

BY_RECOGNITION = CHARTER.replace('key = "contribution"', 'key = "notoriety"', 1)


@pytest.fixture
def actor() -> Actor:
    actor = a_fund()
    a_charter(actor, BY_RECOGNITION, on=date(2026, 1, 2))
    open_year(actor, 2027)
    return paid_up(actor)


def a_second_tour(actor: Actor) -> Return:
    """Ten dates of 1,000 in 2027 after three in 2026: five are beyond the first eight, and owe 8 % of 5,000."""
    project = actor.fund.projects.get()
    played = [Played(f"E{day}", date(2027, 4, day), eur("1000.00"), town="Dax") for day in range(1, 11)]
    statement = declare_exploitation(
        actor,
        project,
        reference="T4",
        first=date(2027, 4, 1),
        last=date(2027, 4, 30),
        on=date(2027, 5, 2),
        played=played,
    )
    return settle_return(actor, statement, on=date(2027, 5, 3))


def test_the_members_share_of_a_return_follows_the_adopted_points(actor: Actor) -> None:
    """2026 credits A with 4 points and B with 1: of 30 % of 400.00, A has four fifths."""
    a_toured_project(actor)
    adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    settled = a_second_tour(actor)
    assert settled.amount_minor == 40000
    assert {share.party_key: share.amount_minor for share in settled.shares.all()} == {
        "fund": 24000,
        "company": 4000,
        "member:A": 9600,
        "member:B": 2400,
    }


def test_before_any_statement_there_is_no_key_and_the_rules_refuse(actor: Actor) -> None:
    a_toured_project(actor)
    with pytest.raises(FactsMissing), transaction.atomic():
        a_second_tour(actor)
    assert not Return.objects.exists()
