"""The yearly report of the pooled fund, in words that an assembly understands (definitions of the UN's trust funds)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from fund.accounting.lines import BANKS
from fund.accounting.pooled_fund import SOURCES, USES, Flow, MemberRow, PooledFund, ProjectRow, pooled_fund
from fund.accounting.year import CARRYING_KIND, OPENING_KIND
from fund.queries.accounts_lines import Heading, book_lines, heading_of, units_left_out
from fund.queries.accounts_year import year_accounts
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
)
from fund.statements.accounts.kinds import Asked, StatementKind
from fund.statements.document import Column, Document, Fact, KeyFigures, Language, Row, Section, Table
from ledger.money import rounded

_FLOWS: dict[Flow, tuple[str, str]] = {
    "contributions": ("Contributions encaissées (dépôts)", "Contributions received (deposits)"),
    "interest": ("Intérêts", "Interest"),
    "refundable": ("Apports remboursables reçus", "Refundable contributions received"),
    "returns": ("Retours des projets (recettes partagées)", "Returns of projects (shared receipts)"),
    "other-source": ("Autres ressources", "Other sources"),
    "transfers": ("Versements aux projets", "Transfers to projects"),
    "refunds": ("Remboursements des projets, en moins", "Refunds by projects, taken off"),
    "refundable-repaid": ("Apports remboursables rendus", "Refundable contributions repaid"),
    "direct-costs": ("Frais du fonds", "Costs of the fund"),
    "bank-charges": ("Frais bancaires et financiers", "Bank and financial charges"),
    "other-use": ("Autres emplois", "Other uses"),
}


@dataclass(frozen=True, slots=True)
class Report:
    """The year beside the years before it, with what the bank held at both ends."""

    heading: Heading
    now: PooledFund
    before: PooledFund
    opening: int
    closing: int
    due: dict[str, int]
    checks: tuple[Check, ...]
    left_out: tuple[str, ...]


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
        units_left_out(asked.fund, asked.year, heading.as_of),
    )


def rate_text(rate: Fraction | None, language: Language) -> str:
    """A rate with one decimal: `41,5 %`; the exact fraction is given beside it."""
    if rate is None:
        return said(language, "sans objet", "not applicable")
    tenths = rounded(rate * 1000)
    whole, part = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole},{part}\u202f%" if language == "fr" else f"{sign}{whole}.{part}%"


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
        ],
        notes=(
            *check_notes(facts.checks, heading, language),
            *_definitions(language),
            *left_out_notes(facts.left_out, language),
        ),
    )


def _fraction(row: ProjectRow) -> str:
    rate = row.delivery_rate
    return f"{rate.numerator}/{rate.denominator}" if rate is not None else ""


def _definitions(language: Language) -> tuple[str, ...]:
    return (
        said(
            language,
            "Engagement : ce qu’un membre ou un financeur doit par un appel, une convention ou une notification. "
            "Dépôt : ce qui en est arrivé en banque. Allocation : ce qui est voté. Versement : ce qui part vers un "
            "projet ; remboursement : ce qu’il en rend ; financement net : la différence.",
            "Commitment: what a member or a funder owes by a call, an agreement or a notice. Deposit: what of it "
            "reached the bank. Allocation: what is voted. Transfer: what leaves for a project; refund: what it gives "
            "back of it; net funded: the difference.",
        ),
        said(
            language,
            "Dépense : ce qui, du financement net, est consommé : aides versées et pertes supportées. Une avance, un "
            "apport en coproduction ou un recours doivent revenir : ils ne sont pas dépensés. Taux d’exécution = "
            "dépense ÷ financement net.",
            "Expenditure: what of the net funded is spent for good: aids paid and losses borne. An advance, a stake in "
            "a coproduction or a claim is to come back: it is not spent. Delivery rate = expenditure ÷ net funded.",
        ),
    )


def _flows(facts: Report, language: Language) -> Table:
    heading, now, before = facts.heading, facts.now, facts.before
    started = facts.opening - before.source + before.use
    place = 0 if language == "fr" else 1

    def three(of_before: int, of_now: int) -> tuple[Any, ...]:
        return moneys(heading, of_before, of_now, of_before + of_now)

    def line(flow: Flow) -> Row:
        sign = -1 if flow == "refunds" else 1
        return Row((_FLOWS[flow][place], *three(sign * before.flows.get(flow, 0), sign * now.flows.get(flow, 0))))

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
)
