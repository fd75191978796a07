"""What changes for whom, as sentences: a party, what becomes more or less, and by which article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fund.charter.faults import Language
from fund.charter.words.grammar_words import WORDS
from fund.charter.words.known_words import category_words, quoted
from fund.charter.words.numbers_in_words import months
from fund.charter.words.slot_words import said

GOOD_WHEN_MORE: Mapping[str, bool] = {
    "receives": True,
    "keeps": True,
    "time": True,
    "earlier": True,
    "credited": True,
    "instalments": True,
    "hands-over": False,
    "bears": False,
    "pays": False,
    "gives": False,
    "applies": False,
}
"""Whether more of it is good for the party; a new form or key is neither."""

_SENTENCES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("receives", "more"): (
        "{who} {can} recevoir davantage d’un même projet",
        "{who} can receive more from one project",
    ),
    ("receives", "less"): ("{who} {can} recevoir moins d’un même projet", "{who} can receive less from one project"),
    ("receives", "either"): (
        "{who} {can} recevoir plus ou moins d’un même projet, selon les cas",
        "{who} can receive more or less from one project, as the case may be",
    ),
    ("hands-over", "more"): ("{who} {can} avoir à reverser davantage", "{who} may have to hand over more"),
    ("hands-over", "less"): ("{who} {can} avoir à reverser moins", "{who} may have to hand over less"),
    ("hands-over", "either"): (
        "{who} {can} avoir à reverser plus ou moins selon les cas",
        "{who} may have to hand over more or less, as the case may be",
    ),
    ("keeps", "more"): ("{who} {can} garder davantage", "{who} can keep more"),
    ("keeps", "less"): ("{who} {can} garder moins", "{who} can keep less"),
    ("keeps", "either"): ("{who} {can} garder plus ou moins selon les cas", "{who} can keep more or less"),
    ("bears", "more"): ("{who} {can} avoir à supporter davantage", "{who} may have to bear more"),
    ("bears", "less"): ("{who} {can} avoir à supporter moins", "{who} may have to bear less"),
    ("bears", "either"): (
        "{who} {can} avoir à supporter plus ou moins selon les cas",
        "{who} may have to bear more or less, as the case may be",
    ),
    ("pays", "more"): ("{who} {can} avoir à verser davantage", "{who} may have to pay more"),
    ("pays", "less"): ("{who} {can} avoir à verser moins", "{who} may have to pay less"),
    ("pays", "either"): (
        "{who} {can} avoir à verser plus ou moins selon ce qui est déclaré",
        "{who} may have to pay more or less, depending on what is declared",
    ),
    ("gives", "more"): (
        "{who} {can} avoir à apporter davantage en nature ou en temps",
        "{who} may have to give more in kind or in time",
    ),
    ("gives", "less"): (
        "{who} {can} avoir à apporter moins en nature ou en temps",
        "{who} may have to give less in kind or in time",
    ),
    ("instalments", "more"): (
        "{who} {can} payer en {now} fois au lieu de {was}",
        "{who} can pay in {now} parts, not {was}",
    ),
    ("instalments", "less"): (
        "{who} {must} payer en {now} fois au lieu de {was}",
        "{who} must pay in {now} parts, not {was}",
    ),
    ("earlier", "more"): ("{who} {can} recevoir l’allocation plus tôt", "{who} can have the allocation earlier"),
    ("earlier", "less"): (
        "{who} {must} attendre l’allocation plus longtemps",
        "{who} must wait longer for the allocation",
    ),
    ("earlier", "either"): (
        "{who} {can} recevoir une partie de l’allocation plus tôt, une autre plus tard",
        "{who} can have one part of the allocation earlier, another later",
    ),
    ("time", "more"): (
        "{who} {have} {now} au lieu de {was} pour utiliser un droit de tirage",
        "{who} {have} {now} instead of {was} to use a drawing right",
    ),
    ("time", "less"): (
        "{who} n’{have} plus que {now} au lieu de {was} pour utiliser un droit de tirage",
        "{who} {have} only {now} instead of {was} to use a drawing right",
    ),
    ("form", "either"): ("ce que {who} {get} l’est {now}, et non {was}", "what {who} {get} comes {now}, not {was}"),
    ("key", "either"): (
        "le partage entre {who} suit {now}, et non {was} : certains y gagnent, d’autres y perdent",
        "the sharing among {who} follows {now}, not {was}: some gain and others lose",
    ),
    ("credited", "more"): (
        "{who} {can} avoir une plus grande part de la notoriété",
        "{who} can have a larger share of notoriety",
    ),
    ("credited", "less"): (
        "{who} {can} avoir une plus petite part de la notoriété",
        "{who} can have a smaller share of notoriety",
    ),
    ("applies", "more"): ("on demande davantage à {who}", "more is asked of {who}"),
    ("applies", "less"): ("on demande moins à {who}", "less is asked of {who}"),
    ("applies", "either"): ("on demande autre chose à {who}", "something else is asked of {who}"),
}
_PLURAL = frozenset({"members", "recipients", "investors", "applicants"})


@dataclass(frozen=True, slots=True)
class EffectGroup:
    """The same effect for one or several parties."""

    parties: tuple[str, ...]
    subject: str
    direction: str
    article: str
    was: str = ""
    now: str = ""


def party_name(party: str, language: Language) -> str:
    """A kind of party in words: `category:venue` is the members of that category."""
    kind, _, code = party.partition(":")
    if party == "applicants":
        return ("les projets qui demandent", "the projects that apply")[language == "en"]
    if party == "nobody":
        return ("que personne ne peut supporter", "that nobody can bear")[language == "en"]
    if kind == "category" and not code:
        return ("les contributeurs", "the contributors")[language == "en"]
    if kind == "category":
        words = category_words(code, language)
        return f"les membres « {words} »" if language == "fr" else f"the “{words}” members"
    return said(WORDS, party, language)


def effect_sentence(group: EffectGroup, cause: str, language: Language) -> str:
    """One sentence, with the article it comes from and the slots that decide it."""
    plural = len(group.parties) > 1 or group.parties[0] in _PLURAL or group.parties[0].startswith("category")
    verbs = {
        "fr": {
            "can": ("peut", "peuvent"),
            "must": ("doit", "doivent"),
            "have": ("a", "ont"),
            "get": ("reçoit", "reçoivent"),
        },
        "en": {
            "can": ("can", "can"),
            "must": ("must", "must"),
            "have": ("has", "have"),
            "get": ("receives", "receive"),
        },
    }[language]
    words = {name: pair[plural] for name, pair in verbs.items()}
    words["who"] = _joined([party_name(party, language) for party in group.parties], language)
    words["was"], words["now"] = (_said(group.subject, value, language) for value in (group.was, group.now))
    text = _SENTENCES[group.subject, group.direction][0 if language == "fr" else 1].format(**words)
    name = group.article.partition(".")[2]
    if name:
        text += f", {'par' if language == 'fr' else 'under'} {quoted(name, language)}"
    if cause:
        text += f" ({cause})"
    return f"{text[0].upper()}{text[1:]}."


def _said(subject: str, value: str, language: Language) -> str:
    """What a slot said before or says now, as the sentence needs it."""
    if subject == "time" and value:
        return months(int(value), language)
    if subject in ("form", "key"):
        return _joined([said(WORDS, word, language) for word in value.split(", ")], language)
    return value


def _joined(names: list[str], language: Language) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} {'et' if language == 'fr' else 'and'} {names[-1]}"
