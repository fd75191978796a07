"""The books checked from their rows: nothing stored is believed that can be computed again.

`find_faults` names the first bad row of each kind in a sentence. It never relies on the guards: it works,
and says so, when somebody lifted them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import DEFAULT_DB_ALIAS, connections

from ledger import chain, guards, written_once
from ledger.accounts import account_key
from ledger.balances import GROSS_SUMS, units_sum_to_zero
from ledger.entries import StoredEntry, book_row, every_entry
from ledger.errors import LedgerError
from ledger.faults import Fault, Findings
from ledger.journal import Line, sums_per_unit, turned
from ledger.models import (
    NUMBER_MASK,
    Account,
    Book,
    FiscalYear,
    LetteredPosting,
    LetteringLog,
    Period,
    PeriodLog,
    Seal,
    first_id,
)
from ledger.models import Entry as EntryRow
from ledger.rollups import rollup_faults
from ledger.rows import fetched
from ledger.stored_tree import tree_faults


def find_faults(book: str) -> list[Fault]:
    """Recompute leaves, chain, numbering, sums, balances, periods and lettering of a book from its rows.

    Rows that were spoilt may stop any part from reading on; that is a fault too, and the other parts go on.
    """
    row = book_row(book)
    findings = Findings()
    for difference in guards.differences(connections[DEFAULT_DB_ALIAS]):
        findings.note("guards", difference=difference)
    for name in written_once.missing():
        findings.note("guards", difference=f"{name} is missing")
    for part in _PARTS:
        try:
            part(row, findings)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, LedgerError) as error:
            findings.note("unreadable", part=part.__name__.removeprefix("_check_"), error=error)
    return list(findings.faults.values())


def _check_rollup(book: Book, findings: Findings) -> None:
    for kind, facts in rollup_faults(book.slug):
        findings.note(kind, **facts)


def _check_tree(book: Book, findings: Findings) -> None:
    for fault in tree_faults(book.slug):
        findings.note("tree", **fault)


def _check_units(book: Book, findings: Findings) -> None:
    for unit, total in units_sum_to_zero(book.slug).items():
        if total:
            findings.note("unit-sum", unit=unit, total=total)


# Entries: each one read again as it was posted


@dataclass
class _Walk:
    """What is remembered from one entry to the next."""

    position: int = 0
    numbers: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    reversible: dict[str, tuple[Line, ...]] = field(default_factory=dict)
    leaves: dict[int, list[bytes]] = field(default_factory=lambda: defaultdict(list))


def _check_chain(book: Book, findings: Findings) -> None:
    """Walk over every entry, then close each seal over the leaves that were computed again."""
    walk = _Walk()
    spans = _year_spans(book)
    for stored in every_entry(book):
        _check_position(stored, walk, findings)
        _check_contents(book, stored, walk, findings)
        first, last = spans.get(stored.fiscal_year, (date.max, date.min))
        if not first <= stored.entry.on <= last:
            findings.note("period-date", reference=stored.entry.reference, on=stored.entry.on)
    _check_seals(book, walk.leaves, findings)


def _year_spans(book: Book) -> dict[str, tuple[date, date]]:
    found = FiscalYear.objects.filter(book=book).values_list("code", "first", "last")
    return {code: (first, last) for code, first, last in found}


def _check_position(stored: StoredEntry, walk: _Walk, findings: Findings) -> None:
    reference = stored.entry.reference
    walk.position += 1
    if stored.position != walk.position:
        findings.note("gap", missing=walk.position, reference=reference, position=stored.position)
        walk.position = stored.position
    journal, year = key = (stored.entry.journal, stored.fiscal_year)
    walk.numbers[key] += 1
    if stored.number != (expected := walk.numbers[key]):
        where = {"journal": journal, "fiscal_year": year}
        findings.note("numbering", reference=reference, number=stored.number, expected=expected, **where)
        walk.numbers[key] = stored.number


def _check_contents(book: Book, stored: StoredEntry, walk: _Walk, findings: Findings) -> None:
    entry = stored.entry
    for unit, total in sums_per_unit(entry.lines).items():
        if total:
            findings.note("balance", reference=entry.reference, total=total, unit=unit.code)
    try:
        leaf = _leaf(book, stored)
    except LedgerError:
        leaf = b""
    if leaf != stored.leaf:
        findings.note("leaf", reference=entry.reference)
    walk.leaves[stored.seal].append(leaf)
    if not entry.reverses:
        walk.reversible[entry.reference] = entry.lines
    elif walk.reversible.pop(entry.reverses, None) != turned(entry.lines):
        findings.note("reversal", reference=entry.reference, reverses=entry.reverses)


def _leaf(book: Book, stored: StoredEntry) -> bytes:
    """The hash of the entry as it stands, from its own words unless they were erased."""
    digest = stored.label_hash if stored.salt is None else chain.label_hash(stored.entry.label, stored.salt)
    text = chain.canonical_text(
        stored.entry, book=book.slug, fiscal_year=stored.fiscal_year, number=stored.number, label_digest=digest
    )
    return chain.leaf_hash(text)


# Rows that belong nowhere


def _check_rows(book: Book, findings: Findings) -> None:
    """Find what the walk over entries cannot see: rows behind the head's back, words without an erasure."""
    low, high = first_id(book.pk), first_id(book.pk + 1)
    head = book.head
    if (extra := EntryRow.objects.filter(pk__gt=head.last_entry, pk__lt=high).order_by("pk").first()) is not None:
        findings.note("unsealed", reference=extra.reference)
    stray = fetched(
        "SELECT p.id FROM ledger_posting p LEFT JOIN ledger_entry e ON e.id = p.entry_id "
        "AND p.id >= e.first_posting AND p.id < e.first_posting + e.postings "
        'AND p."on" = e."on" WHERE p.id > %s AND p.id < %s AND e.id IS NULL ORDER BY p.id LIMIT 1',
        [low, high],
    )
    for (posting_id,) in stray:
        findings.note("posting", posting=posting_id & NUMBER_MASK)
    lost = fetched(
        "SELECT e.reference FROM ledger_entry e LEFT JOIN ledger_labelerasure x ON x.entry_id = e.id "
        "WHERE e.id > %s AND e.id < %s AND ((e.salt IS NULL) <> (x.entry_id IS NOT NULL) "
        "OR (e.label = '') <> (e.salt IS NULL)) ORDER BY e.id LIMIT 1",
        [low, high],
    )
    for (reference,) in lost:
        findings.note("label", reference=reference)


