"""The tables of the books, read through Django and written by `ledger.posting` alone.

Identifiers of seals, entries, postings and accounts are `book << 40 | number`: dense in each book, in the
order of writing, the book first in every key. So “everything after the head” is a range of the primary key,
and two books never queue for each other. Relations without a database constraint are proved by the seal,
once per commit, by joins: a foreign key would check them row by row and lock the account's row each time.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q

from ledger.errors import ReadOnly
from ledger.fields import PackedIdField
from ledger.money import MINOR_LIMIT
from ledger.money import Unit as UnitValue

NUMBER_BITS = 40
"""A book holds at most 2^40 entries; 2^22 books fit above them in a signed 64-bit identifier."""

NUMBER_MASK = (1 << NUMBER_BITS) - 1


def first_id(book_id: int) -> int:
    """The identifier below the first one of this book: number 0."""
    return book_id << NUMBER_BITS


class ReadOnlyQuerySet(models.QuerySet[Any]):
    """A queryset that answers and never writes."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise ReadOnly(table=self.model._meta.db_table)

    create = update = delete = bulk_create = bulk_update = get_or_create = update_or_create = _refuse
    acreate = aupdate = adelete = abulk_create = abulk_update = aget_or_create = aupdate_or_create = _refuse


class ReadOnlyModel(models.Model):
    """A row of the books; Django reads it, `ledger.posting` writes it."""

    objects = ReadOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *_: object, **__: object) -> NoReturn:
        raise ReadOnly(table=self._meta.db_table)

    def delete(self, *_: object, **__: object) -> NoReturn:
        raise ReadOnly(table=self._meta.db_table)


def _to(model: str, **options: Any) -> models.ForeignKey[Any, Any]:
    """A relation that the seal proves: no constraint, no index of its own."""
    return models.ForeignKey(model, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False, **options)


class Unit(ReadOnlyModel):
    """What is counted; shared by all books and never changed, for amounts would change their meaning."""

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=20, unique=True)
    scale = models.SmallIntegerField()
    kind = models.CharField(max_length=10)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(scale__range=(0, 9)), name="ledger_unit_scale")]

    @property
    def value(self) -> UnitValue:
        return UnitValue(self.code, self.scale, self.kind)


class Book(ReadOnlyModel):
    """The books of one legal fund: its own numbering, its own chain."""

    id = models.AutoField(primary_key=True)
    slug = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    functional_unit = models.ForeignKey(Unit, models.DO_NOTHING, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id__range=(1, 2**22)), name="ledger_book_id")]


class Head(ReadOnlyModel):
    """Where a book ends: its last seal, entry and posting; locked first by whoever writes."""

    book = models.OneToOneField(Book, models.DO_NOTHING, primary_key=True, related_name="head")
    last_seal = models.BigIntegerField()
    last_entry = models.BigIntegerField()
    last_posting = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    pending = models.ForeignKey("ledger.Seal", models.DO_NOTHING, null=True, related_name="+", db_index=False)

    class Meta:
        # `pending` names the seal that an open commit still owes; its constraint waits for the end of the
        # transaction, which therefore fails when the seal did not come.
        base_manager_name = "objects"


class FiscalYear(ReadOnlyModel):
    """An accounting year (*exercice*) with the version of the chart it is kept by."""

    book = models.ForeignKey(Book, models.DO_NOTHING, related_name="+", db_index=False)
    code = models.CharField(max_length=20)
    first = models.DateField()
    last = models.DateField()
    chart = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "code"], name="ledger_fiscal_year_code"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="ledger_fiscal_year_span"),
        ]


class Period(ReadOnlyModel):
    """A part of a fiscal year that is open, locked (may be unlocked) or closed for ever."""

    fiscal_year = models.ForeignKey(FiscalYear, models.DO_NOTHING, related_name="periods", db_index=False)
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=6, default="open")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "first"], name="ledger_period_first"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="ledger_period_span"),
            models.CheckConstraint(condition=Q(state__in=["open", "locked", "closed"]), name="ledger_period_state"),
        ]


class PeriodLog(ReadOnlyModel):
    """Who locked, unlocked or closed a period, when and why; only ever added to."""

    period = models.ForeignKey(Period, models.DO_NOTHING, related_name="log")
    act = models.CharField(max_length=6)
    by = models.CharField(max_length=200)
    why = models.CharField(max_length=500)
    moment = models.DateTimeField()


class Journal(ReadOnlyModel):
    """A journal of the book (bank, members, operations); numbers its entries without a gap in each year."""

    book = models.ForeignKey(Book, models.DO_NOTHING, related_name="+", db_index=False)
    code = models.CharField(max_length=20)
    label = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "code"], name="ledger_journal_code")]


class Account(ReadOnlyModel):
    """A leaf of the books: chart code, party, project, convention and unit; only its closing ever changes."""

    id = PackedIdField(primary_key=True)
    book = _to("ledger.Book")
    code = models.CharField(max_length=260)
    chart = models.CharField(max_length=64)
    party = models.CharField(max_length=64, blank=True)
    project = models.CharField(max_length=64, blank=True)
    convention = models.CharField(max_length=64, blank=True)
    unit = models.ForeignKey(Unit, models.DO_NOTHING, related_name="+", db_index=False)
    is_closed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "code", "unit"], name="ledger_account_code")]


