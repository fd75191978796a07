"""Charters to read: the versions of a fund, and those that come with the product."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from fund import roles
from fund.charter.shipped import shipped_names, shipped_text
from fund.models import Fund
from fund.queries.rules import version_in_words
from fund.queries.shipped_charters import shipped_in_a_line, shipped_in_words
from fund.web.access import SeatedRequest
from fund.web.pages import language_of_page, show, text_file


def version(request: SeatedRequest, fund: Fund, number: int) -> HttpResponse:
    """One version of the charter: its articles, and the decision that adopted it."""
    facts = version_in_words(fund, number, language_of_page())
    if facts is None:
        raise Http404
    sees_drafts = roles.may_see_drafts(request.seats, fund.slug)
    return show(request, "charters/version.html", {"facts": facts, "sees_drafts": sees_drafts}, fund=fund)


def version_file(_request: SeatedRequest, fund: Fund, number: int) -> HttpResponse:
    """The text of a version, byte for byte as it was adopted."""
    facts = version_in_words(fund, number, language_of_page())
    if facts is None:
        raise Http404
    return text_file(facts.text, f"{fund.slug}-charter-{number}.toml")


def shipped(request: SeatedRequest) -> HttpResponse:
    """The charters that come with the product, one line each."""
    return show(request, "charters/shipped.html", {"charters": shipped_in_a_line()})


def shipped_charter(request: SeatedRequest, name: str) -> HttpResponse:
    """One of them: its articles, its sources, and a small example."""
    if name not in shipped_names():
        raise Http404
    return show(request, "charters/shipped_charter.html", {"facts": shipped_in_words(name, language_of_page())})


def shipped_file(_request: SeatedRequest, name: str) -> HttpResponse:
    """The text of one of them."""
    if name not in shipped_names():
        raise Http404
    return text_file(shipped_text(name).decode(), f"{name}.toml")
