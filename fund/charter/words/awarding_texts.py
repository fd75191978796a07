"""How ballots become awards, in words: every slot of an allocation method is said, in French and in English."""

from __future__ import annotations

from collections.abc import Iterator

from fund.charter.awarding import (
    ADD1,
    AllocationMethod,
    AverageSplits,
    EqualShares,
    Greedy,
    Knapsack,
    Phragmen,
    Proportional,
    TrancheShares,
    WaterFilling,
)
from fund.charter.words.numbers_in_words import counted

Pair = tuple[str, str]

_MOST_SUPPORTED = "Ce qui reste va aux projets les plus soutenus.", "What is left goes to the most supported projects."
_NOT_AWARDED = "Ce qui reste n’est pas attribué.", "What is left is not awarded."
_COMPLETIONS: dict[str, tuple[Pair, ...]] = {
    "none": (_NOT_AWARDED,),
    "utilitarian": (_MOST_SUPPORTED,),
    "add1": (_NOT_AWARDED,),
    "add1-utilitarian": (_MOST_SUPPORTED,),
}
_UTILITIES: dict[str, Pair] = {
    "cost": ("Un soutien pèse ce que coûte le projet.", "A supporter weighs what the project costs."),
    "cardinal": ("Un soutien pèse autant pour tous les projets.", "A supporter weighs the same for every project."),
    "score": ("Un soutien pèse la note qu’il donne.", "A supporter weighs the score that they give."),
    "score-cost": (
        "Un soutien pèse la note qu’il donne, pour chaque euro du projet.",
        "A supporter weighs the score that they give, for each euro of the project.",
    ),
}
_WEIGHTS: dict[str, Pair] = {
    "support": ("à la part de ceux qui le soutiennent", "to the share of those who support it"),
    "amount": ("à ce qu’il demande", "to what it asks"),
    "points": ("à la moyenne de ses notes", "to the mean of its scores"),
}
_STOPS: dict[str, Pair] = {
    "exhaustive": (
        "jusqu’à ce qu’aucun projet soutenu ne tienne dans ce qui reste",
        "until no supported project fits in what is left",
    ),
    "overspend": (
        "jusqu’à la dernière fois où l’enveloppe n’est pas dépassée",
        "until the last time that the money is not exceeded",
    ),
}
_STARTS: dict[str, Pair] = {
    "exact": ("de sa valeur exacte", "its exact value"),
    "floor": ("de sa valeur arrondie à l’unité inférieure", "its value rounded down to a whole unit"),
}


def method_pairs(method: AllocationMethod) -> Iterator[Pair]:
    """What the method does with the ballots, with everything that it is told."""
    yield _opening(method)
    match method:
        case EqualShares(utility, completion):
            if completion in ADD1:
                yield _raised(method)
            yield from _COMPLETIONS[completion]
            yield _UTILITIES[utility]
        case TrancheShares(_, utility, completion):
            yield from _COMPLETIONS[completion]
            yield _UTILITIES[utility]
        case Greedy(utility) | Knapsack(utility):
            yield _UTILITIES[utility]
    yield from support_pairs(method.min_support)


def support_pairs(min_support: int) -> Iterator[Pair]:
    """How many supporters a project needs, where it needs any."""
    if min_support:
        yield (
            f"Un projet a besoin d’au moins {counted(min_support, 'soutien', 'soutiens', 'fr')}.",
            f"A project needs at least {counted(min_support, 'supporter', 'supporters', 'en')}.",
        )


def _opening(method: AllocationMethod) -> Pair:
    match method:
        case Greedy():
            french = "Les projets les plus soutenus d’abord, tant que l’enveloppe y suffit"
            english = "The most supported projects first, as long as the money lasts"
        case EqualShares():
            french = "Chaque votant dispose d’une part égale de l’enveloppe pour les projets qu’il soutient"
            english = "Every voter has an equal part of the money for the projects they support"
        case Phragmen():
            french = (
                "Les votants reçoivent l’enveloppe au même rythme ; un projet est acquis dès que ses soutiens ont "
                "ensemble son coût, et tout s’arrête au premier qui ne tient pas dans ce qui reste"
            )
            english = (
                "Voters are handed the money at the same pace; a project is bought as soon as its supporters have its "
                "cost together, and all stops at the first that does not fit in what is left"
            )
        case Knapsack():
            french = "De tous les ensembles que l’enveloppe peut payer, celui qui pèse le plus pour tous les votants"
            english = "Of all sets that the money can pay for, the one that weighs most for all voters together"
        case TrancheShares(increments):
            part_fr = counted(increments, "tranche égale", "tranches égales", "fr")
            part_en = counted(increments, "equal tranche", "equal tranches", "en")
            more = (
                (
                    f", puis par {part_fr} jusqu’à ce qu’il peut employer, "
                    "chacune pesant moitié moins que la précédente",
                    f", then by {part_en} up to what it can use, each weighing half of the one before",
                )
                if increments
                else ("", "")
            )
            french = (
                "Chaque votant dispose d’une part égale de l’enveloppe pour les projets qu’il soutient ; un projet "
                f"s’acquiert d’abord au minimum dont il a besoin{more[0]}"
            )
            english = (
                "Every voter has an equal part of the money for the projects they support; a project is bought first "
                f"at the least it needs{more[1]}"
            )
        case Proportional(weight):
            french = (
                "Les projets entrent par ordre de soutien tant que leurs minimums tiennent dans l’enveloppe, puis se "
                f"la partagent ; chacun reçoit en proportion {_WEIGHTS[weight][0]}, entre son minimum et ce qu’il "
                "peut employer"
            )
            english = (
                "Projects enter by support while the least they need fits in the money, then share it; each gets an "
                f"amount in proportion {_WEIGHTS[weight][1]}, from the least it needs to the most it can use"
            )
        case WaterFilling():
            french = (
                "Les projets entrent par ordre de soutien tant que leurs minimums tiennent dans l’enveloppe, puis "
                "leurs montants montent ensemble, chacun jusqu’à ce qu’il peut employer"
            )
            english = (
                "Projects enter by support while the least they need fits in the money, then their amounts rise "
                "alike, each up to what it can use"
            )
        case AverageSplits():
            french = (
                "Chaque projet reçoit la moyenne des parts qui lui sont données, entre son minimum et ce qu’il peut "
                "employer"
            )
            english = (
                "Each project gets the average of the parts that it is given, from the least it needs to the most it "
                "can use"
            )
    return f"{french} (méthode {method.id}).", f"{english} (method {method.id})."


def _raised(method: EqualShares) -> Pair:
    """How Add1 raises the shares."""
    start = _STARTS[method.add1_start or "exact"]
    stop = _STOPS[method.add1_stop or "exhaustive"]
    step = method.add1_step or ""
    share = step.removesuffix("%")
    by_fr = f"{share} % d’une part" if step.endswith("%") else f"{step} en unités de la monnaie"
    by_en = f"{share}% of a share" if step.endswith("%") else f"{step} in units of the currency"
    return (
        f"La part, partie {start[0]}, est relevée par pas de {by_fr} et tout est recalculé, {stop[0]}.",
        f"The share, from {start[1]} on, is raised by steps of {by_en} and all is computed again, {stop[1]}.",
    )
