"""Decide: scenarios computed side by side, the one decision of a call with its frozen record, and who dissents."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allocation.models.calls import Call, Proposal
from allocation.models.outcomes import Outcome
from allocation.models.votes import Vote


class Scenario(models.Model):
    """What one method makes of the ballots of one vote. Never changed; computing it again gives the same bytes.

    `inputs` is the canonical text of all that went in, `result` of what came out, each a JSON object.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="scenarios")
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="scenarios")
    number = models.PositiveIntegerField()
    method = models.CharField(max_length=60)
    parameters = models.JSONField()
    inputs = models.TextField()
    inputs_sha256 = models.CharField(max_length=64)
    result = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["call", "number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="scenario_number_unique")]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.number}"


class Decision(models.Model):
    """The committee's decision on a call: it adopts a scenario, or decides otherwise and says why. Never changed.

    `record` is the canonical text of the whole decision: inputs, method, ties, recusals, quorum, tallies, result,
    dissent.
    """

    class Manner(models.TextChoices):
        ADOPTED = "adopted", _("adopts the scenario")
        DIFFERENT = "different", _("decides otherwise")

    call = models.OneToOneField(Call, models.PROTECT, related_name="decision")
    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="decisions")
    vote = models.OneToOneField(Vote, models.PROTECT, related_name="decision")
    outcome = models.OneToOneField(Outcome, models.PROTECT, related_name="decision")
    manner = models.CharField(max_length=10, choices=Manner)
    reason = models.TextField(blank=True)
    record = models.TextField()
    record_sha256 = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["call"]
        constraints = [
            models.CheckConstraint(
                name="decision_different_with_a_reason", condition=Q(manner="adopted") | ~Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.call_id}"


class Difference(models.Model):
    """An amount that the committee decided otherwise than its scenario, and why. Never changed."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="differences")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="differences")
    computed_minor = models.BigIntegerField()
    decided_minor = models.BigIntegerField()
    why = models.TextField()

    class Meta:
        ordering = ["decision", "proposal"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "proposal"], name="difference_once_a_proposal"),
            models.CheckConstraint(
                name="difference_of_amounts",
                condition=Q(computed_minor__gte=0, decided_minor__gte=0)
                & ~Q(computed_minor=models.F("decided_minor"))
                & ~Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.proposal_id}"


class Dissent(models.Model):
    """A minority opinion that its author wants in the minutes. Never changed."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="dissents")
    person = models.CharField(max_length=150)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["call", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="dissent_once_a_person"),
            models.CheckConstraint(name="dissent_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.person}"
