"""The secretary's page of a filed application: the whole file, whether it is eligible, and what is done with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allocation.applying.admissions import declare_complete, declare_inadmissible, filed_content, return_application
from allocation.applying.applications import TOLD_LIMIT, reading_of_version
from allocation.applying.states import may, state_words
from allocation.models import Application
from fund.models import Fund
from fund.queries.applications import (
    application_numbered,
    compared,
    document_held,
    documents_shown,
    party_names,
    sponsors_of,
)
from fund.queries.eligibility import eligibility_of
from fund.services.applications import admit
from fund.statements.document import Language
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.application_forms import faults_said
from fund.web.application_shown import content_shown
from fund.web.applications import document_file, signature
from fund.web.committee_doors import closed_to
from fund.web.notoriety_forms import day_field
from fund.web.pages import language_of_page, show
from ledger.money import unit_of


class StepForm(forms.Form):
    """An act of the secretary; the note stays inside."""

    note = forms.CharField(
        label=gettext_lazy("Note for the committee"),
        required=False,
        max_length=TOLD_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The company never reads it."),
    )


class ReturnForm(StepForm):
    """What is asked of the company, and until when."""

    told = forms.CharField(
        label=gettext_lazy("What the company is asked for"),
        max_length=TOLD_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The company reads this."),
    )
    until = day_field(gettext_lazy("Until which day"))


class RefusalForm(StepForm):
    """Why it is not eligible."""

    told = forms.CharField(
        label=gettext_lazy("Why it is not eligible"),
        max_length=TOLD_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The company reads this."),
    )


_FORMS: dict[str, type[StepForm]] = {
    "return": ReturnForm,
    "complete": StepForm,
    "admit": StepForm,
    "refuse": RefusalForm,
}


def decide(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """The file, the verdicts, and the acts that its state allows."""
    application = _application(fund, call, number)
    if (closed := closed_to(request, fund, application)) is not None:
        return closed
    step = request.POST.get("step", "") if request.method == "POST" else ""
    bound = _FORMS[step](request.POST, prefix=step) if step in _FORMS else None
    if request.method == "POST" and bound is None:
        raise Http404
    if bound is not None and bound.is_valid():
        told = _take_step(request, fund, application, step, bound)
        if told:
            messages.success(request, told)
            return redirect("application-admission", fund.slug, application.call.slug, number)
        application.refresh_from_db()
    context = {
        **file_context(fund, application, request, language_of_page()),
        "acts": acts_offered(application, step, bound),
        "faulty": bound,
        "form": bound,
    }
    status = status_after(bound) if bound is not None else 200
    return show(request, "applications/admission.html", context, fund=fund, status=status)


def _take_step(request: SeatedRequest, fund: Fund, application: Application, step: str, form: StepForm) -> str:
    """Do it; the sentence that says so, or nothing when it was refused."""
    signed, said = signature(request), form.cleaned_data
    common = {"signed": signed, "note": said["note"]}
    match step:
        case "return":
            done: Any = act(
                form, return_application, application=application, told=said["told"], until=said["until"], **common
            )
            told = _("The application is returned to the company.")
        case "complete":
            done = act(form, declare_complete, application=application, **common)
            told = _("The application is complete: its instruction begins.")
        case "admit":
            actor = actor_of(request, fund)
            done = act(form, admit, actor, application, **common)
            told = _("The application is admitted to the vote.")
        case _:
            done = act(form, declare_inadmissible, application=application, told=said["told"], **common)
            told = _("The application is declared not eligible; the company reads why.")
    return told if done is not None else ""


def acts_offered(application: Application, step: str = "", bound: StepForm | None = None) -> list[dict[str, Any]]:
    """The acts that the state allows, each with its form; the one that was just refused keeps what was typed.

    For any page that carries `applications/_acts.html`; its forms post to the page of the admission.
    """
    titles = {
        "return": _("Return it to be completed"),
        "complete": _("Declare it complete"),
        "admit": _("Admit it to the vote"),
        "refuse": _("Declare it not eligible"),
    }
    return [
        {
            "step": name,
            "title": title,
            "form": bound if bound is not None and name == step else _FORMS[name](prefix=name),
            "open": name == step,
        }
        for name, title in titles.items()
        if may(name, application.state) or name == step
    ]


def file_context(fund: Fund, application: Application, request: SeatedRequest, language: Language) -> dict[str, Any]:
    """The whole file as the fund's side reads it, for `applications/_file.html`."""
    unit = unit_of(application.call.currency)
    strands = {each.code: each.name or each.code for each in application.call.envelopes.all()}
    names = party_names(fund)
    version = application.versions.select_related("application__call").last()
    faults = reading_of_version(version).faults if version else ()
    content = filed_content(application)
    return {
        "application": application,
        "company": names.get(application.applicant, application.applicant),
        "title": content.title,
        "state": state_words(application.state, language),
        "version": version,
        "versions": list(application.versions.all()),
        "content": content_shown(content, unit, language, strands=strands, names=names),
        "findings": faults_said(faults, language),
        "documents": documents_shown(application),
        "sponsors": sponsors_of(fund, application),
        "eligibility": eligibility_of(fund, application, request.today, language),
        "compared": [
            (each, [(answer, each.question.choice_in(answer.choice, language)) for answer in each.answers],
             each.question.text_in(language), each.difference(language))
            for each in compared(fund, application)
        ],
        "events": list(application.events.order_by("pk")),
    }  # fmt: skip


def document(request: SeatedRequest, fund: Fund, call: str, number: int, pk: int) -> HttpResponse:
    """A document of the file."""
    application = _application(fund, call, number)
    if (closed := closed_to(request, fund, application)) is not None:
        return closed
    return document_file(document_held(application, pk))


def _application(fund: Fund, call: str, number: int) -> Application:
    application = application_numbered(fund, call, number)
    if application is None:
        raise Http404
    return application
