"""What a fund calls the accounts that the chart leaves it to name."""

from django.db import models
from django.db.models import Q

from fund.models.funds import Fund


class AccountName(models.Model):
    """The fund's own name of an account; one number has one name."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="account_names")
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["fund", "number"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "number"], name="account_name_once"),
            models.CheckConstraint(name="account_name_present", condition=~Q(number="") & ~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
