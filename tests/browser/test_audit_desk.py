"""An auditor's evening: from a figure to its document, a sample drawn by keyboard, a tick, a question, anomalies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.steps import APPEARANCES, fits, follow, sign_in, text_of

NewPage = Callable[..., Page]
Check = Callable[[Page], None]
Visit = Callable[..., None]
BOOKS = "/cote-d-argent/books/"


@pytest.fixture
def seen(check: Check) -> Check:
    """Check the page as it stands, and that it fits its window."""

    def see(page: Page) -> None:
        check(page)
        assert fits(page), page.url

    return see


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element that the selector finds has the focus."""
    for _ in range(60):
        if page.locator(selector).first.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {selector}")


@pytest.mark.parametrize("options", APPEARANCES.values(), ids=APPEARANCES.keys())
def test_from_the_balance_of_a_day_to_a_document_in_three_clicks(
    options: dict[str, Any], new_page: NewPage, seen: Check
) -> None:
    auditor = new_page(**options)
    sign_in(auditor, "auditor")
    auditor.goto(f"{BOOKS}?as_of=2025-12-31")
    seen(auditor)
    follow(auditor, "main tbody a[href*='/accounts/512/']")
    seen(auditor)
    assert "as_of=2025-12-31" in auditor.url, "the day that was chosen stays"
    follow(auditor, "main tbody a[href*='/entries/']")
    seen(auditor)
    follow(auditor, "#paper ~ div a[href*='/papers/']")
    seen(auditor)
    assert auditor.locator("main form, main button").count() == 0


def test_a_sample_is_drawn_by_keyboard_and_ticked(new_page: NewPage, own_site: str, seen: Check) -> None:
    auditor = new_page(site=own_site)
    sign_in(auditor, "auditor")
    auditor.goto(f"{BOOKS}audit/")
    seen(auditor)
    tab_to(auditor, "main a.button[href$='/samples/new']")
    auditor.keyboard.press("Enter")
    auditor.wait_for_url("**/samples/new")
    seen(auditor)
    tab_to(auditor, "#id_year")
    auditor.keyboard.type("2025")
    tab_to(auditor, "input[name=method]")
    auditor.keyboard.press("Space")
    tab_to(auditor, "#id_size")
    auditor.keyboard.press("Control+A")
    auditor.keyboard.type("4")
    tab_to(auditor, "#id_seed")
    auditor.keyboard.press("Control+A")
    auditor.keyboard.type("grande marée")
    tab_to(auditor, "main form button.button")
    auditor.keyboard.press("Enter")
    auditor.wait_for_url("**/samples/2/")
    seen(auditor)
    assert auditor.locator("main #entries ~ div tbody tr").count() == 4
    assert "grande marée" in text_of(auditor, "#recipe ~ div")
    assert "il donne les mêmes écritures" in text_of(auditor, "#recipe ~ div")

    follow(auditor, "main tbody a[href$='/samples/2/1']")
    seen(auditor)
    tab_to(auditor, "input[name=outcome]")
    auditor.keyboard.press("ArrowDown")
    tab_to(auditor, "#id_difference")
    auditor.keyboard.type("-12,50")
    tab_to(auditor, "#id_note")
    auditor.keyboard.type("La pièce dit 12,50 de moins.")
    tab_to(auditor, "main form button.button")
    auditor.keyboard.press("Enter")
    auditor.wait_for_url("**/samples/2/#entry-1")
    seen(auditor)
    assert "Différence" in text_of(auditor, "#entry-1")
    assert auditor.locator("[role=status]").count() == 1


@pytest.mark.parametrize("options", APPEARANCES.values(), ids=APPEARANCES.keys())
def test_a_question_is_asked_from_an_entry_and_the_treasurer_answers(
    options: dict[str, Any], new_page: NewPage, own_site: str, seen: Check, visit: Visit
) -> None:
    auditor = new_page(site=own_site, **options)
    sign_in(auditor, "auditor")
    auditor.goto(f"{BOOKS}audit/samples/1/")
    follow(auditor, "main tbody a[href*='/entries/']")
    follow(auditor, "#audit ~ div a[href*='/notes/new']")
    seen(auditor)
    auditor.locator("#id_text").fill("Qui a signé cette pièce ?")
    auditor.locator("#id_is_shared").check()
    auditor.locator("main form .button").click()
    auditor.wait_for_url("**/notes/2")
    seen(auditor)

    treasurer = new_page(site=own_site, **options)
    sign_in(treasurer, "treasurer")
    follow(treasurer, "main a[href$='/audit/questions']")
    seen(treasurer)
    follow(treasurer, "main a[href$='/notes/2']")
    treasurer.locator("#id_text").fill("La présidente, le 3 mars.")
    treasurer.locator("main form .button").click()
    treasurer.wait_for_load_state()
    seen(treasurer)
    assert "La présidente" in text_of(treasurer, "main .thread")
    visit(treasurer, f"{BOOKS}audit/", status=404)


@pytest.mark.parametrize("options", APPEARANCES.values(), ids=APPEARANCES.keys())
def test_the_anomalies_and_the_bank_are_read(options: dict[str, Any], new_page: NewPage, seen: Check) -> None:
    auditor = new_page(**options)
    sign_in(auditor, "auditor")
    auditor.goto(f"{BOOKS}audit/anomalies/?year=2025")
    seen(auditor)
    assert auditor.locator("#counts ~ div tbody tr").count() == 15
    follow(auditor, "#bank-line-unmatched ~ div tbody a")
    seen(auditor)
    auditor.goto(f"{BOOKS}bank/")
    seen(auditor)
    assert auditor.locator("main form, main button").count() == 0
    auditor.goto(f"{BOOKS}bank/reconciliation?as_of=2025-12-31")
    seen(auditor)
    assert auditor.locator("main article table").count() == 2


@pytest.mark.parametrize("options", APPEARANCES.values(), ids=APPEARANCES.keys())
def test_the_treasurer_confirms_what_is_proposed(
    options: dict[str, Any], new_page: NewPage, own_site: str, seen: Check
) -> None:
    treasurer = new_page(site=own_site, **options)
    sign_in(treasurer, "treasurer")
    treasurer.goto(f"{BOOKS}bank/")
    seen(treasurer)
    proposed = treasurer.locator("input[name=pairs]").count()
    chosen = treasurer.locator("input[name=pairs]:checked").count()
    assert 0 < chosen < proposed, "what bears the same reference is chosen already"
    treasurer.locator("main form .button").click()
    treasurer.wait_for_load_state()
    seen(treasurer)
    assert treasurer.locator("input[name=pairs]").count() == proposed - chosen
    treasurer.goto(f"{BOOKS}bank/import")
    seen(treasurer)
