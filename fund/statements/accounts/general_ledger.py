"""The general ledger (*grand livre général*): each account with its opening, its lines, the balance after each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fund.accounting.lines import BookLine, by_chart
from fund.accounting.year import YearRow
from fund.queries.accounts_lines import Heading, heading_of, units_left_out, year_lines
from fund.queries.accounts_year import year_accounts
from fund.statements.accounts.book_parts import (
    Check,
    carrying_note,
    check_figures,
    check_notes,
    document,
    left_out_notes,
    major,
    money,
    moneys,
    name_of_account,
    said,
    some,
    titled,
    to_account,
    to_entry,
)
from fund.statements.accounts.kinds import Asked, StatementKind
from fund.statements.document import Column, Document, Language, Row, Section, Table
from fund.statements.render.formats import date_text


@dataclass(frozen=True, slots=True)
class AccountLines:
    """An account of the chart: its opening, its movements of the year in order, and what the trial balance says."""

    chart: str
    opening: int
    lines: tuple[BookLine, ...]
    expected: YearRow

    @property
    def debit(self) -> int:
        return sum(line.debit for line in self.lines)

    @property
    def credit(self) -> int:
        return sum(line.credit for line in self.lines)

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit


@dataclass(frozen=True, slots=True)
class GeneralLedger:
    """The accounts of the year, by number."""

    heading: Heading
    accounts: tuple[AccountLines, ...]
    left_out: tuple[str, ...]
    is_provisional: bool

    @property
    def checks(self) -> tuple[Check, ...]:
        """Both columns, and how many accounts close elsewhere than the trial balance says."""
        rows = [account.expected for account in self.accounts]
        return (
            Check(
                ("le total des débits", "the total of debits"),
                sum(account.debit for account in self.accounts),
                sum(row.debit for row in rows),
            ),
            Check(
                ("le total des crédits", "the total of credits"),
                sum(account.credit for account in self.accounts),
                sum(row.credit for row in rows),
            ),
            *(
                Check(
                    (f"le solde du compte {account.chart}", f"the balance of account {account.chart}"),
                    account.closing,
                    account.expected.closing,
                )
                for account in self.accounts
                if account.closing != account.expected.closing
            ),
        )


def read(asked: Asked) -> GeneralLedger:
    """The facts of the general ledger: one pass over the entries of the year, and its trial balance."""
    heading = heading_of(asked.fund, asked.year, asked.as_of, asked.links)
    accounts = year_accounts(asked.fund, asked.year, heading.as_of)
    lines = by_chart(year_lines(asked.fund, asked.year, heading.as_of))
    return GeneralLedger(
        heading,
        tuple(
            AccountLines(row.key.chart, row.opening, tuple(lines.get(row.key.chart, ())), row)
            for row in accounts.by_account()
        ),
        units_left_out(asked.fund, asked.year, heading.as_of),
        accounts.is_provisional,
    )


def arrange(facts: GeneralLedger, language: Language) -> Document:
    """The document of the general ledger: one section for each account."""
    heading = facts.heading
    return document(
        heading,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        wide=True,
        lede=said(
            language,
            "Ce que chaque compte portait à l’ouverture, ce qui l’a mouvementé, et son solde après chaque ligne. Un "
            "solde négatif est créditeur.",
            "What each account held at the opening, what moved it, and its balance after each line. A balance below "
            "zero is a credit balance.",
        ),
        summary=(_summary(facts, language),),
        sections=[
            Section(
                titled(account.chart, language),
                (_table(account, heading, language),),
                anchor=f"account-{account.chart}",
            )
            for account in facts.accounts
        ],
        notes=(
            *check_notes(facts.checks, heading, language),
            carrying_note(language),
            *provisional_notes(facts.is_provisional, language),
            *left_out_notes(facts.left_out, language),
        ),
    )


def provisional_notes(is_provisional: bool, language: Language) -> tuple[str, ...]:
    """That the year before is not closed, where it is not."""
    if not is_provisional:
        return ()
    return (
        said(
            language,
            "L’exercice précédent n’est pas clos : les à-nouveaux sont provisoires.",
            "The year before is not closed: the openings are provisional.",
        ),
    )


def _summary(facts: GeneralLedger, language: Language) -> Table:
    heading = facts.heading
    return Table(
        said(language, "Comptes mouvementés", "Accounts"),
        (
            Column(said(language, "Compte", "Account"), "code"),
            Column(said(language, "Intitulé", "Name")),
            Column(said(language, "Ouverture", "Opening"), "amount", heading.unit),
            Column(said(language, "Débit", "Debit"), "amount", heading.unit),
            Column(said(language, "Crédit", "Credit"), "amount", heading.unit),
            Column(said(language, "Clôture", "Closing"), "amount", heading.unit),
        ),
        tuple(
            Row(
                (
                    to_account(heading, account.chart, account.chart),
                    name_of_account(account.chart, language),
                    *moneys(heading, account.opening, account.debit, account.credit, account.closing),
                )
            )
            for account in facts.accounts
        ),
        said(language, "Aucun compte.", "No account."),
        total=(
            "",
            "Total",
            *moneys(
                heading,
                sum(account.opening for account in facts.accounts),
                sum(account.debit for account in facts.accounts),
                sum(account.credit for account in facts.accounts),
                sum(account.closing for account in facts.accounts),
            ),
        ),
        name=said(language, "comptes", "accounts"),
    )


def _table(account: AccountLines, heading: Heading, language: Language) -> Table:
    rows: list[Row] = []
    running = account.opening
    if running:
        told = said(language, "À-nouveau au ", "Opening on ") + date_text(heading.year.first, language)
        rows.append(
            Row((heading.year.first, None, None, None, told, None, None, money(heading, running), None), strong=True)
        )
    for line in account.lines:
        running += line.minor
        rows.append(
            Row(
                (
                    line.on,
                    to_entry(heading, line.reference, f"{line.journal} {line.number}"),
                    line.document,
                    line.auxiliary,
                    line.label or said(language, "(libellé effacé)", "(words erased)"),
                    some(heading, line.debit),
                    some(heading, line.credit),
                    money(heading, running),
                    line.lettering if line.lettered_on and line.lettered_on <= heading.as_of else "",
                )
            )
        )
    return Table(
        said(language, f"Compte {account.chart}", f"Account {account.chart}"),
        (
            Column("Date", "date"),
            Column(said(language, "Écriture", "Entry"), "code"),
            Column(said(language, "Pièce", "Document"), "code"),
            Column(said(language, "Auxiliaire", "Auxiliary"), "code"),
            Column(said(language, "Libellé", "Label")),
            Column(said(language, "Débit", "Debit"), "amount", heading.unit),
            Column(said(language, "Crédit", "Credit"), "amount", heading.unit),
            Column(said(language, "Solde", "Balance"), "amount", heading.unit),
            Column(said(language, "Let.", "Let."), "code"),
        ),
        tuple(rows),
        said(language, "Aucun mouvement.", "Nothing moved."),
        total=(
            None,
            None,
            None,
            None,
            said(language, "Totaux et solde de clôture", "Totals and closing balance"),
            *moneys(heading, account.debit, account.credit, account.closing),
            None,
        ),
        name=account.chart,
    )


def figures(facts: GeneralLedger) -> Any:
    """The accounts with their four figures, and the checks."""
    heading = facts.heading
    return {
        "accounts": [
            {
                "account": account.chart,
                "opening": major(heading, account.opening),
                "debit": major(heading, account.debit),
                "credit": major(heading, account.credit),
                "closing": major(heading, account.closing),
                "lines": len(account.lines),
            }
            for account in facts.accounts
        ],
        "checks": check_figures(facts.checks, heading),
    }


KIND = StatementKind(
    name="general-ledger",
    titles={"fr": "Grand livre général", "en": "General ledger"},
    group="books",
    read=read,
    arrange=arrange,
    figures=figures,
)
