"""The forms of the debate: it is opened, somebody takes a position, contributes, writes the synthesis, closes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allocation.debating.debate import REASON_LIMIT, SYNTHESIS_LIMIT, TEXT_LIMIT, Resolution
from allocation.models import Argument, Position
from fund.queries.debates import ArgumentShown
from fund.web.notoriety_forms import ReferredForm

_WRITTEN = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """A day with its hour, as the browser's own control writes it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=[_WRITTEN],
            widget=forms.DateTimeInput(format=_WRITTEN, attrs={"type": "datetime-local"}),
            error_messages={"invalid": _("This is not a moment. Write it like 2026-12-31T18:00.")},
            **options,
        )

    def to_python(self, value: Any) -> datetime | None:
        """The moment in the fund's own time; no calendar reaches its first nor its last year."""
        if (isinstance(value, str) and value[:4] < "2000") or str(value)[:4] > "2999":
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class LongText(forms.CharField):
    """Some paragraphs."""

    def __init__(self, *, rows: int, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)


class OpeningForm(forms.Form):
    """The time box: positions until a moment, the debate until another."""

    positions_until = MomentField(label=_("Positions until"))
    closes = MomentField(label=_("Debate until"))


class PositionForm(forms.Form):
    """What one thinks before the debate, and why."""

    stance = forms.ChoiceField(label=_("What I think"), choices=Position.Stance.choices, widget=forms.RadioSelect)
    reason = LongText(label=_("Why"), rows=5, max_length=REASON_LIMIT)


class ArgumentForm(ReferredForm):
    """A contribution, or an answer to one."""

    kind = forms.ChoiceField(label=_("What it is"), choices=Argument.Kind.choices)
    answers = forms.IntegerField(
        label=_("It takes up contribution number"),
        required=False,
        min_value=1,
        help_text=_("An answer needs one; anything else may have one."),
    )
    text = LongText(label=_("What I say"), rows=5, max_length=TEXT_LIMIT)


class SynthesisForm(forms.Form):
    """What the debate came to, what a minority holds, and what became of each condition and question."""

    text = LongText(label=_("What the debate came to"), rows=8, max_length=SYNTHESIS_LIMIT)
    minority = LongText(
        label=_("What a minority holds"),
        rows=4,
        max_length=SYNTHESIS_LIMIT,
        required=False,
        help_text=_("Where nobody differs, leave it empty."),
    )

    def __init__(self, *arguments: Any, to_settle: Sequence[ArgumentShown], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.numbers = tuple(each.number for each in to_settle)
        choices = [
            ("", _("without a settlement yet")),
            ("adopted", _("taken up")),
            ("refused", _("set aside, with a reason")),
        ]
        for each in to_settle:
            told = {"number": each.number, "text": each.text[:60]}
            self.fields[f"outcome_{each.number}"] = forms.ChoiceField(
                label=_("Number %(number)s: %(text)s") % told, choices=choices, required=False, initial=each.outcome
            )
            self.fields[f"why_{each.number}"] = forms.CharField(
                label=_("Number %(number)s: why, where it is set aside") % told,
                required=False,
                max_length=TEXT_LIMIT,
                initial=each.outcome_why,
            )

    def resolutions(self) -> list[Resolution]:
        """What is settled, as the service takes it."""
        said = self.cleaned_data
        return [
            Resolution(number, said[f"outcome_{number}"], said[f"why_{number}"])
            for number in self.numbers
            if said[f"outcome_{number}"]
        ]
