"""Months are locked, unlocked and closed: a lock can be lifted, with a reason; a closed month never opens again."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from fund.accounting.closing_errors import LastMonthWithYear, MonthsOutOfOrder
from fund.models import Fund
from fund.services.actors import Actor, log, take_turn
from ledger.periods import fiscal_years
from ledger.posting import close_period, lock_period, unlock_period

_TURNS = {"lock": lock_period, "unlock": unlock_period, "close": close_period}


@transaction.atomic
def turn_period(actor: Actor, *, act: str, on: date, why: str) -> None:
    """Lock, unlock or close the month that holds a day; the books keep who did it and why.

    Months are closed for good in the order of the calendar, and the last one of a year with the year (`close_year`):
    so nothing can be late for à-nouveaux that are posted already.
    """
    fund = take_turn(actor.fund)
    if act == "close":
        _refuse_out_of_order(fund, on)
    _TURNS[act](fund.slug, on=on, by=actor.by, why=why)
    log(actor, on=on, kind=f"period-{act}", reference=f"{on:%Y-%m}")


def _refuse_out_of_order(fund: Fund, on: date) -> None:
    """Refuse to close a month that is the last of its year, or before which another one is not closed."""
    earlier = None
    for year in fiscal_years(fund.slug):
        for month in year.periods:
            if month.first <= on <= month.last:
                if month.state == "closed":
                    return
                if earlier:
                    raise MonthsOutOfOrder(month=f"{on:%Y-%m}", earlier=f"{earlier:%Y-%m}")
                if month is year.periods[-1]:
                    raise LastMonthWithYear(month=f"{on:%Y-%m}", year=year.code)
                return
            if earlier is None and month.state != "closed":
                earlier = month.first
