"""A year's folder, taken through the books by the same services a person uses, in the order of the dates.

Every act is known by its reference, so a run that was stopped goes on where it was, and a run that is over
changes nothing. What the files do not date follows from `fund.toml`: awards on the call's closing day, the
agreement seven days later, its tranches as the charter says, the statement on the year's last day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from allocation.ballots import cast_ballots
from allocation.calls import EnvelopeDraft, ProposalDraft, call_of, open_call, receive_proposals
from allocation.outcomes import publish_outcome, tally
from fund.importers.fund_file import FUND_FILE
from fund.importers.members import BUDGET
from fund.importers.year_folder import YearFolder
from fund.importers.year_rows import call_slug, declared_of, gift_of, played_of, receipt_of, statement_reference
from fund.models import Fund, Project, YearRun
from fund.services.actors import Actor
from fund.services.adoption import adopt_charter
from fund.services.contributions import call_contributions, receive_contributions
from fund.services.decisions import NamedByFiles
from fund.services.disbursements import release_tranche
from fund.services.exploitation import declare_exploitation
from fund.services.founding import found_fund, open_year
from fund.services.in_kind import accept_in_kind
from fund.services.issuing import issue_statements
from fund.services.members import admit_member, declare_figure, pledge
from fund.services.notoriety import declare_fact
from fund.services.projects import Grant, award_projects, sign_agreement
from fund.services.returns import settle_return
from ledger.balances import chain_head
from ledger.money import Amount

AGREEMENT_DAYS = 7
"""From the award to the signature of its agreement."""

BATCH = 1000
"""Receipts that are booked together: the chain depends on it, so it never changes for a fund."""


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the year: the day it is dated, what it is, and how it is done."""

    on: date
    what: str
    act: Callable[[], Any]
    count: int = 0

    def said(self, language: str) -> str:
        """The step as a person follows it: its date and what happens."""
        return f"{self.on.isoformat()} {STEPS[self.what][language].format(self.count)}"


@dataclass(frozen=True, slots=True)
class YearOutcome:
    """The fund after the run, and whether the run wrote anything in its books."""

    fund: Fund
    changed: bool


STEPS = {
    "open": {"fr": "charte et exercice", "en": "charter and fiscal year"},
    "members": {"fr": "membres", "en": "members"},
    "calls": {"fr": "appels de contribution", "en": "calls for contributions"},
    "receipts": {"fr": "versements reçus : {}", "en": "receipts: {}"},
    "gifts": {"fr": "apports en nature : {}", "en": "contributions in kind: {}"},
    "call": {"fr": "appel à projets", "en": "call for projects"},
    "award": {"fr": "bulletins, résultat et aides", "en": "ballots, outcome and awards"},
    "agreements": {"fr": "conventions et premières tranches", "en": "agreements and first tranches"},
    "balances": {"fr": "soldes des aides", "en": "balances of the awards"},
    "returns": {"fr": "exploitation, retours et partage", "en": "exploitation, returns and their sharing"},
    "recognition": {"fr": "faits de notoriété : {}", "en": "facts of recognition: {}"},
    "statements": {"fr": "relevés", "en": "statements"},
}


def run_year(folder: YearFolder, *, progress: Callable[[int, int, str], None], language: str = "fr") -> YearOutcome:
    """Do the year of a checked folder; `progress` hears how many steps are done, of how many, and which comes next."""
    year = _Year(folder)
    year.begin()
    before = chain_head(folder.fund.slug).hash
    steps = sorted(year.steps(), key=lambda step: step.on)
    for done, step in enumerate(steps):
        progress(done, len(steps), step.said(language))
        step.act()
    run = year.finish()
    progress(len(steps), len(steps), "")
    return YearOutcome(fund=run.fund, changed=chain_head(folder.fund.slug).hash != before)


