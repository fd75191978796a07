"""The forms of a year: its locks, its final close, its conventions, its inventory, its result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fund.models import Fund, FundingConvention
from fund.queries.conventions import ConventionShown
from fund.queries.inventory import Doubtful
from fund.services.conventions import ConventionTerms
from fund.web.notoriety_forms import ReferredForm, WhyField, day_field
from ledger.errors import LedgerError
from ledger.money import Amount, Unit, unit_of
from ledger.periods import PeriodRow

REASON_LIMIT: Final = 300
MOST_SHARES: Final = 12


class MoneyTextField(forms.CharField):
    """An amount as people write it, `1 234,56`; cleaned into an `Amount` of a unit, not below zero."""

    def __init__(self, unit: Unit, **options: Any) -> None:
        super().__init__(max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)
        self.unit = unit

    def clean(self, value: Any) -> Any:
        written = super().clean(value)
        if written in self.empty_values:
            return None
        return amount_written(written, self.unit)


def amount_written(written: str, unit: Unit) -> Amount:
    """The amount that somebody wrote; an error of a form when it is none, or below zero."""
    try:
        amount = Amount.parse("".join(written.split()).replace(",", "."), unit)
    except LedgerError:
        raise forms.ValidationError(_("This is not an amount. Write it like 1234.56."), code="invalid") from None
    if amount.minor < 0:
        raise forms.ValidationError(_("Write an amount that is not below zero."), code="range")
    return amount


class TurnForm(forms.Form):
    """Which months are locked or unlocked, and why."""

    act = forms.ChoiceField(
        label=_("What is done"),
        choices=[
            ("lock", _("lock: no entry is dated in it for now")),
            ("unlock", _("unlock: entries may enter again")),
        ],
        widget=forms.RadioSelect,
    )
    month = forms.ChoiceField(label=_("Which month"), required=False)
    why = WhyField(label=_("The reason"))

    def __init__(self, *arguments: Any, months: Iterable[PeriodRow], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["month"].choices = [  # type: ignore[attr-defined]
            ("", _("the whole year")),
            *((f"{month.first:%Y-%m}", f"{month.first:%Y-%m}") for month in months),
        ]


class OpenForm(forms.Form):
    """Why the next year is opened."""

    why = WhyField(label=_("The reason"))


class CloseForm(forms.Form):
    """The final close: the year is written once more, because it is never undone."""

    year = forms.CharField(label=_("The year to close, once more"), max_length=20)
    why = WhyField(label=_("Who decided it, and on which paper"))

    def __init__(self, *arguments: Any, code: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.code = code

    def clean_year(self) -> str:
        """The same year as the page's."""
        said: str = self.cleaned_data["year"].strip()
        if said != self.code:
            raise forms.ValidationError(_("Write the year of this page."), code="differs")
        return said


