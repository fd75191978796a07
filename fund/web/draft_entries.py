"""Entries in draft (*brouillard*): listed with their balance, written, deleted, validated together."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fund.models import Fund
from fund.queries.drafted_entries import Drafted, drafted_entries, drafted_entry
from fund.services.draft_entries import delete_draft, validate_drafts, write_draft
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.draft_entry_forms import FIRST_ROWS, MORE_ROWS, DraftForm, filled_with, headings
from fund.web.pages import show


class ChosenForm(forms.Form):
    """Drafts that are validated together, each as `version/reference`; the form itself asks for nothing."""

    def __init__(self, *arguments: object, chosen: list[str], **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.chosen = chosen

    def read(self) -> list[tuple[str, int]]:
        """Reference and version of each; what is no version stands for one that was changed."""
        parted = (each.partition("/") for each in self.chosen)
        return [
            (reference, int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1)
            for version, _slash, reference in parted
        ]


def listed(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """The drafts of the fund; those that are chosen are validated in one commit."""
    posted = request.method == "POST"
    form = ChosenForm(request.POST if posted else None, chosen=request.POST.getlist("draft"))
    if posted and form.is_valid():
        posted_entries = act(form, validate_drafts, actor_of(request, fund), chosen=form.read(), on=request.today)
        if posted_entries is not None:
            messages.success(request, _("The chosen drafts are in the books."))
            return redirect("book-drafts", fund.slug)
    context = {"form": form, "drafts": drafted_entries(fund), "chosen": set(form.chosen)}
    return show(request, "bookkeeping/drafts.html", context, fund=fund, status=status_after(form))


def new(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Write a new draft."""
    return _edit(request, fund, None)


def edit(request: SeatedRequest, fund: Fund, reference: str) -> HttpResponse:
    """Change a draft, or throw it away."""
    draft = drafted_entry(fund, reference)
    if draft is None:
        raise Http404
    return _edit(request, fund, draft)


def _edit(request: SeatedRequest, fund: Fund, draft: Drafted | None) -> HttpResponse:
    step = request.POST.get("step", "")
    if request.method != "POST":
        initial = filled_with(draft) if draft else {"on": request.today}
        count = max(FIRST_ROWS, len(draft.lines) + 1) if draft else FIRST_ROWS
        form = DraftForm(initial=initial, fund=fund, count=count)
    elif step == "more":
        data = request.POST.copy()
        asked = str(data.get("rows", ""))
        data["rows"] = str((int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0) + MORE_ROWS)
        form = DraftForm(initial=data.dict(), fund=fund, count=int(str(data["rows"])))
    else:
        form = DraftForm(request.POST, request.FILES, fund=fund)
        if form.is_valid() and _acted(request, fund, form, draft, step):
            return redirect("book-drafts", fund.slug)
    context = {"form": form, "draft": draft, "headings": headings()}
    return show(request, "bookkeeping/draft.html", context, fund=fund, status=status_after(form))


def _acted(request: SeatedRequest, fund: Fund, form: DraftForm, draft: Drafted | None, step: str) -> bool:
    actor, version = actor_of(request, fund), form.cleaned_data["version"]
    if step == "delete" and draft is not None:
        act(form, delete_draft, actor, reference=draft.reference, version=version)
        if form.errors:
            return False
        messages.success(request, _("The draft is thrown away."))
        return True
    written = form.written()
    if act(form, write_draft, actor, written, version=version) is None:
        return False
    messages.success(request, _("The draft is kept; it is in no account until it is validated."))
    return True
