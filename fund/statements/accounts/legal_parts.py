"""What the statements that the law asks for share: their head, the state of their year, their tables and notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from fund.accounting.layouts import Figure
from fund.accounting.year import FiscalYear, YearAccounts
from fund.chart import CHARTS, account_name
from fund.queries.accounts_year import year_accounts, year_before
from fund.queries.book_names import own_account_names
from fund.queries.books import chain_head
from fund.queries.identities import FundIdentity, fund_identity
from fund.statements.accounts.book_parts import entries_told, first_year_note, said, state_text
from fund.statements.accounts.kinds import Asked
from fund.statements.document import (
    Block,
    Cell,
    Column,
    Document,
    Fact,
    KeyFigures,
    Language,
    Link,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from fund.statements.render.formats import date_text, short_date
from ledger.balances import Head
from ledger.money import Amount, Unit, unit_of

_SHORTEST_ACCOUNT: Final = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """What a statement of the law says of itself, beside its figures; `links` is empty on paper and in files."""

    fund: FundIdentity
    year: FiscalYear
    before: FiscalYear | None
    as_of: date
    unit: Unit
    chain: Head | None
    is_provisional: bool
    view: str
    links: str
    account_names: Mapping[str, str]

    @property
    def is_whole(self) -> bool:
        """Whether the statement stands on the last day of its year."""
        return self.as_of >= self.year.last

    def amount(self, minor: int) -> Amount:
        return Amount(minor, self.unit)

    def major(self, minor: int) -> str:
        return self.amount(minor).major


@dataclass(frozen=True, slots=True)
class TwoYears:
    """The accounts of the year asked for and, where the books have it, of the year before, with their head."""

    head: Heading
    accounts: YearAccounts
    before: YearAccounts | None


def two_years(asked: Asked) -> TwoYears:
    """The one query of a statement with two columns: this year till the day, and the whole year before."""
    accounts = year_accounts(asked.fund, asked.year, asked.as_of)
    earlier = year_before(asked.fund, asked.year)
    before = year_accounts(asked.fund, earlier) if earlier else None
    return TwoYears(head_of(asked, accounts, earlier), accounts, before)


def head_of(asked: Asked, accounts: YearAccounts, before: FiscalYear | None = None) -> Heading:
    """The head of a statement made of these accounts."""
    return Heading(
        fund=fund_identity(asked.fund),
        year=asked.year,
        before=before,
        as_of=accounts.as_of,
        unit=unit_of(asked.fund.currency),
        chain=chain_head(asked.fund),
        is_provisional=accounts.is_provisional,
        view=asked.view,
        links=asked.links,
        account_names=own_account_names(asked.fund),
    )


def titled(figure: Figure, language: Language) -> str:
    """The title of a line in the reader's language."""
    return figure.fr if language == "fr" else figure.en


def result_text(minor: int, unit: Unit, language: Language) -> tuple[str, Amount]:
    """A result as associations say it: surplus or deficit, and an amount at or above zero."""
    if minor > 0:
        return said(language, "Excédent", "Surplus"), Amount(minor, unit)
    if minor < 0:
        return said(language, "Déficit", "Deficit"), Amount(-minor, unit)
    return said(language, "Ni excédent ni déficit", "Neither surplus nor deficit"), Amount(0, unit)


def day_column(head: Heading, language: Language, *, net: bool = False) -> Column:
    """The column of the day asked for."""
    day = short_date(head.as_of, language)
    return Column(said(language, f"Net au {day}", f"Net on {day}") if net else _at(day, language), "amount", head.unit)


def before_column(head: Heading, language: Language) -> Column:
    """The column of the year before: its last day, or the opening of this year where its own books are elsewhere."""
    last = head.before.last if head.before else None
    if last is None:
        label = said(language, "Ouverture (N−1)", "Opening (N−1)")
    else:
        label = _at(short_date(last, language), language)
    return Column(label, "amount", head.unit)


