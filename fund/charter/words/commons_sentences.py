"""The sentences of the faults of gates, of governance and of what a charter declares; see `fault_sentences`."""

from __future__ import annotations

COMMONS: tuple[tuple[str, str, str, str, str], ...] = (
    # code, what (fr), mend (fr), what (en), mend (en)
    (
        "gate-twice",
        "Une autre condition porte déjà sur la même chose (« {kind} »).",
        "Gardez une seule des deux.",
        "Another gate is already about the same thing (“{kind}”).",
        "Keep one of the two.",
    ),
    (
        "gate-part",
        "On en demande {part} parmi {whole} seulement.",
        "Baissez ce nombre, ou relevez least.",
        "{part} are asked out of {whole} only.",
        "Lower this number, or raise least.",
    ),
    (
        "gate-list",
        "La liste est vide : rien ne passerait cette condition.",
        "Nommez au moins une chose, ou retirez la condition.",
        "The list is empty: nothing would pass this gate.",
        "Name one thing at least, or take the gate out.",
    ),
    (
        "ballot-slot",
        "Cette ligne n’a pas de sens pour « {ballot} » ; elle resterait sans effet.",
        "Retirez-la, ou choisissez : {methods} (pour un consentement, avec fallback).",
        "This line means nothing for “{ballot}”; it would have no effect.",
        "Take it out, or choose: {methods} (for a consent, with fallback).",
    ),
    (
        "add1-absent",
        "Cette ligne règle l’augmentation des parts, et il n’y en a pas (completion : « {completion} »).",
        'Écrivez completion = "add1" ou "add1-utilitarian", ou retirez-la.',
        "This line rules how shares are raised, and they are not (completion: “{completion}”).",
        'Write completion = "add1" or "add1-utilitarian", or take it out.',
    ),
    (
        "method-absent",
        "Sans méthode, les parts données à un projet sont additionnées, quel que soit le nombre de ses soutiens.",
        'Ajoutez allocation_method = "average-splits/1", ou retirez cette ligne.',
        "Without a method the parts given to a project are added up, however many supporters it has.",
        'Add allocation_method = "average-splits/1", or take this line out.',
    ),
    (
        "step",
        "« {found} » n’est pas un pas d’augmentation.",
        'Écrivez un nombre au-dessus de 0, en unités de la monnaie, ou une part : "1", "0.5", "1%".',
        "“{found}” is no step to raise shares by.",
        'Write a number above 0, in units of the currency, or a share: "1", "0.5", "1%".',
    ),
    (
        "majority-low",
        "Une majorité de {found} laisserait adopter une question et son contraire.",
        'Écrivez "1/2" (plus de la moitié), ou davantage.',
        "A majority of {found} would let a question and its opposite both be adopted.",
        'Write "1/2" (more than half), or more.',
    ),
    (
        "quorum-absent",
        "Cette ligne suppose un quorum, et il n’y en a pas.",
        "Ajoutez quorum, ou retirez-la.",
        "This line supposes a quorum, and there is none.",
        "Add quorum, or take it out.",
    ),
    (
        "tie-without-casting",
        "Le partage des voix revient à la présidence, dont la voix n’est pas prépondérante (chair : « {chair} »).",
        'Écrivez chair = "casting-vote", ou tie_break = "rejected".',
        "A tie is left to the chair, who has no casting vote (chair: “{chair}”).",
        'Write chair = "casting-vote", or tie_break = "rejected".',
    ),
    (
        "casting-without-tie",
        "La présidence a voix prépondérante, mais aucun partage des voix ne lui revient.",
        'Ajoutez tie_break = "casting-vote" à un vote par oui ou non, ou écrivez chair = "votes".',
        "The chair has a casting vote, but no tie is left to it.",
        'Add tie_break = "casting-vote" to a yes-or-no ballot, or write chair = "votes".',
    ),
    (
        "casting-majority",
        "À égalité, une majorité de {majority} n’est pas atteinte : la voix prépondérante ne servirait à rien.",
        'Écrivez majority = "1/2", ou tie_break = "rejected".',
        "A tie is short of a majority of {majority}: the casting vote would serve no purpose.",
        'Write majority = "1/2", or tie_break = "rejected".',
    ),
    (
        "emergency-nothing",
        "L’urgence dispense de délai et de débat, mais la charte n’exige ni l’un ni l’autre.",
        "Ajoutez notice_days ou debate_first, ou retirez emergency.",
        "An emergency dispenses with notice and debate, but the charter asks for neither.",
        "Add notice_days or debate_first, or take emergency out.",
    ),
    (
        "basket-empty",
        "Le panier ne contient rien.",
        "Donnez physical ou immaterial au-dessus de zéro.",
        "The basket holds nothing.",
        "Give physical or immaterial above zero.",
    ),
)
