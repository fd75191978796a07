"""The pages of the debate: nothing of a position leaks before the reveal; hostile forms, double clicks, threads."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch
from django.utils import timezone

from allocation.models import Application, Argument, Call, Debate, Position, Recusal, Synthesis
from fund.models import Fund, User
from fund.services.actors import Actor
from fund.services.debates import add_argument, open_debate, synthesise, take_position
from tests.committees import CONVENED, PEOPLE, a_call_to_decide, a_person, at

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

ENGLISH = {"Accept-Language": "en"}
ROOM, OVERVIEW = "/fonds-test/calls/appel-2026/committee", "/fonds-test/calls/appel-2026/debates"
PAGE = "/fonds-test/calls/appel-2026/files/1/debate"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def fund() -> Fund:
    fund = a_call_to_decide()[0]
    a_person(fund, "auditor", "auditor")
    return fund


@pytest.fixture
def first(fund: Fund) -> Application:
    return Call.objects.get(owner=fund.slug).applications.get(number=1)


@pytest.fixture
def debate(fund: Fund, first: Application) -> Debate:
    """Positions until noon of the evening's day, the debate until six."""
    return open_debate(by(fund, "secretary"), first, positions_until=at(12), closes=at(18), at=at(9))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the moment at which the pages are asked."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(at(11))
    return set_to


def by(fund: Fund, person: str) -> Actor:
    return Actor(fund=fund, by=person)


def sign_in(client: Client, person: str) -> Client:
    client.force_login(User.objects.get(username=person))
    return client


def words(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address, headers=ENGLISH)
    assert response.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def send(client: Client, act: str, status: int, **said: object) -> str:
    response = client.post(PAGE, {"act": act, **said}, headers=ENGLISH)
    assert response.status_code == status
    return response.content.decode()


def every_page(client: Client) -> dict[str, str]:
    """Every page that whoever is signed in reaches: by links from the desk, and by every address of the site."""
    keys = {
        "fund": "fonds-test",
        "call": "appel-2026",
        "number": 1,
        "vote": 1,
        "name": "creafonds",
        "year": 2026,
        "chart": "512",
    }
    keys |= {
        "unit": "EUR",
        "code": "CIE/P1",
        "reference": "x",
        "ending": "csv",
        "table": "all",
        "pk": 1,
        "line": 1,
        "token": "x",
    }
    waiting = ["/desk", ROOM, OVERVIEW, PAGE, f"{PAGE}?answer=1"]
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLPattern) and pattern.name not in (None, "sign-out", "language", "live", "ready"):
            asked = {name: keys.get(name, 1) for name in pattern.pattern.converters}
            try:
                waiting.append(reverse(pattern.name, kwargs=asked))
            except NoReverseMatch:
                continue
    read: dict[str, str] = {}
    while waiting:
        address = waiting.pop()
        if address in read or "rehears" in address or address.startswith("/charters"):
            continue  # what ships with the product, and rehearsals, which know rules and numbers alone by contract
        response = client.get(address, headers=ENGLISH)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        read[address] = hidden_keys_out(body.decode("utf-8", "replace"))
        for link in re.findall(r'href="([^"]+)"', read[address]):
            target = urldefrag(urljoin(address, link.replace("&amp;", "&"))).url
            if not urlsplit(target).netloc:
                waiting.append(target)
    return read


def hidden_keys_out(page: str) -> str:
    """The page without what differs from one reading to the next by chance: tokens, references and seeds of forms."""
    return re.sub(r'(name="(?:csrfmiddlewaretoken|reference|seed)" value=")[^"]*', r"\1", page)


@pytest.mark.parametrize("reader", ["garance", "carmen", "secretary", "auditor", "recused"])
def test_no_page_depends_on_the_positions_before_they_are_shown(
    fund: Fund, debate: Debate, reader: str, client: Client, clock: Callable[[datetime], None]
) -> None:
    """Every page is read twice, with opposite positions of the others: not a byte may differ."""
    if reader == "recused":
        reader = "garance"
        Recusal.objects.create(
            application=debate.application, person=reader, manner="declared", interest="lead", on=CONVENED
        )
    sign_in(client, reader)
    read = []
    for stance, reason in (("for", "PREMIER-SECRET"), ("against", "SECOND-SECRET, plus long que le premier")):
        with transaction.atomic():
            for person in PEOPLE[:5]:
                own = person == reader
                take_position(
                    by(fund, person), debate, stance="for" if own else stance, reason="À moi" if own else reason,
                    at=at(10),
                )  # fmt: skip
            read.append(every_page(client))
            transaction.set_rollback(True)
    assert read[0] == read[1]
    assert len(read[0]) > 20
    assert {ROOM, OVERVIEW, PAGE} <= set(read[0])
    assert not any("-SECRET" in page for page in read[0].values())
    assert ("À moi" in read[0][PAGE]) == (reader == "carmen"), "one's own is there"


