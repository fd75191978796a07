"""Anchors: checkpoints of the books that were sent out; only they show that a whole chain was made anew."""

from django.db import models
from django.db.models import Q

from fund.models.funds import Fund


class Anchor(models.Model):
    """A checkpoint as it was mailed to the auditors on a day. Never changed.

    `charters` holds a line `HASH  charters/NUMBER.toml` for each version of the charter that there was.
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="anchors")
    on = models.DateField()
    entries = models.PositiveBigIntegerField()
    seals = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    head = models.CharField(max_length=64)
    charters = models.TextField(blank=True)
    sent_to = models.PositiveIntegerField()

    class Meta:
        ordering = ["fund", "on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "on", "head"], name="anchor_once_a_day_and_head"),
            models.CheckConstraint(name="anchor_is_sent_to_somebody", condition=Q(sent_to__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.on} {self.entries}"
