"""The rules of a charter in words, French and English: every slot that is written is said."""

from __future__ import annotations

from collections.abc import Iterable

from fund.charter.faults import Language
from fund.charter.grammar import Charter
from fund.charter.rules import (
    Bearer,
    Bearing,
    Beneficiary,
    Cash,
    Deduction,
    Deficits,
    DrawingRight,
    Fees,
    FixedLimit,
    Limit,
    MembersBear,
    Periods,
    ReserveBears,
    Rule,
    Split,
)
from fund.charter.words.article_texts import said, sources_text
from fund.charter.words.numbers_in_words import amount, months, rate
from ledger.money import Unit

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
    "notoriety": ("en proportion de la notoriété reconnue", "in proportion to the recognised notoriety"),
    "percentage": ("selon les pourcentages convenus", "by the percentages agreed"),
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
_FIGURES = {
    "allocation": ("de l’allocation", "of the allocation"),
    "other_aid": ("des aides déjà versées", "of the aid already paid"),
    "gross": ("des recettes brutes", "of gross receipts"),
    "contribution": ("de sa contribution", "of its contribution"),
}


def rule_text(rule: Rule, charter: Charter, language: Language) -> str:
    """What is counted, what comes off, the rate and its limits, who receives."""
    unit = charter.head.currency
    opening = "On compte {}." if language == "fr" else "What counts: {}."
    sentences = [opening.format(said(_BASES[rule.base], language))]
    costs = rule.deductions
    sentences += (_deduction_text(deduction, unit, language) for deduction in costs)
    sentences += _counted_text(rule, unit, language)
    sentences += _due_text(rule, unit, language)
    sentences += (_split_text(split, language) for split in rule.splits)
    if rule.rest_to is not None:
        rest = "Ce qui n’est pas dû est conservé par {}." if language == "fr" else "What is not due is kept by {}."
        sentences.append(rest.format(said(_PARTIES[rule.rest_to], language)))
    sentences += _bearers_text(rule, unit, language)
    if any(isinstance(split.form, Bearing) and split.form.joint for split in rule.splits):
        sentences.append(
            "La part d’un membre défaillant est supportée par les autres selon leur clé, chacun jusqu’à son plafond."
            if language == "fr"
            else "The part of a defaulting member is borne by the others by their key, each up to their cap."
        )
    sources = {**rule.sources}
    for deduction in costs:
        sources |= {f"{slot} ({deduction.kind})": source for slot, source in deduction.sources.items()}
    for split in rule.splits:
        party = said(_PARTIES[split.to], language)
        sources |= {f"{slot} ({party})": source for slot, source in split.sources.items()}
    for bearer in rule.bearers:
        party = said(_PARTIES[_bears(bearer)], language)
        sources |= {f"{slot} ({party})": source for slot, source in bearer.sources.items()}
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
    counts = rule.counts
    if isinstance(counts, Fees) and counts.exclude_first_dates:
        n = counts.exclude_first_dates
        yield f"Les {n} premières dates ne comptent pas." if french else f"The first {n} dates do not count."
    if isinstance(counts, Fees) and counts.exclude_member_dates:
        yield "Les dates chez les membres ne comptent pas." if french else "Dates at members’ do not count."
    if isinstance(counts, Fees | Periods) and counts.only_triggered:
        yield (
            "Seuls comptent les engagements que l’aide a fait naître."
            if french
            else "Only engagements that the aid triggered count."
        )
    if isinstance(counts, Fees | Periods) and counts.vesting_months is not None:
        span = months(counts.vesting_months, language)
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
        cap = _limit_text(rule.cap.limit, unit, language)
        whose = said(_PARTIES[rule.cap.of], language) if rule.cap.of else ""
        if whose:
            plural = rule.cap.of in ("members", "recipients", "investors")
            verb = ("aient", "have") if plural else ("ait", "has")
            yield (
                f"Jusqu’à ce que {whose} {verb[0]} reçu {cap}."
                if french
                else f"Until {whose} {verb[1]} received {cap}."
            )
        else:
            yield f"Jamais plus de {cap} en tout." if french else f"Never more than {cap} in all."
    if rule.floor_per_point is not None:
        least = amount(rule.floor_per_point, unit, language)
        yield (
            f"Chaque période, un point rapporte au moins {least} ; le complément est pris sur la part des autres."
            if french
            else f"Each period, a point brings at least {least}; what is missing comes out of the others’ part."
        )
    if isinstance(rule.counts, Deficits) and rule.counts.aid_ceiling is not None:
        ceiling = rate(rule.counts.aid_ceiling, language)
        yield (
            f"Toutes les aides ensemble ne dépassent pas {ceiling} du déficit."
            if french
            else f"All aid together does not exceed {ceiling} of the deficit."
        )
    if rule.rounding == "per-item":
        yield "Chaque somme est arrondie séparément." if french else "Each sum is rounded by itself."


def _split_text(split: Split, language: Language) -> str:
    form = split.form
    words = [said(_FORMS[form.word], language)]
    if split.key is not None:
        words.append(said(_KEYS[split.key], language))
    if isinstance(form, DrawingRight):
        span = months(form.expires_months, language)
        words.append(f"qui s’éteint après {span}" if language == "fr" else f"which expires after {span}")
    if isinstance(form, Cash) and form.legal_basis is not None:
        words.append(f"fondement : {form.legal_basis}" if language == "fr" else f"legal basis: {form.legal_basis}")
    share, party = rate(split.share, language), said(_PARTIES[split.to], language)
    return (
        f"{share} pour {party}, {', '.join(words)}." if language == "fr" else f"{share} to {party}, {', '.join(words)}."
    )


def _limit_text(limit: Limit, unit: Unit, language: Language) -> str:
    if isinstance(limit, FixedLimit):
        return amount(limit.minor, unit, language)
    return f"{rate(limit.rate, language)} {said(_FIGURES[limit.of], language)}"


def _bears(bearer: Bearer) -> Beneficiary:
    if isinstance(bearer, MembersBear):
        return "members"
    return "reserve" if isinstance(bearer, ReserveBears) else "fund"


def _bearers_text(rule: Rule, unit: Unit, language: Language) -> Iterable[str]:
    french = language == "fr"
    for at, bearer in enumerate(rule.bearers):
        turn = (("D’abord", "Puis") if french else ("First", "Then"))[at > 0]
        limit = "" if bearer.limit is None else _limit_text(bearer.limit, unit, language)
        if isinstance(bearer, MembersBear):
            key = said(_KEYS[bearer.key], language)
            text = f"{turn} les membres, {key}" if french else f"{turn} the members, {key}"
            if limit:
                text += f", chacun jusqu’à {limit}" if french else f", each up to {limit}"
            yield f"{text}."
            if bearer.joint:
                yield (
                    "La part d’un membre défaillant est supportée par les autres selon leur clé, dans la même limite."
                    if french
                    else "The part of a defaulting member is borne by the others by their key, within the same limit."
                )
            continue
        party = said(_PARTIES[_bears(bearer)], language)
        text = f"{turn} {party} supporte la perte" if french else f"{turn} {party} bears the loss"
        if limit:
            text += f", jusqu’à {limit}" if french else f", up to {limit}"
        yield f"{text}."
    if rule.bearers:
        yield "Ce que personne ne peut supporter est signalé." if french else "What nobody can bear is reported."
