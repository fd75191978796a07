"""How the rules change: drafts that are proposed, and the decisions that made a version of the charter."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fund.models.funds import CharterVersion, Fund


class CharterDraft(models.Model):
    """A charter that somebody proposes. Never changed: a better text is a new draft that names the one it replaces."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="drafts")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    proposed_on = models.DateField()
    proposed_by = models.CharField(max_length=200)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        ordering = ["fund", "number"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "number"], name="charter_draft_number_unique"),
            models.CheckConstraint(name="charter_draft_title_present", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class CharterDecision(models.Model):
    """The decision that adopted a version: which body, when, with how many votes, where its minutes are. Never changed.

    A charter that a year's files name was decided elsewhere: nothing is known of the votes (`files`).
    """

    class Body(models.TextChoices):
        ASSEMBLY = "general-assembly", _("general assembly")
        EXTRAORDINARY = "extraordinary-assembly", _("extraordinary general assembly")
        BOARD = "board", _("board")
        PARTNERS = "partners", _("all the partners")
        FILES = "files", _("the year’s files")

    class Manner(models.TextChoices):
        VOTE = "vote", _("by vote")
        CONSENT = "consent", _("by consent, nobody objecting")
        FILES = "files", _("decided elsewhere, named by the year’s files")

    version = models.OneToOneField(CharterVersion, models.PROTECT, related_name="decision")
    draft = models.OneToOneField(CharterDraft, models.PROTECT, null=True, blank=True, related_name="decision")
    held_on = models.DateField()
    body = models.CharField(max_length=24, choices=Body)
    manner = models.CharField(max_length=10, choices=Manner)
    present = models.PositiveIntegerField(null=True, blank=True)
    quorum = models.PositiveIntegerField(null=True, blank=True)
    votes_for = models.PositiveIntegerField(null=True, blank=True)
    votes_against = models.PositiveIntegerField(null=True, blank=True)
    votes_abstained = models.PositiveIntegerField(null=True, blank=True)
    reference = models.CharField(max_length=300)
    retroactive = models.BooleanField(default=False)
    legal_bases = models.JSONField(default=list)
    recorded_on = models.DateField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(name="charter_decision_minutes_named", condition=~Q(reference="")),
            models.CheckConstraint(
                name="charter_decision_recorded_after_it_is_taken", condition=Q(recorded_on__gte=F("held_on"))
            ),
            models.CheckConstraint(
                name="charter_decision_quorum_present",
                condition=Q(manner="files", body="files", present__isnull=True, quorum__isnull=True)
                | (
                    ~Q(manner="files")
                    & ~Q(body="files")
                    & Q(present__isnull=False, quorum__isnull=False, present__gte=F("quorum"), quorum__gt=0)
                ),
            ),
            models.CheckConstraint(
                name="charter_decision_carried",
                condition=Q(
                    manner="vote",
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    votes_abstained__isnull=False,
                    votes_for__gt=F("votes_against"),
                )
                | (
                    ~Q(manner="vote")
                    & Q(votes_for__isnull=True, votes_against__isnull=True, votes_abstained__isnull=True)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.reference}"
