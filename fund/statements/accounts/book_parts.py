"""What the statements of the books share: headings, links to accounts and entries, checks said in a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import quote

from fund.accounting.year import FiscalYear, YearRow
from fund.chart import CHARTS, JOURNALS, account_name
from fund.queries.accounts_lines import Heading
from fund.statements.document import Block, Cell, Document, Fact, Language, Link, Paragraph, Section, Span
from fund.statements.render.formats import amount_text
from ledger.money import Amount

Pair = tuple[str, str]
"""A text in French, then in English."""

_SHORTEST_ACCOUNT: Final = 2


def said(language: Language, fr: str, en: str) -> str:
    """The text in the reader's language; in French no line begins with a colon or a semicolon."""
    return fr.replace(" :", "\xa0:").replace(" ;", "\xa0;") if language == "fr" else en


_STATES: Final[Mapping[str, tuple[str, str]]] = {
    "open": (
        "ouvert, comptes provisoires qui peuvent encore changer",
        "open, provisional: these accounts may still change",
    ),
    "locked": (
        "verrouillé, provisoire : un verrou peut encore être levé",
        "locked, provisional: a lock may still be lifted",
    ),
    "closed": ("clos, ces comptes ne changent plus", "closed, these accounts never change again"),
}


def state_text(year: FiscalYear, language: Language) -> str:
    """Whether the year is open, locked or closed, and what that means for its figures."""
    return said(language, *_STATES[year.state])


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
        subject=said(language, f"Exercice {heading.year.code}", f"Fiscal year {heading.year.code}"),
        covers=Span(heading.year.first, heading.as_of),
        chain_head=heading.head.hash,
        issued=(
            Fact(said(language, "État de l’exercice", "State of the year"), state_text(heading.year, language)),
            Fact(
                said(language, "Plan comptable", "Chart of accounts"),
                CHARTS.get(heading.year.chart, heading.year.chart),
            ),
        ),
        summary=(*first, *summary),
        sections=tuple(sections),
        notes=(*notes, *_standing_notes(heading, language)),
        wide=wide,
        is_drawn_up_to=True,
    )


def first_year_note(year: FiscalYear, language: Language) -> str:
    """Why the column of the year before is missing."""
    return said(
        language,
        f"Les livres commencent avec l’exercice {year.code} : la colonne de l’exercice précédent manque.",
        f"The books begin with the year {year.code}: there is no column of the year before.",
    )


def entries_told(count: int, language: Language) -> str:
    """What a statement is made from, said for one entry and for several."""
    if count == 1:
        return said(language, "la seule écriture validée des livres", "the one validated entry of the books")
    return said(language, f"les {count} écritures validées des livres", f"the {count} validated entries of the books")


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
            f"Établi sur {entries_told(heading.head.entries, language)}, jusqu’à l’empreinte ci-dessus.",
            f"Made from {entries_told(heading.head.entries, language)}, up to the fingerprint above.",
        ),
    )


def valued_notes(heading: Heading, language: Language) -> tuple[str, ...]:
    """How the accounts of other currencies are valued; nothing when the books have none."""
    if not heading.currencies:
        return ()
    told, own = ", ".join(heading.currencies), heading.fund.currency
    return (
        said(
            language,
            f"Les comptes tenus en {told} sont valorisés en {own} au cours de l’écriture, à défaut au dernier cours "
            "enregistré à sa date ; un lettrage soldé en devise peut donc laisser une différence de change.",
            f"The accounts kept in {told} are valued in {own} at the rate of the entry, or else at the last one "
            "recorded on its date; a lettering settled in the currency may so leave a difference of exchange.",
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


def to_account(heading: Heading, chart: str, value: str | Amount, *, unit: str = "") -> Cell:
    """A figure or a number that opens the account as of the day; `unit` where it is not kept in the fund's own."""
    if not heading.links:
        return value
    kept = unit or ("EUR-INKIND" if chart.startswith(("86", "87")) else heading.fund.currency)
    return Link(value, f"{heading.links}accounts/{quote(chart)}/{kept}/?as_of={heading.known:%Y-%m-%d}")


def to_entry(heading: Heading, reference: str, value: str | Amount) -> Cell:
    """A figure or a number that opens its entry."""
    return Link(value, f"{heading.links}entries/{quote(reference, safe='/:')}") if heading.links else value


def to_line(heading: Heading, name: str, line: str, value: Amount) -> Cell:
    """A figure that opens what a line of the statement is made of; without a name, or at zero, it opens nothing."""
    if not heading.links or not line or not value:
        return value
    code = heading.year.code
    year = int(code) if code.isascii() and code.isdigit() else heading.year.last.year
    return Link(value, f"{heading.links}statements/{year}/{name}/lines/{line}?on={heading.as_of:%Y-%m-%d}")


def name_of_account(heading: Heading, number: str, language: Language) -> str:
    """The name of an account: the fund's own, or the chart's, or that of the account that its number continues."""
    if number in heading.account_names:
        return heading.account_names[number]
    for length in range(len(number), _SHORTEST_ACCOUNT, -1):
        name = account_name(number[:length], language)
        if name != number[:length]:
            return name
    return number


def titled(heading: Heading, number: str, language: Language) -> str:
    """An account's number with its name, as the title of a section."""
    name = name_of_account(heading, number, language)
    return number if name == number else f"{number} — {name}"


def name_of_journal(heading: Heading, code: str, language: Language) -> str:
    """The name of a journal in the reader's language; the books' own label where the chart has no such journal."""
    return JOURNALS[code][language] if code in JOURNALS else heading.journal_names.get(code, code)


def name_of(heading: Heading, code: str) -> str:
    """The name of a party or a project; its code where the register has none."""
    return heading.names.get(code, code)


def closings(rows: Iterable[YearRow]) -> int:
    """What these rows hold at the end."""
    return sum(row.closing for row in rows)


def day_text(on: date | None) -> str | None:
    """A day for a program."""
    return on.isoformat() if on else None
