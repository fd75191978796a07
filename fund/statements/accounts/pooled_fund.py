"""The yearly report of the pooled fund, in words that an assembly understands (definitions of the UN's trust funds)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fund.accounting.lines import BANKS
from fund.accounting.pooled_fund import (
    SOURCES,
    USES,
    Flow,
    MemberRow,
    Movement,
    PooledFund,
    ProjectRow,
    movements,
    pooled_fund,
)
from fund.accounting.year import CARRYING_KIND, OPENING_KIND
from fund.queries.accounts_lines import Heading, book_lines, heading_of
from fund.queries.accounts_year import year_accounts
from fund.statements.accounts.book_parts import (
    Check,
    check_figures,
    check_notes,
    document,
    major,
    money,
    moneys,
    name_of,
    said,
    to_account,
    to_entry,
    valued_notes,
)
from fund.statements.accounts.kinds import Asked, StatementKind
from fund.statements.accounts.pooled_fund_words import FLOW_WORDS, definitions, rate_text
from fund.statements.document import Column, Document, Fact, KeyFigures, Language, Link, Row, Section, Table


@dataclass(frozen=True, slots=True)
class Report:
    """The year beside the years before it, with what the bank held at both ends."""

    heading: Heading
    now: PooledFund
    before: PooledFund
    opening: int
    closing: int
    due: dict[str, int]
    movements: tuple[Movement, ...]
    checks: tuple[Check, ...]


def read(asked: Asked) -> Report:
    """The facts of the report: one pass over the books from their first day."""
    heading = heading_of(asked.fund, asked.year, asked.as_of, asked.links)
    first = asked.year.first
    lines = [
        line for line in book_lines(asked.fund, last=heading.as_of) if line.kind not in (CARRYING_KIND, OPENING_KIND)
    ]
    now = pooled_fund(line for line in lines if line.on >= first)
    before = pooled_fund(line for line in lines if line.on < first)
    accounts = year_accounts(asked.fund, asked.year, heading.as_of)
    banks = list(accounts.of(*BANKS))
    opening, closing = sum(row.opening for row in banks), sum(row.closing for row in banks)
    due: dict[str, int] = {}
    for row in accounts.of("411", "4671", "441"):
        due[row.key.auxiliary] = due.get(row.key.auxiliary, 0) + row.closing
    return Report(
        heading,
        now,
        before,
        opening,
        closing,
        due,
        tuple(movements(line for line in lines if line.on >= first)) if asked.view == "expert" else (),
        (
            Check(
                ("le solde d’ouverture, plus les ressources, moins les emplois", "the opening plus sources less uses"),
                opening + now.source - now.use,
                closing,
                ("la trésorerie de la balance", "cash in the trial balance"),
            ),
            Check(
                ("le total des versements nets par projet", "net funded, project by project"),
                now.total.net_funded,
                now.flows.get("transfers", 0) - now.flows.get("refunds", 0),
                ("les mouvements de banque", "the movements of the bank"),
            ),
            Check(
                ("le total des dépôts par contributeur", "deposits, contributor by contributor"),
                sum(row.deposit for row in now.members),
                now.deposits,
                ("les mouvements de banque", "the movements of the bank"),
            ),
        ),
    )


def arrange(facts: Report, language: Language) -> Document:
    """The document: the key figures, source and use of funds, contributors, projects, definitions."""
    heading, now = facts.heading, facts.now
    total = now.total
    return document(
        heading,
        language,
        title=KIND.titles[language],
        name=KIND.name,
        wide=True,
        lede=said(
            language,
            "Ce que les membres et les financeurs ont promis et versé, ce qui est allé aux projets, et ce qui reste.",
            "What members and funders promised and paid, what went to the projects, and what is left.",
        ),
        summary=(
            KeyFigures(
                (
                    Fact(said(language, "Engagements", "Commitments"), money(heading, now.commitments)),
                    Fact(said(language, "Dépôts", "Deposits"), money(heading, now.deposits)),
                    Fact(said(language, "Financement net des projets", "Net funded"), money(heading, total.net_funded)),
                    Fact(
                        said(language, "Taux d’exécution", "Delivery rate"),
                        rate_text(total.delivery_rate, language),
                        _fraction(total),
                    ),
                )
            ),
        ),
        sections=[
            Section(said(language, "Ressources et emplois", "Source and use of funds"), (_flows(facts, language),)),
            Section(said(language, "Contributeurs", "Contributors"), (_members(facts, language),)),
            Section(said(language, "Projets", "Projects"), (_projects(facts, language),)),
            *_movements(facts, language),
        ],
        notes=(
            *check_notes(facts.checks, heading, language),
            *definitions(language),
            *valued_notes(heading, language),
        ),
    )


def _fraction(row: ProjectRow) -> str:
    rate = row.delivery_rate
    return f"{rate.numerator}/{rate.denominator}" if rate is not None else ""


def _flows(facts: Report, language: Language) -> Table:
    heading, now, before = facts.heading, facts.now, facts.before
    started = facts.opening - before.source + before.use
    place = 0 if language == "fr" else 1

    def three(of_before: int, of_now: int) -> tuple[Any, ...]:
        return moneys(heading, of_before, of_now, of_before + of_now)

    def line(flow: Flow) -> Row:
        sign = -1 if flow == "refunds" else 1
        figures_ = three(sign * before.flows.get(flow, 0), sign * now.flows.get(flow, 0))
        opened = (
            Link(figures_[1], f"#flow-{flow}") if any(each.flow == flow for each in facts.movements) else figures_[1]
        )
        return Row((FLOW_WORDS[flow][place], figures_[0], opened, figures_[2]))

    shown = {flow for flow in (*SOURCES, *USES) if now.flows.get(flow) or before.flows.get(flow)}
    rows = [
        Row(
            (
                said(language, "Solde à l’ouverture", "Opening balance"),
                *moneys(heading, started, facts.opening, started),
            )
        ),
        *(line(flow) for flow in SOURCES if flow in shown),
        Row((said(language, "Total des ressources", "Total source"), *three(before.source, now.source)), strong=True),
        *(line(flow) for flow in USES if flow in shown),
        Row((said(language, "Total des emplois", "Total use"), *three(before.use, now.use)), strong=True),
    ]
    return Table(
        said(language, "Ressources et emplois de la trésorerie", "Source and use of funds"),
        (
            Column(said(language, "Flux", "Flow")),
            Column(said(language, "Avant l’exercice", "Years before"), "amount", heading.unit),
            Column(heading.year.code, "amount", heading.unit),
            Column("Total", "amount", heading.unit),
        ),
        tuple(rows),
        said(language, "Aucun mouvement.", "Nothing moved."),
        total=(
            said(language, "Solde à la clôture", "Closing balance"),
            *moneys(heading, facts.opening, facts.closing, facts.closing),
        ),
        name=said(language, "flux", "flows"),
    )


def _movements(facts: Report, language: Language) -> tuple[Section, ...]:
    """What each flow is made of, entry by entry: the expert view alone."""
    heading, place = facts.heading, 0 if language == "fr" else 1
    sections = []
    for flow in (*SOURCES, *USES):
        found = [each for each in facts.movements if each.flow == flow]
        if not found:
            continue
        sign = 1 if flow in SOURCES or flow == "refunds" else -1
        table = Table(
            FLOW_WORDS[flow][place],
            (
                Column("Date", "date"),
                Column(said(language, "Écriture", "Entry"), "code"),
                Column(said(language, "Compte", "Account"), "code"),
                Column(said(language, "Tiers ou projet", "Party or project"), "code"),
                Column(said(language, "Libellé", "Label")),
                Column(said(language, "Montant", "Amount"), "amount", heading.unit),
            ),
            tuple(
                Row(
                    (
                        each.line.on,
                        to_entry(heading, each.line.reference, f"{each.line.journal} {each.line.number}"),
                        to_account(heading, each.line.chart, each.line.chart, unit=each.line.unit),
                        each.line.auxiliary,
                        each.line.label or said(language, "(libellé effacé)", "(words erased)"),
                        money(heading, sign * each.minor),
                    )
                )
                for each in found
            ),
            "",
            total=(None, None, None, None, "Total", money(heading, sign * sum(each.minor for each in found))),
            name=flow,
        )
        sections.append(Section(FLOW_WORDS[flow][place], (table,), anchor=f"flow-{flow}"))
    title = said(language, "De quoi ces flux sont faits", "What these flows are made of")
    return (Section(title, tuple(sections), anchor="flows"),) if sections else ()


def _members(facts: Report, language: Language) -> Table:
    heading = facts.heading
    rows = {row.party: row for row in facts.now.members}
    who = sorted({*rows, *(party for party, held in facts.due.items() if held)})
    found = [(rows.get(party, MemberRow(party, 0, 0)), facts.due.get(party, 0)) for party in who]
    return Table(
        said(language, "Engagements et dépôts", "Commitments and deposits"),
        (
            Column(said(language, "Tiers", "Party"), "code"),
            Column(said(language, "Contributeur", "Contributor")),
            Column(said(language, "Engagé dans l’exercice", "Committed in the year"), "amount", heading.unit),
            Column(said(language, "Déposé dans l’exercice", "Deposited in the year"), "amount", heading.unit),
            Column(said(language, "Reste dû", "Still due"), "amount", heading.unit),
        ),
        tuple(
            Row((row.party, name_of(heading, row.party), *moneys(heading, row.commitment, row.deposit, due)))
            for row, due in found
        ),
        said(language, "Aucune contribution.", "No contribution."),
        total=(
            "",
            "Total",
            *moneys(
                heading,
                sum(row.commitment for row, _due in found),
                sum(row.deposit for row, _due in found),
                sum(due for _row, due in found),
            ),
        ),
        name=said(language, "contributeurs", "contributors"),
    )


def _projects(facts: Report, language: Language) -> Table:
    heading = facts.heading

    def cells(row: ProjectRow) -> tuple[Any, ...]:
        figures_ = (row.allocated, row.transferred, row.refunded, row.net_funded, row.expenditure)
        return (*moneys(heading, *figures_), rate_text(row.delivery_rate, language), money(heading, row.returned))

    labels = (
        ("Alloué", "Allocated"),
        ("Versé", "Transferred"),
        ("Remboursé", "Refunded"),
        ("Financement net", "Net funded"),
        ("Dépense", "Expenditure"),
    )
    return Table(
        said(language, "Projets de l’exercice", "Projects of the year"),
        (
            Column(said(language, "Projet", "Project"), "code"),
            Column(said(language, "Titre", "Title")),
            *(Column(said(language, *label), "amount", heading.unit) for label in labels),
            Column(said(language, "Taux d’exécution", "Delivery rate")),
            Column(said(language, "Retours", "Returns"), "amount", heading.unit),
        ),
        tuple(Row((row.project, name_of(heading, row.project), *cells(row))) for row in facts.now.projects),
        said(language, "Aucun projet.", "No project."),
        total=("", "Total", *cells(facts.now.total)),
        name=said(language, "projets", "projects"),
    )


def figures(facts: Report) -> Any:
    """Flows, contributors, projects with their rate as an exact fraction, and the checks."""
    heading, now = facts.heading, facts.now

    def of(row: ProjectRow) -> dict[str, Any]:
        return {
            "project": row.project,
            "allocated": major(heading, row.allocated),
            "transferred": major(heading, row.transferred),
            "refunded": major(heading, row.refunded),
            "net_funded": major(heading, row.net_funded),
            "expenditure": major(heading, row.expenditure),
            "delivery_rate": _fraction(row) or None,
            "returned": major(heading, row.returned),
        }

    return {
        "commitments": major(heading, now.commitments),
        "deposits": major(heading, now.deposits),
        "flows": {flow: major(heading, now.flows.get(flow, 0)) for flow in (*SOURCES, *USES)},
        "opening": major(heading, facts.opening),
        "source": major(heading, now.source),
        "use": major(heading, now.use),
        "closing": major(heading, facts.closing),
        "members": [
            {
                "party": row.party,
                "name": name_of(heading, row.party),
                "commitment": major(heading, row.commitment),
                "deposit": major(heading, row.deposit),
                "due": major(heading, facts.due.get(row.party, 0)),
            }
            for row in now.members
        ],
        "projects": [of(row) for row in now.projects],
        "total": of(now.total),
        "checks": check_figures(facts.checks, heading),
    }


KIND = StatementKind(
    name="pooled-fund",
    titles={"fr": "Rapport annuel du fonds mutualisé", "en": "Annual report of the pooled fund"},
    group="fund",
    read=read,
    arrange=arrange,
    figures=figures,
    views=True,
)
