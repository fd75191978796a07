"""What bookkeepers decide and prepare beside the books: treatments chosen, entries in draft."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fund.models.funds import Fund


class Treatment(models.Model):
    """How something is booked from a day on, as the fund decided it, with the text it rests on. Never changed.

    `subject` and `option` are codes of `fund.chart`. It holds for a category of members, for one convention, or for
    the whole subject where both are empty; a change is a new row of a later day.
    """

    class Subject(models.TextChoices):
        MEMBER_MONEY = "member-money", _("a member’s money")
        COPRODUCTION_SHARE = "coproduction-share", _("a coproduction share paid")
        COPRODUCTION_INCOME = "coproduction-income", _("a share of receipts")
        RETURN_SHARED = "return-shared", _("a return that the charter shares")

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="treatments")
    reference = models.CharField(max_length=100)
    subject = models.CharField(max_length=20, choices=Subject)
    category = models.CharField(max_length=20, blank=True)
    convention = models.CharField(max_length=100, blank=True)
    option = models.CharField(max_length=40)
    basis = models.CharField(max_length=500)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["fund", "subject", "category", "convention", "decided_on"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "reference"], name="treatment_reference_unique"),
            models.UniqueConstraint(
                fields=["fund", "subject", "category", "convention", "decided_on"], name="treatment_once_a_day"
            ),
            models.CheckConstraint(name="treatment_rests_on_a_text", condition=~Q(basis="")),
            models.CheckConstraint(name="treatment_for_one_thing", condition=Q(category="") | Q(convention="")),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.category or self.convention}: {self.option}"


class DraftEntry(models.Model):
    """An entry in draft (*brouillard*): it may be changed and deleted until it is validated, and then it is gone.

    `version` grows with each change, so that nobody overwrites what somebody else wrote meanwhile.
    """

    class Journal(models.TextChoices):
        OD = "OD", _("General journal")
        IN = "IN", _("Year-end and dedicated funds")

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="draft_entries")
    reference = models.CharField(max_length=100)
    journal = models.CharField(max_length=2, choices=Journal)
    on = models.DateField()
    label = models.CharField(max_length=200)
    document = models.CharField(max_length=100)
    document_on = models.DateField(null=True, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    written_by = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["fund", "on", "pk"]
        verbose_name_plural = "draft entries"
        constraints = [
            models.UniqueConstraint(fields=["fund", "reference"], name="draft_entry_reference_unique"),
            models.CheckConstraint(name="draft_entry_has_words", condition=~Q(label="") & ~Q(document="")),
        ]

    def __str__(self) -> str:
        return f"{self.journal} {self.on} {self.label}"


class DraftLine(models.Model):
    """A line of an entry in draft: an amount above zero in debit, below zero in credit, in minor units."""

    draft = models.ForeignKey(DraftEntry, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    account = models.CharField(max_length=20)
    party = models.CharField(max_length=100, blank=True)
    project = models.CharField(max_length=100, blank=True)
    convention = models.CharField(max_length=100, blank=True)
    unit = models.CharField(max_length=12, default="EUR")
    minor = models.BigIntegerField()
    destination = models.CharField(max_length=30, blank=True)
    public_generosity = models.BooleanField(default=False)

    class Meta:
        ordering = ["draft", "position"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "position"], name="draft_line_position_unique"),
            models.CheckConstraint(name="draft_line_of_something", condition=~Q(minor=0)),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.minor}"
