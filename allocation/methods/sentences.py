"""Reasons in words, French and English, from tables; the figures come from the reason."""

from __future__ import annotations

from collections.abc import Mapping

from allocation.methods import order_sentences, reasons
from allocation.methods.reasons import Reason
from ledger.money import EUR, NO_CURRENCY, Amount, Unit

_NARROW = "\u202f"
_FIXED = "\u00a0"

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        reasons.FUNDED_BY_SHARES: "Financé au tour {round}. {supporters} ; coût {cost}. "
        "{full_payers} {payment}{each}{rest}. "
        "Aucun autre projet ne demandait alors moins à ses soutiens pour la même utilité.",
        "each": " chacun",
        "rest": ", {rest_payers}, soit {rest_paid}",
        reasons.FUNDED_BY_COMPLETION: "Ajouté avec le reliquat ({left}), au rang {place}. {supporters} ; coût {cost}.",
        reasons.FUNDED_IN_ORDER: "Financé au rang {place}. {supporters} ; il restait {left} pour {cost}.",
        reasons.SUPPORTERS_CANNOT_PAY: "{supporters}, à qui il reste {held} pour un coût de {cost} : "
        "il manque {missing}.{common}",
        reasons.NEITHER_SHARES_NOR_COMPLETION: "{supporters}, à qui il reste {held} pour un coût de {cost} : "
        "il manque {missing}.{common} Au rang {place} pour le reliquat, il restait {left}.",
        reasons.DOES_NOT_FIT: "Rang {place}, {supporters} ; il restait {left} pour {cost}.",
        reasons.TOO_FEW_SUPPORTERS: "{supporters} seulement : il en faut au moins {min_support}.",
        "common": " Les parts de ses soutiens ont surtout financé {list}.",
        "common_one": "{name} ({count} en commun)",
        "enough_minor": " Avec une demande de {amount} au plus, il aurait été financé.",
        "enough_any": " Avec {voters}, il aurait été financé.",
        "enough_fullest": " Avec {voters} parmi les votants à qui il reste le plus, il aurait été financé.",
        "nothing_enough": " Le calcul ne garantit ni demande plus petite ni nombre de soutiens qui auraient suffi.",
        "join": " et ",
        **order_sentences.TEXTS["fr"],
    },
    "en": {
        reasons.FUNDED_BY_SHARES: "Funded in round {round}. {supporters}; cost {cost}. "
        "{full_payers} {payment}{each}{rest}. "
        "No other project then asked less of its supporters for the same utility.",
        "each": " each",
        "rest": ", {rest_payers}, {rest_paid} in all",
        reasons.FUNDED_BY_COMPLETION: "Added from what was left ({left}), in place {place}. {supporters}; cost {cost}.",
        reasons.FUNDED_IN_ORDER: "Funded in place {place}. {supporters}; {left} was left for {cost}.",
        reasons.SUPPORTERS_CANNOT_PAY: "{supporters} with {held} left for a cost of {cost}: "
        "{missing} is missing.{common}",
        reasons.NEITHER_SHARES_NOR_COMPLETION: "{supporters} with {held} left for a cost of {cost}: "
        "{missing} is missing.{common} In place {place} for what remained, {left} was left.",
        reasons.DOES_NOT_FIT: "Place {place}, {supporters}; {left} was left for {cost}.",
        reasons.TOO_FEW_SUPPORTERS: "Only {supporters}: at least {min_support} are needed.",
        "common": " Its supporters' shares mostly paid for {list}.",
        "common_one": "{name} ({count} in common)",
        "enough_minor": " With a request of {amount} or less it would have been funded.",
        "enough_any": " With {voters} it would have been funded.",
        "enough_fullest": " With {voters} among the voters who have most left it would have been funded.",
        "nothing_enough": " The computation warrants no smaller request and no support that would have sufficed.",
        "join": " and ",
        **order_sentences.TEXTS["en"],
    },
}

_COUNTED: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "fr": {
        "supporters": ("{} soutien", "{} soutiens"),
        "full_payers": ("{} votant paie", "{} votants paient"),
        "newcomers": ("{} soutien de plus", "{} soutiens de plus"),
        "rest_payers": ("{} verse son reste", "{} versent leur reste"),
        **order_sentences.COUNTED["fr"],
    },
    "en": {
        "supporters": ("{} supporter", "{} supporters"),
        "full_payers": ("{} voter pays", "{} voters pay"),
        "newcomers": ("{} more supporter", "{} more supporters"),
        "rest_payers": ("{} pays what is left to them", "{} pay what is left to them"),
        **order_sentences.COUNTED["en"],
    },
}


def sentence(reason: Reason, language: str, *, unit: Unit = EUR, names: Mapping[str, str] | None = None) -> str:
    """The reason in `language` (`fr`, else English); other projects are called by `names`, else by identifier."""
    words = "fr" if language == "fr" else "en"
    texts = _TEXTS[words]
    shown = {name.removesuffix("_minor"): _figure(name, figure, words, unit) for name, figure in reason.figures.items()}
    shown["rest"] = texts["rest"].format(**shown) if reason.figures.get("rest_payers") else ""
    shown["each"] = texts["each"] if reason.figures.get("full_payers", 0) > 1 else ""
    shown["common"] = _common(reason, words, names or {})
    told = texts[reason.code].format(**shown)
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
    told = ""
    if reason.enough_minor is not None:
        told += texts["enough_minor"].format(amount=money(reason.enough_minor, words, unit))
    if reason.enough_voters is not None:
        voters = _figure("newcomers", reason.enough_voters, words, unit)
        told += texts["enough_fullest" if reason.fullest_purses else "enough_any"].format(voters=voters)
    return told or texts["nothing_enough"]


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
