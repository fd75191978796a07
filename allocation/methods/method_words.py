"""The methods by name, in French and English: what a column of scenarios is called, and what its method does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "fr": {
        "greedy": "Par nombre de voix",
        "equal-shares": "Parts égales",
        "phragmen": "Phragmén",
        "knapsack": "Le plus de soutiens possible",
        "ranked": "Ordre des bulletins",
        "tranche-shares": "Parts égales par tranches",
        "proportional": "Proportionnel, entre minimum et demande",
        "water-filling": "Par paliers égaux",
        "average-splits": "Moyenne des répartitions",
        "lottery-band": "Tirage dans une bande",
        "quadratic": "Abondement quadratique (simulation)",
    },
    "en": {
        "greedy": "Most votes first",
        "equal-shares": "Equal shares",
        "phragmen": "Phragmén",
        "knapsack": "As much support as possible",
        "ranked": "The ballots’ order",
        "tranche-shares": "Equal shares by tranches",
        "proportional": "Proportional, between minimum and request",
        "water-filling": "In equal steps",
        "average-splits": "Average of the splits",
        "lottery-band": "Lottery within a band",
        "quadratic": "Quadratic matching (simulation)",
    },
}
_DETAILS: Final[Mapping[str, Mapping[tuple[str, str], str]]] = {
    "fr": {
        ("utility", "cardinal"): "voix par euro",
        ("utility", "score"): "selon les points",
        ("utility", "borda"): "selon les rangs",
        ("utility", "score-cost"): "selon les points",
        ("completion", "none"): "sans complément",
        ("completion", "add1"): "parts augmentées",
        ("completion", "add1-utilitarian"): "parts augmentées, puis complément",
        ("order", "schulze"): "Schulze",
        ("order", "majority-judgment"): "jugement majoritaire",
    },
    "en": {
        ("utility", "cardinal"): "votes per euro",
        ("utility", "score"): "by points",
        ("utility", "borda"): "by ranks",
        ("utility", "score-cost"): "by points",
        ("completion", "none"): "not completed",
        ("completion", "add1"): "raised shares",
        ("completion", "add1-utilitarian"): "raised shares, then completed",
        ("order", "schulze"): "Schulze",
        ("order", "majority-judgment"): "majority judgment",
    },
}
_AMOUNTS: Final[Mapping[str, Mapping[str, str]]] = {
    "fr": {"minimum": "au minimum", "target": "", "between": ""},
    "en": {"minimum": "at the minimum", "target": "", "between": ""},
}
_TOLD: Final[Mapping[str, Mapping[str, str]]] = {
    "fr": {
        "greedy": "Les projets les plus soutenus d'abord, tant que ce qui reste peut les payer.",
        "equal-shares": "Chaque votant a la même part de l'enveloppe ; ses soutiens paient un projet ensemble.",
        "phragmen": "L'argent vient à tous au même rythme ; un projet est pris dès que ses soutiens le peuvent.",
        "knapsack": "La combinaison de projets qui réunit le plus de soutien dans l'enveloppe.",
        "ranked": "Les projets dans l'ordre que donnent les bulletins, tant que ce qui reste peut les payer.",
        "tranche-shares": "Parts égales au minimum de chaque projet, puis tranche par tranche jusqu'à la demande.",
        "proportional": "Chaque projet soutenu reçoit à proportion, entre son minimum et sa demande.",
        "water-filling": "Les montants montent ensemble, palier par palier, du minimum à la demande.",
        "average-splits": "Chaque votant répartit sa part ; les parts s'ajoutent.",
        "lottery-band": "Les mieux placés sont retenus ; un tirage public départage une bande autour du seuil.",
        "quadratic": "Une simulation : elle se compare et ne s'adopte pas.",
    },
    "en": {
        "greedy": "The most supported projects first, as long as what is left can pay them.",
        "equal-shares": "Each voter has the same part of the envelope; a project is paid by its supporters together.",
        "phragmen": "Money comes to all at the same pace; a project is bought once its supporters can pay it.",
        "knapsack": "The combination of projects that gathers most support within the envelope.",
        "ranked": "The projects in the order that the ballots give, as long as what is left can pay them.",
        "tranche-shares": "Equal shares at each project's minimum, then tranche by tranche up to its request.",
        "proportional": "Each supported project gets its proportion, never below its minimum nor above its request.",
        "water-filling": "Amounts rise together, step by step, from minimum to request.",
        "average-splits": "Each voter splits their part; the parts add up.",
        "lottery-band": "The best placed are taken; a public lottery draws within a band around the line.",
        "quadratic": "A simulation: it is compared and never adopted.",
    },
}


def method_name(method: str, parameters: Mapping[str, str | int], language: str, *, amounts: str = "target") -> str:
    """What a scenario is called, with what sets it apart from others of its method.

    >>> method_name("equal-shares/1", {"utility": "cost", "completion": "none"}, "en", amounts="minimum")
    'Equal shares (not completed, at the minimum)'
    """
    words = "fr" if language == "fr" else "en"
    name = method.partition("/")[0]
    details = [_DETAILS[words].get((key, str(value)), "") for key, value in sorted(parameters.items())]
    told = [each for each in (*details, _AMOUNTS[words].get(amounts, amounts)) if each]
    known = _NAMES[words].get(name, method)
    return f"{known} ({', '.join(told)})" if told else known


def method_told(method: str, language: str) -> str:
    """What the method does, in one sentence; empty for one unknown here."""
    return _TOLD["fr" if language == "fr" else "en"].get(method.partition("/")[0], "")
