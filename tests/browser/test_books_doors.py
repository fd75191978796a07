"""Every page of the books that a door leads to, and those behind: whole, accessible, no wider than their window.

Two readers open them: the treasurer, who acts, and the auditor, who reads.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.steps import PHONE, fits, sign_in

NewPage = Callable[..., Page]
Visit = Callable[..., None]
BOOKS = "/cote-d-argent/books/"

BEHIND = {
    "treasurer": (
        "statements/2025/", "statements/2025/balance-sheet/", "statements/2025/dedicated-funds/",
        "statements/2025/general-ledger/", "record/invoice-received/", "drafts/new", "treatments/member-money/",
        "bank/import", "bank/reconciliation", "closing/2025/", "closing/2025/months", "closing/2025/next",
        "closing/2025/close", "closing/2025/inventory", "closing/2025/result", "closing/2025/dedicated-funds",
        "closing/2025/dedicated-funds/book", "conventions/record", "annex/authority", "annex/instalment", "fec/2025/",
        "fec/check", "pack/2025/", "/cote-d-argent/open-data/", "/cote-d-argent/open-data/numbers",
    ),
    "auditor": ("audit/samples/new", "audit/notes/new", "statements/2025/income-statement/", "closing/2025/"),
}  # fmt: skip
"""Pages that stand one step behind the doors, by who opens them."""


def overflow(page: Page) -> int:
    """By how many pixels something stands out of the window; what scrolls in its own frame does not."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize(
    ("role", "options"),
    [("treasurer", {"viewport": PHONE, "color_scheme": "dark"}), ("auditor", {})],
    ids=["treasurer, dark, narrow", "auditor, light, wide"],
)
def test_every_page_of_the_books_holds(role: str, options: dict[str, Any], new_page: NewPage, visit: Visit) -> None:
    page = new_page(**options)
    sign_in(page, role)
    visit(page, BOOKS)
    headings = page.locator(".door-groups h2").all_inner_texts()
    assert len(headings) == 4
    doors = {link.inner_text(): str(link.get_attribute("href")) for link in page.locator(".door-groups a").all()}
    assert len(doors) >= 12
    for label, address in doors.items():
        visit(page, address)
        assert page.locator("h1").inner_text().replace("\n", " ") == label, "a page is called alike everywhere"
        assert page.locator("main .lede").count() == 1, address
        assert fits(page), address
        assert overflow(page) == 0, address
    for address in BEHIND[role]:
        visit(page, address if address.startswith("/") else BOOKS + address)
        assert page.locator("h1").count() == 1, address
        assert fits(page), address
        assert overflow(page) == 0, address
