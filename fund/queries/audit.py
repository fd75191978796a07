"""The auditor's desk: samples with their ticks, notes with their answers, and until when the auditor is let in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from fund.accounting.sampling import Plan
from fund.accounting.sampling import sample_of as drawn_sample
from fund.accounting.year import FiscalYear
from fund.models import Access, AuditNote, AuditSample, AuditSampleEntry, AuditTick, Fund
from fund.queries.accounts_year import years_of
from fund.queries.bookings import number_of, population
from fund.queries.books import chain_head
from fund.queries.papers import paper_of
from ledger.balances import Head
from ledger.balances import entry as entry_of
from ledger.errors import BookUnknown, EntryUnknown
from ledger.money import Amount, Unit, unit_of

PAGE_LINES = 50
"""Entries of a sample on one page."""

_SETTLED = (AuditTick.Outcome.AGREED, AuditTick.Outcome.DIFFERENCE)


@dataclass(frozen=True, slots=True)
class TickShown:
    """A tick; `difference` in the fund's currency."""

    outcome: str
    difference: Amount | None
    note: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An entry of a sample with what the books say of it and its ticks, the last one first."""

    rank: int
    reference: str
    number: str
    on: date | None
    label: str
    document: str
    has_paper: bool
    amount: Amount
    stratum: str
    why: str
    ticks: tuple[TickShown, ...]

    @property
    def tick(self) -> TickShown | None:
        """What holds: the last tick."""
        return self.ticks[0] if self.ticks else None


@dataclass(frozen=True, slots=True)
class SampleLine:
    """A sample in the list: how many entries it has, how many are ticked, how many of those wait for an answer."""

    row: AuditSample
    amount: Amount
    entries: int
    ticked: int
    waiting: int

    @property
    def open(self) -> int:
        """Entries without a tick, or whose last tick is a question or a missing document."""
        return self.entries - self.ticked + self.waiting


@dataclass(frozen=True, slots=True)
class SampleShown:
    """A sample with a page of its entries; `next_after` is None on the last page."""

    line: SampleLine
    unit: Unit
    parameters: dict[str, object]
    interval: Amount
    entries: tuple[EntryShown, ...]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class AuditDesk:
    """What an auditor finds on coming back."""

    years: tuple[FiscalYear, ...]
    samples: tuple[SampleLine, ...]
    notes: tuple[AuditNote, ...]
    head: Head | None

    @property
    def open_entries(self) -> int:
        return sum(sample.open for sample in self.samples)


def audit_desk(fund: Fund) -> AuditDesk:
    """Samples, the latest first; notes that were not corrected since, the latest first; the head of the chain."""
    samples = AuditSample.objects.filter(fund=fund).order_by("-number")
    return AuditDesk(
        tuple(reversed(years_of(fund))), tuple(_line(row) for row in samples), notes_of(fund), chain_head(fund)
    )


def notes_of(
    fund: Fund, *, about: str = "", subject: str = "", only_shared: bool = False, with_corrected: bool = False
) -> tuple[AuditNote, ...]:
    """The notes, the latest first: all of them, or those on one thing, or those that bookkeepers are asked."""
    rows = AuditNote.objects.filter(fund=fund).annotate(answered=Count("answers")).order_by("-number")
    if about:
        rows = rows.filter(about=about, subject=subject)
    if only_shared:
        rows = rows.filter(is_shared=True)
    if not with_corrected:
        rows = rows.filter(corrected_by=None)
    return tuple(rows.select_related("corrects"))


def sample_of(fund: Fund, number: int) -> AuditSample | None:
    """The sample of this number; None when there is none."""
    return AuditSample.objects.filter(fund=fund, number=number).first() if number < 2**31 else None


def is_drawn_again(fund: Fund, row: AuditSample) -> bool:
    """Whether the books, the seed and the parameters give the same entries today, as they always do unless altered."""
    plan = plan_of(row)
    year = next((each for each in years_of(fund) if each.code == row.fiscal_year), None)
    if year is None:
        return False
    items = population(fund, year, plan.accounts, entries=row.entries)
    drawn = drawn_sample(items, plan, seed=row.seed, head=row.head).drawn
    return [each.item.reference for each in drawn] == list(
        row.drawn.order_by("rank").values_list("reference", flat=True)
    )


def plan_of(row: AuditSample) -> Plan:
    """The plan by which a sample was drawn."""
    kept: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.parameters.items()
    }
    return Plan(**kept)


def sample_page(fund: Fund, row: AuditSample, after: int | None = 0) -> SampleShown:
    """The sample with its entries after a rank, a page of them; all of them when `after` is None."""
    unit = unit_of(fund.currency)
    found = row.drawn.order_by("rank").prefetch_related("ticks")
    page = list(found if after is None else found.filter(rank__gt=after)[: PAGE_LINES + 1])
    shown = page if after is None else page[:PAGE_LINES]
    return SampleShown(
        _line(row),
        unit,
        dict(row.parameters),
        Amount(row.interval_minor, unit),
        tuple(entry_shown(fund, each) for each in shown),
        shown[-1].rank if len(page) > len(shown) else None,
    )


def entry_shown(fund: Fund, row: AuditSampleEntry) -> EntryShown:
    """An entry of a sample as the page shows it."""
    unit = unit_of(fund.currency)
    ticks = tuple(
        TickShown(
            tick.outcome,
            None if tick.difference_minor is None else Amount(tick.difference_minor, unit),
            tick.note,
            tick.on,
            tick.by,
        )
        for tick in sorted(row.ticks.all(), key=lambda tick: -tick.pk)
    )
    try:
        stored = entry_of(fund.slug, row.reference)
    except (BookUnknown, EntryUnknown):  # somebody took it away from the books, which `verify` says
        stored = None
    return EntryShown(
        row.rank,
        row.reference,
        number_of(stored) if stored else row.reference,
        stored.entry.on if stored else None,
        stored.entry.label if stored else "",
        stored.entry.document.reference if stored else "",
        stored is not None and paper_of(fund, row.reference) is not None,
        Amount(row.minor, unit),
        row.stratum,
        row.why,
        ticks,
    )


def _line(row: AuditSample) -> SampleLine:
    last: dict[int, str] = {}
    for entry, outcome in AuditTick.objects.filter(entry__sample=row).order_by("pk").values_list("entry_id", "outcome"):
        last[entry] = outcome
    waiting = sum(outcome not in _SETTLED for outcome in last.values())
    amount = Amount(row.amount_minor, unit_of(row.fund.currency))
    return SampleLine(row, amount, row.drawn.count(), len(last), waiting)


@dataclass(frozen=True, slots=True)
class AuditorsEnd:
    """Until when a user is let in as auditor; `until` is None for an access that was given without an end."""

    until: date | None


def auditors_end(fund: Fund, user: int | None, on: date) -> AuditorsEnd | None:
    """The latest last day of the accesses in force of this user as auditor; None for whoever is not one."""
    rows = Access.objects.filter(Q(until=None) | Q(until__gte=on), fund=fund, user=user, role="auditor", since__lte=on)
    days = list(rows.values_list("until", flat=True))
    if not days:
        return None
    return AuditorsEnd(None if None in days else max(day for day in days if day))
