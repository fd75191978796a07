"""What the annexe needs and the books do not say: the kind of an authority, the days on which advances fall due."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fund.models.funds import Fund
from fund.models.parties import Party


class PublicAuthority(models.Model):
    """A party is a public authority of a category (ANC 2018-06, art. 431-9); the log keeps each change."""

    class Category(models.TextChoices):
        EU = "eu", _("European Union")
        STATE = "state", _("State")
        LOCAL = "local", _("local authority")
        CAF = "caf", _("family allowance fund (CAF)")
        OTHER = "other", _("other public body")

    party = models.OneToOneField(Party, models.PROTECT, primary_key=True, related_name="authority")
    category = models.CharField(max_length=10, choices=Category)

    class Meta:
        ordering = ["party__code"]
        constraints = [
            models.CheckConstraint(
                name="public_authority_category_known",
                condition=models.Q(category__in=["eu", "state", "local", "caf", "other"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.category}"


class AdvanceInstalment(models.Model):
    """A part of an advance that its agreement makes due on a day; `beneficiary` is the code that the books use."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="advance_instalments")
    beneficiary = models.CharField(max_length=100)
    agreement = models.CharField(max_length=100)
    due_on = models.DateField()
    amount_minor = models.BigIntegerField()

    class Meta:
        ordering = ["fund", "beneficiary", "due_on"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "beneficiary", "due_on"], name="advance_instalment_once_a_day"),
            models.CheckConstraint(name="advance_instalment_positive", condition=models.Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="advance_instalment_named", condition=~models.Q(beneficiary="") & ~models.Q(agreement="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary} {self.due_on}"
