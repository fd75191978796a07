"""A member's pages of an application: what it is about, standing for it, and the preliminary questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allocation.applying.fit import answers_of
from allocation.applying.sponsors import standing_sponsors
from allocation.models import Application, FitAnswer
from fund import roles
from fund.models import Fund, Party
from fund.queries.applications import application_numbered, may_read_presentation, party_names, presented
from fund.services.applications import answer_as_member, sponsor, withdraw
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.application_forms import QuestionsForm
from fund.web.application_shown import content_shown
from fund.web.applications import signature
from fund.web.pages import language_of_page, show
from ledger.money import unit_of


class SponsorForm(forms.Form):
    """To what the member commits; `step` withdraw takes it back."""

    member = forms.ChoiceField(label=gettext_lazy("For which member"))
    production = forms.BooleanField(label=gettext_lazy("For its production"), required=False)
    diffusion = forms.BooleanField(label=gettext_lazy("For its touring"), required=False)
    step = forms.CharField(required=False, max_length=20)

    def __init__(self, *arguments: Any, members: dict[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["member"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(members.items())

    def commitments(self) -> list[str]:
        """What was ticked."""
        return [name for name in ("production", "diffusion") if self.cleaned_data[name]]


def stand(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """Read the presentation, stand for the application, or withdraw."""
    application = _application(fund, call, number)
    members = _members(request, fund)
    standing = {each.member: each for each in standing_sponsors(application) if each.member in members}
    posted = request.method == "POST"
    initial: dict[str, object] = {}
    for each in standing.values():
        initial = {"member": each.member, **dict.fromkeys(each.commits_to, True)}
    form = SponsorForm(request.POST if posted else None, members=members, initial=initial)
    if posted and form.is_valid() and _act(request, fund, application, form):
        return redirect("application-sponsor", fund.slug, application.call.slug, number)
    context = {**_context(request, fund, application), "form": form, "standing": list(standing.values())}
    context["members"] = members
    return show(request, "applications/sponsor.html", context, fund=fund, status=status_after(form))


def _act(request: SeatedRequest, fund: Fund, application: Application, form: SponsorForm) -> bool:
    actor = actor_of(request, fund)
    party = Party.objects.get(fund=fund, code=form.cleaned_data["member"])
    signed = signature(request)
    if form.cleaned_data["step"] == "withdraw":
        done = act(form, withdraw, actor, application, party, signed=signed)
        told = _("You no longer stand for this project.")
    else:
        done = act(form, sponsor, actor, application, party, commits_to=form.commitments(), signed=signed)
        told = _("You stand for this project: its company and the committee read your name.")
    if done is not None:
        messages.success(request, told)
    return done is not None


def fit(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """The preliminary questions, answered by a member."""
    application = _application(fund, call, number)
    if not _may_read(request, fund, application):
        raise Http404
    code = sorted(roles.members_of(request.seats, fund.slug))[0]
    held = answers_of(application, FitAnswer.Side.MEMBER, code)
    posted = request.method == "POST"
    form = QuestionsForm(request.POST if posted else None, language=language_of_page(), held=held)
    if posted and form.is_valid():
        done = act(
            form,
            answer_as_member,
            actor_of(request, fund),
            application,
            Party.objects.get(fund=fund, code=code),
            answers=form.answers(),
            signed=signature(request),
        )
        if done is not None:
            messages.success(request, _("Your answers are kept."))
            return redirect("application-sponsor", fund.slug, application.call.slug, number)
    context = {**_context(request, fund, application), "form": form}
    return show(request, "applications/member_questions.html", context, fund=fund, status=status_after(form))


def _application(fund: Fund, call: str, number: int) -> Application:
    application = application_numbered(fund, call, number)
    if application is None:
        raise Http404
    return application


def _members(request: SeatedRequest, fund: Fund) -> dict[str, str]:
    names = party_names(fund)
    return {code: names[code] for code in sorted(roles.members_of(request.seats, fund.slug))}


def _may_read(request: SeatedRequest, fund: Fund, application: Application) -> bool:
    sits = "committee" in roles.roles_in(request.seats, fund.slug)
    return may_read_presentation(application, request.user.get_username(), on_committee=sits)


def _context(request: SeatedRequest, fund: Fund, application: Application) -> dict[str, Any]:
    facts = presented(fund, application)
    readable = _may_read(request, fund, application)
    unit, language = unit_of(application.call.currency), language_of_page()
    shown = content_shown(facts.content, unit, language, names=party_names(fund)) if readable else None
    return {"facts": facts, "readable": readable, "content": shown, "title": facts.content.title if readable else ""}
