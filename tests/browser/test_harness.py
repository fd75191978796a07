"""The checks that every page passes do notice a bad page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

BAD = """<!doctype html><html><head><title></title><style>p { color: #eee }</style>
<script src="https://elsewhere.example/x.js"></script></head><body><img src="/dot.png"><p>pale</p></body></html>"""
POLICY = {"Content-Security-Policy": "default-src 'self'", "Content-Type": "text/html"}


@pytest.fixture(scope="session")
def site() -> str:
    """No server: each test answers for it."""
    return "http://site.example"


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["with scripts", "without"])
def test_a_bad_page_is_noticed(options: dict, new_page: Callable, faults: dict, check: Callable) -> None:
    page: Page = new_page(**options)

    def answer(route: Route) -> None:
        if route.request.url.endswith("/bad"):
            route.fulfill(status=200, headers=POLICY, body=BAD)
        else:
            route.fulfill(status=404)

    page.route("**/*", answer)
    page.goto("/bad")
    with pytest.raises(AssertionError) as noticed:
        check(page)
    said = str(noticed.value)
    assert "console: Applying inline style violates" in said
    if options.get("java_script_enabled", True):
        for sign in ("axe html-has-lang", "axe image-alt", "axe document-title", "policy: style-src"):
            assert sign in said
    assert not faults


def test_a_page_closed_unchecked_fails(new_page: Callable, faults: dict) -> None:
    page: Page = new_page()
    page.route("**/*", lambda route: route.fulfill(status=200, content_type="text/html", body="<p>plain</p>"))
    page.goto("/")
    page.evaluate("console.error('unseen')")
    assert faults.pop(page) == ["console: unseen"]
