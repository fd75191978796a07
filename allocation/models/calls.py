"""A call for proposals: its envelopes (strands), what it asks for, by what it judges, and the proposals themselves."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from allocation.amounts import money_field


class Call(models.Model):
    """A call for proposals: when it is open, how it will be decided, and the seed of its lottery.

    The seed's hash is public from the start, the seed itself once the ballots are closed. A call with a last day for
    applications goes through the committee; one without is counted from a file of ballots.
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
    presentation = models.TextField(blank=True)
    applications_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["owner", "closes", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "slug"], name="call_slug_unique"),
            models.CheckConstraint(name="call_opens_before_it_closes", condition=Q(opens__lte=F("closes"))),
            models.CheckConstraint(
                name="call_takes_applications_while_open",
                condition=Q(applications_until=None)
                | Q(applications_until__gte=F("opens"), applications_until__lte=F("closes")),
            ),
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


class Criterion(models.Model):
    """One line of the call's rubric: scored from 0 to `scale`, weighing `weight`."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="criteria")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    weight = models.PositiveSmallIntegerField(default=1)
    scale = models.PositiveSmallIntegerField(default=5)

    class Meta:
        ordering = ["call", "pk"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="criterion_code_unique"),
            models.CheckConstraint(name="criterion_counts", condition=Q(weight__gt=0, scale__gt=0)),
        ]

    def __str__(self) -> str:
        return self.code


class RequestedDocument(models.Model):
    """A document that an application of this call has to hold, or may."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="documents")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    required = models.BooleanField(default=True)

    class Meta:
        ordering = ["call", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="requested_document_code_unique")]

    def __str__(self) -> str:
        return self.code


class Proposal(models.Model):
    """A project that asks for money in a call; `lead` is the code of the party that carries it.

    `asked` is the amount it aims at, `minimum` the least with which it can be made; without one it is all or nothing.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="proposals")
    code = models.CharField(max_length=100)
    name = models.CharField(max_length=1000)
    lead = models.CharField(max_length=1000)
    category = models.CharField(max_length=1000, blank=True)
    asked = money_field()
    minimum = money_field(null=True, blank=True)
    envelope = models.ForeignKey(Envelope, models.PROTECT, null=True, blank=True, related_name="proposals")

    objects: ClassVar[models.Manager["Proposal"]] = models.Manager()

    class Meta:
        ordering = ["call", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="proposal_code_unique"),
            models.CheckConstraint(name="proposal_asks_something", condition=Q(asked__gt=0)),
            models.CheckConstraint(
                name="proposal_minimum_within_what_it_asks",
                condition=Q(minimum=None) | Q(minimum__gt=0, minimum__lte=F("asked")),
            ),
        ]

    def __str__(self) -> str:
        return self.code
