"""The sentences of the faults of a charter's notoriety; see `fault_sentences`."""

from __future__ import annotations

NOTORIETY: tuple[tuple[str, str, str, str, str], ...] = (
    # code, what (fr), mend (fr), what (en), mend (en)
    (
        "points-none",
        "Ce barème ne donne de points à rien.",
        "Écrivez au moins une ligne, comme performance = 1.",
        "This table gives points to nothing.",
        "Write at least one line, like performance = 1.",
    ),
    (
        "credit-twice",
        "Ce bénéficiaire est déjà crédité plus haut.",
        "Réunissez les deux parts en une.",
        "This party is already credited above.",
        "Put the two shares into one.",
    ),
    (
        "logo-order",
        "L’ordre des logos ne nomme pas chaque niveau une fois (absents : {absent} ; inconnus ou en double : {wrong}).",
        "Nommez chaque niveau une seule fois.",
        "The order of logos does not name every level once (absent: {absent}; unknown or twice: {wrong}).",
        "Name every level once.",
    ),
    (
        "notoriety-unsaid",
        "Cette règle partage de l’argent selon la notoriété, et la charte ne dit pas comment elle se compte.",
        "Ajoutez une section [notoriety] avec son plafond (ceiling), ou changez la clé.",
        "This rule shares money by notoriety, and the charter does not say how notoriety is counted.",
        "Add a section [notoriety] with its ceiling, or change the key.",
    ),
    (
        "notoriety-ceiling",
        "La notoriété orienterait {share} de l’argent de cette règle ; la charte dit au plus {most}.",
        "Baissez la part qui a la clé notoriety, ou relevez ceiling dans [notoriety].",
        "Notoriety would steer {share} of this rule’s money; the charter says at most {most}.",
        "Lower the share with the key notoriety, or raise ceiling in [notoriety].",
    ),
)
