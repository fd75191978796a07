"""The refusals of the instruction: who may report and score, what a report and a score are, and who can be assigned."""

from __future__ import annotations

from datetime import date

from allocation.errors import AllocationError, Inconsistent

SHOWN = 60
"""Characters of a name that a refusal repeats."""


class AssignmentImpossible(Inconsistent):
    """No even assignment exists; the figures show why."""

    code = "assignment_impossible"
    sentences = {
        "en": "Rapporteurs cannot be assigned like this: {why}.",
        "fr": "Les rapporteurs ne peuvent pas être désignés ainsi : {why}.",
    }

    whys = {
        "wanted_out_of_range": {
            "en": "each application gets from 1 to {limit} rapporteurs, not {wanted}",
            "fr": "chaque dossier a de 1 à {limit} rapporteurs, pas {wanted}",
        },
        "most_out_of_range": {
            "en": "the most that one person reads is a number from 1 to {limit}, not {most}",
            "fr": "ce qu'une personne lit au plus est un nombre de 1 à {limit}, pas {most}",
        },
        "too_few_people": {
            "en": "application {number} needs {wanted} rapporteurs and {able} people may read it "
            "({recused} are recused)",
            "fr": "le dossier {number} demande {wanted} rapporteurs et {able} personnes peuvent le lire "
            "({recused} sont en déport)",
        },
        "too_many_files": {
            "en": "applications {numbers} need {needed} readings between them, and the {able} people who may read them "
            "can give {room}, with {most} each at most",
            "fr": "les dossiers {numbers} demandent ensemble {needed} lectures, et les {able} personnes qui peuvent "
            "les lire peuvent en faire {room}, à {most} chacune au plus",
        },
        "nothing_to_read": {
            "en": "no application waits for a rapporteur",
            "fr": "aucun dossier n'attend de rapporteur",
        },
    }

    def __init__(
        self,
        *,
        why: str,
        number: int = 0,
        wanted: int = 0,
        able: int = 0,
        recused: int = 0,
        numbers: str = "",
        needed: int = 0,
        room: int = 0,
        most: int = 0,
        limit: int = 0,
    ) -> None:
        super().__init__(
            why=why,
            number=number,
            wanted=wanted,
            able=able,
            recused=recused,
            numbers=numbers,
            needed=needed,
            room=room,
            most=most,
            limit=limit,
        )


class RapporteurRecused(AllocationError):
    """A recused person is named as a rapporteur."""

    code = "rapporteur_recused"
    sentences = {
        "en": "“{person}” is recused from application {number} and cannot be its rapporteur.",
        "fr": "« {person} » est en déport sur le dossier {number} et ne peut pas en être rapporteur.",
    }

    def __init__(self, *, person: str, number: int) -> None:
        super().__init__(person=person[:SHOWN], number=number)


class AssignmentEnded(AllocationError):
    """The task of a rapporteur is ended a second time, with another reason."""

    code = "assignment_ended"
    sentences = {
        "en": "The task of “{person}” on application {number} ended on {on} already.",
        "fr": "La tâche de « {person} » sur le dossier {number} a déjà pris fin le {on}.",
    }

    def __init__(self, *, person: str, number: int, on: date) -> None:
        super().__init__(person=person[:SHOWN], number=number, on=on.isoformat())


class AssignmentEndUnfounded(AllocationError):
    """The task of a rapporteur is ended without a reason."""

    code = "assignment_end_unfounded"
    sentences = {
        "en": "Say in 1 to {limit} characters why “{person}” is no longer rapporteur of application {number}.",
        "fr": "Dites en 1 à {limit} caractères pourquoi « {person} » n'est plus rapporteur du dossier {number}.",
    }

    def __init__(self, *, person: str, number: int, limit: int) -> None:
        super().__init__(person=person[:SHOWN], number=number, limit=limit)


class NotInInstruction(AllocationError):
    """An application is acted on that is not before the committee, in the state in which it is."""

    code = "not_in_instruction"
    sentences = {
        "en": "Application {number} is “{state}”: it is not in instruction.",
        "fr": "Le dossier {number} est « {state} » : il n'est pas en instruction.",
    }

    states = {
        "draft": {"en": "draft", "fr": "brouillon"},
        "inadmissible": {"en": "not eligible", "fr": "non recevable"},
        "withdrawn": {"en": "withdrawn", "fr": "retiré"},
    }

    def __init__(self, *, number: int, state: str) -> None:
        super().__init__(number=number, state=state)

    def sentence(self, language: str) -> str:
        words = "fr" if language == "fr" else "en"
        stored = str(self.figures["state"])
        said = self.states.get(stored, {}).get(words, stored)
        return self.sentences[words].format(**{**self.figures, "state": said})


