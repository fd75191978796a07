"""A bookkeeper's year in words: events told, drafts written, through the services."""

from __future__ import annotations

from datetime import date

from fund.models import DraftEntry
from fund.services.actors import Actor
from fund.services.draft_entries import Written, write_draft
from fund.services.recording import Recorded, Told, record_event
from fund.services.third_parties import register_party
from ledger.balances import entry
from ledger.journal import AccountKey, Document, Line, credit, debit
from ledger.money import Amount

SPRING = date(2026, 4, 2)


def told(event: str, *, reference: str = "ev-1", on: date = SPRING, label: str = "", **values: str | bool) -> Told:
    """An event with its amount in euros (`amount`), on a paper of its own."""
    read = {
        name: Amount.parse(value) if name == "amount" and isinstance(value, str) else value
        for name, value in values.items()
    }
    return Told(event, reference, on, Document(f"PIECE-{reference}", on), read, label)


def recorded(actor: Actor, event: str, **facts: object) -> Recorded:
    return record_event(actor, told(event, **facts))  # type: ignore[arg-type]


def lines_booked(actor: Actor, made: Recorded) -> list[tuple[str, str, str]]:
    """Journal, leaf and signed amount of each line that an event made."""
    stored = [entry(actor.fund.slug, reference) for reference in made.entries]
    return [
        (each.entry.journal, line.account.code, f"{line.amount.major} {line.account.unit}")
        for each in stored
        for line in each.entry.lines
    ]


def a_supplier(actor: Actor, code: str = "F001", role: str = "supplier") -> None:
    register_party(actor, code=code, name=f"Tiers {code} (fictif)", kind="organisation", role=role, on=SPRING)


def a_draft(
    actor: Actor,
    reference: str = "DRAFT-1",
    *,
    on: date = SPRING,
    lines: tuple[Line, ...] | None = None,
    version: int = 0,
) -> DraftEntry:
    """A draft of 100 euros of fees that were paid in cash, unless other lines are given."""
    fees = Amount.parse("100.00")
    usual = (debit(AccountKey("6226"), fees, destination="fonctionnement"), credit(AccountKey("530"), fees))
    written = Written(reference, "OD", on, f"Brouillard {reference}", Document(f"P-{reference}", on), lines or usual)
    return write_draft(actor, written, version=version)
