"""The refusals about interests: nobody reads a file before declaring theirs, and a recused person reads none."""

from __future__ import annotations

from datetime import date

from allocation.errors import AllocationError, Inconsistent


class InterestsNotDeclared(AllocationError):
    """Content is asked for before the person said where they have an interest, or that they have none."""

    code = "interests_not_declared"
    sentences = {
        "en": "Declare your interests in the call “{slug}” first: nobody reads an application before.",
        "fr": "Déclarez d'abord vos intérêts dans l'appel « {slug} » : personne ne lit un dossier avant.",
    }

    def __init__(self, *, slug: str) -> None:
        super().__init__(slug=slug)


class PersonRecused(AllocationError):
    """A recused person asks for a file, or wants to act on it."""

    code = "person_recused"
    sentences = {
        "en": "You are recused from application {number}: you neither read it, nor debate it, nor vote on it.",
        "fr": "Vous êtes en déport sur le dossier {number} : vous ne le lisez pas, n'en débattez pas et ne votez pas.",
    }

    def __init__(self, *, number: int) -> None:
        super().__init__(number=number)


class InterestsUnclear(Inconsistent):
    """A declaration leaves an application out, names one that is not there, or contradicts itself."""

    code = "interests_unclear"
    sentences = {
        "en": "The declaration cannot be kept: {why}.",
        "fr": "La déclaration ne peut pas être gardée : {why}.",
    }

    whys = {
        "nothing_listed": {
            "en": "no application has been filed yet",
            "fr": "aucun dossier n'est encore déposé",
        },
        "answer_missing": {
            "en": "it says nothing of application {number}; say for each whether you have an interest in it",
            "fr": "elle ne dit rien du dossier {number} ; dites pour chacun si vous y avez un intérêt",
        },
        "number_unknown": {
            "en": "it names application {number}, which is not in the call",
            "fr": "elle nomme le dossier {number}, qui n'est pas dans l'appel",
        },
        "interest_unknown": {
            "en": "“{interest}” is no kind of interest",
            "fr": "« {interest} » n'est pas une sorte d'intérêt",
        },
        "words_missing": {
            "en": "another interest, in application {number}, needs some words that say which",
            "fr": "un autre intérêt, au dossier {number}, demande quelques mots qui disent lequel",
        },
        "words_unfit": {
            "en": "the words about application {number} have at most {limit} characters, none of them invisible",
            "fr": "les mots sur le dossier {number} ont au plus {limit} caractères, aucun invisible",
        },
    }

    def __init__(self, *, why: str, number: int = 0, interest: str = "", limit: int = 0) -> None:
        super().__init__(why=why, number=number, interest=interest[:60], limit=limit)


class RecusalStands(AllocationError):
    """A later declaration says that there is no interest where a recusal was made."""

    code = "recusal_stands"
    sentences = {
        "en": "You are recused from application {number} since {on}: a later declaration adds a recusal, "
        "it never lifts one.",
        "fr": "Vous êtes en déport sur le dossier {number} depuis le {on} : une déclaration ultérieure ajoute "
        "un déport, elle n'en lève aucun.",
    }

    def __init__(self, *, number: int, on: date) -> None:
        super().__init__(number=number, on=on.isoformat())
