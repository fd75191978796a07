"""Exchange rates, and the log of the files of accounting entries that were handed out. Neither is ever changed."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import Q

from fund.models.funds import Fund


class ExchangeRate(models.Model):
    """What one unit of a currency is worth in the fund's own on a day, and who says so; the last row counts."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="exchange_rates")
    unit = models.CharField(max_length=3)
    on = models.DateField()
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    source = models.CharField(max_length=200)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["fund", "unit", "on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="exchange_rate_above_zero", condition=Q(numerator__gt=0) & Q(denominator__gt=0)
            ),
            models.CheckConstraint(name="exchange_rate_names_its_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.on} {self.rate}"

    @property
    def rate(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)


class FecExport(models.Model):
    """A file of accounting entries as it was handed out: its fingerprint, its description's, who took it and when."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="fec_exports")
    year = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    encoding = models.CharField(max_length=12)
    separator = models.CharField(max_length=4)
    lines = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    description_sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    facts = models.JSONField()
    """What the description tells beside: entries, journals, accounts, the day."""
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["fund", "pk"]
        constraints = [
            models.CheckConstraint(
                name="fec_export_has_fingerprints", condition=~Q(sha256="") & ~Q(description_sha256="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:12]}"
