"""The articles of a charter in words, French and English: every slot that is written is said."""

from __future__ import annotations

from collections.abc import Iterable

from fund.charter.faults import Language
from fund.charter.grammar import (
    Brackets,
    Charter,
    ContributionRule,
    Deduction,
    FixedFee,
    FixedLimit,
    FreeWithFloor,
    Head,
    Limit,
    RateOfDeclared,
    Rule,
    Sources,
    Split,
)
from fund.charter.reading.slots import MADE_UP
from fund.charter.words.known_words import category_words, figure_words
from fund.charter.words.numbers_in_words import amount, months, rate
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
_PARTIES = {
    "fund": ("le fonds", "the fund"),
    "reserve": ("la réserve", "the reserve"),
    "company": ("la compagnie du projet", "the project’s company"),
    "producer": ("le producteur", "the producer"),
    "investors": ("les investisseurs", "the investors"),
    "members": ("les membres", "the members"),
    "recipients": ("les bénéficiaires désignés", "the named recipients"),
}
_FORMS = {
    "cash": ("en argent", "in cash"),
    "drawing-right": ("en droit de tirage", "as a drawing right"),
    "locked": ("bloqué pour la prochaine création", "locked for the next creation"),
    "retained": ("conservé", "retained"),
    "loss": ("en perte à supporter", "as a loss to bear"),
}
_KEYS = {
    "contribution": (
        "en proportion des apports en numéraire reçus",
        "in proportion to the cash contributions received",
    ),
    "points": ("en proportion des points", "in proportion to points"),
    "equal": ("à parts égales", "in equal parts"),
    "use": ("en proportion de l’usage", "in proportion to use"),
}
_BASES = {
    "fee": ("le prix de cession de chaque représentation", "the fee of each performance"),
    "gross": ("les recettes brutes", "gross receipts"),
    "net": ("les recettes nettes", "net receipts"),
    "profit": ("le bénéfice d’exploitation", "the profit of exploitation"),
    "surplus": ("chaque résultat positif", "each positive result"),
    "deficit": ("chaque déficit, avant aides", "each deficit, before aid"),
    "recouped": ("ce que le fonds a lui-même récupéré", "what the fund itself recouped"),
    "result-after-aid": ("ce qui dépasse l’équilibre, aides comprises", "what exceeds break-even, aid included"),
    "loss": ("chaque perte déclarée", "each declared loss"),
}
_CONDITIONS = {
    "agreement": ("à la convention", "at the agreement"),
    "spending": ("sur dépenses justifiées", "on proof of spending"),
    "premiere": ("à la première", "at the première"),
    "report": ("au bilan", "at the final report"),
}
_FIGURES = {
    "allocation": ("de l’allocation", "of the allocation"),
    "other_aid": ("des aides déjà versées", "of the aid already paid"),
    "gross": ("des recettes brutes", "of gross receipts"),
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
}


def _listed(rows: Iterable[str], language: Language) -> str:
    return (" ; " if language == "fr" else "; ").join(rows)


def _said(pair: tuple[str, str], language: Language) -> str:
    return pair[0] if language == "fr" else pair[1]


def term_text(charter: Charter, language: Language) -> str:
    """What the charter is, from when to when, and which exact text it is."""
    head = charter.head
    form = _said(_LEGAL_FORMS[head.legal_form], language)
    term = _said(_term(head), language)
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
    else:
        who = "Tout membre qu’aucun autre article ne nomme." if french else "Every member that no other article names."
    parts = [who, _formula_text(rule, unit, language)]
    if rule.instalments > 1:
        parts.append(f"En {rule.instalments} versements." if french else f"In {rule.instalments} instalments.")
    return " ".join((*parts, *sources_text(rule.sources, language)))


