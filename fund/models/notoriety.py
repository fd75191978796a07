"""Recognition (*notoriété*): the register of facts, who contests them, and the yearly statement a person adopts.

The dates that a project played are not copied here: they stay in its exploitation statements. A fact is known by a
key: `date:PROJECT/STATEMENT/DATE` for a date of those, `fact:REFERENCE` for what somebody declared here.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fund.models.funds import CharterVersion, Fund
from fund.models.parties import Party
from fund.models.projects import Project


class NotorietyFact(models.Model):
    """What somebody declared of a project's life in public: an article, a prize, a broadcast. Never changed.

    `evidence_digest` is the SHA-256 of the file that was shown, or of the words and the address where none was.
    """

    class Kind(models.TextChoices):
        PRESS = "press", _("press article")
        BROADCAST = "broadcast", _("broadcast on radio, television or online")
        PRIZE = "prize", _("prize")
        INVITATION = "invitation", _("invitation")

    class Level(models.TextChoices):
        LOCAL = "local", _("local")
        REGIONAL = "regional", _("regional")
        NATIONAL = "national", _("national")
        INTERNATIONAL = "international", _("international")

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="notoriety_facts")
    project = models.ForeignKey(Project, models.PROTECT, related_name="notoriety_facts")
    reference = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind)
    level = models.CharField(max_length=20, choices=Level)
    on = models.DateField()
    place = models.CharField(max_length=100, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    evidence_url = models.CharField(max_length=500, blank=True)
    evidence_digest = models.CharField(max_length=64)
    declared_on = models.DateField()
    declared_by = models.CharField(max_length=200)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="notoriety_facts")

    class Meta:
        ordering = ["fund", "on", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "reference"], name="notoriety_fact_reference_unique"),
            models.CheckConstraint(name="notoriety_fact_has_evidence", condition=~Q(evidence="") | ~Q(evidence_url="")),
            models.CheckConstraint(
                name="notoriety_fact_declared_after_it_happened", condition=Q(declared_on__gte=F("on"))
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class NotorietyContest(models.Model):
    """Somebody says that a fact did not happen, or not so: by whom, when, and why. Never changed."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="notoriety_contests")
    project = models.ForeignKey(Project, models.PROTECT, related_name="notoriety_contests")
    fact_key = models.CharField(max_length=320)
    reference = models.CharField(max_length=100)
    on = models.DateField()
    by = models.CharField(max_length=200)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="notoriety_contests")
    why = models.CharField(max_length=1000)

    class Meta:
        ordering = ["fund", "on", "reference"]
        indexes = [models.Index(fields=["fund", "fact_key"], name="notoriety_contest_by_fact")]
        constraints = [
            models.UniqueConstraint(fields=["fund", "reference"], name="notoriety_contest_reference_unique"),
            models.CheckConstraint(name="notoriety_contest_says_why", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return self.reference


class NotorietyResolution(models.Model):
    """How a contest ended: the fact stands, is withdrawn, or counts as corrected here. Once; never changed."""

    class Outcome(models.TextChoices):
        STANDS = "stands", _("the fact stands as it was declared")
        WITHDRAWN = "withdrawn", _("the fact is withdrawn and credits nobody")
        AMENDED = "amended", _("the fact counts as corrected")

    contest = models.OneToOneField(NotorietyContest, models.PROTECT, related_name="resolution")
    on = models.DateField()
    by = models.CharField(max_length=200)
    outcome = models.CharField(max_length=10, choices=Outcome)
    why = models.CharField(max_length=1000)
    level = models.CharField(max_length=20, choices=NotorietyFact.Level, blank=True)
    fact_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="notoriety_resolution_says_why", condition=~Q(why="")),
            models.CheckConstraint(
                name="notoriety_resolution_corrects_when_amended",
                condition=Q(outcome="amended", fact_on__isnull=False) & ~Q(level="")
                | ~Q(outcome="amended") & Q(fact_on__isnull=True, level="", place=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest} {self.outcome}"


class NotorietyStatement(models.Model):
    """The recognition of a year as it was computed, and as a person adopted it: once a year, never changed."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="notoriety_statements")
    year = models.PositiveIntegerField()
    adopted_on = models.DateField()
    by = models.CharField(max_length=200)
    charter = models.ForeignKey(CharterVersion, models.PROTECT)
    algorithm = models.CharField(max_length=60)
    trace = models.JSONField()

    class Meta:
        ordering = ["fund", "year"]
        constraints = [models.UniqueConstraint(fields=["fund", "year"], name="notoriety_statement_once_a_year")]

    def __str__(self) -> str:
        return f"{self.fund} {self.year}"


class NotorietyPoints(models.Model):
    """A fact that a statement credits, as it stood then, and what it was worth. Never changed."""

    statement = models.ForeignKey(NotorietyStatement, models.PROTECT, related_name="points")
    fact_key = models.CharField(max_length=320)
    project = models.ForeignKey(Project, models.PROTECT, related_name="notoriety_points")
    kind = models.CharField(max_length=20)
    level = models.CharField(max_length=20)
    on = models.DateField()
    place = models.CharField(max_length=100, blank=True)
    points = models.BigIntegerField()

    class Meta:
        ordering = ["statement", "on", "fact_key"]
        constraints = [
            models.UniqueConstraint(fields=["project", "fact_key"], name="notoriety_fact_credited_once"),
            models.CheckConstraint(name="notoriety_points_not_negative", condition=Q(points__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.fact_key}"


class NotorietyLine(models.Model):
    """One party's year in points: opening − decayed + credited = closing. Never changed.

    `party_key` is the charter's word: `fund`, `company:CODE`, `member:CODE`; the fund's own line has no party. The two
    exact fractions carried (`1/3`) are where the next statement begins.
    """

    statement = models.ForeignKey(NotorietyStatement, models.PROTECT, related_name="lines")
    party_key = models.CharField(max_length=120)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="notoriety_lines")
    opening = models.BigIntegerField()
    decayed = models.BigIntegerField()
    credited = models.BigIntegerField()
    closing = models.BigIntegerField()
    decay_carried = models.TextField()
    credit_carried = models.TextField()

    class Meta:
        ordering = ["statement", "party_key"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "party_key"], name="notoriety_line_once_a_party"),
            models.CheckConstraint(
                name="notoriety_line_adds_up", condition=Q(closing=F("opening") - F("decayed") + F("credited"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.party_key}"
