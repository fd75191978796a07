"""What every page has: its template, the doors of its fund, and the day as of which it speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fund import roles
from fund.models import Fund
from fund.queries.horizon import latest_day
from fund.statements.document import Language
from fund.web.access import SeatedRequest


@dataclass(frozen=True, slots=True)
class Door:
    """A link of the fund's own bar."""

    label: str
    address: str


class AsOfForm(forms.Form):
    """The day as of which figures are asked for."""

    as_of = forms.DateField(
        label=_("As of"),
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("This is not a date. Write it like 2026-12-31.")},
    )


def language_of_page() -> Language:
    """The language in which the page is read: French unless English is asked for."""
    return "en" if (get_language() or "").startswith("en") else "fr"


def asked_day(request: SeatedRequest, fund: Fund) -> tuple[AsOfForm, date]:
    """The form, and the day it holds; where none is given, or none that exists, the day on which all is known.

    That is today, or the last day of the records of a fund whose year was taken from files ahead of time.
    """
    known = max(request.today, latest_day(fund) or request.today)
    form = AsOfForm(request.GET if "as_of" in request.GET else {"as_of": known.isoformat()})
    day = form.cleaned_data["as_of"] if form.is_valid() else None
    if day and day > known:
        form.add_error("as_of", _("Nobody knows this day yet: choose one until today."))
        day = None
    return form, day or known


def show_as_of(
    request: SeatedRequest, template: str, context: dict[str, Any], *, fund: Fund, form: AsOfForm, day: date
) -> HttpResponse:
    """A page about a day, with the form that chooses it; `later` is the last day of the records beyond it."""
    latest = latest_day(fund)
    later = latest if latest and latest > day else None
    return show(request, template, {**context, "form": form, "later": later}, fund=fund, status=status_of(form))


def status_of(*asked: forms.Form) -> int:
    """“Bad request” when the address holds what a form refuses, though the page is shown with the sentence why."""
    return 200 if all(form.is_valid() for form in asked) else 400


def show(
    request: SeatedRequest, template: str, context: dict[str, Any], *, fund: Fund | None = None, status: int = 200
) -> HttpResponse:
    """A page; with a fund it carries the doors that the visitor may open."""
    doors = fund_doors(request, fund) if fund else ()
    return render(request, template, {**context, "fund": fund, "fund_doors": doors}, status=status)


def fund_doors(request: SeatedRequest, fund: Fund) -> tuple[Door, ...]:
    """The fund's pages that this visitor may open."""
    doors = [
        Door(fund.name, reverse("fund", args=[fund.slug])),
        Door(cast(str, _("The rules")), reverse("rules", args=[fund.slug])),
        Door(cast(str, _("Calls")), reverse("calls", args=[fund.slug])),
        Door(cast(str, _("Recognition")), reverse("notoriety", args=[fund.slug])),
    ]
    if roles.companies_of(request.seats, fund.slug):
        doors.append(Door(cast(str, _("My applications")), reverse("applications", args=[fund.slug])))
    if roles.may_see_drafts(request.seats, fund.slug):
        doors.append(Door(cast(str, _("Drafts of the rules")), reverse("drafts", args=[fund.slug])))
    for seat in request.seats:
        if seat.fund == fund.slug and seat.role == "member":
            doors.append(Door(cast(str, _("My contributions")), reverse("member", args=[fund.slug, seat.party])))
    if roles.may_see_books(request.seats, fund.slug):
        doors.append(Door(cast(str, _("The books")), reverse("books", args=[fund.slug])))
    if roles.may_audit(request.seats, fund.slug):
        doors.append(Door(cast(str, _("The auditor’s desk")), reverse("audit", args=[fund.slug])))
    return tuple(doors)


def text_file(text: str, name: str) -> HttpResponse:
    """A text to take away, byte for byte."""
    return HttpResponse(
        text.encode(),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
