"""The credits of a project: who is named, under which word, in which order, and what to beware of."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from fund.charter.words.credit_words import credit_text, logo_text, warning_text
from fund.models import Fund
from fund.queries.credits import ProjectCredits, project_credits
from fund.web.access import SeatedRequest
from fund.web.notoriety import known_day
from fund.web.notoriety_forms import PrintForm
from fund.web.pages import language_of_page, show, status_of


def page(request: SeatedRequest, fund: Fund, code: str) -> HttpResponse:
    """The credit line and the logos of a project, generated from what each one gave."""
    facts, form = asked_credits(request, fund, code)
    language = language_of_page()
    said = facts.credits
    context = {
        "form": form,
        "facts": facts,
        "line": credit_text(said, "fr") if said else "",
        "in_english": credit_text(said, "en") if said and language == "en" else "",
        "logos": [logo_text(logo, language) for logo in said.logos] if said else [],
        "warnings": [warning_text(warning, language) for warning in said.warnings] if said else [],
    }
    return show(request, "notoriety/credits.html", context, fund=fund, status=status_of(form))


def asked_credits(request: SeatedRequest, fund: Fund, code: str) -> tuple[ProjectCredits, PrintForm]:
    """The credits as of today, with the day of printing that the address gives."""
    form = PrintForm(request.GET)
    print_on = form.cleaned_data["print_on"] if form.is_valid() else None
    facts = project_credits(fund, code, known_day(request, fund), print_on=print_on)
    if facts is None:
        raise Http404
    return facts, form
