"""The page of a rehearsal: its first sentence answers, the losers stand first, everything can be taken away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from fund.models import Fund
from tests.small_year import one_user_a_role, small_year

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture(scope="module")
def fund(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    with django_db_blocker.unblock(), transaction.atomic():
        fund = small_year()
        one_user_a_role(fund)
        yield fund
        transaction.set_rollback(True)


def test_look(fund: Fund, client: Client) -> None:
    client.force_login(fund.accesses.get(role="auditor").user)
    r = client.get(f"/{fund.slug}/rehearsal/cnc-avance", headers={"Accept-Language": "en"})
    open("/tmp/page.html", "wb").write(r.content)
    assert r.status_code == 200
    client.force_login(fund.accesses.get(role="member").user)
    r = client.get(f"/{fund.slug}/rehearsal/creafonds", headers={"Accept-Language": "fr"})
    open("/tmp/page2.html", "wb").write(r.content)
    for t in ("parties", "projects", "reserve"):
        r = client.get(f"/{fund.slug}/rehearsal/scic/{t}.csv")
        assert r.status_code == 200
        print(r.content.decode())
    r = client.get(f"/{fund.slug}/rehearsal/scic/all.json")
    print(r.content.decode()[:3000])
    assert 0