# Seals and the head


def _check_seals(book: Book, leaves: dict[int, list[bytes]], findings: Findings) -> None:
    entry, posting = first_id(book.pk) + 1, first_id(book.pk) + 1
    previous, number = chain.genesis(book.slug, book.functional_unit.code), 0
    seals = Seal.objects.filter(pk__gt=first_id(book.pk), pk__lt=first_id(book.pk + 1)).order_by("pk")
    for seal in seals.iterator():
        number += 1
        if seal.number != number:
            findings.note("seal-gap", seal=number)
            number = seal.number
        sealed = leaves.get(seal.number, [])
        if (seal.first_entry, seal.first_posting, seal.entries) != (entry, posting, len(sealed)):
            findings.note("seal", seal=number)
        if (bytes(seal.previous), bytes(seal.hash)) != (previous, chain.seal_hash(previous, sealed)):
            findings.note("chain", seal=number)
        entry, posting, previous = seal.first_entry + seal.entries, seal.first_posting + seal.postings, bytes(seal.hash)
    head = book.head
    ends = (head.last_seal & NUMBER_MASK, head.last_entry, head.last_posting, bytes(head.hash))
    if ends != (number, entry - 1, posting - 1, previous):
        findings.note("head", seal=number)


# Balances, periods, letterings


