"""The forms of what the notes to the accounts need: the kind of an authority, an instalment of an advance."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fund.models import Fund, Party, PublicAuthority
from fund.services.annexes import AGREEMENT_LIMIT
from fund.web.notoriety_forms import day_field
from ledger.errors import AmountInvalid
from ledger.money import Amount, unit_of


class AuthorityForm(forms.Form):
    """Which party is which kind of public authority."""

    party = forms.ModelChoiceField(label=_("Authority"), queryset=Party.objects.none(), to_field_name="code")
    category = forms.ChoiceField(
        label=_("Kind of authority"),
        choices=[*PublicAuthority.Category.choices, ("", _("not a public authority"))],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, fund: Fund, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["party"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Party.objects.filter(fund=fund, kind=Party.Kind.ORGANISATION)


class InstalmentForm(forms.Form):
    """What of an advance is due on which day, by which agreement."""

    beneficiary = forms.CharField(
        label=_("Beneficiary"), max_length=100, help_text=_("The code of the party or project, as the books have it.")
    )
    agreement = forms.CharField(label=_("Agreement"), max_length=AGREEMENT_LIMIT)
    due_on = day_field(_("Due on"))
    amount = forms.CharField(
        label=_("Amount"), max_length=30, help_text=_("Like 1500.00; 0 takes the instalment away.")
    )

    def __init__(self, fund: Fund, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.unit = unit_of(fund.currency)

    def clean_amount(self) -> Amount:
        """The amount, written with a point or a comma."""
        plain = "".join(self.cleaned_data["amount"].split()).replace(",", ".")
        try:
            return Amount.parse(plain, self.unit)
        except AmountInvalid as refused:
            raise forms.ValidationError(_("This is not an amount. Write it like 1500.00."), code="amount") from refused