def _formula_text(rule: ContributionRule, unit: Unit, language: Language) -> str:
    formula, french = rule.formula, language == "fr"
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
        rows = [_bracket_text(bracket.up_to_minor, bracket.minor, unit, language) for bracket in formula.brackets]
        figure = figure_words(formula.declared, language)
        opening = f"Selon le chiffre déclaré ({figure})" if french else f"By the declared figure ({figure})"
        return f"{opening}{' :' if french else ':'} {_listed(rows, language)}."
    if isinstance(formula, FreeWithFloor):
        floor = amount(formula.floor_minor, unit, language)
        return f"Montant libre, au moins {floor}." if french else f"A free amount, at least {floor}."
    return "Le membre verse ce à quoi il s’est engagé." if french else "The member pays what it pledged."


def _bracket_text(up_to: int | None, minor: int, unit: Unit, language: Language) -> str:
    paid = amount(minor, unit, language)
    if up_to is None:
        return f"au-delà, {paid}" if language == "fr" else f"above, {paid}"
    end = amount(up_to, unit, language)
    return f"jusqu’à {end}, {paid}" if language == "fr" else f"up to {end}, {paid}"


def tranches_text(charter: Charter, language: Language) -> str:
    """When which part of an allocation is paid, on which evidence."""
    evidence = " ; pièce : " if language == "fr" else "; evidence: "
    rows = [
        f"{rate(t.share, language)} ({_said(_CONDITIONS[t.condition], language)}{evidence}{t.evidence})"
        for t in charter.tranches
    ]
    opening = "L’allocation est versée ainsi : " if language == "fr" else "The allocation is paid as follows: "
    gathered = {name: source for tranche in charter.tranches for name, source in tranche.sources.items()}
    return " ".join((opening + _listed(rows, language) + ".", *sources_text(gathered, language)))


def rule_text(rule: Rule, charter: Charter, language: Language) -> str:
    """What is counted, what comes off, the rate and its limits, who receives."""
    unit = charter.head.currency
    opening = "On compte {}." if language == "fr" else "What counts: {}."
    sentences = [opening.format(_said(_BASES[rule.base], language))]
    sentences += (_deduction_text(deduction, unit, language) for deduction in rule.deductions)
    sentences += _counted_text(rule, unit, language)
    sentences += _due_text(rule, unit, language)
    sentences += (_split_text(split, language) for split in rule.splits)
    if rule.rest_to is not None:
        rest = "Ce qui n’est pas dû est conservé par {}." if language == "fr" else "What is not due is kept by {}."
        sentences.append(rest.format(_said(_PARTIES[rule.rest_to], language)))
    if rule.joint_liability:
        sentences.append(
            "La part d’un membre défaillant est supportée par les autres selon leur clé, chacun jusqu’à son plafond."
            if language == "fr"
            else "The part of a defaulting member is borne by the others by their key, each up to their cap."
        )
    sources = {**rule.sources}
    for deduction in rule.deductions:
        sources |= {f"{slot} ({deduction.kind})": source for slot, source in deduction.sources.items()}
    for split in rule.splits:
        party = _said(_PARTIES[split.to], language)
        sources |= {f"{slot} ({party})": source for slot, source in split.sources.items()}
    return " ".join((*sentences, *sources_text(sources, language)))


def _deduction_text(deduction: Deduction, unit: Unit, language: Language) -> str:
    french = language == "fr"
    text = f"On en déduit « {deduction.kind} »" if french else f"Less “{deduction.kind}”"
    if deduction.limit is not None:
        limit = _limit_text(deduction.limit, unit, language)
        text += f", dans la limite de {limit}" if french else f", up to {limit}"
    if deduction.evidence:
        text += ", sur pièce justificative" if french else ", on evidence"
    return f"{text}."


