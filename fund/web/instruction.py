"""Applications as the committee reads them: the list, one application whole, its documents, its reports."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from allocation.instructing.budget_checks import check_sentence, check_title
from allocation.instructing.instruction import IN_INSTRUCTION, rapporteurs_of
from allocation.models import Application, Call
from fund.models import Fund
from fund.queries.applications import document_held, party_names
from fund.queries.eligibility import eligibility_of
from fund.queries.files import FileLine, FileShown, file_lines, file_shown
from fund.queries.interests import Reader, voices_on
from fund.queries.people import names_of
from fund.services.instruction import write_report
from fund.statements.render import csv
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.application_shown import content_shown
from fund.web.applications import document_file
from fund.web.committee_doors import application_numbered, call_and_reader, closed_door, may_assign
from fund.web.file_rows import files_table
from fund.web.instruction_forms import FilterForm, ReportForm
from fund.web.pages import language_of_page, show, status_of
from ledger.money import unit_of


def listed(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """The applications with their state, and what is left to the visitor to do; the filter stands in the address."""
    found, reader = call_and_reader(request, fund, call)
    if (closed := undeclared_first(request, fund, found, reader)) is not None:
        return closed
    form = FilterForm(request.GET)
    everything = file_lines(fund, found, reader, request.today)
    context = {
        "call": found,
        "reader": reader,
        "form": form,
        "all": everything,
        "lines": _taken(form, everything, reader),
        "query": request.GET.urlencode(),
    }
    return show(request, "instruction/list.html", context, fund=fund, status=status_of(form))


def listed_csv(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """The same list under the same filter, to take away."""
    found, reader = call_and_reader(request, fund, call)
    if (closed := undeclared_first(request, fund, found, reader)) is not None:
        return closed
    lines = _taken(FilterForm(request.GET), file_lines(fund, found, reader, request.today), reader)
    return csv_file(csv.render(files_table(found, lines), language_of_page()), f"{fund.slug}-{found.slug}-files.csv")


def csv_file(content: bytes, name: str) -> HttpResponse:
    """A table to take away."""
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def undeclared_first(request: SeatedRequest, fund: Fund, call: Call, reader: Reader) -> HttpResponse | None:
    """Whoever sits on the committee and declared nothing yet declares first."""
    if not reader.sits or reader.declared:
        return None
    messages.info(request, _("Declare your interests first: nobody reads an application before."))
    return redirect("interests", fund.slug, call.slug)


def _taken(form: FilterForm, lines: tuple[FileLine, ...], reader: Reader) -> list[FileLine]:
    name = names_of([reader.person])[reader.person]
    return [line for line in lines if form.takes(line, name)]


def file(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """One application: as it was filed, what is complete and balanced, what rapporteurs and readers make of it."""
    found, reader = call_and_reader(request, fund, call)
    application = application_numbered(found, number)
    if (closed := closed_door(request, fund, found, reader, number)) is not None:
        return closed
    shown = file_shown(fund, application, reader, request.today)
    language, unit = language_of_page(), unit_of(found.currency)
    strands = found.envelopes.values_list("code", "name")
    voices = voices_on(application, request.today)
    context = {
        "call": found,
        "reader": reader,
        "file": shown,
        "content": content_shown(shown.reading.content, unit, language, strands=dict(strands), names=party_names(fund)),
        "faults": [(each.where(language), each.sentence(language)) for each in shown.reading.missing],
        "checks": [
            (check_title(each, language), check_sentence(each, language, unit=unit), each.holds)
            for each in shown.checks
        ],
        "eligibility": eligibility_of(fund, application, shown.filed_on or request.today, language),
        "compared": [
            (
                each,
                [(answer, each.question.choice_in(answer.choice, language)) for answer in each.answers],
                each.question.text_in(language),
                each.difference(language),
            )
            for each in shown.fit
        ],
        "answered": any(each.answers for each in shown.fit),
        "voices": voices,
        "names": names_of(voices.electorate),
        "admission": _admission(request, fund, application),
        "may_report": _may_report(reader, application),
        "may_score": _may_score(reader, application, shown),
    }
    return show(request, "instruction/file.html", context, fund=fund)


def _admission(request: SeatedRequest, fund: Fund, application: Application) -> str:
    """The secretary's page about this application."""
    if not may_assign(request, fund):
        return ""
    return reverse("application-admission", args=[fund.slug, application.call.slug, application.number])


def _may_report(reader: Reader, application: Application) -> bool:
    people = {task.person for task in rapporteurs_of(application)}
    return reader.sits and reader.person in people and application.state in IN_INSTRUCTION


def _may_score(reader: Reader, application: Application, shown: FileShown) -> bool:
    open_ = application.state in IN_INSTRUCTION and not shown.scores.is_over
    return reader.sits and open_ and bool(shown.scores.rubric)


def document(request: SeatedRequest, fund: Fund, call: str, number: int, pk: int) -> HttpResponse:
    """A document of an application, to take away: it is never shown as a page of this site."""
    found, reader = call_and_reader(request, fund, call)
    application = application_numbered(found, number)
    if (closed := closed_door(request, fund, found, reader, number)) is not None:
        return closed
    return document_file(document_held(application, pk))


def report(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """The reports on an application with their versions, and for its rapporteurs the form of the next one."""
    found, reader = call_and_reader(request, fund, call)
    application = application_numbered(found, number)
    if (closed := closed_door(request, fund, found, reader, number)) is not None:
        return closed
    posted, may_report = request.method == "POST", _may_report(reader, application)
    if posted and not reader.sits:
        raise Http404
    shown = file_shown(fund, application, reader, request.today)
    own = next((each for each in shown.reports if each.person == reader.person and each.is_last), None)
    initial = {
        "opinion": own.opinion if own else "",
        "text": own.text if own else "",
        "suggested": own.suggested.major if own and own.suggested else "",
    }
    unit = unit_of(found.currency)
    form = ReportForm(request.POST, unit=unit) if posted else ReportForm(initial=initial, unit=unit)
    if (
        posted
        and form.is_valid()
        and act(form, write_report, actor_of(request, fund), application, form.said(), on=request.today) is not None
    ):
        messages.success(request, _("Your report is kept, with its earlier versions."))
        return redirect("file", fund.slug, found.slug, number)
    context = {"call": found, "file": shown, "form": form, "may_report": may_report, "own": own}
    return show(request, "instruction/report.html", context, fund=fund, status=status_after(form))
