"""Months are locked, unlocked and closed: a lock can be lifted, with a reason; a closed month never opens again."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from fund.services.actors import Actor, log, take_turn
from ledger.posting import close_period, lock_period, unlock_period

_TURNS = {"lock": lock_period, "unlock": unlock_period, "close": close_period}


@transaction.atomic
def turn_period(actor: Actor, *, act: str, on: date, why: str) -> None:
    """Lock, unlock or close the month that holds a day; the books keep who did it and why."""
    fund = take_turn(actor.fund)
    _TURNS[act](fund.slug, on=on, by=actor.by, why=why)
    log(actor, on=on, kind=f"period-{act}", reference=f"{on:%Y-%m}")
