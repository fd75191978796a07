"""The refusals of the debate: who may speak, when, and what a contribution has to say."""

from __future__ import annotations

from allocation.errors import AllocationError, Inconsistent


class ApplicationNotDebated(AllocationError):
    """A debate is opened on an application that the committee does not look at, or not any more."""

    code = "application_not_debated"
    sentences = {
        "en": "Application {number} is not debated: it is “{state}”, and only complete or admitted ones are.",
        "fr": "Le dossier {number} n'est pas débattu : il est « {state} », et seuls les complets ou admis le sont.",
    }

    def __init__(self, *, number: int, state: str) -> None:
        super().__init__(number=number, state=state)


class DebateMomentsInvalid(Inconsistent):
    """The time box of a debate begins in the past, ends before it begins, or lies too far away."""

    code = "debate_moments_invalid"
    sentences = {
        "en": "The debate cannot run like this: {why}.",
        "fr": "Le débat ne peut pas se tenir ainsi : {why}.",
    }
    whys = {
        "past": {
            "en": "positions are asked until {until}, which is over",
            "fr": "les positions sont demandées jusqu'au {until}, qui est passé",
        },
        "order": {
            "en": "it would close on {closes}, before the positions are shown on {until}",
            "fr": "il fermerait le {closes}, avant que les positions soient montrées le {until}",
        },
        "far": {
            "en": "it would close on {closes}, more than a year from now",
            "fr": "il fermerait le {closes}, dans plus d'un an",
        },
    }

    def __init__(self, *, why: str, until: str, closes: str) -> None:
        super().__init__(why=why, until=until, closes=closes)


class DebateConflict(AllocationError):
    """The debate on an application is open already with other moments."""

    code = "debate_conflict"
    sentences = {
        "en": "The debate on application {number} is open already: positions until {until}, debate until {closes}.",
        "fr": "Le débat sur le dossier {number} est déjà ouvert : positions jusqu'au {until}, débat jusqu'au {closes}.",
    }

    def __init__(self, *, number: int, until: str, closes: str) -> None:
        super().__init__(number=number, until=until, closes=closes)


class DebateOfCommittee(AllocationError):
    """Somebody who does not sit on the committee wants to speak in its debate."""

    code = "debate_of_committee"
    sentences = {
        "en": "Only members of the committee take a position and debate; “{person}” is none on this day.",
        "fr": "Seuls les membres du comité prennent position et débattent ; « {person} » n'en est pas ce jour-là.",
    }

    def __init__(self, *, person: str) -> None:
        super().__init__(person=person[:60])


class DebateOfSecretary(AllocationError):
    """Somebody else than the secretary wants to open or close a debate."""

    code = "debate_of_secretary"
    sentences = {
        "en": "Only the secretary opens and closes a debate; “{person}” is not on this day.",
        "fr": "Seul le secrétariat ouvre et ferme un débat ; « {person} » n'en est pas ce jour-là.",
    }

    def __init__(self, *, person: str) -> None:
        super().__init__(person=person[:60])


class DebateWordUnknown(AllocationError):
    """A stance or a kind of contribution that does not exist."""

    code = "debate_word_unknown"
    sentences = {
        "en": "There is no “{word}” here; choose one of: {known}.",
        "fr": "Il n'y a pas de « {word} » ici ; choisissez parmi : {known}.",
    }

    def __init__(self, *, word: str, known: str) -> None:
        super().__init__(word=word[:60], known=known)


class DebateTextInvalid(Inconsistent):
    """A position, a contribution or a synthesis says nothing, too much, or what cannot be printed."""

    code = "debate_text_invalid"
    sentences = {
        "en": "This text cannot be kept: {why}.",
        "fr": "Ce texte ne peut pas être enregistré : {why}.",
    }
    whys = {
        "empty": {"en": "it says nothing", "fr": "il ne dit rien"},
        "long": {
            "en": "it has {length} characters; {limit} are room enough",
            "fr": "il a {length} caractères ; {limit} suffisent",
        },
        "unprintable": {
            "en": "it holds characters that cannot be printed",
            "fr": "il contient des caractères qui ne s'impriment pas",
        },
    }

    def __init__(self, *, why: str, length: int = 0, limit: int = 0) -> None:
        super().__init__(why=why, length=length, limit=limit)


class PositionsOver(AllocationError):
    """A position comes after the moment until which positions were asked."""

    code = "positions_over"
    sentences = {
        "en": "Positions on application {number} were asked until {until}; they are shown now, and none is added.",
        "fr": "Les positions sur le dossier {number} étaient demandées jusqu'au {until} ; "
        "elles sont montrées et aucune ne s'ajoute.",
    }

    def __init__(self, *, number: int, until: str) -> None:
        super().__init__(number=number, until=until)


