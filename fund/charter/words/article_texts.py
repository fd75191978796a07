"""The articles of a charter in words, French and English: every slot that is written is said."""

from __future__ import annotations

from collections.abc import Iterable
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
)
from fund.charter.reading.slots import MADE_UP
from fund.charter.rules import Sources
from fund.charter.words.known_words import category_words, figure_words
from fund.charter.words.numbers_in_words import amount, plain, rate
from ledger.money import Unit

_LEGAL_FORMS = {
    "association-1901": ("association loi 1901", "association under the law of 1901"),
    "scic": ("société coopérative d’intérêt collectif", "cooperative of collective interest (SCIC)"),
    "sep": ("société en participation", "undisclosed partnership (SEP)"),
    "simple-coproduction": (
        "coproduction simple, un contrat par projet",
        "simple co-production, one contract a project",
    ),
}
_IN_KIND = {
    "premises": ("locaux", "premises"),
    "equipment": ("matériel", "equipment"),
    "goods": ("biens", "goods"),
    "service": ("prestations", "services"),
    "work": ("travail", "work"),
}
_CONDITIONS = {
    "agreement": ("à la convention", "at the agreement"),
    "spending": ("sur dépenses justifiées", "on proof of spending"),
    "premiere": ("à la première", "at the première"),
    "report": ("au bilan", "at the final report"),
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


def term_text(charter: Charter, language: Language) -> str:
    """What the charter is, from when to when, and which exact text it is."""
    head = charter.head
    form = said(_LEGAL_FORMS[head.legal_form], language)
    term = said(_term(head), language)
    if language == "fr":
        return f"{head.summary} Version {head.version}, {term}. Forme : {form}. Monnaie : {head.currency.code}."
    return f"{head.summary} Version {head.version}, {term}. Legal form: {form}. Currency: {head.currency.code}."


def _term(head: Head) -> tuple[str, str]:
    if head.effective_from is None:
        return "en vigueur dès son adoption", "in force once it is adopted"
    first, last = head.effective_from.isoformat(), head.effective_until
    if last is None:
        return f"à partir du {first}", f"from {first}"
    return f"du {first} au {last.isoformat()}", f"from {first} to {last.isoformat()}"


def contribution_text(rule: ContributionRule, charter: Charter, language: Language) -> str:
    """Who pays, and how much."""
    unit, french = charter.head.currency, language == "fr"
    if rule.categories:
        named = ", ".join(category_words(category, language) for category in rule.categories)
        who = f"Catégories : {named}." if french else f"Categories: {named}."
    elif isinstance(rule.terms, Payment):
        who = "Tout membre qu’aucun autre article ne nomme." if french else "Every member that no other article names."
    else:
        who = "Tout membre." if french else "Every member."
    parts = [who, *_terms_text(rule, unit, language)]
    return " ".join((*parts, *sources_text(_sources(rule, language), language)))


def _sources(rule: ContributionRule, language: Language) -> Sources:
    """Those of the article, then those of its brackets, by their place."""
    sources = dict(rule.sources)
    if isinstance(rule.terms, Payment) and isinstance(rule.terms.formula, Brackets):
        word = "échelon" if language == "fr" else "bracket"
        for at, bracket in enumerate(rule.terms.formula.brackets, start=1):
            sources |= {f"{slot} ({word} {at})": source for slot, source in bracket.sources.items()}
    return sources


def _terms_text(rule: ContributionRule, unit: Unit, language: Language) -> Iterable[str]:
    french = language == "fr"
    match rule.terms:
        case Payment(formula=formula, instalments=instalments, launch_threshold=threshold):
            yield _formula_text(formula, unit, language)
            if instalments > 1:
                yield f"En {instalments} versements." if french else f"In {instalments} instalments."
            if threshold is not None:
                yield (
                    f"Rien n’est appelé tant que {threshold} membres n’ont pas adhéré."
                    if french
                    else f"Nothing is called until {threshold} members have joined."
                )
        case InKind(what=what, unit=each, quantity=quantity, unit_value_minor=minor, method=method):
            things, value = said(_IN_KIND[what], language), amount(minor, unit, language)
            if quantity is None:
                yield f"Apport en nature : {things}, au choix." if french else f"In kind: {things}, as offered."
            else:
                many = f"{plain(quantity, language)} × {each}"
                yield f"Apport en nature : {things}, {many}." if french else f"In kind: {things}, {many}."
            yield (
                f"Valeur d’une unité ({each}) : {value}, par la méthode : {method}. Elle ne s’ajoute pas à l’argent."
                if french
                else f"Value of one unit ({each}): {value}, by this method: {method}. It is not added to money."
            )
        case Hours(hours=hours):
            many = plain(hours, language)
            yield (
                f"Du temps : {many} h, comptées en heures et jamais changées en argent."
                if french
                else f"Time: {many} h, counted as hours and never turned into money."
            )


def _formula_text(formula: Formula, unit: Unit, language: Language) -> str:
    french = language == "fr"
    if isinstance(formula, FixedFee):
        fixed = amount(formula.minor, unit, language)
        return f"Chacun verse {fixed}." if french else f"Each pays {fixed}."
    if isinstance(formula, RateOfDeclared):
        share = rate(formula.rate, language)
        text = (
            f"{share} du chiffre déclaré : {figure_words(formula.declared, language)}"
            if french
            else f"{share} of the declared figure: {figure_words(formula.declared, language)}"
        )
        if formula.floor_minor is not None:
            floor = amount(formula.floor_minor, unit, language)
            text += f", au moins {floor}" if french else f", at least {floor}"
        if formula.cap_minor is not None:
            cap = amount(formula.cap_minor, unit, language)
            text += f", au plus {cap}" if french else f", at most {cap}"
        return f"{text}."
    if isinstance(formula, Brackets):
        rows = [_bracket_text(bracket, formula.counted, unit, language) for bracket in formula.brackets]
        figure = figure_words(formula.declared, language)
        opening = f"Selon le chiffre déclaré ({figure})" if french else f"By the declared figure ({figure})"
        return f"{opening}{' :' if french else ':'} {listed(rows, language)}."
    if isinstance(formula, FreeWithFloor):
        floor = amount(formula.floor_minor, unit, language)
        return f"Montant libre, au moins {floor}." if french else f"A free amount, at least {floor}."
    return "Le membre verse ce à quoi il s’est engagé." if french else "The member pays what it pledged."


def _bracket_text(bracket: Bracket, counted: bool, unit: Unit, language: Language) -> str:
    paid = amount(bracket.minor, unit, language)
    if bracket.up_to_minor is None:
        return f"au-delà, {paid}" if language == "fr" else f"above, {paid}"
    figure = Fraction(bracket.up_to_minor, 10**unit.scale)
    end = plain(figure, language) if counted else amount(bracket.up_to_minor, unit, language)
    return f"jusqu’à {end}, {paid}" if language == "fr" else f"up to {end}, {paid}"


def tranches_text(charter: Charter, language: Language) -> str:
    """When which part of an allocation is paid, on which evidence."""
    evidence = " ; pièce : " if language == "fr" else "; evidence: "
    rows = [
        f"{rate(t.share, language)} ({said(_CONDITIONS[t.condition], language)}{evidence}{t.evidence})"
        for t in charter.tranches
    ]
    opening = "L’allocation est versée ainsi : " if language == "fr" else "The allocation is paid as follows: "
    gathered = {name: source for tranche in charter.tranches for name, source in tranche.sources.items()}
    return " ".join((opening + listed(rows, language) + ".", *sources_text(gathered, language)))


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
