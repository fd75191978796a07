"""Advances to be repaid (*échéancier des avances*): granted, repaid, depreciated, and when they fall due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fund.accounting.obligations import LOANS, LOSS_OF_LOANS, TERMS, Advance, Due, advances, dues
from fund.queries.accounts_lines import Heading, heading_of, units_left_out, year_lines
from fund.queries.accounts_year import year_accounts
from fund.queries.annexes import instalments_of
from fund.statements.accounts.book_parts import (
    Check,
    check_figures,
    check_notes,
    closings,
    day_text,
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
from fund.statements.document import Column, Document, Language, Row, Section, Table

_TERMS = {
    "fr": ("Échu", "À un an au plus", "À plus d’un an", "Échéance inconnue"),
    "en": ("Overdue", "Within a year", "Later", "Unknown"),
}


@dataclass(frozen=True, slots=True)
class Advances:
    """The advances of the year, and how what remains of each falls due (by account and beneficiary)."""

    heading: Heading
    rows: tuple[Advance, ...]
    dues: Mapping[tuple[str, str], tuple[Due, ...]]
    checks: tuple[Check, ...]
    left_out: tuple[str, ...]


def read(asked: Asked) -> Advances:
    """The facts of the advances."""
    heading = heading_of(asked.fund, asked.year, asked.as_of, asked.links)
    accounts = year_accounts(asked.fund, asked.year, heading.as_of)
    rows = advances(accounts, year_lines(asked.fund, asked.year, heading.as_of))
    agreed = instalments_of(asked.fund)
    return Advances(
        heading,
        rows,
        {(row.chart, row.auxiliary): dues(row.closing, agreed.get(row.auxiliary, ())) for row in rows},
        (
            Check(
                ("le total restant à rembourser", "the total to be repaid"),
                sum(row.closing for row in rows),
                closings(accounts.of(*LOANS)),
            ),
            Check(
                ("le total des dépréciations", "the total of depreciation"),
                sum(row.depreciated for row in rows),
                -closings(accounts.of(*LOSS_OF_LOANS)),
            ),
        ),
        units_left_out(asked.fund, asked.year, heading.as_of),
    )


def arrange(facts: Advances, language: Language) -> Document:
    """The document of the advances: what moved, then when the rest falls due."""
    heading = facts.heading
    notes = check_notes(facts.checks, heading, language)
    unknown = [due for found in facts.dues.values() for due in found if due.due_on is None]
    if unknown:
        notes += (
            said(
                language,
                "Une échéance est inconnue quand aucune convention enregistrée ne la fixe ; le trésorier l’enregistre "
                "depuis la page « Compléments de l’annexe ».",
                "A due date is unknown when no recorded agreement sets it; the treasurer records it on the page "
                "“Facts for the notes to the accounts”.",
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
            "Ce que le fonds a avancé et doit retrouver : accordé, remboursé, déprécié, et quand le reste est dû.",
            "What the fund advanced and is to get back: granted, repaid, depreciated, and when the rest is due.",
        ),
        summary=(_movements(facts, language),),
        sections=[
            Section(
                said(language, "Échéances", "When they fall due"), (_terms(facts, language), _days(facts, language))
            )
        ],
        notes=(
            *notes,
            said(
                language,
                "« Soldé autrement » : abandonné, passé en perte ou transformé en aide, sans passer par la banque. Les "
                "remboursements éteignent d’abord les échéances les plus anciennes.",
                "“Settled otherwise”: given up, written off or turned into an aid, without passing through the bank. "
                "Repayments settle the earliest instalments first.",
            ),
            *left_out_notes(facts.left_out, language),
        ),
    )


def _who(heading: Heading, row: Advance) -> tuple[Any, ...]:
    return to_account(heading, row.chart, row.auxiliary or row.chart), name_of(heading, row.auxiliary)


def _heads(language: Language) -> tuple[Column, Column]:
    return Column(said(language, "Bénéficiaire", "Beneficiary"), "code"), Column(said(language, "Nom", "Name"))


def _movements(facts: Advances, language: Language) -> Table:
    heading = facts.heading
    labels = (
        ("À l’ouverture", "Opening"),
        ("Accordé", "Granted"),
        ("Remboursé", "Repaid"),
        ("Soldé autrement", "Settled otherwise"),
        ("Restant", "Remaining"),
        ("Dépréciation", "Depreciation"),
        ("Net", "Net"),
    )

    def seven(rows: tuple[Advance, ...]) -> tuple[Any, ...]:
        return moneys(
            heading,
            sum(row.opening for row in rows),
            sum(row.granted for row in rows),
            sum(row.repaid for row in rows),
            sum(row.settled for row in rows),
            sum(row.closing for row in rows),
            sum(row.depreciated for row in rows),
            sum(row.net for row in rows),
        )

    return Table(
        said(language, "Mouvements des avances (compte 274)", "Movements of advances (account 274)"),
        (*_heads(language), *(Column(said(language, *label), "amount", heading.unit) for label in labels)),
        tuple(Row((*_who(heading, row), *seven((row,)))) for row in facts.rows),
        said(language, "Aucune avance.", "No advance."),
        total=("", "Total", *seven(facts.rows)),
        name=said(language, "mouvements", "movements"),
    )


def _terms(facts: Advances, language: Language) -> Table:
    heading = facts.heading
    sums = [[0] * len(TERMS) for _row in facts.rows]
    for place, row in enumerate(facts.rows):
        for due in facts.dues[row.chart, row.auxiliary]:
            sums[place][due.term(heading.as_of)] += due.minor
    return Table(
        said(language, "Restant à rembourser, par échéance", "To be repaid, by term"),
        (*_heads(language), *(Column(label, "amount", heading.unit) for label in _TERMS[language])),
        tuple(
            Row((*_who(heading, row), *(some(heading, each) for each in found)))
            for row, found in zip(facts.rows, sums, strict=True)
            if any(found)
        ),
        said(language, "Rien n’est à rembourser.", "Nothing is to be repaid."),
        total=(
            "",
            "Total",
            *(money(heading, sum(found[place] for found in sums)) for place in range(len(TERMS))),
        ),
        name=said(language, "échéances", "terms"),
    )


def _days(facts: Advances, language: Language) -> Table:
    heading = facts.heading
    rows = [
        Row(
            (
                *_who(heading, row),
                due.due_on,
                due.agreement or said(language, "inconnue", "unknown"),
                money(heading, due.minor),
            )
        )
        for row in facts.rows
        for due in facts.dues[row.chart, row.auxiliary]
    ]
    return Table(
        said(language, "Échéancier", "Schedule"),
        (
            *_heads(language),
            Column(said(language, "Échéance", "Due on"), "date"),
            Column(said(language, "Convention", "Agreement"), "code"),
            Column(said(language, "Montant", "Amount"), "amount", heading.unit),
        ),
        tuple(rows),
        said(language, "Rien n’est à rembourser.", "Nothing is to be repaid."),
        name=said(language, "échéancier", "schedule"),
    )


def figures(facts: Advances) -> Any:
    """The rows with what falls due when, and the checks."""
    heading = facts.heading
    return {
        "advances": [
            {
                "account": row.chart,
                "auxiliary": row.auxiliary,
                "name": name_of(heading, row.auxiliary),
                "opening": major(heading, row.opening),
                "granted": major(heading, row.granted),
                "repaid": major(heading, row.repaid),
                "settled": major(heading, row.settled),
                "remaining": major(heading, row.closing),
                "depreciated": major(heading, row.depreciated),
                "net": major(heading, row.net),
                "due": [
                    {
                        "on": day_text(due.due_on),
                        "term": TERMS[due.term(heading.as_of)],
                        "agreement": due.agreement,
                        "amount": major(heading, due.minor),
                    }
                    for due in facts.dues[row.chart, row.auxiliary]
                ],
            }
            for row in facts.rows
        ],
        "checks": check_figures(facts.checks, heading),
    }


KIND = StatementKind(
    name="advances",
    titles={"fr": "Échéancier des avances", "en": "Schedule of advances"},
    group="annex",
    read=read,
    arrange=arrange,
    figures=figures,
)
