"""The bank's lines: taken in once, reconciled with postings of account 512, and the reconciliation undone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from allocation.calls import is_text
from fund.accounting.reconciling import BookSide, Proposal
from fund.models import BankLine, BankMatch, Fund
from fund.queries.bank import BANK, bank_books
from fund.services.actors import Actor, log, refuse_foreign, take_turn
from fund.services.desk_errors import (
    BankAmountsDiffer,
    BankLineOpen,
    BankLineSettled,
    BankPostingTaken,
    BankPostingUnknown,
    BankUndoingUnfounded,
)
from ledger.money import Amount, unit_of

WHY_LIMIT = 300
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class BankRow:
    """A line of a file of the bank: `minor` above zero for what came in; `balance_minor` where the bank gives it."""

    account: str
    on: date
    minor: int
    reference: str = ""
    counterparty: str = ""
    label: str = ""
    balance_minor: int | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many lines of a file are new, and how many were there already."""

    new: int
    known: int


@transaction.atomic
def take_in_lines(actor: Actor, rows: Sequence[BankRow], *, file_sha256: str, on: date) -> TakenIn:
    """Take in the lines of a file; those that are there already add nothing, so a file may be taken in again."""
    fund = take_turn(actor.fund)
    prints = fingerprints(rows)
    known = _known(fund, prints)
    number = fund.bank_lines.aggregate(last=Max("number"))["last"] or 0
    new = []
    for row, print_ in zip(rows, prints, strict=True):
        if print_ in known:
            continue
        number += 1
        new.append(
            BankLine(
                fund=fund,
                number=number,
                account=row.account,
                on=row.on,
                minor=row.minor,
                reference=row.reference,
                counterparty=row.counterparty,
                label=row.label,
                balance_minor=row.balance_minor,
                fingerprint=print_,
                file_sha256=file_sha256,
                taken_on=on,
                taken_by=actor.by,
            )
        )
    BankLine.objects.bulk_create(new, batch_size=_BATCH)
    if new:
        log(actor, on=on, kind="bank-lines", reference=file_sha256, lines=len(new))
    return TakenIn(len(new), len(rows) - len(new))


def fingerprints(rows: Iterable[BankRow]) -> list[str]:
    """What each line is known by: all that it says but the balance, and its rank among equal lines of the file."""
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        said = json.dumps(
            [row.account, row.on.isoformat(), row.minor, row.reference, row.counterparty, row.label],
            ensure_ascii=False,
        )
        seen[said] += 1
        found.append(sha256(f"{said}\n{seen[said]}".encode()).hexdigest())
    return found


def _known(fund: Fund, prints: Sequence[str]) -> set[str]:
    parts = (prints[start : start + _BATCH] for start in range(0, len(prints), _BATCH))
    return {
        each
        for part in parts
        for each in fund.bank_lines.filter(fingerprint__in=part).values_list("fingerprint", flat=True)
    }


@transaction.atomic
def confirm_match(
    actor: Actor, line: BankLine, *, postings: Collection[int], ground: str, on: date
) -> tuple[BankMatch, ...]:
    """Say that a line of the bank is these postings of account 512; the same said again finds what stands."""
    refuse_foreign(actor.fund, line.fund)
    fund = take_turn(actor.fund)
    chosen = sorted(set(postings))
    held = list(line.matches.filter(undone_on=None).order_by("posting"))
    if held:
        if [match.posting for match in held] == chosen:
            return tuple(held)
        raise BankLineSettled(number=line.number, entries=", ".join(match.reference for match in held))
    sides = _chosen(fund, chosen)
    total = sum(side.minor for side in sides)
    if total != line.minor or not sides:
        unit = unit_of(fund.currency)
        raise BankAmountsDiffer(
            number=line.number, line=str(Amount(line.minor, unit)), entries=str(Amount(total, unit))
        )
    matches = BankMatch.objects.bulk_create(
        BankMatch(
            fund=fund,
            line=line,
            posting=side.posting,
            reference=side.reference,
            posted_on=side.on,
            minor=side.minor,
            ground=ground if ground in BankMatch.Ground.values else BankMatch.Ground.HAND,
            on=on,
            by=actor.by,
        )
        for side in sides
    )
    log(actor, on=on, kind="bank-reconciled", reference=str(line.number), postings=chosen)
    return tuple(matches)


@transaction.atomic
def confirm_proposals(actor: Actor, chosen: Iterable[Proposal], *, on: date) -> int:
    """Confirm several proposals together, all of them or none; how many lines are reconciled."""
    numbers = []
    for each in chosen:
        line = BankLine.objects.get(fund=actor.fund, number=each.line.number)
        confirm_match(actor, line, postings=[each.posting.posting], ground=each.ground, on=on)
        numbers.append(each.line.number)
    return len(numbers)


def _chosen(fund: Fund, chosen: Sequence[int]) -> list[BookSide]:
    """The postings chosen, each on the bank's account and free."""
    taken = BankMatch.objects.filter(fund=fund, posting__in=chosen, undone_on=None).select_related("line").first()
    if taken is not None:
        raise BankPostingTaken(entry=taken.reference, number=taken.line.number)
    known = {side.posting: side for side in bank_books(fund).postings}
    for posting in chosen:
        if posting not in known:
            raise BankPostingUnknown(posting=posting, account=BANK)
    return [known[posting] for posting in chosen]


@transaction.atomic
def undo_match(actor: Actor, line: BankLine, *, why: str, on: date) -> int:
    """Undo the reconciliation of a line, for a reason; how many postings are free again. Both stay on record."""
    refuse_foreign(actor.fund, line.fund)
    why = why.strip()
    if not is_text(why, WHY_LIMIT):
        raise BankUndoingUnfounded(number=line.number, limit=WHY_LIMIT)
    take_turn(actor.fund)
    held = list(line.matches.filter(undone_on=None))
    if not held:
        raise BankLineOpen(number=line.number)
    since = max(on, *(match.on for match in held))
    freed = line.matches.filter(undone_on=None).update(undone_on=since, undone_by=actor.by, why_undone=why)
    log(actor, on=on, kind="bank-reconciliation-undone", reference=str(line.number), postings=len(held))
    return freed
