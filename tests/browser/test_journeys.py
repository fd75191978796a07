"""What each role comes for, from the first page to the answer, in every appearance of the site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.steps import APPEARANCES, fits, follow, sign_in, text_of

NewPage = Callable[..., Page]
Check = Callable[[Page], None]


@pytest.fixture(params=APPEARANCES.values(), ids=APPEARANCES.keys())
def reader(request: pytest.FixtureRequest, new_page: NewPage) -> Page:
    """A page as one kind of reader sees it."""
    options: dict[str, Any] = request.param
    return new_page(**options)


@pytest.fixture
def seen(check: Check) -> Check:
    """Check the page as it stands, and that it fits its window."""

    def see(page: Page) -> None:
        check(page)
        assert fits(page), page.url

    return see


def test_the_public_finds_where_the_money_goes(reader: Page, seen: Check) -> None:
    reader.goto("/")
    seen(reader)
    follow(reader, ".doors a")
    seen(reader)
    at_the_bank = text_of(reader, ".chief dd")
    assert at_the_bank
    assert reader.locator(".lede strong").last.inner_text() == at_the_bank, "the first sentence and the figure agree"
    assert reader.locator(".strands").first.locator("dd").count() == 3
    assert reader.locator("svg[role=img]").count() == reader.locator("figure table").count() > 0
    follow(reader, "a[href$='/rules']")
    seen(reader)
    assert reader.locator(".article").count() >= 3


def test_the_public_reads_why_a_project_was_chosen(reader: Page, seen: Check) -> None:
    reader.goto("/")
    follow(reader, ".doors a")
    follow(reader, "main tbody a[href*='/projects/']")
    seen(reader)
    follow(reader, "main a[href*='/calls/']")
    seen(reader)
    rows = reader.locator("main tbody tr")
    assert rows.count() >= 5
    assert all(reason.strip() for reason in reader.locator("main tbody .sub").all_inner_texts())
    assert reader.locator("main tbody .sub").count() == rows.count()
    assert reader.locator("a[href$='.pb']").count() == 0


def test_an_artist_reads_what_is_due_and_why(reader: Page, seen: Check) -> None:
    sign_in(reader, "artist")
    seen(reader)
    follow(reader, ".doors a[href*='/projects/']")
    seen(reader)
    sentence = reader.locator(".lede strong").first.bounding_box()
    assert sentence is not None
    assert sentence["y"] + sentence["height"] <= (reader.viewport_size or {"height": 0})["height"], "without scrolling"
    if reader.locator("a[href*='/trace/']").count() == 0:
        follow(reader, "main a[href^='?as_of=']")  # the year's returns are settled on its last day
    amounts = reader.locator("a[href*='/trace/']")
    asked = amounts.last.inner_text().split(":")[0].strip()
    amounts.last.click()
    reader.wait_for_load_state()
    seen(reader)
    assert asked in text_of(reader, "h1")
    assert reader.locator("ol.steps li").count() >= 3
    follow(reader, "main .papers a")
    assert "/projects/" in reader.url


def test_a_member_follows_what_its_share_did(reader: Page, seen: Check, tmp_path: Path) -> None:
    sign_in(reader, "member")
    follow(reader, ".doors a[href*='/members/']")
    seen(reader)
    assert reader.locator(".strands").first.locator("dd").count() == 3
    called = reader.locator("details.trace").first
    called.locator("summary").click()
    assert called.locator("li").first.is_visible(), "a trace opens without a script"
    with reader.expect_download() as started:
        reader.locator("a[href^='statement.csv']").click()
    file = tmp_path / "statement.csv"
    started.value.save_as(file)
    assert len(file.read_text(encoding="utf-8-sig").splitlines()) > 3


def test_the_committee_takes_the_ballots_to_count_again(reader: Page, seen: Check, tmp_path: Path) -> None:
    sign_in(reader, "committee")
    seen(reader)
    follow(reader, ".doors a:text-is('Appel à projets 2025')")
    seen(reader)
    with reader.expect_download() as started:
        reader.locator("a[href$='.pb']").click()
    file = tmp_path / "ballots.pb"
    started.value.save_as(file)
    text = file.read_text(encoding="utf-8")
    assert text.startswith("META")
    assert "VOTES" in text


def test_the_auditor_goes_from_a_figure_to_its_paper_in_three_clicks(reader: Page, seen: Check) -> None:
    sign_in(reader, "auditor")
    follow(reader, ".doors a[href$='/books/']")
    seen(reader)
    follow(reader, "tbody a[href*='/books/accounts/512/']")
    seen(reader)
    follow(reader, "tbody a[href*='/books/entries/']")
    seen(reader)
    follow(reader, "dd a[href*='/books/papers/']")
    seen(reader)
    assert reader.locator(".lede strong").count() == 1
    assert reader.locator("main form, main button").count() == 0, "an auditor reads and acts on nothing"


def test_a_computed_amount_of_the_books_ends_in_sentences(reader: Page, seen: Check) -> None:
    sign_in(reader, "treasurer")
    follow(reader, ".doors a[href$='/books/']")
    follow(reader, "tbody a[href*='/books/accounts/7561/']")
    follow(reader, "tbody a[href*='/books/entries/']")
    follow(reader, "dd a[href*='/books/papers/']")
    seen(reader)
    assert reader.locator("ol.steps li").count() >= 2
