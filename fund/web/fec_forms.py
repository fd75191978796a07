"""The forms of the file of accounting entries: how it is made, and a file of any program to check."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from ledger.fec.expected import Expected
from ledger.fec.texts import ENCODINGS
from ledger.money import Amount

LARGEST_FEC: Final = 32 * 1024 * 1024
"""Bytes of the largest file that the page checks; the command checks any."""

_ENCODING_NAMES: Final = {"iso-8859-15": _("ISO 8859-15 (recommended)"), "utf-8": _("UTF-8")}
_NOT_A_DATE: Final = {"invalid": _("This is not a date. Write it like 2026-12-31.")}


class MakeForm(forms.Form):
    """How the file is written."""

    encoding = forms.ChoiceField(
        label=_("Character set"), choices=[(code, _ENCODING_NAMES[code]) for code in reversed(ENCODINGS)]
    )
    separator = forms.ChoiceField(label=_("Separator"), choices=[("tab", _("Tab")), ("pipe", _("Vertical bar |"))])


def _day(label: Any, help_text: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages=_NOT_A_DATE,
        help_text=help_text,
    )


class CheckForm(forms.Form):
    """A file to check, and what is known of its year."""

    file = forms.FileField(
        label=_("The file"),
        max_length=255,
        allow_empty_file=True,
        error_messages={"required": _("Choose the file to check.")},
    )
    closing = _day(_("Last day of the fiscal year"), _("Where it is not the one in the file’s name."))
    opening = _day(_("First day of the fiscal year"), _("Where the year has not twelve months."))
    result = forms.DecimalField(
        label=_("Result of the statements"),
        required=False,
        max_digits=16,
        decimal_places=2,
        help_text=_("Below zero for a deficit."),
    )
    is_first_year = forms.BooleanField(
        label=_("First fiscal year: the file rightly has no opening balances"), required=False
    )

    def clean_file(self) -> Any:
        """Refuse a file that is longer than the page takes."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FEC:
            raise forms.ValidationError(
                _("The file is larger than 32 MB. Check it with: python manage.py fec check FILE"), code="too_large"
            )
        return file

    def expected(self, today: Any) -> Expected:
        """What the check compares the file with."""
        asked = self.cleaned_data
        result = asked["result"]
        return Expected(
            closing=asked["closing"],
            opening=asked["opening"],
            result=None if result is None else Amount.parse(f"{result:.2f}").minor,
            exported_on=today,
            is_first_year=asked["is_first_year"],
        )
