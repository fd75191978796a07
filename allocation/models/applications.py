"""Applications (*dossiers*): drafts with holes, versions as they were filed, documents, and what happened to them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allocation.models.calls import Call, Proposal


class Application(models.Model):
    """A company's application in a call. The draft may have holes; what was filed stands in its versions.

    `state` is the committee's own word; what the company reads is the public word for it. An application that is
    returned is completed and filed again by `complete_by`, which may come after the last day of the call.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        FILED = "filed", _("filed, not looked at")
        RETURNED = "returned", _("returned to be completed")
        COMPLETE = "complete", _("complete, in instruction")
        ADMITTED = "admitted", _("admitted to the vote")
        INADMISSIBLE = "inadmissible", _("not eligible")
        WITHDRAWN = "withdrawn", _("withdrawn")

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=100)
    applicant = models.CharField(max_length=100)
    opened_by = models.CharField(max_length=150)
    opened_on = models.DateField()
    draft = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="application")
    complete_by = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="application_number_unique"),
            models.UniqueConstraint(fields=["call", "reference"], name="application_reference_unique"),
            models.CheckConstraint(
                name="application_admitted_with_its_proposal",
                condition=~Q(state="admitted") | Q(proposal__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}/{self.number}"


class ApplicationVersion(models.Model):
    """An application as it was filed: its whole content and the fingerprint of it. Never changed."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    filed_on = models.DateField()
    filed_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="application_version_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} v{self.number}"


class ApplicationDocument(models.Model):
    """A file of an application. Its bytes are never changed; a document that is taken out keeps its row."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    added_on = models.DateField()
    added_by = models.CharField(max_length=150)
    removed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["application", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.kind}"


class ApplicationEvent(models.Model):
    """What happened to an application: `told` is what the company reads, `note` stays inside. Never changed."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    kind = models.CharField(max_length=20)
    told = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["application", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.kind}"


class Sponsorship(models.Model):
    """A member stands for an application, and what it commits to (`production`, `diffusion`)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="sponsorships")
    member = models.CharField(max_length=100)
    commits_to = models.JSONField(default=list)
    on = models.DateField()
    by = models.CharField(max_length=150)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "member"], condition=Q(withdrawn_on=None), name="sponsorship_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.member}"


class FitAnswer(models.Model):
    """One answer to one preliminary question, by a member or by the company: whether the cooperation fits."""

    class Side(models.TextChoices):
        COMPANY = "company", _("the company")
        MEMBER = "member", _("a member")

    application = models.ForeignKey(Application, models.PROTECT, related_name="fit_answers")
    side = models.CharField(max_length=8, choices=Side)
    party = models.CharField(max_length=100)
    question = models.CharField(max_length=30)
    choice = models.CharField(max_length=30)
    why = models.TextField(blank=True)
    on = models.DateField()
    by = models.CharField(max_length=150)

    class Meta:
        ordering = ["application", "side", "party", "question"]
        constraints = [
            models.UniqueConstraint(fields=["application", "side", "party", "question"], name="fit_answer_once_a_party")
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.party}, {self.question}"
