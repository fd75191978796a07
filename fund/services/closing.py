"""The acts of a fiscal year: it is opened, locked and unlocked, and closed for good with its à-nouveaux."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from fund.accounting.carrying_over import carried
from fund.accounting.closing_errors import (
    MonthUnknown,
    YearClosedForGood,
    YearNotNext,
    YearNotReady,
    YearUnknown,
)
from fund.accounting.year import (
    CARRYING_JOURNAL,
    CARRYING_KIND,
    OPENING_JOURNAL,
    OPENING_KIND,
    FiscalYear,
    years_later,
)
from fund.chart import chart_of
from fund.models import Fund
from fund.queries.accounts_year import years_of
from fund.queries.closing import closing_act, closing_state, held_at, months_of_year, year_after, year_named
from fund.services.actors import Actor, book, log, take_turn
from fund.services.periods import turn_period
from ledger.balances import StoredEntry, chain_head, entry
from ledger.journal import AccountKey, Document, Entry
from ledger.lettering import letter
from ledger.money import Unit
from ledger.posting import close_period, open_fiscal_year


@dataclass(frozen=True, slots=True)
class Closed:
    """A year that is closed: its result by unit (above zero for a surplus), and the head of the chain after it."""

    year: FiscalYear
    results: Mapping[Unit, int]
    head: str


def known_year(fund: Fund, code: str) -> FiscalYear:
    """The fiscal year of this code, or a refusal."""
    year = year_named(fund, code)
    if year is None:
        raise YearUnknown(fund=fund.slug, year=code)
    return year


def refuse_closed(fund: Fund, year: FiscalYear) -> None:
    """Refuse a year that is closed for good."""
    act = closing_act(fund, year)
    if act is not None:
        raise YearClosedForGood(year=year.code, on=act.on, by=act.by)


@transaction.atomic
def open_next_year(actor: Actor, code: str, *, on: date, why: str) -> FiscalYear:
    """Open the fiscal year that follows the last one, month by month; opening it again finds it.

    The first year of a book may be any calendar year.
    """
    fund = take_turn(actor.fund)
    years = years_of(fund)
    known = next((year for year in years if year.code == code), None)
    if known:
        return known
    if years:
        first = years[-1].last + timedelta(days=1)
        last = years_later(first, 1) - timedelta(days=1)
        if code != str(last.year):
            raise YearNotNext(fund=fund.slug, year=code, expected=str(last.year), first=first)
    else:
        if not (code.isascii() and code.isdigit() and len(code) == 4):
            raise YearUnknown(fund=fund.slug, year=code)
        first, last = date(max(1, int(code)), 1, 1), date(max(1, int(code)), 12, 31)
    open_fiscal_year(fund.slug, code=code, first=first, last=last, chart=chart_of(first.year))
    log(actor, on=on, kind="year-opened", reference=code, why=why)
    return known_year(fund, code)


@transaction.atomic
def lock_year(actor: Actor, code: str, *, on: date, why: str, month: str = "") -> int:
    """Lock the open months of a year, or one of them (`2026-03`), for now; how many were locked."""
    return _turn(actor, code, act="lock", state="open", on=on, why=why, month=month)


@transaction.atomic
def unlock_year(actor: Actor, code: str, *, on: date, why: str, month: str = "") -> int:
    """Open the locked months of a year again, or one of them; those that are closed stay closed."""
    return _turn(actor, code, act="unlock", state="locked", on=on, why=why, month=month)


def _turn(actor: Actor, code: str, *, act: str, state: str, on: date, why: str, month: str) -> int:
    fund = take_turn(actor.fund)
    year = known_year(fund, code)
    refuse_closed(fund, year)
    months = months_of_year(fund, code)
    if month:
        months = tuple(each for each in months if f"{each.first:%Y-%m}" == month)
        if not months:
            raise MonthUnknown(month=month, year=code)
        turn_period(actor, act=act, on=months[0].first, why=why)
    turned = [each for each in months if each.state == state]
    if not month:
        for each in turned:
            turn_period(actor, act=act, on=each.first, why=why)
    if turned and not month:
        log(actor, on=on, kind=f"year-{act}ed", reference=code, months=len(turned))
    return len(turned)


@transaction.atomic
def close_year(actor: Actor, code: str, *, on: date, why: str) -> Closed:
    """Close a year for good: its à-nouveaux are posted, its months are closed, and nothing in it moves any more.

    Everything that the closing assistant finds is looked at again, all the books are verified, and a single point
    that blocks refuses the whole (`YearNotReady`, with `findings`). It is done once and never undone.
    """
    fund = take_turn(actor.fund)
    year = known_year(fund, code)
    refuse_closed(fund, year)
    state = closing_state(fund, year, on, whole=True)
    following = year_after(fund, year)
    if state.blockers or following is None:
        refusal = YearNotReady(
            count=len(state.blockers),
            year=code,
            first=state.blockers[0].sentence("en"),
            premier=state.blockers[0].sentence("fr"),
        )
        refusal.findings = state.blockers
        raise refusal
    results = _carry_over(actor, year, following)
    for month in months_of_year(fund, code):
        close_period(fund.slug, on=month.first, by=actor.by, why=why)
    head = chain_head(fund.slug).hash
    log(
        actor,
        on=on,
        kind="year-closed",
        reference=f"closing:{code}",
        head=head,
        results={unit.code: minor for unit, minor in results.items()},
        why=why,
    )
    return Closed(year, results, head)


def _carry_over(actor: Actor, year: FiscalYear, following: FiscalYear) -> Mapping[Unit, int]:
    """Post what empties the accounts of the year and what opens the next one, under one seal."""
    fund = actor.fund
    carrying = carried(held_at(fund, year.last))
    opening = f"opening:{following.code}"
    book(
        actor,
        [
            Entry(
                journal=CARRYING_JOURNAL,
                on=following.first,
                kind=CARRYING_KIND,
                reference=f"closing:{year.code}",
                label=f"Report des comptes de l’exercice {year.code}",
                lines=carrying.empties,
                document=Document(f"CL{year.code}", following.first),
            ),
            Entry(
                journal=OPENING_JOURNAL,
                on=following.first,
                kind=OPENING_KIND,
                reference=opening,
                label=f"À-nouveaux de l’exercice {following.code}",
                lines=carrying.opens,
                document=Document(f"AN{following.code}", following.first),
            ),
        ],
    )
    if carrying.opens:
        _letter_the_pair(actor, entry(fund.slug, f"closing:{year.code}"), entry(fund.slug, opening))
    return carrying.results


def _letter_the_pair(actor: Actor, empties: StoredEntry, opens: StoredEntry) -> None:
    """Letter what leaves a third party's account with what comes back, so that its open items stay as they were.

    An item keeps its own day and paper in the aged balance, and is settled by what pays it, in whichever year.
    """
    postings: dict[AccountKey, list[int]] = {}
    for stored in (empties, opens):
        for line, posting in zip(stored.entry.lines, stored.postings, strict=True):
            if line.account.chart.startswith("4") and (line.account.party or line.account.project):
                postings.setdefault(line.account, []).append(posting)
    on, code = opens.entry.on, f"AN{opens.fiscal_year}"
    for account, pair in postings.items():
        letter(actor.fund.slug, account, code=code, postings=pair, on=on, by=actor.by)
