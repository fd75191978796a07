"""The steps that journeys share: how a reader looks at the site, and how somebody signs in."""

from __future__ import annotations

from typing import Any, Final

from playwright.sync_api import Page

PHONE: Final = {"width": 320, "height": 640}
APPEARANCES: Final[dict[str, dict[str, Any]]] = {
    "light, French": {},
    "dark, narrow, English": {"color_scheme": "dark", "viewport": PHONE, "locale": "en-GB"},
    "without scripts, narrow": {"java_script_enabled": False, "viewport": PHONE},
}
"""Options of a browser context; every journey is made under each of them."""


def sign_in(page: Page, role: str) -> None:
    """Sign in as the ready-made user of this role; ends on the desk."""
    page.goto("/sign-in")
    page.locator(f"button[name=username][value={role}]").click()
    page.wait_for_url("**/desk")


def follow(page: Page, selector: str) -> None:
    """Click the first link that the selector finds, and wait for its page."""
    page.locator(selector).first.click()
    page.wait_for_load_state()


def fits(page: Page) -> bool:
    """Whether the page is no wider than its window: only tables and pictures may scroll, each in its frame."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    last = page.locator("footer").bounding_box()
    heading = page.locator("h1").bounding_box()
    assert last is not None
    assert heading is not None
    return max(last["x"] + last["width"], heading["x"] + heading["width"]) <= width


def text_of(page: Page, selector: str) -> str:
    """The text of the first element found, without the spaces around it."""
    return page.locator(selector).first.inner_text().strip()
