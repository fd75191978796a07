"""The forms of the auditor's desk: a sample is drawn, an entry ticked, a note written or answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from fund.accounting.sampling import LARGEST_SIZE, MOST_BOUNDS, Plan
from fund.accounting.year import FiscalYear
from fund.models import AuditNote, AuditSample, AuditTick
from fund.services.audit import NOTE_LIMIT, REFERENCE_LIMIT, SEED_LIMIT, SUBJECT_LIMIT, TEXT_LIMIT
from fund.web.desk_fields import AmountField, CodesField
from ledger.money import Unit


class OnceForm(forms.Form):
    """A form that acts once: it carries the reference of its act, so that a second click finds the first."""

    reference = forms.CharField(max_length=REFERENCE_LIMIT, widget=forms.HiddenInput, initial=lambda: uuid4().hex[:16])


class SampleForm(OnceForm):
    """How a sample is drawn."""

    year = forms.ChoiceField(label=_("Fiscal year"))
    method = forms.ChoiceField(
        label=_("How it is drawn"),
        choices=AuditSample.Method.choices,
        widget=forms.RadioSelect,
        initial=AuditSample.Method.SIMPLE,
    )
    size = forms.IntegerField(
        label=_("How many entries"),
        required=False,
        min_value=0,
        max_value=LARGEST_SIZE,
        initial=20,
        help_text=_("By monetary units: the interval is the total divided by this number, unless you give one."),
    )
    by = forms.ChoiceField(
        label=_("Strata"),
        required=False,
        choices=[
            ("", _("none")),
            ("journal", _("by journal")),
            ("class", _("by account class, the highest that the entry touches")),
            ("amount", _("by amount, in bands")),
            ("month", _("by month")),
            ("party", _("by party, the first of the entry")),
        ],
    )
    division = forms.ChoiceField(
        label=_("How many from each stratum"),
        choices=[
            ("proportional", _("the number above shared in proportion to the entries")),
            ("equal", _("the number above from each stratum")),
        ],
        initial="proportional",
    )
    accounts = CodesField(
        label=_("On the accounts"),
        required=False,
        help_text=_("Beginnings of numbers, such as 6 401; each entry counts for what it moves there. Empty: all."),
    )

    def __init__(self, *arguments: Any, years: Sequence[FiscalYear], unit: Unit, **options: Any) -> None:
        super().__init__(*arguments, **options)
        year = self.fields["year"]
        assert isinstance(year, forms.ChoiceField)
        year.choices = [(each.code, each.code) for each in years]
        self.fields["bounds"] = AmountField(
            unit,
            many=MOST_BOUNDS,
            label=_("Bounds of the bands"),
            required=False,
            help_text=_("Rising amounts, separated by semicolons: 100; 1000; 10000."),
        )
        self.fields["interval"] = AmountField(
            unit,
            label=_("Interval"),
            required=False,
            help_text=_("By monetary units: an entry of this amount or more is certain."),
        )
        self.fields["above"] = AmountField(
            unit,
            label=_("Every entry from this amount"),
            required=False,
            help_text=_("Taken whatever the method, beside the number above."),
        )
        self.fields["seed"] = forms.CharField(
            label=_("Seed"),
            max_length=SEED_LIMIT,
            initial=lambda: uuid4().hex[:12],
            help_text=_("Any words. The same seed, books and parameters always give the same entries."),
        )

    def plan(self) -> Plan:
        """The plan as the plain module takes it."""
        said = self.cleaned_data
        return Plan(
            method=said["method"],
            size=said["size"] or 0,
            by=said["by"] if said["method"] == AuditSample.Method.STRATIFIED else "",
            division=said["division"],
            bounds=tuple(said["bounds"]) if said["by"] == "amount" else (),
            interval=said["interval"] or 0,
            above=said["above"] or 0,
            accounts=tuple(said["accounts"]),
        )


class TickForm(OnceForm):
    """What was found of an entry."""

    outcome = forms.ChoiceField(label=_("What you found"), choices=AuditTick.Outcome.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Asked for unless the entry simply agrees."),
    )

    def __init__(self, *arguments: Any, unit: Unit, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["difference"] = AmountField(
            unit,
            signed=True,
            label=_("Difference"),
            required=False,
            help_text=_("What the document says less what the books say; only for a difference."),
        )
        self.order_fields(["reference", "outcome", "difference", "note"])


class NoteForm(OnceForm):
    """A note, for the auditors alone or shared with the bookkeepers as a question."""

    about = forms.ChoiceField(label=_("About"), choices=AuditNote.About.choices)
    subject = forms.CharField(
        label=_("Which one"),
        required=False,
        max_length=SUBJECT_LIMIT,
        help_text=_("The reference of the entry, the number of the account, or the line of the statement."),
    )
    text = forms.CharField(label=_("Note"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 8}))
    is_shared = forms.BooleanField(label=_("Ask the bookkeepers: they see the note and may answer"), required=False)


class AnswerForm(OnceForm):
    """An answer to a note that is shared."""

    text = forms.CharField(label=_("Answer"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 6}))


class AfterRankForm(forms.Form):
    """The rank after which a page of a sample begins."""

    after = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        error_messages={
            name: _("This page of the sample does not exist; it is shown from its first entry.")
            for name in ("invalid", "min_value", "max_value")
        },
    )
