"""What was done and issued: the log of acts, the numbered statements, the runs of a year's files."""

from django.db import models
from django.db.models import Q

from fund.models.funds import Fund


class Act(models.Model):
    """One decision, as it was taken: who, when, what. The database refuses to change or delete a row."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="acts")
    at = models.DateTimeField(auto_now_add=True)
    on = models.DateField()
    by = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    reference = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["fund", "pk"]
        indexes = [models.Index(fields=["fund", "reference"], name="act_by_reference")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class IssuedStatement(models.Model):
    """A numbered statement: of whom, as of when, on which head of the chain. A correction names the one it replaces."""

    class Kind(models.TextChoices):
        MEMBER = "member"
        PROJECT = "project"
        COMMITTEE = "committee"

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="issued_statements")
    number = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(max_length=100)
    as_of = models.DateField()
    issued_on = models.DateField()
    head = models.CharField(max_length=64)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")

    class Meta:
        ordering = ["fund", "number"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "number"], name="issued_statement_number_unique"),
            models.UniqueConstraint(
                fields=["fund", "kind", "subject", "as_of"],
                condition=Q(corrects=None),
                name="issued_statement_once_unless_corrected",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class YearRun(models.Model):
    """A year's files taken through the books: which files, and whether they are through."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="year_runs")
    fiscal_year = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    finished = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "fiscal_year"], name="year_run_once")]

    def __str__(self) -> str:
        return f"{self.fund} {self.fiscal_year}"
