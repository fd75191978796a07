"""The field's words for what charters name most: categories, declared figures, parties of a sharing."""

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
    "jobs": ("nombre d’emplois", "number of jobs"),
}
_PARTIES: Mapping[str, tuple[str, str]] = {
    "fund": ("le fonds", "the fund"),
    "reserve": ("la réserve", "the reserve"),
    "company": ("la compagnie", "the company"),
    "producer": ("le producteur", "the producer"),
    "investors": ("les investisseurs", "the investors"),
    "member": ("membre", "member"),
    "members": ("les membres", "the members"),
    "recipient": ("bénéficiaire", "recipient"),
}


def category_words(category: str, language: Language) -> str:
    """A category in words; one that a charter made up stands as it is written."""
    return _said(_CATEGORIES, category, language)


def figure_words(figure: str, language: Language) -> str:
    """A declared figure in words; one that a charter made up stands as it is written."""
    return _said(_FIGURES, figure, language)


def party_words(party: str, language: Language) -> str:
    """A party of a sharing in words: `member:M02` is member M02."""
    kind, _, code = party.partition(":")
    return f"{_said(_PARTIES, kind, language)} {code}".rstrip()


def _said(words: Mapping[str, tuple[str, str]], name: str, language: Language) -> str:
    french, english = words.get(name, (name, name))
    return french if language == "fr" else english
