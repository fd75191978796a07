"""Who receives what is due, in which form and by which key, and who bears a loss: read aloud, French and English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fund.charter.faults import Language
from fund.charter.rules import (
    Bearer,
    Bearing,
    Cash,
    DrawingRight,
    FixedLimit,
    Form,
    Limit,
    MembersBear,
    ReserveBears,
    Rule,
    Split,
)
from fund.charter.words.article_texts import listed, said
from fund.charter.words.numbers_in_words import amount, rate, span
from ledger.money import Unit

PARTIES = {
    "fund": ("le fonds", "the fund"),
    "reserve": ("la réserve", "the reserve"),
    "company": ("la compagnie du projet", "the project’s company"),
    "producer": ("le producteur", "the producer"),
    "investors": ("les investisseurs", "the investors"),
    "members": ("les membres", "the members"),
    "recipients": ("les bénéficiaires désignés", "the named recipients"),
}
PLURAL = frozenset({"investors", "members", "recipients"})
_KEYS = {
    "contribution": ("en proportion de ce que chacun a versé", "in proportion to what each has paid in"),
    "points": ("en proportion des points de chacun", "in proportion to the points of each"),
    "equal": ("à parts égales", "in equal parts"),
    "use": ("en proportion de l’usage de chacun", "in proportion to the use of each"),
    "notoriety": ("en proportion de la notoriété de chacun", "in proportion to the notoriety of each"),
    "percentage": ("selon les pourcentages convenus", "by the percentages agreed"),
}
_FIGURES = {
    "allocation": ("de l’allocation", "of the allocation"),
    "other_aid": ("des autres aides déjà versées", "of the other aid already paid"),
    "gross": ("des recettes brutes", "of gross receipts"),
    "contribution": ("de ce qu’il a versé", "of what it has paid in"),
}
_WHOLE_FIGURES = {
    "allocation": ("le montant de l’allocation", "the amount of the allocation"),
    "other_aid": ("le montant des autres aides déjà versées", "the amount of the other aid already paid"),
    "gross": ("le montant des recettes brutes", "the amount of gross receipts"),
    "contribution": ("ce qu’il a versé", "what it has paid in"),
}
TO = {
    "fund": "au fonds",
    "reserve": "à la réserve",
    "company": "à la compagnie du projet",
    "producer": "au producteur",
    "investors": "aux investisseurs",
    "members": "aux membres",
    "recipients": "aux bénéficiaires désignés",
}
_VERBS = {
    "la": ("revient", "est supportée par"),
    "ce": ("revient", "est supporté par"),
    "les": ("reviennent", "sont supportés par"),
}
"""Of `la totalité`, of `ce qui est dû`, of `8 %`; of less than two per cent French speaks in the singular."""


def sharing_sentences(rule: Rule, unit: Unit, language: Language) -> Iterator[str]:
    """Who has what is due, or who bears it."""
    if rule.bearers:
        yield from _bearers_text(rule.bearers, unit, language)
        return
    lost = all(isinstance(split.form, Bearing) for split in rule.splits)
    due = said(("Ce qui est perdu", "What is lost") if lost else ("Ce qui est dû", "What is due"), language)
    if len(rule.splits) == 1:
        yield f"{due} {goes(rule.splits[0], 'ce', language)}."
    else:
        yield f"{due} {among(rule, language)}."
    yield from conditions(rule, language)


def among(rule: Rule, language: Language) -> str:
    """`se partage ainsi : 60 % pour le fonds, en argent ; 40 % …`."""
    lines = listed([_line(split, language) for split in rule.splits], language)
    if all(isinstance(split.form, Bearing) for split in rule.splits):
        return said((f"est à supporter ainsi : {lines}", f"is borne like this: {lines}"), language)
    return said((f"se partage ainsi : {lines}", f"is shared like this: {lines}"), language)


def conditions(rule: Rule, language: Language) -> Iterator[str]:
    """On which text cash goes to members, and what becomes of the part of whoever defaults."""
    for basis in dict.fromkeys(
        s.form.legal_basis for s in rule.splits if isinstance(s.form, Cash) and s.form.legal_basis
    ):
        yield said((f"Texte qui le permet : « {basis} ».", f"The text that allows it: “{basis}”."), language)
    if any(isinstance(split.form, Bearing) and split.form.joint for split in rule.splits):
        yield said(
            (
                "La part d’un membre défaillant est supportée par les autres, de la même façon, "
                "chacun jusqu’à son plafond.",
                "The part of a member that defaults is borne by the others, in the same way, each up to its cap.",
            ),
            language,
        )


def goes(split: Split, subject: str, language: Language) -> str:
    """`reviennent au fonds, en argent`, agreeing with the subject."""
    ways = "".join(f", {way}" for way in _ways(split, language))
    party = said(PARTIES[split.to], language)
    bears = isinstance(split.form, Bearing)
    if language == "fr":
        verb = _VERBS[subject][bears]
        return f"{verb} {party if bears else TO[split.to]}{ways}"
    return f"{'is borne by' if bears else 'goes to'} {party}{ways}"


def _line(split: Split, language: Language) -> str:
    """`60 % pour le fonds, en argent`."""
    ways = "".join(f", {way}" for way in _ways(split, language))
    party, percent = said(PARTIES[split.to], language), rate(split.share, language)
    if isinstance(split.form, Bearing):
        return said((f"{percent} par {party}{ways}", f"{percent} by {party}{ways}"), language)
    return said((f"{percent} pour {party}{ways}", f"{percent} to {party}{ways}"), language)


def _ways(split: Split, language: Language) -> Iterator[str]:
    """In which form, and how it is divided among several."""
    if split.key is not None:
        yield said(_KEYS[split.key], language)
    form = _form_text(split.form, split.to in PLURAL, language)
    if form:
        yield form


def _form_text(form: Form, plural: bool, language: Language) -> str:
    if isinstance(form, DrawingRight):
        time = span(form.expires_months, language)
        return said(
            (f"en droits de tirage à utiliser dans un délai de {time}", f"as drawing rights to be used within {time}"),
            language,
        )
    words = {
        "cash": ("en argent", "in cash"),
        "locked": (
            f"à garder pour {'leur' if plural else 'sa'} prochaine création",
            f"locked for {'their' if plural else 'its'} next creation",
        ),
        "retained": (
            f"qui {'conservent' if plural else 'conserve'} la somme",
            "who keep it" if plural else "which keeps it",
        ),
        "loss": ("", ""),
    }
    return said(words[form.word], language)


def limit_text(limit: Limit, unit: Unit, language: Language) -> str:
    """A limit in words: an amount, or a share of a figure."""
    if isinstance(limit, FixedLimit):
        return amount(limit.minor, unit, language)
    if limit.rate == 1:
        return said(_WHOLE_FIGURES[limit.of], language)
    return f"{rate(limit.rate, language)} {said(_FIGURES[limit.of], language)}"


def bearer_name(bearer: Bearer) -> tuple[str, str]:
    """Who bears at a turn, in French and in English."""
    if isinstance(bearer, MembersBear):
        return PARTIES["members"]
    return PARTIES["reserve" if isinstance(bearer, ReserveBears) else "fund"]


def _bearers_text(bearers: Sequence[Bearer], unit: Unit, language: Language) -> Iterator[str]:
    """Who bears a loss, one turn after the other."""
    turns = []
    for at, bearer in enumerate(bearers):
        by = said(
            ("par", "by") if len(bearers) == 1 else ("d’abord par", "first by") if at == 0 else ("puis par", "then by"),
            language,
        )
        text = f"{by} {said(bearer_name(bearer), language)}"
        each = isinstance(bearer, MembersBear)
        if isinstance(bearer, MembersBear):
            text += f", {said(_KEYS[bearer.key], language)}"
        if bearer.limit is not None:
            limit = limit_text(bearer.limit, unit, language)
            text += said(
                (
                    f", {'chacun ' if each else ''}dans la limite de {limit}",
                    f", {'each ' if each else ''}up to {limit}",
                ),
                language,
            )
        turns.append(text)
    yield f"{said(('Ce qui est perdu est supporté', 'What is lost is borne'), language)} {listed(turns, language)}."
    if any(isinstance(bearer, MembersBear) and bearer.joint for bearer in bearers):
        yield said(
            (
                "La part d’un membre défaillant est supportée par les autres membres, de la même façon "
                "et dans la même limite.",
                "The part of a member that defaults is borne by the other members, in the same way "
                "and within the same limit.",
            ),
            language,
        )
    yield said(("Ce que personne ne peut supporter est signalé.", "What nobody can bear is reported."), language)
