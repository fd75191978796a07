"""The forms of meetings and votes; each page that acts names in `act` which of its forms was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allocation.models import Attendance, Objection, Vote
from allocation.voting.meetings import AGENDA_LIMIT, EMERGENCY_LIMIT, PLACE_LIMIT, MeetingDraft
from allocation.voting.objections import Resolution
from allocation.voting.papers import REASON_LIMIT
from allocation.voting.votes import VoteDraft
from fund.services.votes import BEST_SCALE, MOST_GRADES, QUESTION_LIMIT
from fund.web.notoriety_forms import ReferredForm, day_field
from fund.web.vote_words import VOTE_WORDS

Choices = Iterable[tuple[str, str]]
_NOT_A_NUMBER = {name: _("This is not a number that fits.") for name in ("invalid", "min_value", "max_value")}


def text_area(label: Any, limit: int, *, rows: int = 4, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label,
        max_length=limit,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ConveneForm(ReferredForm):
    """A convocation."""

    held_on = day_field(_("Held on"))
    place = forms.CharField(label=_("Where, or how to call in"), required=False, max_length=PLACE_LIMIT)
    agenda = text_area(_("Agenda"), AGENDA_LIMIT, rows=6)
    chair = forms.ChoiceField(label=_("Who chairs"))
    emergency = text_area(
        _("Emergency, if there is one, and why"),
        EMERGENCY_LIMIT,
        rows=2,
        required=False,
        help_text=_("It shortens the notice and lets a vote come before the debate, where the charter allows it."),
    )

    def __init__(self, *arguments: Any, people: Choices, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["chair"].choices = list(people)  # type: ignore[attr-defined]

    def draft(self) -> MeetingDraft:
        """The meeting as the service takes it."""
        said = self.cleaned_data
        return MeetingDraft(
            said["reference"], said["held_on"], said["place"], said["agenda"], said["chair"], said["emergency"]
        )


class SecondForm(ReferredForm):
    """The convocation of a second meeting on the same agenda."""

    held_on = day_field(_("Held on"))
    place = forms.CharField(label=_("Where, or how to call in"), required=False, max_length=PLACE_LIMIT)


class PersonForm(forms.Form):
    """One person of the committee, oneself unless one keeps the minutes."""

    person = forms.ChoiceField(label=_("Who"))

    def __init__(self, *arguments: Any, people: Choices, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["person"].choices = list(people)  # type: ignore[attr-defined]


class ArrivalForm(PersonForm):
    """Somebody is there."""

    manner = forms.ChoiceField(label=_("How"), choices=Attendance.Manner.choices, widget=forms.RadioSelect)


class ProxyForm(PersonForm):
    """Somebody lends their vote."""

    holder = forms.ChoiceField(label=_("Lent to"))

    def __init__(self, *arguments: Any, people: Choices, others: Choices, **options: Any) -> None:
        super().__init__(*arguments, people=people, **options)
        self.fields["holder"].choices = list(others)  # type: ignore[attr-defined]


class EmergencyForm(forms.Form):
    """Why it cannot wait."""

    reason = text_area(_("Why it cannot wait for a debate"), EMERGENCY_LIMIT, rows=3)


class NoForm(forms.Form):
    """A button alone."""


class OpenVoteForm(ReferredForm):
    """A vote as it is put."""

    question = forms.CharField(label=_("The question"), max_length=QUESTION_LIMIT)
    round = forms.TypedChoiceField(label=_("Which ballot"), choices=list(VOTE_WORDS["vote-round"].items()), coerce=int)
    kind = forms.ChoiceField(label=_("By"), choices=Vote.Kind.choices)
    proposals = forms.MultipleChoiceField(
        label=_("On which projects"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None checked: all of them in a first or second ballot, else the question alone."),
    )
    scenario = forms.IntegerField(
        label=_("On which scenario, by its number"), required=False, min_value=1, error_messages=_NOT_A_NUMBER
    )
    meeting = forms.TypedChoiceField(label=_("At which meeting"), required=False, coerce=int, empty_value=None)
    chair = forms.ChoiceField(label=_("Who chairs, without a meeting"), required=False)
    closes = forms.DateTimeField(
        label=_("Closes at"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"invalid": _("This is not a moment. Write it like 2026-12-31 18:30.")},
    )
    scale = forms.IntegerField(
        label=_("Best score, where the charter does not say"),
        required=False,
        min_value=1,
        max_value=BEST_SCALE,
        error_messages=_NOT_A_NUMBER,
    )
    grades = forms.IntegerField(
        label=_("Number of grades, where the charter does not say"),
        required=False,
        min_value=2,
        max_value=MOST_GRADES,
        error_messages=_NOT_A_NUMBER,
    )

    def __init__(self, *arguments: Any, people: Choices, proposals: Choices, meetings: Choices, **options: Any) -> None:
        super().__init__(*arguments, **options)
        nobody = ("", _("nobody"))
        self.fields["chair"].choices = [nobody, *people]  # type: ignore[attr-defined]
        self.fields["proposals"].choices = list(proposals)  # type: ignore[attr-defined]
        self.fields["meeting"].choices = [("", _("none, everybody votes at a distance")), *meetings]  # type: ignore[attr-defined]

    def draft(self) -> VoteDraft:
        """The vote as the service takes it."""
        said = self.cleaned_data
        subject: dict[str, Any] = {}
        if said["proposals"]:
            subject["proposals"] = said["proposals"]
        if said["scenario"] is not None:
            subject["scenario"] = said["scenario"]
        return VoteDraft(said["reference"], said["round"], said["kind"], said["question"], subject, said["closes"])

    def bounds(self) -> Mapping[str, int]:
        """What whoever opens the vote chooses, 0 where they leave it to the charter."""
        return {name: self.cleaned_data[name] or 0 for name in ("scale", "grades")}


class ObjectionForm(ReferredForm):
    """An objection."""

    text = text_area(_("The harm that you fear, or the limit that you cannot bear"), REASON_LIMIT, rows=3)


class AnswerForm(forms.Form):
    """How an objection ends: its author withdraws it, whoever keeps the minutes or chairs records the rest."""

    objection = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[choice for choice in Objection.State.choices if choice[0] != Objection.State.RAISED],
        widget=forms.RadioSelect,
    )
    why = text_area(_("Why"), REASON_LIMIT, rows=3)

    def __init__(self, *arguments: Any, keeps_minutes: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.keeps_minutes = keeps_minutes
        if not keeps_minutes:
            withdrawn = Objection.State.WITHDRAWN
            self.fields["state"].choices = [(withdrawn.value, withdrawn.label)]  # type: ignore[attr-defined]

    def resolution(self) -> Resolution:
        """The end as the service takes it."""
        return Resolution(self.cleaned_data["state"], self.cleaned_data["why"])


class CastingForm(forms.Form):
    """The chair's answer."""

    answer = forms.ChoiceField(
        label=_("Your casting vote"),
        choices=[choice for choice in VOTE_WORDS["answer"].items() if choice[0] != "abstain"],
        widget=forms.RadioSelect,
    )


class FallbackForm(ReferredForm):
    """The vote that decides where consent failed."""

    closes = OpenVoteForm.base_fields["closes"]
