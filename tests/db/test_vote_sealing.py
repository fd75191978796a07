"""Nobody learns anything of a paper before the close: not by a page, an export, a command, a refusal or a log."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from allocation.models import Call, Elector, Paper, Vote, VoteLink
from allocation.voting.errors import PaperInvalid, VoiceAlreadyCast, VoiceNotHeld, VoteOver, VoteSealed
from allocation.voting.links import link_of
from allocation.voting.results import vote_result
from allocation.voting.votes import closed_papers, is_receipt, new_receipt, turnout
from fund.models import Act, Fund, OutgoingMail
from fund.roles import ROLES
from fund.services.actors import Actor
from fund.services.meetings import give_proxy
from fund.services.votes import cast, cast_by_link
from fund.web.discreet_logs import WithoutTokens
from tests.builders import a_member
from tests.committees import a_call_to_decide, a_person, at
from tests.evenings import (
    a_vote,
    answers,
    closed,
    debated_all,
    governed,
    recused,
    say,
    say_all,
    secretary,
    token_of,
    under_way,
)

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

SECRET = "Ce motif ne doit paraître nulle part"
ALL = ("alix", "basile", "carmen", "driss", "elsa", "farid", "garance")


@pytest.fixture
def running() -> tuple[Fund, Call, Vote]:
    """A vote at a distance that runs, in which four of seven voted for P3 with a reason that betrays them."""
    fund, call = a_call_to_decide()
    debated_all(call)
    vote = a_vote(fund, call, closes=at(21, on=at(21).date().replace(year=2099)))
    for person in ALL[:4]:
        say(vote, person, {"approved": ["P3"], "reason": SECRET})
    return fund, call, vote


def betrayals(text: str, receipts: list[str]) -> list[str]:
    """What a text says that only papers know."""
    return [word for word in (SECRET, *receipts) if word in text]


def everybody(fund: Fund) -> Iterator[tuple[str, Client]]:
    """A visitor in each role, and one who is not signed in."""
    yield "nobody", Client()
    a_member(Actor(fund=fund, by="T"), "M1")
    parties = {"artist": "CIE/P1", "member": "M1"}
    for role in ROLES:
        client = Client()
        client.force_login(a_person(fund, f"a-{role}", role, party=parties.get(role, "")))
        yield role, client


def test_no_page_of_any_role_knows_what_was_voted(running: tuple[Fund, Call, Vote]) -> None:
    """Every address that takes a fund, a call and a number is opened by every role, before and after one more paper."""
    fund, call, vote = running
    receipts = list(Paper.sealed.values_list("receipt", flat=True))
    route = {"fund": fund.slug, "call": call.slug, "number": vote.number, "code": "P1", "ending": "csv", "year": 2026,
             "line": 1, "name": "creafonds", "table": "all", "reference": "x", "chart": "512", "unit": "EUR", "pk": 1,
             "token": "x"}  # fmt: skip
    seen = {}
    for role, client in everybody(fund):
        for pattern in get_resolver().url_patterns:
            name = getattr(pattern, "name", None)
            if name is None or name in ("sign-out", "language"):
                continue
            wanted = {key: route.get(key, 1) for key in pattern.pattern.converters}  # type: ignore[attr-defined]
            response = client.get(reverse(name, kwargs=wanted))
            body = b"".join(response) if response.streaming else response.content
            text = body.decode("utf-8", "replace") + str(response.headers)
            assert betrayals(text, receipts) == [], (role, name)
            seen[role, name] = re.sub(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){3}|csrf\w+.*", "", text)
        assert seen[role, "vote"]
    for name in ("vote", "votes", "vote-papers", "committee", "call", "meetings"):
        assert "P3" not in re.sub(r"Projet P\d", "", seen["committee", name]), name
    assert "4 voix sur 7" in seen["committee", "vote"]


def test_turnout_is_told_and_nobody_by_name(running: tuple[Fund, Call, Vote]) -> None:
    fund, call, vote = running
    assert (turnout(vote).cast, turnout(vote).voices) == (4, 7)
    client = Client()
    client.force_login(a_person(fund, "secretary", "administrator"))
    before = client.get(reverse("vote", args=[fund.slug, call.slug, vote.number])).content.decode()
    assert "Alix" not in before
    auditor = Client()
    auditor.force_login(a_person(fund, "auditor", "auditor"))
    for name in ("vote", "vote-papers"):
        assert auditor.get(reverse(name, args=[fund.slug, call.slug, vote.number])).status_code == 404


def test_no_query_and_no_export_holds_a_sealed_paper(running: tuple[Fund, Call, Vote]) -> None:
    fund, _, vote = running
    receipts = list(Paper.sealed.values_list("receipt", flat=True))
    assert len(receipts) == 4
    assert list(Paper.objects.all()) == []
    assert list(vote.papers.all()) == []
    for read in (closed_papers, vote_result):
        with pytest.raises(VoteSealed, match=f"vote {vote.number}"):
            read(vote)
    out = io.StringIO()
    call_command("dumpdata", "allocation", "fund", stdout=out)
    assert betrayals(out.getvalue(), receipts) == []
    logged = " ".join(str(row) for row in Act.objects.filter(fund=fund).values_list("by", "kind", "reference", "facts"))
    assert "alix" not in logged.replace("alix@", "")
    closed(fund, vote, moment=vote.closes)
    vote = Vote.objects.get(pk=vote.pk)
    assert len(closed_papers(vote)) == 4
    assert vote_result(vote).ranking.first == ("P3",)


def test_a_secret_paper_keeps_no_name_no_moment_and_no_order(running: tuple[Fund, Call, Vote]) -> None:
    _, _, vote = running
    assert {row.elector_id for row in Paper.sealed.filter(vote=vote)} == {None}
    columns = {field.column for field in Paper._meta.get_fields() if hasattr(field, "column")}
    assert columns == {"receipt", "vote_id", "elector_id", "content"}
    used = set(VoteLink.objects.filter(elector__vote=vote).exclude(used_at=None).values_list("used_at", flat=True))
    assert used <= {vote.opened_at}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM allocation_elector WHERE vote_id = %s", [vote.pk])
            assert cursor.fetchone() == (1,), "who was written last with a paper cannot be told from the others"


def test_a_voter_finds_their_paper_by_its_receipt_after_the_close(running: tuple[Fund, Call, Vote]) -> None:
    fund, call, vote = running
    receipt = say(vote, "garance", {"approved": ["P1", "P2"]})
    assert is_receipt(receipt)
    address = reverse("vote-papers", args=[fund.slug, call.slug, vote.number])
    client = Client()
    client.force_login(a_person(fund, "garance", "committee"))
    assert receipt not in client.get(address).content.decode()
    assert "votre bulletin" not in client.get(address, {"receipt": receipt}).content.decode()
    closed(fund, vote, moment=vote.closes)
    page = client.get(address, {"receipt": receipt.lower()}).content.decode()
    assert "votre bulletin" in page
    assert "Garance" not in page
    stood = [paper.receipt for paper in closed_papers(Vote.objects.get(pk=vote.pk))]
    assert stood == sorted(stood)
    assert receipt in stood


def test_refusals_say_nothing_of_papers(running: tuple[Fund, Call, Vote]) -> None:
    _, _, vote = running
    alix, garance = vote.electors.get(person="alix"), vote.electors.get(person="garance")
    theirs = Paper.sealed.filter(vote=vote).first()
    assert theirs is not None
    receipt = new_receipt()
    for elector, by, said, wanted in (
        (alix, "alix", {"approved": []}, VoiceAlreadyCast),
        (alix, "basile", {"approved": []}, VoiceNotHeld),
        (garance, "garance", {"approved": ["P9"]}, PaperInvalid),
        (garance, "garance", {"approved": "P1"}, PaperInvalid),
    ):
        with pytest.raises(wanted) as refusal:
            cast(elector, said, by=by, receipt=receipt, at=at(20, 30))
        assert betrayals(str(refusal.value), [theirs.receipt]) == []
    for given in ("", "x", theirs.receipt):
        with pytest.raises(PaperInvalid):
            cast(garance, {"approved": []}, by="garance", receipt=given, at=at(20, 30))
    with pytest.raises(VoteOver):
        cast(garance, {"approved": []}, by="garance", receipt=receipt, at=vote.closes)
    assert turnout(vote).cast == 4


def test_the_same_form_twice_is_one_paper_and_shows_its_receipt_again(running: tuple[Fund, Call, Vote]) -> None:
    _, _, vote = running
    garance, receipt = vote.electors.get(person="garance"), new_receipt()
    for _ in range(2):
        assert cast(garance, {"approved": ["P1"]}, by="garance", receipt=receipt, at=at(20, 30)) == receipt
    with pytest.raises(VoiceAlreadyCast):
        cast(garance, {"approved": ["P2"]}, by="garance", receipt=receipt, at=at(20, 31))
    assert Paper.sealed.filter(vote=vote).count() == 5


# The link of a mail


def test_a_link_casts_what_its_reader_holds_and_is_then_used_up() -> None:
    fund, call = a_call_to_decide()
    debated_all(call)
    recused(call, "basile", "P1")
    meeting = under_way(fund, call, "alix", "basile", "carmen", "driss")
    give_proxy(secretary(fund), meeting, giver="elsa", holder="basile", at=at(19, 10))
    vote = a_vote(fund, call, meeting)
    assert not OutgoingMail.objects.filter(kind="vote-link", recipient="elsa@example.org").exists()
    token = token_of("basile")
    assert VoteLink.objects.filter(token_sha256__contains=token).count() == 0
    own, lent = vote.electors.get(person="basile"), vote.electors.get(person="elsa")
    other = vote.electors.get(person="alix")
    cast_by_link(token, own.pk, {"approved": ["P2"]}, receipt=new_receipt(), at=at(20, 1))
    link = link_of(token)
    assert link is not None
    assert link.used_at is None, "the ballot of Elsa is still to be cast"
    assert cast_by_link(token, other.pk, {"approved": ["P2"]}, receipt=new_receipt(), at=at(20, 2)) is None
    with pytest.raises(PaperInvalid, match="P1"):
        cast_by_link(token, lent.pk, {"approved": ["P1"]}, receipt=new_receipt(), at=at(20, 2))
    cast_by_link(token, lent.pk, {"approved": ["P3"]}, receipt=new_receipt(), at=at(20, 3))
    link.refresh_from_db()
    assert link.used_at == vote.opened_at
    with pytest.raises(VoiceAlreadyCast):
        cast_by_link(token, own.pk, {"approved": []}, receipt=new_receipt(), at=at(20, 4))
    closed(fund, vote)
    assert link_of(token) is None
    assert cast_by_link(token, own.pk, {"approved": []}, receipt=new_receipt(), at=at(20, 5)) is None


@pytest.mark.parametrize("token", ["", "x", "é" * 43, "a" * 43, "a" * 5000, "a\0" + "b" * 41])
def test_what_is_no_link_opens_nothing(token: str, running: tuple[Fund, Call, Vote]) -> None:
    assert link_of(token) is None


def test_the_page_of_a_link_opens_one_ballot_and_is_told_to_nobody(
    running: tuple[Fund, Call, Vote], caplog: pytest.LogCaptureFixture
) -> None:
    fund, call, vote = running
    token, client = token_of("garance"), Client(enforce_csrf_checks=True)
    address = reverse("vote-link", args=[token])
    with caplog.at_level(logging.DEBUG):
        for _ in range(3):
            page = client.get(address)
            assert page.status_code == 200
        assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("no-referrer", "noindex")
        assert "no-store" in page["Cache-Control"]
        assert "_auth_user_id" not in client.session
        assert client.get(reverse("vote", args=[fund.slug, call.slug, vote.number])).status_code == 404
        assert client.get(reverse("ballot", args=[fund.slug, call.slug, vote.number])).status_code == 404
        assert "English" in page.content.decode()
        assert "Cast this ballot" in client.get(address, {"language": "en"}).content.decode()
        fields = filled(page.content.decode())
        wrong = client.post(address, {**fields, f"{prefix(fields)}approved": ["P9"]})
        assert wrong.status_code == 400
        assert client.post(address, {"voice": "1"}).status_code == 400
        done = client.post(address, {**fields, f"{prefix(fields)}approved": ["P1", "P4"]})
        assert done.status_code == 200
        assert fields[f"{prefix(fields)}receipt"] in done.content.decode()
        again = client.post(address, {**fields, f"{prefix(fields)}approved": ["P1", "P4"]})
        assert again.status_code == 200
        other = client.post(address, {**fields, f"{prefix(fields)}approved": ["P2"]})
        assert other.status_code == 409
        assert "déjà été déposé" in other.content.decode()
        assert "Ce bulletin a été déposé" in client.get(address).content.decode()
        closed(fund, vote, moment=vote.closes)
        assert client.get(address).status_code == 404
        assert client.get(reverse("vote-link", args=["a" * 43]))["Referrer-Policy"] == "no-referrer"
    assert token not in caplog.text


def filled(page: str) -> dict[str, str]:
    """The hidden fields of the page's first ballot."""
    return dict(re.findall(r'<input type="hidden" name="(v\d+-\w+)" value="([^"]*)"', page))


def prefix(fields: dict[str, str]) -> str:
    return next(iter(fields)).split("-")[0] + "-"


def test_logs_are_written_without_the_secret_of_a_link() -> None:
    record = logging.LogRecord("x", logging.WARNING, "", 1, "%s: %s", ("Forbidden", "/vote/" + "a" * 43), None)
    assert WithoutTokens().filter(record)
    assert record.getMessage() == "Forbidden: /vote/…"


def test_an_open_vote_names_its_papers_once_closed() -> None:
    fund, call = a_call_to_decide()
    governed(fund, 'chair = "votes"\nballot = "yes-no"\nmajority = "1/2"')
    vote = a_vote(fund, call, kind="yes-no", round=0, question="Se revoir ?")
    assert not vote.secret
    say_all(vote, answers(alix="yes", basile="no"))
    vote = closed(fund, vote)
    assert {paper.person: paper.content["answer"] for paper in closed_papers(vote)} == {"alix": "yes", "basile": "no"}
    assert Elector.objects.filter(vote=vote, has_voted=True).count() == 2
