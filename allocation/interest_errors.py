"""The refusals about interests: nobody reads a file before declaring theirs, and a recused person reads none."""

from __future__ import annotations

from allocation.errors import AllocationError


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
