"""What projects bring back, who receives it, and the drawing rights that come of it."""

from django.db import models
from django.db.models import F, Q

from fund.models.funds import CharterVersion
from fund.models.parties import Party
from fund.models.projects import ExploitationStatement, Performance, Project


class Return(models.Model):
    """What the charter makes of one statement: the amount due, under which version, with its trace. Never changed.

    Nothing is taken back: where corrections leave a project below what it already returned, the amount is zero
    and `carried_minor` (never positive) says what the next statement starts from.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="returns")
    statement = models.OneToOneField(ExploitationStatement, models.PROTECT, related_name="settlement")
    reference = models.CharField(max_length=200)
    settled_on = models.DateField()
    amount_minor = models.BigIntegerField()
    carried_minor = models.BigIntegerField(default=0)
    charter = models.ForeignKey(CharterVersion, models.PROTECT)
    algorithm = models.CharField(max_length=60)
    trace = models.JSONField()

    class Meta:
        ordering = ["project", "settled_on"]
        constraints = [
            models.UniqueConstraint(fields=["project", "reference"], name="return_reference_unique"),
            models.CheckConstraint(
                name="return_takes_nothing_back", condition=Q(amount_minor__gte=0) & Q(carried_minor__lte=0)
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ReturnLine(models.Model):
    """What one rule asks of one performance, with the steps that led there."""

    of_return = models.ForeignKey(Return, models.PROTECT, related_name="lines")
    performance = models.ForeignKey(Performance, models.PROTECT, related_name="return_lines")
    position = models.PositiveIntegerField()
    rule = models.CharField(max_length=120)
    base_minor = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    trace = models.JSONField()

    class Meta:
        ordering = ["of_return", "position"]
        constraints = [models.UniqueConstraint(fields=["of_return", "position"], name="return_line_position_unique")]

    def __str__(self) -> str:
        return f"{self.of_return} / {self.position}"


class ReturnShare(models.Model):
    """The part of a return that goes to one party in one form.

    `party_key` is the charter's word (`fund`, `company`, `member:M03`). `rule` names the lines of the charter that
    share it and `key_digest` their weights on that day: parts under one key stay fair to the cent over
    all its instalments, and a new year's contributions begin a new key.
    """

    of_return = models.ForeignKey(Return, models.PROTECT, related_name="shares")
    party_key = models.CharField(max_length=120)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="return_shares")
    form = models.CharField(max_length=20)
    amount_minor = models.BigIntegerField()
    rule = models.CharField(max_length=120)
    key_digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["of_return", "rule", "party_key", "form"]
        constraints = [
            models.UniqueConstraint(fields=["of_return", "rule", "party_key", "form"], name="return_share_once"),
        ]

    def __str__(self) -> str:
        return f"{self.of_return} {self.party_key}"


class DrawingRight(models.Model):
    """An earmarked claim of a member on the fund (*droit de tirage*): not cash, used for projects, and it expires."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="drawing_rights")
    reference = models.CharField(max_length=300)
    share = models.OneToOneField(ReturnShare, models.PROTECT, null=True, blank=True, related_name="drawing_right")
    granted_on = models.DateField()
    expires_on = models.DateField()
    amount_minor = models.BigIntegerField()

    class Meta:
        ordering = ["party", "expires_on", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["party", "reference"], name="drawing_right_reference_unique"),
            models.CheckConstraint(name="drawing_right_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(name="drawing_right_expires_later", condition=Q(expires_on__gt=F("granted_on"))),
        ]

    def __str__(self) -> str:
        return self.reference


class DrawingRightMovement(models.Model):
    """What became of a drawing right: used for a project, transferred to another member, or expired. Never changed."""

    class Kind(models.TextChoices):
        USED = "used"
        TRANSFERRED = "transferred"
        EXPIRED = "expired"

    right = models.ForeignKey(DrawingRight, models.PROTECT, related_name="movements")
    reference = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=Kind)
    on = models.DateField()
    amount_minor = models.BigIntegerField()
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True)
    to = models.OneToOneField(DrawingRight, models.PROTECT, null=True, blank=True, related_name="came_from")

    class Meta:
        ordering = ["right", "on", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["right", "reference"], name="drawing_right_movement_reference_unique"),
            models.CheckConstraint(name="drawing_right_movement_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="drawing_right_movement_goes_somewhere",
                condition=Q(kind="used", project__isnull=False, to__isnull=True)
                | Q(kind="transferred", project__isnull=True, to__isnull=False)
                | Q(kind="expired", project__isnull=True, to__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.reference
