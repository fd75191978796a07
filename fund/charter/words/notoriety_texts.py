"""The notoriety of a charter in words: its article, and the steps by which an amount of points came about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fund.charter.faults import Language
from fund.charter.notoriety.grammar import (
    Credit,
    CreditToCompany,
    CreditToMembers,
    FactKind,
    Notoriety,
    SamePoints,
    Worth,
)
from fund.charter.notoriety.statements import SET_ASIDE, Statement
from fund.charter.reading.slots import MADE_UP
from fund.charter.trace import Number, Step
from fund.charter.words.article_texts import listed
from fund.charter.words.known_words import party_words
from fund.charter.words.notoriety_words import KINDS, LEVELS, kind_words, level_words, public_level_words
from fund.charter.words.numbers_in_words import amount, rate
from ledger.money import Unit

_KEYS = {
    "contribution": (
        "en proportion des apports en numéraire reçus",
        "in proportion to the cash contributions received",
    ),
    "points": ("en proportion des points", "in proportion to points"),
    "equal": ("à parts égales", "in equal parts"),
    "use": ("en proportion de l’usage", "in proportion to use"),
    "percentage": ("selon les pourcentages convenus", "by the percentages agreed"),
}
_SLOTS = {
    "share": ("part", "share"),
    "key": ("clé", "key"),
    "decay": ("perte annuelle", "yearly decay"),
    "contestation_days": ("délai de contestation", "delay to contest"),
    "ceiling": ("plafond", "ceiling"),
    "coproduction": ("emploi du mot « coproduction »", "use of the word “coproduction”"),
    "validation_days": ("délai de validation", "days to validate"),
    "logo_order": ("ordre des logos", "order of logos"),
}

STEPS: dict[str, tuple[str, str]] = {
    "notoriety-opening": ("Solde au début ({about}) : {value}.", "Balance at the beginning ({about}): {value}."),
    "notoriety-exact": (
        "Solde exact, avec ce que l’arrondi a laissé ({p1}) : {value}.",
        "Exact balance, with what rounding left ({p1}): {value}.",
    ),
    "notoriety-left": ("Un an après il en reste {r1} : {value}.", "A year later {r1} of it is left: {value}."),
    "notoriety-whole": ("Au point le plus proche : {value}.", "To the nearest point: {value}."),
    "notoriety-decay": (
        "Perdu dans l’année ({about}) : {p0} − {p1} = {value}.",
        "Lost ({about}): {p0} − {p1} = {value}.",
    ),
    "notoriety-fact": ("Fait {about}, selon le barème : {value}.", "Fact {about}, by the table: {value}."),
    "notoriety-company": (
        "Avec les autres faits de {about} : {p0} + {p1} = {value}.",
        "With the other facts of {about}: {p0} + {p1} = {value}.",
    ),
    "notoriety-total": (
        "Avec tous les faits de {about} : {p0} + {p1} = {value}.",
        "With all the facts of {about}: {p0} + {p1} = {value}.",
    ),
    "notoriety-part": ("Part ({about}) : {r1} de {p0} = {value}.", "Part ({about}): {r1} of {p0} = {value}."),
    "notoriety-carried": (
        "Reporté des relevés d’avant ({about}) : {value}.",
        "Carried over from earlier statements ({about}): {value}.",
    ),
    "notoriety-entitled": (
        "Dû exactement ({about}) : {p0} + {p1} = {value}.",
        "Due exactly ({about}): {p0} + {p1} = {value}.",
    ),
    "not-below-zero": (
        "Reçu d’avance ({p0}) : rien cette fois.",
        "Received ahead ({p0}): nothing this time.",
    ),
}


def notoriety_text(notoriety: Notoriety, language: Language) -> str:
    """The article on notoriety: every slot said, the table of points readable aloud."""
    return " ".join(
        (
            _table_text(notoriety.points, language),
            _credits_text(notoriety.credits, language),
            *_rules_text(notoriety, language),
            *_wording_text(notoriety, language),
            *_sources_text(notoriety, language),
        )
    )


def points_words(number: Number, language: Language) -> str:
    """`25,4 points`, `1 point`: a part of a point is shown by four decimals, and `…` when it goes on."""
    one = -2 < number < 2 if language == "fr" else number in (1, -1)
    return amount(number, Unit("point" if one else "points", 0, "points"), language)


def _table_text(points: Mapping[FactKind, Worth], language: Language) -> str:
    french = language == "fr"
    rows = []
    for kind in KINDS:
        if kind in points:
            once = ""
            if kind == "town":
                once = " (une fois par commune et par projet)" if french else " (once a town and project)"
            rows.append(f"{kind_words(kind, language)}{once}, {_worth_text(points[kind], language)}")
    lines = listed(rows, language)
    if french:
        return (
            f"Un fait daté et prouvé vaut des points, selon ce barème : {lines}. "
            "Un fait que le barème ne nomme pas n’en donne aucun."
        )
    return (
        f"A dated and proven fact is worth points, by this table: {lines}. "
        "A fact that the table does not name gives none."
    )


def _worth_text(worth: Worth, language: Language) -> str:
    if isinstance(worth, SamePoints):
        return points_words(worth.points, language)
    template = "{} au niveau {}" if language == "fr" else "{} at the {} level"
    named = [level for level in LEVELS if level in worth.points]
    return ", ".join(
        template.format(points_words(worth.points[level], language), level_words(level, language)) for level in named
    )


def _credits_text(credits: Iterable[Credit], language: Language) -> str:
    rows = [_credit_text(credit, language) for credit in credits]
    if language == "fr":
        return f"Les points d’un fait reviennent ainsi : {listed(rows, language)}."
    return f"The points of a fact go as follows: {listed(rows, language)}."


def _credit_text(credit: Credit, language: Language) -> str:
    share = rate(credit.share, language)
    if isinstance(credit, CreditToMembers):
        key = _KEYS[credit.key][0 if language == "fr" else 1]
        return f"{share} pour les membres, {key}" if language == "fr" else f"{share} to the members, {key}"
    if isinstance(credit, CreditToCompany):
        return f"{share} pour la compagnie du projet" if language == "fr" else f"{share} to the project’s company"
    return f"{share} pour le fonds" if language == "fr" else f"{share} to the fund"


def _rules_text(notoriety: Notoriety, language: Language) -> Iterable[str]:
    days, decay, ceiling = notoriety.contestation_days, notoriety.decay, notoriety.ceiling
    if language == "fr":
        yield (
            f"Un fait peut être contesté pendant {days} jour{'s' if days > 1 else ''} après sa déclaration ; contesté, "
            "il est mis de côté jusqu’à ce que ce soit réglé. Rien n’est crédité avant."
        )
        yield "Le relevé de l’année est adopté par une personne."
        yield f"Chaque année, un solde perd {rate(decay, language)}." if decay else "Les points ne s’éteignent pas."
        yield (
            f"La notoriété n’oriente jamais plus de {rate(ceiling, language)} de l’argent d’une règle."
            if ceiling
            else "La notoriété n’oriente aucun argent."
        )
        return
    yield (
        f"A fact may be contested for {days} day{'s' if days > 1 else ''} after its declaration; contested, it is set "
        "aside until that is settled. Nothing is credited before."
    )
    yield "The statement of the year is adopted by a person."
    yield f"Each year a balance loses {rate(decay, language)}." if decay else "Points do not lapse."
    yield (
        f"Notoriety never steers more than {rate(ceiling, language)} of a rule’s money."
        if ceiling
        else "Notoriety steers no money."
    )


def _wording_text(notoriety: Notoriety, language: Language) -> Iterable[str]:
    wording, french = notoriety.wording, language == "fr"
    logos = ", ".join(public_level_words(level, language) for level in wording.logo_order)
    if wording.coproduction == "strict":
        yield (
            "« Coproduction » est réservé à qui partage le risque ; sinon on écrit « cofinancement »."
            if french
            else "“Coproduction” is kept for those who share the risk; otherwise “cofinancement” is written."
        )
    else:
        yield (
            "« Coproduction » se dit selon l’usage, même sans partage du risque."
            if french
            else "“Coproduction” is said as is usual, even where the risk is not shared."
        )
    days = wording.validation_days
    yield (
        f"Ce que l’État aide est soumis au moins {days} jour{'s' if days > 1 else ''} avant impression ou parution."
        if french
        else f"What the State aids is submitted at least {days} day{'s' if days > 1 else ''} before print or release."
    )
    yield (
        f"Les logos se suivent ainsi : {logos} ; une seule Marianne."
        if french
        else f"Logos follow in this order: {logos}; one Marianne only."
    )


def _sources_text(notoriety: Notoriety, language: Language) -> Iterable[str]:
    """Where the numbers come from; an invented one is called so."""
    which = 0 if language == "fr" else 1
    slots: dict[str, dict[str, None]] = {}
    of_table = notoriety.points_sources
    for (kind, level), source in of_table.items():
        words = ("barème", "table of points")[which]
        if len(set(of_table.values())) > 1:
            words = kind_words(kind, language) + (f" ({level_words(level, language)})" if level else "")
        slots.setdefault(source, {})[words] = None
    for sources in (notoriety.sources, notoriety.wording.sources):
        for slot, source in sources.items():
            if slot in _SLOTS:
                slots.setdefault(source, {})[_SLOTS[slot][which]] = None
    for credit in notoriety.credits:
        for slot, source in credit.sources.items():
            if slot in _SLOTS:
                slots.setdefault(source, {})[f"{_SLOTS[slot][which]} ({_whose(credit, language)})"] = None
    made_up = ("nombre inventé", "made-up number")[which]
    colon = (" : ", ": ")[which]
    rows = [f"{', '.join(names)}{colon}{made_up if source == MADE_UP else source}" for source, names in slots.items()]
    if rows:
        yield f"[Sources{colon}{listed(rows, language)}]"


def _whose(credit: Credit, language: Language) -> str:
    if isinstance(credit, CreditToMembers):
        return party_words("members", language)
    return party_words("company" if isinstance(credit, CreditToCompany) else "fund", language)


def step_text(step: Step, language: Language) -> str:
    """What one step of a statement does, for a lay reader."""
    which = 0 if language == "fr" else 1
    if step.operation == "share-out":
        parts = listed(
            (f"{party_words(p.party, language)} {points_words(p.part, language)}" for p in step.portions), language
        )
        template = (
            "Partage de {} : {}. Les derniers points vont à qui atteint le plus tôt le suivant ; à égalité, à la plus "
            "grande fraction, puis par ordre de nom.",
            "Sharing of {}: {}. The last points go to those who reach their next one earliest; ties by the larger "
            "fraction, then by name.",
        )[which]
        return template.format(points_words(step.value, language), parts)
    words = {"value": points_words(step.value, language)}
    for at, operand in enumerate(step.operands):
        words[f"p{at}"] = points_words(operand.value, language)
        words[f"r{at}"] = rate(operand.value, language)
    company = step.kind in ("notoriety-company", "notoriety-total")
    words["about"] = party_words(f"company:{step.about}" if company else step.about, language)
    return STEPS[step.kind][which].format(**words)


def explained(made: Statement, party: str, language: Language) -> tuple[str, ...]:
    """How the points of one party came about, step by step; nothing for a party whose points do not move.

    What contested facts would give is left out: nobody has it.
    """
    steps = {step.number: step for step in made.steps}
    wanted = [step.number for step in made.steps if step.article != SET_ASIDE and _ends_at(step, party)]
    needed: set[int] = set()
    while wanted:
        number = wanted.pop()
        if number not in needed:
            needed.add(number)
            wanted += (operand.step for operand in steps[number].operands if operand.step is not None)
    return tuple(step_text(steps[number], language) for number in sorted(needed))


def _ends_at(step: Step, party: str) -> bool:
    if step.operation == "share-out":
        return any(portion.party == party for portion in step.portions)
    return step.about == party and step.kind in ("notoriety-decay", "notoriety-part", "notoriety-entitled")
