"""From a pasted text to the charter in force, on pages: faults, comparison, decision, confirmation; hostile files."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fund.charter.shipped import shipped_text
from fund.models import CharterDraft, CharterVersion, Fund
from fund.services.actors import Actor
from fund.services.adoption import propose_draft
from tests.builders import a_fund, a_project
from tests.small_year import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

ENGLISH = {"Accept-Language": "en"}
CREAFONDS = shipped_text("creafonds").decode()
DOUBLED = CREAFONDS.replace('rate = "8 %"', 'rate = "16 %"')
CASH = CREAFONDS.replace(
    'form = "drawing-right"\nkey = "contribution"\nexpires_months = 36',
    'form = "cash"\nkey = "contribution"\nlegal_basis = "Statuts, article 9"',
)
SLUG = "fonds-test"

DECISION = {
    "held_on": "2026-06-01",
    "body": "general-assembly",
    "present": "12",
    "quorum": "8",
    "manner": "vote",
    "votes_for": "7",
    "votes_against": "2",
    "votes_abstained": "1",
    "reference": "PV 2026-06",
    "effective_from": "2026-07-01",
}


@pytest.fixture
def fund() -> Fund:
    return a_fund().fund


@pytest.fixture
def administrator(fund: Fund, client: Client) -> Client:
    client.force_login(a_user("admin", fund, "administrator"))
    return client


def draft(fund: Fund, text: str = DOUBLED) -> CharterDraft:
    return propose_draft(Actor(fund=fund, by="T"), text=text, title="", on=date(2026, 1, 2))


def send(client: Client, address: str, data: dict[str, object]) -> tuple[int, str]:
    response = client.post(address, data, headers=ENGLISH)
    return response.status_code, response.content.decode()


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


NEW = "/fonds-test/drafts/new"
ADOPT = "/fonds-test/drafts/1/adopt"


def test_a_pasted_text_becomes_the_charter_in_force(fund: Fund, administrator: Client) -> None:
    pasted = DOUBLED.replace("\n", "\r\n")  # as a browser sends what was pasted
    response = administrator.post(NEW, {"title": "Doubler le retour", "text": pasted})
    assert (response.status_code, response["Location"]) == (302, "/fonds-test/drafts/1")
    assert CharterDraft.objects.get().text == DOUBLED
    page = words(administrator.get("/fonds-test/drafts/1", headers=ENGLISH).content.decode())
    assert "Beside creafonds v1: articles changed: 1, new: 0, removed: 0" in page
    said = page[page.index("Today:") : page.index("The articles")]
    assert "8%" in said.partition("Then:")[0]
    assert "16%" in said.partition("Then:")[2]
    assert "48 months" not in said, "what stays is not repeated"
    status, page = send(administrator, ADOPT, DECISION | {"step": "review"})
    assert (status, fund.charters.count()) == (200, 1)
    assert "for: 7, against: 2, abstained: 1" in words(page)
    assert "From 1 July 2026 on, “Créa’Fonds, la triple tresse” is the charter" in words(page)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    hidden.pop("csrfmiddlewaretoken")
    for _ in range(2):  # a double click
        response = administrator.post(ADOPT, hidden | {"step": "adopt"})
        assert (response.status_code, response["Location"]) == (302, "/fonds-test/rules/2")
    version = CharterVersion.objects.get(number=2)
    assert (version.text, version.effective_from, version.decision.recorded_by) == (DOUBLED, date(2026, 7, 1), "admin")
    page = words(administrator.get("/fonds-test/rules/2", headers=ENGLISH).content.decode())
    assert "PV 2026-06" in page
    assert "by admin." in page
    assert administrator.get("/fonds-test/rules/2.toml").content == DOUBLED.encode()
    administrator.logout()
    public = words(administrator.get("/fonds-test/rules/2", headers=ENGLISH).content.decode())
    assert "PV 2026-06" in public
    assert "by admin." not in public


def test_a_draft_says_for_whom_it_changes_the_losers_first(fund: Fund, administrator: Client) -> None:
    draft(fund)
    page = words(administrator.get("/fonds-test/drafts/1", headers=ENGLISH).content.decode())
    told = page[page.index("For whom") : page.index("The articles")]
    assert "The example: an award of 12,000.00" in told
    assert "a tour of 26 dates" in told
    assert "the fund (+2,131.20" in told.partition("Better off:")[2]
    assert "a tour of 50 dates" in told, "the cap is reached there, and nothing changes"
    rows = told[told.index(" Why ") :]
    assert rows.index("the project’s company depends") < rows.index("the fund better off")


def test_changing_something_goes_back_to_the_form_with_what_was_written(fund: Fund, administrator: Client) -> None:
    draft(fund)
    status, page = send(administrator, ADOPT, DECISION | {"step": "edit"})
    assert status == 200
    assert 'value="PV 2026-06"' in page
    assert fund.charters.count() == 1


def test_every_fault_has_its_line_its_article_what_and_mend(fund: Fund, administrator: Client) -> None:
    wrong = CREAFONDS.replace('rate = "8 %"', 'rate = "800 %"').replace('share = "60 %"', 'share = "50 %"')
    status, page = send(administrator, NEW, {"text": wrong, "title": "x"})
    assert status == 400
    lines = [at for at, line in enumerate(wrong.split("\n"), start=1) if line in ('rate = "800 %"',)]
    rows = [words(row) for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)]
    (row,) = (row for row in rows if " rate " in row)
    assert row.split()[:3] == [str(lines[0]), "Return", "1"]
    assert "rate = &quot;800 %&quot;" in page, "the text is there to be mended"
    assert not CharterDraft.objects.exists()


HOSTILE: dict[str, tuple[object, str]] = {
    "an image": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe", "UTF-8"),
    "latin-1": (CREAFONDS.encode("latin-1", "replace"), "UTF-8"),
    "utf-16": (CREAFONDS.encode("utf-16"), "UTF-8"),
    "a NUL": (CREAFONDS.encode() + b"\0", "1 thing is to be mended"),
    "a hundred megabytes": (b"# " + b"x" * 100_000_000, "65536"),
    "nothing": (b"", "Choose a file, or paste a text."),
    "a byte too much": (CREAFONDS.encode() + b"#" * 65536, "65536"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_answered_with_a_sentence(name: str, fund: Fund, administrator: Client) -> None:
    content, says = HOSTILE[name]
    file = SimpleUploadedFile("charter.toml", content)  # type: ignore[arg-type]
    status, page = send(administrator, NEW, {"title": "", "text": "", "file": file})
    assert status == 400
    assert says in words(page)
    assert not CharterDraft.objects.exists()


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (b"\xef\xbb\xbf" + DOUBLED.encode(), DOUBLED),
        (DOUBLED.replace("\n", "\r\n").encode(), DOUBLED),
        (DOUBLED.encode(), DOUBLED),
    ],
    ids=["byte-order-mark", "crlf", "plain"],
)
def test_marks_and_line_ends_of_editors_are_no_part_of_a_charter(
    content: bytes, kept: str, fund: Fund, administrator: Client
) -> None:
    file = SimpleUploadedFile("charter.toml", content)
    assert administrator.post(NEW, {"title": "", "text": "", "file": file}).status_code == 302
    assert CharterDraft.objects.get().text == kept


@pytest.mark.parametrize(
    "text", ["\0", "a\0b", "\ufeff", "[[[[", "a = " + "[" * 5000, "x" * 70_000, "a." * 5000 + "b = 1", "\u202e\u2066"]
)
def test_a_hostile_paste_is_answered_with_a_sentence(text: str, fund: Fund, administrator: Client) -> None:
    status, page = send(administrator, NEW, {"title": "", "text": text})
    assert status == 400
    assert 'role="alert"' in page


def test_a_paste_beyond_all_measure_is_refused_with_a_page(fund: Fund, administrator: Client) -> None:
    status, page = send(administrator, NEW, {"title": "", "text": "x" * 3_000_000})
    assert status == 400
    assert "<h1>" in page


def test_markup_in_a_draft_stays_text(fund: Fund, administrator: Client) -> None:
    hostile = DOUBLED.replace("Créa’Fonds, la triple tresse", "<script>alert(1)</script>")
    administrator.post(NEW, {"title": "<b>x</b>", "text": hostile})
    for address in ("/fonds-test/drafts/", "/fonds-test/drafts/1", ADOPT):
        page = administrator.get(address).content.decode()
        assert "<script>" not in page
        assert "<b>" not in page
    status, page = send(administrator, ADOPT, DECISION | {"step": "review", "reference": "<b>PV</b>"})
    assert status == 200
    assert "<b>" not in page


def test_the_same_text_twice_is_one_draft(fund: Fund, administrator: Client) -> None:
    for _ in range(2):
        assert administrator.post(NEW, {"title": "", "text": DOUBLED})["Location"] == "/fonds-test/drafts/1"
    assert CharterDraft.objects.count() == 1


def test_a_draft_is_replaced_once(fund: Fund, administrator: Client) -> None:
    draft(fund)
    page = administrator.get(NEW + "?replaces=1").content.decode()
    assert "16 %" in page
    assert administrator.post(NEW + "?replaces=1", {"title": "", "text": DOUBLED + "\n# b"})["Location"].endswith("/2")
    status, page = send(administrator, NEW + "?replaces=1", {"title": "", "text": DOUBLED + "\n# c"})
    assert status == 409
    assert "The draft 1 was replaced by the draft 2" in words(page)
    for nothing in ("9", "x", "-1", "٣", "9" * 30):
        assert administrator.get(NEW, {"replaces": nothing}).status_code == 404
    assert "replaced by draft 2" in words(administrator.get("/fonds-test/drafts/1", headers=ENGLISH).content.decode())


def test_a_draft_may_begin_with_a_charter_that_ships(fund: Fund, administrator: Client) -> None:
    assert "Groupement" in administrator.get(NEW, {"from": "groupement-employeurs"}).content.decode()
    assert administrator.get(NEW, {"from": "nothing"}).status_code == 404


# what is written, the status, a sentence of the page
WRONG: list[tuple[dict[str, str], int, str]] = [
    ({"held_on": "yesterday"}, 400, "This is not a date"),
    ({"held_on": "2999-01-01"}, 400, "is still to come"),
    ({"votes_for": ""}, 400, "Write how many, 0 where there was none."),
    ({"votes_for": "-1"}, 400, "greater than or equal to 0"),
    ({"votes_for": "9" * 30}, 400, "less than or equal to"),
    ({"votes_for": "2"}, 400, "do not carry it"),
    ({"manner": "consent"}, 400, "By consent nobody counts"),
    ({"manner": "files"}, 400, "Select a valid choice"),
    ({"body": "files"}, 400, "Select a valid choice"),
    ({"present": "7"}, 400, "the quorum is 8"),
    ({"reference": ""}, 400, "This field is required."),
    ({"reference": "a\0b"}, 400, "Null characters are not allowed."),
    ({"reference": "x" * 301}, 400, "at most 300 characters"),
    ({"effective_from": "2026-05-01"}, 400, "before it was decided"),
    ({"effective_from": "2026-01-01"}, 409, "already kept with other contents"),
]


@pytest.mark.parametrize("step", ["review", "adopt"])
@pytest.mark.parametrize(("change", "status", "says"), WRONG)
def test_a_refusal_stands_on_the_form(
    change: dict[str, str], status: int, says: str, step: str, fund: Fund, administrator: Client
) -> None:
    draft(fund)
    answered, page = send(administrator, ADOPT, DECISION | change | {"step": step})
    assert (answered, says in words(page)) == (status, True)
    assert 'role="alert"' in page
    assert fund.charters.count() == 1


def test_the_past_stands_in_the_way_with_its_day(fund: Fund, administrator: Client) -> None:
    draft(fund)
    a_project(Actor(fund=fund, by="T", files_digest=b"x"))
    page = words(administrator.get(ADOPT, headers=ENGLISH).content.decode())
    assert "(the last agreement)" in page
    status, page = send(administrator, ADOPT, DECISION | {"effective_from": "2026-06-07", "step": "adopt"})
    assert status == 409
    assert "the last agreement dates from 2026-06-07" in words(page)


def test_the_questions_of_the_legal_form_are_asked_one_by_one(fund: Fund, administrator: Client) -> None:
    draft(fund, CASH)
    page = administrator.get(ADOPT, headers=ENGLISH).content.decode()
    assert "An association shares no profit among its members" in words(page)
    assert 'value="Statuts, article 9"' in page
    assert "not legal advice" in page
    status, page = send(administrator, ADOPT, DECISION | {"step": "adopt", "basis-0": " "})
    assert status == 400
    assert "Legal basis" in words(page)
    response = administrator.post(ADOPT, DECISION | {"step": "adopt", "basis-0": "Statuts, article 9"})
    assert response["Location"] == "/fonds-test/rules/2"
    page = words(administrator.get("/fonds-test/rules/2", headers=ENGLISH).content.decode())
    assert "Statuts, article 9" in page


def test_a_draft_of_another_legal_form_is_compared_and_not_adopted(fund: Fund, administrator: Client) -> None:
    draft(fund, shipped_text("scic").decode())
    page = words(administrator.get("/fonds-test/drafts/1", headers=ENGLISH).content.decode())
    assert "it can be compared, not adopted" in page
    status, page = send(administrator, ADOPT, DECISION | {"step": "review"})
    assert status == 400
    assert "The charter is written for the legal form" in words(page)


def test_a_draft_that_the_grammar_has_left_behind_shows_its_faults(fund: Fund, administrator: Client) -> None:
    CharterDraft.objects.create(
        fund=fund, number=1, title="Ancien", text='[charter]\nold = "x"\n', sha256="0", proposed_on=date(2026, 1, 2),
        proposed_by="T",
    )  # fmt: skip
    page = words(administrator.get("/fonds-test/drafts/1", headers=ENGLISH).content.decode())
    assert "cannot be read as a charter any more" in page
    assert "old" in page
    assert administrator.get(ADOPT).status_code == 404
    assert administrator.get("/fonds-test/drafts/").status_code == 200


def test_a_fund_without_rules_takes_its_first_by_a_decision(client: Client) -> None:
    bare = Fund.objects.create(slug="nu", name="Nu", legal_form="association-1901", founded_on=date(2026, 1, 1))
    client.force_login(a_user("first", bare, "administrator"))
    draft(bare, CREAFONDS)
    page = words(client.get("/nu/drafts/1", headers=ENGLISH).content.decode())
    assert "The fund has no rules yet" in page
    assert client.post("/nu/drafts/1/adopt", DECISION | {"step": "adopt"})["Location"] == "/nu/rules/1"
    assert client.get("/nu/rules", {"as_of": "2026-07-01"}).status_code == 200


def test_forms_ask_for_their_token_and_for_a_known_way(fund: Fund, administrator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(fund.accesses.get(role="administrator").user)
    assert strict.post(NEW, {"text": DOUBLED}).status_code == 403
    assert administrator.delete(NEW).status_code == 405
    draft(fund)
    assert administrator.put(ADOPT).status_code == 405
    for address in (NEW, ADOPT):
        page = administrator.get(address).content.decode()
        assert page.count("csrfmiddlewaretoken") >= 1
        assert page.count("<h1>") == 1
    assert reverse("draft-adopt", args=[SLUG, 1]) == ADOPT
