"""The refusals of the committee's side: each has a code that never changes and a sentence in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar


class AllocationError(Exception):
    """Allocation refuses; `code` is stable and stored in logs, the sentences are for people.

    `figures` fill the sentences; they are what a page or a file shows beside them.
    """

    code: ClassVar[str] = "allocation_error"
    sentences: ClassVar[Mapping[str, str]] = {
        "en": "The allocation was refused.",
        "fr": "L'allocation est refusée.",
    }

    def __init__(self, **figures: object) -> None:
        self.figures = figures
        super().__init__(self.sentence("en"))

    def sentence(self, language: str) -> str:
        """The refusal in words of `language`: `fr`, else English."""
        return self.sentences["fr" if language == "fr" else "en"].format(**self.figures)


class Inconsistent(AllocationError):
    """What is given contradicts itself; `why` is a word of `whys`, which the sentence spells out."""

    whys: ClassVar[Mapping[str, Mapping[str, str]]] = {}

    def sentence(self, language: str) -> str:
        words = "fr" if language == "fr" else "en"
        why = self.whys[str(self.figures["why"])][words].format(**self.figures)
        return self.sentences[words].format(**{**self.figures, "why": why})


class ProblemInvalid(Inconsistent):
    """A method is asked to decide on figures that contradict each other."""

    code = "problem_invalid"
    sentences = {
        "en": "Nothing can be decided on these figures: {why}.",
        "fr": "Rien ne peut être décidé sur ces chiffres : {why}.",
    }

    whys = {
        "envelope_negative": {"en": "the envelope is negative ({budget})", "fr": "l'enveloppe est négative ({budget})"},
        "cost_negative": {"en": "{project} asks a negative amount", "fr": "{project} demande un montant négatif"},
        "project_unknown": {
            "en": "a ballot supports {project}, which is not proposed",
            "fr": "un bulletin soutient {project}, qui n'est pas proposé",
        },
        "target_below_cost": {
            "en": "{project} can use at most less than it asks at least",
            "fr": "{project} peut employer au plus moins qu'il ne demande au moins",
        },
        "recused_support": {
            "en": "more voters are recused on {project} than voters who do not support it",
            "fr": "plus de votants se sont déportés sur {project} qu'il n'y en a qui ne le soutiennent pas",
        },
    }

    def __init__(self, *, why: str, budget: int = 0, project: str = "") -> None:
        super().__init__(why=why, budget=budget, project=project[:60])


class MethodUnknown(AllocationError):
    """No method has this name."""

    code = "method_unknown"
    sentences = {
        "en": "There is no allocation method “{name}”; choose one of: {known}.",
        "fr": "Il n'y a pas de méthode d'allocation « {name} » ; choisissez parmi : {known}.",
    }

    def __init__(self, *, name: str, known: str) -> None:
        super().__init__(name=name[:60], known=known)


class ParameterInvalid(AllocationError):
    """A method is given a parameter it does not have, or a value it does not take."""

    code = "parameter_invalid"
    sentences = {
        "en": "The method {method} does not take {name} = “{value}”; it takes {accepted}.",
        "fr": "La méthode {method} n'accepte pas {name} = « {value} » ; elle accepte {accepted}.",
    }

    def __init__(self, *, method: str, name: str, value: object, accepted: str) -> None:
        super().__init__(method=method, name=name[:60], value=str(value)[:60], accepted=accepted)


class TieRuleUnknown(AllocationError):
    """Ties are settled by identifier or by a lottery with a seed."""

    code = "tie_rule_unknown"
    sentences = {
        "en": "Ties are settled by “lexicographic” or “lottery:SEED” with a seed of your choice, not by “{text}”.",
        "fr": "Les égalités se tranchent par « lexicographic » ou « lottery:GRAINE » avec une graine de votre choix, "
        "pas par « {text} ».",
    }

    def __init__(self, *, text: str) -> None:
        super().__init__(text=text[:60])


class CallUnknown(AllocationError):
    """The owner has no call of this slug."""

    code = "call_unknown"
    sentences = {
        "en": "{owner} has no call “{slug}”.",
        "fr": "{owner} n'a pas d'appel « {slug} ».",
    }

    def __init__(self, *, owner: str, slug: str) -> None:
        super().__init__(owner=owner[:60], slug=slug[:60])


class CallInvalid(Inconsistent):
    """A call, its envelopes or its proposals are not complete or contradict each other."""

    code = "call_invalid"
    sentences = {
        "en": "The call “{slug}” cannot be kept like this: {why}.",
        "fr": "L'appel « {slug} » ne peut pas être enregistré ainsi : {why}.",
    }

    whys = {
        "slug_invalid": {
            "en": "the slug, the owner and the name each need 1 to {limit} printable characters",
            "fr": "l'identifiant, le propriétaire et le nom demandent chacun 1 à {limit} caractères imprimables",
        },
        "closes_before_opening": {
            "en": "it closes on {closes}, before it opens on {opens}",
            "fr": "il ferme le {closes}, avant d'ouvrir le {opens}",
        },
        "seed_invalid": {
            "en": "the seed of its lottery needs 1 to {limit} printable characters",
            "fr": "la graine de son tirage au sort demande 1 à {limit} caractères imprimables",
        },
        "envelopes_invalid": {
            "en": "it needs envelopes, each with a code of its own of 1 to {limit} printable characters",
            "fr": "il lui faut des enveloppes, chacune avec son propre code de 1 à {limit} caractères imprimables",
        },
        "proposal_code_invalid": {
            "en": "the proposal code “{code}” is given twice, or does not have 1 to {limit} printable characters",
            "fr": "le code de proposition « {code} » est donné deux fois, "
            "ou n'a pas 1 à {limit} caractères imprimables",
        },
        "text_too_long": {
            "en": "a name, a lead or a category of {code} has more than {limit} characters, "
            "or some that cannot be printed",
            "fr": "un nom, un porteur ou une catégorie de {code} a plus de {limit} caractères, "
            "ou certains qui ne s'impriment pas",
        },
        "publisher_invalid": {
            "en": "who publishes its outcome needs a name of 1 to {limit} printable characters",
            "fr": "qui publie son résultat demande un nom de 1 à {limit} caractères imprimables",
        },
        "unit_differs": {
            "en": "{code} is in {amount}, not in {currency}",
            "fr": "{code} est en {amount}, pas en {currency}",
        },
        "nothing_asked": {
            "en": "the amount of {code} is {amount}; it must be more than nothing",
            "fr": "le montant de {code} est {amount} ; il doit être positif",
        },
    }

    def __init__(self, *, slug: str, why: str, **figures: object) -> None:
        super().__init__(slug=slug[:60], why=why, **figures)


class CallConflict(AllocationError):
    """A call of this slug is open already with other facts."""

    code = "call_conflict"
    sentences = {
        "en": "The call “{slug}” exists already with another {what}; a call never changes, open one with another slug.",
        "fr": "L'appel « {slug} » existe déjà avec d'autres données ({what}) ; un appel ne change jamais, "
        "ouvrez-en un sous un autre identifiant.",
    }

    def __init__(self, *, slug: str, what: str) -> None:
        super().__init__(slug=slug[:60], what=what)


class ProposalConflict(AllocationError):
    """A proposal of this code was received already with other facts."""

    code = "proposal_conflict"
    sentences = {
        "en": "The proposal “{proposal}” was received already with another {what}; give the new one another code.",
        "fr": "La proposition « {proposal} » a déjà été reçue avec d'autres données ({what}) ; "
        "donnez un autre code à la nouvelle.",
    }

    def __init__(self, *, proposal: str, what: str) -> None:
        super().__init__(proposal=proposal[:60], what=what)


class BallotsAlreadyCast(AllocationError):
    """The list of proposals is closed by the first ballot."""

    code = "ballots_already_cast"
    sentences = {
        "en": "{count} ballots are cast in “{slug}” already: the voters chose among the proposals they saw, "
        "a new one needs another call.",
        "fr": "{count} bulletins sont déjà déposés dans « {slug} » : les votants ont choisi parmi les propositions "
        "qu'ils voyaient, une nouvelle demande un autre appel.",
    }

    def __init__(self, *, slug: str, count: int) -> None:
        super().__init__(slug=slug, count=count)


class BallotsNotOpen(AllocationError):
    """Ballots are cast from the opening day to the closing day, both included."""

    code = "ballots_not_open"
    sentences = {
        "en": "No ballot can be cast on {on}: “{slug}” takes them from {opens} to {closes}.",
        "fr": "Aucun bulletin ne peut être déposé le {on} : « {slug} » les reçoit du {opens} au {closes}.",
    }

    def __init__(self, *, slug: str, on: date, opens: date, closes: date) -> None:
        super().__init__(slug=slug, on=on.isoformat(), opens=opens.isoformat(), closes=closes.isoformat())


class BallotsSealed(AllocationError):
    """Nobody reads ballots before the closing day."""

    code = "ballots_sealed"
    sentences = {
        "en": "The ballots of “{slug}” are sealed until {closes}; on {on} nobody may count them.",
        "fr": "Les bulletins de « {slug} » sont scellés jusqu'au {closes} ; le {on}, personne ne peut les dépouiller.",
    }

    def __init__(self, *, slug: str, on: date, closes: date) -> None:
        super().__init__(slug=slug, on=on.isoformat(), closes=closes.isoformat())


class BallotInvalid(Inconsistent):
    """A ballot names nobody, names something twice, or supports what was not proposed."""

    code = "ballot_invalid"
    sentences = {
        "en": "The ballot of “{voter}” cannot be counted: {why}.",
        "fr": "Le bulletin de « {voter} » ne peut pas être compté : {why}.",
    }

    whys = {
        "voter_invalid": {
            "en": "a voter's code has 1 to {limit} printable characters",
            "fr": "le code d'un votant a 1 à {limit} caractères imprimables",
        },
        "named_twice": {"en": "it names a proposal twice", "fr": "il nomme deux fois une proposition"},
        "not_proposed": {
            "en": "it supports {proposal}, which is not proposed",
            "fr": "il soutient {proposal}, qui n'est pas proposé",
        },
    }

    def __init__(self, *, voter: str, why: str, limit: int = 0, proposal: str = "") -> None:
        super().__init__(voter=voter[:60], why=why, limit=limit, proposal=proposal[:60])


class BallotConflict(AllocationError):
    """A voter has one ballot, and a ballot that is cast does not change."""

    code = "ballot_conflict"
    sentences = {
        "en": "“{voter}” has cast a ballot already, with other choices; a ballot that is cast does not change.",
        "fr": "« {voter} » a déjà déposé un bulletin, avec d'autres choix ; un bulletin déposé ne change plus.",
    }

    def __init__(self, *, voter: str) -> None:
        super().__init__(voter=voter[:60])


class InputsChanged(AllocationError):
    """The tally was made on other ballots than those now in the box."""

    code = "inputs_changed"
    sentences = {
        "en": "The ballots or proposals of “{slug}” changed since this tally; tally again, then publish.",
        "fr": "Les bulletins ou les propositions de « {slug} » ont changé depuis ce dépouillement ; "
        "dépouillez à nouveau, puis publiez.",
    }

    def __init__(self, *, slug: str) -> None:
        super().__init__(slug=slug)


class OutcomeFinal(AllocationError):
    """A published outcome is never changed nor replaced."""

    code = "outcome_final"
    sentences = {
        "en": "The outcome of “{slug}” was published on {on} and is final.",
        "fr": "Le résultat de « {slug} » a été publié le {on} et il est définitif.",
    }

    def __init__(self, *, slug: str, on: date) -> None:
        super().__init__(slug=slug, on=on.isoformat())


class AmountDoesNotFit(AllocationError):
    """An amount has more digits or decimals than the tables keep, or is not of a currency."""

    code = "amount_does_not_fit"
    sentences = {
        "en": "{amount} cannot be kept: write an amount of a currency, with the decimals it has, "
        "below a hundred billion.",
        "fr": "{amount} ne peut pas être enregistré : écrivez un montant d'une monnaie, inférieur à cent milliards, "
        "avec les décimales qu'elle a.",
    }

    def __init__(self, *, amount: str) -> None:
        super().__init__(amount=amount[:60])
