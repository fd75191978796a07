"""The company's pages: its applications, the long form, documents, filing, withdrawing, the preliminary questions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from allocation.applying.applications import (
    OTHER_DOCUMENT,
    Signature,
    add_document,
    asked_by,
    documents_of,
    remove_document,
    save_draft,
    start_application,
    version_content,
    withdraw_application,
)
from allocation.applying.content import fingerprint, read_draft
from allocation.applying.fields import TABLE_BY_NAME
from allocation.applying.fit import answer_questions, answers_of
from allocation.applying.states import status_words, steps
from allocation.applying.typed import as_typed
from allocation.models import Application, ApplicationDocument, FitAnswer
from fund import roles
from fund.models import Fund
from fund.queries.applications import (
    OwnApplication,
    application_numbered,
    applications_of,
    document_held,
    hosts_offered,
    own_application,
    party_names,
)
from fund.queries.calls import call_named
from fund.queries.eligibility import eligibility_of
from fund.services.applications import file_application
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.application_forms import (
    ConfirmForm,
    Difference,
    DocumentForm,
    DraftForm,
    QuestionsForm,
    RemovalForm,
    StartForm,
    differences,
    faults_said,
    sheet,
    typed_in,
)
from fund.web.application_shown import content_shown
from fund.web.pages import language_of_page, show
from ledger.money import unit_of


def signature(request: SeatedRequest) -> Signature:
    """Who sent the request, now."""
    return Signature(request.user.get_username(), timezone.now())


def mine(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """The applications of the companies for which the visitor acts, and the calls to which one can apply."""
    language = language_of_page()
    lines = applications_of(fund, roles.companies_of(request.seats, fund.slug), request.today)
    context = {"lines": [(line, status_words(line.status, language)) for line in lines]}
    return show(request, "applications/mine.html", context, fund=fund)


def start(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """Begin an application."""
    found = call_named(fund, call)
    if found is None or found.applications_until is None:
        raise Http404
    names = party_names(fund)
    companies = {code: names[code] for code in sorted(roles.companies_of(request.seats, fund.slug))}
    posted = request.method == "POST"
    only = next(iter(companies)) if len(companies) == 1 else None
    form = StartForm(request.POST if posted else None, companies=companies, initial={"company": only})
    if posted and form.is_valid():
        begun = act(
            form,
            start_application,
            call=found,
            applicant=form.cleaned_data["company"],
            reference=form.cleaned_data["reference"],
            signed=signature(request),
        )
        if begun is not None:
            return redirect("application-edit", fund.slug, found.slug, begun.number)
    context = {"form": form, "call": found, "companies": companies}
    return show(request, "applications/start.html", context, fund=fund, status=status_after(form))


def view(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """Where an application stands, what is missing, and whether it is eligible."""
    application = _own(fund, call, number)
    context = _context(request, fund, application)
    return show(request, "applications/view.html", context, fund=fund)


def edit(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """The long form: saving keeps whatever was typed, holes and wrong numbers included."""
    application = _own(fund, call, number)
    form = DraftForm(request.POST if request.method == "POST" else None)
    typed = as_typed(application.draft)
    others: tuple[Difference, ...] = ()
    if request.method == "POST":
        typed = typed_in(request.POST)
        valid = form.is_valid()
        seen, step = (form.cleaned_data.get(name, "") for name in ("seen", "step"))
        saved = act(form, save_draft, application=application, typed=typed, seen=seen, signed=signature(request))
        if saved is not None and valid:
            return _after_saving(request, fund, saved, step)
        application.refresh_from_db()
        others = differences(typed, as_typed(application.draft), language_of_page())
    language = language_of_page()
    kinds = {each.kind for each in documents_of(application)}
    reading = read_draft(typed, asked_by(application.call), kinds)
    envelopes = {each.code: each.name or each.code for each in application.call.envelopes.order_by("code")}
    context = {
        "form": form,
        "own": own_application(fund, application, request.today),
        "others": others,
        "checked": "check" in request.GET,
        "missing": faults_said(reading.missing, language) if "check" in request.GET else (),
        "remarks": faults_said(reading.remarks, language) if "check" in request.GET else (),
        "sheet": sheet(
            reading,
            language=language,
            envelopes=envelopes,
            hosts=hosts_offered(fund, request.today),
            checked="check" in request.GET,
            more=request.GET.get("rows", ""),
            seen=fingerprint(as_typed(application.draft)),
        ),
    }
    return show(request, "applications/edit.html", context, fund=fund, status=status_after(form))


def _after_saving(request: SeatedRequest, fund: Fund, application: Application, step: str) -> HttpResponse:
    address = reverse("application-edit", args=[fund.slug, application.call.slug, application.number])
    messages.success(request, _("Saved as you typed it."))
    if step == "check":
        return redirect(f"{address}?check=1")
    table = step.removeprefix("rows-")
    return redirect(f"{address}?rows={table}#{table}" if table in TABLE_BY_NAME else address)


def documents(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """Add documents and take them out."""
    application = _own(fund, call, number)
    asked = {each.code: each.name for each in application.call.documents.order_by("pk")}
    kinds = {**asked, OTHER_DOCUMENT: _("Another document")}
    posted = request.method == "POST"
    removal = RemovalForm(request.POST if posted and "document" in request.POST else None)
    adding = posted and "document" not in request.POST
    form = DocumentForm(*((request.POST, request.FILES) if adding else ()), kinds=kinds)
    done = None
    if adding and form.is_valid():
        name, content = form.sent()
        done = act(
            form,
            add_document,
            application=application,
            kind=form.cleaned_data["kind"],
            name=name,
            content=content,
            signed=signature(request),
        )
        if done is not None:
            messages.success(request, _("The document is added."))
    elif posted and removal.is_valid():
        pk = removal.cleaned_data["document"]
        done = act(removal, remove_document, application=application, document=pk, signed=signature(request))
        if done is not None:
            messages.success(request, _("The document is taken out; versions already filed keep it."))
    if done is not None:
        return redirect("application-documents", fund.slug, application.call.slug, application.number)
    faulty = form if adding else removal
    context = {"form": form, "faulty": faulty, "own": own_application(fund, application, request.today)}
    return show(request, "applications/documents.html", context, fund=fund, status=status_after(faulty))


def document(_request: SeatedRequest, fund: Fund, call: str, number: int, pk: int) -> HttpResponse:
    """One of the application's own documents."""
    return document_file(document_held(_own(fund, call, number), pk))


