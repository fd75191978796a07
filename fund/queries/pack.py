"""What an audit pack holds of a fund beside the statements: the entries, seals, logs, charters and decisions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allocation.models import Decision, Outcome
from fund.accounting.currencies import is_foreign
from fund.accounting.pack_rows import entry_rows, guarded
from fund.accounting.year import FiscalYear
from fund.models import Anchor, CharterDecision, CharterVersion, Fund, Party
from fund.queries.valuation import Rates, foreign_entries
from ledger.balances import Head, chain_head, trial_balance
from ledger.entries import book_row, every_entry
from ledger.lettering import lettering_log
from ledger.periods import fiscal_years, period_log
from ledger.seals import Seal, seals

Rows = Iterator[Sequence[str]]


@dataclass(frozen=True, slots=True)
class BookFacts:
    """The book of a fund: its slug, its currency and the decimals of that, and where it ends."""

    slug: str
    currency: str
    scale: int
    head: Head


def book_facts(fund: Fund) -> BookFacts:
    """The facts that the verifier is given; refused when the fund has no books."""
    row = book_row(fund.slug)
    unit = row.functional_unit
    return BookFacts(row.slug, unit.code, unit.scale, chain_head(fund.slug))


def entries(fund: Fund, year: FiscalYear, upto: int, *, words: bool) -> Rows:
    """The lines of the first `upto` entries of the book, in order, a part in memory at a time.

    Lines of other currencies say what they are worth in the fund's own, as the statements of the year count them.
    """
    sealing, seal, values = seals(fund.slug), Seal(0, 0, ""), _values(fund, year)
    for stored in every_entry(book_row(fund.slug)):
        if stored.position > upto:
            break
        while seal.entries < stored.position:
            seal = next(sealing)
        yield from entry_rows(
            stored.entry,
            seal=seal.hash,
            place=stored.position,
            number=f"{stored.fiscal_year} {stored.number}",
            leaf=stored.leaf.hex(),
            label=stored.label_hash.hex(),
            salt="" if stored.salt is None else stored.salt.hex(),
            words=words,
            values=values.get(stored.entry.reference, ()),
        )


def _values(fund: Fund, year: FiscalYear) -> dict[str, tuple[int | None, ...]]:
    """By the reference of an entry with lines in other currencies, what these are worth; nothing without a rate."""
    found = foreign_entries(fund, year.last)
    rates = Rates(fund, found) if found else None
    valued: dict[str, tuple[int | None, ...]] = {}
    for stored in found:
        if rates is not None and rates.of_entry(stored.entry) is not None:
            worth = zip(stored.entry.lines, rates.values(stored.entry), strict=True)
            valued[stored.entry.reference] = tuple(
                minor if is_foreign(line.account.unit, fund.currency) else None for line, minor in worth
            )
    return valued


def period_rows(fund: Fund) -> Rows:
    """Who locked, unlocked and closed which month."""
    for act in period_log(fund.slug):
        days = (act.first.isoformat(), act.last.isoformat())
        yield [*days, act.act, guarded(act.by), guarded(act.why), act.moment.isoformat()]


def lettering_rows(fund: Fund) -> Rows:
    """What was lettered and unlettered; postings are the lines of the file of entries, the first being 1."""
    for act in lettering_log(fund.slug):
        numbers = " ".join(map(str, act.postings))
        partial = "partial" if act.is_partial else ""
        where = (act.account.code, act.account.unit.code, guarded(act.code), act.act, act.on.isoformat(), partial)
        yield [*where, numbers, guarded(act.by), act.moment.isoformat()]


def year_rows(fund: Fund) -> Rows:
    """The fiscal years: first and last day, the version of the chart, and how far each is shut."""
    for year in fiscal_years(fund.slug):
        yield [guarded(year.code), year.first.isoformat(), year.last.isoformat(), guarded(year.chart), year.state]


def charts_used(fund: Fund) -> list[str]:
    """The accounts of the chart that the books ever moved."""
    return sorted({row.chart for row in trial_balance(fund.slug)})


def party_rows(fund: Fund) -> Rows:
    """The codes of the books and the names of today."""
    for code, name in Party.objects.filter(fund=fund).order_by("code").values_list("code", "name"):
        yield [guarded(code), guarded(name)]


def charters(fund: Fund) -> list[CharterVersion]:
    """Every version of the charter, the oldest first."""
    return list(CharterVersion.objects.filter(fund=fund).order_by("number"))


def charter_decisions(fund: Fund) -> Iterator[tuple[int, str]]:
    """The decision that made each version of the charter, as JSON."""
    for row in CharterDecision.objects.select_related("version").filter(version__fund=fund).order_by("version__number"):
        facts = {
            name: getattr(row, name)
            for name in ("body", "manner", "present", "quorum", "votes_for", "votes_against", "votes_abstained",
                         "reference", "retroactive", "legal_bases", "recorded_by")
        }  # fmt: skip
        days = {"held_on": row.held_on.isoformat(), "recorded_on": row.recorded_on.isoformat()}
        version = {"charter": row.version.name, "version": row.version.number, "sha256": row.version.sha256}
        yield row.version.number, as_json(version | days | facts)


@dataclass(frozen=True, slots=True)
class DecidedCall:
    """A call that was decided in the year: its outcome as JSON, and the record of its decision where there is one."""

    slug: str
    outcome: str
    record: str


def decided_calls(fund: Fund, year: FiscalYear) -> list[DecidedCall]:
    """The calls whose outcome was published in the year, by slug."""
    found = Outcome.objects.select_related("call").filter(
        call__owner=fund.slug, published_on__gte=year.first, published_on__lte=year.last
    )
    records = dict(Decision.objects.filter(outcome__in=found.values("pk")).values_list("outcome_id", "record"))
    return [
        DecidedCall(
            row.call.slug,
            as_json(
                {
                    "call": row.call.slug,
                    "method": row.method,
                    "parameters": row.parameters,
                    "inputs_sha256": row.inputs_sha256,
                    "published_on": row.published_on.isoformat(),
                    "published_by": row.published_by,
                    "result": row.result,
                }
            ),
            records.get(row.pk, ""),
        )
        for row in found.order_by("call__slug")
    ]


def anchors(fund: Fund) -> list[Anchor]:
    """The checkpoints that were sent out, the oldest first."""
    return list(Anchor.objects.filter(fund=fund).order_by("entries", "on", "pk"))


def as_json(facts: object) -> str:
    """Facts as text, the same for the same facts."""
    return json.dumps(facts, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
