"""Instruction: who reads which application, what rapporteurs report, the raw scores; and interests, with recusals."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allocation.amounts import money_field
from allocation.models.applications import Application
from allocation.models.calls import Call, Criterion


class Assignment(models.Model):
    """A rapporteur reads an application: drawn evenly, or named by hand."""

    class Manner(models.TextChoices):
        EVENLY = "evenly", _("evenly")
        BY_HAND = "by-hand", _("by hand")

    application = models.ForeignKey(Application, models.PROTECT, related_name="assignments")
    person = models.CharField(max_length=150)
    manner = models.CharField(max_length=8, choices=Manner)
    on = models.DateField()
    by = models.CharField(max_length=150)
    ended_on = models.DateField(null=True, blank=True)
    why_ended = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person"], condition=Q(ended_on=None), name="assignment_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.person}"


class Report(models.Model):
    """A rapporteur's report on an application. A better one is a new version; none is changed."""

    class Opinion(models.TextChoices):
        FAVOURABLE = "favourable", _("favourable")
        RESERVED = "reserved", _("with reservations")
        UNFAVOURABLE = "unfavourable", _("unfavourable")

    application = models.ForeignKey(Application, models.PROTECT, related_name="reports")
    person = models.CharField(max_length=150)
    version = models.PositiveIntegerField()
    opinion = models.CharField(max_length=12, choices=Opinion)
    text = models.TextField()
    suggested = money_field(null=True, blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["application", "person", "version"]
        constraints = [
            models.UniqueConstraint(fields=["application", "person", "version"], name="report_version_unique"),
            models.CheckConstraint(name="report_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.person} v{self.version}"


class Score(models.Model):
    """A raw score of one reader on one criterion. A new one is a new version; the raw ones are kept."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    person = models.CharField(max_length=150)
    version = models.PositiveIntegerField()
    points = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["application", "person", "criterion", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "criterion", "person", "version"], name="score_version_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.person}, {self.points}"


class InterestDeclaration(models.Model):
    """A person says, before any content is shown, in which applications of a call they have an interest, or in none."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="interest_declarations")
    person = models.CharField(max_length=150)
    number = models.PositiveIntegerField()
    applications = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        ordering = ["call", "person", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "person", "number"], name="interest_declaration_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.person}"


class Recusal(models.Model):
    """A person has no part in an application (*déport*): they see no file and have no vote on it. Never lifted."""

    class Manner(models.TextChoices):
        DECLARED = "declared", _("declared")
        RULE = "rule", _("by rule")

    class Interest(models.TextChoices):
        LEAD = "lead", _("lead producer or applicant")
        EMPLOYEE = "employee", _("shareholder or employee")
        SPONSOR = "sponsor", _("sponsor of the project")
        ENGAGED = "engaged", _("paid engagement in the project")
        OTHER = "other", _("another personal interest")

    application = models.ForeignKey(Application, models.PROTECT, related_name="recusals")
    person = models.CharField(max_length=150)
    manner = models.CharField(max_length=8, choices=Manner)
    interest = models.CharField(max_length=8, choices=Interest)
    why = models.TextField(blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["application", "person"]
        constraints = [models.UniqueConstraint(fields=["application", "person"], name="recusal_once")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.person}"