class NotRapporteur(AllocationError):
    """Somebody reports on an application whose rapporteur they are not."""

    code = "not_rapporteur"
    sentences = {
        "en": "You are not a rapporteur of application {number}: its rapporteurs write the report.",
        "fr": "Vous n'êtes pas rapporteur du dossier {number} : le rapport est écrit par ses rapporteurs.",
    }

    def __init__(self, *, number: int) -> None:
        super().__init__(number=number)


class ReportInvalid(Inconsistent):
    """A report has no opinion, no words, or suggests an amount that cannot be."""

    code = "report_invalid"
    sentences = {
        "en": "The report on application {number} cannot be kept: {why}.",
        "fr": "Le rapport sur le dossier {number} ne peut pas être gardé : {why}.",
    }

    whys = {
        "opinion_unknown": {"en": "“{text}” is not an opinion", "fr": "« {text} » n'est pas un avis"},
        "text_unfit": {
            "en": "its text has from 1 to {limit} characters, none of them invisible",
            "fr": "son texte a de 1 à {limit} caractères, aucun invisible",
        },
        "amount_negative": {
            "en": "the suggested amount is negative ({text})",
            "fr": "le montant proposé est négatif ({text})",
        },
        "amount_in_another_currency": {
            "en": "the suggested amount is {text}, and the call counts in {currency}",
            "fr": "le montant proposé est {text}, et l'appel compte en {currency}",
        },
        "amount_above_what_is_asked": {
            "en": "it suggests {text}, more than the {asked} that are asked",
            "fr": "il propose {text}, plus que les {asked} demandés",
        },
    }

    def __init__(
        self, *, number: int, why: str, text: str = "", limit: int = 0, currency: str = "", asked: str = ""
    ) -> None:
        super().__init__(number=number, why=why, text=text[:SHOWN], limit=limit, currency=currency, asked=asked)


class ScoresInvalid(Inconsistent):
    """Scores do not answer the call's rubric."""

    code = "scores_invalid"
    sentences = {
        "en": "The scores of application {number} cannot be kept: {why}.",
        "fr": "Les notes du dossier {number} ne peuvent pas être gardées : {why}.",
    }

    whys = {
        "no_rubric": {"en": "the call has no criteria", "fr": "l'appel n'a pas de critères"},
        "criterion_unknown": {"en": "there is no criterion “{text}”", "fr": "il n'y a pas de critère « {text} »"},
        "criterion_missing": {"en": "“{text}” is not scored", "fr": "« {text} » n'est pas noté"},
        "points_out_of_scale": {
            "en": "{points} points for “{text}”, which goes from 0 to {limit}",
            "fr": "{points} points pour « {text} », qui va de 0 à {limit}",
        },
        "comment_unfit": {
            "en": "the comment on “{text}” has at most {limit} characters, none of them invisible",
            "fr": "le commentaire sur « {text} » a au plus {limit} caractères, aucun invisible",
        },
    }

    def __init__(self, *, number: int, why: str, text: str = "", points: int = 0, limit: int = 0) -> None:
        super().__init__(number=number, why=why, text=text[:SHOWN], points=points, limit=limit)


class ScoringOver(AllocationError):
    """A score comes after the debate began, or after the call closed."""

    code = "scoring_over"
    sentences = {
        "en": "Application {number} was scored until {until}: the scores given before the debate stay as they are.",
        "fr": "Le dossier {number} se notait jusqu'au {until} : les notes d'avant le débat restent telles quelles.",
    }

    def __init__(self, *, number: int, until: date) -> None:
        super().__init__(number=number, until=until.isoformat())


class ReportsOver(AllocationError):
    """A report comes after the call closed."""

    code = "reports_over"
    sentences = {
        "en": "The call “{slug}” closed on {closes}: reports stay as they are.",
        "fr": "L'appel « {slug} » a été clos le {closes} : les rapports restent tels quels.",
    }

    def __init__(self, *, slug: str, closes: date) -> None:
        super().__init__(slug=slug, closes=closes.isoformat())
