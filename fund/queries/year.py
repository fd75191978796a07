"""The result of a fund's year, as scripts read it: amounts are strings in major units."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from allocation.amounts import amount_of
from fund.models import Contribution, Fund, ReturnShare
from fund.queries.gifts import gifts_of, help_of
from ledger.audit import find_faults
from ledger.balances import chain_head, units_sum_to_zero
from ledger.money import Amount, Unit, total_of, unit_of


def year_result(fund: Fund, year: int) -> dict[str, Any]:
    """What `run_year --json` prints: called and received by member, awards, returns and shares by project, in kind
    by unit, whether every unit balances, and the chain's head after a full verification."""
    unit = unit_of(fund.currency)
    sums = units_sum_to_zero(fund.slug)
    head = chain_head(fund.slug)
    return {
        "fund": fund.slug,
        "fiscal_year": year,
        "contributions": {"called": _called(fund, year, unit), "received": _received(fund, year, unit)},
        "awards": {
            project.code: Amount(project.awarded_minor, unit).major
            for project in fund.projects.filter(awarded_on__year=year).order_by("code")
        },
        "returns": _returns(fund, year, unit),
        "shares": _shares(fund, year, unit),
        "in_kind": _in_kind(fund, year),
        "balanced": not any(sums.values()),
        "chain": {"head": head.hash, "entries": head.entries, "verified": not find_faults(fund.slug)},
    }


def _called(fund: Fund, year: int, unit: Unit) -> dict[str, str]:
    calls = fund.contribution_calls.filter(fiscal_year=year).select_related("membership__party")
    return {
        call.membership.party.code: Amount(call.amount_minor, unit).major
        for call in calls.order_by("membership__party__code")
    }


def _received(fund: Fund, year: int, unit: Unit) -> dict[str, str]:
    """Cash received in the year by member; a member who paid nothing stands with zero."""
    last = date(year, 12, 31)
    members = fund.memberships.filter(term_from__lte=last).values_list("party__code", flat=True)
    sums = dict.fromkeys(sorted(members), Amount(0, unit))
    rows = Contribution.objects.filter(fund=fund, received_on__year=year).select_related("membership__party")
    for row in rows:
        sums[row.membership.party.code] += amount_of(row.amount)
    return {code: amount.major for code, amount in sums.items()}


def _returns(fund: Fund, year: int, unit: Unit) -> dict[str, str]:
    due: dict[str, Amount] = {}
    for project in fund.projects.order_by("code").prefetch_related("returns"):
        settled = [row for row in project.returns.all() if row.settled_on.year == year]
        if settled:
            due[project.code] = total_of((Amount(row.amount_minor, unit) for row in settled), unit)
    return {code: amount.major for code, amount in due.items()}


def _shares(fund: Fund, year: int, unit: Unit) -> dict[str, dict[str, dict[str, str]]]:
    sums: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    rows = ReturnShare.objects.filter(of_return__project__fund=fund, of_return__settled_on__year=year)
    for row in rows.select_related("of_return__project").order_by("of_return__project__code", "party_key", "form"):
        sums[row.of_return.project.code][row.party_key][row.form] += row.amount_minor
    return {
        project: {
            party: {form: Amount(minor, unit).major for form, minor in forms.items()}
            for party, forms in parties.items()
        }
        for project, parties in sums.items()
    }


def _in_kind(fund: Fund, year: int) -> dict[str, str]:
    gave = gifts_of((), map(help_of, fund.in_kind_contributions.filter(given_on__year=year)))
    return {amount.unit.code: amount.major for amount in (gave.in_kind, gave.hours)}
