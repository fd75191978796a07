"""Transactions with related parties (ANC 2018-06, art. 431-12): counterparty, nature, amount, balance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fund.accounting.related import NATURES, Transaction, is_owed, nature_of, transactions
from fund.accounting.year import YearAccounts
from fund.queries.accounts_lines import Heading, heading_of
from fund.queries.accounts_year import year_accounts
from fund.queries.annexes import RELATIONS, companies_of_projects, related_parties
from fund.statements.accounts.book_parts import (
    Check,
    check_figures,
    check_notes,
    document,
    major,
    money,
    name_of,
    said,
    to_account,
    valued_notes,
)
from fund.statements.accounts.kinds import Asked, StatementKind
from fund.statements.document import Column, Document, Language, Row, Section, Table


@dataclass(frozen=True, slots=True)
class RelatedParties:
    """The related parties with why they are, and what passed between them and the fund."""

    heading: Heading
    relations: Mapping[str, tuple[str, ...]]
    rows: tuple[Transaction, ...]
    checks: tuple[Check, ...]


def read(asked: Asked) -> RelatedParties:
    """The facts of the related parties."""
    heading = heading_of(asked.fund, asked.year, asked.as_of, asked.links)
    accounts = year_accounts(asked.fund, asked.year, heading.as_of)
    relations = related_parties(asked.fund, asked.year.first, heading.as_of)
    rows = transactions(accounts, relations, companies_of_projects(asked.fund))
    return RelatedParties(
        heading,
        relations,
        rows,
        _checks(rows, accounts, relations, companies_of_projects(asked.fund)),
    )


def _checks(
    rows: tuple[Transaction, ...], accounts: YearAccounts, related: Mapping[str, Any], companies: Mapping[str, str]
) -> tuple[Check, ...]:
    """The balances, against those of the auxiliaries that are related parties or their projects."""
    auxiliaries = set(related) | {project for project, company in companies.items() if company in related}
    return (
        Check(
            ("le total des soldes des parties liées", "the balances of related parties"),
            sum(row.balance for row in rows),
            sum(
                row.closing
                for row in accounts.by_auxiliary()
                if row.key.auxiliary in auxiliaries and nature_of(row.key.chart) is not None and is_owed(row.key.chart)
            ),
            ("celui de leurs auxiliaires dans la balance", "those of their auxiliaries in the trial balance"),
        ),
    )


def arrange(facts: RelatedParties, language: Language) -> Document:
    """The document of the related parties, one line for each counterparty and nature."""
    heading = facts.heading
    return document(
        heading,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        lede=said(
            language,
            "Ce qui s’est passé entre le fonds et ses membres, ou les structures de ceux qui y décident : aides, "
            "contributions, avances, achats, et ce qui reste dû.",
            "What passed between the fund and its members, or the structures of those who decide in it: aids, "
            "contributions, advances, purchases, and what is still owed.",
        ),
        summary=(_rows_table(facts, language),),
        sections=[
            Section(
                said(language, "Qui est lié, et pourquoi", "Who is related, and why"), (_who_table(facts, language),)
            )
        ],
        notes=(
            *check_notes(facts.checks, heading, language),
            said(
                language,
                "Montant : flux brut de l’exercice, du côté où l’opération s’enregistre, règlements non compris. Solde "
                "positif : dû au fonds ; négatif : dû par lui, ou promis pour un compte 80. Une contribution en nature "
                "n’a pas de solde. Ce qui est enregistré sur un projet est rattaché à sa "
                "compagnie.",
                "Amount: gross flow of the year on the side of the transaction, payments left out. A balance above "
                "zero is owed to the fund, below zero owed by it, or promised on an account 80. A contribution in "
                "kind has no balance. What is booked on a project counts for its company.",
            ),
            *valued_notes(heading, language),
        ),
    )


def _reasons(facts: RelatedParties, party: str, language: Language) -> str:
    return ", ".join(RELATIONS[each][language] for each in facts.relations[party])


def _rows_table(facts: RelatedParties, language: Language) -> Table:
    heading = facts.heading
    return Table(
        said(language, "Opérations avec les parties liées", "Transactions with related parties"),
        (
            Column(said(language, "Tiers", "Party"), "code"),
            Column(said(language, "Contrepartie", "Counterparty")),
            Column(said(language, "Nature", "Nature")),
            Column(said(language, "Compte", "Account"), "code"),
            Column(said(language, "Montant", "Amount"), "amount", heading.unit),
            Column(said(language, "Solde", "Balance"), "amount", heading.unit),
        ),
        tuple(
            Row(
                (
                    row.party,
                    name_of(heading, row.party),
                    NATURES[row.nature][2 if language == "fr" else 3],
                    to_account(heading, row.chart, row.chart),
                    money(heading, row.amount),
                    money(heading, row.balance) if is_owed(row.chart) else None,
                )
            )
            for row in facts.rows
        ),
        said(language, "Aucune opération avec une partie liée.", "No transaction with a related party.")
        if facts.relations
        else said(
            language,
            "Le registre ne dit pas qui est lié au fonds : ce tableau ne peut rien en dire.",
            "The register does not say who is related to the fund: this table can say nothing of it.",
        ),
        name=said(language, "opérations", "transactions"),
    )


def _who_table(facts: RelatedParties, language: Language) -> Table:
    return Table(
        said(language, "Parties liées", "Related parties"),
        (
            Column(said(language, "Tiers", "Party"), "code"),
            Column(said(language, "Nom", "Name")),
            Column(said(language, "Lien avec le fonds", "Relation to the fund")),
        ),
        tuple(
            Row((party, name_of(facts.heading, party), _reasons(facts, party, language))) for party in facts.relations
        ),
        said(
            language,
            "Le registre ne connaît ni membre, ni comité : inscrivez-les, puis relisez cet état.",
            "The register knows neither members nor a committee: enter them, then read this again.",
        ),
        name=said(language, "parties", "parties"),
    )


def figures(facts: RelatedParties) -> Any:
    """The transactions with why each party is related, and the check."""
    heading = facts.heading
    return {
        "transactions": [
            {
                "party": row.party,
                "name": name_of(heading, row.party),
                "relations": list(facts.relations[row.party]),
                "nature": NATURES[row.nature][3],
                "account": row.chart,
                "amount": major(heading, row.amount),
                "balance": major(heading, row.balance),
            }
            for row in facts.rows
        ],
        "checks": check_figures(facts.checks, heading),
    }


KIND = StatementKind(
    name="related-parties",
    titles={"fr": "Opérations avec les parties liées", "en": "Related parties"},
    group="annex",
    read=read,
    arrange=arrange,
    figures=figures,
)
