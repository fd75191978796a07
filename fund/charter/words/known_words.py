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
_COSTS: Mapping[str, tuple[str, str]] = {
    "distribution_commission": ("la commission de distribution", "the distribution commission"),
    "financing_plan": ("les recettes déjà comptées au plan de financement", "receipts already in the financing plan"),
    "print": ("les frais de copies et de versions", "the costs of prints and versions"),
    "launch": ("les frais de lancement", "launch costs"),
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


_ACCENTED: Mapping[str, str] = {
    "apres": "après",
    "benefice": "bénéfice",
    "boite": "boîte",
    "deficit": "déficit",
    "excedent": "excédent",
    "premiere": "première",
    "prelevement": "prélèvement",
    "recuperation": "récupération",
    "regie": "régie",
    "reserve": "réserve",
    "verrouillee": "verrouillée",
}
"""Names of articles are written without accents; these words get theirs back when they are said."""


def spoken(name: str) -> str:
    """An article's name as it is said: `droit de suite`, `après récupération`."""
    told = " ".join(_ACCENTED.get(word, word) for word in name.split("-"))
    return told.replace("savoir faire", "savoir-faire")


def quoted(name: str, language: Language) -> str:
    """An article's name in the quotes of the language."""
    return f"« {spoken(name)} »" if language == "fr" else f"“{spoken(name)}”"


def category_words(category: str, language: Language) -> str:
    """A category in words; one that a charter made up stands as it is written."""
    return _said(_CATEGORIES, category, language)


def figure_words(figure: str, language: Language) -> str:
    """A declared figure in words; one that a charter made up is spelled out as it is written."""
    return _said(_FIGURES, figure, language).replace("_", " ")


def cost_words(kind: str, language: Language) -> str:
    """A cost that may come off in words; one that a charter made up stands in quotes, as it is written."""
    written = (f"« {kind} »", f"“{kind}”")
    return _COSTS.get(kind, written)[0 if language == "fr" else 1]


def cost_name(kind: str, language: Language) -> str:
    """A cost in words without quotes, for a sentence that has its own."""
    return _said(_COSTS, kind, language)


def party_words(party: str, language: Language) -> str:
    """A party of a sharing in words: `member:M02` is member M02."""
    kind, _, code = party.partition(":")
    return f"{_said(_PARTIES, kind, language)} {code}".rstrip()


def _said(words: Mapping[str, tuple[str, str]], name: str, language: Language) -> str:
    french, english = words.get(name, (name, name))
    return french if language == "fr" else english
