"""A draft becomes the charter: the decision is written down, looked at once more, and recorded."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fund.models import Fund
from fund.queries.drafts import DraftInWords, draft_in_words, draft_row
from fund.services.adoption import adopt_draft, check_adoption
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.draft_forms import AdoptForm
from fund.web.pages import language_of_page, show


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: SeatedRequest, fund: Fund, number: int) -> HttpResponse:
    """First the decision, then what it changes, then the record of it: three pages of one address."""
    facts = draft_in_words(fund, number, request.today, language_of_page())
    row = draft_row(fund, number)
    if facts is None or row is None or facts.comparison is None:
        raise Http404
    if request.method != "POST":
        return _asked(request, fund, facts, _blank(facts))
    form = AdoptForm(request.POST, questions=facts.questions)
    step = request.POST.get("step", "")
    if not form.is_valid() or step not in ("review", "adopt"):
        return _asked(request, fund, facts, form)
    decided = {
        "on": request.today,
        "effective_from": form.cleaned_data["effective_from"],
        "decision": form.decision(),
    }
    actor = actor_of(request, fund)
    if step == "adopt":
        version = act(form, adopt_draft, actor, row, **decided)
        if version is None:
            return _asked(request, fund, facts, form)
        return redirect("charter-version", fund.slug, version.number)
    act(form, check_adoption, actor, row, **decided)
    if form.errors:
        return _asked(request, fund, facts, form)
    context = {"facts": facts, "form": form, "decision": form.shown()}
    return show(request, "drafts/confirm.html", context, fund=fund)


def _blank(facts: DraftInWords) -> AdoptForm:
    return AdoptForm(questions=facts.questions, initial={"effective_from": facts.effective_from})


def _asked(request: SeatedRequest, fund: Fund, facts: DraftInWords, form: AdoptForm) -> HttpResponse:
    return show(request, "drafts/adopt.html", {"facts": facts, "form": form}, fund=fund, status=status_after(form))
