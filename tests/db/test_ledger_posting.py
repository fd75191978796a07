"""What posting does when it does not refuse: once, numbered, sealed, and the same on every machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone

from ledger import balances as read
from ledger.audit import find_faults
from ledger.commits import in_one_commit
from ledger.errors import (
    AmountOutOfRange,
    BookUnknown,
    GuardRefused,
    LabelErased,
    LedgerBusy,
    ReadOnly,
    ReferenceConflict,
)
from ledger.journal import AccountKey, Document, Exchange, Line
from ledger.models import NUMBER_MASK, Account, Entry, Posting, RollUp
from ledger.models import Unit as UnitRow
from ledger.money import Amount, unit_of
from ledger.posting import declare_unit, erase_label, lock_period, post, post_many, reverse_entry
from tests.ledger_words import (
    BANK,
    HELP,
    MEMBER,
    SEED,
    WORK,
    an_entry,
    an_open_book,
    commit_by_hand,
    lines,
    other_unit,
    posted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _book() -> None:
    an_open_book()


def test_an_entry_is_posted_once() -> None:
    first = posted("alpha", "A1")
    again = posted("alpha", "A1")
    assert (first.number, first.seal, first.replayed) == (1, 1, False)
    assert again == replace(first, replayed=True)
    assert read.chain_head("alpha").entries == 1


@pytest.mark.parametrize(
    ("change", "differing"),
    [
        ({"minor": 5}, "lines"),
        ({"label": "Other words"}, "label"),
        ({"on": date(2026, 1, 11)}, "on"),
        ({"kind": "gift"}, "kind"),
        ({"journal": "OD"}, "journal"),
        ({"validated_on": date(2026, 3, 1)}, "validated_on"),
        ({"document": Document("P1")}, "document"),
    ],
)
def test_the_same_reference_with_other_contents_names_what_differs(change: dict[str, object], differing: str) -> None:
    posted("alpha", "A1")
    with pytest.raises(ReferenceConflict, match=rf"\({differing}\)"):
        post("alpha", an_entry("A1", **change))


def test_a_replay_needs_neither_an_open_period_nor_a_validation_date_nor_the_salt() -> None:
    """What a person sends again after months is still the same request."""
    first = post("alpha", an_entry("A1", validated_on=None))
    lock_period("alpha", on=date(2026, 1, 1), by="treasurer", why="reported")
    assert post("alpha", an_entry("A1", validated_on=None)).number == first.number


def test_the_validation_date_is_today_unless_the_entry_brings_its_own() -> None:
    post("alpha", an_entry("A1", validated_on=None))
    posted("alpha", "A2")
    assert read.entry("alpha", "A1").entry.validated_on == timezone.localdate()
    assert read.entry("alpha", "A2").entry.validated_on == date(2026, 2, 10)


def test_numbers_run_without_a_gap_in_each_journal() -> None:
    numbers = [
        posted("alpha", f"{journal}{count}", journal=journal).number
        for journal, count in [("BQ", 1), ("OD", 1), ("BQ", 2), ("BQ", 3), ("OD", 2)]
    ]
    assert numbers == [1, 1, 2, 3, 2]


def test_a_refused_entry_takes_no_number() -> None:
    posted("alpha", "A1")
    with pytest.raises(ReferenceConflict):
        posted("alpha", "A1", 6)
    assert posted("alpha", "A2").number == 2


def test_a_batch_is_one_seal_and_replays_what_stands() -> None:
    posted("alpha", "A1")
    batch = post_many("alpha", [an_entry("A1"), an_entry("A2"), an_entry("A2"), an_entry("A3")], salt_seed=SEED)
    assert [(done.reference, done.number, done.seal, done.replayed) for done in batch] == [
        ("A1", 1, 1, True), ("A2", 2, 2, False), ("A2", 2, 2, True), ("A3", 3, 2, False),
    ]  # fmt: skip
    assert read.chain_head("alpha").seals == 2
    assert post_many("alpha", []) == ()


def test_the_head_is_the_same_on_every_machine() -> None:
    """A golden head: the same entries, seeds and order give it on SQLite and PostgreSQL, in any year."""
    posted("alpha", "A1")
    post_many("alpha", [an_entry("A2", 5), an_entry("A3", lines=lines(45, WORK, HELP))], salt_seed=SEED)
    reverse_entry("alpha", reference_of="A2", on=date(2026, 1, 20), reference="X2", label="Undone", salt_seed=SEED,
                  validated_on=date(2026, 2, 10))  # fmt: skip
    assert read.chain_head("alpha").hash == ("6e2ba311285d144c96b73f201792af245d35a5aeb17ceeab903207cbd5744934")


def test_an_interrupted_batch_ends_with_the_same_head() -> None:
    """Files are posted batch by batch; the one that was cut off is sent again whole, with those before it."""
    batches = [[an_entry("A1"), an_entry("A2", 5)], [an_entry("A3", 7), an_entry("A4", 9)]]
    with transaction.atomic():
        post_many("alpha", batches[0], salt_seed=SEED)
        transaction.set_rollback(True)
    assert read.chain_head("alpha").entries == 0
    post_many("alpha", batches[0], salt_seed=SEED)
    for batch in batches:
        post_many("alpha", batch, salt_seed=SEED)
    an_open_book("alpha")
    head = read.chain_head("alpha")
    assert (head.seals, head.entries) == (2, 4)
    assert head.hash == "bbcdc7b12b51f92b31d12ecd5e3176db92af04eb7aee305c26e00939ff5a37f9"


def test_posting_takes_part_in_an_outer_transaction() -> None:
    with transaction.atomic():
        posted("alpha", "A1")
        transaction.set_rollback(True)
    assert read.chain_head("alpha").entries == 0
    assert posted("alpha", "A1").replayed is False


def test_an_exchange_is_two_balanced_pairs_with_its_rate() -> None:
    declare_unit("USD")
    declare_unit("USD")
    usd = unit_of("USD")
    euros = lines(9_000, BANK, AccountKey("58"))
    dollars = lines(10_000, AccountKey("58", unit=usd), AccountKey("467", unit=usd))
    entry = an_entry(
        "E1",
        lines=(*euros, *dollars),
        exchange=Exchange("USD", "EUR", Fraction(9, 10)),
    )  # fmt: skip
    post("alpha", entry)
    stored = read.entry("alpha", "E1").entry
    assert stored.exchange == Exchange("USD", "EUR", Fraction(9, 10))
    assert stored.lines == entry.lines
    assert read.units_sum_to_zero("alpha") == {"EUR": 0, "USD": 0}


def test_what_was_posted_is_read_back_whole() -> None:
    full = an_entry(
        "A1",
        lines=(Line(BANK, 100, "C34", "mission", True), Line(AccountKey("4682", "C34", "34", "K"), -100)),
        document=Document("Facture n° 7", date(2026, 1, 9), "ab" * 32),
    )
    done = post("alpha", full)
    stored = read.entry("alpha", "A1")
    assert stored.entry == full
    assert (stored.position, stored.number, stored.seal, stored.fiscal_year) == (1, done.number, done.seal, "2026")
    assert read.entry_by_number("alpha", journal="BQ", fiscal_year="2026", number=1) == stored


def test_words_are_erased_and_the_entry_stays() -> None:
    posted("alpha", "A1")
    before = read.chain_head("alpha")
    erase_label("alpha", reference="A1", by="secretary", why="asked by the person")
    stored = read.entry("alpha", "A1")
    assert (stored.entry.label, stored.is_erased) == ("", True)
    assert read.chain_head("alpha") == before
    assert posted("alpha", "A1").replayed is True
    with pytest.raises(ReferenceConflict, match=r"\(lines\)"):
        posted("alpha", "A1", 6)
    with pytest.raises(LabelErased):
        erase_label("alpha", reference="A1", by="secretary", why="again")


def test_rows_are_only_read_through_django() -> None:
    posted("alpha", "A1")
    row = Posting.objects.first()
    for write in (
        row.save,
        row.delete,
        Entry(kind="x").save,
        lambda: Account.objects.update(code="x"),
        lambda: Account.objects.all().delete(),
        lambda: UnitRow.objects.create(code="X", scale=2, kind="money"),
        lambda: Posting.objects.bulk_create([Posting(pk=9)]),
        lambda: Posting.objects.bulk_update([row], ["minor"]),
        lambda: UnitRow.objects.get_or_create(code="X"),
        lambda: UnitRow.objects.update_or_create(code="X"),
    ):
        with pytest.raises(ReadOnly, match="ledger_"):
            write()


def test_a_rule_of_the_database_is_named_when_it_refuses() -> None:
    """Should the ladder ever miss something, the guard's refusal is still a sentence."""
    posted("alpha", "A1")
    with pytest.raises(GuardRefused, match="ledger_entry_balances"):
        in_one_commit(lambda: commit_by_hand("alpha", second__minor=-1))


