"""Who acts, for which fund, and how an act reaches the books and the log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from fund.accounting.chart_check import check_accounts
from fund.chart import CHARTS, JOURNALS, is_in_chart
from fund.errors import FundDiffers, RecordConflict
from fund.models import Act, Fund
from ledger.journal import Entry
from ledger.journals import journal_labels
from ledger.periods import fiscal_years
from ledger.posting import Posted, open_journal, post_many

FIRST_JOURNALS = frozenset({"AP", "BQ", "HB", "AI", "RT", "CV"})
"""The journals that every book has had since it was founded; the others are looked for before an act books in one."""


@dataclass(frozen=True)
class Actor:
    """Somebody acting for a fund.

    `files_digest` is given when the acts come out of files: it salts the labels, and entries are validated on
    their own date, so that an import that was stopped and run again ends with the same chain on any machine.
    """

    fund: Fund
    by: str
    files_digest: bytes | None = None


def book(actor: Actor, entries: Iterable[Entry]) -> tuple[Posted, ...]:
    """Post the entries of one act together, under one seal; what moves nothing needs no entry.

    An entry on an account that the chart of its fiscal year lacks is refused. A journal that the book was founded
    before is opened here.
    """
    moving = [
        replace(entry, validated_on=entry.on) if actor.files_digest else entry for entry in entries if entry.lines
    ]
    check_chart(actor.fund.slug, moving)
    open_journals(actor.fund.slug, {entry.journal for entry in moving} - FIRST_JOURNALS)
    return post_many(actor.fund.slug, moving, salt_seed=actor.files_digest)


def check_chart(book_slug: str, entries: Iterable[Entry]) -> None:
    """Refuse by name an account that the chart of its entry's fiscal year does not have.

    Most accounts stand in every version, so the years are only looked up for the others.
    """
    doubtful = [
        (entry.on, number)
        for entry in entries
        for number in dict.fromkeys(line.account.chart for line in entry.lines)
        if not all(is_in_chart(number, chart) for chart in CHARTS)
    ]
    years = fiscal_years(book_slug) if doubtful else []
    for on, number in doubtful:
        year = next((year for year in years if year.first <= on <= year.last), None)
        if year is not None:  # a day without a fiscal year is refused by the ledger
            check_accounts([number], chart=year.chart, year=year.code)


def open_journals(book_slug: str, codes: Collection[str]) -> None:
    """Open journals that the book does not have; one that an import opened under words of its own stays as it is."""
    wanted = set(codes) & set(JOURNALS)
    for code in sorted(wanted - set(journal_labels(book_slug)) if wanted else ()):
        open_journal(book_slug, code=code, label=JOURNALS[code]["fr"])


def log(actor: Actor, *, on: date, kind: str, reference: str, **facts: object) -> None:
    """Add one act to the log; facts are codes and figures, never free text about people."""
    Act.objects.create(fund=actor.fund, on=on, by=actor.by, kind=kind, reference=reference, facts=facts)


def take_turn(fund: Fund) -> Fund:
    """Wait until no other act of this fund is under way, so that what is looked at stays true until the end.

    On SQLite every transaction has already waited for its turn (it begins IMMEDIATE).
    """
    return Fund.objects.select_for_update().get(pk=fund.pk)


def refuse_foreign(ours: Fund, theirs: Fund) -> None:
    """Refuse a record of another fund."""
    if ours.pk != theirs.pk:
        raise FundDiffers(ours=ours.slug, theirs=theirs.slug)


def refuse_conflict(*, what: str, reference: str, held: Mapping[str, object], given: Mapping[str, object]) -> None:
    """Pass when the same reference comes with the same contents; refuse by name what differs."""
    differences = {name: (held[name], value) for name, value in given.items() if held[name] != value}
    if differences:
        raise RecordConflict(what=what, reference=reference, differences=differences)