def test_the_scan_of_pages_would_notice_a_leak(
    fund: Fund, debate: Debate, client: Client, clock: Callable[[datetime], None]
) -> None:
    take_position(by(fund, "alix"), debate, stance="for", reason="PREMIER-SECRET", at=at(10))
    clock(at(12))
    assert "PREMIER-SECRET" in every_page(sign_in(client, "carmen"))[PAGE]


def test_a_member_speaks_then_waits_then_reads_all(
    fund: Fund, debate: Debate, client: Client, clock: Callable[[datetime], None]
) -> None:
    sign_in(client, "alix")
    page = words(client, PAGE)
    assert "0 of 7 have said what they think" in page
    assert "in 60 minutes" in page
    for _ in range(2):  # a double click
        response = client.post(PAGE, {"act": "position", "stance": "for", "reason": SCRIPT})
        assert (response.status_code, response["Location"]) == (302, f"{PAGE}#positions")
    assert Position.objects.count() == 1
    assert "your position is asked for" not in words(client, OVERVIEW)
    assert "1 of 7 have spoken" in words(client, OVERVIEW)
    assert "Still to speak" not in words(client, PAGE)
    sign_in(client, "secretary")
    assert "Still to speak: Basile (fictif), Carmen (fictif)" in words(client, PAGE)
    sign_in(client, "basile")
    assert "alert(1)" not in client.get(PAGE).content.decode()
    clock(at(12))
    page = client.get(PAGE, headers=ENGLISH).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert SCRIPT not in page
    assert "For: 1" in words(client, PAGE)
    assert "were asked until 2026-05-28 12:00" in send(client, "position", 409, stance="for", reason="Trop tard")


def test_a_second_position_is_refused_and_what_was_written_stays(
    fund: Fund, debate: Debate, client: Client, clock: Callable[[datetime], None]
) -> None:
    sign_in(client, "alix")
    send(client, "position", 302, stance="for", reason="Une")
    assert "You have taken a position on application 1 already" in send(
        client, "position", 409, stance="against", reason="Deux"
    )
    assert [each.reason for each in Position.objects.all()] == ["Une"]


@pytest.mark.parametrize(
    "said",
    [
        {}, {"stance": "for"}, {"stance": "for", "reason": "  "}, {"stance": "maybe", "reason": "x"},
        {"stance": "for", "reason": "a\0b"}, {"stance": "for", "reason": "x" * 20_000},
        {"stance": "for", "reason": "a\u202eb"}, {"stance": ["for", "x\0"], "reason": "x"},
    ],
)  # fmt: skip
def test_hostile_positions_get_a_sentence(
    fund: Fund, debate: Debate, said: dict[str, object], client: Client, clock: Callable[[datetime], None]
) -> None:
    page = send(sign_in(client, "alix"), "position", 400, **said)
    assert 'class="faults" role="alert"' in page
    assert Position.objects.count() == 0


def test_contributions_answers_and_hostile_ones(
    fund: Fund, debate: Debate, client: Client, clock: Callable[[datetime], None]
) -> None:
    sign_in(client, "alix")
    said: dict[str, object] = {"reference": "r1", "kind": "question", "text": f"Qui ? {SCRIPT}"}
    assert "begins when everybody has taken a position" in send(client, "argument", 409, **said)
    clock(at(13))
    for _ in range(2):
        response = client.post(PAGE, {"act": "argument", **said})
        assert (response.status_code, response["Location"]) == (302, f"{PAGE}#contribution-1")
    assert "Without an answer: question 1" in words(client, PAGE)
    assert "was sent already with another contribution" in send(client, "argument", 409, **(said | {"text": "Autre"}))
    form = client.get(f"{PAGE}?answer=1").content.decode()
    assert '<option value="answer" selected>' in form
    assert 'name="answers" value="1"' in form
    for answer in ("x", "-1", "1" * 40, "%00", "²"):
        assert client.get(f"{PAGE}?answer={answer}").status_code == 200
    answer = {"reference": "r2", "kind": "answer", "text": "Le lieu"}
    assert "An answer names the contribution" in send(client, "argument", 400, **answer)
    for number in ("0", "-3", "x", "9" * 30, "9" * 5000, "2"):
        send(client, "argument", 400, **answer, answers=number)
    send(client, "argument", 302, **answer, answers="1")
    page = words(client, PAGE)
    assert "Without an answer" not in page
    assert "on no. 1" in page
    for wrong in (
        {"kind": "rant"},
        {"text": "a\0"},
        {"text": "x" * 20_000},
        {"reference": ""},
        {"reference": "é" * 300},
    ):
        send(client, "argument", 400, **({"reference": "r3", "kind": "for", "text": "x"} | wrong))
    assert Argument.objects.count() == 2
    clock(at(18))
    assert "ended on 2026-05-28 18:00" in send(client, "argument", 409, reference="r4", kind="for", text="Tard")
    assert client.post(PAGE, {"act": "nothing"}).status_code == client.post(PAGE).status_code == 404


