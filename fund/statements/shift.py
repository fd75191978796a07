"""The shift between both ballots in words, for the committee's page and the minutes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_decimal

from fund.queries.shift import Figure, Shift, ShiftLine
from fund.statements.document import Language
from fund.statements.render.formats import LOCALES, amount_text
from ledger.money import Amount, rounded, unit_of

_ANSWERS: dict[str, dict[Language, str]] = {
    "yes": {"fr": "pour", "en": "for"},
    "no": {"fr": "contre", "en": "against"},
    "abstain": {"fr": "abstention", "en": "abstained"},
    "consent": {"fr": "consentement", "en": "consent"},
    "object": {"fr": "objection", "en": "object"},
}
_TOLD: dict[str, dict[Language, str]] = {
    "approval": {"fr": "soutiens : {value} sur {of}", "en": "{value} of {of} support it"},
    "scores": {"fr": "note moyenne {value} (notes : {of})", "en": "mean score {value} (scores: {of})"},
    "judgment": {
        "fr": "mention médiane {value}, 0 étant la plus basse (bulletins : {of})",
        "en": "median grade {value}, 0 the lowest (papers: {of})",
    },
    "ranking": {"fr": "rang {value} (bulletins : {of})", "en": "place {value} (papers: {of})"},
    "buckets": {"fr": "{value} attribués (bulletins : {of})", "en": "{value} given (papers: {of})"},
}
_DIRECTIONS: dict[str, dict[Language, str]] = {
    "up": {"fr": "mieux soutenu après le débat", "en": "better supported after the debate"},
    "down": {"fr": "moins soutenu après le débat", "en": "less supported after the debate"},
    "same": {"fr": "inchangé", "en": "unchanged"},
    "unknown": {"fr": "les deux tours ne se comparent pas", "en": "the ballots do not compare"},
}


def shift_rows(shift: Shift, language: Language) -> tuple[tuple[str, str, str, str, str], ...]:
    """For each proposal: its name, the first ballot, the second one, the direction, and who moved (open votes)."""
    return tuple(
        (
            line.name,
            figure_text(line.before, language, currency=shift.currency),
            figure_text(line.after, language, currency=shift.currency),
            _DIRECTIONS[line.direction][language],
            moved_text(line, language),
        )
        for line in shift.lines
    )


def figure_text(figure: Figure | None, language: Language, *, currency: str) -> str:
    """What a vote says of a proposal, in words; a dash where it says nothing."""
    if figure is None:
        return "–"
    if figure.parts:
        return ", ".join(
            f"{_ANSWERS[word][language]} : {count}" if language == "fr" else f"{_ANSWERS[word][language]}: {count}"
            for word, count in figure.parts
        )
    if figure.kind == "buckets":
        value = amount_text(Amount(int(figure.value), unit_of(currency)), language)
    else:
        value = _number(figure.value, language)
    return _TOLD[figure.kind][language].format(value=value, of=figure.of)


def moved_text(line: ShiftLine, language: Language) -> str:
    """Who thinks otherwise after the debate; empty in secret votes, and where nobody does."""
    said = []
    if line.moved_for:
        said.append(("plus favorables : " if language == "fr" else "more favourable: ") + ", ".join(line.moved_for))
    if line.moved_against:
        said.append(
            ("moins favorables : " if language == "fr" else "less favourable: ") + ", ".join(line.moved_against)
        )
    return "; ".join(said) if language == "en" else " ; ".join(said)


def _number(value: Fraction, language: Language) -> str:
    exact = Decimal(rounded(value * 100)).scaleb(-2)
    return format_decimal(exact, format="#,##0.##", locale=LOCALES[language])
