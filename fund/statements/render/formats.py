"""How values are written for a reader: amounts, numbers, rates and dates in French and English.

The figures of each language come from py-moneyed and Babel. French groups thousands by a narrow no-break
space (`1 234,56 €`), British English by a comma (`€1,234.56`). What is not money says what it is:
`36,00 h`, `2 220,00 € (en nature)`, `12 points`.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from babel.dates import format_date
from babel.numbers import format_decimal
from moneyed import CurrencyDoesNotExist, Money, get_currency
from moneyed.l10n import format_money

from fund.statements.document import Cell, Column, Language, Span, figure_of
from ledger.money import Amount, Unit, rounded

LOCALES: Final = {"fr": "fr_FR", "en": "en_GB"}

_WORDS: Final[dict[str, dict[Language, str]]] = {
    "number": {"fr": "Référence", "en": "Reference"},
    "subject": {"fr": "Objet", "en": "Subject"},
    "fund": {"fr": "Fonds", "en": "Fund"},
    "covers_span": {"fr": "Période", "en": "Period"},
    "covers_day": {"fr": "Situation au", "en": "As at"},
    "issued_on": {"fr": "Établi le", "en": "Issued on"},
    "drawn_up_to": {"fr": "Arrêté au", "en": "As of"},
    "correction_of": {"fr": "Rectifie", "en": "Corrects"},
    "charter": {"fr": "Charte", "en": "Charter"},
    "chain_head": {"fr": "Empreinte des livres", "en": "Fingerprint of the books"},
    "notes": {"fr": "Notes", "en": "Notes"},
    "why": {"fr": "Pourquoi ce montant", "en": "Why this figure"},
    "from": {"fr": "De", "en": "From"},
    "to": {"fr": "Vers", "en": "To"},
    "amount": {"fr": "Montant", "en": "Amount"},
    "label": {"fr": "Intitulé", "en": "Label"},
    "value": {"fr": "Valeur", "en": "Value"},
    "unit": {"fr": "unité", "en": "unit"},
    "document": {"fr": "Document", "en": "Document"},
    "title": {"fr": "Titre", "en": "Title"},
    "explanations": {"fr": "Explications", "en": "Explanations"},
    "table": {"fr": "Tableau", "en": "Table"},
    "line": {"fr": "Ligne", "en": "Line"},
    "step": {"fr": "Étape", "en": "Step"},
    "sentence": {"fr": "Phrase", "en": "Sentence"},
    "page": {"fr": "Page", "en": "Page"},
    "of": {"fr": "sur", "en": "of"},
    "in_kind": {"fr": "en\xa0nature", "en": "in\xa0kind"},
    "hours": {"fr": "heures", "en": "hours"},
    "points": {"fr": "points", "en": "points"},
    "unseen": {
        "fr": "Ce PDF n’a pas toutes les lettres des noms : une lettre accentuée rare y perd son accent, un caractère "
        "d’une autre écriture y devient ◊. La version HTML les montre.",
        "en": "This PDF lacks some letters of the names: a rare accented letter loses its accent, a character of "
        "another script becomes ◊. The HTML version shows them.",
    },
}

# What no output can hold (control characters, lone surrogates, non-characters) or should obey
# (direction overrides, with which a name could turn the figures beside it round).
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def word(key: str, language: Language) -> str:
    """A word of the renderers in the reader's language."""
    return _WORDS[key][language]


def labelled(label: str, text: str, language: Language) -> str:
    """A label, a colon as the language sets it, and what is labelled."""
    return f"{label}\xa0: {text}" if language == "fr" else f"{label}: {text}"


def clean(text: str) -> str:
    """The text with whatever no output can hold shown as `\ufffd`; line breaks become plain ones."""
    return _UNFIT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _digits(scale: int) -> str:
    return "#,##0" + ("." + "0" * scale if scale else "")


