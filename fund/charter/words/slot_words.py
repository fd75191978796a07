"""Any slot and any value of a charter in words, with its unit: for tables and comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from fund.charter.faults import Language
from fund.charter.rules import FixedLimit, ShareOf
from fund.charter.words.grammar_words import CLASSES, SLOTS, WORDS
from fund.charter.words.known_words import category_words, figure_words
from fund.charter.words.numbers_in_words import amount, day, months, plain, rate
from ledger.money import Unit

_AMOUNTS = frozenset({"minor", "no_return_up_to", "floor_per_point"})
_RATES = frozenset({"rate", "share", "aid_ceiling", "majority", "decay", "ceiling"})
_FREE_TEXT = frozenset(
    {"title", "version", "summary", "name", "evidence", "legal_basis", "unit", "method", "kind", "sources"}
)
_OF = {
    "allocation": ("de l’allocation", "of the allocation"),
    "other_aid": ("des aides déjà versées", "of the aid already paid"),
    "gross": ("des recettes brutes", "of gross receipts"),
    "contribution": ("de sa contribution", "of its contribution"),
}


def said(words: Mapping[str, tuple[str, str]], name: str, language: Language) -> str:
    """A word of one of these tables; one that is not in it stands as it is written."""
    return words.get(name, (name, name))[0 if language == "fr" else 1]


def slot_word(slot: str, language: Language) -> str:
    """What a slot is called."""
    return said(SLOTS, slot, language)


def key_words(key: Any, language: Language) -> str:
    """What one line of a table is called: a slot, a kind of fact, a kind and a level."""
    parts = [part for part in (key if isinstance(key, tuple) else (key,)) if part is not None]
    return " ".join(said(SLOTS, said(WORDS, str(part), language), language) for part in parts)


def value_words(slot: str, value: Any, unit: Unit, language: Language, *, counted: bool = False) -> str:
    """A value of a slot as a person reads it, with its unit; a value that is an article is told slot by slot.

    `counted` says that a declared figure is no money: jobs, not euros.
    """
    match value:
        case None:
            return ("aucun", "none")[language == "en"]
        case bool():
            return {"fr": ("non", "oui"), "en": ("no", "yes")}[language][value]
        case date():
            return day(value, language)
        case FixedLimit():
            return amount(value.minor, unit, language)
        case ShareOf():
            return f"{rate(value.rate, language)} {said(_OF, value.of, language)}"
        case Unit():
            return value.code
        case int() | Fraction():
            if counted and slot == "up_to_minor":
                return plain(Fraction(value, 10**unit.scale), language)
            return _number(slot, value, unit, language)
        case str():
            return _text(slot, value, language)
        case frozenset():
            return value_words(slot, tuple(sorted(value)), unit, language)
        case tuple():
            told = [value_words(slot, each, unit, language, counted=counted) for each in value]
            return ", ".join(told) or value_words(slot, None, unit, language)
        case Mapping():
            return ", ".join(
                f"{key_words(name, language)} {value_words(slot, each, unit, language)}" for name, each in value.items()
            )
    return _whole(value, unit, language, counted=counted)


def _number(slot: str, value: int | Fraction, unit: Unit, language: Language) -> str:
    if slot.endswith("_minor") or slot in _AMOUNTS:
        return amount(value, unit, language)
    if slot.endswith("_months"):
        return months(int(value), language)
    if slot.endswith("_days"):
        return f"{value} {_plural(value, language)}"
    if slot in _RATES or (slot == "least" and isinstance(value, Fraction)):
        return rate(value, language)
    return plain(value, language)


def _plural(days: int | Fraction, language: Language) -> str:
    ending = "s" if days > 1 or (language == "en" and days != 1) else ""
    return f"{('jour', 'day')[language == 'en']}{ending}"


def _text(slot: str, value: str, language: Language) -> str:
    if slot in _FREE_TEXT and value != "made-up" and not (slot == "unit" and value in WORDS):
        return f"« {value} »" if language == "fr" else f"“{value}”"
    if slot == "categories":
        return category_words(value, language)
    if slot == "declared":
        return figure_words(value, language)
    return said(WORDS, value, language)


def _whole(value: Any, unit: Unit, language: Language, *, counted: bool) -> str:
    """A value with slots of its own: what it is, then each slot that says something; sources are told apart."""
    if not is_dataclass(value):
        return str(value)
    told = [said(CLASSES, type(value).__name__, language)]
    counted = counted or getattr(value, "counted", False)
    for field in fields(value):
        held = getattr(value, field.name)
        if field.name == "sources" or held is None or held is False or held == ():
            continue
        words = value_words(field.name, held, unit, language, counted=counted)
        told.append(f"{slot_word(field.name, language)} {words}")
    colon = "\u00a0: " if language == "fr" else ": "
    return f"{told[0]}{colon}{', '.join(told[1:])}" if told[0] and told[1:] else ", ".join(filter(None, told))
