"""The outbox: mails are written in the transaction of the act they tell of, and sent by a command afterwards."""

from django.db import models

from fund.models.funds import Fund


class OutgoingMail(models.Model):
    """A mail to send; `reference` says which act it tells of, so that no act is told twice."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="mails")
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=200)
    recipient = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["fund", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "kind", "reference", "recipient"], name="outgoing_mail_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.reference}"
