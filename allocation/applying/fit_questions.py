"""The preliminary questions before a cooperation, with their answers, in both languages. Plain Python.

They are the report's: is there a shared ground; is the cooperation a choice, a necessity or an injunction; which
synergies are expected, and do the resources complement each other. They are read side by side and never scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

Words = tuple[str, str]

_SHARED: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "shared": ("partagé", "shared"),
        "partly": ("partagé en partie", "shared in part"),
        "not-shared": ("pas partagé", "not shared"),
        "unknown": ("on ne sait pas encore", "not known yet"),
    }
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the heading under which it stands, and its answers by code."""

    code: str
    heading: Words
    text: Words
    choices: Mapping[str, Words]

    def text_in(self, language: str) -> str:
        """The question."""
        return self.text[0 if language == "fr" else 1]

    def heading_in(self, language: str) -> str:
        """Its heading."""
        return self.heading[0 if language == "fr" else 1]

    def choice_in(self, choice: str, language: str) -> str:
        """An answer in words."""
        return self.choices[choice][0 if language == "fr" else 1]


_GROUND = ("Un socle commun", "A shared ground")
_ORIGIN = ("Pourquoi coopérer", "Why cooperate")
_SYNERGIES = ("Ce que la coopération apporte", "What the cooperation brings")

QUESTIONS: Final[tuple[Question, ...]] = (
    Question("values", _GROUND, ("Les valeurs", "Values"), _SHARED),
    Question("practices", _GROUND, ("Les pratiques de travail", "Ways of working"), _SHARED),
    Question("aesthetics", _GROUND, ("L’esthétique", "Aesthetics"), _SHARED),
    Question("territory", _GROUND, ("Le territoire et les publics", "Territory and audiences"), _SHARED),
    Question(
        "origin",
        _ORIGIN,
        (
            "Cette coopération est-elle un choix, une nécessité ou une injonction ?",
            "Is this cooperation a choice, a necessity or an injunction?",
        ),
        {
            "choice": ("un choix", "a choice"),
            "necessity": ("une nécessité", "a necessity"),
            "injunction": ("une injonction", "an injunction"),
            "unknown": ("on ne sait pas encore", "not known yet"),
        },
    ),
    Question(
        "synergy",
        _SYNERGIES,
        ("Quelle synergie attend-on d’abord ?", "Which synergy is expected first?"),
        {
            "means": ("des moyens mis en commun", "means put together"),
            "skills": ("des compétences", "skills"),
            "touring": ("de la diffusion et des publics", "touring and audiences"),
            "risks": ("des risques partagés", "shared risks"),
            "receipts": ("des recettes partagées", "shared receipts"),
            "recognition": ("de la notoriété", "recognition"),
            "unknown": ("on ne sait pas encore", "not known yet"),
        },
    ),
    Question(
        "complementarity",
        _SYNERGIES,
        ("Les ressources des uns et des autres se complètent-elles ?", "Do the resources complement each other?"),
        {
            "complementary": ("elles se complètent", "they complement each other"),
            "partly": ("en partie", "in part"),
            "alike": ("elles se ressemblent", "they are alike"),
            "unknown": ("on ne sait pas encore", "not known yet"),
        },
    ),
)
BY_CODE: Final[Mapping[str, Question]] = {question.code: question for question in QUESTIONS}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one party says to one question; `party` is empty for the company."""

    party: str
    name: str
    choice: str
    why: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A question with everybody's answers, the company first, and where they differ, named."""

    question: Question
    answers: tuple[Answer, ...]

    @property
    def differs(self) -> bool:
        """Whether two of those who answered say different things."""
        return len({answer.choice for answer in self.answers}) > 1

    def difference(self, language: str) -> str:
        """Who says what, each answer once, in one sentence; nothing where they agree."""
        if not self.differs:
            return ""
        by_choice: dict[str, list[str]] = {}
        for answer in self.answers:
            by_choice.setdefault(answer.choice, []).append(answer.name)
        colon, end = (" : ", " ; ") if language == "fr" else (": ", "; ")
        return end.join(
            f"{_joined(names, language)}{colon}{self.question.choice_in(choice, language)}"
            for choice, names in by_choice.items()
        )


def _joined(names: Iterable[str], language: str) -> str:
    *first, last = names
    link = " et " if language == "fr" else " and "
    return f"{', '.join(first)}{link}{last}" if first else last


def side_by_side(answers: Mapping[str, Iterable[Answer]]) -> tuple[SideBySide, ...]:
    """Every question with the answers given to it, by its code; one that nobody answered has none."""
    return tuple(SideBySide(question, tuple(answers.get(question.code, ()))) for question in QUESTIONS)
