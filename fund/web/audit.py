"""The auditor's desk: samples are drawn and ticked beside the books, which nothing here changes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fund.models import AuditSample, AuditSampleEntry, AuditTick, Fund
from fund.queries.accounts_year import years_of
from fund.queries.audit import audit_desk, auditors_end, entry_shown, is_drawn_again, sample_of, sample_page
from fund.queries.books import entry_page
from fund.services.audit import draw_sample, tick_entry
from fund.statements.audit_sheets import sample_sheet
from fund.statements.render import csv
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.audit_forms import AfterRankForm, SampleForm, TickForm
from fund.web.desk_files import table_file
from fund.web.pages import language_of_page, show, status_of
from ledger.money import unit_of


def desk(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """What an auditor finds on coming back: samples, open ticks, notes, and where the rest is."""
    facts = audit_desk(fund)
    packs = tuple((year.code, year.last.year) for year in reversed(facts.years))
    context = {"facts": facts, "packs": packs, "end": auditors_end(fund, request.user.pk, request.today)}
    return show(request, "audit/desk.html", context, fund=fund)


def new_sample(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Draw a sample."""
    posted = request.method == "POST"
    years = tuple(reversed(years_of(fund)))
    form = SampleForm(request.POST if posted else None, years=years, unit=unit_of(fund.currency))
    if posted and form.is_valid():
        year = next(each for each in years if each.code == form.cleaned_data["year"])
        row = act(
            form,
            draw_sample,
            actor_of(request, fund),
            year,
            form.plan(),
            seed=form.cleaned_data["seed"],
            on=request.today,
            reference=form.cleaned_data["reference"],
        )
        if row is not None:
            messages.success(request, _("The sample is drawn. Its recipe stands on this page."))
            return redirect("audit-sample", fund.slug, row.number)
    return show(request, "audit/sample_new.html", {"form": form, "years": years}, fund=fund, status=status_after(form))


def sample(request: SeatedRequest, fund: Fund, number: int) -> HttpResponse:
    """A sample: its recipe, its entries, what was found of each."""
    row = _sample(fund, number)
    place = AfterRankForm(request.GET)
    after = place.cleaned_data["after"] if place.is_valid() else None
    context = {
        "place": place,
        "facts": sample_page(fund, row, after or 0),
        "is_drawn_again": is_drawn_again(fund, row),
    }
    return show(request, "audit/sample.html", context, fund=fund, status=status_of(place))


def sample_csv(_request: SeatedRequest, fund: Fund, number: int) -> HttpResponse:
    """The whole sample to take away, with what is needed to draw it again."""
    row, language = _sample(fund, number), language_of_page()
    words = {str(code): str(said) for code, said in (*AuditTick.Outcome.choices, *AuditSampleEntry.Why.choices)}
    table = sample_sheet(sample_page(fund, row, after=None), language, words)
    return table_file(f"{fund.slug}-sample-{number}", csv.render(table, language))


def tick(request: SeatedRequest, fund: Fund, number: int, rank: int) -> HttpResponse:
    """Tick an entry of a sample."""
    row = _sample(fund, number).drawn.filter(rank=rank).first() if rank < 2**31 else None
    if row is None:
        raise Http404
    posted = request.method == "POST"
    unit = unit_of(fund.currency)
    form = TickForm(request.POST, unit=unit) if posted else TickForm(unit=unit)
    if (
        posted
        and form.is_valid()
        and act(
            form,
            tick_entry,
            actor_of(request, fund),
            row,
            outcome=form.cleaned_data["outcome"],
            difference=form.cleaned_data["difference"],
            note=form.cleaned_data["note"],
            on=request.today,
            reference=form.cleaned_data["reference"],
        )
        is not None
    ):
        messages.success(request, _("The entry is ticked."))
        return redirect(f"{reverse('audit-sample', args=[fund.slug, number])}#entry-{rank}")
    context = {
        "form": form,
        "sample": row.sample,
        "each": entry_shown(fund, row),
        "entry": entry_page(fund, row.reference),
    }
    return show(request, "audit/tick.html", context, fund=fund, status=status_after(form))


def _sample(fund: Fund, number: int) -> AuditSample:
    row = sample_of(fund, number)
    if row is None:
        raise Http404
    return row
