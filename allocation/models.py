"""The committee's tables: a call with its envelopes, proposals, sealed ballots, one final outcome, its awards.

Funds and parties are text codes: allocation knows nobody. What people type is money; what is computed
from it is whole minor units of the call's currency. Ballots, outcomes and awards are never changed
nor deleted: the database refuses it (`apps.py`).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from allocation.amounts import money_field


class Call(models.Model):
    """A call for proposals: when it is open, how it will be decided, and the seed of its lottery.

    The seed's hash is public from the start, the seed itself once the ballots are closed.
    """

    owner = models.CharField(max_length=60)
    slug = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    opens = models.DateField()
    closes = models.DateField()
    method = models.CharField(max_length=60)
    parameters = models.JSONField(default=dict)
    currency = models.CharField(max_length=3)
    lottery_seed = models.CharField(max_length=200)
    seed_commitment = models.CharField(max_length=64)

    class Meta:
        ordering = ["owner", "closes", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "slug"], name="call_slug_unique"),
            models.CheckConstraint(name="call_opens_before_it_closes", condition=Q(opens__lte=F("closes"))),
        ]

    def __str__(self) -> str:
        return f"{self.owner}/{self.slug}"


class Envelope(models.Model):
    """A sum that the call may spend; several envelopes are drawn in the order of their codes."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="envelopes")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    amount = money_field()

    objects: ClassVar[models.Manager["Envelope"]] = models.Manager()

    class Meta:
        ordering = ["call", "code"]
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="envelope_code_unique"),
            models.CheckConstraint(name="envelope_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return self.code


class Proposal(models.Model):
    """A project that asks for money in a call; `lead` is the code of the party that carries it."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="proposals")
    code = models.CharField(max_length=100)
    name = models.CharField(max_length=1000)
    lead = models.CharField(max_length=1000)
    category = models.CharField(max_length=1000, blank=True)
    asked = money_field()

    objects: ClassVar[models.Manager["Proposal"]] = models.Manager()

    class Meta:
        ordering = ["call", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="proposal_code_unique"),
            models.CheckConstraint(name="proposal_asks_something", condition=Q(asked__gt=0)),
        ]

    def __str__(self) -> str:
        return self.code


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
