"""Who funds the fund for what: conventions of subsidy, financial contribution or sponsorship, and their later years."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from allocation.amounts import money_field
from fund.models.funds import Fund
from fund.models.parties import Party


class FundingConvention(models.Model):
    """Money that a funder gives under a convention, for a purpose and a period. Never changed.

    An amendment (*avenant*) is a new version that says all the terms again; the last version is the one that counts.
    `is_dedicated` tells that the money is for a defined project, so that what is unused is kept for it (art. 132-1).
    """

    class Kind(models.TextChoices):
        SUBSIDIES = "subsidies", _("public subsidy")
        CONTRIBUTIONS = "contributions", _("financial contribution of another body")
        GENEROSITY = "generosity", _("sponsorship or gift")

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="conventions")
    code = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField(default=1)
    funder = models.ForeignKey(Party, models.PROTECT, related_name="funding_conventions")
    kind = models.CharField(max_length=13, choices=Kind)
    purpose = models.CharField(max_length=300)
    project_code = models.CharField(max_length=64, blank=True)
    amount = money_field()
    signed_on = models.DateField()
    first = models.DateField()
    last = models.DateField()
    is_dedicated = models.BooleanField()
    recorded_on = models.DateField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["fund", "code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "code", "version"], name="funding_convention_version_unique"),
            models.CheckConstraint(name="funding_convention_code_present", condition=~Q(code="")),
            models.CheckConstraint(name="funding_convention_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="funding_convention_span_ordered", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(
                name="funding_convention_kind_known",
                condition=Q(kind__in=["subsidies", "contributions", "generosity"]),
            ),
        ]

    def __str__(self) -> str:
        return self.code if self.version == 1 else f"{self.code} v{self.version}"


class FundingShare(models.Model):
    """The share of a later fiscal year, by the calendar year in which it ends: income of that year, not before."""

    convention = models.ForeignKey(FundingConvention, models.PROTECT, related_name="shares")
    year = models.PositiveSmallIntegerField()
    amount = money_field()

    class Meta:
        ordering = ["convention", "year"]
        constraints = [
            models.UniqueConstraint(fields=["convention", "year"], name="funding_share_once_a_year"),
            models.CheckConstraint(name="funding_share_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.convention} / {self.year}"