class ConventionForm(forms.Form):
    """The terms of a funder's convention."""

    code = forms.RegexField(
        regex=r"^[^\s:]+$",
        label=_("Code of the convention"),
        max_length=64,
        help_text=_("Its reference without space or colon; the books write it on every line of this money."),
        error_messages={"invalid": _("Leave out spaces and colons.")},
    )
    funder = forms.ChoiceField(label=_("Who gives"))
    kind = forms.ChoiceField(label=_("What it is"), choices=FundingConvention.Kind.choices)
    purpose = forms.CharField(label=_("What for"), max_length=REASON_LIMIT)
    project = forms.RegexField(
        regex=r"^[^\s:]*$",
        label=_("Code of the project, where there is one"),
        required=False,
        max_length=64,
        error_messages={"invalid": _("Leave out spaces and colons.")},
    )
    signed_on = day_field(_("Signed or notified on"))
    first = day_field(_("First day of the funded period"))
    last = day_field(_("Last day of the funded period"))
    is_dedicated = forms.BooleanField(
        label=_("For a defined project: what is unused is kept for it (dedicated funds)"), required=False
    )
    shares = forms.CharField(
        label=_("Shares of later years"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One line for each later year, like “2027 5000.00”."),
    )
    books_income = forms.BooleanField(
        label=_("Book the income on the day of signature; leave empty where it is in the books already"),
        required=False,
    )
    amends = forms.BooleanField(label=_("It amends the convention of this code (a new version)"), required=False)

    def __init__(self, *arguments: Any, fund: Fund, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.unit = unit_of(fund.currency)
        parties = fund.parties.order_by("code").values_list("code", "name")
        self.fields["funder"].choices = [(code, f"{code} {name}") for code, name in parties]  # type: ignore[attr-defined]
        amount = MoneyTextField(self.unit, label=_("Amount in %(unit)s") % {"unit": self.unit.code})
        self.fields = type(self.fields)(
            pair for name, field in self.fields.items() for pair in _with_amount(name, field, amount)
        )

    def clean_shares(self) -> dict[int, Amount]:
        """The lines as shares by year."""
        found: dict[int, Amount] = {}
        lines = [line.split(maxsplit=1) for line in self.cleaned_data["shares"].splitlines() if line.strip()]
        if len(lines) > MOST_SHARES:
            raise forms.ValidationError(_("That is more later years than a convention has."), code="many")
        for line in lines:
            year = line[0]
            if len(line) < 2 or not (year.isascii() and year.isdigit() and len(year) == 4) or int(year) in found:
                raise forms.ValidationError(_("Write each later year once, like “2027 5000.00”."), code="invalid")
            found[int(year)] = amount_written(line[1], self.unit)
        return found

    def terms(self) -> ConventionTerms:
        """The terms as the service takes them."""
        said = self.cleaned_data
        return ConventionTerms(
            code=said["code"],
            funder=said["funder"],
            kind=said["kind"],
            purpose=said["purpose"],
            amount=said["amount"],
            signed_on=said["signed_on"],
            first=said["first"],
            last=said["last"],
            is_dedicated=said["is_dedicated"],
            project=said["project"],
            shares=said["shares"],
        )


def _with_amount(name: str, field: forms.Field, amount: forms.Field) -> list[tuple[str, forms.Field]]:
    """The amount stands before the day of signature."""
    return [("amount", amount), (name, field)] if name == "signed_on" else [(name, field)]


def terms_shown(convention: ConventionShown) -> dict[str, Any]:
    """The terms of a convention as the form that amends it begins with."""
    return {
        "code": convention.code,
        "funder": convention.funder_code,
        "kind": convention.kind,
        "purpose": convention.purpose,
        "project": convention.project,
        "amount": convention.amount.major,
        "signed_on": convention.signed_on,
        "first": convention.first,
        "last": convention.last,
        "is_dedicated": convention.is_dedicated,
        "shares": "\n".join(f"{year} {share.major}" for year, share in convention.shares.items()),
        "amends": True,
    }


class AllowanceForm(ReferredForm):
    """What is written down: which third party or project, to which part or amount, and why."""

    what = forms.ChoiceField(label=_("What is doubtful"))
    rate = forms.CharField(
        label=_("Part that is lost, in percent"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("A part or an amount, not both: what the allowance is to be at the closing, in all."),
    )
    why = forms.CharField(label=_("The reason"), max_length=REASON_LIMIT)

    def __init__(self, *arguments: Any, found: Sequence[Doubtful], unit: Unit, names: dict[str, str], **options: Any):
        super().__init__(*arguments, **options)
        self.fields["what"].choices = [(each.key, names[each.key]) for each in found]  # type: ignore[attr-defined]
        fields = dict(self.fields)
        amount = MoneyTextField(unit, label=_("Or the amount, in %(unit)s") % {"unit": unit.code}, required=False)
        self.fields = type(self.fields)(
            [(name, fields[name]) for name in ("reference", "what", "rate")]
            + [("amount", amount), ("why", fields["why"])]
        )

    def clean_rate(self) -> Fraction | None:
        """A percentage from 0 to 100, exact."""
        written = self.cleaned_data["rate"].strip().replace(",", ".").removesuffix("%").strip()
        if not written:
            return None
        whole, _point, part = written.partition(".")
        if not (whole + part).isascii() or not (whole + part).isdigit() or len(part) > 6:
            raise forms.ValidationError(_("Write a percentage from 0 to 100, like 50 or 33.3."), code="invalid")
        rate = Fraction(int((whole or "0") + part), 100 * 10 ** len(part))
        if rate > 1:
            raise forms.ValidationError(_("Write a percentage from 0 to 100, like 50 or 33.3."), code="range")
        return rate

    def clean(self) -> dict[str, Any]:
        """A part or an amount, and one of them."""
        said = super().clean() or {}
        if not {"rate", "amount"} & set(self.errors) and (said.get("rate") is None) == (said.get("amount") is None):
            self.add_error("rate", _("Give a part or an amount: one of the two."))
        return said

    def chosen(self) -> dict[str, Any]:
        """The facts as the service takes them."""
        said = self.cleaned_data
        kind, party, project = said["what"].split(":")
        to = said["amount"] if said["rate"] is None else said["rate"]
        return {"kind": kind, "party": party, "project": project, "to": to, "why": said["why"],
                "reference": said["reference"]}  # fmt: skip


class AllocationForm(forms.Form):
    """What the general assembly decided on the result."""

    on = day_field(_("Day of the general assembly"))
    minutes = forms.CharField(label=_("Its minutes, as they are filed"), max_length=200)

    def __init__(self, *arguments: Any, unit: Unit, surplus: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        words = (
            (_("To the reserve for projects (1068)"), _("Carried forward (110)"))
            if surplus
            else (_("Covered by the reserve for projects (1068)"), _("Carried forward (110, then 119)"))
        )
        self.fields["reserve"] = MoneyTextField(unit, label=words[0])
        self.fields["carried"] = MoneyTextField(unit, label=words[1])

    def decided(self) -> dict[str, Any]:
        """The decision as the service takes it."""
        said: dict[str, Any] = {name: self.cleaned_data[name] for name in ("on", "minutes", "reserve", "carried")}
        assert isinstance(said["on"], date)
        return said
