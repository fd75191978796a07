"""How the fund books what it receives and shares: what holds today, and the form that chooses otherwise."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fund import roles
from fund.chart import SUBJECTS, options_of
from fund.models import Fund
from fund.queries.treatments import treatments_page
from fund.services.treatments import choose_treatment
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.bookkeeping_forms import TreatmentForm
from fund.web.notoriety import known_day
from fund.web.pages import language_of_page, show


def listed(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """What holds today, on which text, since when."""
    language = language_of_page()
    context = {
        "facts": treatments_page(fund, known_day(request, fund)),
        "subjects": {code: names[language] for code, names in SUBJECTS.items()},
        "language": language,
        "may_choose": roles.may_keep_books(request.seats, fund.slug),
    }
    return show(request, "bookkeeping/treatments.html", context, fund=fund)


def choose(request: SeatedRequest, fund: Fund, subject: str) -> HttpResponse:
    """Choose a treatment of a subject; every option with its text and its warning."""
    if subject not in SUBJECTS:
        raise Http404
    posted = request.method == "POST"
    options: dict[str, Any] = {"subject": subject, "today": request.today}
    form = TreatmentForm(request.POST, **options) if posted else TreatmentForm(**options)
    if (
        posted
        and form.is_valid()
        and act(form, choose_treatment, actor_of(request, fund), subject=subject, **form.cleaned_data) is not None
    ):
        messages.success(request, _("The treatment is chosen; what was booked stays as it is."))
        return redirect("treatments", fund.slug)
    context = {"form": form, "options": options_of(subject), "language": language_of_page()}
    return show(request, "bookkeeping/treatment_choose.html", context, fund=fund, status=status_after(form))