def _counted_text(rule: Rule, unit: Unit, language: Language) -> Iterable[str]:
    french = language == "fr"
    if rule.exclude_first_dates:
        n = rule.exclude_first_dates
        yield f"Les {n} premières dates ne comptent pas." if french else f"The first {n} dates do not count."
    if rule.exclude_member_dates:
        yield "Les dates chez les membres ne comptent pas." if french else "Dates at members’ do not count."
    if rule.only_triggered:
        yield (
            "Seuls comptent les engagements que l’aide a fait naître."
            if french
            else "Only engagements that the aid triggered count."
        )
    if rule.vesting_months is not None:
        span = months(rule.vesting_months, language)
        yield (
            f"Rien n’est dû si aucun contrat n’est signé dans les {span} qui suivent."
            if french
            else f"Nothing is due unless a contract is signed within {span}."
        )
    if rule.window_months is not None:
        span = months(rule.window_months, language)
        yield (
            f"Seul compte ce qui a lieu dans les {span} à partir de la première, dernier jour compris."
            if french
            else f"Only what takes place within {span} from the première counts, the last day included."
        )
    if rule.no_return_up_to is not None:
        least = amount(rule.no_return_up_to, unit, language)
        yield (
            f"Une allocation de {least} ou moins ne rend rien."
            if french
            else f"An allocation of {least} or less returns nothing."
        )


def _due_text(rule: Rule, unit: Unit, language: Language) -> Iterable[str]:
    french = language == "fr"
    if rule.rank > 1:
        yield (
            f"Rang {rule.rank} : rien tant que le rang {rule.rank - 1} n’est pas entièrement servi."
            if french
            else f"Rank {rule.rank}: nothing until rank {rule.rank - 1} is full."
        )
    if rule.franchise is not None:
        free = _limit_text(rule.franchise, unit, language)
        yield f"Franchise : les premiers {free}." if french else f"Franchise: the first {free}."
    share = rate(rule.rate, language)
    yield f"Il en est dû {share}." if french else f"{share} of it is due."
    if rule.cap is not None:
        cap = _limit_text(rule.cap, unit, language)
        whose = _said(_PARTIES[rule.cap_counts], language) if rule.cap_counts else ""
        if whose:
            plural = rule.cap_counts in ("members", "recipients", "investors")
            verb = ("aient", "have") if plural else ("ait", "has")
            yield (
                f"Jusqu’à ce que {whose} {verb[0]} reçu {cap}."
                if french
                else f"Until {whose} {verb[1]} received {cap}."
            )
        else:
            yield f"Jamais plus de {cap} en tout." if french else f"Never more than {cap} in all."
    if rule.aid_ceiling is not None:
        ceiling = rate(rule.aid_ceiling, language)
        yield (
            f"Toutes les aides ensemble ne dépassent pas {ceiling} du déficit."
            if french
            else f"All aid together does not exceed {ceiling} of the deficit."
        )
    if rule.rounding == "per-item":
        yield "Chaque somme est arrondie séparément." if french else "Each sum is rounded by itself."


def _split_text(split: Split, language: Language) -> str:
    words = [_said(_FORMS[split.form], language)]
    if split.key is not None:
        words.append(_said(_KEYS[split.key], language))
    if split.expires_months is not None:
        span = months(split.expires_months, language)
        words.append(f"qui s’éteint après {span}" if language == "fr" else f"which expires after {span}")
    if split.legal_basis is not None:
        words.append(f"fondement : {split.legal_basis}" if language == "fr" else f"legal basis: {split.legal_basis}")
    share, party = rate(split.share, language), _said(_PARTIES[split.to], language)
    return (
        f"{share} pour {party}, {', '.join(words)}." if language == "fr" else f"{share} to {party}, {', '.join(words)}."
    )


def _limit_text(limit: Limit, unit: Unit, language: Language) -> str:
    if isinstance(limit, FixedLimit):
        return amount(limit.minor, unit, language)
    return f"{rate(limit.rate, language)} {_said(_FIGURES[limit.of], language)}"


def sources_text(sources: Sources, language: Language) -> tuple[str, ...]:
    """Where the numbers come from; an invented one is called so."""
    slots: dict[str, dict[str, None]] = {}
    for slot, source in sources.items():
        word, gap, whose = slot.partition(" ")
        if word in SLOT_WORDS:
            slots.setdefault(source, {})[_said(SLOT_WORDS[word], language) + gap + whose] = None
    made_up = "nombre inventé" if language == "fr" else "made-up number"
    colon = " : " if language == "fr" else ": "
    rows = [f"{', '.join(names)}{colon}{made_up if source == MADE_UP else source}" for source, names in slots.items()]
    return (f"[Sources{colon}{_listed(rows, language)}]",) if rows else ()
