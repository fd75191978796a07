"""Who reads what: rapporteurs drawn evenly or named by hand, and released with a reason."""

from __future__ import annotations

from collections import Counter

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allocation.instructing.instruction import IN_INSTRUCTION
from allocation.instructing.interests import listed_rows
from allocation.models import Assignment, Call
from fund.models import Fund
from fund.queries.files import tasks_shown
from fund.queries.interests import listed_files, recusals_shown
from fund.queries.people import committee_of
from fund.services.instruction import assign_rapporteur, assign_rapporteurs_evenly, end_rapporteur
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.committee_doors import application_numbered, call_and_reader, may_assign
from fund.web.instruction import undeclared_first
from fund.web.instruction_forms import EndForm, EvenlyForm, NameForm
from fund.web.pages import show


def assign(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """The rapporteurs of every application and how much each person reads; the secretary's three acts."""
    found, reader = call_and_reader(request, fund, call)
    if (closed := undeclared_first(request, fund, found, reader)) is not None:
        return closed
    people = committee_of(fund, request.today)
    states = dict(listed_rows(found).values_list("number", "state"))
    files = [file for file in listed_files(fund, found) if states.get(file.number) in IN_INSTRUCTION]
    evenly, name, end = EvenlyForm(), NameForm(files=files, people=people.values()), EndForm()
    acting: forms.Form | None = None
    if request.method == "POST":
        if not may_assign(request, fund):
            raise Http404
        asked = request.POST.get("act")
        if asked == "evenly":
            acting = evenly = EvenlyForm(request.POST)
            done = _draw(request, fund, found, evenly)
        elif asked == "name":
            acting = name = NameForm(request.POST, files=files, people=people.values())
            done = _name(request, fund, found, name)
        else:
            acting = end = EndForm(request.POST)
            done = _end(request, fund, found, end)
        if done:
            return redirect("rapporteurs", fund.slug, found.slug)
    tasks = {file.number: tasks_shown([application_numbered(found, file.number)]) for file in files}
    loads = Counter(task.person for each in tasks.values() for task in each if task.ended_on is None)
    recused = Counter(row.person for row in recusals_shown(fund, found, request.today))
    context = {
        "call": found,
        "files": [(file, tasks[file.number], file.number in reader.recused) for file in files],
        "loads": [(person, loads[code], recused[code]) for code, person in people.items()],
        "evenly": evenly,
        "name": name,
        "end": end,
        "acting": acting,
        "may_assign": may_assign(request, fund),
        "reader": reader,
    }
    status = status_after(acting) if acting else 200
    return show(request, "instruction/rapporteurs.html", context, fund=fund, status=status)


def _draw(request: SeatedRequest, fund: Fund, call: Call, form: EvenlyForm) -> bool:
    if not form.is_valid():
        return False
    made = act(
        form,
        assign_rapporteurs_evenly,
        actor_of(request, fund),
        call,
        wanted=form.cleaned_data["wanted"],
        most=form.cleaned_data["most"],
        on=request.today,
        at=timezone.now(),
    )
    if made is None:
        return False
    said = ngettext("%(number)s reading is assigned.", "%(number)s readings are assigned.", len(made))
    messages.success(
        request,
        said % {"number": len(made)} if made else _("Every application had its rapporteurs already: nothing changed."),
    )
    return True


def _name(request: SeatedRequest, fund: Fund, call: Call, form: NameForm) -> bool:
    if not form.is_valid():
        return False
    application = application_numbered(call, form.cleaned_data["number"])
    task = act(
        form,
        assign_rapporteur,
        actor_of(request, fund),
        application,
        person=form.cleaned_data["person"],
        on=request.today,
        at=timezone.now(),
    )
    if task is None:
        return False
    messages.success(request, _("The rapporteur is named, and told by mail."))
    return True


def _end(request: SeatedRequest, fund: Fund, call: Call, form: EndForm) -> bool:
    if not form.is_valid():
        return False
    task = Assignment.objects.filter(pk=form.cleaned_data["task"], application__call=call).first()
    if task is None:
        raise Http404
    ended = act(form, end_rapporteur, actor_of(request, fund), task, why=form.cleaned_data["why"], on=request.today)
    if ended is None:
        return False
    messages.success(request, _("The rapporteur is released; the reason is kept."))
    return True
