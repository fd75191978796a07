"""Notes of the auditors: theirs alone, or shared with the bookkeepers as a question that they answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fund import roles
from fund.models import AuditNote, Fund
from fund.queries.audit import notes_of
from fund.services.audit import answer_note, write_note
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.audit_forms import AnswerForm, NoteForm
from fund.web.pages import show


def write(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Write a note; the address may say what it is about, or which note it corrects."""
    corrects = _asked_note(request, fund)
    posted = request.method == "POST"
    form = NoteForm(request.POST) if posted else NoteForm(initial=_begun(request, corrects))
    if posted and form.is_valid():
        said = form.cleaned_data
        note = act(
            form,
            write_note,
            actor_of(request, fund),
            about=said["about"],
            subject=said["subject"],
            text=said["text"],
            is_shared=said["is_shared"],
            on=request.today,
            reference=said["reference"],
            corrects=corrects,
        )
        if note is not None:
            messages.success(request, _("The note is kept."))
            return redirect("audit-note", fund.slug, note.number)
    context = {"form": form, "corrects": corrects}
    return show(request, "audit/note_new.html", context, fund=fund, status=status_after(form))


def note(request: SeatedRequest, fund: Fund, number: int) -> HttpResponse:
    """A note with its answers; bookkeepers see those that are shared, and answer."""
    row = _note(fund, number)
    if row is None or not (row.is_shared or roles.may_audit(request.seats, fund.slug)):
        raise Http404
    posted = request.method == "POST"
    form = AnswerForm(request.POST) if posted else AnswerForm()
    if (
        posted
        and form.is_valid()
        and act(
            form,
            answer_note,
            actor_of(request, fund),
            row,
            text=form.cleaned_data["text"],
            roles=roles.roles_in(request.seats, fund.slug),
            on=request.today,
            reference=form.cleaned_data["reference"],
        )
        is not None
    ):
        messages.success(request, _("The answer is kept."))
        return redirect("audit-note", fund.slug, row.number)
    context = {
        "form": form,
        "note": row,
        "answers": row.answers.order_by("pk"),
        "later": AuditNote.objects.filter(corrects=row).first(),
        "may_audit": roles.may_audit(request.seats, fund.slug),
    }
    return show(request, "audit/note.html", context, fund=fund, status=status_after(form))


def questions(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """The notes that the auditors share with the bookkeepers."""
    return show(request, "audit/questions.html", {"notes": notes_of(fund, only_shared=True)}, fund=fund)


def _note(fund: Fund, number: int) -> AuditNote | None:
    found = AuditNote.objects.filter(fund=fund, number=number) if number < 2**31 else AuditNote.objects.none()
    return found.select_related("corrects").first()


def _asked_note(request: SeatedRequest, fund: Fund) -> AuditNote | None:
    """The note that the address says is corrected."""
    text = request.GET.get("corrects", "")
    if not text:
        return None
    found = _note(fund, int(text)) if text.isascii() and text.isdigit() and len(text) < 11 else None
    if found is None:
        raise Http404
    return found


def _begun(request: SeatedRequest, corrects: AuditNote | None) -> dict[str, object]:
    if corrects is not None:
        return {
            "about": corrects.about,
            "subject": corrects.subject,
            "text": corrects.text,
            "is_shared": corrects.is_shared,
        }
    about = request.GET.get("about", "")
    known = about in AuditNote.About.values
    return {"about": about if known else AuditNote.About.FREE, "subject": request.GET.get("subject", "")}
