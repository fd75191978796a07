"""Who signs in, and what they may do in which fund."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fund.models.funds import Fund
from fund.models.parties import Party


class User(AbstractUser):
    """Somebody who signs in. What they may do stands in their accesses, never on the user."""


class Access(models.Model):
    """A user may act in a role in a fund, on behalf of a party where the role has one, between two dates."""

    class Role(models.TextChoices):
        COMMITTEE = "committee", _("committee member")
        ARTIST = "artist", _("artist")
        MEMBER = "member", _("member")
        TREASURER = "treasurer", _("treasurer")
        AUDITOR = "auditor", _("auditor")
        ADMINISTRATOR = "administrator", _("administrator")

    user = models.ForeignKey(User, models.CASCADE, related_name="accesses")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="accesses")
    role = models.CharField(max_length=14, choices=Role)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="accesses")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "accesses"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "fund", "role", "party"], condition=Q(until=None), name="access_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["user", "fund", "role"],
                condition=Q(until=None, party=None),
                name="access_of_nobody_once_at_a_time",
            ),
            models.CheckConstraint(
                name="access_of_a_party",
                condition=~Q(role__in=["artist", "member"]) | Q(party__isnull=False),
            ),
            models.CheckConstraint(
                name="access_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.fund}"
