"""What counting, corrections and partial amounts refuse, in both languages."""

from __future__ import annotations

from allocation.errors import AllocationError, Inconsistent

SHOWN = 60
"""Characters of a name that a refusal repeats."""


class BallotsUncountable(Inconsistent):
    """Ballots say what their question does not ask."""

    code = "ballots_uncountable"
    sentences = {
        "en": "The ballot of “{voter}” cannot be counted like this: {why}.",
        "fr": "Le bulletin de « {voter} » ne peut pas être compté ainsi : {why}.",
    }

    whys = {
        "answer_unknown": {
            "en": "“{value}” is neither yes, no nor an abstention",
            "fr": "« {value} » n'est ni oui, ni non, ni une abstention",
        },
        "project_unknown": {
            "en": "it names {project}, which is not put to the vote",
            "fr": "il nomme {project}, qui n'est pas soumis au vote",
        },
        "ranked_twice": {"en": "it ranks {project} twice", "fr": "il classe deux fois {project}"},
        "grade_unknown": {
            "en": "it grades {project} {value}, and the grades go from 0 to {limit}",
            "fr": "il donne {value} à {project}, et les mentions vont de 0 à {limit}",
        },
        "amount_negative": {
            "en": "it gives {project} {value}, less than nothing",
            "fr": "il donne {value} à {project}, moins que rien",
        },
        "part_exceeded": {
            "en": "it gives away {value} of the {limit} that it may distribute (in minor units)",
            "fr": "il distribue {value} sur les {limit} dont il dispose (en centimes)",
        },
        "voter_without_part": {
            "en": "this voter has no part of the pot to distribute",
            "fr": "ce votant n'a pas de part de l'enveloppe à distribuer",
        },
        "majority_impossible": {
            "en": "a majority is a share from one half to one, not {value}",
            "fr": "une majorité est une part comprise entre la moitié et la totalité, pas {value}",
        },
    }

    def __init__(self, *, voter: str, why: str, project: str = "", value: object = "", limit: int = 0) -> None:
        super().__init__(voter=voter[:SHOWN], why=why, project=project[:SHOWN], value=str(value)[:SHOWN], limit=limit)


class ObjectionUnclear(Inconsistent):
    """An objection is kept with a state that does not stand by itself."""

    code = "objection_unclear"
    sentences = {
        "en": "The objection {objection} of “{by}” cannot be counted: {why}.",
        "fr": "L'objection {objection} de « {by} » ne peut pas être comptée : {why}.",
    }

    whys = {
        "state_unknown": {
            "en": "“{state}” is none of raised, integrated, withdrawn, not-valid",
            "fr": "« {state} » n'est aucun de ces états : raised, integrated, withdrawn, not-valid",
        },
        "reason_missing": {
            "en": "an objection that is declared {state} needs a reason",
            "fr": "une objection déclarée {state} demande un motif",
        },
        "text_missing": {
            "en": "an objection says what harm is feared",
            "fr": "une objection dit quel tort est à craindre",
        },
        "given_twice": {
            "en": "two objections have this identifier",
            "fr": "deux objections portent cet identifiant",
        },
    }

    def __init__(self, *, objection: str, by: str, why: str, state: str = "") -> None:
        super().__init__(objection=objection[:SHOWN], by=by[:SHOWN], why=why, state=state[:SHOWN])


class CorrectionUnknown(AllocationError):
    """No correction of harshness has this name."""

    code = "correction_unknown"
    sentences = {
        "en": "There is no correction “{name}” of scores; choose one of: {known}.",
        "fr": "Il n'y a pas de correction « {name} » des notes ; choisissez parmi : {known}.",
    }

    def __init__(self, *, name: str, known: str) -> None:
        super().__init__(name=name[:SHOWN], known=known)


