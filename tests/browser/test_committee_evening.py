"""A committee's evening by keyboard alone: a ballot from a mail in three clicks, then a whole meeting on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page

from tests.browser.steps import APPEARANCES, PHONE, fits, sign_in, text_of

NewPage = Callable[..., Page]
Check = Callable[[Page], None]

FUND = "/cote-d-argent"
CALL = f"{FUND}/calls/appel-ouvert"
MOST_STOPS = 120


@pytest.fixture
def seen(check: Check) -> Check:
    """Check the page as it stands, and that it fits its window."""

    def see(page: Page) -> None:
        check(page)
        assert fits(page), page.url

    return see


def reach(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what the selector finds; a keyboard has no other way."""
    wanted = page.locator(selector).first.element_handle()
    for _ in range(MOST_STOPS):
        if page.evaluate("(wanted) => document.activeElement === wanted", wanted):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reaches {selector} on {page.url}")


def press(page: Page, selector: str) -> None:
    """Reach a link or a button and press Enter; the next page is there afterwards."""
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def check_box(page: Page, selector: str) -> None:
    """Reach a box or a button of a set and press the space bar."""
    reach(page, selector)
    page.keyboard.press("Space")
    assert page.locator(selector).first.is_checked()


def write(page: Page, selector: str, text: str) -> None:
    """Reach a field and type into it."""
    reach(page, selector)
    page.keyboard.type(text)


def write_day(page: Page, selector: str, day: date) -> None:
    """Reach a date and type it in the order that this browser asks for: the month first, or the day."""
    for order in ("%m%d%Y", "%d%m%Y"):
        write(page, selector, day.strftime(order))
        if page.locator(selector).first.input_value() == day.isoformat():
            return
        page.keyboard.press("Shift+Tab")
    pytest.fail(f"{day} cannot be typed into {selector}")


def choose(page: Page, selector: str, value: str) -> None:
    """Reach a list and go down to a value, as the arrow keys do."""
    reach(page, selector)
    values = page.locator(f"{selector} option").evaluate_all("(all) => all.map((each) => each.value)")
    for _ in range(values.index(value)):
        page.keyboard.press("ArrowDown")
    assert page.locator(selector).first.input_value() == value


def ballot_link(administrator: Page, person: str) -> str:
    """The path of the last link that somebody was mailed, as the outbox of the demonstration shows it."""
    administrator.goto(f"{FUND}/mails/")
    row = administrator.locator("tbody tr", has_text=f"{person}@example.org").filter(has_text="/vote/").last
    found = re.search(r"/vote/[A-Za-z0-9_-]{43}", row.text_content() or "")
    assert found is not None
    return found[0]


@pytest.mark.parametrize("options", APPEARANCES.values(), ids=APPEARANCES.keys())
def test_a_ballot_from_the_mail_in_three_clicks(
    options: dict[str, Any], new_page: NewPage, own_site: str, seen: Check
) -> None:
    administrator = new_page(site=own_site)
    sign_in(administrator, "administrator")
    address = ballot_link(administrator, "committee")

    voter = new_page(site=own_site, **{**options, "viewport": PHONE})
    voter.goto(address)  # the first click: the link in the mail
    seen(voter)
    assert voter.locator("nav").count() == 0, "the link opens this ballot and nothing else"
    check_box(voter, "input[type=checkbox]")  # the second one: what I support
    press(voter, "button[value=cast]")  # the third one
    seen(voter)
    receipt = text_of(voter, ".lede code")
    assert re.fullmatch(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){3}", receipt)

    voter.goto(address)
    seen(voter)
    assert voter.locator("form").count() == 0, "it serves once"
    voter.goto(f"{CALL}/votes/1/papers")
    assert voter.locator("h1").count() == 1
    assert receipt not in voter.content(), "whoever only has the link is not signed in"

    administrator.goto(f"{CALL}/votes/1/")
    seen(administrator)
    assert "7" in text_of(administrator, ".lede")
    press(administrator, "button[value=close]")
    seen(administrator)
    administrator.goto(f"{CALL}/votes/1/papers?receipt={receipt.lower()}")
    seen(administrator)
    assert receipt in text_of(administrator, "tbody tr:has(strong)")