class PositionsShown(AllocationError):
    """A position comes after everybody has spoken: it would be taken in knowledge of the others."""

    code = "positions_shown"
    sentences = {
        "en": "Everybody has spoken on application {number} and the positions are shown: none is added, debate now.",
        "fr": "Chacun s'est exprimé sur le dossier {number} et les positions sont montrées : "
        "aucune ne s'ajoute, le débat est ouvert.",
    }

    def __init__(self, *, number: int) -> None:
        super().__init__(number=number)


class PositionTaken(AllocationError):
    """A person takes a second position; the first one stays as it was given."""

    code = "position_taken"
    sentences = {
        "en": "You have taken a position on application {number} already; it stays, and the debate is there for more.",
        "fr": "Vous avez déjà pris position sur le dossier {number} ; elle reste, et le débat permet d'ajouter.",
    }

    def __init__(self, *, number: int) -> None:
        super().__init__(number=number)


class DebateNotBegun(AllocationError):
    """Arguments, a synthesis or the close come before the positions are shown."""

    code = "debate_not_begun"
    sentences = {
        "en": "The debate on application {number} begins when everybody has taken a position, at the latest {until}.",
        "fr": "Le débat sur le dossier {number} commence quand chacun a pris position, au plus tard le {until}.",
    }

    def __init__(self, *, number: int, until: str) -> None:
        super().__init__(number=number, until=until)


class DebateOver(AllocationError):
    """A contribution comes after the time box, or after the secretary closed the debate."""

    code = "debate_over"
    sentences = {
        "en": "The debate on application {number} ended on {closed}: it can be read, nothing is added.",
        "fr": "Le débat sur le dossier {number} s'est terminé le {closed} : il se lit, rien ne s'ajoute.",
    }

    def __init__(self, *, number: int, closed: str) -> None:
        super().__init__(number=number, closed=closed)


class ArgumentConflict(AllocationError):
    """The same reference comes with another contribution."""

    code = "argument_conflict"
    sentences = {
        "en": "This form was sent already with another contribution; open the page again to add one.",
        "fr": "Ce formulaire a déjà été envoyé avec une autre contribution ; rouvrez la page pour en ajouter une.",
    }

    def __init__(self) -> None:
        super().__init__()


class AnswerToNothing(AllocationError):
    """An answer does not name what it answers."""

    code = "answer_to_nothing"
    sentences = {
        "en": "An answer names the contribution that it answers, by its number.",
        "fr": "Une réponse nomme la contribution à laquelle elle répond, par son numéro.",
    }

    def __init__(self) -> None:
        super().__init__()


class ArgumentUnknown(AllocationError):
    """The debate has no contribution of this number."""

    code = "argument_unknown"
    sentences = {
        "en": "This debate has no contribution number {argument}.",
        "fr": "Ce débat n'a pas de contribution numéro {argument}.",
    }

    def __init__(self, *, argument: int) -> None:
        super().__init__(argument=argument)


class SynthesisNotYours(AllocationError):
    """Somebody else than the chair, the secretary or a rapporteur writes the synthesis."""

    code = "synthesis_not_yours"
    sentences = {
        "en": "The synthesis on application {number} is written by the chair, the secretary or a rapporteur.",
        "fr": "La synthèse sur le dossier {number} est écrite par la présidence, le secrétariat ou un rapporteur.",
    }

    def __init__(self, *, number: int) -> None:
        super().__init__(number=number)


class SynthesisMissing(AllocationError):
    """A debate is closed before anybody said what it came to."""

    code = "synthesis_missing"
    sentences = {
        "en": "The debate on application {number} has no synthesis yet: write it, then close the debate.",
        "fr": "Le débat sur le dossier {number} n'a pas encore de synthèse : écrivez-la, puis fermez le débat.",
    }

    def __init__(self, *, number: int) -> None:
        super().__init__(number=number)


class ResolutionInvalid(Inconsistent):
    """What a synthesis says about a condition or a question does not hold together."""

    code = "resolution_invalid"
    sentences = {
        "en": "The synthesis cannot settle contribution {argument} like this: {why}.",
        "fr": "La synthèse ne peut pas régler ainsi la contribution {argument} : {why}.",
    }
    whys = {
        "kind": {
            "en": "it is neither a condition nor a question of this debate",
            "fr": "ce n'est ni une condition ni une question de ce débat",
        },
        "outcome": {"en": "it is adopted or refused, nothing else", "fr": "elle est retenue ou écartée, rien d'autre"},
        "twice": {"en": "it is settled twice", "fr": "elle est réglée deux fois"},
        "reason": {"en": "a refusal needs its reason", "fr": "l'écarter demande une raison"},
    }

    def __init__(self, *, argument: int, why: str) -> None:
        super().__init__(argument=argument, why=why)


DEBATE_CONFLICTS = (
    ArgumentConflict,
    DebateConflict,
    DebateNotBegun,
    DebateOver,
    PositionTaken,
    PositionsOver,
    PositionsShown,
    SynthesisMissing,
)
"""Refusals for what is there already, or not there yet."""
