"""The companies are told: letters, notices, agreements."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from fund import roles
from fund.models import Fund, Project
from fund.queries.notices import CallNotices, call_notices
from fund.services.awards import Letter, notify_awards
from fund.services.projects import sign_agreement
from fund.statements.files import file_names
from fund.statements.letters import letter, letter_subject, letter_text
from fund.statements.render import html, pdf
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.decision_forms import AgreementForm, NotifyForm
from fund.web.pages import language_of_page, show


def listed(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """Who is told what; the letters are sent here, and the agreements signed."""
    facts = _facts(fund, call)
    signs = request.method == "POST" and "project" in request.POST
    notifies = request.method == "POST" and not signs
    options = {"today": request.today}
    notify = NotifyForm(request.POST, **options) if notifies else NotifyForm(initial={"on": request.today}, **options)
    sign = AgreementForm(request.POST, **options) if signs else AgreementForm(initial={"on": request.today}, **options)
    actor = actor_of(request, fund)
    if notifies and notify.is_valid():
        on, language = notify.cleaned_data["on"], language_of_page()
        letters = {
            each.code: Letter(letter_subject(each, language), letter_text(each, language, on=on))
            for each in facts.notices
        }
        if act(notify, notify_awards, actor, call=call, letters=letters, on=on, at=timezone.now()) is not None:
            messages.success(request, _("The companies are told; the awards are in the books."))
            return redirect("notices", fund.slug, call)
    if signs and sign.is_valid():
        project = Project.objects.filter(fund=fund, call_slug=call, code=sign.cleaned_data["project"]).first()
        if project is None:
            raise Http404
        said = sign.cleaned_data
        if act(sign, sign_agreement, actor, project, reference=said["reference"], on=said["on"]) is not None:
            messages.success(request, _("The agreement is signed, and its tranches are laid down."))
            return redirect("notices", fund.slug, call)
    form = sign if signs else notify
    context = {"facts": facts, "form": form, "notify": notify, "sign": sign}
    return show(request, "decision/notices.html", context, fund=fund, status=status_after(form))


def paper(request: SeatedRequest, fund: Fund, call: str, code: str, ending: str) -> HttpResponse:
    """The letter to a company; the company itself finds it once it was told."""
    facts = next((each for each in _facts(fund, call).notices if each.code == code), None)
    inside = roles.may_see_committee(request.seats, fund.slug)
    if facts is None or ending not in ("pdf", "html") or not (inside or facts.notified_on):
        raise Http404
    document = letter(facts, language_of_page(), on=facts.notified_on or facts.decided_on)
    name = f"{fund.slug}-{call}-{code}"
    safe = file_names([name])[name]
    content, media = (pdf.render(document), "application/pdf")
    if ending == "html":
        content, media = html.page(document).encode(), "text/html; charset=utf-8"
    return HttpResponse(
        content, content_type=media, headers={"Content-Disposition": f'attachment; filename="{safe}.{ending}"'}
    )


def _facts(fund: Fund, call: str) -> CallNotices:
    found = call_notices(fund, call, language_of_page())
    if found is None:
        raise Http404
    return found