def test_a_meeting_without_a_quorum_by_keyboard(new_page: NewPage, own_site: str, seen: Check) -> None:
    """One person came: the meeting is closed for lack of quorum, and a second one is convened, once."""
    keeper = new_page(site=own_site, viewport=PHONE)
    sign_in(keeper, "administrator")
    convene(keeper, "Trop peu de monde (fictif)")
    seen(keeper)
    meeting = keeper.url
    press(keeper, "form:has(input[value=open]) button")
    arrives(keeper, "committee")
    seen(keeper)
    assert "Il en manque 3" in text_of(keeper, ".lede")
    press(keeper, "form:has(input[value=close-without-quorum]) button")
    seen(keeper)
    write_day(keeper, "#id_second_held_on", date(2099, 1, 1))
    press(keeper, "form:has(input[value=second]) button")
    seen(keeper)
    assert keeper.locator(".doors li").count() == 2
    keeper.goto(meeting)
    assert keeper.locator("#id_second_held_on").count() == 0, "a second meeting is convened once"


def test_an_evening_on_a_phone_by_keyboard(new_page: NewPage, own_site: str, seen: Check) -> None:
    """A quorum with a proxy, a recusal on the ballot, each voter by the link of a mail, projects that end level."""
    keeper = new_page(site=own_site, viewport=PHONE)
    sign_in(keeper, "administrator")
    convene(keeper, "Les salles se réservent demain (fictif)")
    press(keeper, "form:has(input[value=open]) button")
    for person in ("committee", "comite-2", "comite-3", "comite-7"):
        arrives(keeper, person)
    choose(keeper, "#id_give_person", "comite-4")
    choose(keeper, "#id_give_holder", "comite-2")
    press(keeper, "form:has(input[value=give-proxy]) button")
    seen(keeper)
    assert "Il est atteint" in text_of(keeper, ".lede")
    vote = opened(keeper, seen)

    voter = new_page(site=own_site, viewport=PHONE)
    for person, boxes in (("committee", (0,)), ("comite-2", (0, 1)), ("comite-3", (1,)), ("comite-7", ())):
        voter.goto(ballot_link(keeper, person))
        assert ("déport" in text_of(voter, "form")) is (person == "comite-7")
        cast(voter, boxes)
        seen(voter)
        if person == "comite-2":
            assert "Membre 4" in text_of(voter, "main h2"), "the ballot of who lent their vote is left"
            cast(voter, ())
            seen(voter)
    keeper.goto(vote)
    seen(keeper)
    assert "5 voix sur 5" in text_of(keeper, ".lede")
    press(keeper, "button[value=close]")
    seen(keeper)
    places = keeper.locator("main tbody tr td:first-child").all_inner_texts()
    assert places[:2] == ["1", "2"], "two of four is more than two of five: the recused is not among those counted"
    assert places[2:] == ["3"] * 4, "those without support are level, and nothing tells them apart"


def convene(keeper: Page, why: str) -> None:
    """Convene a meeting for today, in an emergency that is said."""
    keeper.goto(f"{CALL}/meetings/")
    write_day(keeper, "#id_held_on", datetime.now(ZoneInfo("Europe/Paris")).date())
    write(keeper, "#id_agenda", "1. Vote")
    choose(keeper, "#id_chair", "committee")
    write(keeper, "#id_emergency", why)
    press(keeper, "main form button")
    keeper.wait_for_url(re.compile(r"/meetings/\d+/$"))


def arrives(keeper: Page, person: str) -> None:
    """Record that somebody is in the room."""
    choose(keeper, "#id_arrive_person", person)
    check_box(keeper, "#id_arrive_manner_0")
    press(keeper, "form:has(input[value=arrive]) button")
    assert keeper.locator("[role=status]").count() == 1


def opened(keeper: Page, seen: Check) -> str:
    """Open the second ballot at the meeting that is under way; the address of its page."""
    keeper.goto(f"{CALL}/votes/")
    seen(keeper)
    write(keeper, "#id_question", "Quels projets soutenez-vous ?")
    choose(keeper, "#id_round", "2")
    choose(keeper, "#id_kind", "approval")
    reach(keeper, "#id_meeting")
    keeper.keyboard.press("ArrowDown")
    write(keeper, "#id_closes", "010120990630P")
    press(keeper, "main form button")
    keeper.wait_for_url(re.compile(r"/votes/\d+/$"))
    seen(keeper)
    return keeper.url


def cast(voter: Page, boxes: tuple[int, ...]) -> None:
    """Check these boxes of the page's first ballot and cast it."""
    for box in boxes:
        check_box(voter, f"form >> nth=0 >> input[type=checkbox] >> nth={box}")
    press(voter, "form >> nth=0 >> button[value=cast]")
    assert voter.locator(".lede code").count() == 1
