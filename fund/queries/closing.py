"""A fiscal year on its way to the final close: what is carried over, what stands in the way, who locked which month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from fund.accounting.carrying_over import Held, goes_on, is_carried
from fund.accounting.closing import (
    SUSPENSE,
    THIRD_PARTIES,
    ClosingFacts,
    Drafts,
    Finding,
    Leaf,
    Place,
    Settling,
    settled_items,
)
from fund.accounting.closing_checks import closing_findings
from fund.accounting.year import FiscalYear, YearAccounts
from fund.models import Act, Fund, InKindContribution
from fund.queries.accounts_year import opening_entries, year_accounts, year_before, years_of
from fund.queries.dedicated_funds import dedicated_funds, proposals
from ledger.audit import find_faults
from ledger.balances import account_statement, entry, journal_entries, sums
from ledger.errors import BookUnknown
from ledger.journal import AccountKey
from ledger.money import Unit, unit_of
from ledger.periods import PeriodAct, PeriodRow, fiscal_years, period_log

DRAFTS: list[tuple[Callable[[Fund, FiscalYear], int], str]] = []
"""Who counts the entries that are prepared and not validated, with the address of the page that lists them."""

_WITH_DESTINATION = ("60", "61", "62", "63", "64", "65")
_WITH_FUNDER = ("741", "742", "755", "754")


@dataclass(frozen=True, slots=True)
class ClosingAct:
    """The final close of a year, as the log of acts keeps it: with the head of the chain after its entries."""

    by: str
    on: date
    head: str


@dataclass(frozen=True, slots=True)
class ClosingState:
    """A year with its months, the acts on them, what was found, and its result; `closed` once it is closed for good."""

    year: FiscalYear
    accounts: YearAccounts
    months: tuple[PeriodRow, ...]
    acts: tuple[PeriodAct, ...]
    next: FiscalYear | None
    closed: ClosingAct | None
    findings: tuple[Finding, ...]

    @property
    def blockers(self) -> tuple[Finding, ...]:
        """What stands in the way of the final close."""
        return tuple(finding for finding in self.findings if finding.blocks)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """What somebody ought to look at."""
        return tuple(finding for finding in self.findings if not finding.blocks)


def year_named(fund: Fund, code: str) -> FiscalYear | None:
    """The fiscal year of this code."""
    return next((year for year in years_of(fund) if year.code == code), None)


def year_after(fund: Fund, year: FiscalYear) -> FiscalYear | None:
    """The fiscal year that begins on the day after this one."""
    morrow = year.last + timedelta(days=1)
    return next((each for each in years_of(fund) if each.first == morrow), None)


def closing_act(fund: Fund, year: FiscalYear) -> ClosingAct | None:
    """The final close of the year; None while there is none."""
    found = Act.objects.filter(fund=fund, kind="year-closed", reference=f"closing:{year.code}").first()
    return ClosingAct(found.by, found.on, str(found.facts.get("head", ""))) if found else None


def months_of_year(fund: Fund, code: str) -> tuple[PeriodRow, ...]:
    """The months of a year in their order."""
    try:
        return next((row.periods for row in fiscal_years(fund.slug) if row.code == code), ())
    except BookUnknown:
        return ()


def held_at(fund: Fund, on: date) -> list[Held]:
    """What each account of classes 1 to 8 holds at the end of a day, by the dimensions of its postings."""
    parts = ("chart", "party", "project", "convention", "funder", "destination", "public_generosity")
    found = []
    for each in sums(fund.slug, by=parts, as_of=on):
        chart, party, project, convention, funder, destination, generosity = each.parts
        account = AccountKey(str(chart), str(party), str(project), str(convention), each.unit)
        named = "" if funder == convention else str(funder)
        if is_carried(account) and each.closing:
            found.append(Held(account, named, str(destination), bool(generosity), each.closing.minor))
    return found


def closing_state(fund: Fund, year: FiscalYear, today: date, *, whole: bool = False) -> ClosingState:
    """The year as its closing sees it; `whole` verifies all the books, which reads every entry of them."""
    accounts, closed = year_accounts(fund, year), closing_act(fund, year)
    findings = () if closed else closing_findings(_facts(fund, year, today, accounts, whole=whole))
    acts = (act for act in period_log(fund.slug) if year.first <= act.first <= year.last)
    return ClosingState(
        year=year,
        accounts=accounts,
        months=months_of_year(fund, year.code),
        acts=tuple(acts),
        next=year_after(fund, year),
        closed=closed,
        findings=findings,
    )


def _facts(fund: Fund, year: FiscalYear, today: date, accounts: YearAccounts, *, whole: bool) -> ClosingFacts:
    held = held_at(fund, year.last)
    leaves = _leaves(held)
    before, following = year_before(fund, year), year_after(fund, year)
    first = months_of_year(fund, following.code)[0] if following else None
    openings = opening_entries(fund, following, following.first) if following else []
    return ClosingFacts(
        year=year,
        today=today,
        currency=fund.currency,
        before=before,
        is_before_closed=before is None or closing_act(fund, before) is not None,
        next=following,
        next_first=first.state if first else "",
        standing_opening=openings[-1].entry.reference if openings and _stands(openings) else "",
        drafts=tuple(Drafts(count(fund, year), Place(name)) for count, name in DRAFTS),
        faults=tuple((fault.sentence("en"), fault.sentence("fr")) for fault in find_faults(fund.slug)) if whole else (),
        unit_rests=_rests(held),
        in_kind=_in_kind(held),
        leaves=leaves,
        exchanged=_exchanged(fund, year, leaves),
        without_destination=_without(accounts, _WITH_DESTINATION, "destination"),
        without_funder=_without(accounts, _WITH_FUNDER, "convention"),
        settling=_settling(fund, year, {leaf.account.unit for leaf in leaves}),
        plans=proposals(fund, year, accounts),
        dedicated_faults=tuple(dedicated_funds(fund, year, accounts=accounts).table.unsound()),
        unvalued=tuple(
            InKindContribution.objects.filter(
                fund=fund, given_on__gte=year.first, given_on__lte=year.last, value_minor=0
            ).values_list("reference", flat=True)
        ),
        dated_after_validation=_dated_after_validation(fund, year),
        results_left=tuple(leaf for leaf in leaves if leaf.account.chart.startswith(("120", "129"))),
    )


def _stands(openings: Iterable[object]) -> bool:
    """Whether à-nouveaux of the next year are still there: an entry and its reversal leave nothing."""
    totals: dict[str, int] = defaultdict(int)
    for stored in openings:
        for line in stored.entry.lines:  # type: ignore[attr-defined]
            totals[line.account.leaf] += line.minor
    return any(totals.values())


def _leaves(held: Iterable[Held]) -> tuple[Leaf, ...]:
    """What each account that goes on holds in all, those of nothing left out."""
    totals: dict[AccountKey, int] = defaultdict(int)
    for each in held:
        if goes_on(each.account.chart):
            totals[each.account] += each.minor
    return tuple(Leaf(key, minor) for key, minor in sorted(totals.items(), key=lambda item: item[0].leaf) if minor)


def _rests(held: Iterable[Held]) -> dict[str, int]:
    rests: dict[str, int] = defaultdict(int)
    for each in held:
        rests[each.account.unit.code] += each.minor
    return dict(rests)


def _in_kind(held: Iterable[Held]) -> dict[str, tuple[int, int]]:
    """By unit, what classes 86 and 87 hold."""
    sides: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for each in held:
        for at, prefix in enumerate(("86", "87")):
            if each.account.chart.startswith(prefix):
                sides[each.account.unit.code][at] += each.minor
    return {code: (used, given) for code, (used, given) in sides.items()}


def _exchanged(fund: Fund, year: FiscalYear, leaves: Iterable[Leaf]) -> dict[str, int]:
    """What exchanges of currency left on waiting accounts: the other side stands there in the other currency."""
    found: dict[str, int] = {}
    for leaf in leaves:
        if leaf.account.chart.startswith(SUSPENSE):
            statement = account_statement(fund.slug, key=leaf.account, last=year.last)
            minor = 0
            for reference in {line.reference for line in statement.lines}:
                stored = entry(fund.slug, reference).entry
                if stored.exchange:
                    minor += sum(line.minor for line in stored.lines if line.account == leaf.account)
            found[leaf.account.leaf] = minor
    return found


def _without(accounts: YearAccounts, prefixes: tuple[str, ...], part: str) -> tuple[tuple[str, int], ...]:
    """By account, the movement of lines that do not name a dimension."""
    totals: dict[str, int] = defaultdict(int)
    for row in accounts.of(*prefixes):
        if not getattr(row.key, part):
            totals[row.key.chart] += row.movement
    return tuple((chart, abs(minor)) for chart, minor in sorted(totals.items()) if minor)


def _settling(fund: Fund, year: FiscalYear, units: Iterable[Unit]) -> tuple[Settling, ...]:
    """The third parties with open items that would settle each other."""
    found = []
    for unit in sorted(units, key=lambda unit: unit.code):
        items: dict[AccountKey, list[int]] = defaultdict(list)
        for line in account_statement(fund.slug, chart="4", unit=unit, last=year.last).lines:
            if line.mark is None and line.account.chart.startswith(THIRD_PARTIES):
                items[line.account].append(line.amount.minor)
        for account, minors in sorted(items.items(), key=lambda item: item[0].leaf):
            count, minor = settled_items(tuple(minors))
            if count:
                found.append(Settling(account, count, minor))
    return tuple(found)


def _dated_after_validation(fund: Fund, year: FiscalYear) -> tuple[str, ...]:
    inventory = journal_entries(fund.slug, journal="IN", first=year.first, last=year.last)
    return tuple(
        stored.entry.reference
        for stored in inventory
        if stored.entry.validated_on and stored.entry.on > stored.entry.validated_on
    )


def result_left(fund: Fund, currency: str, on: date) -> int:
    """What 120 and 129 hold in a unit at the end of a day, above zero for a surplus."""
    unit = unit_of(currency)
    found = (each for each in sums(fund.slug, by=("chart",), chart="12", unit=unit.code, as_of=on))
    return -sum(each.closing.minor for each in found)
