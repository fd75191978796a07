"""Statements are issued: numbered, dated, tied to a head of the chain; a correction names the one it replaces."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from fund.models import IssuedStatement
from fund.services.actors import Actor, log, take_turn
from ledger.balances import chain_head


@transaction.atomic
def issue_statements(
    actor: Actor, *, as_of: date, on: date, subjects: Iterable[tuple[str, str]]
) -> tuple[IssuedStatement, ...]:
    """Issue the statements of these (kind, subject) as of a date; those already issued are found, not issued twice."""
    fund = take_turn(actor.fund)
    head = chain_head(fund.slug).hash
    held = {(row.kind, row.subject): row for row in fund.issued_statements.filter(as_of=as_of, corrects=None)}
    issued, new = [], 0
    for kind, subject in subjects:
        known = held.get((kind, subject))
        if known is None:
            known = fund.issued_statements.create(
                number=_number(as_of, kind, subject),
                kind=kind,
                subject=subject,
                as_of=as_of,
                issued_on=on,
                head=head,
            )
            new += 1
        issued.append(known)
    if new:
        log(actor, on=on, kind="statements-issued", reference=as_of.isoformat(), statements=new, head=head)
    return tuple(issued)


@transaction.atomic
def correct_statement(actor: Actor, statement: IssuedStatement, *, on: date) -> IssuedStatement:
    """Issue a statement anew after the books moved; the new one names the old and takes its place."""
    fund = take_turn(actor.fund)
    version = fund.issued_statements.filter(
        kind=statement.kind, subject=statement.subject, as_of=statement.as_of
    ).count()
    corrected = fund.issued_statements.create(
        number=f"{_number(statement.as_of, statement.kind, statement.subject)}/{version + 1}",
        kind=statement.kind,
        subject=statement.subject,
        as_of=statement.as_of,
        issued_on=on,
        head=chain_head(fund.slug).hash,
        corrects=statement,
    )
    log(actor, on=on, kind="statement-corrected", reference=corrected.number, corrects=statement.number)
    return corrected


def _number(as_of: date, kind: str, subject: str) -> str:
    """A year's statement is numbered by its year, another by its whole date."""
    span = str(as_of.year) if (as_of.month, as_of.day) == (12, 31) else as_of.isoformat()
    return f"{span}-{kind}-{subject}"
