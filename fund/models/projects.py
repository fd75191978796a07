"""Supported projects: their agreement, its tranches and payments, and what their exploitation declares."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from allocation.amounts import money_field
from fund.models.funds import CharterVersion, Fund
from fund.models.parties import BankAccount, Party


class Project(models.Model):
    """A project that the committee supports; its code is its proposal's, and the books use it."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="projects")
    code = models.CharField(max_length=100)
    title = models.CharField(max_length=500)
    call_slug = models.CharField(max_length=60)
    company = models.ForeignKey(Party, models.PROTECT, related_name="projects")
    awarded_minor = models.BigIntegerField()
    awarded_on = models.DateField()
    premiere_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["fund", "code"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "code"], name="project_code_unique"),
            models.CheckConstraint(name="project_award_positive", condition=Q(awarded_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class AwardNotice(models.Model):
    """The company is told in writing of its award (*notification*): from then on it is due. Never changed."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="notice")
    reference = models.CharField(max_length=100)
    notified_on = models.DateField()
    notified_by = models.CharField(max_length=150)
    text = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(name="award_notice_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.reference


class Agreement(models.Model):
    """The contract between the fund and the lead company (*convention*), under one version of the charter."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="agreement")
    reference = models.CharField(max_length=100)
    signed_on = models.DateField()
    amount_minor = models.BigIntegerField()
    charter = models.ForeignKey(CharterVersion, models.PROTECT)

    class Meta:
        constraints = [models.CheckConstraint(name="agreement_positive", condition=Q(amount_minor__gt=0))]

    def __str__(self) -> str:
        return self.reference


class Tranche(models.Model):
    """A part of the award with the condition that releases it, cut by the charter of its agreement."""

    class Condition(models.TextChoices):
        AGREEMENT = "agreement", _("at the signature of the agreement")
        PREMIERE = "premiere", _("at the première")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="tranches")
    number = models.PositiveSmallIntegerField()
    condition = models.CharField(max_length=20, choices=Condition)
    due_on = models.DateField()
    amount_minor = models.BigIntegerField()
    algorithm = models.CharField(max_length=60)

    class Meta:
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="tranche_number_unique"),
            models.CheckConstraint(name="tranche_positive", condition=Q(amount_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} / {self.number}"


class Disbursement(models.Model):
    """The payment of a tranche: once, prepared by one person and approved by another. Never changed."""

    tranche = models.OneToOneField(Tranche, models.PROTECT, related_name="disbursement")
    reference = models.CharField(max_length=100)
    paid_on = models.DateField()
    prepared_by = models.CharField(max_length=100)
    approved_by = models.CharField(max_length=100)
    bank_account = models.ForeignKey(BankAccount, models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="disbursement_signed_by_two",
                condition=~Q(prepared_by=F("approved_by")) & ~Q(prepared_by="") & ~Q(approved_by=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ExploitationStatement(models.Model):
    """What a company declares of a project's life in public over a period.

    A correction or a cancelled date is a new version that names the one it replaces; nothing is edited.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="exploitation_statements")
    reference = models.CharField(max_length=100)
    version = models.PositiveSmallIntegerField(default=1)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    first = models.DateField()
    last = models.DateField()
    declared_on = models.DateField()

    class Meta:
        ordering = ["project", "last", "version"]
        constraints = [
            models.UniqueConstraint(fields=["project", "reference", "version"], name="exploitation_version_unique"),
            models.CheckConstraint(name="exploitation_period_ordered", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(
                name="exploitation_correction_named",
                condition=Q(version=1, corrects__isnull=True) | Q(version__gt=1, corrects__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} v{self.version}"


class Performance(models.Model):
    """One dated event of a statement: what it earned, net of VAT, with the VAT and gross where they are known."""

    statement = models.ForeignKey(ExploitationStatement, models.PROTECT, related_name="performances")
    reference = models.CharField(max_length=100)
    on = models.DateField()
    kind = models.CharField(max_length=30, default="performance")
    fee = money_field()
    vat = money_field(null=True, blank=True)
    gross = money_field(null=True, blank=True)
    member_date = models.BooleanField(default=False)
    triggered = models.BooleanField(default=True)
    cancelled = models.BooleanField(default=False)
    town = models.CharField(max_length=100, blank=True)
    audience = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["statement", "on", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "reference"], name="performance_reference_unique"),
            models.CheckConstraint(name="performance_fee_not_negative", condition=Q(fee__gte=0)),
        ]

    def __str__(self) -> str:
        return self.reference
