"""Ballots of a file, the one final outcome of a call, and its awards. None is ever changed: the database refuses it."""

from django.db import models
from django.db.models import Q

from allocation.models.calls import Call, Envelope, Proposal


class Ballot(models.Model):
    """What one voter supports: a list of proposal codes. Sealed until the call closes, never changed."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="ballots")
    voter = models.CharField(max_length=100)
    approvals = models.JSONField(default=list)
    cast_on = models.DateField()

    class Meta:
        ordering = ["call", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "voter"], name="ballot_one_per_voter")]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.voter}"


class Outcome(models.Model):
    """The published decision: on which inputs, by which method, with every step, tie and reason. Final."""

    call = models.OneToOneField(Call, models.PROTECT, related_name="outcome")
    inputs_sha256 = models.CharField(max_length=64)
    method = models.CharField(max_length=60)
    parameters = models.JSONField()
    result = models.JSONField()
    published_on = models.DateField()
    published_by = models.CharField(max_length=100)

    class Meta:
        ordering = ["call"]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.method}"


class Award(models.Model):
    """What a proposal is granted; its parts by envelope sum to it."""

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="awards")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="award")
    rank = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()
    awarded_on = models.DateField()

    class Meta:
        ordering = ["outcome", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "rank"], name="award_rank_unique"),
            models.CheckConstraint(name="award_positive", condition=Q(amount_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.amount_minor}"


class AwardPart(models.Model):
    """The part of an award that one envelope pays."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="parts")
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="parts")
    amount_minor = models.BigIntegerField()

    class Meta:
        ordering = ["award", "envelope"]
        constraints = [
            models.UniqueConstraint(fields=["award", "envelope"], name="award_part_once_per_envelope"),
            models.CheckConstraint(name="award_part_positive", condition=Q(amount_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.award_id}: {self.amount_minor}"
