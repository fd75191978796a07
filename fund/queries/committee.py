"""What a committee decided in a call: the published outcome, with a reason in a sentence for every project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allocation.calls import call_of
from allocation.deciding.outcome_sentences import outcome_sentence
from allocation.errors import CallUnknown
from allocation.queries import CallFacts, OutcomeFacts, ballots_as_pabulib, call_facts, outcome_facts
from fund.charter.faults import Language
from fund.models import Fund, Project
from fund.queries.identities import FundIdentity, fund_identity
from ledger.money import Amount


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one project; `supported` says whether the fund has a page about it."""

    code: str
    name: str
    votes: int
    asked: Amount
    awarded: Amount
    rank: int | None
    reason: str
    supported: bool

    @property
    def is_funded(self) -> bool:
        """Whether anything was awarded."""
        return bool(self.awarded)


@dataclass(frozen=True, slots=True)
class SettledTie:
    """Projects that were level, the one taken, and what decided: `support`, `amount`, `lottery` or `identifier`."""

    projects: tuple[str, ...]
    chosen: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class CallResult:
    """A call, and its outcome once it is published; until then `outcome` is None and `decided` is empty."""

    fund: FundIdentity
    call: CallFacts
    outcome: OutcomeFacts | None
    decided: tuple[Decided, ...]
    ties: tuple[SettledTie, ...]

    @property
    def funded(self) -> tuple[Decided, ...]:
        """The projects that were awarded something, by rank."""
        return tuple(each for each in self.decided if each.is_funded)


def call_result(fund: Fund, call: str, as_of: date, language: Language) -> CallResult | None:
    """The call of this slug with its outcome if it was published by the date; None when there is no such call."""
    try:
        facts = call_facts(fund.slug, call)
    except CallUnknown:
        return None
    outcome = outcome_facts(fund.slug, call)
    if outcome is None or outcome.published_on > as_of:
        return CallResult(fund_identity(fund), facts, None, (), ())
    names = {project.code: project.name for project in outcome.projects}
    supported = set(Project.objects.filter(fund=fund, call_slug=call).values_list("code", flat=True))
    decided = tuple(
        Decided(
            project.code,
            project.name,
            project.votes,
            project.cost,
            project.awarded,
            project.rank,
            outcome_sentence(project, language, names=names),
            project.code in supported,
        )
        for project in outcome.projects
    )
    ties = tuple(
        SettledTie(
            tuple(names.get(code, code) for code in tie["candidates"]),
            names.get(tie["chosen"], tie["chosen"]),
            tie["by"],
        )
        for tie in outcome.ties
    )
    return CallResult(fund_identity(fund), facts, outcome, decided, ties)


def ballots_file(fund: Fund, call: str, as_of: date) -> str | None:
    """The ballots as a `.pb` file, once the outcome is published; voters are numbered, never named."""
    try:
        outcome = outcome_facts(fund.slug, call)
    except CallUnknown:
        return None
    if outcome is None or outcome.published_on > as_of:
        return None
    return ballots_as_pabulib(call=call_of(fund.slug, call), on=as_of)
