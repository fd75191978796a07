"""The numbers by which open data knows the organisations that the fund supports."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fund.models import Fund, Party
from fund.queries.identities import recipients_shown
from fund.services.identities import identify_fund, identify_party
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.pages import show

_FUND = ""


class NumbersForm(forms.Form):
    """Whose numbers, and which."""

    whose = forms.ChoiceField(label=gettext_lazy("Whose numbers"), required=False)
    siret = forms.CharField(label=gettext_lazy("SIRET"), required=False, max_length=40)
    rna = forms.CharField(label=gettext_lazy("RNA number"), required=False, max_length=40)

    def __init__(self, fund: Fund, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self.recipients = recipients_shown(fund)
        named = [(party.code, f"{party.name} ({party.code})") for party in self.recipients]
        self.fields["whose"].choices = [(_FUND, fund.name), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """One number at least."""
        said = super().clean() or {}
        if not self.errors and not (said.get("siret") or said.get("rna")):
            raise forms.ValidationError(_("Write a SIRET, an RNA number, or both."), code="nothing")
        return said


def page(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """The organisations with their numbers, and the form that keeps one's."""
    posted = request.method == "POST"
    form = NumbersForm(fund, request.POST) if posted else NumbersForm(fund)
    if posted and form.is_valid() and _done(request, fund, form) is not None:
        messages.success(request, _("The numbers are kept, and open data uses them from now on."))
        return redirect("open-data-numbers", fund.slug)
    context = {"form": form, "recipients": form.recipients}
    return show(request, "open_data/numbers.html", context, fund=fund, status=status_after(form))


def _done(request: SeatedRequest, fund: Fund, form: NumbersForm) -> Fund | Party | None:
    said = form.cleaned_data
    facts = {"on": request.today, "siret": said["siret"], "rna": said["rna"]}
    actor = actor_of(request, fund)
    if said["whose"] == _FUND:
        return act(form, identify_fund, actor, **facts)
    return act(form, identify_party, actor, fund.parties.get(code=said["whose"]), **facts)
