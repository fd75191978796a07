"""The closing of a year told again, slowly and from other ends: twins of the carrying over, the accounts, the plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from fund.accounting.carrying_over import Held
from fund.accounting.dedicating import ConventionFacts
from fund.accounting.year import YearKey, YearRow
from ledger.journal import Entry, Line
from ledger.money import Unit

Place = tuple[str, str, str, bool]
"""A leaf with the dimensions of its postings."""


def places(lines: Iterable[Line]) -> dict[Place, int]:
    """What lines sum to, by leaf and dimensions; zeros are left out."""
    found: dict[Place, int] = defaultdict(int)
    for line in lines:
        found[line.account.leaf, line.convention, line.destination, line.public_generosity] += line.minor
    return {place: minor for place, minor in found.items() if minor}


def slow_results(held: Iterable[Held]) -> dict[Unit, int]:
    """What income exceeds expenses by, in each currency or kind of help where they differ."""
    units = {each.account.unit for each in held}
    totals = {}
    for unit in units:
        income = [-each.minor for each in held if each.account.unit == unit and each.account.chart[0] == "7"]
        expenses = [each.minor for each in held if each.account.unit == unit and each.account.chart[0] == "6"]
        totals[unit] = sum(income) - sum(expenses)
    return {unit: total for unit, total in totals.items() if total}


def slow_year(
    entries: Iterable[Entry], *, first: date, day: date, units: set[str], currency: str = "EUR"
) -> tuple[dict[YearKey, tuple[int, int, int]], bool]:
    """The accounts of a year from its entries, one line after the other; and whether its openings are provisional.

    An entry of the journals AN and CL of the year that opens, or undoes what opened, is an opening. Income, expenses
    and help in kind open at zero: what is left of income and expenses stands on 120 or 129, each
    currency by itself. Each of the units is worth one of the fund's own.
    """
    opening: dict[tuple[str, YearKey], int] = defaultdict(int)
    debit: dict[tuple[str, YearKey], int] = defaultdict(int)
    credit: dict[tuple[str, YearKey], int] = defaultdict(int)
    openings: set[str] = set()
    for entry in entries:
        if entry.on > day:
            continue
        opens = entry.on >= first and (
            (entry.journal, entry.kind) in {("AN", "opening"), ("CL", "carrying")} or entry.reverses in openings
        )
        if opens:
            openings.add(entry.reference)
        for line in entry.lines:
            account = line.account
            if account.unit.code not in units or account.chart.startswith("9"):
                continue
            key = YearKey(
                account.chart,
                account.party,
                account.project,
                line.convention or account.convention,
                line.destination,
                line.public_generosity,
            )
            place = (account.unit.code, key)
            if entry.on < first or opens:
                opening[place] += line.minor
            elif line.minor > 0:
                debit[place] += line.minor
            else:
                credit[place] -= line.minor
    carried: dict[str, int] = defaultdict(int)
    is_provisional = False
    for unit, key in list(opening):
        if key.chart[0] in "67":
            is_provisional = is_provisional or (opening[unit, key] != 0 and unit == currency)
            carried[unit] += opening.pop((unit, key))
        elif key.chart[:2] in ("86", "87"):
            del opening[unit, key]
    for unit, minor in carried.items():
        if minor:
            opening[unit, YearKey("129" if minor > 0 else "120")] += minor
    totals: dict[YearKey, list[int]] = defaultdict(lambda: [0, 0, 0])
    for at, side in enumerate((opening, debit, credit)):
        for (_unit, key), minor in side.items():
            totals[key][at] += minor
    return {
        key: (figures[0], figures[1], figures[2]) for key, figures in totals.items() if any(figures)
    }, is_provisional


def slow_plan(convention: ConventionFacts, rows: Iterable[YearRow], ends: date) -> dict[str, int]:
    """The plan of a convention that is alone on its project, cent by cent: each cent spent takes the oldest money."""
    mine = [row for row in rows if row.key.convention == convention.code]
    fund, report, use = {
        "subsidies": ("194", "6894", "7894"),
        "contributions": ("195", "6895", "7895"),
        "generosity": ("196", "6896", "7896"),
    }[convention.rubric]
    prefixes = {"subsidies": "74", "contributions": "755", "generosity": "754"}[convention.rubric]
    income = -sum(row.movement for row in mine if row.key.chart.startswith(prefixes))
    deferred_now = -sum(row.closing for row in mine if row.key.chart.startswith("487"))
    wanted = sum(minor for year, minor in convention.shares.items() if year > ends.year)
    whole = income + deferred_now
    deferred = min(wanted, whole) if whole > 0 else 0
    kept = -sum(row.closing for row in mine if row.key.chart.startswith(fund))
    kept -= sum(row.movement for row in mine if row.key.chart.startswith(report))
    kept -= sum(row.movement for row in mine if row.key.chart.startswith(use))
    new = whole - deferred
    spent = sum(
        row.movement
        for row in rows
        if row.key.chart[0] == "6"
        and not row.key.chart.startswith("68")
        and (row.key.convention == convention.code or row.key.project == convention.project != "")
    )
    old_money, new_money = max(kept, 0), max(new, 0)
    used = 0
    while spent > 0 and (old_money or new_money):
        if old_money:
            old_money, used = old_money - 1, used + 1
        else:
            new_money -= 1
        spent -= 1
    return {"deferred": deferred, "use": used, "report": new_money, "unused": kept - used + new_money}
