"""Scores: one application's on the rubric, and all of them with a named correction that can be switched off."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from allocation.instructing.instruction import IN_INSTRUCTION
from allocation.methods.harshness import CORRECTIONS
from allocation.models import Call
from fund.models import Fund
from fund.queries.interests import Reader, title_of
from fund.queries.scores import CallScores, FileScores, call_scores, file_scores
from fund.services.instruction import give_scores
from fund.statements.render import csv
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.committee_doors import application_numbered, call_and_reader, closed_door
from fund.web.file_rows import scores_table
from fund.web.instruction import csv_file, undeclared_first
from fund.web.instruction_forms import ScoresForm
from fund.web.pages import language_of_page, show


def of_file(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """The scores of an application, as far as the visitor may see them, and the form of their own."""
    found, reader = call_and_reader(request, fund, call)
    application = application_numbered(found, number)
    if (closed := closed_door(request, fund, found, reader, number)) is not None:
        return closed
    posted = request.method == "POST"
    if posted and not reader.sits:
        raise Http404
    scores = file_scores(application, reader, request.today)
    own = next((line for line in scores.lines if line.person == reader.person), None)
    initial: dict[str, object] = {}
    if own:
        for line, points, comment in zip(scores.rubric, own.points, own.comments, strict=True):
            initial |= {f"points-{line.code}": points, f"comment-{line.code}": comment}
    form = (
        ScoresForm(request.POST, rubric=scores.rubric) if posted else ScoresForm(initial=initial, rubric=scores.rubric)
    )
    if (
        posted
        and form.is_valid()
        and act(form, give_scores, actor_of(request, fund), application, form.given(), on=request.today) is not None
    ):
        messages.success(
            request, _("Your scores are kept, with their earlier versions. You see those of the others now.")
        )
        return redirect("file-scores", fund.slug, found.slug, number)
    context = {
        "call": found,
        "number": number,
        "title": title_of(application),
        "scores": scores,
        "comments": _comments(scores),
        "form": form,
        "own": own,
        "may_score": reader.sits and bool(scores.rubric) and not scores.is_over and application.state in IN_INSTRUCTION,
    }
    return show(request, "instruction/scores.html", context, fund=fund, status=status_after(form))


def _comments(scores: FileScores) -> list[tuple[str, list[tuple[str, str]]]]:
    """What readers wrote beside their points, reader by reader."""
    said = []
    for line in scores.lines:
        pairs = zip(scores.rubric, line.comments, strict=True)
        said.append((line.name, [(each.name, comment) for each, comment in pairs if comment]))
    return [(name, comments) for name, comments in said if comments]


def of_call(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """All scores side by side, raw and under the correction of the address."""
    found, reader = call_and_reader(request, fund, call)
    if (closed := undeclared_first(request, fund, found, reader)) is not None:
        return closed
    scores, language = _asked(request, found, reader), language_of_page()
    context = {
        "call": found,
        "scores": scores,
        "corrections": [(name, each.names[language]) for name, each in CORRECTIONS.items()],
        "corrected": scores.correction.id != "none/1",
        "name": scores.correction.names[language],
        "caution": scores.correction.cautions[language],
        "refusal": scores.refusal.sentence(language) if scores.refusal else "",
        "query": request.GET.urlencode(),
    }
    unknown = scores.refusal is not None and scores.refusal.code == "correction_unknown"
    return show(request, "instruction/all_scores.html", context, fund=fund, status=400 if unknown else 200)


def of_call_csv(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """The same table under the same correction, to take away."""
    found, reader = call_and_reader(request, fund, call)
    if (closed := undeclared_first(request, fund, found, reader)) is not None:
        return closed
    language = language_of_page()
    table = scores_table(found, _asked(request, found, reader), language)
    return csv_file(csv.render(table, language), f"{fund.slug}-{found.slug}-scores.csv")


def _asked(request: SeatedRequest, call: Call, reader: Reader) -> CallScores:
    return call_scores(call, reader, request.GET.get("correction") or "none/1", request.today)
