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


class NothingToTell(CharterError):
    """There is no such event, rule or party to tell an amount of."""

    code = "nothing_to_tell"

    def __init__(self, *, what: str, name: str, known: Sequence[str]) -> None:
        self.what, self.name, self.known = what, name, tuple(known)
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people, with what there is."""
        name, known = self.name[:60], ", ".join(self.known[:40])
        return {
            "event": {
                "fr": f"Les faits n’ont pas d’événement {name}. Événements : {known or 'aucun'}.",
                "en": f"The facts have no event {name}. Events: {known or 'none'}.",
            },
            "rule": {
                "fr": f"Aucune règle ne s’appelle « {name} ». Règles : {known or 'aucune'}.",
                "en": f"No rule is called “{name}”. Rules: {known or 'none'}.",
            },
            "party": {
                "fr": f"Personne ne s’appelle « {name} » ici. Parties : {known or 'aucune'}.",
                "en": f"Nobody is called “{name}” here. Parties: {known or 'none'}.",
            },
            "reading": {
                "fr": f"Aucune de ces règles ne lit ce genre d’événement ({name}) : {known or 'aucune'}.",
                "en": f"None of these rules reads that kind of event ({name}): {known or 'none'}.",
            },
        }[self.what][language]


class TraceInvalid(CharterError):
    """The text is no answer of `charter run --json`."""

    code = "trace_invalid"

    def __init__(self, *, where: str, why: str) -> None:
        self.where, self.why = where, why
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people, with the place."""
        whys = {
            "large": ("le fichier est trop grand", "the file is too large"),
            "json": ("ce n’est pas un texte JSON lisible", "this is no JSON text that can be read"),
            "object": ("il faut ici un objet", "an object is needed here"),
            "list": ("il faut ici une liste", "a list is needed here"),
            "text": ("il faut ici un texte", "a text is needed here"),
            "number": ("les étapes d’une série se comptent 0, 1, 2 …", "the steps of a series count 0, 1, 2 …"),
            "step": (
                "ce n’est pas une étape telle que `charter run --json` l’écrit",
                "this is no step as `charter run --json` writes it",
            ),
            "amount": (
                "il faut ici un montant écrit en texte, comme 12.50",
                "an amount as text is needed here, like 12.50",
            ),
        }
        why = whys[self.why][0 if language == "fr" else 1]
        place = f"{self.where[:80]} : " if language == "fr" else f"{self.where[:80]}: "
        return f"{place if self.where else ''}{why}."


class StepDoesNotFollow(CharterError):
    """A step of a trace is not what its operands give."""

    code = "step_does_not_follow"

    def __init__(self, *, at: int, article: str, kind: str, written: str) -> None:
        self.at, self.article, self.kind, self.written = at, article, kind, written
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people, with the first such step."""
        step, written = f"trace[{self.at}] ({self.article[:60]}, {self.kind[:40]})", self.written[:60]
        return {
            "fr": f"{step} : {written} ne découle pas de ce qui précède. Les étapes d’avant sont justes.",
            "en": f"{step}: {written} does not follow from what comes before. The steps before it are right.",
        }[language]


class AmountUnproven(CharterError):
    """The steps of a trace do not give an amount of its answer."""

    code = "amount_unproven"

    def __init__(self, *, name: str, written: str) -> None:
        self.name, self.written = name, written
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people, with the first such amount."""
        name, written = self.name[:80], self.written[:60]
        if not written:
            return {
                "fr": f"{name} : les étapes donnent un montant que la réponse ne dit pas.",
                "en": f"{name}: the steps give an amount that the answer does not say.",
            }[language]
        return {
            "fr": f"{name} : les étapes ne donnent pas {written}.",
            "en": f"{name}: the steps do not give {written}.",
        }[language]