def test_a_rival_is_named_when_the_transaction_is_not_ours_to_start_again() -> None:
    attempts = []

    def locked() -> None:
        attempts.append("once")
        raise OperationalError("database is locked")

    with pytest.raises(LedgerBusy):
        in_one_commit(locked)
    assert attempts == ["once"]


def test_accounts_are_made_on_demand_and_kept_apart() -> None:
    posted("alpha", "A1", lines=(Line(BANK, 100), Line(MEMBER, -60), Line(AccountKey("411", "M02"), -40)))
    assert read.balance("alpha", MEMBER) == Amount(-60)
    assert read.balance("alpha", AccountKey("411", "M02")) == Amount(-40)
    assert read.balance("alpha", AccountKey("411")) == Amount(0)


def test_another_scale_of_a_unit_is_no_replay() -> None:
    """The hashed text names a unit by its code: 10.000 of three decimals reads like 100.00 of two."""
    posted("alpha", "A1")
    of_three = lines(10_000, AccountKey("512", unit=other_unit()), AccountKey("411", "M01", unit=other_unit()))
    with pytest.raises(ReferenceConflict, match=r"\(lines\)"):
        post("alpha", an_entry("A1", lines=of_three))


@pytest.mark.parametrize("book", ["no where", "a\0b", "\ud800", "", None, b"alpha"])
def test_what_cannot_be_a_book_is_unknown(book: object) -> None:
    for ask in (read.chain_head, lambda name: post(name, an_entry("A1"))):
        with pytest.raises(BookUnknown) as refused:
            ask(book)  # type: ignore[operator]
        refused.value.sentence("fr").encode()


