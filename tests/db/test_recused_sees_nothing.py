"""Every address of a call is tried by somebody recused from one application: none tells anything of it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from allocation.instructing.instruction import Given
from allocation.models import Application, ApplicationDocument, ApplicationVersion, Call
from fund.models import Fund, OutgoingMail
from fund.services.actors import Actor
from fund.services.instruction import assign_rapporteurs_evenly, give_scores
from tests.committees import CONVENED, FILED_BY, PEOPLE, a_call_to_decide, a_person, at
from tests.instructing import names, number, recuse, reports

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

SECRETS = ("QUARTZ", "BASALTE", "OBSIDIENNE", "4321", "GNEISS", "SCHISTE")
"""A word of the content, one of a document, one of a report with its amount, one beside a score, one of an answer."""


@pytest.fixture
def told() -> tuple[Fund, Call]:
    """Application 1 with something to hide in each place; alix is recused from it, and is the secretary besides."""
    fund, call = a_call_to_decide()
    application = number(call, 1)
    ApplicationVersion.objects.create(
        application=application,
        number=2,
        content={"form": "application/1", "fields": {"title": "Projet P1 (fictif)", "note": "QUARTZ"}, "tables": {}},
        sha256=sha256(b"2").hexdigest(),
        filed_on=FILED_BY,
        filed_by="artist",
    )
    ApplicationDocument.objects.create(
        application=application, kind="note", name="BASALTE.txt", media_type="text/plain; charset=utf-8", size=8,
        sha256=sha256(b"BASALTE!").hexdigest(), content=b"BASALTE!", added_on=FILED_BY, added_by="artist",
    )  # fmt: skip
    application.fit_answers.create(
        side="company", party="CIE/P1", question="origin", choice="choice", why="SCHISTE", on=FILED_BY, by="artist"
    )
    names(fund, application, "basile")
    reports(fund, application, "basile", text="OBSIDIENNE", suggested=None)
    reports(fund, application, "basile", text="OBSIDIENNE, relu: 4321")
    given = {"artistic": Given(5, "GNEISS"), "feasible": Given(5)}
    give_scores(Actor(fund=fund, by="basile"), application, given, on=CONVENED)
    recuse(application, "alix")
    a_person(fund, "alix", "administrator")
    return fund, call


def addresses(fund: Fund, call: Call) -> Iterator[tuple[str, str]]:
    """Every address of the call, for application 1 where it is about one."""
    values = {"fund": fund.slug, "call": call.slug, "pk": ApplicationDocument.objects.get().pk, "ending": "csv"}
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLPattern) and "<slug:call>" in str(pattern.pattern):
            wanted = {name: values.get(name, 1) for name in pattern.pattern.converters}
            yield str(pattern.name), reverse(str(pattern.name), kwargs=wanted)


def test_no_page_of_the_call_tells_a_recused_person_anything(told: tuple[Fund, Call], client: Client) -> None:
    fund, call = told
    client.force_login(fund.accesses.filter(user__username="alix")[0].user)
    tried = dict(addresses(fund, call))
    assert {"file", "file-report", "file-scores", "file-document", "files", "files-csv", "scores", "call"} <= set(tried)
    for name, place in tried.items():
        for response in (client.get(place), client.post(place, {"text": "x", "whole": "none"})):
            body = b"".join(response) if response.streaming else response.content
            found = [secret for secret in SECRETS if secret in body.decode("utf-8", "replace")]
            assert not found, f"{name} tells {found}"
            assert response.status_code < 500
    for name in ("file", "file-report", "file-scores", "file-document", "application-admission", "admission-document"):
        response = client.get(tried[name])
        assert response.status_code == 403, name
        assert "Projet P1" not in response.content.decode()
        assert "Vous êtes en déport" in response.content.decode()


def test_the_same_pages_do_tell_whoever_may_read(told: tuple[Fund, Call], client: Client) -> None:
    """Without this the test above could not fail."""
    fund, call = told
    client.force_login(fund.accesses.filter(user__username="basile")[0].user)
    bodies = "".join(
        client.get(place).content.decode("utf-8", "replace")
        for name, place in addresses(fund, call)
        if name in ("file", "file-document", "file-scores")
    )
    assert [secret for secret in SECRETS if secret not in bodies] == []


def test_lists_and_tables_say_only_that_they_are_recused(told: tuple[Fund, Call], client: Client) -> None:
    fund, call = told
    client.force_login(fund.accesses.filter(user__username="alix")[0].user)
    place = [fund.slug, call.slug]
    english = {"Accept-Language": "en"}
    row = client.get(reverse("files-csv", args=place), headers=english).content.decode().splitlines()[1]
    assert row == "1,Projet P1 (fictif),Compagnie P1 (fictive),,,,,,,,recused"
    row = client.get(reverse("scores-csv", args=place), headers=english).content.decode().splitlines()[1]
    assert row == "1,Projet P1 (fictif),,,,,,recused"


def test_no_mail_about_it_reaches_a_recused_person(told: tuple[Fund, Call]) -> None:
    fund, call = told
    actor = Actor(fund=fund, by="secretary")
    assign_rapporteurs_evenly(actor, call, wanted=len(PEOPLE) - 1, on=CONVENED, at=at(9, on=CONVENED))
    mails = OutgoingMail.objects.filter(recipient="alix@example.org")
    assert sorted(mail.reference.split(":")[1] for mail in mails) == ["2", "3", "4"]
    assert Application.objects.get(call=call, number=1).assignments.filter(person="alix").count() == 0
