"""The public facts of a fund, row by row, for files that anybody may take away.

What is not public on the pages is not here: contributors stand as they chose for each contribution, hidden ones
together, and a natural person who receives an award has neither name nor code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac

from allocation.amounts import amount_of
from allocation.models import Call, Outcome
from fund.models import (
    Contribution,
    Disbursement,
    Fund,
    InKindContribution,
    Party,
    Performance,
    Project,
    Return,
    Tranche,
)
from fund.models.contributions import Publicity
from fund.queries.gifts import Gifts, gifts_of, help_of, no_gifts, receipt_of
from ledger.money import Amount, Unit, total_of, unit_of

CHUNK = 1000
"""Rows that are read at once: a fund of any size takes the same room."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who an award goes to. Of a person, only `id` says that two awards are the same one's."""

    kind: str
    id: str
    name: str
    siren: str
    siret: str
    rna: str

    @property
    def is_person(self) -> bool:
        """Whether it is a natural person, whose name the law keeps out of open data."""
        return self.kind == Party.Kind.PERSON


@dataclass(frozen=True, slots=True)
class AwardRow:
    """An award with its agreement and what became of it by the day; no agreement, no dates of payment."""

    project: str
    title: str
    call: str
    call_name: str
    recipient: Recipient
    awarded: Amount
    awarded_on: date
    agreement: str
    signed_on: date | None
    tranches: int
    first_due: date | None
    last_due: date | None
    paid: Amount
    returned: Amount
    premiere_on: date | None
    played: int

    @property
    def to_pay(self) -> Amount:
        """What the award still promises."""
        return self.awarded - self.paid


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A tranche of an award that left the bank."""

    project: str
    tranche: int
    due_on: date
    paid_on: date
    amount: Amount


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """What a project owes the fund of the receipts that one statement declares."""

    project: str
    first: date
    last: date
    settled_on: date
    amount: Amount


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call for projects; `decided_on` is None before its outcome is public."""

    slug: str
    name: str
    opens: date
    applications_until: date | None
    closes: date
    method: str
    budget: Amount
    decided_on: date | None
    awards: int
    awarded: Amount


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """What one name or pseudonym gave in a year; all that is hidden stands in one row without year or name."""

    year: int | None
    contributor: str
    shown_as: str
    contributions: int
    gave: Gifts


def award_rows(fund: Fund, day: date) -> Iterator[AwardRow]:
    """The awards by the day, in the order in which they were recorded."""
    unit = unit_of(fund.currency)
    calls = dict(Call.objects.filter(owner=fund.slug).values_list("slug", "name"))
    for row in _awards(fund, day).iterator(chunk_size=CHUNK):
        agreement = getattr(row, "agreement", None)
        signed = agreement is not None and agreement.signed_on <= day
        yield AwardRow(
            project=row.code,
            title=row.title,
            call=row.call_slug,
            call_name=calls.get(row.call_slug, ""),
            recipient=recipient_of(fund, row.company),
            awarded=Amount(row.awarded_minor, unit),
            awarded_on=row.awarded_on,
            agreement=agreement.reference if signed and agreement else "",
            signed_on=agreement.signed_on if signed and agreement else None,
            tranches=row.tranches_count or 0,
            first_due=row.first_due if signed else None,
            last_due=row.last_due if signed else None,
            paid=Amount(row.paid_minor, unit),
            returned=Amount(row.returned_minor, unit),
            premiere_on=row.premiere_on,
            played=row.played_count,
        )


def _awards(fund: Fund, day: date) -> QuerySet[Any]:
    tranches = Tranche.objects.filter(agreement__project=OuterRef("pk")).order_by().values("agreement__project")
    paid = Disbursement.objects.filter(tranche__agreement__project=OuterRef("pk"), paid_on__lte=day).order_by()
    returned = Return.objects.filter(project=OuterRef("pk"), settled_on__lte=day).order_by()
    current = Q(statement__corrected_by=None) | Q(statement__corrected_by__declared_on__gt=day)
    played = Performance.objects.filter(
        current, statement__project=OuterRef("pk"), statement__declared_on__lte=day, cancelled=False
    ).order_by()
    rows: QuerySet[Any] = Project.objects.filter(fund=fund, awarded_on__lte=day).select_related("company", "agreement")
    return rows.annotate(
        tranches_count=Subquery(tranches.annotate(n=Count("pk")).values("n")),
        first_due=Subquery(tranches.annotate(n=Min("due_on")).values("n")),
        last_due=Subquery(tranches.annotate(n=Max("due_on")).values("n")),
        paid_minor=_sum(
            paid.values("tranche__agreement__project").annotate(n=Sum("tranche__amount_minor")).values("n")
        ),
        returned_minor=_sum(returned.values("project").annotate(n=Sum("amount_minor")).values("n")),
        played_count=_sum(played.values("statement__project").annotate(n=Count("pk")).values("n")),
    ).order_by("awarded_on", "pk")


