"""Reasons in words, French and English, from tables; the figures come from the reason."""

from __future__ import annotations

from collections.abc import Mapping

from allocation.methods import order_sentences, phragmen_sentences, reasons
from allocation.methods.reasons import Reason
from ledger.money import EUR, NO_CURRENCY, Amount, Unit

_NARROW = "\u202f"
_FIXED = "\u00a0"

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        reasons.FUNDED_BY_SHARES: "Financé au tour {round}. {supporters} ; coût {cost}. "
        "{full_payers} {paid}{rest}{raised}. "
        "Aucun autre projet ne demandait alors moins à ses soutiens pour la même utilité.",
        "each": " chacun",
        "by_points": "selon leurs points, {payment} au plus",
        "raised": ", les parts ayant été relevées à {purse}",
        "rest": ", {rest_payers}, soit {rest_paid}",
        reasons.FUNDED_BY_COMPLETION: "Ajouté avec le reliquat ({left}), au rang {place}. {supporters} ; coût {cost}.",
        reasons.FUNDED_IN_ORDER: "Financé au rang {place}. {supporters} ; il restait {left} pour {cost}.",
        reasons.SUPPORTERS_CANNOT_PAY: "{supporters}, à qui il reste {held} pour un coût de {cost} : "
        "il manque {missing}{raised}.{common}",
        reasons.NEITHER_SHARES_NOR_COMPLETION: "{supporters}, à qui il reste {held} pour un coût de {cost} : "
        "il manque {missing}{raised}.{common} Au rang {place} pour le reliquat, il restait {left}.",
        reasons.DOES_NOT_FIT: "Rang {place}, {supporters} ; il restait {left} pour {cost}.",
        reasons.TOO_FEW_SUPPORTERS: "{supporters} seulement : il en faut au moins {min_support}.",
        reasons.WORTH_NOTHING: "{supporters} ; il ne demande rien, et seuls comptent ici les euros demandés.",
        "recused": " {recused} : {supporters} sur {of_voters} ayant voix.",
        "common": " Les parts de ses soutiens ont surtout financé {list}.",
        "common_one": "{name} ({count} en commun)",
        "enough_minor": " Avec une demande de {amount} au plus, il aurait été financé.",
        "enough_any": " Avec {voters}, il aurait été financé.",
        "enough_fullest": " Avec {voters} parmi les votants à qui il reste le plus, il aurait été financé.",
        "nothing_enough": " Le calcul ne garantit ni demande plus petite ni nombre de soutiens qui auraient suffi.",
        "tried_minor": " Essayé : avec une demande de {amount}, il est financé.",
        "tried_any": " Essayé : avec {voters}, il est financé.",
        "tried_fullest": " Essayé : avec {voters} parmi les votants à qui il reste le plus, il est financé.",
        "tried_budget": " Essayé : avec une enveloppe de {amount}, il est financé.",
        "join": " et ",
        **order_sentences.TEXTS["fr"],
        **phragmen_sentences.TEXTS["fr"],
    },
    "en": {
        reasons.FUNDED_BY_SHARES: "Funded in round {round}. {supporters}; cost {cost}. "
        "{full_payers} {paid}{rest}{raised}. "
        "No other project then asked less of its supporters for the same utility.",
        "each": " each",
        "by_points": "by their points, {payment} at most",
        "raised": ", all purses being raised to {purse}",
        "rest": ", {rest_payers}, {rest_paid} in all",
        reasons.FUNDED_BY_COMPLETION: "Added from what was left ({left}), in place {place}. {supporters}; cost {cost}.",
        reasons.FUNDED_IN_ORDER: "Funded in place {place}. {supporters}; {left} was left for {cost}.",
        reasons.SUPPORTERS_CANNOT_PAY: "{supporters} with {held} left for a cost of {cost}: "
        "{missing} is missing{raised}.{common}",
        reasons.NEITHER_SHARES_NOR_COMPLETION: "{supporters} with {held} left for a cost of {cost}: "
        "{missing} is missing{raised}.{common} In place {place} for what remained, {left} was left.",
        reasons.DOES_NOT_FIT: "Place {place}, {supporters}; {left} was left for {cost}.",
        reasons.TOO_FEW_SUPPORTERS: "Only {supporters}: at least {min_support} are needed.",
        reasons.WORTH_NOTHING: "{supporters}; it asks nothing, and only the amounts asked count here.",
        "recused": " {recused}: {supporters} out of {of_voters} with a voice.",
        "common": " Its supporters' shares mostly paid for {list}.",
        "common_one": "{name} ({count} in common)",
        "enough_minor": " With a request of {amount} or less it would have been funded.",
        "enough_any": " With {voters} it would have been funded.",
        "enough_fullest": " With {voters} among the voters who have most left it would have been funded.",
        "nothing_enough": " The computation warrants no smaller request and no support that would have sufficed.",
        "tried_minor": " Tried: with a request of {amount} it is funded.",
        "tried_any": " Tried: with {voters} it is funded.",
        "tried_fullest": " Tried: with {voters} among the voters who have most left it is funded.",
        "tried_budget": " Tried: with an envelope of {amount} it is funded.",
        "join": " and ",
        **order_sentences.TEXTS["en"],
        **phragmen_sentences.TEXTS["en"],
    },
}

