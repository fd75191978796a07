"""The forms of a decision: compute, put to the vote with or without differences, record, dissent, notify, sign."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allocation.deciding.decisions import OPINION_LIMIT, REASON_LIMIT, Otherwise
from allocation.models import Vote
from fund.queries.scenarios import ScenarioRow
from fund.web.notoriety_forms import ReferredForm, day_field
from ledger.errors import LedgerError
from ledger.money import Amount, Unit

AGREEMENT_LIMIT = 80


def prose(label: Any, *, limit: int = REASON_LIMIT, required: bool = True, rows: int = 3) -> forms.CharField:
    """Some sentences."""
    return forms.CharField(
        label=label, required=required, max_length=limit, widget=forms.Textarea(attrs={"rows": rows})
    )


class PutForm(ReferredForm):
    """A scenario is put to the vote, as it is, or with amounts that are decided otherwise.

    Each project has a field for its amount, empty where the scenario's stands, and one for why it differs.
    """

    kind = forms.ChoiceField(
        label=_("By which ballot"),
        choices=[(each.value, each.label) for each in (Vote.Kind.YES_NO, Vote.Kind.CONSENT)],
    )
    question = forms.CharField(label=_("The question"), max_length=500)
    closes = forms.DateTimeField(
        label=_("Closes on"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"invalid": _("This is not a moment. Write it like 2026-05-28T21:30.")},
    )
    reason = prose(_("Why the committee would decide otherwise, if it does"), required=False)

    def __init__(self, *arguments: Any, rows: Iterable[ScenarioRow], place: int, unit: Unit, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.rows, self.unit = list(rows), unit
        for position, row in enumerate(self.rows):
            self.fields[f"amount_{position}"] = forms.CharField(
                label=_("Amount for %(project)s") % {"project": row.name}, required=False, max_length=30
            )
            self.fields[f"why_{position}"] = forms.CharField(
                label=_("Why, for %(project)s") % {"project": row.name}, required=False, max_length=REASON_LIMIT
            )
        self.place = place

    def clean(self) -> dict[str, Any]:
        """Every amount is one."""
        said = super().clean() or {}
        for position in range(len(self.rows)):
            text = (said.get(f"amount_{position}") or "").strip()
            if text and self._amount(text) is None:
                self.add_error(f"amount_{position}", _("This is not an amount. Write it like 6000.00."))
        return said

    def _amount(self, text: str) -> Amount | None:
        plain = text.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
        try:
            return Amount.parse(plain, self.unit)
        except (LedgerError, ValueError):
            return None

    def otherwise(self) -> Otherwise | None:
        """What is decided otherwise; None where the scenario stands as it is."""
        said = self.cleaned_data
        amounts, why = {}, {}
        for position, row in enumerate(self.rows):
            text = (said.get(f"amount_{position}") or "").strip()
            if text and (amount := self._amount(text)) is not None:
                amounts[row.code] = amount.minor
                why[row.code] = (said.get(f"why_{position}") or "").strip()
        reason = (said.get("reason") or "").strip()
        return Otherwise(reason, amounts, why) if amounts or reason else None

    @property
    def lines(self) -> list[tuple[ScenarioRow, Amount, forms.BoundField, forms.BoundField]]:
        """Each project with its amount in the scenario and its two fields."""
        return [
            (row, row.amounts[self.place], self[f"amount_{position}"], self[f"why_{position}"])
            for position, row in enumerate(self.rows)
        ]

    @property
    def general(self) -> list[forms.BoundField]:
        """The fields that are of no project."""
        return [self[name] for name in ("reference", "question", "kind", "closes")]


class ConfirmForm(forms.Form):
    """The decision is recorded, with a motivated opinion for each project that has one."""

    def __init__(self, *arguments: Any, projects: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.projects = list(projects)
        for position, (_code, name) in enumerate(self.projects):
            self.fields[f"opinion_{position}"] = prose(
                _("Motivated opinion on %(project)s, where there is one") % {"project": name},
                limit=OPINION_LIMIT,
                required=False,
            )

    def opinions(self) -> dict[str, str]:
        """The opinions that were written, by the project's code."""
        said = {
            code: self.cleaned_data[f"opinion_{position}"].strip()
            for position, (code, _name) in enumerate(self.projects)
        }
        return {code: text for code, text in said.items() if text}


class DissentForm(forms.Form):
    """A minority opinion, as it will stand in the minutes."""

    text = prose(_("Your minority opinion"), rows=6)


class NotifyForm(forms.Form):
    """The day of the letters."""

    on = day_field(_("Date of the letters"))

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.today = today

    def clean_on(self) -> date:
        """A day that has come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day has not come yet."), code="early")
        return on


class AgreementForm(NotifyForm):
    """An agreement is signed: of which project, under which reference."""

    project = forms.CharField(widget=forms.HiddenInput, max_length=100)
    reference = forms.CharField(label=_("Reference of the agreement"), max_length=AGREEMENT_LIMIT)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["on"].label = _("Signed on")