def _sum(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows), 0)


def recipient_of(fund: Fund, party: Party) -> Recipient:
    """The party as open data may name it."""
    if party.kind == Party.Kind.PERSON:
        keyed = salted_hmac("open-data", f"{fund.slug}:{party.code}", algorithm="sha256").hexdigest()
        return Recipient(party.kind, f"person-{keyed[:16]}", "", "", "", "")
    return Recipient(party.kind, party.code, party.name, party.siren, party.siret, party.rna)


def payment_rows(fund: Fund, day: date) -> Iterator[PaymentRow]:
    """The payments by the day, in the order of their dates."""
    unit = unit_of(fund.currency)
    rows = Disbursement.objects.filter(tranche__agreement__project__fund=fund, paid_on__lte=day)
    named = ("tranche__agreement__project__code", "tranche__number", "tranche__due_on", "paid_on")
    for project, number, due_on, paid_on, minor in (
        rows.order_by("paid_on", "pk").values_list(*named, "tranche__amount_minor").iterator(chunk_size=CHUNK)
    ):
        yield PaymentRow(project, number, due_on, paid_on, Amount(minor, unit))


def return_rows(fund: Fund, day: date) -> Iterator[ReturnRow]:
    """The returns by the day, in the order of their dates."""
    unit = unit_of(fund.currency)
    rows = Return.objects.filter(project__fund=fund, settled_on__lte=day).order_by("settled_on", "pk")
    named = ("project__code", "statement__first", "statement__last", "settled_on", "amount_minor")
    for project, first, last, settled_on, minor in rows.values_list(*named).iterator(chunk_size=CHUNK):
        yield ReturnRow(project, first, last, settled_on, Amount(minor, unit))


def call_rows(fund: Fund, day: date) -> Iterator[CallRow]:
    """The calls that opened by the day."""
    decided = dict(
        Outcome.objects.filter(call__owner=fund.slug, published_on__lte=day).values_list("call_id", "published_on")
    )
    unit = unit_of(fund.currency)
    projects = Project.objects.filter(fund=fund, awarded_on__lte=day).order_by().values("call_slug")
    awarded = {
        row["call_slug"]: (row["n"], row["total"])
        for row in projects.annotate(n=Count("pk"), total=Sum("awarded_minor"))
    }
    calls = Call.objects.filter(owner=fund.slug, opens__lte=day).order_by("opens", "pk")
    for call in calls.prefetch_related("envelopes"):
        count, total = awarded.get(call.slug, (0, 0))
        own = unit_of(call.currency)
        yield CallRow(
            slug=call.slug,
            name=call.name,
            opens=call.opens,
            applications_until=call.applications_until,
            closes=call.closes,
            method=call.method,
            budget=total_of((amount_of(each.amount) for each in call.envelopes.all()), own),
            decided_on=decided.get(call.pk),
            awards=count,
            awarded=Amount(total, unit),
        )


def contribution_rows(fund: Fund, day: date) -> Iterator[ContributionRow]:
    """What was given by the day, by year and by the name that was chosen to be shown; the hidden ones together."""
    unit = unit_of(fund.currency)
    nothing = no_gifts(unit)
    gave: defaultdict[tuple[int, str, str], Gifts] = defaultdict(lambda: nothing)
    counts: defaultdict[tuple[int, str, str], int] = defaultdict(int)
    for on, publicity, shown, gift in _gifts(fund, day, unit):
        key = (0, publicity, "") if publicity == Publicity.HIDDEN else (on.year, publicity, shown)
        gave[key] += gift
        counts[key] += 1
    for key in sorted(gave):
        year, publicity, shown = key
        yield ContributionRow(year or None, shown, publicity, counts[key], gave[key])


def _gifts(fund: Fund, day: date, unit: Unit) -> Iterator[tuple[date, str, str, Gifts]]:
    """Each contribution: its day, how it is shown and under which name, and what it is."""
    receipts = Contribution.objects.filter(fund=fund, received_on__lte=day).select_related("membership__party")
    for row in receipts.iterator(chunk_size=CHUNK):
        yield row.received_on, row.publicity, _shown(row), gifts_of([receipt_of(row)], [], unit)
    helps = InKindContribution.objects.filter(fund=fund, given_on__lte=day).select_related("membership__party")
    for help_ in helps.iterator(chunk_size=CHUNK):
        yield help_.given_on, help_.publicity, _shown(help_), gifts_of([], [help_of(help_)], unit)


def _shown(row: Contribution | InKindContribution) -> str:
    if row.publicity == Publicity.NAME:
        return row.membership.party.name
    return row.pseudonym if row.publicity == Publicity.PSEUDONYM else ""