def _at(day: str, language: Language) -> str:
    return said(language, f"Au {day}", f"On {day}")


def span_column(head: Heading, year: FiscalYear, last: date, language: Language) -> Column:
    """The column of an income statement: the year, and till when where it is not whole."""
    if last >= year.last:
        label = said(language, f"Exercice {year.code}", f"Year {year.code}")
    else:
        day = short_date(last, language)
        label = said(language, f"Exercice {year.code} au {day}", f"Year {year.code} to {day}")
    return Column(label, "amount", head.unit)


def line_link(head: Heading, name: str, code: str, value: Amount | str) -> Cell:
    """A figure that opens what it is made of, where the reader can follow it."""
    if not head.links or not code:
        return value
    address = f"{head.links}statements/{address_year(head.year)}/{name}/lines/{code}"
    return Link(value, address if head.is_whole else f"{address}?on={head.as_of:%Y-%m-%d}")


def rows_of(
    head: Heading, name: str, figures: Iterable[Figure], language: Language, *, gross: bool, before: bool
) -> tuple[Row, ...]:
    """The printed lines as rows: with `gross` three columns, else one; with `before` one more."""
    rows = []
    for figure in figures:
        title = titled(figure, language)
        width = (3 if gross else 1) + before
        if figure.kind == "heading":
            rows.append(Row((title, *[None] * width), strong=figure.level == 0, level=figure.level))
            continue
        strong = figure.kind == "subtotal"
        cells: list[Cell] = [_net(head, name, figure)]
        if gross:
            cells = [_some(head, figure.now.gross, strong), _some(head, figure.now.less, strong), *cells]
        if before:
            cells.append(None if figure.before is None else _some(head, figure.before, strong))
        rows.append(Row((title, *cells), strong=strong, anchor=figure.code, level=0 if strong else figure.level))
    return tuple(rows)


def _net(head: Heading, name: str, figure: Figure) -> Cell:
    """The figure of a line opens what it is made of; at zero a line is an empty cell, a subtotal says so."""
    if figure.kind == "line" and figure.net:
        return line_link(head, name, figure.code, head.amount(figure.net))
    return _some(head, figure.net, figure.kind == "subtotal")


def _some(head: Heading, minor: int, always: bool) -> Amount | None:
    return head.amount(minor) if minor or always else None


def address_year(year: FiscalYear) -> int:
    """The year as addresses write it: its code where that is a number, else the year it ends in."""
    return int(year.code) if year.code.isascii() and year.code.isdigit() else year.last.year


def figure_json(head: Heading, figure: Figure, *, gross: bool = False) -> dict[str, Any]:
    """A line for a program: its code, its titles, its amounts as exact decimals in text."""
    amounts: dict[str, Any] = {"amount": head.major(figure.net)}
    if gross:
        amounts = {
            "gross": head.major(figure.now.gross),
            "depreciation": head.major(figure.now.less),
            "net": head.major(figure.net),
        }
    before = None if figure.before is None else head.major(figure.before)
    return {
        "code": figure.code,
        "fr": figure.fr,
        "en": figure.en,
        "kind": figure.kind,
        **amounts,
        "before": before,
    }


def figures_json(head: Heading, figures: Iterable[Figure], *, gross: bool = False) -> list[dict[str, Any]]:
    """The lines for a program, headings left out."""
    return [figure_json(head, each, gross=gross) for each in figures if each.kind != "heading"]


def account_title(own: Mapping[str, str], number: str, language: Language) -> str:
    """The name of an account: in French the fund's own, else that of the chart, of the account it continues too."""
    if language == "fr" and number in own:
        return own[number]
    for length in range(len(number), _SHORTEST_ACCOUNT - 1, -1):
        name = account_name(number[:length], language)
        if name != number[:length]:
            return name
    return own.get(number, number)


