"""A bookkeeper letters the lines of a third party that settle each other, and undoes it; the books log both."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from fund.accounting.letterings import next_code
from fund.services.actors import Actor, log, take_turn
from ledger import lettering as ledger_lettering
from ledger.journal import AccountKey
from ledger.lettering import Lettering


@transaction.atomic
def letter_lines(
    actor: Actor, key: AccountKey, *, postings: Collection[int], on: date, is_partial: bool = False
) -> Lettering:
    """Letter the lines under the next code of the account; the very lines that stand lettered together are found.

    A code that was undone is not taken again, so that it always meant one thing.
    """
    fund = take_turn(actor.fund)
    numbers = tuple(sorted(set(postings)))
    for standing in ledger_lettering.letterings(fund.slug, key):
        if standing.postings == numbers:
            return standing
    taken = [act.code for act in ledger_lettering.lettering_log(fund.slug) if act.account == key]
    code = next_code(taken)
    ledger_lettering.letter(fund.slug, key, code=code, postings=numbers, on=on, by=actor.by, is_partial=is_partial)
    log(actor, on=on, kind="lines-lettered", reference=f"{key.code}:{code}", lines=len(numbers), partial=is_partial)
    return Lettering(key, code, on, is_partial, numbers)


@transaction.atomic
def unletter_lines(actor: Actor, key: AccountKey, *, code: str, on: date) -> None:
    """Undo a lettering; its lines are open again. One that was undone already is undone."""
    fund = take_turn(actor.fund)
    acts = [each.act for each in ledger_lettering.lettering_log(fund.slug) if (each.account, each.code) == (key, code)]
    if acts[-1:] == ["undone"]:
        return
    ledger_lettering.unletter(fund.slug, key, code=code, by=actor.by)
    log(actor, on=on, kind="lettering-undone", reference=f"{key.code}:{code}")
