"""What a method can claim about its outcomes, by name; the property tests read these claims, and so do members.

A claim is made where theory proves it, not where a search merely found nothing against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

EXHAUSTIVE = "exhaustive"
EJR1_COST = "ejr-1-cost"
EJR1_CARDINAL = "ejr-1-cardinal"
PJR1_COST = "pjr-1-cost"
EJR_PLUS_COST = "ejr-plus-cost"
EJR_PLUS_CARDINAL = "ejr-plus-cardinal"
PRICEABLE = "priceable"
PARETO_COST = "pareto-cost"
PARETO_CARDINAL = "pareto-cardinal"
DISCOUNT_MONOTONE = "discount-monotone"
SUPPORT_MONOTONE = "support-monotone"
LIMIT_MONOTONE = "limit-monotone"

AXIOMS: Mapping[str, Mapping[str, str]] = {
    EXHAUSTIVE: {
        "en": "No supported project still fits in what is left.",
        "fr": "Aucun projet soutenu ne tient encore dans ce qui reste.",
    },
    EJR1_COST: {
        "en": "A group that agrees on projects it could pay with its shares gets as many euros, up to one project.",
        "fr": "Un groupe d'accord sur des projets que ses parts paieraient obtient autant d'euros, à un projet près.",
    },
    EJR1_CARDINAL: {
        "en": "A group that agrees on projects it could pay with its shares gets as many of them, up to one project.",
        "fr": "Un groupe d'accord sur des projets que ses parts paieraient en obtient autant, à un projet près.",
    },
    PJR1_COST: {
        "en": "A group that agrees on projects it could pay with its shares gets as many euros together, "
        "up to one project.",
        "fr": "Un groupe d'accord sur des projets que ses parts paieraient obtient ensemble autant d'euros, "
        "à un projet près.",
    },
    EJR_PLUS_COST: {
        "en": "Nobody can name a project left out that its supporters could pay while all of them got fewer euros.",
        "fr": "Nul ne peut nommer un projet écarté que ses soutiens pourraient payer et qui ont tous moins d'euros.",
    },
    EJR_PLUS_CARDINAL: {
        "en": "Nobody can name a project left out that its supporters could pay while all of them got fewer projects.",
        "fr": "Nul ne peut nommer un projet écarté que ses soutiens pourraient payer et qui ont tous moins de projets.",
    },
    PRICEABLE: {
        "en": "Each voter pays at most a share, and only for what they support; each purchase is paid in full.",
        "fr": "Chaque votant paie au plus sa part, et seulement ce qu'il soutient ; chaque achat est payé en entier.",
    },
    PARETO_COST: {
        "en": "No other choice gives every voter as many euros and some voter more.",
        "fr": "Aucun autre choix ne donne à chaque votant autant d'euros et à l'un davantage.",
    },
    PARETO_CARDINAL: {
        "en": "No other choice gives every voter as many projects and some voter more.",
        "fr": "Aucun autre choix ne donne à chaque votant autant de projets et à l'un davantage.",
    },
    DISCOUNT_MONOTONE: {
        "en": "A funded project that asks less is still funded.",
        "fr": "Un projet financé qui demande moins l'est encore.",
    },
    SUPPORT_MONOTONE: {
        "en": "A funded project that gains a supporter is still funded.",
        "fr": "Un projet financé qui gagne un soutien l'est encore.",
    },
    LIMIT_MONOTONE: {
        "en": "A larger envelope takes nothing from a funded project.",
        "fr": "Une enveloppe plus grande ne retire rien à un projet financé.",
    },
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A method claims an axiom; `when` names parameters with the values it holds for, none: always."""

    axiom: str
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def holds(self, parameters: Mapping[str, str | int]) -> bool:
        """Whether the claim is made under these parameters."""
        return all(parameters.get(name) in values for name, values in self.when)
