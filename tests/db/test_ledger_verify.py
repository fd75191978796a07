"""`verify` believes no row: with the guards lifted, each tampering is found and its first bad row named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DataError, connection, transaction

from ledger import chain, guards
from ledger.audit import find_faults
from ledger.balances import chain_head, journal_entries
from ledger.checkpoints import CheckpointUnreadable, Published, read_published
from ledger.lettering import letter
from ledger.models import NUMBER_MASK
from ledger.posting import erase_label, lock_period, post_many, reverse_entry
from ledger.proofs import checkpoint
from ledger.rows import fetched
from ledger.tree import EMPTY_ROOT
from tests.ledger_words import BANK, GIFTS, MEMBER, SEED, an_entry, an_open_book, lines, one, posted, run_sql

pytestmark = pytest.mark.django_db

ENTRY = "(SELECT id FROM ledger_entry WHERE reference = 'A2' ORDER BY id LIMIT 1)"
POSTING = f"(SELECT first_posting FROM ledger_entry WHERE id = {ENTRY})"
ALPHA = "(SELECT id FROM ledger_book WHERE slug = 'alpha')"
BANK_ROW = "(SELECT min(id) FROM ledger_account WHERE code = '512')"
MEMBER_ROW = "(SELECT min(id) FROM ledger_account WHERE code = '411:M01')"


@pytest.fixture(autouse=True)
def _book() -> None:
    """Twelve entries in four seals; one is reversed, one erased, two lines lettered, February locked."""
    an_open_book("alpha")
    posted("alpha", "A1")
    post_many("alpha", [an_entry(f"A{number}", 100 * number) for number in range(2, 10)], salt_seed=SEED)
    posted("alpha", "G1", 60, lines=lines(60, BANK, GIFTS))
    undone = {"on": date(2026, 1, 11), "reference": "X3", "label": "Undone"}
    reverse_entry("alpha", reference_of="A3", **undone)
    erase_label("alpha", reference="A4", by="secretary", why="asked by the person")
    letter("alpha", MEMBER, code="AA", postings=[6, 22], on=date(2026, 2, 1), by="treasurer")
    lock_period("alpha", on=date(2026, 2, 1), by="treasurer", why="reported")
    connection.check_constraints()


def kinds_after(*statements: str) -> dict[str, str]:
    """What is found when these statements ran without guards, which stand again afterwards."""
    guards.lift(connection)
    for statement in statements:
        run_sql(statement)
    connection.check_constraints()
    guards.install(connection)
    return {fault.kind: fault.sentence() for fault in find_faults("alpha")}


def test_sound_books_have_no_fault() -> None:
    assert find_faults("alpha") == []


TAMPERINGS: list[tuple[str, str, list[str]]] = [
    ("leaf", "A2", [f"UPDATE ledger_posting SET minor = 2 * minor WHERE entry_id = {ENTRY}"]),
    ("stored-balance", "512", [f"UPDATE ledger_posting SET minor = 2 * minor WHERE entry_id = {ENTRY}"]),
    ("balance", "A2", [f"UPDATE ledger_posting SET minor = minor + 1 WHERE id = {POSTING}"]),
    ("unit-sum", "EUR", [f"UPDATE ledger_posting SET minor = minor + 1 WHERE id = {POSTING}"]),
    ("leaf", "A2", [f"UPDATE ledger_posting SET destination = 'mission' WHERE id = {POSTING}"]),
    ("leaf", "A2", [f"UPDATE ledger_entry SET document = 'another' WHERE id = {ENTRY}"]),
    ("leaf", "A2", [f"UPDATE ledger_entry SET validated_on = '2026-02-11' WHERE id = {ENTRY}"]),
    ("leaf", "A2", [f"UPDATE ledger_entry SET label = 'Other words' WHERE id = {ENTRY}"]),
    ("posting", "3", [f"UPDATE ledger_posting SET \"on\" = '2026-01-31' WHERE id = {POSTING}"]),
    ("posting", "3", [f"UPDATE ledger_posting SET entry_id = entry_id + 1 WHERE id = {POSTING}"]),
    ("numbering", "A2", [f"UPDATE ledger_entry SET number = 77 WHERE id = {ENTRY}"]),
    ("gap", "Entry 2", [f"DELETE FROM ledger_posting WHERE entry_id = {ENTRY}",
                        "DELETE FROM ledger_entry WHERE reference = 'A2'"]),
    ("chain", "Seal 2", [f"UPDATE ledger_entry SET leaf = (SELECT hash FROM ledger_seal LIMIT 1) WHERE id = {ENTRY}",
                         f"UPDATE ledger_entry SET kind = 'gift' WHERE id = {ENTRY}"]),
    ("chain", "Seal 2", ["UPDATE ledger_seal SET hash = previous WHERE entries > 1"]),
    ("seal", "Seal 2", ["UPDATE ledger_seal SET entries = entries - 1 WHERE entries > 1"]),
    ("seal-gap", "Seal 1", ["UPDATE ledger_entry SET seal_id = seal_id + 1 WHERE reference = 'A1'",
                            "DELETE FROM ledger_seal WHERE id = (SELECT min(id) FROM ledger_seal)"]),
    ("head", "head", ["UPDATE ledger_head SET last_entry = last_entry + 1"]),
    ("unsealed", "X3", ["UPDATE ledger_head SET last_entry = last_entry - 1"]),
    ("stored-balance", "411:M01", [f"UPDATE ledger_balance SET debit = debit + 1 WHERE account_id = {MEMBER_ROW}"]),
    ("stored-balance", "411:M01", [f"DELETE FROM ledger_balance WHERE account_id = {MEMBER_ROW}"]),
    ("account", "411:M02", [f"UPDATE ledger_account SET code = '411:M02' WHERE id = {MEMBER_ROW}"]),
    ("leaf", "A1", [f"UPDATE ledger_account SET party = 'M02' WHERE id = {MEMBER_ROW}"]),
    ("label", "A2", [f"UPDATE ledger_entry SET label = '', salt = NULL WHERE id = {ENTRY}"]),
    ("label", "A4", ["DELETE FROM ledger_labelerasure"]),
    ("period-state", "2026-02-01", ["UPDATE ledger_period SET state = 'open'"]),
    ("period-span", "2026-02-20", ["UPDATE ledger_period SET first = '2026-02-20' WHERE first = '2026-03-01'"]),
    ("period-date", "A1", ["UPDATE ledger_fiscalyear SET last = '2026-01-02'"]),
    ("reversal", "X3", ["UPDATE ledger_entry SET reverses_id = (SELECT min(id) FROM ledger_entry) "
                        "WHERE reference = 'X3'"]),
    ("lettering", "AA", ["DELETE FROM ledger_letteringlog"]),
    ("leaf", "A2", [f"UPDATE ledger_entry SET exchange = 'any thing' WHERE id = {ENTRY}"]),
    ("leaf", "A1", [f"DELETE FROM ledger_balance WHERE account_id = {MEMBER_ROW}",
                    "DELETE FROM ledger_letteredposting", "DELETE FROM ledger_lettering",
                    "DELETE FROM ledger_letteringlog", f"DELETE FROM ledger_account WHERE id = {MEMBER_ROW}"]),
    ("lettering", "AA", ["DELETE FROM ledger_letteredposting"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "names", "statements"), TAMPERINGS)
def test_tampering_is_found_and_named(kind: str, names: str, statements: list[str]) -> None:
    found = kinds_after(*statements)
    assert kind in found
    assert names in found[kind]
    in_french = next(fault.sentence("fr") for fault in find_faults("alpha") if fault.kind == kind)
    assert names.removeprefix("Seal ").removeprefix("Entry ") in in_french or kind == "head"


def test_rows_that_cannot_be_read_are_a_fault_and_no_stack_trace() -> None:
    """SQLite keeps any text in a column of dates; PostgreSQL refuses it by itself."""
    if connection.vendor == "postgresql":
        with pytest.raises(DataError), transaction.atomic():
            kinds_after(f"UPDATE ledger_entry SET validated_on = 'soon' WHERE id = {ENTRY}")
        return
    found = kinds_after(f"UPDATE ledger_entry SET validated_on = 'soon' WHERE id = {ENTRY}")
    assert found["row"] == "Entry A2, number 2 of the book, cannot be read: Invalid isoformat string: 'soon'."


def test_an_account_beyond_its_limits_is_found() -> None:
    """Only where somebody dropped the check of the database itself."""
    if connection.vendor == "sqlite":
        run_sql("PRAGMA ignore_check_constraints = ON")
    else:
        run_sql("ALTER TABLE ledger_balance DROP CONSTRAINT ledger_balance_floor")
    try:
        found = kinds_after(f"UPDATE ledger_balance SET floor = 0 WHERE account_id = {MEMBER_ROW}")
    finally:
        if connection.vendor == "sqlite":
            run_sql("PRAGMA ignore_check_constraints = OFF")
    assert "411:M01" in found["limit"]


def test_missing_guards_are_a_fault() -> None:
    guards.lift(connection)
    assert find_faults("alpha")[0].kind == "guards"


def test_a_whole_chain_computed_again_passes_inside_and_shows_at_the_published_head() -> None:
    """An owner of the database can forge everything but what was published: that is why heads are published."""
    published, early = chain_head("alpha").hash, [Published("early", checkpoint("alpha"))]
    forge()
    assert find_faults("alpha") == []
    assert chain_head("alpha").hash != published
    (fault,) = find_faults("alpha", early)
    assert fault.sentence() == (
        "The book is not the one that was published in early: at 11 entries under 4 seals it differs."
    )
    assert fault.sentence("fr").startswith("Le livre n’est pas celui qui a été publié dans early")


def forge() -> None:
    """Three times the amount of A2, and everything that follows from it."""
    guards.lift(connection)
    run_sql(f"UPDATE ledger_posting SET minor = 3 * minor WHERE entry_id = {ENTRY}")
    run_sql(f"UPDATE ledger_balance SET debit = debit + 400 WHERE account_id = {BANK_ROW}")
    run_sql(f"UPDATE ledger_balance SET credit = credit + 400 WHERE account_id = {MEMBER_ROW}")
    hash_everything_again()
    connection.check_constraints()
    guards.install(connection)


def hash_everything_again() -> None:
    """What a patient forger would run."""
    leaves: dict[int, list[bytes]] = {}
    for stored in journal_entries("alpha"):
        text = chain.canonical_text(
            stored.entry,
            book="alpha",
            fiscal_year=stored.fiscal_year,
            number=stored.number,
            label_digest=stored.label_hash,
        )
        leaves.setdefault(stored.seal, []).append(chain.leaf_hash(text))
        run_sql("UPDATE ledger_entry SET leaf = %s WHERE id = %s", [leaves[stored.seal][-1], stored.id])
    running = chain.genesis("alpha", "EUR")
    for (seal_id,) in fetched("SELECT id FROM ledger_seal ORDER BY id", []):
        closed = chain.seal_hash(running, leaves[seal_id & NUMBER_MASK])
        run_sql("UPDATE ledger_seal SET previous = %s, hash = %s WHERE id = %s", [running, closed, seal_id])
        running = closed
    run_sql("UPDATE ledger_head SET hash = %s", [running])


def cut_off_the_last_seal() -> None:
    """With its entry, its lines and what they moved, as if it had never come."""
    guards.lift(connection)
    (first, posting, previous) = fetched(
        "SELECT first_entry, first_posting, previous FROM ledger_seal ORDER BY id DESC LIMIT 1", []
    )[0]
    run_sql("DELETE FROM ledger_posting WHERE id >= %s", [posting])
    run_sql("DELETE FROM ledger_entry WHERE id >= %s", [first])
    run_sql("DELETE FROM ledger_seal WHERE first_entry = %s", [first])
    run_sql(
        "UPDATE ledger_head SET last_seal = last_seal - 1, last_entry = %s, last_posting = %s, hash = %s",
        [first - 1, posting - 1, previous],
    )
    of_account = "FROM ledger_posting p WHERE p.account_id = ledger_balance.account_id"
    for side, minor in (("debit", "CASE WHEN minor > 0 THEN minor ELSE 0 END"),
                        ("credit", "CASE WHEN minor < 0 THEN -minor ELSE 0 END"), ("count", "1")):  # fmt: skip
        run_sql(f'UPDATE ledger_balance SET "{side}" = (SELECT coalesce(sum({minor}), 0) {of_account})')
    run_sql(
        "UPDATE ledger_balance SET last_seal = (SELECT e.seal_id FROM ledger_entry e WHERE e.id = "
        f"(SELECT max(p.entry_id) {of_account}))"
    )
    connection.check_constraints()
    guards.install(connection)


def test_an_end_that_was_cut_off_shows_at_what_was_published_and_only_there() -> None:
    posted("alpha", "LAST", 90)
    published = [Published("late", checkpoint("alpha"))]
    assert find_faults("alpha", published) == []
    cut_off_the_last_seal()
    assert find_faults("alpha") == []
    (fault,) = find_faults("alpha", published)
    assert fault.sentence() == ("The book was published in late with 12 entries under 5 seals, and ends before them.")
    posted("alpha", "LAST", 91)  # another entry in the same place
    assert [fault.kind for fault in find_faults("alpha", published)] == ["checkpoint"]


def test_the_first_checkpoint_that_does_not_fit_is_named() -> None:
    empty = Published("empty", replace(checkpoint("alpha"), entries=0, seals=0, root=EMPTY_ROOT.hex(),
                                       head=chain.genesis("alpha", "EUR").hex()))  # fmt: skip
    whole = Published("whole", checkpoint("alpha"))
    posted("alpha", "LATE", 1)
    later = Published("later", checkpoint("alpha"))
    assert find_faults("alpha", [later, empty, whole]) == []
    wrong = [Published(each.file, replace(each.point, head="0" * 64)) for each in (later, whole)]
    assert find_faults("alpha", [*wrong, empty])[0].facts["file"] == "whole"
    half = Published("half", replace(whole.point, entries=10))
    assert find_faults("alpha", [half])[0].kind == "checkpoint"
    other = Published("other", replace(whole.point, book="beta", head="0" * 64))
    assert find_faults("alpha", [other]) == []


def answered(**options: Any) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("verify", stdout=out, stderr=out, **options)
    except SystemExit as exit_:
        return int(exit_.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_the_command_says_sound_and_exits_zero() -> None:
    an_open_book("beta")
    assert answered()[1].count("intact : chaque écriture est celle qui a été passée") == 2
    status, said = answered(language="en")
    assert status == 0
    assert "alpha: 11 entries under 4 seals" in said
    assert "debit less credit, by unit: EUR 0" in said
    assert "beta: 0 entries under 0 seals" in said
    assert said.count("sound") == 2


def test_the_command_names_the_fault_and_exits_one() -> None:
    kinds_after(f"UPDATE ledger_entry SET kind = 'gift' WHERE id = {ENTRY}")
    status, said = answered(book="alpha", language="en")
    assert status == 1
    assert "FAULT (leaf): Entry A2 is not what was posted" in said
    status, said = answered(book="alpha", json=True)
    report = json.loads(said)[0]
    assert status == 1
    assert (report["book"], report["entries"], report["seals"], report["unit_sums"]) == ("alpha", 11, 4, {"EUR": 0})
    assert {fault["kind"] for fault in report["faults"]} == {"leaf", "chain"}
    assert report["head"] == one_head()


def one_head() -> str:
    return bytes(one(f"SELECT hash FROM ledger_head WHERE book_id = {ALPHA}")).hex()


def test_the_command_refuses_an_unknown_book_in_a_sentence() -> None:
    status, said = answered(book="nowhere", language="en")
    assert (status, said.strip()) == (2, "There is no book “nowhere”; open it first.")


def test_the_command_compares_the_books_with_what_was_published(tmp_path: Path) -> None:
    file = tmp_path / "published.txt"
    file.write_text(checkpoint("alpha").text(), encoding="utf-8")
    status, said = answered(book="alpha", checkpoint=[str(file)], language="en")
    assert status == 0
    assert said.splitlines()[-1] == "  as published: 1 checkpoint(s) met"
    forge()
    assert answered(book="alpha")[0] == 0
    status, said = answered(book="alpha", checkpoint=[str(file)], language="en")
    assert status == 1
    assert f"FAULT (checkpoint): The book is not the one that was published in {file}" in said


NOWHERE = "tresse-checkpoint/1\nbook gamma\nentries 0\nseals 0\nroot {0}\nhead {0}\n".format("0" * 64)
NOT_PUBLISHED = {
    "no such file": None,
    "of no kind known": b"hello\n",
    "is missing, too much": b"tresse-checkpoint/1\nbook alpha\nentries x\n",
    "block 2": f"{NOWHERE}\nmore x\n".encode(),
    "UTF-8": b"\xff\xfe",
    "There is no book": NOWHERE.encode(),
}


@pytest.mark.parametrize("why", NOT_PUBLISHED)
def test_a_file_that_is_no_checkpoint_is_refused_in_a_sentence(why: str, tmp_path: Path) -> None:
    file, held = tmp_path / "file.txt", NOT_PUBLISHED[why]
    if held is not None:
        file.write_bytes(held)
    status, said = answered(checkpoint=[str(file)], language="en")
    assert status == 2
    assert why.lower() in said.lower()
    assert len(said.strip().splitlines()) == 1
    if why != "There is no book":
        with pytest.raises(CheckpointUnreadable):
            read_published(str(file))


def test_a_book_without_its_head_is_a_fault_for_the_command_too() -> None:
    guards.lift(connection)
    run_sql("DELETE FROM ledger_head")
    status, said = answered(book="alpha", language="en")
    assert status == 1
    assert "Book “alpha” has no head" in said