_COUNTED: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "fr": {
        "supporters": ("{} soutien", "{} soutiens"),
        "full_payers": ("{} votant paie", "{} votants paient"),
        "newcomers": ("{} soutien de plus", "{} soutiens de plus"),
        "rest_payers": ("{} verse son reste", "{} versent leur reste"),
        "recused": ("{} votant s'est déporté", "{} votants se sont déportés"),
        "of_voters": ("{} votant", "{} votants"),
        **order_sentences.COUNTED["fr"],
    },
    "en": {
        "supporters": ("{} supporter", "{} supporters"),
        "full_payers": ("{} voter pays", "{} voters pay"),
        "newcomers": ("{} more supporter", "{} more supporters"),
        "rest_payers": ("{} pays what is left to them", "{} pay what is left to them"),
        "recused": ("{} voter is recused", "{} voters are recused"),
        "of_voters": ("{} voter", "{} voters"),
        **order_sentences.COUNTED["en"],
    },
}


def sentence(reason: Reason, language: str, *, unit: Unit = EUR, names: Mapping[str, str] | None = None) -> str:
    """The reason in `language` (`fr`, else English); other projects are called by `names`, else by identifier."""
    words = "fr" if language == "fr" else "en"
    texts = _TEXTS[words]
    shown = {name.removesuffix("_minor"): _figure(name, figure, words, unit) for name, figure in reason.figures.items()}
    shown["rest"] = texts["rest"].format(**shown) if reason.figures.get("rest_payers") else ""
    shown["raised"] = texts["raised"].format(**shown) if "purse_minor" in reason.figures else ""
    if "payment_minor" in reason.figures:
        each = texts["each"] if reason.figures["full_payers"] > 1 else ""
        by_points = "paid_by_points" in reason.figures
        shown["paid"] = texts["by_points"].format(**shown) if by_points else shown["payment"] + each
    shown["common"] = _common(reason, words, names or {})
    told = texts[reason.code].format(**shown)
    if "recused" in reason.figures:
        told += texts["recused"].format(**shown)
    if reason.is_funded or reason.code in order_sentences.WITHOUT_CHANGE:
        return told
    return told + _change(reason, words, unit)


def _common(reason: Reason, words: str, names: Mapping[str, str]) -> str:
    texts = _TEXTS[words]
    listed = [
        texts["common_one"].format(name=names.get(project, project), count=number(count, words))
        for project, count in reason.common
    ]
    return texts["common"].format(list=texts["join"].join(listed)) if listed else ""


def _change(reason: Reason, words: str, unit: Unit) -> str:
    texts = _TEXTS[words]
    verb = "tried" if reason.tried else "enough"
    told = ""
    if reason.enough_minor is not None:
        told += texts[f"{verb}_minor"].format(amount=money(reason.enough_minor, words, unit))
    if reason.enough_voters is not None:
        voters = _figure("newcomers", reason.enough_voters, words, unit)
        told += texts[f"{verb}_fullest" if reason.fullest_purses else f"{verb}_any"].format(voters=voters)
    told = told or texts["nothing_enough"]
    if reason.enough_budget is not None:
        told += texts["tried_budget"].format(amount=money(reason.enough_budget, words, unit))
    return told


def _figure(name: str, figure: int, words: str, unit: Unit) -> str:
    if name.endswith("_minor"):
        return money(figure, words, unit)
    if name in _COUNTED[words]:
        one, many = _COUNTED[words][name]
        # Zero is singular in French, plural in English.
        return (one if figure == 1 or (figure == 0 and words == "fr") else many).format(number(figure, words))
    return number(figure, words)


def number(figure: int, language: str) -> str:
    """A whole number with its thousands apart."""
    return f"{figure:,}".replace(",", _NARROW) if language == "fr" else f"{figure:,}"


def money(minor: int, language: str, unit: Unit) -> str:
    """An amount as people read it: `12 000 €`, `318,20 €`, `€12,000`, `318.20 PLN`."""
    whole, _, part = Amount(minor, unit).major.partition(".")
    digits = number(int(whole), language)
    if part.strip("0"):
        digits += ("," if language == "fr" else ".") + part
    if unit.code == NO_CURRENCY:
        return digits
    if unit.code != "EUR":
        return f"{digits}{_FIXED}{unit.code}"
    return f"{digits}{_FIXED}€" if language == "fr" else f"€{digits}"
