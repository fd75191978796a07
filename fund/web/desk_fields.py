"""Fields that the auditor's desk and the bank share: amounts as people write them, and lists of codes."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fund.accounting.sampling import LARGEST_AMOUNT
from ledger.errors import LedgerError
from ledger.money import Amount, Unit

_CODE: Final = re.compile(r"[0-9]{1,12}", re.ASCII)
_MOST_CODES = 50


class AmountField(forms.CharField):
    """An amount as people write it, `1 234,56`, cleaned into minor units; None where it is empty.

    With `many`, amounts separated by semicolons, cleaned into a list; with `signed`, below zero too.
    """

    def __init__(self, unit: Unit, *, many: int = 0, signed: bool = False, **options: Any) -> None:
        length = 30 * max(many, 1)
        super().__init__(max_length=length, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)
        self.unit, self.many, self.signed = unit, many, signed

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not self.many:
            return self._minor(text) if text.strip() else None
        parts = [part for part in text.split(";") if part.strip()]
        if len(parts) > self.many:
            raise forms.ValidationError(_("Too many amounts."), code="many")
        return [self._minor(part) for part in parts]

    def _minor(self, text: str) -> int:
        plain = "".join(text.split()).replace(",", ".").replace("−", "-")
        try:
            minor = Amount.parse(plain, self.unit).minor
        except (LedgerError, ValueError):
            raise forms.ValidationError(_("This is not an amount. Write it like 1234.56."), code="invalid") from None
        if abs(minor) > LARGEST_AMOUNT or (minor < 0 and not self.signed):
            raise forms.ValidationError(_("This amount is below zero or beyond any books."), code="range")
        return minor


class CodesField(forms.CharField):
    """Numbers of accounts, or their beginnings, separated by spaces or commas; cleaned into a list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=500, **options)

    def clean(self, value: Any) -> list[str]:
        codes = re.split(r"[\s,;]+", super().clean(value).strip())
        found = [code for code in codes if code]
        if len(found) > _MOST_CODES or not all(_CODE.fullmatch(code) for code in found):
            raise forms.ValidationError(_("Write numbers of accounts, such as 6 401."), code="invalid")
        return sorted(set(found))
