"""Drafts of the rules: the list, a new one with every fault of its text, and one beside the charter in force."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fund import roles
from fund.charter.faults import CharterUnknown
from fund.charter.reading.reader import faults_of
from fund.charter.shipped import shipped_text
from fund.models import CharterDraft, Fund
from fund.queries.drafts import draft_in_words, draft_row, drafts_of
from fund.queries.faults import in_words
from fund.services.adoption import propose_draft
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.draft_forms import DraftForm
from fund.web.pages import language_of_page, show, text_file


def listed(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """All drafts of the fund's charter."""
    may_propose = roles.may_change_rules(request.seats, fund.slug)
    return show(request, "drafts/list.html", {"drafts": drafts_of(fund), "may_propose": may_propose}, fund=fund)


def draft(request: SeatedRequest, fund: Fund, number: int) -> HttpResponse:
    """One draft: what it would change, its articles, and the way to its adoption."""
    facts = draft_in_words(fund, number, request.today, language_of_page())
    if facts is None:
        raise Http404
    may_adopt = roles.may_change_rules(request.seats, fund.slug)
    return show(request, "drafts/draft.html", {"facts": facts, "may_adopt": may_adopt}, fund=fund)


def file(_request: SeatedRequest, fund: Fund, number: int) -> HttpResponse:
    """The text of a draft, to take away."""
    row = draft_row(fund, number)
    if row is None:
        raise Http404
    return text_file(row.text, f"{fund.slug}-draft-{number}.toml")


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Keep a charter as a draft, or show every fault of what was sent."""
    replaced = _replaced(request, fund)
    if request.method != "POST":
        form = DraftForm(initial=_given(request, replaced))
        return _form(request, fund, form, replaced)
    form = DraftForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, fund, form, replaced)
    content = form.content()
    faults = faults_of(content)
    if faults or isinstance(content, bytes):
        form = DraftForm(
            initial={"title": form.cleaned_data["title"], "text": "" if isinstance(content, bytes) else content}
        )
        return _form(request, fund, form, replaced, faults=in_words(faults, language_of_page()))
    kept = act(
        form,
        propose_draft,
        actor_of(request, fund),
        text=content,
        title=form.cleaned_data["title"],
        on=request.today,
        replaces=replaced,
    )
    if kept is None:
        return _form(request, fund, form, replaced)
    return redirect("draft", fund.slug, kept.number)


def _form(
    request: SeatedRequest, fund: Fund, form: DraftForm, replaced: CharterDraft | None, faults: tuple[Any, ...] = ()
) -> HttpResponse:
    status = 400 if faults else status_after(form)
    context = {"form": form, "replaced": replaced, "faults": faults}
    return show(request, "drafts/new.html", context, fund=fund, status=status)


def _replaced(request: SeatedRequest, fund: Fund) -> CharterDraft | None:
    """The draft that the new one replaces, as the address says: `?replaces=3`."""
    asked = request.GET.get("replaces", "")
    if not asked:
        return None
    found = draft_row(fund, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    if found is None:
        raise Http404
    return found


def _given(request: SeatedRequest, replaced: CharterDraft | None) -> dict[str, str]:
    """What the form begins with: the draft to replace, or a shipped charter (`?from=creafonds`)."""
    if replaced is not None:
        return {"title": replaced.title, "text": replaced.text}
    name = request.GET.get("from", "")
    if not name:
        return {}
    try:
        return {"text": shipped_text(name).decode()}
    except CharterUnknown:
        raise Http404 from None
