"""Two vocabularies: whatever the committee does and notes, no page that an artist can open says a word of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils import timezone

from allocation.applying.admissions import admit_application, declare_complete, declare_inadmissible, return_application
from allocation.applying.applications import Signature, withdraw_application
from allocation.applying.states import STATES, STATUSES, state_words, status_of, status_words, steps
from allocation.models import Application, Award, Call, Outcome
from fund.models import Fund
from tests.applying import COMPANY, a_call_to_companies, a_company, a_draft, a_filed_application
from tests.committees import a_committee, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

NOTE, REPORT, SCORE = "NOTE-ENTRE-NOUS", "RAPPORT-DE-LECTURE", "REMARQUE-SUR-LA-NOTE"
SECRETS = (
    NOTE, REPORT, SCORE, "Basile", "basile", "secretary", "Secretary", "admitted", "inadmissible", "admis au vote",
    "not looked at", "pas encore examiné", "complete, in instruction", "complet, en instruction", "rapporteur",
)  # fmt: skip
TOLD = "Voici ce qui manque."


def patterns() -> Iterator[URLPattern]:
    return (each for each in get_resolver().url_patterns if isinstance(each, URLPattern))


def pages_of(client: Client, fund: Fund, call: Call, application: Application) -> dict[str, str]:
    """Every page that opens to whoever is signed in, by its address."""
    values = {"fund": fund.slug, "call": call.slug, "number": application.number, "ending": "csv", "code": "CIE/X",
              "name": "creafonds", "year": 2026, "table": "all", "reference": "x", "line": 1, "chart": "512",
              "unit": "EUR", "token": "x", "person": "basile"}  # fmt: skip
    document = application.documents.values_list("pk", flat=True)[0]
    found: dict[str, str] = {}
    for pattern in patterns():
        wanted = {name: {**values, "pk": document}.get(name, 1) for name in pattern.pattern.converters}
        try:
            address = reverse(str(pattern.name), kwargs=wanted)
        except NoReverseMatch:
            continue
        for language in ("fr", "en"):
            response = client.get(address, headers={"Accept-Language": language})
            if response.status_code == 200:
                found[f"{language} {address}"] = response.content.decode("utf-8", "replace")
    return found


def signed(person: str) -> Signature:
    return Signature(person, timezone.now())


def committee_works_on(application: Application, call: Call, today: date) -> None:
    """A rapporteur reports and scores, and everybody notes what is not for the company."""
    application.assignments.create(person="basile", manner="by-hand", on=today, by="secretary")
    application.reports.create(person="basile", version=1, opinion="unfavourable", text=REPORT, on=today)
    criterion = call.criteria.order_by("pk")[0]
    application.scores.create(criterion=criterion, person="basile", version=1, points=1, comment=SCORE, on=today)


ROAD: dict[str, tuple[Callable[[Application, date], object], ...]] = {
    "filed": (),
    "returned": (
        lambda each, day: return_application(
            application=each, told=TOLD, until=day, signed=signed("secretary"), note=NOTE
        ),
    ),
    "complete": (lambda each, _: declare_complete(application=each, signed=signed("secretary"), note=NOTE),),
    "inadmissible": (
        lambda each, _: declare_inadmissible(application=each, told=TOLD, signed=signed("secretary"), note=NOTE),
    ),
    "withdrawn": (lambda each, _: withdraw_application(application=each, signed=signed("artist")),),
}
ROAD["admitted"] = (
    *ROAD["complete"],
    lambda each, _: admit_application(application=each, signed=signed("secretary"), note=NOTE),
)


def brought_to(state: str, call: Call, today: date) -> Application:
    if state == "draft":
        return a_draft(call, on=today)
    application = a_filed_application(call, on=today)
    committee_works_on(application, call, today)
    for act in ROAD[state]:
        act(Application.objects.select_related("call").get(pk=application.pk), today)
    return Application.objects.select_related("call").get(pk=application.pk)


@pytest.fixture
def fund() -> Fund:
    fund = a_committee()
    a_company(fund)
    a_person(fund, "artist", "artist", party=COMPANY)
    return fund


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def call(fund: Fund, today: date) -> Call:
    return a_call_to_companies(fund, opens=today, until=today, closes=today + timedelta(days=60))


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("state", STATES)
def test_no_page_of_an_artist_says_what_the_committee_does(
    state: str, fund: Fund, call: Call, today: date, client: Client
) -> None:
    application = brought_to(state, call, today)
    assert application.state == state
    client.force_login(fund.accesses.get(user__username="artist").user)
    pages = pages_of(client, fund, call, application)
    own = reverse("application", args=[fund.slug, call.slug, 1])
    assert {f"fr {own}", f"en {own}", "fr /desk", f"fr {reverse('call', args=[fund.slug, call.slug])}"} <= set(pages)
    leaks = {(address, secret) for address, html in pages.items() for secret in SECRETS if secret in html}
    assert leaks == set()
    for language in ("fr", "en"):
        assert status_words(status_of(state), language) in words(pages[f"{language} {own}"])
    assert (TOLD in pages[f"fr {own}"]) == (state in ("returned", "inadmissible"))


def test_an_artist_cannot_tell_an_admitted_application_from_one_that_is_complete(
    fund: Fund, call: Call, today: date, client: Client
) -> None:
    application = brought_to("complete", call, today)
    client.force_login(fund.accesses.get(user__username="artist").user)
    before = pages_of(client, fund, call, application)
    admit_application(application=application, signed=signed("secretary"), note=NOTE)
    after = pages_of(client, fund, call, application)
    csrf = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|name="reference" value="[^"]+"')
    changed = {each for each in before if csrf.sub("", before[each]) != csrf.sub("", after[each])}
    assert changed == set()


@pytest.mark.parametrize("supported", [True, False])
def test_the_decision_is_told_once_its_outcome_is_published(
    supported: bool, fund: Fund, call: Call, today: date, client: Client
) -> None:
    application = brought_to("admitted", call, today)
    outcome = Outcome.objects.create(
        call=call, inputs_sha256="0" * 64, method="equal-shares/1", parameters={},
        result={"reasons": {}, "spent_minor": 0, "left_minor": 0, "steps": [], "ties": []},
        published_on=today, published_by="secretary",
    )  # fmt: skip
    if supported:
        Award.objects.create(outcome=outcome, proposal=application.proposal, rank=1, amount_minor=1, awarded_on=today)
    client.force_login(fund.accesses.get(user__username="artist").user)
    page = client.get(reverse("application", args=[fund.slug, call.slug, 1]), headers={"Accept-Language": "fr"})
    told = "décision rendue : soutenu" if supported else "décision rendue : non retenu"
    assert told in words(page.content.decode())


def test_the_two_vocabularies_share_no_word_that_would_betray_the_other() -> None:
    betraying = [state_words(state, language) for state in ("complete", "admitted", "inadmissible")
                 for language in ("fr", "en")]  # fmt: skip
    told = [status_words(status, language) for status in STATUSES for language in ("fr", "en")]
    assert not set(betraying) & set(told)
    assert {status_of(state) for state in STATES} | {"supported"} == set(STATUSES)
    assert [label for label, here in steps("to-complete", "fr") if here] == ["Déposé"]
    assert [here for _, here in steps("withdrawn", "fr")] == [False] * 4
