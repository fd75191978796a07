"""The sentences of reasons in French and English, for the methods of orders, lots, sets and partial amounts."""

from __future__ import annotations

from collections.abc import Mapping

from allocation.methods import order_reasons as orders
from allocation.methods.partial import reasons as partial

TEXTS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        orders.LOCKED_OUT: "Écarté avant le calcul, quels que soient les bulletins.",
        orders.FUNDED_BY_LOT: "Tiré au sort parmi {drawn} de même mérite ({supporters}), au rang {place} ; "
        "il restait {left} pour {cost}.",
        orders.NOT_DRAWN_IN_TIME: "Sorti du tirage au rang {place}, parmi {drawn} de même mérite "
        "({supporters}) ; il restait {left} pour {cost}.",
        orders.OUTSIDE_THE_BAND: "{supporters} sur {entitled} votants : il en fallait {needed} pour entrer "
        "dans le tirage au sort.",
        orders.FUNDED_IN_BEST_SET: "Fait partie de l'ensemble de plus grande utilité qui tient dans l'enveloppe. "
        "{supporters} ; coût {cost} sur {spent}.",
        orders.OUTSIDE_BEST_SET: "{supporters} ; coût {cost}. L'ensemble retenu laisse {left}, et aucun autre qui "
        "tient dans l'enveloppe n'a une plus grande utilité.",
        orders.SIMULATED_MATCH: "Simulation sans effet : avec {supporters}, l'abondement serait de {amount}.",
        orders.SIMULATED_NOTHING: "Simulation sans effet : avec {supporters}, aucun abondement, "
        "car il naît de deux donateurs au moins.",
        partial.FUNDED_PARTLY: "Entré au rang {place} ({supporters}), alors qu'il restait {left}. "
        "Reçoit {amount}, entre les {cost} nécessaires et les {target} demandés.",
        partial.FUNDED_IN_FULL: "Entré au rang {place} ({supporters}), alors qu'il restait {left}. "
        "Reçoit {amount}, tout ce qu'il demande.",
        partial.FUNDED_AT_LEAST: "Entré au rang {place} ({supporters}), alors qu'il restait {left}. "
        "Reçoit les {amount} nécessaires, sur {target} demandés.",
        partial.LEAST_DOES_NOT_FIT: "Rang {place}, {supporters} ; il restait {left} pour au moins {cost} : "
        "il manque {missing}.",
        partial.FUNDED_BY_SPLITS: "La moyenne des répartitions lui donne {part} ({supporters}). "
        "Reçoit {amount}, entre les {cost} nécessaires et les {target} demandés.",
        partial.FUNDED_BY_SPLITS_IN_FULL: "La moyenne des répartitions lui donne {part} ({supporters}). "
        "Reçoit {amount}, tout ce qu'il demande.",
        partial.PART_TOO_SMALL: "Les répartitions lui donnent {part} ({supporters}), pour au moins {cost} : "
        "il manque {missing}. Sa part va aux autres.",
        partial.FUNDED_ALL_TRANCHES: "Reçoit {amount}, tout ce qu'il demande, en {levels}. {supporters}.",
        partial.FUNDED_TO_A_TRANCHE: "Reçoit {amount} sur {target} demandés ({supporters}). "
        "Au niveau {next}, {missing} manquent : ses soutiens ont encore {held} pour {tranche}.",
        partial.FUNDED_TO_A_TRANCHE_BY_LEFT: "Reçoit {amount} sur {target} demandés ({supporters}). "
        "Au niveau {next}, {missing} manquent : il reste {left} pour {tranche}.",
        partial.BASE_NOT_PAID: "{supporters}, à qui il reste {held} pour au moins {cost}. "
        "Au niveau 1, {missing} manquent.",
        partial.BASE_NOT_PAID_BY_LEFT: "{supporters}, à qui il reste {held} pour au moins {cost}, et {left} dans "
        "l'enveloppe à la fin. Au niveau 1, {missing} manquent.",
    },
    "en": {
        orders.LOCKED_OUT: "Set aside before the computation, whatever the ballots say.",
        orders.FUNDED_BY_LOT: "Drawn by lot among {drawn} of equal merit ({supporters}), in place {place}; "
        "{left} was left for {cost}.",
        orders.NOT_DRAWN_IN_TIME: "Drawn in place {place}, among {drawn} of equal merit ({supporters}); "
        "{left} was left for {cost}.",
        orders.OUTSIDE_THE_BAND: "{supporters} of {entitled} voters: {needed} were needed to enter the draw.",
        orders.FUNDED_IN_BEST_SET: "Part of the set of largest utility that the envelope can pay. "
        "{supporters}; cost {cost} of {spent}.",
        orders.OUTSIDE_BEST_SET: "{supporters}; cost {cost}. The chosen set leaves {left}, and no other that the "
        "envelope can pay has a larger utility.",
        orders.SIMULATED_MATCH: "A simulation without effect: with {supporters}, {amount} would be added.",
        orders.SIMULATED_NOTHING: "A simulation without effect: with {supporters}, nothing would be added, "
        "since it takes two givers.",
        partial.FUNDED_PARTLY: "Entered in place {place} ({supporters}), when {left} was left. "
        "Receives {amount}, between the {cost} it needs and the {target} it asks.",
        partial.FUNDED_IN_FULL: "Entered in place {place} ({supporters}), when {left} was left. "
        "Receives {amount}, all that it asks.",
        partial.FUNDED_AT_LEAST: "Entered in place {place} ({supporters}), when {left} was left. "
        "Receives the {amount} it needs, of {target} asked.",
        partial.LEAST_DOES_NOT_FIT: "Place {place}, {supporters}; {left} was left for at least {cost}: "
        "{missing} is missing.",
        partial.FUNDED_BY_SPLITS: "The average of the splits gives it {part} ({supporters}). "
        "Receives {amount}, between the {cost} it needs and the {target} it asks.",
        partial.FUNDED_BY_SPLITS_IN_FULL: "The average of the splits gives it {part} ({supporters}). "
        "Receives {amount}, all that it asks.",
        partial.PART_TOO_SMALL: "The splits give it {part} ({supporters}), for at least {cost}: "
        "{missing} is missing. Its part goes to the others.",
        partial.FUNDED_ALL_TRANCHES: "Receives {amount}, all that it asks, in {levels}. {supporters}.",
        partial.FUNDED_TO_A_TRANCHE: "Receives {amount} of {target} asked ({supporters}). "
        "At level {next}, {missing} is missing: its supporters still have {held} for {tranche}.",
        partial.FUNDED_TO_A_TRANCHE_BY_LEFT: "Receives {amount} of {target} asked ({supporters}). "
        "At level {next}, {missing} is missing: {left} is left for {tranche}.",
        partial.BASE_NOT_PAID: "{supporters} with {held} left for at least {cost}. At level 1, {missing} is missing.",
        partial.BASE_NOT_PAID_BY_LEFT: "{supporters} with {held} left for at least {cost}, and {left} in the envelope "
        "at the end. At level 1, {missing} is missing.",
    },
}

COUNTED: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "fr": {"levels": ("{} niveau", "{} niveaux"), "drawn": ("{} projet", "{} projets")},
    "en": {"levels": ("{} level", "{} levels"), "drawn": ("{} project", "{} projects")},
}

WITHOUT_CHANGE = frozenset(
    {orders.LOCKED_OUT, orders.OUTSIDE_THE_BAND, orders.SIMULATED_MATCH, orders.SIMULATED_NOTHING}
)
"""Reasons after which it would be odd to say what would have had to change."""
