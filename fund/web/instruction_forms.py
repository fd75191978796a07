"""The forms of the instruction: interests, the filter of the list, a report, scores, and who reads what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allocation.instructing.assigning import FILES_LIMIT, READERS_LIMIT
from allocation.instructing.instruction import COMMENT_LIMIT, TEXT_LIMIT, WHY_LIMIT, Given
from allocation.instructing.interests import NO_INTEREST, WORDS_LIMIT, Answer
from allocation.instructing.scoring import Rubric
from allocation.models import Application, InterestDeclaration, Recusal, Report
from fund.queries.files import TO_DO
from fund.queries.interests import Listed
from fund.queries.people import Person
from fund.services.instruction import ReportSaid
from ledger.errors import AmountInvalid
from ledger.money import Amount, Unit

_INTERESTS = [
    ("", _("choose")),
    (NO_INTEREST, _("no interest")),
    *Recusal.Interest.choices,
]


class InterestsForm(forms.Form):
    """For every application whether there is an interest in it; nothing is chosen beforehand."""

    whole = forms.ChoiceField(
        label=_("Your declaration"),
        choices=[
            ("none", _("I read the list, and I have no interest in any of these applications")),
            ("some", _("I have an interest in some of them: I answered for each in the list")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you have an interest in any of these applications.")},
    )

    def __init__(self, *arguments: Any, listed: Iterable[Listed], last: InterestDeclaration | None, **options: Any):
        super().__init__(*arguments, **options)
        self.listed = tuple(listed)
        said = {entry["number"]: entry for entry in last.applications} if last else {}
        for file in self.listed:
            before = said.get(file.number, {})
            self.fields[f"interest-{file.number}"] = forms.ChoiceField(
                label=_("Interest in application %(number)s") % {"number": file.number},
                choices=_INTERESTS,
                required=False,
                initial=before.get("interest", ""),
            )
            self.fields[f"why-{file.number}"] = forms.CharField(
                label=_("Which interest in application %(number)s, in some words") % {"number": file.number},
                required=False,
                max_length=WORDS_LIMIT,
                initial=before.get("why", ""),
            )

    @property
    def rows(self) -> list[tuple[Listed, forms.BoundField, forms.BoundField]]:
        """Each application with its two questions."""
        return [(file, self[f"interest-{file.number}"], self[f"why-{file.number}"]) for file in self.listed]

    def clean(self) -> dict[str, Any]:
        """“None at all” goes with no interest in any of them, “some” with an answer to each and an interest in one."""
        cleaned = super().clean() or {}
        interests = {file.number: cleaned.get(f"interest-{file.number}", "") for file in self.listed}
        named = [number for number, interest in interests.items() if interest not in ("", NO_INTEREST)]
        if cleaned.get("whole") == "none" and named:
            raise forms.ValidationError(
                _("You say that you have no interest, and name one in application %(number)s: say which is right."),
                code="contradiction",
                params={"number": named[0]},
            )
        if cleaned.get("whole") == "some":
            for number, interest in interests.items():
                if not interest and not self.has_error(f"interest-{number}"):
                    self.add_error(f"interest-{number}", _("Say whether you have an interest in this application."))
        return cleaned

    def answers(self) -> dict[int, Answer]:
        """What is said of each application."""
        said = self.cleaned_data
        if said["whole"] == "none":
            return {file.number: Answer() for file in self.listed}
        return {
            file.number: Answer(said[f"interest-{file.number}"], said[f"why-{file.number}"]) for file in self.listed
        }


class FilterForm(forms.Form):
    """Which applications of the list are shown."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all states")), *(c for c in Application.State.choices if c[0] != Application.State.DRAFT)],
    )
    mine = forms.ChoiceField(
        label=_("For me"),
        required=False,
        choices=[
            ("", _("all applications")),
            ("to-do", _("what is left to me to do")),
            ("rapporteur", _("those of which I am rapporteur")),
            ("recused", _("those from which I am recused")),
        ],
    )

    def takes(self, line: Any, person_name: str) -> bool:
        """Whether a line of the list passes; a filter that does not exist lets everything pass, and is said."""
        if not self.is_valid():
            return True
        state, mine = self.cleaned_data["state"], self.cleaned_data["mine"]
        if state and line.state != state:
            return False
        return {
            "": True,
            "to-do": line.mine in TO_DO,
            "rapporteur": person_name in line.rapporteurs,
            "recused": line.mine == "recused",
        }[mine]


class ReportForm(forms.Form):
    """A rapporteur's report."""

    opinion = forms.ChoiceField(label=_("Your opinion"), choices=Report.Opinion.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("Your report"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 14}))
    suggested = forms.CharField(
        label=_("Amount that you suggest"),
        required=False,
        max_length=30,
        help_text=_("In figures, like 9000 or 9000,50; nothing where you suggest none."),
    )

    def __init__(self, *arguments: Any, unit: Unit, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.unit = unit

    def clean_suggested(self) -> Amount | None:
        """The amount, whichever mark its writer uses for the decimals."""
        return _amount(self.cleaned_data["suggested"], self.unit)

    def said(self) -> ReportSaid:
        """The report as the service takes it."""
        said = self.cleaned_data
        return ReportSaid(said["opinion"], said["text"], said["suggested"])


def _amount(text: str, unit: Unit) -> Amount | None:
    plain = "".join(text.split()).replace("\u202f", "").replace(",", ".")
    if not plain:
        return None
    try:
        return Amount.parse(plain, unit)
    except AmountInvalid:
        raise forms.ValidationError(
            _("This is not an amount. Write it in figures, like 9000 or 9000,50."), code="amount"
        ) from None


class ScoresForm(forms.Form):
    """Points and a comment on every criterion of the rubric."""

    def __init__(self, *arguments: Any, rubric: Rubric, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.rubric = rubric
        for line in rubric:
            self.fields[f"points-{line.code}"] = forms.IntegerField(
                label=_("%(criterion)s: from 0 to %(scale)s") % {"criterion": line.name, "scale": line.scale},
                min_value=0,
                max_value=line.scale,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
            self.fields[f"comment-{line.code}"] = forms.CharField(
                label=_("Comment on “%(criterion)s”") % {"criterion": line.name},
                required=False,
                max_length=COMMENT_LIMIT,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def given(self) -> Mapping[str, Given]:
        """The points as the service takes them."""
        said = self.cleaned_data
        return {line.code: Given(said[f"points-{line.code}"], said[f"comment-{line.code}"]) for line in self.rubric}


class EvenlyForm(forms.Form):
    """How many rapporteurs every application gets."""

    wanted = forms.IntegerField(
        label=_("Rapporteurs for each application"), min_value=1, max_value=READERS_LIMIT, initial=2
    )
    most = forms.IntegerField(
        label=_("At most so many applications for one person"),
        required=False,
        min_value=1,
        max_value=FILES_LIMIT,
        help_text=_("Nothing: as even as recusals allow."),
    )


class NameForm(forms.Form):
    """One rapporteur named by hand."""

    number = forms.TypedChoiceField(label=_("Application"), coerce=int)
    person = forms.ChoiceField(label=_("Rapporteur"))

    def __init__(self, *arguments: Any, files: Iterable[Listed], people: Iterable[Person], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["number"].choices = [(file.number, f"{file.number} · {file.title}") for file in files]  # type: ignore[attr-defined]
        self.fields["person"].choices = [(person.code, person.name) for person in people]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Why somebody is no longer rapporteur."""

    task = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    why = forms.CharField(label=_("Why"), max_length=WHY_LIMIT)