class _Year:
    """The acts of one folder."""

    def __init__(self, folder: YearFolder) -> None:
        self.folder = folder
        self.year = folder.fund.fiscal_year
        self.first, self.last = date(self.year, 1, 1), date(self.year, 12, 31)
        self.call_slug = call_slug(self.year)

    def begin(self) -> None:
        """Found the fund, so that there are books to compare."""
        fund = self.folder.fund
        self.actor: Actor = found_fund(
            slug=fund.slug,
            name=fund.name,
            legal_form=fund.legal_form,
            siren=fund.siren,
            currency=fund.currency.code,
            on=self.first,
            by=self.folder.payments.prepared_by,
            files_digest=bytes.fromhex(self.folder.digest),
        )
        YearRun.objects.get_or_create(
            fund=self.actor.fund, fiscal_year=self.year, defaults={"digest": self.folder.digest}
        )

    def finish(self) -> YearRun:
        """Say that the year is through."""
        run = YearRun.objects.get(fund=self.actor.fund, fiscal_year=self.year)
        if not run.finished:
            run.finished, run.digest = True, self.folder.digest
            run.save()
        return run

    def steps(self) -> Iterator[Step]:
        """All acts; those of one day in the order given here."""
        folder = self.folder
        yield Step(self.first, "open", self._open)
        yield Step(self.first, "members", self._admit)
        yield Step(self.first, "calls", lambda: call_contributions(self.actor, year=self.year, on=self.first))
        for on, receipts in _by_day(folder.receipts):
            for start in range(0, len(receipts), BATCH):
                part = [receipt_of(row) for row in receipts[start : start + BATCH]]
                yield Step(on, "receipts", partial(receive_contributions, self.actor, part), len(part))
        for on, gifts in _by_day(folder.in_kind):
            given = [gift_of(row, folder) for row in gifts]
            yield Step(on, "gifts", partial(accept_in_kind, self.actor, given), len(given))
        yield Step(folder.call.opens, "call", self._open_call)
        yield Step(folder.call.closes, "award", self._award)
        signed = folder.call.closes + timedelta(days=AGREEMENT_DAYS)
        if signed <= self.last:
            yield Step(signed, "agreements", lambda: self._sign(signed))
            balance = max(signed, folder.call.premiere)
            if balance <= self.last:
                yield Step(balance, "balances", lambda: self._pay_due(balance))
        yield Step(self.last, "returns", self._settle)
        if folder.notoriety:
            yield Step(self.last, "recognition", self._declare, len(folder.notoriety))
        yield Step(self.last, "statements", self._issue)

    def _open(self) -> None:
        adopt_charter(
            self.actor,
            name=self.folder.fund.charter,
            text=self.folder.charter,
            on=self.first,
            effective_from=self.first,
            decision=NamedByFiles(held_on=self.first, reference=f"{FUND_FILE} {self.year}"),
        )
        open_year(self.actor, self.year)

    def _admit(self) -> None:
        unit = self.folder.fund.currency
        for row in self.folder.members:
            membership = admit_member(self.actor, code=row.id, name=row.name, category=row.category, on=self.first)
            if row.annual_production_budget is not None:
                budget = Amount(row.annual_production_budget, unit)
                declare_figure(self.actor, membership, name=BUDGET, year=self.year, amount=budget)
            if row.pledge is not None:
                instalments = {self.first: Amount(row.pledge, unit)}
                pledge(
                    self.actor,
                    membership,
                    reference=f"pledge:{self.year}:{row.id}",
                    on=self.first,
                    instalments=instalments,
                )

    def _open_call(self) -> None:
        election, terms = self.folder.election, self.folder.call
        unit = self.folder.fund.currency
        call = open_call(
            owner=self.actor.fund.slug,
            slug=self.call_slug,
            name=terms.name,
            opens=terms.opens,
            closes=terms.closes,
            method=terms.method,
            lottery_seed=terms.lottery_seed,
            envelopes=[EnvelopeDraft("main", terms.name, Amount(election.budget, unit))],
            currency=unit.code,
        )
        receive_proposals(
            call=call,
            proposals=[
                ProposalDraft(
                    code=project.id,
                    name=project.name or project.id,
                    lead=company_code(project.id),
                    asked=Amount(project.cost, unit),
                    category=project.category,
                )
                for project in election.projects
            ],
        )

    def _award(self) -> None:
        call = self._call()
        if not hasattr(call, "outcome"):
            cast_ballots(
                call=call,
                ballots={ballot.voter: ballot.projects for ballot in self.folder.election.ballots},
                on=call.closes,
            )
            publish_outcome(call=call, tallied=tally(call=call, on=call.closes), on=call.closes, by=self.actor.by)
        names = {project.id: project.name or project.id for project in self.folder.election.projects}
        unit = self.folder.fund.currency
        awards = self._call().outcome.awards.select_related("proposal").order_by("rank")
        grants = [
            Grant(
                project=award.proposal.code,
                title=names[award.proposal.code],
                company=company_code(award.proposal.code),
                company_name=f"Compagnie du projet {award.proposal.code}",
                amount=Amount(award.amount_minor, unit),
            )
            for award in awards
        ]
        award_projects(self.actor, grants, call=self.call_slug, on=call.closes, premiere_on=self.folder.call.premiere)

    def _sign(self, on: date) -> None:
        for project in self._projects():
            sign_agreement(self.actor, project, reference=f"CONV-{self.year}-{project.code}", on=on)
        self._pay_due(on)

    def _pay_due(self, on: date) -> None:
        for project in self._projects():
            for tranche in project.agreement.tranches.filter(due_on=on):
                release_tranche(
                    self.actor,
                    tranche,
                    reference=f"PAY-{self.year}-{project.code}-{tranche.number}",
                    on=on,
                    prepared_by=self.folder.payments.prepared_by,
                    approved_by=self.folder.payments.approved_by,
                )

    def _settle(self) -> None:
        played = defaultdict(list)
        for row in self.folder.performances:
            played[row.project].append(played_of(row))
        for project in self._projects():
            statement = declare_exploitation(
                self.actor,
                project,
                reference=statement_reference(project.code, self.year),
                first=self.first,
                last=self.last,
                on=self.last,
                played=played[project.code],
            )
            settle_return(self.actor, statement, on=self.last)

    def _declare(self) -> None:
        projects = {project.code: project for project in self._projects()}
        for row in self.folder.notoriety:
            declare_fact(self.actor, projects[row.project], declared_of(row), on=self.last)

    def _issue(self) -> None:
        subjects = [("member", row.id) for row in self.folder.members]
        subjects += [("project", project.code) for project in self._projects()]
        subjects.append(("committee", self.call_slug))
        issue_statements(self.actor, as_of=self.last, on=self.last, subjects=subjects)

    def _call(self) -> Any:
        return call_of(self.actor.fund.slug, self.call_slug)

    def _projects(self) -> Iterable[Project]:
        """The year's projects in the order of their codes, which no database's collation may change."""
        projects = self.actor.fund.projects.filter(call_slug=self.call_slug).select_related("company")
        return sorted(projects, key=lambda project: project.code)


def company_code(project: str) -> str:
    """The lead company of a project, whose files name none: a code that no member can have."""
    return f"CIE/{project}"


def _by_day(rows: Iterable[Any]) -> Iterator[tuple[date, list[Any]]]:
    """The rows of each day, in the order of the file."""
    days: dict[date, list[Any]] = defaultdict(list)
    for row in rows:
        days[row.on].append(row)
    yield from sorted(days.items())
