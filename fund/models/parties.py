"""Who takes part: parties, what they are to the fund, who speaks for whom, and where they are paid.

A party is kept apart from its roles, because one company is a member, a project's lead and a supplier at
once. Codes go into the books, names stay here, where they can be corrected or erased.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fund.models.funds import Fund


class Party(models.Model):
    """A person or an organisation in the register of one fund, which alone answers for these data."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="parties")
    code = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=300)
    # A structured address: banks refuse unstructured ones since 15 November 2026.
    street = models.CharField(max_length=70, blank=True)
    building_number = models.CharField(max_length=16, blank=True)
    postcode = models.CharField(max_length=16, blank=True)
    town = models.CharField(max_length=35, blank=True)
    country = models.CharField(max_length=2, default="FR")
    siren = models.CharField(max_length=9, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    rna = models.CharField(max_length=10, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        ordering = ["fund", "code"]
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(fields=["fund", "code"], name="party_code_unique"),
            models.CheckConstraint(name="party_code_present", condition=~Q(code="")),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Role(models.Model):
    """What a party is to the fund, from a date, perhaps until another."""

    class Kind(models.TextChoices):
        MEMBER = "member", _("member")
        COMPANY = "company", _("company")
        FUNDER = "funder", _("funder")
        SUPPLIER = "supplier", _("supplier")
        USER = "user", _("user")

    party = models.ForeignKey(Party, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=10, choices=Kind)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "kind", "since"], name="role_once_a_day"),
            models.CheckConstraint(
                name="role_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.kind}"


class Mandate(models.Model):
    """A person speaks for an organisation (chair, treasurer, representative) between two dates."""

    person = models.ForeignKey(Party, models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(Party, models.PROTECT, related_name="mandataries")
    function = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mandate_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(name="mandate_for_another", condition=~Q(person=F("organisation"))),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.function}, {self.organisation}"


class BankAccount(models.Model):
    """Where a party is paid, with its history: a changed IBAN is a new row, the old one gets an end."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="bank_accounts")
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True)
    holder = models.CharField(max_length=70)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["party", "since"]
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(until=None), name="bank_account_one_in_use"),
            models.CheckConstraint(
                name="bank_account_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"…{self.iban[-4:]}"
