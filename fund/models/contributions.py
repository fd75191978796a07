"""What members promise, are called for and bring: cash, valued help in kind, hours."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from allocation.amounts import money_field
from fund.models.funds import CharterVersion, Fund
from fund.models.parties import Party


class Membership(models.Model):
    """A party is a member in a category for a term (a charter often binds for three years)."""

    class Category(models.TextChoices):
        VENUE = "venue", _("venue")
        COMPANY = "company", _("company")
        AGENCY = "agency", _("agency")
        FESTIVAL = "festival", _("festival")
        SPONSOR = "sponsor", _("sponsor")
        PUBLIC_FUNDER = "public-funder", _("public funder")

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="memberships")
    party = models.ForeignKey(Party, models.PROTECT, related_name="memberships")
    category = models.CharField(max_length=20, choices=Category)
    term_from = models.DateField()
    term_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["fund", "party__code"]
        constraints = [
            models.UniqueConstraint(fields=["party", "term_from"], name="membership_once_a_day"),
            models.CheckConstraint(
                name="membership_ends_after_it_begins", condition=Q(term_until=None) | Q(term_until__gte=F("term_from"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.party)


class DeclaredFigure(models.Model):
    """A figure a member declares and the formula uses, with its year: its annual production budget, say."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="figures")
    name = models.CharField(max_length=60)
    fiscal_year = models.PositiveIntegerField()
    amount = money_field()
    evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "name", "fiscal_year"], name="declared_figure_once_a_year"),
            models.CheckConstraint(name="declared_figure_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.membership} {self.name} {self.fiscal_year}"


class Pledge(models.Model):
    """A promise of money, over one year or several; its instalments say when."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="pledges")
    reference = models.CharField(max_length=100)
    amount = money_field()
    pledged_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "reference"], name="pledge_reference_unique"),
            models.CheckConstraint(name="pledge_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return self.reference


class Instalment(models.Model):
    """The part of a pledge that is due in one fiscal year."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="instalments")
    fiscal_year = models.PositiveIntegerField()
    due_on = models.DateField()
    amount = money_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pledge", "due_on"], name="instalment_once_a_day"),
            models.CheckConstraint(name="instalment_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.pledge} {self.due_on}"


class ContributionCall(models.Model):
    """What the charter's formula asks of a member for a fiscal year: under which version, by what, with its trace."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="contribution_calls")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="calls")
    reference = models.CharField(max_length=100)
    fiscal_year = models.PositiveIntegerField()
    called_on = models.DateField()
    amount_minor = models.BigIntegerField()
    charter = models.ForeignKey(CharterVersion, models.PROTECT)
    algorithm = models.CharField(max_length=60)
    trace = models.JSONField()

    class Meta:
        ordering = ["fund", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "reference"], name="contribution_call_reference_unique"),
            models.UniqueConstraint(fields=["membership", "fiscal_year"], name="contribution_call_once_a_year"),
            models.CheckConstraint(name="contribution_call_not_negative", condition=Q(amount_minor__gte=0)),
        ]

    def __str__(self) -> str:
        return self.reference


class Publicity(models.TextChoices):
    """How a contribution is shown to the public; chosen for each contribution, never for the person."""

    NAME = "name", _("under its name")
    PSEUDONYM = "pseudonym", _("under a pseudonym")
    HIDDEN = "hidden", _("hidden")


class Contribution(models.Model):
    """Money that has reached the bank from a member."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="contributions")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="contributions")
    reference = models.CharField(max_length=100)
    received_on = models.DateField()
    amount = money_field()
    label = models.CharField(max_length=300, blank=True)
    publicity = models.CharField(max_length=10, choices=Publicity, default=Publicity.NAME)
    pseudonym = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["fund", "received_on", "reference"]
        indexes = [models.Index(fields=["membership", "received_on"], name="contribution_by_member")]
        constraints = [
            models.UniqueConstraint(fields=["fund", "reference"], name="contribution_reference_unique"),
            models.CheckConstraint(name="contribution_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="contribution_pseudonym_given", condition=~Q(publicity="pseudonym") | ~Q(pseudonym="")
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class InKindContribution(models.Model):
    """Premises, equipment, work, skills or goods that a member gives, valued by a stated method."""

    class Kind(models.TextChoices):
        PREMISES = "premises", _("premises")
        EQUIPMENT = "equipment", _("equipment")
        GOODS = "goods", _("goods")
        SERVICE = "service", _("service")
        WORK = "work", _("work")

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="in_kind_contributions")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="in_kind_contributions")
    reference = models.CharField(max_length=100)
    given_on = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind)
    quantity_hundredths = models.BigIntegerField()
    unit = models.CharField(max_length=10)
    unit_value = money_field()
    value_minor = models.BigIntegerField()
    method = models.CharField(max_length=100)
    project_code = models.CharField(max_length=100, blank=True)
    publicity = models.CharField(max_length=10, choices=Publicity, default=Publicity.NAME)
    pseudonym = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["fund", "given_on", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "reference"], name="in_kind_reference_unique"),
            models.CheckConstraint(
                name="in_kind_positive", condition=Q(quantity_hundredths__gt=0) & Q(value_minor__gte=0)
            ),
            models.CheckConstraint(
                name="in_kind_pseudonym_given", condition=~Q(publicity="pseudonym") | ~Q(pseudonym="")
            ),
        ]

    def __str__(self) -> str:
        return self.reference
