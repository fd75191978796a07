"""What scenarios and decisions refuse: too early, too late, not voted, out of bounds."""

from __future__ import annotations

from datetime import date

from allocation.errors import AllocationError, Inconsistent

SHOWN = 60
"""Characters of a code that a refusal repeats."""


class ScenariosSealed(AllocationError):
    """Scenarios are asked for while a vote on the projects is open."""

    code = "scenarios_sealed"
    sentences = {
        "en": "Vote {number} of “{slug}” is open: its papers are sealed, and nothing is computed before it closes.",
        "fr": "Le vote {number} de « {slug} » est ouvert : ses bulletins sont scellés, et rien n'est calculé avant sa "
        "clôture.",
    }

    def __init__(self, *, slug: str, number: int) -> None:
        super().__init__(slug=slug, number=number)


class ScenarioImpossible(Inconsistent):
    """No vote of the call can be turned into an allocation."""

    code = "scenario_impossible"
    sentences = {
        "en": "No scenario can be computed for “{slug}”: {why}.",
        "fr": "Aucun scénario ne peut être calculé pour « {slug} » : {why}.",
    }
    whys = {
        "no_vote": {
            "en": "no vote on the projects is closed yet",
            "fr": "aucun vote sur les projets n'est encore clos",
        },
        "before_debate": {
            "en": "vote {number} came before the debate; the vote that decides comes after it, or an emergency is "
            "declared with its reason",
            "fr": "le vote {number} a précédé le débat ; le vote qui décide vient après lui, ou une urgence est "
            "déclarée avec son motif",
        },
        "kind": {
            "en": "the papers of vote {number} do not choose between projects",
            "fr": "les bulletins du vote {number} ne choisissent pas entre des projets",
        },
        "no_quorum": {
            "en": "too few took part in vote {number}, held at a distance ({names}): hold it again, or at a meeting",
            "fr": "trop peu de personnes ont pris part au vote {number}, à distance ({names}) : recommencez-le, "
            "ou tenez-le en séance",
        },
        "no_paper": {
            "en": "nobody voted in vote {number}",
            "fr": "personne n'a voté au vote {number}",
        },
        "amounts": {
            "en": "amounts are granted between minimum and target, at the target or at the minimum",
            "fr": "les montants s'accordent entre le minimum et la demande, à la demande ou au minimum",
        },
    }

    def __init__(self, *, slug: str, why: str, number: int = 0, names: str = "") -> None:
        super().__init__(slug=slug, why=why, number=number, names=names)


class ScenarioUnknown(AllocationError):
    """The call has no scenario of this number."""

    code = "scenario_unknown"
    sentences = {
        "en": "“{slug}” has no scenario {number}.",
        "fr": "« {slug} » n'a pas de scénario {number}.",
    }

    def __init__(self, *, slug: str, number: object) -> None:
        super().__init__(slug=slug, number=str(number)[:SHOWN])


class CallDecided(AllocationError):
    """A call is decided once: nothing is computed, put to the vote or added after it."""

    code = "call_decided"
    sentences = {
        "en": "“{slug}” was decided on {on}, and a decision is never changed.",
        "fr": "« {slug} » a été décidé le {on}, et une décision ne change jamais.",
    }

    def __init__(self, *, slug: str, on: date) -> None:
        super().__init__(slug=slug, on=on.isoformat())


class AdoptionMissing(Inconsistent):
    """No closed vote adopts a scenario of the call."""

    code = "adoption_missing"
    sentences = {
        "en": "“{slug}” cannot be decided on vote {number}: {why}.",
        "fr": "« {slug} » ne peut pas être décidé sur le vote {number} : {why}.",
    }
    whys = {
        "unknown": {"en": "there is no such vote", "fr": "ce vote n'existe pas"},
        "not_on_scenario": {
            "en": "it is not a vote on a scenario, by yes or no or by consent",
            "fr": "ce n'est pas un vote sur un scénario, par oui ou non ou par consentement",
        },
        "open": {"en": "it is not closed", "fr": "il n'est pas clos"},
    }

    def __init__(self, *, slug: str, number: object, why: str) -> None:
        super().__init__(slug=slug, number=str(number)[:SHOWN], why=why)


