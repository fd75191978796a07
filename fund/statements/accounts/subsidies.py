"""Public subsidies by nature and by kind of authority (ANC 2018-06, art. 431-9), and what is still to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fund.accounting.subsidies import (
    CATEGORIES,
    NATURES,
    RECEIVABLES,
    UNKNOWN,
    Receivable,
    Subsidy,
    nature_of,
    receivables,
    subsidies,
)
from fund.queries.accounts_lines import Heading, heading_of, units_left_out, year_lines
from fund.queries.accounts_year import year_accounts
from fund.queries.annexes import authorities_of
from fund.statements.accounts.book_parts import (
    Check,
    check_figures,
    check_notes,
    closings,
    document,
    left_out_notes,
    major,
    money,
    moneys,
    name_of,
    said,
    some,
    to_account,
)
from fund.statements.accounts.kinds import Asked, StatementKind
from fund.statements.document import Column, Document, Language, Row, Table

_COLUMNS = (*CATEGORIES, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Subsidies:
    """The subsidies of the year; `categories` are those of the authorities that somebody has classified."""

    heading: Heading
    rows: tuple[Subsidy, ...]
    receivables: tuple[Receivable, ...]
    categories: Mapping[str, str]
    checks: tuple[Check, ...]
    left_out: tuple[str, ...]

    def of(self, nature: str, category: str) -> int:
        """What authorities of a category granted of a nature."""
        return sum(
            row.minor
            for row in self.rows
            if row.nature == nature and self.categories.get(row.party, UNKNOWN) == category
        )


def read(asked: Asked) -> Subsidies:
    """The facts of the subsidies."""
    heading = heading_of(asked.fund, asked.year, asked.as_of, asked.links)
    accounts = year_accounts(asked.fund, asked.year, heading.as_of)
    rows = subsidies(year_lines(asked.fund, asked.year, heading.as_of))
    owed = receivables(accounts)
    return Subsidies(
        heading,
        rows,
        owed,
        authorities_of(asked.fund),
        (
            Check(
                ("le total des subventions et concours publics", "the total of subsidies"),
                sum(row.minor for row in rows),
                -sum(row.movement for row in accounts.rows if nature_of(row.key.chart)),
                ("la balance (comptes 13, 73 et 74)", "the trial balance (accounts 13, 73 and 74)"),
            ),
            Check(
                ("le total restant à recevoir", "the total still to come"),
                sum(row.closing for row in owed),
                closings(accounts.of(*RECEIVABLES)),
                ("la balance (compte 441)", "the trial balance (account 441)"),
            ),
        ),
        units_left_out(asked.fund, asked.year, heading.as_of),
    )


def arrange(facts: Subsidies, language: Language) -> Document:
    """The document of the subsidies: nature × kind of authority, then authority by authority."""
    heading = facts.heading
    notes = check_notes(facts.checks, heading, language)
    unknown = sorted({row.party for row in facts.rows if row.party not in facts.categories})
    if unknown:
        named = ", ".join(name_of(heading, party) if party else "?" for party in unknown)
        notes += (
            said(
                language,
                f"Catégorie d’autorité à préciser pour : {named}. Le trésorier la choisit sur la page « Compléments de "
                "l’annexe » ; « ? » : l’écriture ne nomme aucune autorité.",
                f"The kind of authority is to be told for: {named}. The treasurer chooses it on the page “Facts for "
                "the notes to the accounts”; “?”: the entry names no authority.",
            ),
        )
    return document(
        heading,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        wide=True,
        lede=said(
            language,
            "Quelles autorités publiques ont subventionné le fonds, de quelle façon, et ce qui reste à recevoir.",
            "Which public authorities subsidised the fund, in what way, and what is still to come.",
        ),
        summary=(_matrix(facts, language), _by_authority(facts, language), _receivables(facts, language)),
        sections=(),
        notes=(
            *notes,
            said(
                language,
                "L’autorité est celle de la ligne de produit, à défaut celle de la créance de la même écriture.",
                "The authority is that of the income line, or else of the receivable in the same entry.",
            ),
            *left_out_notes(facts.left_out, language),
        ),
    )


def _matrix(facts: Subsidies, language: Language) -> Table:
    heading = facts.heading
    natures = [nature for nature in NATURES if any(row.nature == nature for row in facts.rows)]
    columns = [each for each in _COLUMNS if each or any(facts.of(nature, each) for nature in natures)]
    labels = [CATEGORIES[each][language] if each else said(language, "À préciser", "To be told") for each in columns]
    totals = [sum(facts.of(nature, each) for nature in natures) for each in columns]
    return Table(
        said(language, "Concours publics et subventions, par nature et autorité", "Subsidies by nature and authority"),
        (
            Column("Nature" if language == "fr" else "Kind"),
            *(Column(label, "amount", heading.unit) for label in labels),
            Column("Total", "amount", heading.unit),
        ),
        tuple(
            Row(
                (
                    NATURES[nature][language],
                    *(some(heading, facts.of(nature, each)) for each in columns),
                    money(heading, sum(facts.of(nature, each) for each in columns)),
                )
            )
            for nature in natures
        ),
        said(language, "Aucune subvention dans l’exercice.", "No subsidy in the year."),
        total=("Total", *moneys(heading, *totals, sum(totals))),
        name=said(language, "par nature", "by nature"),
    )


def _category(facts: Subsidies, party: str, language: Language) -> str:
    found = facts.categories.get(party, UNKNOWN)
    return CATEGORIES[found][language] if found else said(language, "à préciser", "to be told")


def _by_authority(facts: Subsidies, language: Language) -> Table:
    heading = facts.heading
    return Table(
        said(language, "Par autorité", "By authority"),
        (
            Column(said(language, "Tiers", "Party"), "code"),
            Column(said(language, "Autorité", "Authority")),
            Column(said(language, "Catégorie", "Category")),
            Column(said(language, "Nature", "Kind")),
            Column(said(language, "Montant", "Amount"), "amount", heading.unit),
        ),
        tuple(
            Row(
                (
                    row.party,
                    name_of(heading, row.party) or said(language, "(non nommée)", "(not named)"),
                    _category(facts, row.party, language),
                    NATURES[row.nature][language],
                    to_account(heading, row.chart, money(heading, row.minor)),
                )
            )
            for row in sorted(facts.rows, key=lambda row: (row.party, row.nature))
        ),
        said(language, "Aucune subvention dans l’exercice.", "No subsidy in the year."),
        total=("", "Total", "", "", money(heading, sum(row.minor for row in facts.rows))),
        name=said(language, "par autorité", "by authority"),
    )


def _receivables(facts: Subsidies, language: Language) -> Table:
    heading = facts.heading
    labels = (("À l’ouverture", "Opening"), ("Notifié", "Notified"), ("Reçu", "Received"), ("À recevoir", "To come"))

    def four(rows: tuple[Receivable, ...]) -> tuple[Any, ...]:
        return moneys(
            heading,
            sum(row.opening for row in rows),
            sum(row.notified for row in rows),
            sum(row.received for row in rows),
            sum(row.closing for row in rows),
        )

    return Table(
        said(language, "Subventions à recevoir (compte 441)", "Subsidies receivable (account 441)"),
        (
            Column(said(language, "Tiers", "Party"), "code"),
            Column(said(language, "Autorité", "Authority")),
            *(Column(said(language, *label), "amount", heading.unit) for label in labels),
        ),
        tuple(
            Row((to_account(heading, row.chart, row.party or row.chart), name_of(heading, row.party), *four((row,))))
            for row in facts.receivables
        ),
        said(language, "Rien n’est à recevoir.", "Nothing is to come."),
        total=("", "Total", *four(facts.receivables)),
        name="441",
    )


def figures(facts: Subsidies) -> Any:
    """The subsidies with their authority and category, the receivables, and the checks."""
    heading = facts.heading
    return {
        "subsidies": [
            {
                "account": row.chart,
                "nature": row.nature,
                "party": row.party,
                "name": name_of(heading, row.party),
                "category": facts.categories.get(row.party, "unknown"),
                "amount": major(heading, row.minor),
            }
            for row in facts.rows
        ],
        "receivables": [
            {
                "account": row.chart,
                "party": row.party,
                "opening": major(heading, row.opening),
                "notified": major(heading, row.notified),
                "received": major(heading, row.received),
                "to_come": major(heading, row.closing),
            }
            for row in facts.receivables
        ],
        "checks": check_figures(facts.checks, heading),
    }


KIND = StatementKind(
    name="subsidies",
    titles={"fr": "Concours publics et subventions", "en": "Public subsidies"},
    group="annex",
    read=read,
    arrange=arrange,
    figures=figures,
)