def in_words(
    head: Heading,
    groups: Mapping[str, tuple[str, Sequence[Figure]]],
    name: str,
    language: Language,
    *,
    before: bool,
) -> tuple[Section, ...]:
    """The simple view: one short table for each group of plain lines, with its total."""
    sections = []
    for title, figures in groups.values():
        columns: tuple[Column, ...] = (Column(said(language, "Quoi", "What")), day_column(head, language))
        if before:
            columns = (*columns, before_column(head, language))
        total: tuple[Cell, ...] = (said(language, "Ensemble", "Together"), head.amount(sum(f.net for f in figures)))
        if before:
            total = (*total, head.amount(sum(f.before or 0 for f in figures)))
        rows = tuple(
            Row(
                (
                    titled(each, language),
                    line_link(head, name, f"{PLAIN_PREFIX}{each.code}", head.amount(each.net)),
                    *((None if each.before is None else head.amount(each.before),) if before else ()),
                ),
                anchor=f"{PLAIN_PREFIX}{each.code}",
            )
            for each in figures
        )
        sections.append(Section(title, (Table(title, columns, rows, said(language, "Rien.", "Nothing."), total),)))
    return tuple(sections)


PLAIN_PREFIX: Final = "plain-"
"""Before the code of a line of the simple view in an address, so that it is never taken for an official one."""


def document(
    head: Heading,
    language: Language,
    *,
    title: str,
    name: str,
    lede: str,
    key_figures: Sequence[tuple[str, Amount]] = (),
    sections: Sequence[Section],
    notes: Iterable[str] = (),
    wide: bool = False,
) -> Document:
    """The document of a statement of the law: one sentence, the figures a reader came for, its tables, its notes."""
    shown: tuple[Block, ...] = (Paragraph(lede),)
    if key_figures:
        shown = (*shown, KeyFigures(tuple(Fact(label, amount) for label, amount in key_figures)))
    return Document(
        title=title,
        number=f"{head.year.code}-{name}",
        fund=head.fund.name,
        language=language,
        issued_on=head.as_of,
        subject=said(language, f"Exercice {head.year.code}", f"Fiscal year {head.year.code}"),
        covers=Span(head.year.first, head.as_of),
        chain_head=head.chain.hash if head.chain else "",
        issued=(
            Fact(said(language, "État de l’exercice", "State of the year"), state_text(head.year, language)),
            Fact(said(language, "Plan comptable", "Chart of accounts"), CHARTS.get(head.year.chart, head.year.chart)),
        ),
        summary=shown,
        sections=tuple(sections),
        notes=(*notes, *_standing_notes(head, language)),
        wide=wide,
        is_drawn_up_to=True,
    )


def _standing_notes(head: Heading, language: Language) -> Iterable[str]:
    if not head.is_whole:
        day = date_text(head.as_of, language)
        yield said(
            language,
            f"Situation intermédiaire, arrêtée au {day} : les écritures d’inventaire de la fin de l’exercice n’y sont "
            "pas.",
            f"Interim accounts as of {day}: the inventory entries of the end of the year are not in them.",
        )
    if head.is_provisional:
        yield said(
            language,
            "L’exercice précédent n’est pas clos : ses soldes sont repris à titre provisoire, sans écriture "
            "d’à-nouveaux.",
            "The year before is not closed: its balances are carried over for the eye alone, without opening entries.",
        )
    if head.chain:
        yield said(
            language,
            f"Établi sur {entries_told(head.chain.entries, language)} ; l’empreinte en tête est celle de la "
            "dernière : qui la conserve peut vérifier plus tard qu’aucune n’a été changée ou retirée.",
            f"Made from {entries_told(head.chain.entries, language)}; the fingerprint above is that of the "
            "last: whoever keeps it can check later that none was changed or removed.",
        )


def no_year_before(head: Heading, language: Language) -> str:
    """Why a column is missing."""
    return first_year_note(head.year, language)
