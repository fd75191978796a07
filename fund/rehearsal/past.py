"""A charter over a fund's real past, statement after statement as the books settle them. Nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from fund.charter.facts import AllocationFacts, Facts
from fund.charter.grammar import Charter
from fund.charter.rules import FormWord
from fund.charter.settlements import (
    Settlement,
    Standing,
    follows_recognition,
    project_facts,
    settle,
    standing_after,
    weighed_by_recognition,
)
from fund.charter.tranches import tranche_amounts
from fund.rehearsal.contributions import Paid, as_they_were, member_facts, under
from fund.rehearsal.courses import Movement, Quarter, course
from fund.rehearsal.records import Past, ProjectRecord, StatementRecord
from fund.rehearsal.wants import Want, gathered, of_draft, of_statement, without

RECEIVED: Final[tuple[FormWord, ...]] = ("cash", "drawing-right", "locked", "retained")
"""The forms in which somebody receives; `loss` is borne."""

POT: Final = frozenset({"fund", "reserve"})
"""Whose cash the reserve is made of."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What one party gave, and what it received by form, in minor units; a loss borne stands under `loss`.

    Members give contributions, companies what their projects owe. Awards are the same under every charter and are
    left out.
    """

    gave: int = 0
    by_form: Mapping[FormWord, int] = field(default_factory=dict)

    @property
    def received(self) -> int:
        """All forms together, at their nominal amount."""
        return sum(self.by_form.get(form, 0) for form in RECEIVED)

    @property
    def net(self) -> int:
        """Received, less given, less borne."""
        return self.received - self.gave - self.by_form.get("loss", 0)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a replay and the books disagree: which statement, whose part, what each says."""

    statement: str
    what: str
    booked: int
    replayed: int


@dataclass(frozen=True, slots=True)
class Replay:
    """What one charter makes of the past, in minor units.

    `balances` by party (`member:M01`, `company:CIE/P01`, `fund`, `reserve`…), `dues` by project, `called` by
    member. `course` is the reserve's. `differences` is empty when the replay gives what the books hold.
    """

    balances: Mapping[str, Balance]
    dues: Mapping[str, int]
    called: Mapping[str, int]
    course: tuple[Quarter, ...]
    uncovered: int
    wants: tuple[Want, ...]
    differences: tuple[Difference, ...]


def replayed(past: Past, draft: Charter | None = None) -> Replay:
    """The past under a draft; without one, under the charter that each project's agreement was made under."""
    return _Run(past, draft).replay()


