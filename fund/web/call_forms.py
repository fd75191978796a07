"""The administrator's form that opens a call: strands, criteria and documents are lines, with empty ones to fill in."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from allocation.applying.faults import Fault
from allocation.applying.typed import Unreadable, read_amount
from allocation.calls import CODE_LIMIT, NAME_LIMIT, SEED_LIMIT, EnvelopeDraft
from allocation.committee_calls import (
    CRITERIA_LIMIT,
    PRESENTATION_LIMIT,
    CommitteeCallDraft,
    CriterionDraft,
    DocumentDraft,
)
from allocation.methods.registry import METHODS
from fund.models import Fund
from fund.services.calls import code_of
from fund.web.notoriety_forms import day_field
from fund.web.pages import language_of_page
from ledger.money import Amount, unit_of

MOST_STRANDS: Final = 8
MOST_CRITERIA: Final = 12
MOST_DOCUMENTS: Final = 15


class CallForm(forms.Form):
    """What a call says, but for its lines."""

    name = forms.CharField(label=_("Name of the call"), max_length=NAME_LIMIT)
    slug = forms.CharField(
        label=_("Its identifier in addresses"),
        required=False,
        max_length=CODE_LIMIT,
        help_text=_("Letters from a to z, digits and hyphens. Left empty, it is made from the name."),
    )
    presentation = forms.CharField(
        label=_("What the call is for"), max_length=PRESENTATION_LIMIT, widget=forms.Textarea(attrs={"rows": 8})
    )
    opens = day_field(_("Opens on"))
    applications_until = day_field(_("Last day to file"))
    closes = day_field(_("Decided at the latest on"))
    method = forms.ChoiceField(label=_("Method"), required=False)
    lottery_seed = forms.CharField(
        label=_("Seed of the lottery"),
        required=False,
        max_length=SEED_LIMIT,
        help_text=_("Left empty, one is drawn by the machine. Only its seal is published until the outcome."),
    )

    def __init__(self, *arguments: Any, ruled: str | None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if ruled is not None:
            del self.fields["method"]
            return
        field = self.fields["method"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, name) for name in METHODS]
        field.initial = "equal-shares/1"

    def clean(self) -> dict[str, Any]:
        """Days in their order, said here so that nothing else is asked first."""
        said = super().clean() or {}
        opens, until, closes = (said.get(name) for name in ("opens", "applications_until", "closes"))
        if opens and until and closes and not opens <= until <= closes:
            self.add_error("applications_until", _("The days come in this order: opens, last day to file, decided."))
        return said


class StrandForm(forms.Form):
    """A strand and its own sum; a line of which both are empty is no line."""

    name = forms.CharField(label=_("Strand"), required=False, max_length=NAME_LIMIT)
    amount = forms.CharField(label=_("Amount"), required=False, max_length=60)

    def __init__(self, *arguments: Any, currency: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.currency = currency

    def clean(self) -> dict[str, Any]:
        """Both, or neither."""
        said = super().clean() or {}
        if not self.errors and bool(said.get("name")) != bool(said.get("amount")):
            raise forms.ValidationError(_("A strand needs a name and an amount."), code="half")
        return said

    def clean_amount(self) -> Amount | None:
        """An amount as people write it."""
        text = self.cleaned_data["amount"]
        if not text:
            return None
        unit = unit_of(self.currency)
        try:
            return Amount(read_amount(text, unit), unit)
        except Unreadable as unreadable:
            fault = Fault("target", unreadable.fault, figures=unreadable.figures)
            language = language_of_page()
            said = f"{fault.sentence(language)} {fault.mend(language)}"
            raise forms.ValidationError(said, code=unreadable.fault) from None


class CriterionForm(forms.Form):
    """A criterion of the rubric."""

    name = forms.CharField(label=_("Criterion"), required=False, max_length=NAME_LIMIT)
    weight = forms.IntegerField(label=_("Weight"), required=False, min_value=1, max_value=CRITERIA_LIMIT)
    scale = forms.IntegerField(label=_("Scored from 0 to"), required=False, min_value=1, max_value=CRITERIA_LIMIT)


class AskedDocumentForm(forms.Form):
    """A document that is asked for."""

    name = forms.CharField(label=_("Document"), required=False, max_length=NAME_LIMIT)
    optional = forms.BooleanField(label=_("Not compulsory"), required=False)


def _lines(form: type[forms.Form], most: int, empty: int) -> Any:
    return forms.formset_factory(form, extra=empty, max_num=most, absolute_max=most, validate_max=True)


class CallSheet:
    """The form and its three tables of lines, read and refused together."""

    def __init__(self, data: Any, *, fund: Fund, ruled: str | None) -> None:
        self.fund, self.ruled = fund, ruled
        self.form = CallForm(data, ruled=ruled)
        self.strands = _lines(StrandForm, MOST_STRANDS, 4)(
            data, prefix="strands", form_kwargs={"currency": fund.currency}
        )
        self.criteria = _lines(CriterionForm, MOST_CRITERIA, 5)(data, prefix="criteria")
        self.documents = _lines(AskedDocumentForm, MOST_DOCUMENTS, 5)(data, prefix="documents")

    def is_valid(self) -> bool:
        """Whether every part can be read; each part is asked, so that every fault is told at once."""
        parts = [self.form.is_valid(), *(lines.is_valid() for lines in self.tables)]
        return all(parts)

    @property
    def tables(self) -> tuple[Any, ...]:
        """The three tables of lines."""
        return self.strands, self.criteria, self.documents

    @property
    def faulty(self) -> bool:
        """Whether something was refused."""
        return bool(self.form.errors) or any(lines.is_bound and not lines.is_valid() for lines in self.tables)

    def draft(self) -> CommitteeCallDraft:
        """The call as the service takes it."""
        said = self.form.cleaned_data
        return CommitteeCallDraft(
            slug=said["slug"] or code_of(said["name"], ()),
            name=said["name"],
            presentation=said["presentation"].replace("\r\n", "\n"),
            opens=said["opens"],
            applications_until=said["applications_until"],
            closes=said["closes"],
            method=self.ruled or said["method"],
            envelopes=[EnvelopeDraft(code, line["name"], line["amount"]) for code, line in _coded(self.strands)],
            criteria=[
                CriterionDraft(code, line["name"], line["weight"] or 1, line["scale"] or 5)
                for code, line in _coded(self.criteria)
            ],
            documents=[
                DocumentDraft(code, line["name"], not line["optional"]) for code, line in _coded(self.documents)
            ],
            currency=self.fund.currency,
        )


def _coded(lines: Any) -> list[tuple[str, dict[str, Any]]]:
    """The lines that hold a name, each with a code made out of it."""
    found: list[tuple[str, dict[str, Any]]] = []
    for form in lines:
        line = form.cleaned_data
        if line.get("name"):
            found.append((code_of(line["name"], [code for code, _line in found]), line))
    return found
