"""Events that a bookkeeper records: the catalogue, the form, the lines before they are booked; and third parties."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fund.entries.catalogue import EVENTS, GROUPS, events_of, journal_of
from fund.models import Fund
from fund.services.recording import planned_entries, record_event
from fund.services.third_parties import register_party
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.bookkeeping_forms import EventForm, PartyForm
from fund.web.pages import language_of_page, show
from ledger.journal import Entry


def listed(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """The events that are recorded by hand, in their groups."""
    language = language_of_page()
    groups = [
        (names[language], [(event, event.title(language), journal_of(event, language)) for event in events_of(code)])
        for code, names in GROUPS.items()
    ]
    return show(request, "bookkeeping/record.html", {"groups": groups}, fund=fund)


def event(request: SeatedRequest, fund: Fund, event: str) -> HttpResponse:
    """One event: its form, its lines once they are asked for, and the act that books those very lines."""
    found = EVENTS.get(event)
    if found is None:
        raise Http404
    language = language_of_page()
    posted = request.method == "POST"
    options: dict[str, Any] = {"event": found, "fund": fund}
    form = (
        EventForm(request.POST, request.FILES, **options)
        if posted
        else EventForm(initial={"on": request.today}, **options)
    )
    planned: tuple[Entry, ...] = ()
    shown = form
    if posted and form.is_valid():
        told = form.told()
        seen = form.cleaned_data["seen"]
        if seen and request.POST.get("step") == "book" and seen == _seen(told.digest):
            recorded = act(form, record_event, actor_of(request, fund), told)
            if recorded is not None:
                messages.success(request, _("The event is booked."))
                return redirect("entry", fund.slug, recorded.entries[0])
        else:
            planned = act(form, planned_entries, fund, told) or ()
            if planned:
                data = request.POST.copy()
                data["seen"], data["sha256"] = _seen(told.digest), told.document.sha256
                shown = EventForm(data, **options)
                shown.is_valid()
    context = {
        "event": found,
        "title": found.title(language),
        "journal": journal_of(found, language),
        "note": found.note[language] if found.note else "",
        "form": shown,
        "planned": planned,
    }
    return show(request, "bookkeeping/event.html", context, fund=fund, status=status_after(form))


def _seen(digest: str) -> str:
    """What the form carries to say that these very facts were shown as lines."""
    return sha256(f"seen {digest}".encode()).hexdigest()


def third_parties(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Who the books are kept for, and the form that adds somebody."""
    posted = request.method == "POST"
    form = PartyForm(request.POST) if posted else PartyForm()
    if (
        posted
        and form.is_valid()
        and act(form, register_party, actor_of(request, fund), **form.cleaned_data, on=request.today) is not None
    ):
        messages.success(request, _("The third party is kept."))
        return redirect("third-parties", fund.slug)
    parties = fund.parties.prefetch_related("roles").order_by("code")
    rows = [(party, sorted({str(role.get_kind_display()) for role in party.roles.all()})) for party in parties]
    return show(
        request, "bookkeeping/third_parties.html", {"form": form, "rows": rows}, fund=fund, status=status_after(form)
    )