def _check_balances(book: Book, findings: Findings) -> None:
    """Compare every stored balance with the sum of its postings, and every account with its code."""
    sums = {
        account_id: (int(debit), int(credit), lines)
        for account_id, debit, credit, lines in fetched(
            f"SELECT account_id, {GROSS_SUMS}, count(*) FROM ledger_posting "  # noqa: S608 - a constant
            "WHERE id > %s AND id < %s GROUP BY account_id",
            [first_id(book.pk), first_id(book.pk + 1)],
        )
    }
    accounts = Account.objects.filter(book=book).select_related("unit", "balance").order_by("pk")
    for account in accounts:
        held, computed = getattr(account, "balance", None), sums.pop(account.pk, (0, 0, 0))
        if account_key(account).code != account.code:
            findings.note("account", account=account.code)
        if held is None or (held.debit, held.credit, held.count) != computed:
            findings.note("stored-balance", account=account.code)
            continue
        amount = held.debit - held.credit
        if (held.floor is not None and amount < held.floor) or (held.ceiling is not None and amount > held.ceiling):
            findings.note("limit", account=account.code)
    for account_id in sorted(sums):
        findings.note("account", account=account_id & NUMBER_MASK)


def _check_periods(book: Book, findings: Findings) -> None:
    """Every period's state is what its log ends with, no two meet, and none lets its fiscal year out."""
    periods = Period.objects.filter(fiscal_year__book=book).select_related("fiscal_year").order_by("first", "pk")
    states = {"lock": "locked", "unlock": "open", "close": "closed"}
    acts = dict(PeriodLog.objects.filter(period__fiscal_year__book=book).order_by("pk").values_list("period_id", "act"))
    last = date.min
    for period in periods:
        if states.get(acts.get(period.pk, "unlock")) != period.state:
            findings.note("period-state", first=period.first, state=period.state)
        if (
            period.first <= last
            or not period.fiscal_year.first <= period.first <= period.last <= period.fiscal_year.last
        ):
            findings.note("period-span", first=period.first)
        last = max(last, period.last)


def _check_letterings(book: Book, findings: Findings) -> None:
    """What is lettered is what the log says, of one account, and sums to zero unless it is partial."""
    logged: dict[tuple[int, str], tuple[int, ...]] = {}
    for log in LetteringLog.objects.filter(account__book=book).order_by("pk"):
        numbers = tuple(map(int, log.postings.split()))
        if log.act == "done":
            logged[(log.account_id, log.code)] = numbers
        else:
            logged.pop((log.account_id, log.code), None)
    standing: dict[tuple[int, str], list[LetteredPosting]] = defaultdict(list)
    found = LetteredPosting.objects.filter(lettering__account__book=book).select_related("lettering", "posting")
    for row in found.order_by("posting_id"):
        standing[(row.lettering.account_id, row.lettering.code)].append(row)
    for key in sorted(logged.keys() | standing.keys()):
        lettered = standing.get(key, [])
        as_logged = tuple(row.posting_id & NUMBER_MASK for row in lettered) == logged.get(key, ())
        if not as_logged or not _settles(key[0], lettered):
            findings.note("lettering", lettering=key[1])


def _settles(account_id: int, lettered: Sequence[LetteredPosting]) -> bool:
    """Whether the postings are all of the account, and sum to zero unless their lettering is partial."""
    postings = [row.posting for row in lettered]
    total = sum(posting.minor for posting in postings)
    is_partial = lettered[0].lettering.is_partial
    return all(posting.account_id == account_id for posting in postings) and (is_partial or total == 0)


_PARTS = (
    _check_chain,
    _check_rows,
    _check_balances,
    _check_periods,
    _check_letterings,
    _check_rollup,
    _check_tree,
    _check_units,
)
"""What is checked, in this order; a part that cannot read its rows does not keep the others from theirs."""
