"""The rules are read, compared and changed in every appearance of the site, with nothing but links and forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.steps import APPEARANCES, fits, follow, sign_in

NewPage = Callable[..., Page]
Check = Callable[[Page], None]


@pytest.mark.parametrize("options", APPEARANCES.values(), ids=APPEARANCES.keys())
def test_an_administrator_changes_the_rules(
    options: dict[str, Any], new_page: NewPage, own_site: str, check: Check, faults: dict[Page, list[str]]
) -> None:
    page = new_page(site=own_site, **options)

    def seen(*, refused: bool = False) -> None:
        if refused:  # the browser's console tells of the status of the answer
            faults[page] = [fault for fault in faults[page] if not fault.startswith("console: Failed to load")]
        check(page)
        assert fits(page), page.url

    page.goto("/charters")
    seen()
    follow(page, ".doors a[href$='/creafonds']")
    seen()
    sign_in(page, "administrator")
    follow(page, ".doors a[href$='/drafts/']")
    seen()
    follow(page, "main a[href$='/drafts/new']")
    seen()
    page.locator("textarea").fill('[charter]\ntitle = "x"\n')
    page.locator("main form .button").click()
    page.wait_for_load_state()
    seen(refused=True)
    assert page.locator("[role=alert]").count() == 1
    assert page.locator("main tbody tr").count() >= 3
    fund = page.url.split("/drafts/")[0]
    page.goto(f"{fund}/drafts/new?from=creafonds")
    text = page.locator("textarea").input_value()
    page.locator("textarea").fill(text.replace('rate = "8 %"', 'rate = "6 %"'))
    page.locator("main form .button").click()
    page.wait_for_url("**/drafts/1")
    seen()
    follow(page, "main a[href$='/adopt']")
    seen()
    for name, value in {
        "held_on": "2026-01-15", "present": "9", "quorum": "5", "votes_for": "7", "votes_against": "1",
        "votes_abstained": "1", "reference": "PV 1", "effective_from": "2030-01-01",
    }.items():  # fmt: skip
        page.locator(f"[name={name}]").fill(value)
    page.locator("button[value=review]").click()
    page.wait_for_load_state()
    seen()
    page.locator("button[value=adopt]").click()
    page.wait_for_url("**/rules/*")
    seen()
    assert "PV 1" in page.locator("main").inner_text()
