"""The field's words for what charters name most: categories of members, and figures that they declare."""

from __future__ import annotations

from collections.abc import Mapping

from fund.charter.faults import Language

_CATEGORIES: Mapping[str, tuple[str, str]] = {
    "venue": ("lieu", "venue"),
    "company": ("compagnie", "company"),
    "agency": ("agence", "agency"),
    "festival": ("festival", "festival"),
    "sponsor": ("mécène", "sponsor"),
    "public-funder": ("financeur public", "public funder"),
}
_FIGURES: Mapping[str, tuple[str, str]] = {
    "annual_production_budget": ("budget annuel de production", "annual production budget"),
}


def category_words(category: str, language: Language) -> str:
    """A category in words; one that a charter made up stands as it is written."""
    return _said(_CATEGORIES, category, language)


def figure_words(figure: str, language: Language) -> str:
    """A declared figure in words; one that a charter made up stands as it is written."""
    return _said(_FIGURES, figure, language)


def _said(words: Mapping[str, tuple[str, str]], name: str, language: Language) -> str:
    french, english = words.get(name, (name, name))
    return french if language == "fr" else english
