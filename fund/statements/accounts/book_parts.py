"""What the statements of the books share: headings, links to accounts and entries, checks said in a note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import quote

from fund.accounting.year import YearRow
from fund.chart import JOURNALS, account_name
from fund.queries.accounts_lines import Heading
from fund.statements.document import Block, Cell, Document, Language, Link, Paragraph, Section, Span
from fund.statements.render.formats import amount_text
from ledger.money import Amount

Pair = tuple[str, str]
"""A text in French, then in English."""

_SHORTEST_ACCOUNT: Final = 2


def said(language: Language, fr: str, en: str) -> str:
    """The text in the reader's language; in French no line begins with a colon or a semicolon."""
    return fr.replace(" :", "\xa0:").replace(" ;", "\xa0;") if language == "fr" else en


@dataclass(frozen=True, slots=True)
class Check:
    """A total that was computed twice: `what` names it, `computed` is the statement's, `expected` the trial balance's.

    Both are in minor units of the fund's currency. `against` says what it was checked against.
    """

    what: Pair
    computed: int
    expected: int
    against: Pair = ("la balance", "the trial balance")

    @property
    def holds(self) -> bool:
        return self.computed == self.expected


def check_notes(checks: Iterable[Check], heading: Heading, language: Language) -> tuple[str, ...]:
    """One sentence for each check, with its two figures when they differ."""
    place = 0 if language == "fr" else 1
    notes = []
    for check in checks:
        computed = amount_text(Amount(check.computed, heading.unit), language)
        expected = amount_text(Amount(check.expected, heading.unit), language)
        what, against = check.what[place], check.against[place]
        if check.holds:
            told = said(
                language,
                f"Contrôle : {what}, {computed}, concorde avec {against}.",
                f"Check: {what}, {computed}, agrees with {against}.",
            )
        else:
            told = said(
                language,
                f"Écart : {what} est de {computed} ici et de {expected} selon {against}. "
                "Ne publiez pas cet état avant de l’avoir expliqué.",
                f"Difference: {what} is {computed} here and {expected} in {against}. "
                "Do not publish this statement before it is explained.",
            )
        notes.append(told)
    return tuple(notes)


def check_figures(checks: Iterable[Check], heading: Heading) -> list[dict[str, Any]]:
    """The checks for a program."""
    return [
        {
            "what": check.what[1],
            "against": check.against[1],
            "computed": major(heading, check.computed),
            "expected": major(heading, check.expected),
            "holds": check.holds,
        }
        for check in checks
    ]


def document(
    heading: Heading,
    language: Language,
    *,
    title: str,
    name: str,
    summary: Sequence[Block],
    sections: Sequence[Section],
    notes: Iterable[str] = (),
    lede: str = "",
    wide: bool = False,
) -> Document:
    """The document of a statement of the year: the sentence that says what it answers, its parts, its notes."""
    first = (Paragraph(lede),) if lede else ()
    return Document(
        title=title,
        number=f"{heading.year.code}-{name}",
        fund=heading.fund.name,
        language=language,
        issued_on=heading.as_of,
        covers=Span(heading.year.first, heading.as_of),
        chain_head=heading.head.hash,
        summary=(*first, *summary),
        sections=tuple(sections),
        notes=(*notes, *_standing_notes(heading, language)),
        wide=wide,
    )


def _standing_notes(heading: Heading, language: Language) -> tuple[str, ...]:
    return (
        said(
            language,
            f"Montants en {heading.fund.currency}. Les contributions volontaires en nature (classes 86 et 87) sont "
            "valorisées une pour une ; les heures, la notoriété et la classe 9 n’y figurent pas.",
            f"Amounts in {heading.fund.currency}. Contributions in kind (classes 86 and 87) are valued one for one; "
            "hours, recognition and class 9 are left out.",
        ),
        said(
            language,
            f"Établi sur les {heading.head.entries} écritures validées des livres, jusqu’à l’empreinte ci-dessus.",
            f"Made from the {heading.head.entries} validated entries of the books, up to the fingerprint above.",
        ),
    )


def left_out_notes(units: Sequence[str], language: Language) -> tuple[str, ...]:
    """Which other currencies moved and are not in the statement; nothing when there is none."""
    if not units:
        return ()
    told = ", ".join(units)
    return (
        said(
            language,
            f"Les comptes tenus en {told} ne figurent pas dans cet état.",
            f"The accounts kept in {told} are not in this statement.",
        ),
    )


def carrying_note(language: Language) -> str:
    """Where the entry that empties the accounts of a closed year went."""
    return said(
        language,
        "Le journal technique CL, qui vide les comptes de l’exercice clos le jour même des à-nouveaux, n’y figure "
        "pas : les deux écritures se compensent, hormis le résultat porté au 120 ou au 129.",
        "The technical journal CL, which empties the accounts of the closed year on the day of the à-nouveaux, is left "
        "out: the two entries cancel each other, except for the result on 120 or 129.",
    )


def money(heading: Heading, minor: int) -> Amount:
    """Minor units as an amount of the fund's currency; contributions in kind are printed as money beside it."""
    return Amount(minor, heading.unit)


def moneys(heading: Heading, *minors: int) -> tuple[Amount, ...]:
    """Amounts of the fund's currency."""
    return tuple(money(heading, minor) for minor in minors)


def some(heading: Heading, minor: int) -> Amount | None:
    """An amount, or an empty cell where there is nothing."""
    return money(heading, minor) if minor else None


def major(heading: Heading, minor: int) -> str:
    """An exact decimal in text."""
    return money(heading, minor).major


def to_account(heading: Heading, chart: str, value: str | Amount, *, leaf: str = "") -> Cell:
    """A figure or a number that opens the account, or one of its leaves, as of the day."""
    if not heading.links:
        return value
    unit = "EUR-INKIND" if chart.startswith(("86", "87")) else heading.fund.currency
    address = f"{heading.links}accounts/{quote(chart)}/{unit}/?as_of={heading.as_of:%Y-%m-%d}"
    return Link(value, f"{address}&leaf={quote(leaf)}" if leaf else address)


def to_entry(heading: Heading, reference: str, value: str | Amount) -> Cell:
    """A figure or a number that opens its entry."""
    return Link(value, f"{heading.links}entries/{quote(reference, safe='/:')}") if heading.links else value


def name_of_account(number: str, language: Language) -> str:
    """The name of an account, or of the account that its number continues; the number itself where there is none."""
    for length in range(len(number), _SHORTEST_ACCOUNT, -1):
        name = account_name(number[:length], language)
        if name != number[:length]:
            return name
    return number


def titled(number: str, language: Language) -> str:
    """An account's number with its name, as the title of a section."""
    name = name_of_account(number, language)
    return number if name == number else f"{number} — {name}"


def name_of_journal(code: str, language: Language) -> str:
    """The name of a journal; its code where the fund keeps no such journal."""
    return JOURNALS[code][language] if code in JOURNALS else code


def name_of(heading: Heading, code: str) -> str:
    """The name of a party or a project; its code where the register has none."""
    return heading.names.get(code, code)


def closings(rows: Iterable[YearRow]) -> int:
    """What these rows hold at the end."""
    return sum(row.closing for row in rows)


def day_text(on: date | None) -> str | None:
    """A day for a program."""
    return on.isoformat() if on else None
