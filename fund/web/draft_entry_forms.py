"""The form of an entry in draft: its paper, and a table of lines that need not balance yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fund.accounting.destinations import DESTINATIONS
from fund.accounting.leaves import leaf_of
from fund.models import DraftEntry, Fund
from fund.queries.drafted_entries import Drafted
from fund.services.draft_entries import DOCUMENT_LIMIT, LABEL_LIMIT, MOST_LINES, Written
from fund.web.bookkeeping_forms import CODE_LIMIT, MoneyField, PaperForm
from fund.web.notoriety_forms import day_field
from fund.web.pages import language_of_page
from ledger.journal import Line
from ledger.money import EUR_INKIND, Unit, unit_of

FIRST_ROWS: Final = 6
MORE_ROWS: Final = 6
_IN_KIND: Final = ("86", "87")
_CELLS: Final = ("account", "party", "project", "convention", "destination", "debit", "credit")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: its number and its cells."""

    number: int
    cells: dict[str, forms.BoundField]


class DraftForm(PaperForm):
    """A draft: `rows` lines at most, those that are empty are left out."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput, initial=0)
    rows = forms.IntegerField(min_value=2, max_value=MOST_LINES, widget=forms.HiddenInput, initial=FIRST_ROWS)
    journal = forms.ChoiceField(label=_("Journal"), choices=DraftEntry.Journal.choices)
    on = day_field(_("Accounting date"))
    label = forms.CharField(label=_("Label"), max_length=LABEL_LIMIT)
    field_order = ("journal", "on", "label", "paper", "paper_on", "file")

    def __init__(self, *arguments: Any, fund: Fund, count: int = FIRST_ROWS, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.unit = unit_of(fund.currency)
        self.fields["paper"].max_length = DOCUMENT_LIMIT  # type: ignore[attr-defined]
        self.count = min(max(self._asked() or count, 2), MOST_LINES)
        self.fields["rows"].initial = self.count
        words = [("", "–"), *((code, names[language_of_page()]) for code, names in DESTINATIONS.items())]
        for number in range(1, self.count + 1):
            for name in ("account", "party", "project", "convention"):
                limit = 20 if name == "account" else CODE_LIMIT
                self.fields[f"{name}_{number}"] = forms.CharField(required=False, max_length=limit)
            self.fields[f"destination_{number}"] = forms.ChoiceField(required=False, choices=words)
            for name in ("debit", "credit"):
                self.fields[f"{name}_{number}"] = MoneyField(self.unit, required=False)
        for number in range(1, self.count + 1):
            for name, label in self._headings():
                self.fields[f"{name}_{number}"].label = gettext("%(what)s, line %(number)s") % {
                    "what": label, "number": number,
                }  # fmt: skip

    @staticmethod
    def _headings() -> tuple[tuple[str, str], ...]:
        return tuple(zip(_CELLS, headings(), strict=True))

    def _asked(self) -> int:
        text = str(self.data.get("rows", ""))
        return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """What is asked for above the table."""
        return [self[name] for name in self.field_order]

    @property
    def table(self) -> Iterator[Row]:
        """The rows of the table."""
        for number in range(1, self.count + 1):
            yield Row(number, {name: self[f"{name}_{number}"] for name in _CELLS})

    def clean(self) -> dict[str, Any]:
        """Every line that is begun has an account and one amount, on one side."""
        said = super().clean() or {}
        for number in range(1, self.count + 1):
            begun = any(said.get(f"{name}_{number}") for name in _CELLS)
            if not begun or any(f"{name}_{number}" in self.errors for name in _CELLS):
                continue
            if not said.get(f"account_{number}"):
                self.add_error(f"account_{number}", _("Write the number of an account."))
            if bool(said.get(f"debit_{number}")) == bool(said.get(f"credit_{number}")):
                self.add_error(f"debit_{number}", _("Write an amount on one side, debit or credit."))
        return said

    def written(self) -> Written:
        """The draft as the service takes it."""
        said = self.cleaned_data
        numbers = [number for number in range(1, self.count + 1) if said[f"account_{number}"]]
        return Written(
            reference=said["reference"],
            journal=said["journal"],
            on=said["on"],
            label=said["label"].strip(),
            document=self.document(),
            lines=tuple(self._line(number) for number in numbers),
        )

    def _line(self, number: int) -> Line:
        cell = {name: self.cleaned_data[f"{name}_{number}"] for name in _CELLS}
        account = cell["account"].strip()
        unit: Unit = EUR_INKIND if account.startswith(_IN_KIND) else self.unit
        key = leaf_of(
            account,
            party=cell["party"].strip(),
            project=cell["project"].strip(),
            convention=cell["convention"].strip(),
            unit=unit,
        )
        minor = cell["debit"].minor if cell["debit"] else -cell["credit"].minor
        return Line(key, minor, cell["convention"].strip(), cell["destination"])


def headings() -> tuple[str, ...]:
    """The headings of the table of lines, in the order of its cells."""
    return (
        gettext("Account"), gettext("Third party"), gettext("Project"), gettext("Convention"), gettext("What it is for"),
        gettext("Debit"), gettext("Credit"),
    )  # fmt: skip


def filled_with(draft: Drafted) -> dict[str, Any]:
    """What the form of a draft begins with."""
    filled: dict[str, Any] = {
        "reference": draft.reference,
        "version": draft.version,
        "journal": draft.journal,
        "on": draft.on,
        "label": draft.label,
        "paper": draft.document,
        "paper_on": draft.document_on,
        "sha256": draft.document_sha256,
    }
    for number, line in enumerate(draft.lines, start=1):
        side = "debit" if line.minor > 0 else "credit"
        filled |= {
            f"account_{number}": line.account.chart,
            f"party_{number}": line.account.party,
            f"project_{number}": line.account.project,
            f"convention_{number}": line.convention,
            f"destination_{number}": line.destination,
            f"{side}_{number}": abs(line.amount).major,
        }
    return filled
