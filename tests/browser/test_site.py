"""What holds on every page whoever reads it: keyboard, languages, paper, and what the browser is told to refuse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.steps import PHONE, fits, follow, sign_in

NewPage = Callable[..., Page]
Check = Callable[[Page], None]
Visit = Callable[..., None]

FIFTY = 50


def press_until(page: Page, key: str, selector: str) -> None:
    """Press a key until the focus is on what the selector names."""
    for _ in range(FIFTY):
        page.keyboard.press(key)
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached by {key}")


def outline_of_focus(page: Page) -> int:
    """How thick the mark around the focused element is, in pixels."""
    return int(page.evaluate("() => parseInt(getComputedStyle(document.activeElement).outlineWidth)"))


def test_signing_in_needs_no_mouse(page: Page, visit: Visit, check: Check) -> None:
    visit(page, "/sign-in")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    assert outline_of_focus(page) >= 2
    page.keyboard.press("Enter")
    press_until(page, "Tab", "button[value=auditor]")
    assert outline_of_focus(page) >= 2
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk")
    check(page)
    press_until(page, "Tab", "a[href$='/books/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/books/")
    check(page)


def test_wide_tables_scroll_by_keyboard(new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    sign_in(page, "auditor")
    follow(page, ".doors a[href$='/books/']")
    press_until(page, "Tab", ".scroll")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")


def test_a_page_is_read_in_the_other_language_at_a_click(page: Page, visit: Visit, check: Check) -> None:
    visit(page, "/sign-in")
    assert page.locator("html").get_attribute("lang") == "fr"
    page.locator("button[name=language]").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.url.endswith("/sign-in")
    check(page)


def test_what_is_not_there_is_told_in_the_site_s_own_voice(page: Page, visit: Visit) -> None:
    visit(page, "/there/is/nothing", status=404)
    visit(page, "/nothing/", status=404)
    assert page.locator("main a").count() >= 2


def test_a_day_that_does_not_exist_is_explained(page: Page, visit: Visit) -> None:
    page.goto("/")
    address = page.locator(".doors a").first.get_attribute("href")
    visit(page, f"{address}?as_of=2026-13-45", status=400)
    assert page.locator("[role=alert] .fault").count() == 1


def test_a_wrong_password_is_explained(page: Page, visit: Visit, check: Check) -> None:
    visit(page, "/sign-in")
    page.locator("input[name=username]").fill("nobody")
    page.locator("input[name=password]").fill("a wrong password")
    page.keyboard.press("Enter")
    page.locator("[role=alert]").wait_for()
    check(page)


@pytest.mark.parametrize("options", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_pages_keep_to_what_the_reader_s_system_asks(options: dict[str, str], new_page: NewPage, visit: Visit) -> None:
    page = new_page(**options)
    page.goto("/")
    visit(page, page.locator(".doors a").first.get_attribute("href"))


def test_large_spaces_between_letters_break_nothing(new_page: NewPage) -> None:
    """The override of WCAG 1.4.12, put in by the browser as a reader's own style would be."""
    page = new_page(viewport=PHONE)
    page.goto("/")
    follow(page, ".doors a")
    page.evaluate(
        """() => document.querySelectorAll("*").forEach((element) => {
            element.style.letterSpacing = "0.12em"; element.style.wordSpacing = "0.16em";
            element.style.lineHeight = "1.5";
        })"""
    )
    assert fits(page)


def test_a_page_goes_on_paper_without_its_navigation(page: Page) -> None:
    page.goto("/")
    follow(page, ".doors a")
    page.emulate_media(media="print")
    assert not page.locator(".masthead nav").is_visible()
    assert page.locator("h1").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF-")


def test_a_first_visit_is_light(page: Page) -> None:
    """Sixty kilobytes at most, style included, which the second page finds where the first has put it."""
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.update({response.url: len(response.body())}))
    style = page.request.get("/static/site.css")
    assert "max-age" in style.headers["cache-control"]
    page.goto("/")
    follow(page, ".doors a")
    assert sum(sizes.values()) < 60_000