def test_the_secretary_writes_the_synthesis_and_closes(
    fund: Fund, debate: Debate, client: Client, clock: Callable[[datetime], None]
) -> None:
    clock(at(13))
    add_argument(by(fund, "alix"), debate, reference="c", kind="condition", text="Chez un membre", at=at(13))
    sign_in(client, "alix")
    assert "is written by the chair, the secretary or a rapporteur" in send(client, "synthesis", 400, text="Moi")
    assert "Only the secretary" in send(client, "close", 400)
    sign_in(client, "auditor")
    send(client, "argument", 404, reference="z", kind="for", text="x")  # an auditor acts on nothing
    sign_in(client, "secretary")
    assert "has no synthesis yet" in send(client, "close", 409)
    assert "a refusal needs its reason" in send(client, "synthesis", 400, text="S", outcome_1="refused")
    send(client, "synthesis", 302, text="Plutôt pour", minority="Une voix contre", outcome_1="adopted", why_1="")
    assert Synthesis.objects.get().resolutions == [{"argument": 1, "outcome": "adopted", "why": ""}]
    page = words(client, PAGE)
    assert "Version 1, by Secretary (fictif), 28 May 2026, 13:00" in page
    assert "No. 1 (on condition): taken up" in page
    send(client, "close", 302)
    page = words(client, PAGE)
    assert "This debate was closed on 28 May 2026, 13:00" in page
    assert "Keep this version" not in page
    assert "ended on 2026-05-28 13:00" in send(client, "synthesis", 409, text="Encore")


def test_recused_and_undeclared_people_read_a_sentence_and_nothing_else(
    fund: Fund, debate: Debate, client: Client, clock: Callable[[datetime], None]
) -> None:
    Recusal.objects.create(
        application=debate.application, person="alix", manner="declared", interest="lead", on=CONVENED
    )
    clock(at(13))
    add_argument(by(fund, "basile"), debate, reference="c", kind="for", text="CONTENU", at=at(13))
    synthesise(by(fund, "secretary"), debate, text="CONTENU", at=at(13))
    sign_in(client, "alix")
    assert "You are recused from application 1" in words(client, PAGE, 403)
    assert "You are recused" in words(client, OVERVIEW)
    a_person(fund, "hortense", "committee")
    assert "Declare your interests in the call" in words(sign_in(client, "hortense"), PAGE, 403)
    for person in ("alix", "hortense"):
        sign_in(client, person)
        assert "CONTENU" not in words(client, OVERVIEW) + words(client, PAGE, 403) + words(client, ROOM)
        for act in ("position", "argument", "synthesis", "close"):
            send(client, act, 403, stance="for", reason="x", kind="for", text="x", reference="r")
    assert (Position.objects.count(), Argument.objects.count(), Synthesis.objects.count()) == (0, 1, 1)


def test_the_secretary_opens_one_debate_or_all(
    fund: Fund, first: Application, client: Client, clock: Callable[[datetime], None]
) -> None:
    moments = {"positions_until": "2026-05-28T12:00", "closes": "2026-05-29T18:00"}
    assert client.post(OVERVIEW, moments).status_code == 404
    sign_in(client, "alix")
    assert "The debate on this application is not open yet." in words(client, PAGE)
    assert b"positions_until" not in client.get(OVERVIEW).content + client.get(PAGE).content
    for address in (OVERVIEW, PAGE):
        assert client.post(address, moments).status_code == 400
    sign_in(client, "secretary")
    for wrong in ("", "x", "2026-05-28", "0001-01-01T00:00", "9999-12-31T23:59", "2026-05-28T10:00", "\0", "²²²²"):
        for address in (OVERVIEW, PAGE):
            assert client.post(address, moments | {"positions_until": wrong}).status_code == 400
    assert Debate.objects.count() == 0
    assert client.post(PAGE, moments)["Location"] == PAGE
    assert client.post(OVERVIEW, moments)["Location"] == OVERVIEW
    assert [each.closes for each in Debate.objects.all()] == [at(18).replace(day=29)] * 4


def test_a_deep_thread_is_a_page(fund: Fund, debate: Debate, client: Client, clock: Callable[[datetime], None]) -> None:
    clock(at(13))
    parent = None
    for number in range(1, 400):
        parent = Argument.objects.create(
            debate=debate, number=number, reference=str(number), parent=parent, person="basile",
            kind="answer" if parent else "question", text="Encore", at=at(13),
        )  # fmt: skip
    page = sign_in(client, "alix").get(PAGE).content.decode()
    assert page.count('class="depth-3"') == 396
    assert "depth-4" not in page


@pytest.mark.parametrize("number", [5, 0, 2**31, 2**63, 10**40])
def test_what_is_not_there_is_not_found(
    fund: Fund, number: int, client: Client, clock: Callable[[datetime], None]
) -> None:
    sign_in(client, "alix")
    assert client.get(PAGE.replace("/1/", f"/{number}/")).status_code == 404
    assert client.get(PAGE.replace("appel-2026", "autre")).status_code == 404
    Application.objects.filter(number=1).update(state="draft")
    assert client.get(PAGE).status_code == 404
