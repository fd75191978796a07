"""Why a project got what it got, in one sentence: the reason of the computation, or the committee's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from allocation.methods.sentences import money, number, sentence
from allocation.queries import ProjectOutcome

_TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "fr": {
        "different": "Décision du comité ({yes} pour, {no} contre, {abstained} abst.) différente du calcul : {decided} "
        "au lieu de {computed}. Motif : {why} Le calcul disait : {told}",
        "nothing": "aucune aide",
        "opinion": " Avis motivé : {opinion}",
    },
    "en": {
        "different": "Decision of the committee ({yes} for, {no} against, {abstained} abstaining), other than "
        "computed: {decided} instead of {computed}. Why: {why} The computation said: {told}",
        "nothing": "nothing",
        "opinion": " Motivated opinion: {opinion}",
    },
}


def outcome_sentence(project: ProjectOutcome, language: str, *, names: Mapping[str, str]) -> str:
    """The reason in `language` (`fr`, else English), with what the committee decided otherwise and its opinion."""
    words = "fr" if language == "fr" else "en"
    texts, unit = _TEXTS[words], project.cost.unit
    told = sentence(project.reason, language, unit=unit, names=names)
    if (difference := project.difference) is not None:

        def amount(minor: int) -> str:
            return money(minor, words, unit) if minor else texts["nothing"]

        told = texts["different"].format(
            yes=number(difference.votes_for, words),
            no=number(difference.against, words),
            abstained=number(difference.abstained, words),
            decided=amount(difference.decided.minor),
            computed=amount(difference.computed.minor),
            why=_ended(difference.why),
            told=told,
        )
    return told + (texts["opinion"].format(opinion=_ended(project.opinion)) if project.opinion else "")


def _ended(text: str) -> str:
    """The text on one line, with the stop that ends it."""
    said = " ".join(text.split())
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."
