"""Each step of a trace as a sentence, in French and in English.

In a sentence `{value}` is the step's result, `{a0}` and `{a1}` its operands as amounts, `{r1}` its second
operand as a rate, `{about}` the fact it speaks of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from fund.charter.faults import Language
from fund.charter.trace import Claim, Number, Portion, Step
from fund.charter.words.known_words import cost_name, figure_words, party_words
from fund.charter.words.numbers_in_words import amount, plain, rate
from ledger.money import Unit

SENTENCES: dict[str, tuple[str, str]] = {
    "fixed": ("Montant fixe : {value}.", "Fixed amount: {value}."),
    "declared": ("Déclaré ({about}) : {value}.", "Declared ({about}): {value}."),
    "bracket": ("Montant de la tranche du barème : {value}.", "Amount of the bracket: {value}."),
    "pledge": ("Engagement de {about} : {value}.", "Pledge of {about}: {value}."),
    "floor": ("Au moins {a1} : {value}.", "At least {a1}: {value}."),
    "fee": ("Prix de cession de la date : {value}.", "Fee of the date: {value}."),
    "gross": ("Recettes brutes : {value}.", "Gross receipts: {value}."),
    "net": ("Recettes nettes : {value}.", "Net receipts: {value}."),
    "profit": ("Bénéfice de la période : {value}.", "Profit of the period: {value}."),
    "recouped": ("Récupéré par le fonds : {value}.", "Recouped by the fund: {value}."),
    "loss": ("Perte à supporter : {value}.", "Loss to bear: {value}."),
    "result": ("Résultat avant aides : {value}.", "Result before aid: {value}."),
    "deficit": ("Un déficit est un résultat sous zéro : {value}.", "A deficit is a result below zero: {value}."),
    "with-aid": ("Avec les aides déjà versées ({a1}) : {value}.", "With the aid already paid ({a1}): {value}."),
    "not-below-zero": ("Jamais moins que zéro : {value}.", "Never below zero: {value}."),
    "deduction-declared": ("Coût déclaré ({about}) : {value}.", "Cost declared ({about}): {value}."),
    "deduction-unknown": (
        "Coût de {value} non compté : la charte ne prévoit pas « {about} ».",
        "Cost of {value} not counted: the charter does not allow “{about}”.",
    ),
    "deduction-unproven": (
        "Coût de {value} non compté : « {about} » demande une pièce justificative.",
        "Cost of {value} not counted: “{about}” asks for evidence.",
    ),
    "deduction-limit": (
        "Limite de cette déduction : {r1} de {a0} = {value}.",
        "Limit of this deduction: {r1} of {a0} = {value}.",
    ),
    "deduction-within": ("Déduction retenue, {a1} au plus : {value}.", "Deduction allowed, {a1} at most: {value}."),
    "deduction": (
        "Moins la déduction « {about} » : {a0} − {a1} = {value}.",
        "Less the deduction “{about}”: {a0} − {a1} = {value}.",
    ),
    "left-out": ("{a1} non compté : {about}.", "{a1} not counted: {about}."),
    "counted": (
        "Total compté depuis le début : {a0} + {a1} = {value}.",
        "Total counted since the beginning: {a0} + {a1} = {value}.",
    ),
    "franchise": ("Ce qui dépasse {a1} : {value}.", "What exceeds {a1}: {value}."),
    "rate": ("{r1} de {a0} : {value}.", "{r1} of {a0}: {value}."),
    "aid-ceiling": (
        "Plafond de toutes les aides : {r1} de {a0} = {value}.",
        "Ceiling of all aid: {r1} of {a0} = {value}.",
    ),
    "other-aid": ("Moins les aides déjà versées ({a1}) : {value}.", "Less the aid already paid ({a1}): {value}."),
    "ceiling": ("Sans dépasser ce plafond : {value}.", "Within that ceiling: {value}."),
    "item": ("Pour cet événement seul : {value}.", "For this event alone: {value}."),
    "due-so-far": ("Total dû jusqu’ici : {a0} + {a1} = {value}.", "Total due so far: {a0} + {a1} = {value}."),
    "rounding": ("Arrondi à la plus petite unité : {value}.", "Rounded to the smallest unit: {value}."),
    "cap": ("Dans la limite de {a1} : {value}.", "Within the limit of {a1}: {value}."),
    "due": (
        "Dû pour cet événement : {a0} − {a1} déjà dû = {value}.",
        "Due for this event: {a0} − {a1} due before = {value}.",
    ),
    "allocation": ("Montant attribué : {value}.", "Amount of the allocation: {value}."),
    "other_aid": ("Aides déjà versées : {value}.", "Aid already paid: {value}."),
    "franchise-limit": ("Franchise : {r1} de {a0} = {value}.", "Franchise: {r1} of {a0} = {value}."),
    "cap-limit": ("Plafond : {r1} de {a0} = {value}.", "Cap: {r1} of {a0} = {value}."),
    "cent-below": (
        "À la plus petite unité, sans dépasser : {value}.",
        "To the smallest unit, without exceeding: {value}.",
    ),
    "cent-above": (
        "À la plus petite unité, pour y arriver : {value}.",
        "To the smallest unit, so as to reach it: {value}.",
    ),
    "recoupment": (
        "Le plafond mesure la part de « {about} » ({r1}) : le total peut atteindre {value}.",
        "The cap measures the part of “{about}” ({r1}): the whole may reach {value}.",
    ),
    "start": ("On compte à partir de {a0} + {a1} = {value}.", "Counting begins at {a0} + {a1} = {value}."),
    "filled-by": ("Il faut {a0} ÷ {r1} = {value} pour l’atteindre.", "It takes {a0} ÷ {r1} = {value} to reach it."),
    "filled-later": ("Le plus tardif des deux : {value}.", "The later of the two: {value}."),
    "filled-at": ("Ce rang est servi à {value}.", "This rank is full at {value}."),
    "next-rank": ("Le rang suivant commence à {value}.", "The next rank begins at {value}."),
    "earlier-key": (
        "Déjà partagé selon une clé précédente : {a1} ; reste {value}.",
        "Shared before under an earlier key: {a1}; left {value}.",
    ),
    "to-share": (
        "À partager, sans rien reprendre de ce qui l’a été : {value}.",
        "To share, taking nothing back: {value}.",
    ),
    "came-in": ("Tout ce qui est entré : {value}.", "All that came in: {value}."),
    "joined": ("Membres qui ont adhéré : {n}.", "Members who have joined: {n}."),
    "not-launched": (
        "Il en faut {about} pour que quoi que ce soit soit appelé : {value}.",
        "It takes {about} for anything to be called: {value}.",
    ),
    "results": (
        "Résultats depuis le début : {a0} + {a1} = {value}.",
        "Results since the beginning: {a0} + {a1} = {value}.",
    ),
    "above-break-even": (
        "Au-dessus de l’équilibre, de plus qu’avant : {value}.",
        "Above break-even, more than before: {value}.",
    ),
    "points": ("Points de tous ensemble : {n}.", "Points of all together: {n}."),
    "floor-per-point": (
        "Minimum de tous les points, {a0} chacun : {value}.",
        "Minimum of all points, {a0} each: {value}.",
    ),
    "floor-within": (
        "Ce minimum, sans dépasser ce qui est entré ({a1}) : {value}.",
        "That minimum, within what came in ({a1}): {value}.",
    ),
    "points-share": ("Part des points : {r1} de {a0} = {value}.", "Share of the points: {r1} of {a0} = {value}."),
    "below-floor": ("Il manque aux points : {a0} − {a1} = {value}.", "The points are short of: {a0} − {a1} = {value}."),
    "lift": (
        "Pris sur la part des autres, {a0} ÷ {r1} = {value}.",
        "Taken from what the others share, {a0} ÷ {r1} = {value}.",
    ),
    "lifted-so-far": ("Compléments depuis le début : {value}.", "Lifted since the beginning: {value}."),
    "lifted": ("Ce qu’il faut aux points en plus : {value}.", "What the points need besides: {value}."),
    "with-lifted": ("Pot des points : {a0} + {a1} = {value}.", "Pot of the points: {a0} + {a1} = {value}."),
    "cap-above-floor": (
        "Plafond, compléments en plus : {a0} + {a1} = {value}.",
        "Cap, with what lifts the points on top: {a0} + {a1} = {value}.",
    ),
    "above-floor": ("Aux autres : {a0} − {a1} = {value}.", "To the others: {a0} − {a1} = {value}."),
    "room-for-floor": (
        "Reste pour les points : {a0} − {a1} = {value}.",
        "Left for the points: {a0} − {a1} = {value}.",
    ),
    "lifted-within": ("Aux points, sans dépasser ce reste : {value}.", "To the points, within it: {value}."),
    "key-followed": (
        "Ce que chacun garde suit de nouveau la clé à partir de {value}.",
        "What everyone keeps follows the key again from {value} on.",
    ),
    "left-to-bear": ("Reste à supporter : {a0} − {a1} = {value}.", "Left to bear: {a0} − {a1} = {value}."),
    "reserve": ("La réserve contient {value}.", "The reserve holds {value}."),
    "reserve-holds": ("La réserve supporte, au plus {a1} : {value}.", "The reserve bears, {a1} at most: {value}."),
    "turn-limit": ("À son tour, au plus {a1} : {value}.", "At its turn, {a1} at most: {value}."),
    "borne": ("À la charge de cette partie ({about}) : {value}.", "Borne by this party ({about}): {value}."),
    "kept": ("Gardé par cette partie ({about}) : {value}.", "Kept by this party ({about}): {value}."),
    "contribution": ("Contribution de {about} : {value}.", "Contribution of {about}: {value}."),
    "member-limit-rate": (
        "Limite de ce membre : {r1} de {a0} = {value}.",
        "Limit of this member: {r1} of {a0} = {value}.",
    ),
    "member-cap": ("Plafond de {about} : {value}.", "Cap of {about}: {value}."),
    "member-limit": ("Supporté, {a1} au plus : {value}.", "Borne, {a1} at most: {value}."),
    "rest": ("Ce qui reste : {a0} − {a1} = {value}.", "What is left: {a0} − {a1} = {value}."),
}

REASONS: dict[str, tuple[str, str]] = {
    "no-return-up-to": ("l’allocation est trop petite pour un retour", "the allocation is too small for a return"),
    "first-dates": ("la date est parmi les premières, exclues", "the date is among the first, which are excluded"),
    "member-date": ("la date a lieu chez un membre", "the date takes place at a member’s"),
    "not-triggered": ("l’engagement n’est pas né de l’aide", "the engagement was not triggered by the aid"),
    "not-vested": ("aucun contrat n’a été signé à temps", "no contract was signed in time"),
    "window": ("la date est hors de la fenêtre", "the date lies outside the window"),
}


def sentence(step: Step, currency: Unit, language: Language) -> str:
    """What this step does, for a lay reader."""
    which = 0 if language == "fr" else 1
    if step.operation == "share-out":
        return _sharing(step, currency, language)
    words: dict[str, str] = {"value": amount(step.value, currency, language)}
    words["n"] = plain(step.value, language)
    for at, operand in enumerate(step.operands):
        words[f"a{at}"] = amount(operand.value, currency, language)
        words[f"r{at}"] = rate(operand.value, language)
    words["about"] = _about(step, language)
    return SENTENCES[step.kind][which].format(**words)


def _about(step: Step, language: Language) -> str:
    """What a step speaks of, in words: a reason, a cost, a party, a declared figure."""
    if step.kind == "left-out":
        return REASONS[step.about][0 if language == "fr" else 1]
    if step.kind.startswith("deduction"):
        return cost_name(step.about, language)
    if step.kind in ("kept", "borne", "member-limit", "recoupment"):
        return party_words(step.about, language)
    return figure_words(step.about, language)


def _sharing(step: Step, currency: Unit, language: Language) -> str:
    template = {
        "fr": "Partage de {} : {}. Les dernières unités vont à qui atteint le plus tôt la suivante ; "
        "à égalité, à la plus grande fraction, puis par ordre de nom.",
        "en": "Sharing of {}: {}. The last units go to those who reach their next one earliest; "
        "ties by the larger fraction, then by name.",
    }[language]
    wholes: dict[int, Number] = defaultdict(int)
    for portion in step.portions:
        for claim in portion.claims:
            wholes[claim.line] += claim.figure
    lines = ("\u00a0; " if language == "fr" else "; ").join(
        _portion(portion, wholes, currency, language) for portion in step.portions
    )
    return template.format(amount(step.value, currency, language), lines)


def _portion(portion: Portion, wholes: Mapping[int, Number], currency: Unit, language: Language) -> str:
    claims = " + ".join(_claim(claim, wholes[claim.line], currency, language) for claim in portion.claims)
    return f"{party_words(portion.party, language)} {amount(portion.part, currency, language)} ({claims})"


def _claim(claim: Claim, whole: Number, currency: Unit, language: Language) -> str:
    if claim.key in ("", "equal"):
        return rate(claim.share, language)
    said = [
        amount(figure, currency, language) if claim.key == "contribution" else plain(figure, language)
        for figure in (claim.figure, whole)
    ]
    return f"{rate(claim.share, language)} × {said[0]} ÷ {said[1]}"
