"""A ballot as a form: one for each voice, by native controls alone, and what it says in the shape that is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from allocation.voting.papers import LARGEST_MINOR, REASON_LIMIT
from allocation.voting.votes import new_receipt
from fund.queries.votes import BallotVoice
from fund.web.vote_words import VOTE_WORDS, grade_word
from ledger.errors import LedgerError
from ledger.money import Amount

RADIO_SCALE = 10
"""The best score that is still chosen among buttons; a longer scale is written as a number."""


class BallotForm(forms.Form):
    """The ballot of one voice. Its receipt is made with the form, so that a second click finds the paper."""

    receipt = forms.CharField(widget=forms.HiddenInput, max_length=40)
    voice = forms.CharField(widget=forms.HiddenInput, max_length=20)

    def __init__(self, voice: BallotVoice, names: Mapping[str, str], data: Any = None) -> None:
        key = str(voice.elector.pk)
        mine = data if data is not None and data.get(f"v{key}-voice") == key else None
        super().__init__(mine, prefix=f"v{key}", initial={"receipt": new_receipt(), "voice": key})
        self.of, self.names = voice, names
        self.add_answers()
        self.fields["reason"] = forms.CharField(
            label=_("Why, if you want to say it"),
            required=False,
            max_length=REASON_LIMIT,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.order_fields([*(name for name in self.fields if name not in ("receipt", "voice")), "receipt", "voice"])

    def add_answers(self) -> None:
        """The controls of this kind of ballot."""
        raise NotImplementedError

    def said(self) -> dict[str, Any]:
        """The answers in the shape of their kind (`allocation.voting.papers`)."""
        raise NotImplementedError

    def left(self) -> Amount | None:
        """What is left to distribute, where something is distributed."""
        return None

    @property
    def groups(self) -> Iterator[BoundField]:
        """The fields that are a set of buttons or boxes, each of which gets a legend."""
        return (field for field in self if isinstance(field.field.widget, _SETS) and not field.is_hidden)

    @property
    def lines(self) -> Iterator[BoundField]:
        """The fields of one line or one text."""
        return (field for field in self if not isinstance(field.field.widget, _SETS) and not field.is_hidden)

    def by_proposal(self) -> dict[str, Any]:
        """What was filled in for each proposal, by its code; what was left empty is left out."""
        return {
            code: self.cleaned_data[f"p{place}"]
            for place, code in enumerate(self.of.question.proposals)
            if self.cleaned_data.get(f"p{place}") not in (None, "")
        }

    def with_reason(self, **answers: Any) -> dict[str, Any]:
        """The answers and the reason."""
        return {**answers, "reason": self.cleaned_data["reason"]}

    def name_of(self, code: str) -> str:
        """How a proposal is called."""
        return self.names.get(code, code)


_SETS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class YesNoForm(BallotForm):
    """One question, or one for each proposal; there, whoever chooses nothing abstains."""

    def add_answers(self) -> None:
        choices = list(VOTE_WORDS["answer"].items())
        if self.of.question.is_whole:
            self.fields["answer"] = forms.ChoiceField(label=_("Your answer"), choices=choices, widget=forms.RadioSelect)
            return
        for place, code in enumerate(self.of.question.proposals):
            self.fields[f"p{place}"] = forms.ChoiceField(
                label=self.name_of(code), choices=choices, widget=forms.RadioSelect, initial="abstain"
            )

    def said(self) -> dict[str, Any]:
        if self.of.question.is_whole:
            return self.with_reason(answer=self.cleaned_data["answer"])
        return self.with_reason(answers=self.by_proposal())


class ApprovalForm(BallotForm):
    """The projects that one supports."""

    def add_answers(self) -> None:
        self.fields["approved"] = forms.MultipleChoiceField(
            label=_("The projects that you support"),
            choices=[(code, self.name_of(code)) for code in self.of.question.proposals],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def said(self) -> dict[str, Any]:
        return self.with_reason(approved=self.cleaned_data["approved"])


class ScoresForm(BallotForm):
    """A score for each project, or none."""

    def add_answers(self) -> None:
        scale = self.of.question.scale
        for place, code in enumerate(self.of.question.proposals):
            label = self.name_of(code)
            if scale <= RADIO_SCALE:
                choices = [("", _("no score")), *((str(score), str(score)) for score in range(scale + 1))]
                field: forms.Field = forms.ChoiceField(
                    label=label, choices=choices, widget=forms.RadioSelect, required=False, initial=""
                )
            else:
                field = forms.IntegerField(label=label, required=False, min_value=0, max_value=scale)
            self.fields[f"p{place}"] = field

    def said(self) -> dict[str, Any]:
        return self.with_reason(scores={code: int(score) for code, score in self.by_proposal().items()})


class JudgmentForm(BallotForm):
    """A grade for each project, the best one first; none counts as the lowest."""

    def add_answers(self) -> None:
        grades = self.of.question.grades
        choices = [(str(grade), grade_word(grade, grades)) for grade in reversed(range(grades))]
        for place, code in enumerate(self.of.question.proposals):
            self.fields[f"p{place}"] = forms.ChoiceField(
                label=self.name_of(code), choices=choices, widget=forms.RadioSelect, required=False
            )

    def said(self) -> dict[str, Any]:
        return self.with_reason(grades={code: int(grade) for code, grade in self.by_proposal().items()})


class RankingForm(BallotForm):
    """A rank for each project, 1 the most preferred; equal ranks are equal, those without come last."""

    def add_answers(self) -> None:
        count = len(self.of.question.proposals)
        for place, code in enumerate(self.of.question.proposals):
            self.fields[f"p{place}"] = forms.IntegerField(
                label=self.name_of(code), required=False, min_value=1, max_value=count
            )

    def said(self) -> dict[str, Any]:
        ranks = self.by_proposal()
        levels = [[code for code, given in ranks.items() if given == rank] for rank in sorted(set(ranks.values()))]
        return self.with_reason(levels=levels)


class ConsentForm(BallotForm):
    """Consent, stand aside, or object with a reason."""

    def add_answers(self) -> None:
        self.fields["answer"] = forms.ChoiceField(
            label=_("Your answer"), choices=list(VOTE_WORDS["consent-answer"].items()), widget=forms.RadioSelect
        )

    def said(self) -> dict[str, Any]:
        return self.with_reason(answer=self.cleaned_data["answer"])


class AmountField(forms.CharField):
    """An amount as people write it, `1 234,56`; cleaned into minor units."""

    def __init__(self, zero: Amount, **options: Any) -> None:
        super().__init__(max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)
        self.zero = zero

    def clean(self, value: Any) -> int:
        text = "".join(super().clean(value).split()).replace(",", ".")
        try:
            minor = Amount.parse(text or "0", self.zero.unit).minor
        except (LedgerError, ValueError):
            raise forms.ValidationError(_("This is not an amount. Write it like 1234.56."), code="invalid") from None
        if not 0 <= minor <= LARGEST_MINOR:
            raise forms.ValidationError(_("Write an amount that is not below zero, nor beyond the pot."), code="range")
        return minor


class BucketsForm(BallotForm):
    """An amount for each project out of one's part of the pot."""

    def add_answers(self) -> None:
        zero = Amount(0, self.of.question.unit)
        for place, code in enumerate(self.of.question.proposals):
            self.fields[f"p{place}"] = AmountField(zero, label=self.name_of(code), required=False)
        self.fields["leaves_rest"] = forms.BooleanField(label=_("What I leave stays in the pot"), required=False)

    def said(self) -> dict[str, Any]:
        return self.with_reason(amounts=self.by_proposal(), leaves_rest=self.cleaned_data["leaves_rest"])

    def left(self) -> Amount | None:
        given = sum(self.by_proposal().values()) if self.is_bound and self.is_valid() else 0
        return Amount(self.of.question.part_minor - given, self.of.question.unit)

    @property
    def part(self) -> Amount:
        """What this voice may distribute."""
        return Amount(self.of.question.part_minor, self.of.question.unit)


_FORMS: Mapping[str, type[BallotForm]] = {
    "yes-no": YesNoForm,
    "approval": ApprovalForm,
    "scores": ScoresForm,
    "judgment": JudgmentForm,
    "ranking": RankingForm,
    "consent": ConsentForm,
    "buckets": BucketsForm,
}


def ballot_form(voice: BallotVoice, names: Mapping[str, str], data: Any = None) -> BallotForm:
    """The form of a voice; bound when the data are of this voice."""
    return _FORMS[voice.question.kind](voice, names, data)
