"""A fund and the versions of its charter."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fund(models.Model):
    """A pooled creation fund; its books are kept in the ledger under the same slug."""

    class LegalForm(models.TextChoices):
        ASSOCIATION = "association-1901", _("association under the law of 1901")
        SCIC = "scic", _("cooperative society of collective interest (SCIC)")
        SEP = "sep", _("undisclosed partnership (SEP)")
        COPRODUCTION = "simple-coproduction", _("simple co-production")

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=300)
    legal_form = models.CharField(max_length=30, choices=LegalForm)
    siren = models.CharField(max_length=9, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    rna = models.CharField(max_length=10, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    founded_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fund_legal_form_known",
                condition=models.Q(
                    legal_form__in=[
                        "association-1901",
                        "scic",
                        "sep",
                        "simple-coproduction",
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CharterVersion(models.Model):
    """The rules as adopted: the whole file, so that every computed amount can be explained. Never changed."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="charters")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    effective_from = models.DateField()
    adopted_on = models.DateField()

    class Meta:
        ordering = ["fund", "number"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "number"], name="charter_version_number_unique"),
            models.UniqueConstraint(fields=["fund", "effective_from"], name="charter_version_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"
