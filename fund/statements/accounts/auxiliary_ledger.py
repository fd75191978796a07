"""The auxiliary ledger (*grand livre auxiliaire*): each third party's account with its lettering and what is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fund.accounting.lines import THIRD_PARTIES, BookLine
from fund.queries.accounts_lines import Heading, heading_of, units_left_out
from fund.queries.third_parties import third_parties
from fund.statements.accounts.book_parts import (
    Check,
    check_figures,
    check_notes,
    document,
    left_out_notes,
    major,
    money,
    moneys,
    name_of,
    said,
    some,
    titled,
    to_account,
    to_entry,
)
from fund.statements.accounts.general_ledger import provisional_notes
from fund.statements.accounts.kinds import Asked, StatementKind
from fund.statements.document import Column, Document, Language, Row, Section, Table
from fund.statements.render.formats import date_text


@dataclass(frozen=True, slots=True)
class AuxiliaryAccount:
    """A third party on an account: opening, movements of the year, and what each line leaves open (by posting).

    `open_before` is what is open of lines dated before the year, `expected` the closing that the trial balance gives.
    """

    chart: str
    auxiliary: str
    opening: int
    lines: tuple[BookLine, ...]
    open: Mapping[int, int]
    open_before: int
    expected: int

    @property
    def debit(self) -> int:
        return sum(line.debit for line in self.lines)

    @property
    def credit(self) -> int:
        return sum(line.credit for line in self.lines)

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit

    @property
    def still_open(self) -> int:
        """The sum of what is open: the closing balance, unless a lettering is wrong."""
        return self.open_before + sum(self.open.values())


@dataclass(frozen=True, slots=True)
class AuxiliaryLedger:
    """The auxiliary accounts, by account and auxiliary."""

    heading: Heading
    accounts: tuple[AuxiliaryAccount, ...]
    left_out: tuple[str, ...]
    is_provisional: bool

    @property
    def checks(self) -> tuple[Check, ...]:
        """Account by account: balances against the trial balance, open lines against balances."""
        checks = []
        for chart in sorted({account.chart for account in self.accounts}):
            of_chart = [account for account in self.accounts if account.chart == chart]
            checks += [
                Check(
                    (f"le solde des auxiliaires du compte {chart}", f"the balance of the auxiliaries of {chart}"),
                    sum(account.closing for account in of_chart),
                    sum(account.expected for account in of_chart),
                ),
                Check(
                    (f"le reste ouvert du compte {chart}", f"what is open on {chart}"),
                    sum(account.still_open for account in of_chart),
                    sum(account.expected for account in of_chart),
                    ("le solde de ses auxiliaires", "the balance of its auxiliaries"),
                ),
            ]
        return tuple(checks)


def read(asked: Asked) -> AuxiliaryLedger:
    """The facts of the auxiliary ledger."""
    heading = heading_of(asked.fund, asked.year, asked.as_of, asked.links)
    found = third_parties(asked.fund, asked.year, heading.as_of)
    lines: dict[tuple[str, str], list[BookLine]] = defaultdict(list)
    for line in found.lines:
        lines[line.chart, line.auxiliary].append(line)
    of_year = {line.posting for line in found.lines}
    still: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    before: dict[tuple[str, str], int] = defaultdict(int)
    for item in found.open:
        key = (item.line.chart, item.line.auxiliary)
        if item.line.posting in of_year:
            still[key][item.line.posting] = item.minor
        else:
            before[key] += item.minor
    rows = {
        (row.key.chart, row.key.auxiliary): row
        for row in found.accounts.by_auxiliary()
        if row.key.chart.startswith(THIRD_PARTIES)
    }
    return AuxiliaryLedger(
        heading,
        tuple(
            AuxiliaryAccount(
                *key,
                rows[key].opening if key in rows else 0,
                tuple(sorted(lines[key], key=lambda line: (line.on, line.posting))),
                still[key],
                before[key],
                rows[key].closing if key in rows else 0,
            )
            for key in sorted({*rows, *lines})
        ),
        units_left_out(asked.fund, asked.year, heading.as_of),
        found.accounts.is_provisional,
    )


def arrange(facts: AuxiliaryLedger, language: Language) -> Document:
    """The document of the auxiliary ledger: a section for each account, a table for each third party."""
    heading = facts.heading
    charts = sorted({account.chart for account in facts.accounts})
    return document(
        heading,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        wide=True,
        lede=said(
            language,
            "Ce que chaque tiers doit au fonds (solde positif) ou attend de lui (solde négatif), ligne par ligne, et "
            "ce qui n’est pas encore lettré.",
            "What each third party owes the fund (a balance above zero) or is owed by it (below zero), line by line, "
            "and what is not lettered yet.",
        ),
        summary=(_summary(facts, language),),
        sections=[
            Section(
                titled(chart, language),
                tuple(_table(each, heading, language) for each in facts.accounts if each.chart == chart),
                anchor=f"account-{chart}",
            )
            for chart in charts
        ],
        notes=(
            *check_notes(facts.checks, heading, language),
            said(
                language,
                "« Reste ouvert » : ce qui n’est pas lettré au jour de l’état ; un lettrage daté d’après ne compte "
                "pas. Dans un lettrage partiel, les règlements éteignent d’abord les lignes les plus anciennes.",
                "“Still open”: what is not lettered on the day of the statement; a lettering dated later does not "
                "count. In a partial lettering, payments settle the oldest lines first.",
            ),
            *provisional_notes(facts.is_provisional, language),
            *left_out_notes(facts.left_out, language),
        ),
    )


def _summary(facts: AuxiliaryLedger, language: Language) -> Table:
    heading = facts.heading
    return Table(
        said(language, "Balance auxiliaire", "Auxiliary balances"),
        (
            Column(said(language, "Compte", "Account"), "code"),
            Column(said(language, "Auxiliaire", "Auxiliary"), "code"),
            Column(said(language, "Nom", "Name")),
            Column(said(language, "Ouverture", "Opening"), "amount", heading.unit),
            Column(said(language, "Débit", "Debit"), "amount", heading.unit),
            Column(said(language, "Crédit", "Credit"), "amount", heading.unit),
            Column(said(language, "Solde", "Balance"), "amount", heading.unit),
        ),
        tuple(
            Row(
                (
                    to_account(heading, account.chart, account.chart),
                    account.auxiliary,
                    name_of(heading, account.auxiliary),
                    *moneys(heading, account.opening, account.debit, account.credit, account.closing),
                )
            )
            for account in facts.accounts
        ),
        said(language, "Aucun tiers.", "No third party."),
        total=(
            "",
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
        name=said(language, "balance auxiliaire", "auxiliary balances"),
    )


def _table(account: AuxiliaryAccount, heading: Heading, language: Language) -> Table:
    rows: list[Row] = []
    running = account.opening
    if account.opening or account.open_before:
        told = said(language, "À-nouveau au ", "Opening on ") + date_text(heading.year.first, language)
        held = (money(heading, running), None, some(heading, account.open_before))
        rows.append(Row((heading.year.first, None, None, told, None, None, *held), strong=True))
    for line in account.lines:
        running += line.minor
        rows.append(
            Row(
                (
                    line.on,
                    to_entry(heading, line.reference, f"{line.journal} {line.number}"),
                    line.document,
                    line.label or said(language, "(libellé effacé)", "(words erased)"),
                    some(heading, line.debit),
                    some(heading, line.credit),
                    money(heading, running),
                    line.lettering if line.lettered_on and line.lettered_on <= heading.as_of else "",
                    some(heading, account.open.get(line.posting, 0)),
                )
            )
        )
    name = name_of(heading, account.auxiliary)
    owner = " ".join(dict.fromkeys(filter(None, (account.auxiliary, name)))) or said(
        language, "sans auxiliaire", "without auxiliary"
    )
    return Table(
        f"{account.chart} · {owner}",
        (
            Column("Date", "date"),
            Column(said(language, "Écriture", "Entry"), "code"),
            Column(said(language, "Pièce", "Document"), "code"),
            Column(said(language, "Libellé", "Label")),
            Column(said(language, "Débit", "Debit"), "amount", heading.unit),
            Column(said(language, "Crédit", "Credit"), "amount", heading.unit),
            Column(said(language, "Solde", "Balance"), "amount", heading.unit),
            Column(said(language, "Let.", "Let."), "code"),
            Column(said(language, "Reste ouvert", "Still open"), "amount", heading.unit),
        ),
        tuple(rows),
        said(language, "Aucun mouvement.", "Nothing moved."),
        total=(
            None,
            None,
            None,
            said(language, "Totaux et solde de clôture", "Totals and closing balance"),
            *moneys(heading, account.debit, account.credit, account.closing),
            None,
            money(heading, account.still_open),
        ),
        name=f"{account.chart} {account.auxiliary}".strip(),
    )


def figures(facts: AuxiliaryLedger) -> Any:
    """The auxiliary accounts with their figures, what is open of them, and the checks."""
    heading = facts.heading
    return {
        "accounts": [
            {
                "account": account.chart,
                "auxiliary": account.auxiliary,
                "name": name_of(heading, account.auxiliary),
                "opening": major(heading, account.opening),
                "debit": major(heading, account.debit),
                "credit": major(heading, account.credit),
                "closing": major(heading, account.closing),
                "open": major(heading, account.still_open),
            }
            for account in facts.accounts
        ],
        "checks": check_figures(facts.checks, heading),
    }


KIND = StatementKind(
    name="auxiliary-ledger",
    titles={"fr": "Grand livre auxiliaire", "en": "Auxiliary ledger"},
    group="books",
    read=read,
    arrange=arrange,
    figures=figures,
)
