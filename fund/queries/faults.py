"""The faults of a text that is no charter, as a person mends them: line, article, what is wrong, how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fund.charter.faults import Fault, Language

_SECTIONS = {
    "charter": ("En-tête", "Head"),
    "contributions": ("Contribution", "Contribution"),
    "gates": ("Conditions d’accès", "Gates"),
    "governance": ("Gouvernance", "Governance"),
    "tranches": ("Tranche", "Tranche"),
    "returns": ("Retour", "Return"),
    "risks": ("Risque", "Risk"),
    "notoriety": ("Notoriété", "Notoriety"),
}
_PLACE = re.compile(r"(?P<section>[a-z]+)(\[(?P<at>\d+)\])?(\.(?P<slot>.*))?")


@dataclass(frozen=True, slots=True)
class FaultInWords:
    """One fault; `line` is None where the text cannot be read at all."""

    line: int | None
    article: str
    slot: str
    what: str
    mend: str


def in_words(faults: Iterable[Fault], language: Language) -> tuple[FaultInWords, ...]:
    """The faults in the reader's language, in their order."""
    return tuple(_in_words(fault, language) for fault in faults)


def _in_words(fault: Fault, language: Language) -> FaultInWords:
    article, slot = _article(fault.where, language)
    return FaultInWords(fault.line, article, slot, fault.what(language), fault.mend(language))


def _article(where: str, language: Language) -> tuple[str, str]:
    """The article that a place belongs to, and the slot in it: `returns[0].rate` is the first return's rate."""
    place = _PLACE.fullmatch(where)
    if place is None or place["section"] not in _SECTIONS:
        return "", where
    name = _SECTIONS[place["section"]][0 if language == "fr" else 1]
    return f"{name} {int(place['at']) + 1}" if place["at"] else name, place["slot"] or ""