class _Run:
    def __init__(self, past: Past, draft: Charter | None) -> None:
        self.past, self.draft = past, draft
        self.paid: Paid = as_they_were(past) if draft is None else under(draft, past)
        self.gave: dict[str, int] = {}
        self.forms: dict[str, dict[FormWord, int]] = defaultdict(lambda: defaultdict(int))
        self.dues: dict[str, int] = {}
        self.movements: list[Movement] = []
        self.wants: list[Want] = list(self.paid.wants)
        if draft is not None:
            self.wants += of_draft(draft, [project.charter for project in past.projects])
        self.differences: list[Difference] = []
        self.uncovered = 0

    def replay(self) -> Replay:
        self.forms["fund"]["cash"] += 0
        for member in self.past.members:
            receipts = self.paid.receipts[member.code]
            self.gave[f"member:{member.code}"] = sum(receipt.minor for receipt in receipts)
            self.forms["fund"]["cash"] += self.gave[f"member:{member.code}"]
            self.movements += [Movement(receipt.on, receipt.minor) for receipt in receipts]
        for project in self.past.projects:
            self._settle(project)
            self.movements += self._payments(project)
        parties = dict.fromkeys([*self.gave, *self.forms])
        balances = {party: Balance(self.gave.get(party, 0), dict(self.forms[party])) for party in parties}
        return Replay(
            balances=balances,
            dues=self.dues,
            called={member: sum(years.values()) for member, years in self.paid.called.items()},
            course=course(self.past.opening, self.movements, first=self.past.first, last=self.past.last),
            uncovered=self.uncovered,
            wants=gathered(self.wants),
            differences=tuple(self.differences),
        )

    def _settle(self, project: ProjectRecord) -> None:
        standing = Standing()
        company = f"company:{project.company}"
        self.dues[project.code] = 0
        self.gave.setdefault(company, 0)
        for statement in project.statements:
            facts = self._facts(project, statement)
            settlement = settle(self._charter(project, facts), facts, standing)
            standing = standing_after(standing, settlement)
            self.dues[project.code] += settlement.amount
            self.gave[company] += settlement.amount
            self.uncovered += settlement.outcome.uncovered
            self._keep(settlement, company, statement)

    def _keep(self, settlement: Settlement, company: str, statement: StatementRecord) -> None:
        parts: dict[tuple[str, str], int] = defaultdict(int)
        for share in settlement.added:
            if share.key.endswith("/rest"):
                continue  # what is not due stays where it is: nobody receives it
            party = company if share.party == "company" else share.party
            self.forms[party][share.form] += share.minor
            if share.form != "retained":
                parts[share.party, share.form] += share.minor
            if share.party in POT and share.form in ("cash", "loss"):
                signed = share.minor if share.form == "cash" else -share.minor
                self.movements.append(Movement(statement.settled_on, signed))
        if self.draft is None:
            self.differences += _differences(statement, settlement, parts)

    def _charter(self, project: ProjectRecord, facts: Facts) -> Charter:
        """The charter that applies, without the articles that these facts cannot feed."""
        charter = self.draft or project.charter
        wants = of_statement(charter, facts, project.code)
        if not wants:
            return charter
        self.wants += wants
        rules = without(charter, wants)
        return replace(charter, returns=rules["returns"], risks=rules["risks"])

    def _facts(self, project: ProjectRecord, statement: StatementRecord) -> Facts:
        """What was known when the statement was settled; contributions up to the end of its fiscal year."""
        year = statement.last.year
        until = date(year, 12, 31)
        members = {
            member.code: member_facts(
                member,
                year,
                sum(
                    receipt.minor
                    for receipt in self.paid.receipts[member.code]
                    if receipt.on <= until and receipt.place < statement.place
                ),
            )
            for member in self.past.members
            if member.since <= until and member.place < statement.place
        }
        facts = project_facts(members, AllocationFacts(project.awarded, project.premiere), statement.played)
        if follows_recognition(self.draft or project.charter):
            return weighed_by_recognition(facts, statement.points)
        return facts

    def _payments(self, project: ProjectRecord) -> Iterator[Movement]:
        """The award leaves the bank: as it did, or by the tranches of the draft on the days of their conditions."""
        if self.draft is None or _schedule(self.draft) == _schedule(project.charter):
            yield from (Movement(payment.on, -payment.minor) for payment in project.payments)
            return
        amounts = tranche_amounts(self.draft, project.awarded)
        if not self.draft.tranches:
            self.wants.append(Want("no-tranches", "", ""))
        conditions = [(rule.name, rule.condition, amounts[rule.name]) for rule in self.draft.tranches]
        for name, condition, minor in conditions or [("", "agreement", project.awarded)]:
            on = _day(project, condition)
            if on is None and project.payments and condition not in ("agreement", "premiere"):
                self.wants.append(Want("tranche", name, condition, (project.code,)))
                on = max(payment.on for payment in project.payments)
            if on is not None and on <= self.past.last:
                yield Movement(on, -minor)


def _schedule(charter: Charter) -> list[tuple[str, object]]:
    return [(tranche.condition, tranche.share) for tranche in charter.tranches]


def _day(project: ProjectRecord, condition: str) -> date | None:
    """When the records show that a condition was met; None where they do not."""
    paid = [payment.on for payment in project.payments if payment.condition == condition]
    if paid or project.signed_on is None:
        return max(paid, default=None)
    if condition == "agreement":
        return project.signed_on
    if condition == "premiere" and project.premiere is not None:
        return max(project.signed_on, project.premiere)
    return None


def _differences(
    statement: StatementRecord, settlement: Settlement, parts: Mapping[tuple[str, str], int]
) -> Iterator[Difference]:
    booked = statement.booked
    figures = [("amount", booked.amount, settlement.amount), ("carried", booked.carried, settlement.carried)]
    for party, form in sorted(booked.parts.keys() | parts.keys()):
        figures.append((f"{party} {form}", booked.parts.get((party, form), 0), parts.get((party, form), 0)))
    yield from (Difference(statement.reference, what, held, found) for what, held, found in figures if held != found)
