"""Lettering: the lines of a third party that settle each other are marked together, and unmarked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fund.models import Fund
from fund.queries.lettering import LetteringPage, leaves_to_letter, lettering_page
from fund.services.lettering import letter_lines, unletter_lines
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.pages import show


class LetteringForm(forms.Form):
    """The lines that are lettered together, or the code of a lettering that is undone."""

    postings = forms.TypedMultipleChoiceField(
        coerce=int, required=False, error_messages={"invalid_choice": gettext_lazy("A line is lettered already.")}
    )
    is_partial = forms.BooleanField(required=False)
    undo = forms.CharField(max_length=20, required=False)

    def __init__(self, *arguments: object, facts: LetteringPage, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        every = [*facts.open, *(line for group in facts.lettered for line in group.lines)]
        self.fields["postings"].choices = [(line.posting, line.posting) for line in every]  # type: ignore[attr-defined]


def page(request: SeatedRequest, fund: Fund, chart: str, unit: str) -> HttpResponse:
    """The third parties of an account; or, of one of them, the open lines with what is proposed, and the lettered."""
    leaf = request.GET.get("leaf", "")
    if not leaf:
        leaves = leaves_to_letter(fund, chart=chart, unit=unit)
        if not leaves:
            raise Http404
        context: dict[str, Any] = {"leaves": leaves, "chart": chart, "unit": unit}
        return show(request, "bookkeeping/lettering_leaves.html", context, fund=fund)
    facts = lettering_page(fund, chart=chart, unit=unit, leaf=leaf)
    if facts is None:
        raise Http404
    form = LetteringForm(request.POST, facts=facts) if request.method == "POST" else LetteringForm(facts=facts)
    if request.method == "POST" and form.is_valid() and _done(request, fund, facts, form):
        return redirect(f"{reverse('lettering', args=[fund.slug, chart, unit])}?{urlencode({'leaf': leaf})}")
    chosen = {str(posting) for posting in request.POST.getlist("postings")}
    rows = [
        (line, facts.groups.get(line.posting, 0), str(line.posting) in chosen or line.posting in _asked(request, facts))
        for line in facts.open
    ]
    context = {"facts": facts, "form": form, "rows": rows, "proposals": range(1, facts.proposals + 1)}
    return show(request, "bookkeeping/lettering.html", context, fund=fund, status=status_after(form))


def _asked(request: SeatedRequest, facts: LetteringPage) -> set[int]:
    """The lines of the proposal that the address asks for: their boxes are ticked."""
    asked = request.GET.get("group", "")
    return {posting for posting, group in facts.groups.items() if str(group) == asked}


def _done(request: SeatedRequest, fund: Fund, facts: LetteringPage, form: LetteringForm) -> bool:
    actor, said = actor_of(request, fund), form.cleaned_data
    if said["undo"]:
        undone = act(form, unletter_lines, actor, facts.key, code=said["undo"], on=request.today)
        if form.errors:
            return False
        messages.success(request, _("The lettering %(code)s is undone.") % {"code": said["undo"]})
        return undone is None
    done = act(
        form,
        letter_lines,
        actor,
        facts.key,
        postings=said["postings"],
        on=request.today,
        is_partial=said["is_partial"],
    )
    if done is None:
        return False
    messages.success(request, _("The lines are lettered under %(code)s.") % {"code": done.code})
    return True
