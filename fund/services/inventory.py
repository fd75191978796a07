"""Inventory entries: what is doubtful at the end of a year is written down, on its last day, with the reason."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.db import transaction

from fund.accounting.closing_errors import AllowanceInvalid, AllowanceKindUnknown, NothingToBook
from fund.accounting.inventory import ALLOWANCES, allowance_of
from fund.accounting.references import entry_reference
from fund.entries.year_end import (
    IMPAIRMENTS,
    impairment_made,
    impairment_reversed,
    provision_made,
    provision_reversed,
)
from fund.models import Act
from fund.queries.inventory import allowance_held, base_held
from fund.services.actors import Actor, book, log, refuse_conflict, take_turn
from fund.services.closing import known_year, refuse_closed
from ledger.balances import StoredEntry, entry
from ledger.journal import Document, Entry, Line
from ledger.ladder import check_text
from ledger.money import Amount, unit_of


@transaction.atomic
def book_allowance(
    actor: Actor,
    code: str,
    *,
    kind: str,
    party: str,
    project: str,
    to: Amount | Fraction,
    why: str,
    reference: str,
    on: date,
) -> StoredEntry:
    """Bring the allowance of a third party or project to an amount, or to a part of what it is kept for.

    The entry is dated the last day of the year, in the inventory journal; a smaller allowance than before is a
    recovery. The same `reference` with the same facts finds its entry. An allowance that stands already is refused
    (`NothingToBook`), and so is one beyond what the accounts hold (`AllowanceInvalid`).
    """
    fund = take_turn(actor.fund)
    year = known_year(fund, code)
    named = entry_reference("allowance", code, reference)
    given = {"kind": kind, "party": party, "project": project, "to": str(to)}
    done = Act.objects.filter(fund=fund, kind="allowance-booked", reference=named).first()
    if done is not None:
        held_facts = {name: done.facts.get(name) for name in given}
        refuse_conflict(what="statement", reference=named, held=held_facts, given=given)
        return entry(fund.slug, named)
    refuse_closed(fund, year)
    check_text("The reason", why, limit=300)
    if kind not in ALLOWANCES:
        raise AllowanceKindUnknown(kind=kind)
    unit = unit_of(fund.currency)
    base = Amount(base_held(fund, kind, party, project, year.last), unit)
    held = Amount(allowance_held(fund, kind, party, project, year.last), unit)
    wanted = to if isinstance(to, Amount) else Amount(allowance_of(base.minor, to), unit)
    if not 0 <= wanted.minor <= base.minor:
        accounts = ", ".join(ALLOWANCES[kind].bases)
        raise AllowanceInvalid(asked=str(wanted), auxiliary=party or project, account=accounts, held=str(base))
    if wanted == held:
        raise NothingToBook(year=code)
    words = ALLOWANCES[kind]
    act = Entry(
        journal="IN",
        on=year.last,
        kind=f"allowance-{kind}",
        reference=named,
        label=f"{words.fr}, {party or project} : {why}",
        lines=_lines(words.allowance, party, project, wanted - held),
        document=Document(f"INV{code}-{reference}"[:200], year.last),
    )
    book(actor, [act])
    log(actor, on=on, kind="allowance-booked", reference=named, **given)
    return entry(fund.slug, named)


def _lines(account: str, company: str, project: str, change: Amount) -> tuple[Line, ...]:
    """More of an allowance is an expense, less of it a recovery."""
    amount, rises = abs(change), change.minor > 0
    if account in IMPAIRMENTS:
        booked = impairment_made if rises else impairment_reversed
    else:
        booked = provision_made if rises else provision_reversed
    return booked(account=account, company=company, project=project, amount=amount)