def bare_amount(amount: Amount, language: Language) -> str:
    """The number alone with all the decimals of its unit: `1 234,56`."""
    return format_decimal(Decimal(amount.major), format=_digits(amount.unit.scale), locale=LOCALES[language])


def _money(amount: Amount, code: str, language: Language) -> str:
    digits = _digits(amount.unit.scale)
    try:
        money = Money(Decimal(amount.major), get_currency(code))
    except CurrencyDoesNotExist:
        return f"{bare_amount(amount, language)}\xa0{code}"
    pattern = f"{digits}\xa0¤" if language == "fr" else f"¤{digits}"
    text = str(format_money(money, format=pattern, locale=LOCALES[language], currency_digits=False))
    return re.sub(r"(?<=[A-Z])(?=[0-9])", "\xa0", text)


def amount_text(amount: Amount, language: Language) -> str:
    """An amount with its unit, as a reader writes it.

    >>> from ledger.money import EUR
    >>> amount_text(Amount(-123456, EUR), "en")
    '-€1,234.56'
    """
    unit = amount.unit
    if unit.kind == "money":
        return _money(amount, unit.code, language)
    if unit.kind == "kind":
        return f"{_money(amount, unit.code.removesuffix('-INKIND'), language)} ({word('in_kind', language)})"
    number = bare_amount(amount, language)
    if unit.kind == "time":
        return f"{number}\xa0h"
    one = 10**unit.scale
    singular = abs(amount.minor) < 2 * one if language == "fr" else abs(amount.minor) == one
    return f"{number}\xa0{'point' if singular else 'points'}"


def unit_text(unit: Unit, language: Language) -> str:
    """A unit in the heading of a column: `€`, `€, en nature`, `heures`."""
    if unit.kind == "time":
        return word("hours", language)
    if unit.kind == "points":
        return word("points", language)
    symbol = _money(Amount(0, unit), unit.code.removesuffix("-INKIND"), language).strip("0,.\xa0")
    return symbol if unit.kind == "money" else f"{symbol}, {word('in_kind', language)}"


def rate_text(rate: Fraction, language: Language) -> str:
    """A rate as a percentage with two decimals at most: `12,5 %`."""
    hundredths = rounded(rate * 10_000)
    number = format_decimal(Decimal(hundredths).scaleb(-2), format="#,##0.##", locale=LOCALES[language])
    return f"{number}\u202f%" if language == "fr" else f"{number}%"


def date_text(on: date, language: Language) -> str:
    """A date in running text: `1er janvier 2026`, `1 January 2026`."""
    text = format_date(on, "d MMMM y", locale=LOCALES[language])
    return re.sub(r"^1 ", "1er ", text) if language == "fr" else text


def short_date(on: date, language: Language) -> str:
    """A date in a column: `01/01/2026`, `01 Jan 2026`."""
    return format_date(on, "dd/MM/yyyy" if language == "fr" else "dd MMM yyyy", locale=LOCALES[language])


def span_text(span: Span, language: Language) -> str:
    """A period, both days named."""
    first, last = date_text(span.first, language), date_text(span.last, language)
    return f"du {first} au {last}" if language == "fr" else f"{first} to {last}"


def cell_text(cell: Cell, language: Language, *, column: Column | None = None) -> str:
    """A cell as its reader sees it, inside `column` or alone; clean, but not escaped for any output."""
    value = figure_of(cell)
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Amount):
        return bare_amount(value, language) if column and column.unit else amount_text(value, language)
    if isinstance(value, date):
        return short_date(value, language) if column else date_text(value, language)
    if isinstance(value, Fraction):
        return rate_text(value, language)
    return format_decimal(value, format="#,##0", locale=LOCALES[language])


def heading_text(column: Column, language: Language) -> str:
    """The heading of a column, with its unit when it has one."""
    label = clean(column.label)
    return f"{label} ({unit_text(column.unit, language)})" if column.unit else label
