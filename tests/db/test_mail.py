"""The outbox: a mail with its act, once, sent afterwards whatever another one does; who sees what of it."""

from __future__ import annotations

import re
from datetime import datetime
from io import StringIO

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from fund.models import Fund, OutgoingMail, User
from fund.services.mail import VOTE_LINK, Sending, send_waiting, write_mail
from fund.services.mail_errors import MailNotSetUp, MailServerUnreachable
from tests.committees import a_committee, at

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture
def fund() -> Fund:
    return a_committee()


@pytest.fixture
def _site_sends(settings: object) -> None:
    settings.MAIL_IS_SENT = True  # type: ignore[attr-defined]


def write(fund: Fund, reference: str = "act-1", **changes: object) -> OutgoingMail | None:
    facts: dict[str, object] = {
        "kind": "convocation",
        "reference": reference,
        "person": "alix",
        "subject": "Réunion du comité",
        "body": "Le 28 mai.",
        "at": at(9),
    }
    return write_mail(fund, **(facts | changes))  # type: ignore[arg-type]


class Breaking(EmailBackend):
    """A server that refuses one recipient, and loses the connection over it."""

    def send_messages(self, messages: list[object]) -> int:
        for message in messages:
            if "basile" in message.to[0]:  # type: ignore[attr-defined]
                raise ConnectionResetError("the line is down")
        return int(super().send_messages(messages))


class Closed(EmailBackend):
    def open(self) -> bool:
        raise ConnectionRefusedError("nobody listens")


def test_a_mail_is_written_once_to_the_address_of_the_person(fund: Fund) -> None:
    first = write(fund)
    assert first is not None
    assert (first.recipient, first.subject, first.sent_at) == ("alix@example.org", "Réunion du comité", None)
    assert write(fund, subject="Autrement") == first
    assert write(fund, recipient="ailleurs@example.org") != first
    assert write(fund, "act-2") != first
    assert OutgoingMail.objects.count() == 3


@pytest.mark.parametrize("address", ["", "no address", "x" * 300 + "@example.org", "a@example.org\nBcc: b@example.org"])
def test_whoever_has_no_address_is_passed_over(fund: Fund, address: str) -> None:
    User.objects.filter(username="alix").update(email="")
    assert write(fund, recipient=address) is None
    assert write(fund, person="nobody\0") is None
    assert OutgoingMail.objects.count() == 0


def test_an_act_that_is_undone_tells_nobody(fund: Fund) -> None:
    with transaction.atomic():
        write(fund)
        transaction.set_rollback(True)
    assert OutgoingMail.objects.count() == 0


@pytest.mark.usefixtures("_site_sends")
def test_hostile_words_reach_nobody_as_a_header(fund: Fund) -> None:
    write(fund, "r" * 900 + "\0", subject="A\0\r\nBcc: x@example.org" + "é" * 500, body="a\0b\ud800\u202ec" * 5000)
    assert send_waiting() == Sending(1, 0)
    (sent,) = django_mail.outbox
    assert sent.to == ["alix@example.org"]
    assert sent.subject.startswith("A Bcc: x@example.orgé")
    assert len(sent.subject) <= 300
    assert sent.body == "abc" * 5000
    assert "Bcc" not in sent.message()


def test_mails_wait_where_the_site_has_no_way_to_send_them(fund: Fund) -> None:
    write(fund)
    with pytest.raises(MailNotSetUp, match="1 mails wait: set TRESSE_MAIL"):
        send_waiting()
    with pytest.raises(CommandError, match="TRESSE_MAIL"):
        call_command("mail", "send", stdout=StringIO())
    assert OutgoingMail.objects.get().attempts == 0


@pytest.mark.usefixtures("_site_sends")
def test_one_failing_mail_stops_no_other_and_is_tried_again(fund: Fund, settings: object) -> None:
    for person in ("alix", "basile", "carmen"):
        write(fund, person=person)
    settings.EMAIL_BACKEND = f"{__name__}.Breaking"  # type: ignore[attr-defined]
    assert send_waiting() == Sending(2, 1)
    assert [each.to for each in django_mail.outbox] == [["alix@example.org"], ["carmen@example.org"]]
    kept = OutgoingMail.objects.get(sent_at=None)
    assert (kept.recipient, kept.attempts) == ("basile@example.org", 1)
    assert kept.trouble == "ConnectionResetError: the line is down"
    said = StringIO()
    with pytest.raises(CommandError, match="could not be sent"):
        call_command("mail", "send", stdout=said)
    call_command("mail", "list", stdout=said)
    assert "0 sent, 1 failed, 1 wait." in said.getvalue()
    assert "basile@example.org: Réunion du comité — tried 2 times: ConnectionResetError" in said.getvalue()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    assert send_waiting() == Sending(1, 0)
    assert send_waiting() == Sending(0, 0)
    assert OutgoingMail.objects.filter(sent_at=None).count() == 0


@pytest.mark.usefixtures("_site_sends")
def test_a_server_that_does_not_answer_costs_no_mail_an_attempt(fund: Fund, settings: object) -> None:
    write(fund)
    settings.EMAIL_BACKEND = f"{__name__}.Closed"  # type: ignore[attr-defined]
    with pytest.raises(MailServerUnreachable, match="nobody listens"):
        send_waiting()
    assert OutgoingMail.objects.get().attempts == 0


@pytest.mark.usefixtures("_site_sends")
def test_a_link_to_a_ballot_is_forgotten_once_it_is_sent(fund: Fund) -> None:
    write(fund, kind=VOTE_LINK, body="https://example.org/secret")
    write(fund)
    assert send_waiting() == Sending(2, 0)
    assert "https://example.org/secret" in django_mail.outbox[0].body
    assert OutgoingMail.objects.get(kind=VOTE_LINK).body == ""
    assert OutgoingMail.objects.get(kind="convocation").body == "Le 28 mai."


def words(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def test_the_administrator_sees_that_mails_wait_and_never_what_they_say(fund: Fund, client: Client) -> None:
    write(fund, body="secret-link", subject="<b>Gras</b>")
    client.force_login(User.objects.get(username="alix"))
    assert client.get("/fonds-test/mails/").status_code == 404
    client.force_login(User.objects.get(username="secretary"))
    response = client.get("/fonds-test/mails/", headers={"Accept-Language": "en"})
    page = words(response.content)
    assert "Mails that wait: 1; mails sent: 0." in page
    assert "TRESSE_MAIL" in page
    assert "&lt;b&gt;Gras&lt;/b&gt;" in page
    assert "alix@example.org" in page
    assert "28 May 2026, 09:00" in page
    assert "secret-link" not in response.content.decode()


def test_the_demonstration_alone_shows_what_a_mail_says(fund: Fund, client: Client, settings: object) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    write(fund, body="http://127.0.0.1:8000/a-link")
    OutgoingMail.objects.update(sent_at=datetime.fromisoformat("2026-05-28T20:00:00+02:00"), trouble="was", attempts=2)
    client.force_login(User.objects.get(username="secretary"))
    page = client.get("/fonds-test/mails/").content.decode()
    assert 'href="http://127.0.0.1:8000/a-link"' in page
    assert "28 mai 2026, 20\u00a0h\u00a000" in page
    assert "was" not in page
