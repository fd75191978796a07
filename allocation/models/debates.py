"""Express, then debate: positions with a reason, arguments in threads within a time box, and the synthesis."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from allocation.models.applications import Application


class Debate(models.Model):
    """The debate on an application: positions until a moment, then arguments until another."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="debate")
    positions_until = models.DateTimeField()
    closes = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=150)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["application"]
        constraints = [
            models.CheckConstraint(
                name="debate_positions_before_its_end",
                condition=Q(positions_until__lte=F("closes")) & Q(opened_at__lte=F("positions_until")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id}"


class Position(models.Model):
    """What one person thinks of an application before the debate, and why. Never changed; seen with all the others."""

    class Stance(models.TextChoices):
        FOR = "for", _("for")
        CONDITIONAL = "conditional", _("for, on condition")
        AGAINST = "against", _("against")
        UNDECIDED = "undecided", _("undecided")

    debate = models.ForeignKey(Debate, models.PROTECT, related_name="positions")
    person = models.CharField(max_length=150)
    stance = models.CharField(max_length=12, choices=Stance)
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["debate", "person"]
        constraints = [
            models.UniqueConstraint(fields=["debate", "person"], name="position_once"),
            models.CheckConstraint(name="position_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.debate_id}: {self.person}"


class Argument(models.Model):
    """One contribution to a debate; an answer names what it answers. Never changed."""

    class Kind(models.TextChoices):
        FOR = "for", _("for")
        AGAINST = "against", _("against")
        CONDITION = "condition", _("on condition")
        QUESTION = "question", _("question")
        ANSWER = "answer", _("answer")

    debate = models.ForeignKey(Debate, models.PROTECT, related_name="arguments")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=100)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answers")
    person = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["debate", "number"]
        constraints = [
            models.UniqueConstraint(fields=["debate", "number"], name="argument_number_unique"),
            models.UniqueConstraint(fields=["debate", "reference"], name="argument_reference_unique"),
            models.CheckConstraint(name="argument_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.debate_id}: {self.number}"


class Synthesis(models.Model):
    """What the debate came to, with what divides it. A better one is a new version; none is changed.

    `minority` is what a minority holds. `resolutions` settle conditions and questions: `argument` (its number),
    `outcome` (`adopted` or `refused`), `why`.
    """

    debate = models.ForeignKey(Debate, models.PROTECT, related_name="syntheses")
    version = models.PositiveIntegerField()
    text = models.TextField()
    minority = models.TextField(blank=True)
    resolutions = models.JSONField(default=list)
    person = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["debate", "version"]
        verbose_name_plural = "syntheses"
        constraints = [
            models.UniqueConstraint(fields=["debate", "version"], name="synthesis_version_unique"),
            models.CheckConstraint(name="synthesis_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.debate_id} v{self.version}"
