"""What is wrong with a charter or with facts: where, why, and how to mend it, in French and in English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from fund.charter.words.fault_sentences import MENDS, WHATS

Language: TypeAlias = Literal["fr", "en"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a stable code, the place (`returns[0].rate`), the line when it is known."""

    code: str
    where: str
    line: int | None = None
    about: tuple[tuple[str, str], ...] = ()

    def what(self, language: Language = "en") -> str:
        """What is wrong, in one sentence with its figures."""
        return WHATS[self.code][language].format(where=self.where, **dict(self.about))

    def mend(self, language: Language = "en") -> str:
        """How to put it right."""
        return MENDS[self.code][language].format(where=self.where, **dict(self.about))

    def sentence(self, language: Language = "en") -> str:
        """Line, place, what and mend on one line."""
        words = {"fr": "ligne", "en": "line"}
        place = ", ".join(part for part in (f"{words[language]} {self.line}" if self.line else "", self.where) if part)
        return f"{place}: {self.what(language)} {self.mend(language)}".removeprefix(": ")

    def __str__(self) -> str:
        return self.sentence()


class CharterError(Exception):
    """The charter engine refuses; `code` is stable, `sentence` is for people."""

    code = "charter_error"

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people."""
        raise NotImplementedError


class _Faulty(CharterError):
    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """Every fault on its own line."""
        return "\n".join(fault.sentence(language) for fault in self.faults)


class CharterInvalid(_Faulty):
    """The text is no charter; `faults` names everything that is wrong with it."""

    code = "charter_invalid"


class FactsInvalid(_Faulty):
    """The facts cannot be read; `faults` names everything that is wrong with them."""

    code = "facts_invalid"


class FactsMissing(_Faulty):
    """The charter needs facts that have no default and were not given; `faults` names each."""

    code = "facts_missing"


class KeyChanged(CharterError):
    """What was shared before does not fit the present key."""

    code = "key_changed"

    def __init__(self, *, key: str) -> None:
        self.key = key
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people."""
        return {
            "fr": f"« {self.key} » : ce qui a déjà été partagé ne suit pas la clé d’aujourd’hui. "
            "Si la clé a changé, donnez ce montant dans `shared_before` et ne partagez que le reste.",
            "en": f"“{self.key}”: what was shared before does not follow the present key. "
            "If the key has changed, give that amount as `shared_before` and share only the rest.",
        }[language]


class CharterUnknown(CharterError):
    """No shipped charter has this name."""

    code = "charter_unknown"

    def __init__(self, *, name: str, shipped: Sequence[str]) -> None:
        self.name, self.shipped = name, tuple(shipped)
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people."""
        names = ", ".join(self.shipped)
        return {
            "fr": f"« {self.name[:60]} » n’est ni un fichier ni une charte livrée. Chartes livrées : {names}.",
            "en": f"“{self.name[:60]}” is neither a file nor a shipped charter. Shipped charters: {names}.",
        }[language]
