"""How figures, dates and stored words are written on a page: the same way as in a statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_decimal
from django import template

from fund.accounting.destinations import DESTINATIONS
from fund.chart import JOURNALS, account_name
from fund.charter.trace import Step
from fund.charter.words.explanation import sentence
from fund.charter.words.notoriety_texts import step_text
from fund.queries.notoriety import FactShown, PartyLine
from fund.statements.notoriety import fact_words, party_words
from fund.statements.render import formats
from fund.web.pages import language_of_page
from fund.web.words import word_of
from ledger.journal import AccountKey
from ledger.money import NOTORIETY, Amount, Unit, rounded, unit_of

register = template.Library()


@register.filter
def amount(value: Amount) -> str:
    """An amount with its unit: `1 234,56 €`, `36,00 h`."""
    return formats.amount_text(value, language_of_page())


@register.filter
def bare(value: Amount) -> str:
    """The number alone, for a column whose heading names the unit."""
    return formats.bare_amount(value, language_of_page())


@register.filter
def major(value: Amount) -> str:
    """Help in kind beside a word that says what it is: the value as money, `2 220,00 €`."""
    return formats.amount_text(
        Amount(value.minor, unit_of(value.unit.code.removesuffix("-INKIND"))), language_of_page()
    )


@register.filter
def unless_zero(value: Amount) -> str:
    """The number alone, or a dash where there is nothing."""
    return formats.bare_amount(value, language_of_page()) if value else "–"


@register.filter
def signed(value: Amount) -> str:
    """A difference, with its sign: `+12,00`, `−12,00`, `0,00`."""
    number = formats.bare_amount(abs(value), language_of_page())
    return number if not value else f"{'−' if value.minor < 0 else '+'}{number}"


@register.filter
def debit(value: Amount) -> str:
    """The number in the debit column, or nothing."""
    return formats.bare_amount(value, language_of_page()) if value.minor > 0 else ""


@register.filter
def credit(value: Amount) -> str:
    """The number in the credit column, or nothing."""
    return formats.bare_amount(-value, language_of_page()) if value.minor < 0 else ""


@register.filter
def unit_name(value: Unit) -> str:
    """A unit in a heading: `€`, `heures`."""
    return formats.unit_text(value, language_of_page())


@register.filter
def day(value: date) -> str:
    """A date in a sentence: `1er janvier 2026`."""
    return formats.date_text(value, language_of_page())


@register.filter
def short_day(value: date) -> str:
    """A date in a column: `01/01/2026`."""
    return formats.short_date(value, language_of_page())


@register.filter
def rate(value: Fraction) -> str:
    """A part of a whole as a percentage."""
    return formats.rate_text(value, language_of_page())


@register.filter
def coefficient(value: Fraction | None) -> str:
    """A coefficient with three decimals: `0,389`; a dash where there is none."""
    if value is None:
        return "–"
    exact = Decimal(rounded(value * 1000)).scaleb(-3)
    return format_decimal(exact, format="0.000", locale=formats.LOCALES[language_of_page()])


@register.filter
def quantity(value: Fraction) -> str:
    """A quantity of help in kind, with the decimals it has."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return format_decimal(exact, format="#,##0.##", locale=formats.LOCALES[language_of_page()])


@register.filter
def word(value: str, table: str) -> str:
    """A stored word in the reader's language: `{{ tranche.condition|word:"condition" }}`."""
    return word_of(table, value)


@register.filter
def fact(value: FactShown) -> str:
    """A fact of recognition in a few words."""
    return fact_words(value, language_of_page())


@register.filter
def credited_party(value: PartyLine) -> str:
    """Who a line of a statement of recognition is about."""
    return party_words(value)


@register.filter
def account(value: str) -> str:
    """The name of an account of the chart."""
    return account_name(value, language_of_page())


@register.filter
def journal(value: str) -> str:
    """The name of a journal."""
    return JOURNALS[value][language_of_page()] if value in JOURNALS else value


@register.filter
def destination(value: str) -> str:
    """What an expense is for."""
    return DESTINATIONS[value][language_of_page()] if value in DESTINATIONS else value


@register.filter
def leaf(value: AccountKey) -> str:
    """What tells a leaf from the others of its account: party, project, convention."""
    return " · ".join(part for part in (value.party, value.project, value.convention) if part)


@register.filter
def named(names: Mapping[str, str], code: str) -> str:
    """The name that goes with a code, or nothing."""
    return names.get(code, "")


@register.filter
def sentences(steps: Iterable[Step], currency: Unit) -> list[str]:
    """A trace in sentences, in the order of the computation; its amounts count minor units of `currency`."""
    language = language_of_page()
    if currency == NOTORIETY:
        return [step_text(step, language) for step in steps]
    return [sentence(step, currency, language) for step in steps]


@register.filter
def lines(text: str) -> list[str]:
    """A text by its lines."""
    return text.splitlines()
