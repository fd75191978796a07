"""The general assembly allocates the result of a closed year: to the reserve, or to what is carried forward."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from fund.accounting.closing_errors import (
    AllocationDiffers,
    AllocationTooEarly,
    MinutesMissing,
    ReserveTooSmall,
    ResultMissing,
    YearNotClosed,
)
from fund.accounting.references import entry_reference
from fund.accounting.results import RESERVE, allocation_lines
from fund.errors import AmountNotPositive
from fund.models import Act
from fund.queries.closing import closing_act
from fund.queries.results import standing
from fund.services.actors import Actor, book, log, refuse_conflict, take_turn
from fund.services.closing import known_year
from ledger.balances import StoredEntry, entry
from ledger.journal import Document, Entry
from ledger.ladder import check_text
from ledger.money import Amount


@transaction.atomic
def allocate_result(
    actor: Actor, code: str, *, on: date, reserve: Amount, carried: Amount, minutes: str, sha256: str = ""
) -> StoredEntry:
    """Allocate the result of a closed year as the assembly decided, on the day of the assembly.

    A surplus goes to the reserve for projects (1068) and to what is carried forward (110, or 119 as far as a deficit
    stands there). A deficit is covered from the reserve, from what is carried forward, and what neither covers stays on
    119: here too `reserve` and `carried` make the whole. The same decision finds its entry.
    """
    fund = take_turn(actor.fund)
    year = known_year(fund, code)
    if closing_act(fund, year) is None:
        raise YearNotClosed(year=code)
    if not minutes.strip():
        raise MinutesMissing()
    check_text("The minutes", minutes)
    unit = reserve.unit
    reference = entry_reference("allocation", code, unit.code)
    given = {"on": on.isoformat(), "reserve": str(reserve), "carried": str(carried), "minutes": minutes}
    done = Act.objects.filter(fund=fund, kind="result-allocated", reference=reference).first()
    if done is not None:
        held = {name: done.facts.get(name) for name in given}
        refuse_conflict(what="movement", reference=reference, held=held, given=given)
        return entry(fund.slug, reference)
    if on <= year.last:
        raise AllocationTooEarly(year=code, on=on)
    stands = standing(fund, unit.code, on)
    if not stands.result:
        raise ResultMissing(year=code, unit=unit.code)
    for part in (reserve, carried):
        if part.minor < 0:
            raise AmountNotPositive(amount=str(part))
    is_surplus = stands.result > 0
    if reserve + carried != Amount(abs(stands.result), unit):
        raise AllocationDiffers(
            given=str(reserve + carried),
            what="surplus" if is_surplus else "deficit",
            quoi="l’excédent" if is_surplus else "le déficit",
            year=code,
            asked=str(Amount(abs(stands.result), unit)),
        )
    if not is_surplus and reserve.minor > stands.reserve:
        raise ReserveTooSmall(account=RESERVE, held=str(Amount(stands.reserve, unit)), asked=str(reserve))
    act = Entry(
        journal="OD",
        on=on,
        kind="result-allocated",
        reference=reference,
        label=f"Affectation du résultat {code}",
        lines=allocation_lines(stands, reserve=reserve, carried=carried),
        document=Document(minutes, on, sha256),
    )
    book(actor, [act])
    log(actor, on=on, kind="result-allocated", reference=reference, **given)
    return entry(fund.slug, reference)
