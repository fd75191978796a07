"""The refusals about applications, documents, sponsors and preliminary answers."""

from __future__ import annotations

from datetime import date

from allocation.applying.states import state_words, status_of, status_words
from allocation.errors import AllocationError, Inconsistent


class CallTakesNoApplications(AllocationError):
    """A call that is counted from a file of ballots takes no applications."""

    code = "call_takes_no_applications"
    sentences = {
        "en": "The call “{slug}” takes no applications here: its proposals come from a file.",
        "fr": "L'appel « {slug} » ne reçoit pas de dossiers ici : ses propositions viennent d'un fichier.",
    }

    def __init__(self, *, slug: str) -> None:
        super().__init__(slug=slug)


class CallNotOpenYet(AllocationError):
    """An application begins before the call opens."""

    code = "call_not_open_yet"
    sentences = {
        "en": "The call “{slug}” opens on {opens:%Y-%m-%d}: come back from that day on.",
        "fr": "L'appel « {slug} » ouvre le {opens:%d/%m/%Y} : revenez à partir de ce jour.",
    }

    def __init__(self, *, slug: str, opens: date) -> None:
        super().__init__(slug=slug, opens=opens)


class ApplicationsClosed(AllocationError):
    """The last day for applications has passed."""

    code = "applications_closed"
    sentences = {
        "en": "The last day was {until:%Y-%m-%d}; on {on:%Y-%m-%d} nothing is filed any more.",
        "fr": "Le dernier jour était le {until:%d/%m/%Y} ; le {on:%d/%m/%Y}, plus rien ne se dépose.",
    }

    def __init__(self, *, until: date, on: date) -> None:
        super().__init__(until=until, on=on)


class CompanyActImpossible(AllocationError):
    """The company asks for what its application no longer allows; the sentence knows the public status alone."""

    code = "company_act_impossible"
    sentences = {
        "en": "Application {number} is “{status}”: this can no longer be done. Write to the fund.",
        "fr": "Le dossier {number} est « {status} » : ceci ne peut plus se faire. Écrivez au fonds.",
    }

    def __init__(self, *, number: int, state: str) -> None:
        super().__init__(number=number, status=status_of(state))

    def sentence(self, language: str) -> str:
        """With the words of the public status."""
        status = status_words(str(self.figures["status"]), language)
        return self.sentences["fr" if language == "fr" else "en"].format(**{**self.figures, "status": status})


class SecretaryActImpossible(AllocationError):
    """The secretary asks for what the state of an application does not allow."""

    code = "secretary_act_impossible"
    sentences = {
        "en": "Application {number} is “{state}”: from there this is not possible.",
        "fr": "Le dossier {number} est « {state} » : de là, ceci n'est pas possible.",
    }

    def __init__(self, *, number: int, state: str) -> None:
        super().__init__(number=number, state=state)

    def sentence(self, language: str) -> str:
        """With the state in words."""
        state = state_words(str(self.figures["state"]), language)
        return self.sentences["fr" if language == "fr" else "en"].format(**{**self.figures, "state": state})


class ApplicationIncomplete(AllocationError):
    """Something that filing needs is missing or wrong."""

    code = "application_incomplete"
    sentences = {
        "en": "{count} things are missing or wrong in application {number}: mend them, then file.",
        "fr": "Ce qui manque ou ne va pas dans le dossier {number} : {count} points. Corrigez-les, puis déposez.",
    }

    def __init__(self, *, number: int, count: int) -> None:
        super().__init__(number=number, count=count)


class DraftChanged(AllocationError):
    """Somebody, or another tab, saved the draft since this page was opened."""

    code = "draft_changed"
    sentences = {
        "en": "This draft was saved elsewhere since you opened the page: what you typed stands below and is not saved "
        "yet. Compare, then save again: what you see here will replace the other.",
        "fr": "Ce brouillon a été enregistré ailleurs depuis que vous avez ouvert la page : ce que vous avez tapé est "
        "ci-dessous et n'est pas encore enregistré. Comparez, puis enregistrez à nouveau : ce que vous voyez ici "
        "remplacera l'autre.",
    }

    def __init__(self) -> None:
        super().__init__()


class DocumentRefused(Inconsistent):
    """A document cannot be added as it is."""

    code = "document_refused"
    sentences = {
        "en": "The document “{name}” is not added: {why}.",
        "fr": "La pièce « {name} » n'est pas ajoutée : {why}.",
    }
    whys = {
        "empty": {"en": "the file is empty", "fr": "le fichier est vide"},
        "too_large": {
            "en": "it has more than {limit} MB; compress it or send a part of it",
            "fr": "elle a plus de {limit} Mo ; compressez-la ou n'en envoyez qu'une partie",
        },
        "too_many": {
            "en": "an application holds {limit} documents at most; take one out first",
            "fr": "un dossier contient {limit} pièces au plus ; retirez-en une d'abord",
        },
        "kind_unknown": {
            "en": "the call asks for no such document; choose one of the list",
            "fr": "l'appel ne demande pas cette pièce ; choisissez dans la liste",
        },
        "type_unknown": {
            "en": "its contents are not a PDF, an image (PNG, JPEG, GIF, WebP), an office file (ODF, OOXML) "
            "or plain text in UTF-8; save it as one of these",
            "fr": "son contenu n'est ni un PDF, ni une image (PNG, JPEG, GIF, WebP), ni un fichier bureautique (ODF, "
            "OOXML), ni du texte en UTF-8 ; enregistrez-la dans un de ces formats",
        },
        "not_held": {
            "en": "the application does not hold it, or no longer",
            "fr": "le dossier ne la contient pas, ou plus",
        },
    }

    def __init__(self, *, name: str, why: str, limit: int = 0) -> None:
        super().__init__(name=name[:60], why=why, limit=limit)


