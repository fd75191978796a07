"""The end of the books mailed to the auditors: once a day and head, never changed, compared with the books of now."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from fund.models import Access, Anchor, Fund, OutgoingMail
from fund.queries.anchors import anchor_text, anchors_of, broken_anchors
from fund.services.anchor_errors import AnchorAddressInvalid, AnchorWithoutReader
from fund.services.anchors import anchor_books
from fund.services.contributions import Receipt, receive_contributions
from fund.statements.pack.pack import pack_year, write_pack_file
from ledger import written_once
from ledger.checkpoints import read_published
from ledger.errors import BookUnknown
from ledger.proofs import checkpoint
from tests.builders import a_fund, a_member, eur
from tests.committees import at
from tests.packs import run
from tests.small_year import CLOSING, a_user, small_year

END = date(2099, 12, 31)
"""The last day of the auditors' accesses, which have one."""

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture
def fund() -> Fund:
    fund = small_year()
    for name in ("audrey", "aude"):
        user = a_user(name, fund, "auditor", until=END)
        user.email = f"{name}@example.org"
        user.save()
    return fund


def test_every_auditor_in_force_receives_it_once_a_day_and_head(fund: Fund) -> None:
    gone = a_user("gone", fund, "auditor", until=CLOSING - timedelta(days=1))
    gone.email = "gone@example.org"
    gone.save()
    first = anchor_books(fund, on=CLOSING, at=at(9))
    again = anchor_books(fund, on=CLOSING, at=at(10), also=["late@example.org"])
    assert (first.is_new, again.is_new) == (True, False)
    assert first.anchor == again.anchor
    mails = OutgoingMail.objects.filter(kind="anchor").order_by("recipient")
    assert [mail.recipient for mail in mails] == ["aude@example.org", "audrey@example.org"]
    assert first.anchor.sent_to == 2
    point = checkpoint(fund.slug)
    assert point.text() in mails[0].body
    assert f"{fund.charters.get().sha256}  charters/1.toml" in mails[0].body
    assert "Gardez ce courriel" in mails[0].body
    assert "Keep this mail" in mails[0].body
    tomorrow = anchor_books(fund, on=CLOSING + timedelta(days=1), at=at(9))
    assert tomorrow.is_new
    assert Anchor.objects.count() == 2


def test_it_is_not_kept_when_nobody_receives_it(fund: Fund) -> None:
    Access.objects.filter(role="auditor").update(until=fund.founded_on)
    with pytest.raises(AnchorWithoutReader, match="no auditor in force"):
        anchor_books(fund, on=CLOSING, at=at(9))
    with pytest.raises(AnchorAddressInvalid, match="no address"):
        anchor_books(fund, on=CLOSING, at=at(9), also=["ok@example.org", "no address"])
    assert not Anchor.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert anchor_books(fund, on=CLOSING, at=at(9), also=["a@example.org", " a@example.org"]).anchor.sent_to == 1


def test_a_fund_without_books_has_no_end_of_them(fund: Fund) -> None:
    other = Fund.objects.create(slug="bare", name="Sans livres", legal_form="scic", founded_on=CLOSING)
    with pytest.raises(BookUnknown):
        anchor_books(other, on=CLOSING, at=at(9), also=["a@example.org"])


