"""The lines of the fund's bank, and which posting of account 512 each of them is."""

from django.db import models
from django.db.models import F, Q

from fund.models.funds import Fund


class BankLine(models.Model):
    """A line of a bank statement as it was taken in. Never changed.

    `minor` is above zero for what came in. `fingerprint` is the SHA-256 of what the line says and of its rank among
    equal lines of a file, so that a file that is taken in again, or one that overlaps it, adds nothing twice.
    `balance_minor` is what the bank says the account held after the line, where it says so.
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="bank_lines")
    number = models.PositiveIntegerField()
    account = models.CharField(max_length=20)
    on = models.DateField()
    minor = models.BigIntegerField()
    reference = models.CharField(max_length=140, blank=True)
    counterparty = models.CharField(max_length=140, blank=True)
    label = models.CharField(max_length=300, blank=True)
    balance_minor = models.BigIntegerField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64)
    file_sha256 = models.CharField(max_length=64)
    taken_on = models.DateField()
    taken_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["fund", "on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "number"], name="bank_line_number_unique"),
            models.UniqueConstraint(fields=["fund", "fingerprint"], name="bank_line_taken_once"),
            models.CheckConstraint(name="bank_line_moves_something", condition=~Q(minor=0)),
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.number}"


class BankMatch(models.Model):
    """A posting is a line of the bank, as a bookkeeper confirmed it; only its undoing is ever written to it, once.

    A line may be several postings, whose amounts together are its own; a posting is one line.
    """

    class Ground(models.TextChoices):
        REFERENCE = "reference"
        AMOUNT = "amount"
        HAND = "hand"

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="bank_matches")
    line = models.ForeignKey(BankLine, models.PROTECT, related_name="matches")
    posting = models.BigIntegerField()
    reference = models.CharField(max_length=200)
    posted_on = models.DateField()
    minor = models.BigIntegerField()
    ground = models.CharField(max_length=10, choices=Ground)
    on = models.DateField()
    by = models.CharField(max_length=200)
    undone_on = models.DateField(null=True, blank=True)
    undone_by = models.CharField(max_length=200, blank=True)
    why_undone = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["fund", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "posting"], condition=Q(undone_on=None), name="bank_match_posting_once"
            ),
            models.UniqueConstraint(
                fields=["line", "posting"], condition=Q(undone_on=None), name="bank_match_pair_once"
            ),
            models.CheckConstraint(
                name="bank_match_undone_by_somebody",
                condition=Q(undone_on=None, undone_by="", why_undone="")
                | (Q(undone_on__gte=F("on")) & ~Q(undone_by="") & ~Q(why_undone="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.reference}"
