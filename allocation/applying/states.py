"""What may be done to an application in each of its states, and the words that each side reads for them.

Two vocabularies, one for each side: the committee reads the states, the company reads a status. A status says what
the company has to do and what was decided about it, never how far the committee is with whom. Plain Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

DRAFT, FILED, RETURNED, COMPLETE = "draft", "filed", "returned", "complete"
ADMITTED, INADMISSIBLE, WITHDRAWN = "admitted", "inadmissible", "withdrawn"
STATES: Final = (DRAFT, FILED, RETURNED, COMPLETE, ADMITTED, INADMISSIBLE, WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states an act is possible, to which state it leads (None: the state stays), and who does it."""

    sources: frozenset[str]
    target: str | None
    by_company: bool = False


ACTS: Final[Mapping[str, Transition]] = MappingProxyType(
    {
        "save": Transition(frozenset({DRAFT, FILED, RETURNED}), None, by_company=True),
        "file": Transition(frozenset({DRAFT, FILED, RETURNED}), FILED, by_company=True),
        "withdraw": Transition(frozenset({DRAFT, FILED, RETURNED, COMPLETE, ADMITTED}), WITHDRAWN, by_company=True),
        "return": Transition(frozenset({FILED, COMPLETE}), RETURNED),
        "complete": Transition(frozenset({FILED}), COMPLETE),
        "admit": Transition(frozenset({COMPLETE}), ADMITTED),
        "refuse": Transition(frozenset({FILED, RETURNED, COMPLETE}), INADMISSIBLE),
        "sponsor": Transition(frozenset({DRAFT, FILED, RETURNED, COMPLETE}), None),
        "answer": Transition(frozenset({DRAFT, FILED, RETURNED, COMPLETE, ADMITTED}), None),
    }
)
"""`save` is also what adding and taking out documents is; `answer` is to the preliminary questions.

The company may do the same in `complete` and `admitted`: it cannot tell one from the other.
"""


def may(act: str, state: str) -> bool:
    """Whether an act is possible in a state."""
    return state in ACTS[act].sources


_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    DRAFT: ("brouillon", "draft"),
    FILED: ("déposé, pas encore examiné", "filed, not looked at"),
    RETURNED: ("renvoyé à compléter", "returned to be completed"),
    COMPLETE: ("complet, en instruction", "complete, in instruction"),
    ADMITTED: ("admis au vote", "admitted to the vote"),
    INADMISSIBLE: ("non recevable", "not eligible"),
    WITHDRAWN: ("retiré", "withdrawn"),
}

_STATUSES: Final[Mapping[str, tuple[str, str]]] = {
    "draft": ("brouillon", "draft"),
    "filed": ("déposé", "filed"),
    "to-complete": ("à compléter", "to be completed"),
    "examined": ("en instruction", "being examined"),
    "supported": ("décision rendue : soutenu", "decision made: supported"),
    "not-supported": ("décision rendue : non retenu", "decision made: not selected"),
    "withdrawn": ("retiré", "withdrawn"),
}
STATUSES: Final = tuple(_STATUSES)

_STATUS_OF: Final = {
    DRAFT: "draft",
    FILED: "filed",
    RETURNED: "to-complete",
    COMPLETE: "examined",
    ADMITTED: "examined",
    INADMISSIBLE: "not-supported",
    WITHDRAWN: "withdrawn",
}


def status_of(state: str, *, supported: bool | None = None) -> str:
    """What the company is told: `supported` is what was decided about it, None before it is published."""
    if state == ADMITTED and supported is not None:
        return "supported" if supported else "not-supported"
    return _STATUS_OF[state]


def state_words(state: str, language: str) -> str:
    """A state as the committee reads it."""
    return _WORDS[state][0 if language == "fr" else 1]


def status_words(status: str, language: str) -> str:
    """A status as the company reads it."""
    return _STATUSES[status][0 if language == "fr" else 1]


STEPS: Final = ("draft", "filed", "examined", "decided")
_STEPS: Final[Mapping[str, tuple[str, str]]] = {
    "draft": ("Brouillon", "Draft"),
    "filed": ("Déposé", "Filed"),
    "examined": ("En instruction", "Being examined"),
    "decided": ("Décision rendue", "Decision made"),
}


def steps(status: str, language: str) -> tuple[tuple[str, bool], ...]:
    """The road of an application, each step in words, with the one where it stands marked; withdrawn, none is."""
    here = {"to-complete": "filed", "supported": "decided", "not-supported": "decided"}.get(status, status)
    return tuple((_STEPS[step][0 if language == "fr" else 1], step == here) for step in STEPS)
