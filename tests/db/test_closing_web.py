"""The pages and the command of a year: what they show, what they do, and what they answer to odd input."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from fund.models import Act, FundingConvention
from fund.queries.closing import closing_act, year_named
from fund.services.actors import Actor
from fund.services.founding import open_year
from ledger.balances import journal_entries
from ledger.money import EUR
from tests.builders import a_fund, a_member
from tests.closing_years import accounts_of, posted
from tests.small_year import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

JUNE = date(2020, 6, 1)
CONVENTION = {
    "code": "REG-1", "funder": "A", "kind": "subsidies", "purpose": "Itinérance", "project": "", "amount": "20 000,50",
    "signed_on": "2020-03-20", "first": "2020-01-01", "last": "2021-12-31", "is_dedicated": "on",
    "shares": "2021 5000,00", "books_income": "on",
}  # fmt: skip


@pytest.fixture
def actor() -> Actor:
    """A fund whose year 2020 is over: a member owes 500.00, a loan of 300.00 is out."""
    actor = a_fund()
    open_year(actor, 2020)
    a_member(actor, "A")
    posted(actor, JUNE, ("411", 50000, "A"), ("7561", -50000), reference="call", journal="AP")
    posted(actor, JUNE, ("2742", 30000, "A"), ("512", -30000), reference="lent", journal="AV")
    return actor


@pytest.fixture
def client(actor: Actor) -> Client:
    return signed_in(actor, "treasurer")


def signed_in(actor: Actor, role: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_user(f"a-{role}", actor.fund, role, until=date(9999, 1, 1)))
    return client


def address(path: str = "2020/") -> str:
    return f"/fonds-test/books/closing/{path}"


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def send(client: Client, path: str, status: int, **said: object) -> str:
    answer = client.post(path, said)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_year_is_opened_locked_and_closed_on_its_pages(actor: Actor, client: Client) -> None:
    shown = page(client, address())
    assert "1 point stands in the way of the final close" in shown
    assert f'href="{address("2020/next")}"' in shown, "what stands in the way is a link to where it is mended"
    send(client, address("2020/close"), 409, year="2020", why="PV du conseil")
    send(client, address("2020/next"), 302, why="la suite")
    assert year_named(actor.fund, "2021") is not None
    assert "Nothing stands in the way" in page(client, address())
    send(client, address("2020/months"), 302, act="lock", month="2020-01", why="révision")
    assert "locked for now" in page(client, address())
    assert "révision" in page(client, address())
    send(client, address("2020/months"), 302, act="unlock", month="", why="une pièce manque")
    assert "Write the year of this page" in send(client, address("2020/close"), 400, year="2021", why="PV")
    send(client, address("2020/close"), 302, year="2020", why="PV du conseil")
    act = closing_act(actor.fund, accounts_of(actor.fund, "2020").year)
    assert act is not None
    shown = page(client, address())
    assert act.head in shown
    assert "closed for good on" in page(client, address(""))
    assert "closed for good on" in send(client, address("2020/close"), 409, year="2020", why="encore")
    assert "closed for good on" in send(client, address("2020/months"), 409, act="lock", month="", why="encore")


def test_whoever_checks_reads_and_does_not_act(actor: Actor) -> None:
    client = signed_in(actor, "auditor")
    shown = page(client, address())
    assert "The fiscal year after 2020 is not open" in shown
    assert address("2020/next") not in shown
    assert address("2020/close") not in shown
    for path in (
        "2020/next",
        "2020/months",
        "2020/close",
        "2020/inventory",
        "2020/result",
        "2020/dedicated-funds/book",
    ):
        page(client, address(path), 404)
        send(client, address(path), 404, why="x")


@pytest.mark.parametrize("code", ["1999", "2020x", "20-20", "9" * 60])
def test_a_year_that_is_not_there_is_not_found(client: Client, code: str) -> None:
    for path in ("", "months", "next", "close", "inventory", "result", "dedicated-funds", "dedicated-funds/book"):
        page(client, address(f"{code}/{path}"), 404)


HOSTILE = ["", " ", "\0", "\ud800", "x" * 5000, "2020-13", "<script>"]


@pytest.mark.parametrize("text", HOSTILE)
def test_odd_input_is_answered_with_a_sentence_and_does_nothing(actor: Actor, client: Client, text: str) -> None:
    before = len(journal_entries(actor.fund.slug)), Act.objects.count()
    odd = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for path, fields in {
        "2020/months": ("act", "month", "why"),
        "2020/close": ("year", "why"),
        "2020/inventory": ("what", "rate", "amount", "why", "reference"),
        "2020/result": ("on", "minutes", "reserve", "carried"),
    }.items():
        answer = client.post(address(path), dict.fromkeys(fields, odd))
        assert answer.status_code == 400
    answer = client.post("/fonds-test/books/conventions/record", dict.fromkeys(CONVENTION, odd))
    assert answer.status_code == 400
    assert (len(journal_entries(actor.fund.slug)), Act.objects.count()) == before


def test_a_convention_is_recorded_amended_and_its_funds_booked(actor: Actor, client: Client) -> None:
    record = "/fonds-test/books/conventions/record"
    assert "Write each later year once" in send(client, record, 400, **(CONVENTION | {"shares": "demain 5"}))
    assert "Leave out spaces" in send(client, record, 400, **(CONVENTION | {"code": "REG 1"}))
    assert "not an amount" in send(client, record, 400, **(CONVENTION | {"amount": "beaucoup"}))
    for _ in range(2):  # a second click finds the first
        send(client, record, 302, **CONVENTION)
    assert FundingConvention.objects.count() == 1
    assert "already kept" in send(client, record, 409, **(CONVENTION | {"purpose": "Autre"}))
    assert 'value="20000.50"' in page(client, f"{record}?amends=REG-1")
    send(client, record, 302, **(CONVENTION | {"purpose": "Autre", "amends": "on"}))
    shown = page(client, "/fonds-test/books/conventions/")
    assert "version 2" in shown
    assert "Autre" in shown
    dedicated = address("2020/dedicated-funds")
    assert "1 convention is not booked" in page(client, dedicated)
    assert "15,000.50" in page(client, f"{dedicated}/book")
    send(client, f"{dedicated}/book", 302)
    assert "nothing to book" in send(client, f"{dedicated}/book", 409)
    shown = page(client, dedicated)
    assert "Itinérance" not in shown, "the last version says what it is for"
    assert "15,000.50" in shown
    assert accounts_of(actor.fund, "2020").result == 50000


def test_a_loan_is_written_down_on_the_page_and_the_result_allocated(actor: Actor, client: Client) -> None:
    inventory = address("2020/inventory")
    assert "300.00" in page(client, inventory)
    loan = {"what": "loan:A:", "rate": "50", "amount": "", "why": "retard", "reference": "abc"}
    assert "one of the two" in send(client, inventory, 400, **(loan | {"amount": "10"}))
    assert "percentage from 0 to 100" in send(client, inventory, 400, **(loan | {"rate": "101"}))
    for _ in range(2):
        send(client, inventory, 302, **loan)
    assert accounts_of(actor.fund, "2020").result == 50000 - 15000
    assert "nothing to book" in send(client, inventory, 409, **(loan | {"reference": "abd"}))
    result = address("2020/result")
    said = {"on": "2021-06-12", "minutes": "PV-AG-2021", "reserve": "350", "carried": "0"}
    assert "not closed yet" in send(client, result, 409, **said)
    send(client, address("2020/next"), 302, why="la suite")
    send(client, address("2020/close"), 302, year="2020", why="PV du conseil")
    assert "350.00" in page(client, result)
    assert "allocate it whole" in send(client, result, 400, **(said | {"reserve": "349,99"}))
    for _ in range(2):
        send(client, result, 302, **said)
    assert "No result is left" in page(client, result)


# The command


def year(act: str, code: str = "2020", **options: str) -> str:
    out = StringIO()
    who = {"by": "T. Essai (fictif)", "why": "arrêté"} if act != "status" else {}
    call_command("year", act, "fonds-test", code, stdout=out, **({"language": "en"} | who | options))
    return out.getvalue()


def test_the_command_opens_locks_tells_and_closes(actor: Actor) -> None:
    assert "To settle before the closing: 1" in year("status")
    assert "[next-missing]" in year("status")
    assert "À régler avant la clôture : 1" in year("status", language="fr")
    with pytest.raises(CommandError, match="next-missing"):
        year("close")
    assert "has opened the fiscal year 2021" in year("open", "2021")
    assert year("lock", month="2020-03") == "1 months of 2020 are locked.\n"
    assert "2020-03  locked" in year("status")
    assert year("unlock") == "1 months of 2020 are open again.\n"
    said = year("close")
    assert "closed for good" in said
    assert "Surplus : 500.00\u00a0EUR" in said
    assert f"was closed on {date.today().isoformat()} by T. Essai (fictif)" in year("status")
    assert accounts_of(actor.fund, "2021").by_account()[0].opening == -sum(
        row.opening for row in accounts_of(actor.fund, "2021").by_account()[1:]
    )
    assert EUR.code == actor.fund.currency


@pytest.mark.parametrize(
    ("act", "code", "options", "says"),
    [
        ("status", "1999", {}, "year_unknown"),
        ("open", "2050", {}, "year_not_next"),
        ("lock", "2020", {"month": "2021-01"}, "month_unknown"),
        ("close", "2020", {"why": " "}, "--why"),
        ("lock", "2020", {"by": ""}, "--by"),
    ],
)
def test_the_command_refuses_with_a_sentence_and_its_code(
    actor: Actor, act: str, code: str, options: dict[str, str], says: str
) -> None:
    for language in ("fr", "en"):
        with pytest.raises(CommandError, match=says):
            year(act, code, language=language, **options)
    with pytest.raises(CommandError, match="nobody"):
        call_command("year", "status", "nobody", "2020", language=language)


def test_the_month_command_says_why_it_does_not_close_the_last_month(actor: Actor) -> None:
    with pytest.raises(CommandError, match="2020-01 is not closed yet"):
        call_command("period", "close", "fonds-test", "2020-12-01", by="T", why="w")