def test_the_database_lets_nobody_change_an_anchor(fund: Fund) -> None:
    anchor = anchor_books(fund, on=CLOSING, at=at(9)).anchor
    for act in (lambda: Anchor.objects.update(head="0" * 64), lambda: Anchor.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert Anchor.objects.get() == anchor
    assert not [name for name in written_once.missing() if "anchor" in name]


def test_the_file_of_an_anchor_serves_both_verifiers(fund: Fund, tmp_path: Path) -> None:
    anchor = anchor_books(fund, on=CLOSING, at=at(9)).anchor
    (tmp_path / "a.txt").write_text(OutgoingMail.objects.filter(kind="anchor")[0].body, encoding="utf-8")
    (tmp_path / "b.txt").write_text(anchor_text(anchor).partition("\n\n")[0] + "\n", encoding="utf-8")
    assert read_published(str(tmp_path / "b.txt")).point == checkpoint(fund.slug)
    write_pack_file(fund, pack_year(fund, 2026), tmp_path / "a.zip", "fr")
    assert run(tmp_path / "a.zip", "--anchor", str(tmp_path / "a.txt"))[0] == 0
    assert run(tmp_path / "a.zip", "--anchor", str(tmp_path / "b.txt"))[0] == 0


def test_anchors_still_hold_when_the_books_go_on_and_not_when_they_are_made_anew() -> None:
    actor = a_fund()
    a_member(actor, "M01", promise="1000")
    anchor_books(actor.fund, on=date(2026, 1, 1), at=at(9), also=["a@example.org"])
    receive_contributions(actor, [Receipt("r1", "M01", date(2026, 2, 1), eur("10"))])
    second = anchor_books(actor.fund, on=date(2026, 2, 1), at=at(9), also=["a@example.org"]).anchor
    assert second.entries > Anchor.objects.order_by("pk")[0].entries
    assert broken_anchors(actor.fund) == []
    facts = anchors_of(actor.fund)
    assert (facts.count, facts.broken, facts.before) == (2, (), None)
    with written_once.lifted(), transaction.atomic():
        Anchor.objects.filter(pk=second.pk).update(head="0" * 64)
        assert [anchor.pk for anchor in broken_anchors(actor.fund)] == [second.pk]
        assert [line.anchor.pk for line in anchors_of(actor.fund).broken] == [second.pk]
        said = io.StringIO()
        with pytest.raises(CommandError, match="no longer"):
            call_command("anchor", check=True, language="en", stderr=said)
        assert "no longer begin with the anchor of 2026-02-01" in said.getvalue()
        transaction.set_rollback(True)


def test_the_command_anchors_every_fund_and_goes_on_after_a_refusal(fund: Fund) -> None:
    Fund.objects.create(slug="a-bare-one", name="Sans livres", legal_form="scic", founded_on=CLOSING)
    said, wrong = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="Un fonds au moins"):
        call_command("anchor", stdout=said, stderr=wrong)
    assert "book_unknown" in wrong.getvalue()
    assert "dans la boîte d’envoi ; destinataires : 2." in said.getvalue()
    call_command("anchor", fund=fund.slug, language="en", stdout=said)
    assert "sent already today" in said.getvalue()
    call_command("anchor", fund=fund.slug, check=True, stdout=said)
    assert "chacune des 1 ancres" in said.getvalue()
    assert Anchor.objects.get().on == timezone.localdate()
    with pytest.raises(CommandError, match="nobody"):
        call_command("anchor", fund="nobody")


def test_the_page_shows_all_anchors_and_whether_the_books_begin_with_them(fund: Fund, client: Client) -> None:
    client.force_login(a_user("reader", fund, "auditor", until=END))
    address = f"/{fund.slug}/books/anchors/"
    english = {"Accept-Language": "en"}
    assert "No checkpoint of the books was mailed yet" in client.get(address, headers=english).content.decode()
    anchor = anchor_books(fund, on=CLOSING, at=at(9)).anchor
    page = client.get(address, headers=english).content.decode()
    assert "1 checkpoint of the books was mailed" in page
    assert "2 mails with a checkpoint still wait" in page
    assert anchor.head in page
    response = client.get(f"{address}{anchor.pk}.txt")
    assert response.content.decode() == anchor_text(anchor)
    with written_once.lifted():
        Anchor.objects.update(root="0" * 64)
    assert (
        "The books no longer begin with 1 of the checkpoints" in client.get(address, headers=english).content.decode()
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM fund_anchor")
        assert cursor.fetchone() == (1,)
