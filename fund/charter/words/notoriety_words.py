"""The field's words for notoriety: kinds of facts, levels, who is credited, public levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from fund.charter.notoriety.grammar import FactKind, Level, PublicLevel

Language = Literal["fr", "en"]

KINDS: Mapping[FactKind, tuple[str, str]] = {
    "performance": ("représentation", "performance"),
    "town": ("commune touchée", "town reached"),
    "press": ("article de presse", "press article"),
    "broadcast": ("diffusion à la radio, à la télévision ou en ligne", "broadcast on radio, television or online"),
    "prize": ("prix", "prize"),
    "invitation": ("invitation", "invitation"),
}
LEVELS: Mapping[Level, tuple[str, str]] = {
    "local": ("local", "local"),
    "regional": ("régional", "regional"),
    "national": ("national", "national"),
    "international": ("international", "international"),
}
PUBLIC_LEVELS: Mapping[PublicLevel, tuple[str, str]] = {
    "european-union": ("Union européenne", "European Union"),
    "state": ("État", "State"),
    "region": ("région", "region"),
    "department": ("département", "department"),
    "agglomeration": ("agglomération", "agglomeration"),
    "intercommunality": ("communauté de communes", "communauté de communes"),
    "commune": ("commune", "commune"),
    "other": ("autres", "others"),
}


def kind_words(kind: FactKind, language: Language) -> str:
    """A kind of fact in words."""
    return KINDS[kind][0 if language == "fr" else 1]


def level_words(level: Level, language: Language) -> str:
    """A level in words."""
    return LEVELS[level][0 if language == "fr" else 1]


def public_level_words(level: PublicLevel, language: Language) -> str:
    """A public level in words."""
    return PUBLIC_LEVELS[level][0 if language == "fr" else 1]
