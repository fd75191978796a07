"""Commitments off the balance sheet (*engagements hors bilan*): what was voted, what it became, what remains."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from fund.accounting.obligations import COUNTERPART, GIVEN, RECEIVED, Commitment, commitments
from fund.queries.accounts_lines import Heading, heading_of, units_left_out, year_lines
from fund.queries.accounts_year import year_accounts
from fund.statements.accounts.book_parts import (
    Check,
    carrying_note,
    check_figures,
    check_notes,
    closings,
    document,
    left_out_notes,
    major,
    moneys,
    name_of,
    said,
    titled,
    to_account,
)
from fund.statements.accounts.kinds import Asked, StatementKind
from fund.statements.document import Column, Document, Language, Row, Section, Table


@dataclass(frozen=True, slots=True)
class Commitments:
    """The commitments by account and auxiliary, and the check against their counterpart."""

    heading: Heading
    rows: tuple[Commitment, ...]
    checks: tuple[Check, ...]
    left_out: tuple[str, ...]


def read(asked: Asked) -> Commitments:
    """The facts of the commitments of the year."""
    heading = heading_of(asked.fund, asked.year, asked.as_of, asked.links)
    accounts = year_accounts(asked.fund, asked.year, heading.as_of)
    rows = commitments(accounts, year_lines(asked.fund, asked.year, heading.as_of))
    given = sum(row.remaining for row in rows if row.is_given)
    received = sum(row.remaining for row in rows if not row.is_given)
    return Commitments(
        heading,
        rows,
        (
            Check(
                ("le total des engagements donnés restants", "the total of commitments given that remain"),
                given,
                -closings(accounts.of(*GIVEN)),
            ),
            Check(
                ("le total des engagements reçus restants", "the total of commitments received that remain"),
                received,
                closings(accounts.of(*RECEIVED)),
            ),
            Check(
                ("l’excédent des engagements donnés sur les reçus", "commitments given less those received"),
                given - received,
                closings(accounts.of(*COUNTERPART)),
                ("la contrepartie (compte 809)", "their counterpart (account 809)"),
            ),
        ),
        units_left_out(asked.fund, asked.year, heading.as_of),
    )


def arrange(facts: Commitments, language: Language) -> Document:
    """The document of the commitments."""
    heading = facts.heading
    return document(
        heading,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        wide=True,
        lede=said(
            language,
            "Ce que le fonds a promis sans le devoir encore : voté, mais pas notifié ; garanti, mais pas appelé.",
            "What the fund promised and does not owe yet: voted and not notified; guaranteed and not called.",
        ),
        summary=(_totals(facts, language),),
        sections=[
            Section(
                titled(chart, language),
                (_table(chart, list(rows), heading, language),),
                anchor=f"account-{chart}",
            )
            for chart, rows in groupby(facts.rows, key=lambda row: row.chart)
        ],
        notes=(
            *check_notes(facts.checks, heading, language),
            said(
                language,
                "Un engagement est exécuté quand la notification, la convention ou l’appel en fait une charge, une "
                "créance ou une participation le même jour et sur la même pièce ; sinon il est éteint ou réduit.",
                "A commitment is executed when the notice, the agreement or the call turns it into an expense, a claim "
                "or a stake on the same day and document; otherwise it has ended or was reduced.",
            ),
            carrying_note(language),
            *left_out_notes(facts.left_out, language),
        ),
    )


def _columns(heading: Heading, language: Language) -> tuple[Column, ...]:
    return tuple(
        Column(label, "amount", heading.unit)
        for label in (
            said(language, "À l’ouverture", "Opening"),
            said(language, "Votés", "Voted"),
            said(language, "Exécutés", "Executed"),
            said(language, "Éteints", "Ended"),
            said(language, "Restants", "Remaining"),
        )
    )


def _five(rows: list[Commitment], heading: Heading) -> tuple[Any, ...]:
    return moneys(
        heading,
        sum(row.opening for row in rows),
        sum(row.added for row in rows),
        sum(row.executed for row in rows),
        sum(row.ended for row in rows),
        sum(row.remaining for row in rows),
    )


def _totals(facts: Commitments, language: Language) -> Table:
    heading = facts.heading
    given = [row for row in facts.rows if row.is_given]
    received = [row for row in facts.rows if not row.is_given]
    rows = [
        Row((said(language, label_fr, label_en), *_five(found, heading)))
        for label_fr, label_en, found in (
            ("Engagements donnés", "Commitments given", given),
            ("Engagements reçus", "Commitments received", received),
        )
        if found
    ]
    return Table(
        said(language, "Engagements hors bilan", "Commitments off the balance sheet"),
        (Column(said(language, "Nature", "Kind")), *_columns(heading, language)),
        tuple(rows),
        said(language, "Aucun engagement.", "No commitment."),
        name=said(language, "totaux", "totals"),
    )


def _table(chart: str, rows: list[Commitment], heading: Heading, language: Language) -> Table:
    return Table(
        said(language, f"Par bénéficiaire, compte {chart}", f"By beneficiary, account {chart}"),
        (
            Column(said(language, "Tiers ou projet", "Party or project"), "code"),
            Column(said(language, "Nom", "Name")),
            *_columns(heading, language),
        ),
        tuple(
            Row(
                (
                    to_account(heading, chart, row.auxiliary or chart),
                    name_of(heading, row.auxiliary),
                    *moneys(heading, row.opening, row.added, row.executed, row.ended, row.remaining),
                )
            )
            for row in rows
        ),
        said(language, "Aucun engagement.", "No commitment."),
        total=("", "Total", *_five(rows, heading)),
        name=chart,
    )


def figures(facts: Commitments) -> Any:
    """The rows and the checks."""
    heading = facts.heading
    return {
        "commitments": [
            {
                "account": row.chart,
                "auxiliary": row.auxiliary,
                "name": name_of(heading, row.auxiliary),
                "given": row.is_given,
                "opening": major(heading, row.opening),
                "voted": major(heading, row.added),
                "executed": major(heading, row.executed),
                "ended": major(heading, row.ended),
                "remaining": major(heading, row.remaining),
            }
            for row in facts.rows
        ],
        "checks": check_figures(facts.checks, heading),
    }


KIND = StatementKind(
    name="commitments",
    titles={"fr": "Engagements hors bilan", "en": "Commitments off the balance sheet"},
    group="annex",
    read=read,
    arrange=arrange,
    figures=figures,
)