def test_both_ways_of_posting_write_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The usual entry goes the short way; its slow twin is the long way, and the chain does not tell them apart."""
    plain = [an_entry("A1"), an_entry("A2", 5, document=Document("F 7", date(2026, 1, 9), "ab" * 32)),
             an_entry("A3", lines=(Line(BANK, 70, "C34", "mission", True), Line(MEMBER, -70)), validated_on=None),
             an_entry("T1", lines=lines(45, WORK, HELP)), an_entry("A4", label="Théâtre, loge 5"),
             an_entry("A5", lines=(Line(BANK, 7, "-", "-"), Line(MEMBER, -7, "", "t")))]  # fmt: skip
    an_open_book("beta")
    for book, is_short in (("alpha", True), ("beta", False)):
        post_many(book, [an_entry("A0"), an_entry("T0", lines=lines(1, WORK, HELP))], salt_seed=SEED)
        if not is_short:
            monkeypatch.setattr("ledger.posting.is_usual", lambda entry: False)
        else:
            # Where the long way is closed, whatever passes has gone the short one.
            monkeypatch.setattr("ledger.posting.Batch", None)
        for entry in plain:
            post(book, entry, salt_seed=SEED)
        monkeypatch.undo()
    columns = ("seal_id", "number", "on", "validated_on", "kind", "reference", "document", "document_on",
               "document_sha256", "exchange", "first_posting", "postings", "label", "salt")  # fmt: skip
    rows = {
        book: [
            [bytes(value) if isinstance(value, memoryview) else value for value in row]
            for row in Entry.objects.filter(book__slug=book).order_by("pk").values_list(*columns)
        ]
        for book in ("alpha", "beta")
    }
    base = {book: min(row[0] for row in found) for book, found in rows.items()}
    for book, found in rows.items():
        for row in found:
            row[0] -= base[book]
            row[10] &= NUMBER_MASK
    assert rows["alpha"] == rows["beta"]
    assert find_faults("alpha") == find_faults("beta") == []
    totals = [[(held.account, held.debit, held.credit) for held in read.balances(book)] for book in ("alpha", "beta")]
    assert totals[0] == totals[1]


def test_posting_brings_the_roll_up_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.rollups.TAIL", 4)
    marks = []
    for number in range(4):
        posted("alpha", f"A{number}")
        marks.append(RollUp.objects.values_list("last_posting", flat=True).first() or 0)
    assert [mark & NUMBER_MASK for mark in marks] == [0, 4, 4, 8]
    post_many("alpha", [an_entry(f"B{number}") for number in range(3)])
    assert RollUp.objects.get().last_posting & NUMBER_MASK == 14
    assert find_faults("alpha") == []


def test_a_total_that_leaves_64_bits_is_refused_by_name() -> None:
    """PostgreSQL stops at the sum itself, before the check that bounds it; the refusal is the same."""
    posted("alpha", "A1", 2**62)
    with pytest.raises(AmountOutOfRange, match="The total of account 512"):
        posted("alpha", "A2", 2**62)
    with pytest.raises(AmountOutOfRange, match="The total of account 512"):
        posted("alpha", "A3", 1)
    assert read.chain_head("alpha").entries == 1