def document_file(held: ApplicationDocument | None) -> HttpResponse:
    """A document to take away: never shown by the site itself, so that nothing in it runs here."""
    if held is None:
        raise Http404
    return HttpResponse(
        bytes(held.content),
        content_type=held.media_type,
        headers={
            "Content-Disposition": content_disposition_header(True, held.name) or "attachment",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def file(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """File it: the page shows the amounts, and what keeps it from being filed."""
    application = _own(fund, call, number)
    posted = request.method == "POST"
    seen = fingerprint(version_content(application))
    form = ConfirmForm(request.POST) if posted else ConfirmForm(initial={"seen": seen})
    if posted and form.is_valid():
        filed = act(
            form,
            file_application,
            actor_of(request, fund),
            application,
            signed=signature(request),
            seen=form.cleaned_data["seen"],
        )
        if filed is not None:
            messages.success(request, _("The application is filed, as version %(number)s.") % {"number": filed.number})
            return redirect("application", fund.slug, application.call.slug, application.number)
    context = {**_context(request, fund, application), "form": form, "seen": seen}
    return show(request, "applications/file.html", context, fund=fund, status=status_after(form))


def withdraw(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """Take the application back, for good."""
    application = _own(fund, call, number)
    posted = request.method == "POST"
    form = ConfirmForm(request.POST if posted else None)
    if posted and form.is_valid():
        done = act(form, withdraw_application, application=application, signed=signature(request))
        if done is not None:
            messages.success(request, _("The application is withdrawn."))
            return redirect("application", fund.slug, application.call.slug, application.number)
    context = {"form": form, "own": own_application(fund, application, request.today)}
    return show(request, "applications/withdraw.html", context, fund=fund, status=status_after(form))


def fit(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """The preliminary questions, answered by the company."""
    application = _own(fund, call, number)
    held = answers_of(application, FitAnswer.Side.COMPANY, application.applicant)
    posted = request.method == "POST"
    form = QuestionsForm(request.POST if posted else None, language=language_of_page(), held=held)
    if posted and form.is_valid():
        done = act(
            form,
            answer_questions,
            application=application,
            side=FitAnswer.Side.COMPANY,
            party=application.applicant,
            answers=form.answers(),
            signed=signature(request),
        )
        if done is not None:
            messages.success(request, _("Your answers are kept."))
            return redirect("application", fund.slug, application.call.slug, application.number)
    own = own_application(fund, application, request.today)
    context = {"form": form, "own": own}
    return show(request, "applications/questions.html", context, fund=fund, status=status_after(form))


def _own(fund: Fund, call: str, number: int) -> Application:
    """The application; the audience of the address has already asked whose it is."""
    application = application_numbered(fund, call, number)
    if application is None:
        raise Http404
    return application


def _context(request: SeatedRequest, fund: Fund, application: Application) -> dict[str, object]:
    language = language_of_page()
    own: OwnApplication = own_application(fund, application, request.today)
    strands = {each.code: each.name for each in application.call.envelopes.all()}
    return {
        "own": own,
        "status": status_words(own.status, language),
        "steps": steps(own.status, language),
        "missing": faults_said(own.missing, language),
        "remarks": faults_said(own.remarks, language),
        "eligibility": eligibility_of(fund, application, request.today, language),
        "content": content_shown(
            own.content, unit_of(application.call.currency), language, strands=strands, names=party_names(fund)
        ),
    }
