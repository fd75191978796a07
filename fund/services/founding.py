"""A fund is founded and opens its years."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from fund.chart import JOURNALS, chart_of
from fund.models import Fund
from fund.services.actors import Actor, log, open_journals, refuse_conflict
from ledger.posting import open_book, open_fiscal_year, open_journal


@transaction.atomic
def found_fund(
    *,
    slug: str,
    name: str,
    legal_form: str,
    siren: str,
    currency: str,
    on: date,
    by: str,
    files_digest: bytes | None = None,
    journals: Mapping[str, str] | None = None,
) -> Actor:
    """Found a fund with its book and journals; founding it again with the same facts finds it.

    `journals` are the fund's own labels by code, beside and instead of those of the chart.
    """
    given = {"name": name, "legal_form": legal_form, "siren": siren, "currency": currency}
    fund, made = Fund.objects.get_or_create(slug=slug, defaults={**given, "founded_on": on})
    if not made:
        held = {"name": fund.name, "legal_form": fund.legal_form, "siren": fund.siren, "currency": fund.currency}
        refuse_conflict(what="fund", reference=slug, held=held, given=given)
    open_book(slug=slug, name=name, functional_unit=currency)
    for code, label in (journals or {}).items():
        open_journal(slug, code=code, label=label)
    open_journals(slug, JOURNALS)
    actor = Actor(fund=fund, by=by, files_digest=files_digest)
    if made:
        log(actor, on=on, kind="fund-founded", reference=slug)
    return actor


@transaction.atomic
def open_year(actor: Actor, year: int) -> None:
    """Open the fiscal year in the books, month by month, under the chart that it follows.

    A book that was founded before a journal existed gets it here.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    open_journals(actor.fund.slug, JOURNALS)
    open_fiscal_year(actor.fund.slug, code=str(year), first=first, last=last, chart=chart_of(year))
