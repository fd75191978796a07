"""The demonstration's year of recognition: what a first visit finds, the same after a second run."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from fund.errors import NotADemonstration
from fund.models import Act, Fund, NotorietyStatement
from fund.services.actors import Actor
from fund.services.demonstration import demonstration_recognition
from ledger.balances import balances, chain_head

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture
def fund(settings: Settings) -> Fund:
    settings.DEMONSTRATION = True
    call_command("demonstrate", stdout=StringIO(), stderr=StringIO())
    return Fund.objects.get(slug="cote-d-argent")


def test_the_demonstration_shows_a_year_of_recognition(fund: Fund, client: Client) -> None:
    """93 dates at 1, 66 towns at 3, nine other facts worth 39: 330 points."""
    adopted = NotorietyStatement.objects.get(fund=fund)
    kinds: dict[str, list[int]] = {}
    for row in adopted.points.all():
        kinds.setdefault("other" if row.kind not in ("performance", "town") else row.kind, []).append(row.points)
    assert {kind: (len(points), sum(points)) for kind, points in kinds.items()} == {
        "performance": (93, 93),
        "town": (66, 198),
        "other": (9, 39),
    }
    contested = adopted.points.get(fact_key="fact:PRESSE-P03-01")
    assert (contested.level, contested.points) == ("regional", 3), "declared national, corrected after a contest"
    held = {row.account.code: row.amount.minor for row in balances(fund.slug, unit="NOTORIETY")}
    assert (held["922"], held["922:M01"], held["922:CIE/P01"]) == (-66, -60, -33)
    page = client.get(reverse("notoriety", args=[fund.slug]), headers={"Accept-Language": "en"}).content.decode()
    assert "<strong>330 points</strong>" in page.replace("\xa0", " ")
    assert "Statement adopted on 14 March 2026" in page
    assert len(page) < 60_000


def test_a_second_run_changes_nothing(fund: Fund) -> None:
    before = (chain_head(fund.slug), Act.objects.count())
    out = StringIO()
    call_command("demonstrate", stdout=out, stderr=StringIO())
    assert "stands already" in out.getvalue()
    assert (chain_head(fund.slug), Act.objects.count()) == before


def test_it_is_made_in_the_demonstration_alone(fund: Fund, settings: Settings) -> None:
    settings.DEMONSTRATION = False
    keeper = Actor(fund, "K")
    with pytest.raises(NotADemonstration), transaction.atomic():
        demonstration_recognition(keeper, replace(keeper, by="C"), year=2025)