class ScenarioNotAdopted(AllocationError):
    """The committee did not adopt what was put to the vote."""

    code = "scenario_not_adopted"
    sentences = {
        "en": "Vote {number} did not adopt it: {yes} for, {no} against, {abstentions} abstaining; {needed} for were "
        "needed; objections that stand: {objections}.",
        "fr": "Le vote {number} ne l'a pas adopté : {yes} pour, {no} contre, {abstentions} abstentions ; il fallait "
        "{needed} voix pour ; objections maintenues : {objections}.",
    }

    def __init__(self, *, number: int, yes: int, no: int, abstentions: int, needed: int, objections: int) -> None:
        super().__init__(number=number, yes=yes, no=no, abstentions=abstentions, needed=needed, objections=objections)


class DifferenceInvalid(Inconsistent):
    """What the committee decides otherwise has to be said, to have a reason, and to fit."""

    code = "difference_invalid"
    sentences = {
        "en": "The difference on {project} cannot be decided: {why}.",
        "fr": "La différence sur {project} ne peut pas être décidée : {why}.",
    }
    whys = {
        "none": {"en": "no amount differs from the scenario", "fr": "aucun montant ne diffère du scénario"},
        "no_reason": {
            "en": "say why the committee decides otherwise, in 1 to {limit} characters",
            "fr": "dites pourquoi le comité décide autrement, en 1 à {limit} caractères",
        },
        "unknown": {"en": "it is no project of this call", "fr": "ce n'est pas un projet de cet appel"},
        "same": {"en": "the scenario gives it the same amount", "fr": "le scénario lui donne le même montant"},
        "no_why": {
            "en": "say why its amount differs, in 1 to {limit} characters",
            "fr": "dites pourquoi son montant diffère, en 1 à {limit} caractères",
        },
        "out_of_bounds": {
            "en": "{decided} is neither nothing nor between its minimum {minimum} and its request {target} (in minor "
            "units)",
            "fr": "{decided} n'est ni zéro, ni compris entre son minimum {minimum} et sa demande {target} (en "
            "centimes)",
        },
        "above_envelopes": {
            "en": "the amounts decided, {decided} in all, do not fit in the envelopes that may pay them (in minor "
            "units)",
            "fr": "les montants décidés, {decided} en tout, ne tiennent pas dans les enveloppes qui peuvent les payer "
            "(en centimes)",
        },
    }

    def __init__(
        self, *, project: str, why: str, decided: int = 0, minimum: int = 0, target: int = 0, limit: int = 0
    ) -> None:
        super().__init__(
            project=project[:SHOWN] or "–", why=why, decided=decided, minimum=minimum, target=target, limit=limit
        )


class DissentInvalid(Inconsistent):
    """A minority opinion is somebody's who had a vote, said once, before the decision."""

    code = "dissent_invalid"
    sentences = {
        "en": "The minority opinion cannot be kept: {why}.",
        "fr": "L'opinion minoritaire ne peut pas être enregistrée : {why}.",
    }
    whys = {
        "text": {
            "en": "it has 1 to {limit} characters that can be printed",
            "fr": "elle a de 1 à {limit} caractères imprimables",
        },
        "no_vote": {"en": "you had no vote in this call", "fr": "vous n'aviez pas de voix dans cet appel"},
        "no_scenario": {
            "en": "there is nothing to dissent from before scenarios are computed",
            "fr": "il n'y a rien à contester avant que des scénarios soient calculés",
        },
        "said": {"en": "you have given one already", "fr": "vous en avez déjà donné une"},
    }

    def __init__(self, *, why: str, limit: int = 0) -> None:
        super().__init__(why=why, limit=limit)


class OpinionInvalid(Inconsistent):
    """A motivated opinion is about a project of the call, and can be printed."""

    code = "opinion_invalid"
    sentences = {
        "en": "The opinion on {project} cannot be kept: {why}.",
        "fr": "L'avis sur {project} ne peut pas être enregistré : {why}.",
    }
    whys = {
        "unknown": {"en": "it is no project of this call", "fr": "ce n'est pas un projet de cet appel"},
        "text": {
            "en": "it has 1 to {limit} characters that can be printed",
            "fr": "il a de 1 à {limit} caractères imprimables",
        },
    }

    def __init__(self, *, project: str, why: str, limit: int = 0) -> None:
        super().__init__(project=project[:SHOWN], why=why, limit=limit)


class DecisionUnknown(AllocationError):
    """No decision has this number, or the call has none."""

    code = "decision_unknown"
    sentences = {
        "en": "There is no decision “{name}”: give its number, or FUND/CALL.",
        "fr": "Il n'y a pas de décision « {name} » : donnez son numéro, ou FONDS/APPEL.",
    }

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name[:SHOWN])
