"""The forms of the bank: a file is taken in, pairs are confirmed, a reconciliation is undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fund.accounting.reconciling import BookSide, Proposal
from fund.importers.bank import BankFile, read_bank_file
from fund.services.bank import WHY_LIMIT
from fund.statements.render.formats import bare_amount, short_date
from fund.web.pages import language_of_page
from ledger.money import Amount, Unit

LARGEST_BANK_FILE: Final = 4 * 1024 * 1024
"""Bytes: some 40,000 lines, years of them."""

FAULTS_SHOWN = 30


class BankFileForm(forms.Form):
    """A CSV file of the bank's lines."""

    file = forms.FileField(label=_("The file of the bank (CSV)"))

    def __init__(self, *arguments: Any, unit: Unit, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.unit = unit
        self.read: BankFile | None = None

    def clean_file(self) -> Any:
        """A file without a fault; all of its faults are told otherwise."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BANK_FILE:
            raise forms.ValidationError(_("The file has more than 4 MB: take it in year by year."), code="large")
        self.read = read_bank_file(str(file.name), file.read(), self.unit)
        faults = self.read.faults
        if faults:
            told = [forms.ValidationError(each.sentence(language_of_page())) for each in faults[:FAULTS_SHOWN]]
            if len(faults) > FAULTS_SHOWN:
                more = len(faults) - FAULTS_SHOWN
                told.append(forms.ValidationError(_("… and %(count)s more faults.") % {"count": more}))
            raise forms.ValidationError(told)
        return file


class PairsForm(forms.Form):
    """Which of the proposals are confirmed; each is `line:posting`."""

    pairs = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one pair."),
            "invalid_choice": _("One of the pairs is no longer proposed: look at the list again."),
        },
    )

    def __init__(self, *arguments: Any, proposals: Sequence[Proposal], **options: Any) -> None:
        super().__init__(*arguments, **options)
        pairs = self.fields["pairs"]
        assert isinstance(pairs, forms.MultipleChoiceField)
        pairs.choices = [(pair_of(each), pair_of(each)) for each in proposals]
        self.proposals = proposals

    def chosen(self) -> list[Proposal]:
        """The proposals that were ticked."""
        ticked = set(self.cleaned_data["pairs"])
        return [each for each in self.proposals if pair_of(each) in ticked]


def pair_of(proposal: Proposal) -> str:
    """What a pair is called in a form."""
    return f"{proposal.line.number}:{proposal.posting.posting}"


class ByHandForm(forms.Form):
    """Which postings a line of the bank is, when nothing was proposed."""

    postings = forms.TypedMultipleChoiceField(
        label=_("Entries that this line is"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one entry."),
            "invalid_choice": _("One of the entries is no longer open: look at the list again."),
        },
    )

    def __init__(self, *arguments: Any, postings: Sequence[BookSide], unit: Unit, **options: Any) -> None:
        super().__init__(*arguments, **options)
        language = language_of_page()
        field = self.fields["postings"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [
            (
                each.posting,
                f"{short_date(each.on, language)} · {each.number} · "
                f"{bare_amount(Amount(each.minor, unit), language)} · {each.label}",
            )
            for each in postings
        ]


class UndoForm(forms.Form):
    """Why a reconciliation is undone."""

    why = forms.CharField(label=_("Why it is undone"), max_length=WHY_LIMIT)
