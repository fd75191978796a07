"""What the rules of notoriety refuse, by name, with the figures."""

from __future__ import annotations

from datetime import date

from fund.charter.faults import CharterError, Language
from fund.charter.notoriety.grammar import FactKind, Level
from fund.charter.words.notoriety_words import kind_words, level_words


class FactNotInTable(CharterError):
    """The charter's table gives no points to such a fact."""

    code = "fact_not_in_table"

    def __init__(self, *, reference: str, kind: FactKind, level: Level) -> None:
        self.reference, self.kind, self.level = reference, kind, level
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people."""
        kind, level = kind_words(self.kind, language), level_words(self.level, language)
        return {
            "fr": f"« {self.reference[:60]} » : le barème de la charte ne donne pas de points pour « {kind} » "
            f"au niveau « {level} ».",
            "en": f"“{self.reference[:60]}”: the charter’s table gives no points for “{kind}” at the level “{level}”.",
        }[language]


class EvidenceMissing(CharterError):
    """A fact says nothing of where it can be checked."""

    code = "notoriety_evidence_missing"

    def __init__(self, *, reference: str) -> None:
        self.reference = reference
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people."""
        return {
            "fr": f"« {self.reference[:60]} » n’a pas de pièce : donnez un document daté ou une adresse.",
            "en": f"“{self.reference[:60]}” has no evidence: give a dated document or an address.",
        }[language]


class TownMissing(CharterError):
    """A town is reached, and the fact does not say which."""

    code = "notoriety_town_missing"

    def __init__(self, *, reference: str) -> None:
        self.reference = reference
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people."""
        return {
            "fr": f"« {self.reference[:60]} » ne dit pas quelle commune est touchée : nommez-la.",
            "en": f"“{self.reference[:60]}” does not say which town was reached: name it.",
        }[language]


class FactDeclaredEarly(CharterError):
    """A fact is declared before it takes place."""

    code = "notoriety_fact_declared_early"

    def __init__(self, *, reference: str, on: date, declared_on: date) -> None:
        self.reference, self.on, self.declared_on = reference, on, declared_on
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people."""
        return {
            "fr": f"« {self.reference[:60]} » a lieu le {self.on.isoformat()} et ne peut pas être déclaré dès le "
            f"{self.declared_on.isoformat()}.",
            "en": f"“{self.reference[:60]}” takes place on {self.on.isoformat()} and cannot be declared as early as "
            f"{self.declared_on.isoformat()}.",
        }[language]


class FactTwice(CharterError):
    """Two facts bear one reference."""

    code = "notoriety_fact_twice"

    def __init__(self, *, reference: str) -> None:
        self.reference = reference
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people."""
        return {
            "fr": f"Deux faits portent la référence « {self.reference[:60]} » ; lequel compte ?",
            "en": f"Two facts bear the reference “{self.reference[:60]}”; which one counts?",
        }[language]


class ContestTooLate(CharterError):
    """The delay to contest a fact is over."""

    code = "contest_too_late"

    def __init__(self, *, reference: str, on: date, last_day: date) -> None:
        self.reference, self.on, self.last_day = reference, on, last_day
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people."""
        return {
            "fr": f"« {self.reference[:60]} » pouvait être contesté jusqu’au {self.last_day.isoformat()} compris ; "
            f"nous sommes le {self.on.isoformat()}.",
            "en": f"“{self.reference[:60]}” could be contested up to and including {self.last_day.isoformat()}; "
            f"this contest is of {self.on.isoformat()}.",
        }[language]


class ContestTooEarly(CharterError):
    """A contest is older than the fact's declaration."""

    code = "contest_too_early"

    def __init__(self, *, reference: str, on: date, declared_on: date) -> None:
        self.reference, self.on, self.declared_on = reference, on, declared_on
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people."""
        return {
            "fr": f"« {self.reference[:60]} » est déclaré le {self.declared_on.isoformat()} ; "
            f"il ne peut pas être contesté dès le {self.on.isoformat()}.",
            "en": f"“{self.reference[:60]}” is declared on {self.declared_on.isoformat()}; "
            f"it cannot be contested as early as {self.on.isoformat()}.",
        }[language]


class ResolutionTooEarly(CharterError):
    """A contest is settled before it was made."""

    code = "contest_resolution_too_early"

    def __init__(self, *, reference: str, on: date, contested_on: date) -> None:
        self.reference, self.on, self.contested_on = reference, on, contested_on
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people."""
        return {
            "fr": f"« {self.reference[:60]} » est contesté le {self.contested_on.isoformat()} ; "
            f"la contestation ne peut pas être réglée dès le {self.on.isoformat()}.",
            "en": f"“{self.reference[:60]}” is contested on {self.contested_on.isoformat()}; "
            f"the contest cannot be settled as early as {self.on.isoformat()}.",
        }[language]


class ContestOfAnother(CharterError):
    """A contest, or its correction, is about a fact that is not there."""

    code = "contest_of_another"

    def __init__(self, *, reference: str) -> None:
        self.reference = reference
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """The refusal for people."""
        return {
            "fr": f"La contestation, ou sa correction, parle de « {self.reference[:60]} », qui n’est pas le fait.",
            "en": f"The contest, or its correction, speaks of “{self.reference[:60]}”, which is not the fact.",
        }[language]
