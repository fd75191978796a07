"""Deliberate: meetings with their notice, attendance and proxies; votes with a frozen electorate and sealed papers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from allocation.models.calls import Call


class Meeting(models.Model):
    """A meeting of the committee on a call; a second one has the same agenda and names the one that had no quorum.

    `emergency` is the reason for which the notice was shortened or the debate left out; empty where there was none.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=100)
    convened_on = models.DateField()
    held_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    agenda = models.TextField()
    chair = models.CharField(max_length=150)
    emergency = models.TextField(blank=True)
    second_of = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="second")
    convened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    lacked_quorum = models.BooleanField(default=False)

    class Meta:
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="meeting_number_unique"),
            models.UniqueConstraint(fields=["call", "reference"], name="meeting_reference_unique"),
            models.CheckConstraint(name="meeting_convened_before_it", condition=Q(convened_on__lte=F("held_on"))),
            models.CheckConstraint(
                name="meeting_opened_before_it_closes",
                condition=Q(closed_at=None) | Q(opened_at__isnull=False, closed_at__gte=F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.number}"


class Attendance(models.Model):
    """Somebody is at a meeting, in the room or at a distance."""

    class Manner(models.TextChoices):
        PRESENT = "present", _("in the room")
        REMOTE = "remote", _("at a distance")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    person = models.CharField(max_length=150)
    manner = models.CharField(max_length=8, choices=Manner)
    at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "person"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.person}"


class Proxy(models.Model):
    """Somebody lends their vote at a meeting to somebody else (*procuration*), until they take it back."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="proxies")
    giver = models.CharField(max_length=150)
    holder = models.CharField(max_length=150)
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "given_at", "pk"]
        verbose_name_plural = "proxies"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "giver"], condition=Q(revoked_at=None), name="proxy_given_once_at_a_time"
            ),
            models.CheckConstraint(name="proxy_to_another", condition=~Q(giver=F("holder"))),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.giver} → {self.holder}"


class Vote(models.Model):
    """A question put to the committee, by one kind of ballot, to an electorate that is frozen when it opens.

    `round` 1 comes before the debate, 2 after it, 0 is a question beside them. `subject` names what is decided:
    `proposals` (the list of their codes) or `scenario` (its number). `rules` are the charter's words that governed it,
    as they were when it opened, with the figures of the quorum. No paper is read before `closed_at`.
    """

    class Kind(models.TextChoices):
        YES_NO = "yes-no", _("yes, no or abstain")
        APPROVAL = "approval", _("approval")
        SCORES = "scores", _("scores")
        JUDGMENT = "judgment", _("majority judgment")
        RANKING = "ranking", _("ranking")
        CONSENT = "consent", _("consent")
        BUCKETS = "buckets", _("buckets")

    call = models.ForeignKey(Call, models.PROTECT, related_name="votes")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="votes")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=100)
    round = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind)
    question = models.CharField(max_length=500)
    subject = models.JSONField()
    rules = models.JSONField()
    secret = models.BooleanField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=150)
    closes = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=150, blank=True)
    casting = models.CharField(max_length=3, blank=True)

    class Meta:
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="vote_number_unique"),
            models.UniqueConstraint(fields=["call", "reference"], name="vote_reference_unique"),
            models.CheckConstraint(name="vote_opens_before_it_closes", condition=Q(opened_at__lte=F("closes"))),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.number}"


class Elector(models.Model):
    """Somebody who may vote, with what they may not vote on. `holder` casts for them where they gave a proxy.

    `recused` lists the codes of proposals. In a secret vote nothing links this row to a paper.
    """

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="electors")
    person = models.CharField(max_length=150)
    holder = models.CharField(max_length=150, blank=True)
    recused = models.JSONField(default=list)
    has_voted = models.BooleanField(default=False)

    class Meta:
        ordering = ["vote", "person"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "person"], name="elector_once"),
            models.CheckConstraint(name="elector_does_not_hold_itself", condition=~Q(person=F("holder"))),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id}: {self.person}"


class OpenedPapers(models.Manager["Paper"]):
    """The papers of votes that are closed: whoever asks without thinking of the seal finds no other."""

    def get_queryset(self) -> models.QuerySet["Paper"]:
        """Papers that anybody may count."""
        return super().get_queryset().filter(vote__closed_at__isnull=False)


class Paper(models.Model):
    """A ballot paper (*bulletin*). Its key is the random receipt by which its voter finds it; never changed.

    An open vote keeps whose paper it is; a secret one does not, and keeps no moment nor order either. `objects`, and
    with it every relation and export, holds only papers of closed votes; `sealed` holds all, for the casting alone.
    """

    receipt = models.CharField(max_length=40, primary_key=True)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="papers")
    elector = models.OneToOneField(Elector, models.PROTECT, null=True, blank=True, related_name="paper")
    content = models.JSONField()

    objects: ClassVar[OpenedPapers] = OpenedPapers()
    sealed: ClassVar[models.Manager["Paper"]] = models.Manager()

    class Meta:
        ordering = ["vote", "receipt"]

    def __str__(self) -> str:
        return self.receipt


class VoteLink(models.Model):
    """A link from a mail: one sign-in for one elector and one vote. Only the hash of its secret is kept."""

    elector = models.ForeignKey(Elector, models.PROTECT, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.elector_id}"


class Objection(models.Model):
    """An objection in a vote by consent: raised with its reason, then integrated, withdrawn, or declared not valid."""

    class State(models.TextChoices):
        RAISED = "raised", _("raised")
        INTEGRATED = "integrated", _("integrated")
        WITHDRAWN = "withdrawn", _("withdrawn")
        NOT_VALID = "not-valid", _("declared not valid")

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="objections")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=100)
    person = models.CharField(max_length=150)
    text = models.TextField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.RAISED)
    resolution = models.TextField(blank=True)
    resolved_by = models.CharField(max_length=150, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["vote", "number"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="objection_number_unique"),
            models.UniqueConstraint(fields=["vote", "reference"], name="objection_reference_unique"),
            models.CheckConstraint(
                name="objection_resolved_with_a_reason", condition=Q(state="raised") | ~Q(resolution="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id}: {self.number}"