class ReasonInvalid(AllocationError):
    """What is told to the company, or noted, is empty or cannot be kept."""

    code = "application_reason_invalid"
    sentences = {
        "en": "Say it in 1 to {limit} characters, without invisible ones; there are {count}.",
        "fr": "Dites-le en 1 à {limit} caractères, sans caractère invisible ; il y en a {count}.",
    }

    def __init__(self, *, count: int, limit: int) -> None:
        super().__init__(count=count, limit=limit)


class CompletionDayInvalid(AllocationError):
    """The day until which an application is to be completed lies in the past or after the call closes."""

    code = "completion_day_invalid"
    sentences = {
        "en": "Choose a day from {first:%Y-%m-%d} to {last:%Y-%m-%d}, when the call closes.",
        "fr": "Choisissez un jour du {first:%d/%m/%Y} au {last:%d/%m/%Y}, où l'appel ferme.",
    }

    def __init__(self, *, first: date, last: date) -> None:
        super().__init__(first=first, last=last)


class VoteAlreadyOpen(AllocationError):
    """A proposal would join a vote that has begun."""

    code = "vote_already_open"
    sentences = {
        "en": "A vote of the call “{slug}” is open or closed already: no application is admitted any more.",
        "fr": "Un vote de l'appel « {slug} » est déjà ouvert ou clos : plus aucun dossier n'est admis.",
    }

    def __init__(self, *, slug: str) -> None:
        super().__init__(slug=slug)


class ApplicationIneligible(AllocationError):
    """An application that a gate of the charter keeps out would be admitted."""

    code = "application_ineligible"
    sentences = {
        "en": "Application {number} is not eligible under the charter: {gates}.",
        "fr": "Le dossier {number} n'est pas recevable selon la charte : {gates}.",
    }

    def __init__(self, *, number: int, gates: str) -> None:
        super().__init__(number=number, gates=gates)


class CommitmentInvalid(AllocationError):
    """A sponsor commits to nothing, or to what does not exist."""

    code = "commitment_invalid"
    sentences = {
        "en": "A sponsor commits to production, to touring, or to both: choose one at least.",
        "fr": "Un parrain s'engage pour la production, pour la diffusion, ou pour les deux : choisissez au moins l'un.",
    }

    def __init__(self) -> None:
        super().__init__()


class NotASponsor(AllocationError):
    """A member withdraws from an application for which it does not stand."""

    code = "not_a_sponsor"
    sentences = {
        "en": "{member} does not sponsor application {number}, or no longer.",
        "fr": "{member} ne parraine pas le dossier {number}, ou plus.",
    }

    def __init__(self, *, member: str, number: int) -> None:
        super().__init__(member=member[:60], number=number)


class AnswerInvalid(Inconsistent):
    """An answer to a preliminary question cannot be kept."""

    code = "fit_answer_invalid"
    sentences = {
        "en": "The answer is not kept: {why}.",
        "fr": "La réponse n'est pas tenue : {why}.",
    }
    whys = {
        "question_unknown": {
            "en": "there is no question “{text}”",
            "fr": "il n'y a pas de question « {text} »",
        },
        "choice_unknown": {
            "en": "“{text}” is not one of the answers; choose from the list",
            "fr": "« {text} » n'est pas une des réponses ; choisissez dans la liste",
        },
        "too_long": {
            "en": "the reason has more than {limit} characters, or some that cannot be seen",
            "fr": "la raison a plus de {limit} caractères, ou certains qui ne se voient pas",
        },
    }

    def __init__(self, *, why: str, text: str = "", limit: int = 0) -> None:
        super().__init__(why=why, text=text[:60], limit=limit)


class CommitteeCallInvalid(Inconsistent):
    """What a call to companies says beside its dates and envelopes is not complete."""

    code = "committee_call_invalid"
    sentences = {
        "en": "The call “{slug}” cannot be opened like this: {why}.",
        "fr": "L'appel « {slug} » ne peut pas être ouvert ainsi : {why}.",
    }
    whys = {
        "presentation_invalid": {
            "en": "its presentation needs 1 to {limit} characters, without invisible ones",
            "fr": "sa présentation demande 1 à {limit} caractères, sans caractère invisible",
        },
        "until_outside": {
            "en": "the last day for applications, {until}, is not between {opens} and {closes}",
            "fr": "le dernier jour pour déposer, le {until}, n'est pas entre le {opens} et le {closes}",
        },
        "criteria_invalid": {
            "en": "it needs criteria, each with a code of its own, a name, a weight and a scale from 1 to {limit}",
            "fr": "il lui faut des critères, chacun avec son code, un nom, un poids et une échelle de 1 à {limit}",
        },
        "documents_invalid": {
            "en": "each document asked needs a code of its own and a name of 1 to {limit} characters",
            "fr": "chaque pièce demandée a besoin de son code et d'un nom de 1 à {limit} caractères",
        },
        "slug_invalid": {
            "en": "its identifier stands in an address: letters from a to z, digits and hyphens, {limit} at most",
            "fr": "son identifiant figure dans une adresse : lettres de a à z, chiffres et tirets, {limit} au plus",
        },
    }

    def __init__(self, *, slug: str, why: str, **figures: object) -> None:
        super().__init__(slug=slug[:60], why=why, **figures)
