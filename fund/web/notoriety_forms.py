"""The forms of recognition: a fact is declared, contested, decided; a year is chosen and adopted."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from fund.models import NotorietyFact, NotorietyResolution
from fund.services.notoriety import (
    ADDRESS_LIMIT,
    EVIDENCE_LIMIT,
    PLACE_LIMIT,
    REFERENCE_LIMIT,
    WHY_LIMIT,
    Correction,
    Declared,
)

LARGEST_EVIDENCE = 20 * 1024 * 1024
"""Bytes of a file shown as evidence; it is read once for its fingerprint and not kept."""

_NOT_A_DATE = {"invalid": _("This is not a date. Write it like 2026-12-31.")}


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A day, as the browser's own control writes it."""
    return forms.DateField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages=_NOT_A_DATE,
    )


class ReferredForm(forms.Form):
    """A form that acts once: it carries the reference of its act, so that a second click finds the first."""

    reference = forms.CharField(max_length=REFERENCE_LIMIT, widget=forms.HiddenInput, initial=lambda: uuid4().hex[:16])


class YearForm(forms.Form):
    """The year of which the recognition is asked for."""

    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=1900,
        max_value=9998,
        error_messages={
            name: _("This is not a year. Write it like 2026.") for name in ("invalid", "min_value", "max_value")
        },
    )


class FactForm(ReferredForm):
    """A fact with its evidence."""

    kind = forms.ChoiceField(label=_("What happened"), choices=NotorietyFact.Kind.choices)
    level = forms.ChoiceField(label=_("At which level"), choices=NotorietyFact.Level.choices)
    on = day_field(_("On which day"))
    place = forms.CharField(label=_("Where"), required=False, max_length=PLACE_LIMIT)
    evidence = forms.CharField(
        label=_("The evidence in words"),
        required=False,
        max_length=EVIDENCE_LIMIT,
        help_text=_("The paper and its page, the name of the prize, who invited."),
    )
    url = forms.CharField(label=_("Its address, where it has one"), required=False, max_length=ADDRESS_LIMIT)
    file = forms.FileField(
        label=_("The file, where there is one"),
        required=False,
        help_text=_("It is not kept: its fingerprint is, so that it can be recognised later."),
    )

    def clean_file(self) -> Any:
        """A file that is short enough to be a document."""
        file = self.cleaned_data.get("file")
        if file and file.size > LARGEST_EVIDENCE:
            raise forms.ValidationError(_("The file has more than 20 MB: show a page of it."), code="large")
        return file

    def declared(self) -> Declared:
        """The fact as the service takes it."""
        said = self.cleaned_data
        return Declared(
            reference=said["reference"],
            kind=said["kind"],
            level=said["level"],
            on=said["on"],
            place=said["place"],
            evidence=said["evidence"],
            url=said["url"],
            digest=_digest(said["file"]) if said.get("file") else "",
        )


def _digest(file: Any) -> str:
    whole = sha256()
    for chunk in file.chunks():
        whole.update(chunk)
    return whole.hexdigest()


class WhyField(forms.CharField):
    """Some sentences that give a reason."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=WHY_LIMIT, widget=forms.Textarea(attrs={"rows": 4}), **options)


class ContestForm(ReferredForm):
    """Why a fact is contested."""

    why = WhyField(label=_("Why it did not happen, or not so"))


class DecisionForm(forms.Form):
    """How a contest ends; the day, the level and the place count where the fact is corrected."""

    outcome = forms.ChoiceField(
        label=_("The decision"), choices=NotorietyResolution.Outcome.choices, widget=forms.RadioSelect
    )
    why = WhyField(label=_("Why"))
    level = forms.ChoiceField(
        label=_("Corrected level"),
        choices=NotorietyFact.Level.choices,
        help_text=_("Only where the fact is corrected."),
    )
    on = day_field(_("Corrected day"))
    place = forms.CharField(label=_("Corrected place"), required=False, max_length=PLACE_LIMIT)

    def correction(self) -> Correction:
        """How the fact counts once it is corrected."""
        said = self.cleaned_data
        return Correction(level=said["level"], on=said["on"], place=said["place"])


class AdoptionForm(forms.Form):
    """The day on which a year's statement is adopted."""

    on = day_field(_("Adopted on"))

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.today = today

    def clean_on(self) -> date:
        """A day that has come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day has not come yet."), code="early")
        return on


class PrintForm(forms.Form):
    """The day on which the credits are printed."""

    print_on = day_field(_("Printed or released on"), required=False)
