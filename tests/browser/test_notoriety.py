"""Recognition from the public page to a contest that is decided: a company declares, a member contests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.steps import APPEARANCES, fits, follow, sign_in, text_of

NewPage = Callable[..., Page]
Check = Callable[[Page], None]


@pytest.fixture
def seen(check: Check) -> Check:
    """Check the page as it stands, and that it fits its window."""

    def see(page: Page) -> None:
        check(page)
        assert fits(page), page.url

    return see


@pytest.mark.parametrize("options", APPEARANCES.values(), ids=APPEARANCES.keys())
def test_the_public_reads_what_recognition_the_projects_brought(
    options: dict[str, Any], new_page: NewPage, seen: Check
) -> None:
    reader = new_page(**options)
    reader.goto("/")
    follow(reader, ".doors a")
    follow(reader, ".fundbar a[href$='/notoriety/']")
    seen(reader)
    points = text_of(reader, ".lede strong")
    assert points.startswith("330")
    assert reader.locator("main table").count() == 4
    follow(reader, "main tbody a[href$='/notoriety/']")
    seen(reader)
    follow(reader, ".papers a[href$='/credits']")
    seen(reader)
    assert text_of(reader, ".lede").startswith("Production déléguée")


@pytest.mark.parametrize("options", APPEARANCES.values(), ids=APPEARANCES.keys())
def test_a_company_declares_a_member_contests_and_the_administrator_decides(
    options: dict[str, Any], new_page: NewPage, own_site: str, seen: Check
) -> None:
    artist = new_page(site=own_site, **options)
    sign_in(artist, "artist")
    artist.goto("/cote-d-argent/projects/P01/notoriety/")
    follow(artist, ".papers a[href$='/declare']")
    seen(artist)
    artist.locator("#id_level").select_option("national")
    artist.locator("#id_on").fill("2026-01-09")
    artist.locator("#id_evidence").fill("Le Journal des estrans (fictif), page 2")
    artist.locator("main form .button").click()
    artist.wait_for_url("**/notoriety/")
    seen(artist)
    assert artist.locator("[role=status]").count() == 1
    assert "Le Journal des estrans (fictif)" in text_of(artist, "main tbody tr")

    member = new_page(site=own_site, **options)
    sign_in(member, "member")
    member.goto("/cote-d-argent/projects/P01/notoriety/")
    follow(member, "main a[href*='/contest?fact=']")
    seen(member)
    member.locator("#id_why").fill("Ce journal ne paraît que dans le département.")
    member.locator("main form .button").click()
    member.wait_for_url("**/notoriety/")
    seen(member)

    administrator = new_page(site=own_site, **options)
    sign_in(administrator, "administrator")
    administrator.goto("/cote-d-argent/notoriety/?year=2026")
    seen(administrator)
    follow(administrator, "main a[href*='/notoriety/contests/']")
    seen(administrator)
    administrator.locator("main form .button").click()
    assert administrator.url.split("/notoriety/contests/")[1], "the browser asks for the decision first"
    administrator.locator("input[value=withdrawn]").check()
    administrator.locator("#id_why").fill("Vérifié auprès du journal.")
    administrator.locator("main form .button").click()
    administrator.wait_for_url("**/projects/P01/notoriety/")
    seen(administrator)
    administrator.goto("/cote-d-argent/notoriety/2026/adopt")
    seen(administrator)
    assert administrator.locator("#id_on").input_value(), "the day of the adoption is today unless another is given"
