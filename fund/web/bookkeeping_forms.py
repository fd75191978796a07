"""The forms of those who keep the books: an event is recorded, a third party added, a treatment chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from moneyed import CURRENCIES

from fund.accounting.destinations import DESTINATIONS
from fund.chart import SUBJECTS, TREATMENTS, account_name, options_of
from fund.entries.catalogue import Event
from fund.models import Fund, Party, Role
from fund.services.recording import LABEL_LIMIT, REFERENCE_LIMIT, Told
from fund.services.third_parties import NAME_LIMIT, ROLES
from fund.services.treatments import BASIS_LIMIT
from fund.web.notoriety_forms import day_field
from fund.web.pages import language_of_page
from fund.web.words import word_of
from ledger.errors import LedgerError
from ledger.journal import Document
from ledger.money import Amount, Unit, unit_of

CODE_LIMIT: Final = 100
LARGEST_PAPER: Final = 20 * 1024 * 1024
"""Bytes of a file shown as a paper; it is read once for its fingerprint and not kept."""

LABELS: Final[Mapping[str, Any]] = {
    "member": _("Member"),
    "funder": _("Funder"),
    "supplier": _("Supplier"),
    "party": _("Third party"),
    "company": _("Company or person"),
    "project": _("Project"),
    "to_project": _("To the project"),
    "convention": _("Convention"),
    "to_convention": _("To the convention"),
    "agreement": _("Convention"),
    "account": _("Account"),
    "source": _("Other account"),
    "destination": _("What it is for"),
    "public_generosity": _("Paid out of gifts of the public"),
    "is_same_year": _("The award is an expense of this fiscal year"),
    "amount": _("Amount"),
    "given": _("Amount given"),
    "received": _("Amount received"),
}
_FLAGS: Final = ("public_generosity", "is_same_year")
_CHOSEN_PARTIES: Final = ("member", "funder", "supplier", "party", "company")


class MoneyField(forms.CharField):
    """An amount as people write it, `1 234,56`; cleaned into an `Amount` above zero, None where nothing is written."""

    def __init__(self, unit: Unit, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=30, **options)
        self.unit = unit

    def clean(self, value: Any) -> Any:
        text = "".join(super().clean(value).split()).replace(",", ".")
        if not text:
            return None
        try:
            amount = Amount.parse(text, self.unit)
        except (LedgerError, ValueError):
            raise forms.ValidationError(_("This is not an amount. Write it like 1234.56."), code="invalid") from None
        if amount.minor <= 0:
            raise forms.ValidationError(_("Write an amount above zero."), code="range")
        return amount


class PaperForm(forms.Form):
    """The paper behind an entry: its reference, its day, the fingerprint of its file."""

    reference = forms.RegexField(
        r"^[A-Za-z0-9-]+$", max_length=REFERENCE_LIMIT, widget=forms.HiddenInput, initial=lambda: uuid4().hex[:16]
    )
    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput)
    paper = forms.CharField(
        label=_("Reference of the paper"), max_length=CODE_LIMIT, help_text=_("Invoice, bank statement, minutes.")
    )
    paper_on = day_field(_("Day of the paper"), required=False)
    file = forms.FileField(
        label=_("Its file, where there is one"),
        required=False,
        allow_empty_file=True,
        help_text=_("It is not kept: its fingerprint is, so that it can be recognised later."),
    )

    def clean_file(self) -> Any:
        """A file that is short enough to be a paper."""
        file = self.cleaned_data.get("file")
        if file and file.size > LARGEST_PAPER:
            raise forms.ValidationError(_("The file has more than 20 MB: show a page of it."), code="large")
        return file

    def document(self) -> Document:
        """The paper as the entry keeps it; the fingerprint of a file that was shown before stays."""
        said = self.cleaned_data
        file = said.get("file")
        digest = sha256(b"".join(file.chunks())).hexdigest() if file else said["sha256"]
        return Document(said["paper"].strip(), said["paper_on"], digest)


class EventForm(PaperForm):
    """An event of the catalogue with its fields, in the order of its table."""

    on = day_field(_("Accounting date"))
    label = forms.CharField(
        label=_("Label"),
        required=False,
        max_length=LABEL_LIMIT,
        help_text=_("Left empty, the event and the codes it names are written."),
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, event: Event, fund: Fund, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.event, self.unit = event, unit_of(fund.currency)
        parties = [("", "–"), *((code, f"{code} {name}") for code, name in fund.parties.values_list("code", "name"))]
        projects = [
            ("", "–"),
            *((code, f"{code} {title}") for code, title in fund.projects.values_list("code", "title")),
        ]
        paper = [self.fields.pop(name) for name in ("paper", "paper_on", "file", "on", "label")]
        for name in event.fields:
            for key, field in self._fields(name, parties, projects):
                self.fields[key] = field
        for name, field in zip(("paper", "paper_on", "file", "on", "label"), paper, strict=True):
            self.fields[name] = field

    def _fields(
        self, name: str, parties: list[tuple[str, str]], projects: list[tuple[str, str]]
    ) -> list[tuple[str, forms.Field]]:
        label, required = LABELS[name], name not in self.event.optional
        if name in _FLAGS:
            return [(name, forms.BooleanField(label=label, required=False))]
        if name in ("given", "received"):
            code = forms.CharField(label=_("Its currency"), max_length=3, min_length=3, initial=self.unit.code)
            return [(name, MoneyField(self.unit, label=label)), (f"{name}_unit", code)]
        if name == "amount":
            return [(name, MoneyField(self.unit, label=label))]
        if name in _CHOSEN_PARTIES:
            hint = _("The project’s own company where it is left empty.") if name == "company" and not required else ""
            return [(name, forms.ChoiceField(label=label, choices=parties, required=required, help_text=hint))]
        if name in ("project", "to_project"):
            return [(name, forms.ChoiceField(label=label, choices=projects, required=required))]
        if name == "destination":
            words = [(code, names[language_of_page()]) for code, names in DESTINATIONS.items()]
            return [(name, forms.ChoiceField(label=label, choices=words))]
        if name in self.event.accounts:
            return [(name, forms.ChoiceField(label=label, choices=self._accounts(name)))]
        return [(name, forms.CharField(label=label, max_length=CODE_LIMIT, required=required))]

    def _accounts(self, name: str) -> list[tuple[str, str]]:
        language = language_of_page()
        return [(number, f"{number} {account_name(number, language)}") for number in self.event.accounts[name]]

    def clean(self) -> dict[str, Any]:
        """Amounts in another currency are read in it."""
        said = super().clean() or {}
        for name in ("given", "received"):
            code = (said.get(f"{name}_unit") or "").upper()
            if f"{name}_unit" not in self.fields or not code:
                continue
            if code not in CURRENCIES:
                self.add_error(f"{name}_unit", _("This is no currency. Write its three letters, like USD."))
            elif said.get(name):
                said[name] = self._in(name, unit_of(code))
        return said

    def _in(self, name: str, unit: Unit) -> Amount | None:
        try:
            return Amount.parse("".join(str(self.data.get(name, "")).split()).replace(",", "."), unit)
        except (LedgerError, ValueError):
            self.add_error(name, _("This is not an amount. Write it like 1234.56."))
            return None

    def told(self) -> Told:
        """The event as the service takes it."""
        said = self.cleaned_data
        return Told(
            event=self.event.code,
            reference=said["reference"],
            on=said["on"],
            document=self.document(),
            values={name: said[name] for name in self.event.fields if said.get(name) not in (None, "")},
            label=said["label"].strip(),
        )


class PartyForm(forms.Form):
    """A third party that is neither a member nor a company."""

    code = forms.CharField(
        label=_("Code"), max_length=CODE_LIMIT, help_text=_("A short word without space, like F001: the books hold it.")
    )
    name = forms.CharField(label=_("Name"), max_length=NAME_LIMIT)
    kind = forms.ChoiceField(label=_("What it is"), choices=Party.Kind.choices, initial=Party.Kind.ORGANISATION)
    role = forms.ChoiceField(label=_("Its role"), choices=[(role.value, role.label) for role in map(Role.Kind, ROLES)])


class TreatmentForm(forms.Form):
    """A treatment for one subject: from which day, by which option, on which text."""

    reference = forms.RegexField(
        r"^[A-Za-z0-9-]+$", max_length=REFERENCE_LIMIT, widget=forms.HiddenInput, initial=lambda: uuid4().hex[:16]
    )
    option = forms.ChoiceField(label=_("The treatment"), widget=forms.RadioSelect)
    category = forms.ChoiceField(label=_("For the members of the category"), required=False)
    convention = forms.CharField(
        label=_("Or for one convention"),
        required=False,
        max_length=CODE_LIMIT,
        help_text=_("Its reference; left empty, the treatment holds for all."),
    )
    basis = forms.CharField(
        label=_("The fund’s own text"),
        max_length=BASIS_LIMIT,
        help_text=_("The article of the statutes or the clause of the convention that says so."),
    )
    decided_on = day_field(_("From which day on"))

    def __init__(self, *arguments: Any, subject: str, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        language = language_of_page()
        self.subject = subject
        self.fields["option"].choices = [(each.code, each.title[language]) for each in options_of(subject)]  # type: ignore[attr-defined]
        self.fields["decided_on"].initial = today
        if subject == "member-money":
            self.fields["category"].choices = [("", "–"), *((name, word_of("category", name)) for name in TREATMENTS)]  # type: ignore[attr-defined]
            del self.fields["convention"]
        else:
            del self.fields["category"]

    @property
    def title(self) -> str:
        """What the treatment is for."""
        return SUBJECTS[self.subject][language_of_page()]  # type: ignore[index]
