"""The pages of a decided call, tried by every role: nobody else learns that they exist."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from fund.models import User
from tests.builders import a_member
from tests.committees import a_person
from tests.deciding import a_notified_evening
from tests.page_addresses import EVERYBODY, OF_DECISIONS

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


def test_the_pages_of_a_decision_open_for_their_audiences_alone() -> None:
    actor, decision = a_notified_evening()
    fund, call = actor.fund, decision.call
    a_member(actor, "THE", budget="50000.00")
    people = {"committee": "alix", "administrator": "secretary"}
    for role in ("auditor", "treasurer"):
        people[role] = a_person(fund, f"un-{role}", role).username
    people["member"] = a_person(fund, "un-membre", "member", party="THE").username
    people["artist"] = a_person(fund, "une-artiste", "artist", party="CIE/P1").username
    here = [fund.slug, call.slug]
    addresses = {
        **{name: reverse(name, args=here) for name in OF_DECISIONS if name in PLAIN},
        "scenario-put": reverse("scenario-put", args=[*here, decision.scenario.number]),
        "decision-confirm": reverse("decision-confirm", args=[*here, decision.vote.number]),
        "minutes-paper": reverse("minutes-paper", args=[*here, "html"]),
        "award-letter": reverse("award-letter", args=[*here, "P1", "html"]),
    }
    assert set(addresses) == set(OF_DECISIONS)
    for role in EVERYBODY:
        client = Client()
        if role in people:
            client.force_login(User.objects.get(username=people[role]))
        opened = {name for name, address in addresses.items() if client.get(address).status_code != 404}
        assert opened == {name for name, audience in OF_DECISIONS.items() if role in audience}, role


PLAIN = {"scenarios", "decision", "decision-record", "dissent", "minutes", "notices"}
"""Addresses that need the fund and the call alone."""
