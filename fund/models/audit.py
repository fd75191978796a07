"""What an auditor writes: samples, ticks and notes. They are kept apart from the books and never touch them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fund.models.funds import Fund


class AuditSample(models.Model):
    """A sample as it was drawn: the seed, the head of the chain, the parameters, what came out. Never changed.

    `entries` is how many entries the books held under that head: whoever redraws takes these alone.
    """

    class Method(models.TextChoices):
        SIMPLE = "simple", _("at random, every entry with the same chance")
        STRATIFIED = "stratified", _("at random in each stratum")
        MONETARY = "monetary-unit", _("by monetary units, every cent with the same chance")
        THRESHOLD = "threshold", _("every entry above a threshold")

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="audit_samples")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=100)
    fiscal_year = models.CharField(max_length=20)
    drawn_on = models.DateField()
    drawn_by = models.CharField(max_length=200)
    seed = models.CharField(max_length=100)
    method = models.CharField(max_length=15, choices=Method)
    parameters = models.JSONField()
    head = models.CharField(max_length=64)
    entries = models.PositiveBigIntegerField()
    population = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()
    interval_minor = models.BigIntegerField()

    class Meta:
        ordering = ["fund", "number"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "number"], name="audit_sample_number_unique"),
            models.UniqueConstraint(fields=["fund", "reference"], name="audit_sample_reference_unique"),
            models.CheckConstraint(name="audit_sample_has_a_seed", condition=~Q(seed="")),
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.number}"


class AuditSampleEntry(models.Model):
    """An entry of a sample, and why it is in it. Never changed."""

    class Why(models.TextChoices):
        ABOVE = "above", _("above the threshold")
        CERTAIN = "certain", _("the interval or more")
        DRAWN = "drawn", _("drawn")

    sample = models.ForeignKey(AuditSample, models.PROTECT, related_name="drawn")
    rank = models.PositiveIntegerField()
    reference = models.CharField(max_length=200)
    minor = models.BigIntegerField()
    stratum = models.CharField(max_length=100, blank=True)
    why = models.CharField(max_length=10, choices=Why)

    class Meta:
        ordering = ["sample", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "rank"], name="audit_sample_entry_rank_unique"),
            models.UniqueConstraint(fields=["sample", "reference"], name="audit_sample_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sample} {self.rank}"


class AuditTick(models.Model):
    """What the auditor found of an entry of a sample. Never changed: a later tick corrects it."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("agrees with its document")
        DIFFERENCE = "difference", _("difference")
        MISSING = "missing", _("document missing")
        QUESTION = "question", _("question")

    entry = models.ForeignKey(AuditSampleEntry, models.PROTECT, related_name="ticks")
    reference = models.CharField(max_length=100)
    outcome = models.CharField(max_length=12, choices=Outcome)
    difference_minor = models.BigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    on = models.DateField()
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["entry", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "reference"], name="audit_tick_reference_unique"),
            models.CheckConstraint(
                name="audit_tick_difference_has_an_amount",
                condition=(Q(outcome="difference", difference_minor__isnull=False) & ~Q(difference_minor=0))
                | (~Q(outcome="difference") & Q(difference_minor=None)),
            ),
            models.CheckConstraint(name="audit_tick_says_what_is_wrong", condition=Q(outcome="agreed") | ~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.outcome}"


class AuditNote(models.Model):
    """A note of an auditor on an entry, an account, a statement or nothing in particular. Never changed.

    `is_shared` shows it to the bookkeepers as a question; otherwise it is the auditors' alone. A correction is a new
    note that names the one it corrects.
    """

    class About(models.TextChoices):
        ENTRY = "entry", _("an entry")
        ACCOUNT = "account", _("an account")
        STATEMENT = "statement", _("a line of a statement")
        FREE = "free", _("nothing in particular")

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="audit_notes")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=100)
    about = models.CharField(max_length=10, choices=About)
    subject = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=4000)
    is_shared = models.BooleanField(default=False)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    on = models.DateField()
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["fund", "number"]
        indexes = [models.Index(fields=["fund", "about", "subject"], name="audit_note_by_subject")]
        constraints = [
            models.UniqueConstraint(fields=["fund", "number"], name="audit_note_number_unique"),
            models.UniqueConstraint(fields=["fund", "reference"], name="audit_note_reference_unique"),
            models.CheckConstraint(name="audit_note_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="audit_note_subject_where_it_has_one",
                condition=Q(about="free", subject="") | (~Q(about="free") & ~Q(subject="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.number}"


class AuditAnswer(models.Model):
    """What a bookkeeper, or the auditor in turn, says to a note that is shared. Never changed."""

    note = models.ForeignKey(AuditNote, models.PROTECT, related_name="answers")
    reference = models.CharField(max_length=100)
    text = models.CharField(max_length=4000)
    role = models.CharField(max_length=14)
    on = models.DateField()
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["note", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["note", "reference"], name="audit_answer_reference_unique"),
            models.CheckConstraint(name="audit_answer_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.note} {self.by}"