class Balance(ReadOnlyModel):
    """The running totals of an account; they move inside a seal and never leave their limits."""

    account = models.OneToOneField(Account, models.DO_NOTHING, primary_key=True, related_name="balance")
    debit = models.BigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)
    count = models.BigIntegerField(default=0)
    last_seal = models.BigIntegerField()
    floor = models.BigIntegerField(null=True)
    ceiling = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(floor__isnull=True) | Q(debit__gte=F("credit") + F("floor")), name="ledger_balance_floor"
            ),
            models.CheckConstraint(
                condition=Q(ceiling__isnull=True) | Q(debit__lte=F("credit") + F("ceiling")),
                name="ledger_balance_ceiling",
            ),
            models.CheckConstraint(
                condition=Q(debit__range=(0, MINOR_LIMIT), credit__range=(0, MINOR_LIMIT)), name="ledger_balance_range"
            ),
        ]


class Seal(ReadOnlyModel):
    """What one commit wrote, closed: two ranges and the next hash of the chain."""

    id = PackedIdField(primary_key=True)
    book = _to("ledger.Book")
    first_entry = models.BigIntegerField()
    entries = models.IntegerField()
    first_posting = models.BigIntegerField()
    postings = models.IntegerField()
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    moment = models.DateTimeField()

    @property
    def number(self) -> int:
        return self.pk & NUMBER_MASK


class Entry(ReadOnlyModel):
    """A whole booking. Its words can be erased and nothing else of it: the leaf holds them as a salted hash."""

    id = PackedIdField(primary_key=True)
    book = _to("ledger.Book")
    seal = _to("ledger.Seal")
    journal = _to("ledger.Journal")
    fiscal_year = _to("ledger.FiscalYear")
    number = models.IntegerField()
    on = models.DateField()
    validated_on = models.DateField()
    kind = models.CharField(max_length=64)
    reference = models.CharField(max_length=200)
    document = models.CharField(max_length=200, blank=True)
    document_on = models.DateField(null=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    exchange = models.CharField(max_length=200, blank=True)
    reverses = _to("ledger.Entry", null=True)
    first_posting = models.BigIntegerField()
    postings = models.IntegerField()
    label = models.CharField(max_length=500, blank=True)
    salt = models.BinaryField(max_length=16, null=True)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "reference"], name="ledger_entry_reference"),
            models.UniqueConstraint(fields=["journal", "fiscal_year", "number"], name="ledger_entry_number"),
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="ledger_entry_reverses"
            ),
        ]


class LabelErasure(ReadOnlyModel):
    """Who erased the words of an entry, when and why, and the salted hash that its leaf still holds."""

    entry = models.OneToOneField(Entry, models.DO_NOTHING, primary_key=True, related_name="erasure")
    label_hash = models.BinaryField(max_length=32)
    by = models.CharField(max_length=200)
    why = models.CharField(max_length=500)
    moment = models.DateTimeField()


class Posting(ReadOnlyModel):
    """One leg of an entry, debit positive. It has no unit of its own: the account's is the only one possible."""

    id = PackedIdField(primary_key=True)
    entry = _to("ledger.Entry")
    account = _to("ledger.Account")
    on = models.DateField()
    minor = models.BigIntegerField()
    convention = models.CharField(max_length=64, blank=True)
    destination = models.CharField(max_length=64, blank=True)
    public_generosity = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["account", "on"], name="ledger_posting_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minor__range=(-MINOR_LIMIT, MINOR_LIMIT)) & ~Q(minor=0), name="ledger_posting_minor"
            )
        ]


class Lettering(ReadOnlyModel):
    """Postings of one account that settle each other (*lettrage*): the one thing that changes after posting."""

    account = models.ForeignKey(Account, models.DO_NOTHING, related_name="letterings", db_index=False)
    code = models.CharField(max_length=20)
    on = models.DateField()
    is_partial = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "code"], name="ledger_lettering_code")]


class LetteredPosting(ReadOnlyModel):
    """A posting that is lettered; it can be in one lettering at a time."""

    posting = models.OneToOneField(Posting, models.DO_NOTHING, primary_key=True, related_name="lettered")
    lettering = models.ForeignKey(Lettering, models.DO_NOTHING, related_name="lettered")


class LetteringLog(ReadOnlyModel):
    """Every lettering done or undone, by whom and when; only ever added to."""

    account = models.ForeignKey(Account, models.DO_NOTHING, related_name="+")
    code = models.CharField(max_length=20)
    act = models.CharField(max_length=6)
    on = models.DateField()
    is_partial = models.BooleanField()
    postings = models.TextField()
    by = models.CharField(max_length=200)
    moment = models.DateTimeField()


# Derived: computed from postings and entries, rebuilt at any time, compared by `verify`


class RollUp(ReadOnlyModel):
    """How far `DayBalance` has come in a book: it covers the postings up to this one, and none after it."""

    book = models.OneToOneField(Book, models.DO_NOTHING, primary_key=True, related_name="rollup")
    last_posting = models.BigIntegerField()


class DayBalance(ReadOnlyModel):
    """What an account holds at the end of a day on which it moved: both gross sides of all postings dated till then."""

    pk = models.CompositePrimaryKey("account_id", "on")
    account = _to("ledger.Account")
    on = models.DateField()
    debit = models.BigIntegerField()
    credit = models.BigIntegerField()


class Subtree(ReadOnlyModel):
    """The root of a complete part of the book’s Merkle tree: leaves from `index << level` to the next such."""

    book = _to("ledger.Book")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "level", "index"], name="ledger_subtree_place")]