class CorrectionRefused(Inconsistent):
    """The scores do not let a correction tell harsh readers from weak projects."""

    code = "correction_refused"
    sentences = {
        "en": "The correction {correction} cannot be made on these scores: {why}. The raw scores stand.",
        "fr": "La correction {correction} n'est pas possible sur ces notes : {why}. Les notes brutes demeurent.",
    }

    whys = {
        "too_few_scores": {
            "en": "{reader} gave {count}, and it takes at least {limit} to know how widely someone scores",
            "fr": "{reader} en a donné {count}, et il en faut au moins {limit} pour connaître l'écart de ses notes",
        },
        "all_equal": {
            "en": "{reader} gave the same score to {count} projects, so there is no spread to divide by",
            "fr": "{reader} a donné la même note à {count} projets : il n'y a pas d'écart par quoi diviser",
        },
        "disconnected": {
            "en": "{first} and {second} share no project, not even through others ({count} groups of readers), so "
            "nothing tells a harsh reader from weak projects",
            "fr": "{first} et {second} n'ont aucun projet en commun, même par d'autres ({count} groupes de lecteurs) : "
            "rien ne distingue un lecteur sévère de projets faibles",
        },
        "too_many": {
            "en": "there are {count} readers, and it is solved exactly for {limit} at most",
            "fr": "il y a {count} lecteurs, et elle se calcule exactement pour {limit} au plus",
        },
        "nothing_scored": {"en": "nobody scored anything", "fr": "personne n'a rien noté"},
    }

    def __init__(
        self,
        *,
        correction: str,
        why: str,
        reader: str = "",
        first: str = "",
        second: str = "",
        count: int = 0,
        limit: int = 0,
    ) -> None:
        super().__init__(
            correction=correction,
            why=why,
            reader=reader[:SHOWN],
            first=first[:SHOWN],
            second=second[:SHOWN],
            count=count,
            limit=limit,
        )


class SearchTooLarge(AllocationError):
    """A method would have to look at more than its bound."""

    code = "search_too_large"
    sentences = {
        "en": "{method} is exact and stops at {limit} combinations; with {count} to combine it would need more. "
        "Choose another method, or fewer projects.",
        "fr": "{method} est exacte et s'arrête à {limit} combinaisons ; avec {count} à combiner il en faudrait plus. "
        "Choisissez une autre méthode, ou moins de projets.",
    }

    def __init__(self, *, method: str, count: int, limit: int) -> None:
        super().__init__(method=method, count=count, limit=limit)


class LotteryWithoutSeed(AllocationError):
    """A draw needs a seed that was committed to."""

    code = "lottery_without_seed"
    sentences = {
        "en": "{method} draws lots and needs a seed: settle ties by “lottery:SEED”.",
        "fr": "{method} tire au sort et demande une graine : tranchez les égalités par « lottery:GRAINE ».",
    }

    def __init__(self, *, method: str) -> None:
        super().__init__(method=method)


class RecusalsNotKnown(AllocationError):
    """Pairs are compared voter by voter, and only the number of the recused is known."""

    code = "recusals_not_known"
    sentences = {
        "en": "{method} in Schulze's order compares projects voter by voter, and of the recusals on {project} only the "
        "number is known. Count the rankings with the recusals of each voter, or order by majority judgment.",
        "fr": "{method} dans l'ordre de Schulze compare les projets votant par votant, et des déports sur {project} "
        "seul le nombre est connu. Dépouillez les classements avec les déports de chacun, ou classez par jugement "
        "majoritaire.",
    }

    def __init__(self, *, method: str, project: str) -> None:
        super().__init__(method=method, project=project[:SHOWN])


class SimulationOnly(AllocationError):
    """A method that only shows what would happen is asked to decide."""

    code = "simulation_only"
    sentences = {
        "en": "{method} is a simulation: its amounts can be looked at, and never adopted.",
        "fr": "{method} est une simulation : ses montants se regardent et ne s'adoptent jamais.",
    }

    def __init__(self, *, method: str) -> None:
        super().__init__(method=method)
