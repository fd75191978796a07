"""The articles of a charter as they are read aloud, French and English: every slot that is written is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from fund.charter.faults import Language
from fund.charter.grammar import (
    Bracket,
    Brackets,
    Charter,
    ContributionRule,
    FixedFee,
    Formula,
    FreeWithFloor,
    Head,
    Hours,
    InKind,
    Payment,
    RateOfDeclared,
    Tranche,
)
from fund.charter.reading.slots import MADE_UP
from fund.charter.rules import Sources
from fund.charter.words.known_words import category_words, figure_words, spoken
from fund.charter.words.numbers_in_words import amount, day, plain, rate, share
from ledger.money import Unit

_LEGAL_FORMS = {
    "association-1901": ("une association loi 1901", "an association under the French law of 1901"),
    "scic": ("une société coopérative d’intérêt collectif (SCIC)", "a cooperative of collective interest (SCIC)"),
    "sep": ("une société en participation (SEP)", "an undisclosed partnership (SEP)"),
    "simple-coproduction": (
        "une coproduction simple, avec un contrat par projet",
        "a simple co-production, with one contract for each project",
    ),
}
_BRAIDED = (
    (("contributions", "resources", "baskets"), ("des ressources", "resources")),
    (("risks",), ("des risques", "risks")),
    (("returns",), ("des recettes", "receipts")),
    (("notoriety",), ("la notoriété", "notoriety")),
)
"""What is put in common, and the sections that say how."""
_IN_KIND = {
    "premises": ("des locaux", "premises"),
    "equipment": ("du matériel", "equipment"),
    "goods": ("des biens", "goods"),
    "service": ("des prestations", "services"),
    "work": ("du travail", "work"),
}
_TWO = 2
_CONDITIONS = {
    "agreement": ("à la signature de la convention", "when the agreement is signed"),
    "spending": ("quand les dépenses sont justifiées", "when the spending is proven"),
    "premiere": ("à la première", "at the première"),
    "report": ("à la remise du bilan", "when the final report is in"),
}


SLOT_WORDS = {
    "amount": ("montant", "amount"),
    "rate": ("taux", "rate"),
    "cap": ("plafond", "cap"),
    "floor": ("plancher", "floor"),
    "up_to": ("limite du barème", "end of the bracket"),
    "instalments": ("versements", "instalments"),
    "share": ("part", "share"),
    "exclude_first_dates": ("premières dates", "first dates"),
    "vesting_months": ("délai de contrat", "time to contract"),
    "window_months": ("fenêtre", "window"),
    "no_return_up_to": ("seuil", "threshold"),
    "franchise": ("franchise", "franchise"),
    "aid_ceiling": ("plafond des aides", "ceiling of aid"),
    "limit": ("limite", "limit"),
    "expires_months": ("échéance", "expiry"),
    "launch_threshold": ("seuil de lancement", "launch threshold"),
    "quantity": ("quantité", "quantity"),
    "unit_value": ("valeur unitaire", "unit value"),
    "hours": ("heures", "hours"),
    "floor_per_point": ("minimum par point", "minimum per point"),
    "kind": ("règle", "rule"),
    "least": ("minimum", "minimum"),
    "most": ("maximum", "maximum"),
    "months": ("délai", "time"),
    "specialised": ("partenaires spécialisés", "specialised partners"),
    "within_months": ("période", "span"),
    "hosted_least": ("dates accueillies", "hosted dates"),
    "least_overseas": ("minimum outre-mer", "minimum overseas"),
    "regions": ("régions", "regions"),
    "notice_days": ("convocation", "notice"),
    "quorum": ("quorum", "quorum"),
    "second_meeting_days": ("seconde convocation", "second notice"),
    "proxies": ("procurations", "proxies"),
    "majority": ("majorité", "majority"),
    "grades": ("mentions", "grades"),
    "min_support": ("soutiens", "supporters"),
    "top": ("note la plus haute", "highest score"),
    "add1_step": ("pas d’augmentation", "step of the increase"),
    "increments": ("tranches", "increments"),
    "longest": ("durée", "length"),
    "physical": ("biens matériels", "physical goods"),
    "immaterial": ("biens immatériels", "immaterial goods"),
}


def listed(rows: Iterable[str], language: Language) -> str:
    """A list within a sentence."""
    return (" ; " if language == "fr" else "; ").join(rows)


def said(pair: tuple[str, str], language: Language) -> str:
    """One of two words, by the language."""
    return pair[0] if language == "fr" else pair[1]


def joined(rows: Sequence[str], language: Language) -> str:
    """`a, b et c`."""
    if len(rows) < 2:
        return "".join(rows)
    return f"{', '.join(rows[:-1])} {said(('et', 'and'), language)} {rows[-1]}"


def term_text(charter: Charter, language: Language, numbers: Mapping[str, int] | None = None) -> str:
    """What the charter is, what it braids and by which articles, from when to when, in which form and currency."""
    head = charter.head
    parts = [head.summary, *braided(numbers or {}, language), said(_term(head), language)]
    form, code = said(_LEGAL_FORMS[head.legal_form], language), head.currency.code
    parts.append(
        said(
            (f"Le fonds est {form}. Les montants sont en {code}.", f"The fund is {form}. Amounts are in {code}."),
            language,
        )
    )
    return " ".join(parts)


def braided(numbers: Mapping[str, int], language: Language) -> Iterator[str]:
    """What is put in common, each with its articles, in one sentence that ranks nothing."""
    strands: list[str] = []
    for sections, pair in _BRAIDED:
        own = [str(number) for name, number in numbers.items() if name.partition(".")[0] in sections]
        if own:
            word = "article" if len(own) == 1 else "articles"
            strands.append(f"{said(pair, language)} ({word} {joined(own, language)})")
    if strands:
        opening = said(("Cette charte met en commun", "This charter pools"), language)
        yield f"{opening} {joined(strands, language)}."


def _term(head: Head) -> tuple[str, str]:
    french, english = (
        f"C’est la version {head.version}, qui s’applique",
        f"This is version {head.version}, which applies",
    )
    if head.effective_from is None:
        return f"{french} dès son adoption.", f"{english} once it is adopted."
    first, last = head.effective_from, head.effective_until
    if last is None:
        return f"{french} à partir du {day(first, 'fr')}.", f"{english} from {day(first, 'en')}."
    return (
        f"{french} du {day(first, 'fr')} au {day(last, 'fr')}.",
        f"{english} from {day(first, 'en')} to {day(last, 'en')}.",
    )


# Contributions


def contribution_text(rule: ContributionRule, charter: Charter, language: Language) -> str:
    """Who gives, and how much."""
    parts = _terms_text(rule, _who(rule, charter, language), charter.head.currency, language)
    return " ".join((*parts, *sources_text(_sources(rule, language), language)))


def _sources(rule: ContributionRule, language: Language) -> Sources:
    """Those of the article, then those of its brackets, by their place."""
    sources = dict(rule.sources)
    if isinstance(rule.terms, Payment) and isinstance(rule.terms.formula, Brackets):
        word = "échelon" if language == "fr" else "bracket"
        for at, bracket in enumerate(rule.terms.formula.brackets, start=1):
            sources |= {f"{slot} ({word} {at})": source for slot, source in bracket.sources.items()}
    return sources


def _who(rule: ContributionRule, charter: Charter, language: Language) -> str:
    """`Chaque lieu et chaque festival`."""
    if rule.categories:
        each = said(("chaque", "each"), language)
        who = joined([f"{each} {category_words(category, language)}" for category in rule.categories], language)
        return f"{who[0].upper()}{who[1:]}"
    named = isinstance(rule.terms, Payment) and any(
        other.categories and isinstance(other.terms, Payment) for other in charter.contributions
    )
    return said(
        ("Chaque membre qu’aucun autre article ne nomme", "Each member that no other article names")
        if named
        else ("Chaque membre", "Each member"),
        language,
    )


def _terms_text(rule: ContributionRule, who: str, unit: Unit, language: Language) -> Iterator[str]:
    match rule.terms:
        case Payment(formula=formula, instalments=instalments, launch_threshold=threshold):
            yield _formula_text(formula, who, unit, language)
            if instalments > 1:
                yield said(
                    (f"Le paiement se fait en {instalments} fois.", f"It is paid in {instalments} parts."), language
                )
            if threshold is not None:
                yield said(
                    (
                        f"Rien n’est demandé tant que {threshold} membres n’ont pas adhéré.",
                        f"Nothing is asked until {threshold} members have joined.",
                    ),
                    language,
                )
        case InKind(what=what, unit=each, quantity=quantity, unit_value_minor=minor, method=method):
            things, value = said(_IN_KIND[what], language), amount(minor, unit, language)
            if quantity is None:
                yield said(
                    (f"{who} apporte {things}, autant que possible.", f"{who} gives {things}, as much as it can."),
                    language,
                )
            else:
                many, named = plain(quantity, language), _many(each, quantity)
                yield said(
                    (f"{who} apporte {things} : {many} {named}.", f"{who} gives {things}: {many} {named}."), language
                )
            yield said(
                (
                    f"Une unité ({each}) vaut {value}, d’après cette méthode : {method}. "
                    "Cette valeur ne s’ajoute jamais à l’argent.",
                    f"One unit ({each}) is worth {value}, by this method: {method}. "
                    "That value is never added to money.",
                ),
                language,
            )
        case Hours(hours=hours):
            many = plain(hours, language)
            one = hours < 2 if language == "fr" else hours == 1
            yield said(
                (
                    f"{who} donne {many} heure{'' if one else 's'} de son temps. "
                    "Ce temps se compte en heures et ne se change jamais en argent.",
                    f"{who} gives {many} hour{'' if one else 's'} of its time. "
                    "That time is counted in hours and never turned into money.",
                ),
                language,
            )


def _many(unit: str, quantity: Fraction) -> str:
    """`jours de plateau`: a unit is written in the singular, and its first word takes the plural."""
    first, gap, rest = unit.partition(" ")
    plural = quantity >= _TWO and first.isalpha() and len(first) > 2 and first[-1] not in "sxz"
    return f"{first}{'s' if plural else ''}{gap}{rest}"


def _formula_text(formula: Formula, who: str, unit: Unit, language: Language) -> str:
    pays = said((f"{who} verse", f"{who} pays"), language)
    match formula:
        case FixedFee(minor=minor):
            return f"{pays} {amount(minor, unit, language)}."
        case RateOfDeclared(rate=of, declared=declared, floor_minor=floor, cap_minor=cap):
            figure = figure_words(declared, language)
            told = said(
                (f"{pays} {rate(of, language)} de son {figure}", f"{pays} {rate(of, language)} of its {figure}"),
                language,
            )
            return f"{told}{_bounds(floor, cap, unit, language)}."
        case Brackets(declared=declared, brackets=brackets, counted=counted):
            rows = listed([_bracket_text(each, counted, unit, language) for each in brackets], language)
            figure = figure_words(declared, language)
            return said((f"{pays} selon son {figure} : {rows}.", f"{pays} by its {figure}: {rows}."), language)
        case FreeWithFloor(floor_minor=floor):
            if not floor:
                return said(
                    (f"{who} verse la somme de son choix, ou rien.", f"{who} pays what it chooses, or nothing."),
                    language,
                )
            least = amount(floor, unit, language)
            return said(
                (
                    f"{who} verse la somme de son choix, au moins {least}.",
                    f"{who} pays what it chooses, at least {least}.",
                ),
                language,
            )
    return said((f"{who} verse la somme promise.", f"{who} pays the sum it has pledged."), language)


def _bounds(floor: int | None, cap: int | None, unit: Unit, language: Language) -> str:
    least = None if floor is None else said(("au moins", "at least"), language) + f" {amount(floor, unit, language)}"
    most = None if cap is None else said(("au plus", "at most"), language) + f" {amount(cap, unit, language)}"
    bounds = [bound for bound in (least, most) if bound is not None]
    return f", {joined(bounds, language)}" if bounds else ""


def _bracket_text(bracket: Bracket, counted: bool, unit: Unit, language: Language) -> str:
    paid = amount(bracket.minor, unit, language)
    if bracket.up_to_minor is None:
        return said((f"{paid} au-delà", f"{paid} above"), language)
    figure = Fraction(bracket.up_to_minor, 10**unit.scale)
    end = plain(figure, language) if counted else amount(bracket.up_to_minor, unit, language)
    return said((f"{paid} jusqu’à {end}", f"{paid} up to {end}"), language)


# Tranches


def tranches_text(charter: Charter, language: Language) -> str:
    """When which part of an allocation is paid, and on which evidence."""
    count = len(charter.tranches)
    if count == 1:
        opening = said(("L’allocation est versée en une fois.", "The allocation is paid at once."), language)
    else:
        opening = said(
            (f"L’allocation est versée en {count} fois.", f"The allocation is paid in {count} parts."), language
        )
    rows = [tranche_text(tranche, language) for tranche in charter.tranches]
    gathered = {name: source for tranche in charter.tranches for name, source in tranche.sources.items()}
    return " ".join((opening, *rows, *sources_text(gathered, language)))


def tranche_text(tranche: Tranche, language: Language) -> str:
    """One part of the allocation: how much, when, and on which evidence."""
    part, when = share(tranche.share, language), said(_CONDITIONS[tranche.condition], language)
    name = spoken(tranche.name)
    told = said(
        (f"« {name} » : {part}, {when}. Pièce à fournir : ", f"“{name}”: {part}, {when}. Evidence to give: "), language
    )
    return f"{told}{tranche.evidence.rstrip('.')}."


def sources_text(sources: Sources, language: Language) -> tuple[str, ...]:
    """Where the numbers come from; an invented one is called so."""
    slots: dict[str, dict[str, None]] = {}
    for slot, source in sources.items():
        word, gap, whose = slot.partition(" ")
        if word in SLOT_WORDS:
            slots.setdefault(source, {})[said(SLOT_WORDS[word], language) + gap + whose] = None
    made_up = "nombre inventé" if language == "fr" else "made-up number"
    colon = " : " if language == "fr" else ": "
    rows = [f"{', '.join(names)}{colon}{made_up if source == MADE_UP else source}" for source, names in slots.items()]
    return (f"[Sources{colon}{listed(rows, language)}]",) if rows else ()
