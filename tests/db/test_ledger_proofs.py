"""What an auditor takes away verifies on a machine of their own, and nothing that was changed does."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger import guards, proofs, stored_tree
from ledger.balances import balances, chain_head, entry, journal_entries
from ledger.errors import BookUnknown, EntryUnknown, TextInvalid
from ledger.posting import erase_label, post_many, reverse_entry
from ledger.proof_errors import CheckpointBeyondBook, EntryAfterCheckpoint, EntryMissing
from ledger.rows import fetched
from tests import slow_tree
from tests.ledger_words import BANK, GIFTS, HELP, SEED, WORK, an_entry, an_open_book, lines, posted, run_sql
from tests.offline_files import verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def book() -> str:
    """Twelve entries in four seals, of two journals and two units; one is reversed, the words of one are erased."""
    an_open_book("alpha")
    posted("alpha", "A1")
    post_many("alpha", [an_entry(f"A{number}", 100 * number) for number in range(2, 10)], salt_seed=SEED)
    gift = an_entry("G1", journal="OD", label="Été – « 芸術 »", lines=lines(60, BANK, GIFTS) + lines(150, WORK, HELP))
    post_many("alpha", [gift, an_entry("A10", 7)], salt_seed=SEED)
    reverse_entry("alpha", reference_of="A3", on=date(2026, 1, 11), reference="X3", label="Undone", salt_seed=SEED)
    erase_label("alpha", reference="A4", by="secretary", why="asked by the person")
    return "alpha"


class Files:
    """A folder of files to verify."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, text: str | bytes) -> Path:
        file = self.folder / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def verify(self, *files: Path, **options: Any) -> tuple[int, str]:
        return verified(*files, folder=self.folder, **options)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def exported(book: str) -> str:
    return "".join(proofs.export_book(book))


# Sound books


def test_a_checkpoint_is_six_lines_that_a_person_can_read(book: str) -> None:
    point, head = proofs.checkpoint(book), chain_head(book)
    leaves = [stored.leaf for stored in journal_entries(book)]
    assert (point.entries, point.seals, point.head) == (12, 4, head.hash)
    assert point.root == slow_tree.root(leaves).hex()
    assert point.text() == (
        f"tresse-checkpoint/1\nbook alpha\nentries 12\nseals 4\nroot {point.root}\nhead {point.head}\n"
    )


def test_the_whole_book_verifies_with_every_checkpoint_and_says_our_balances(book: str, files: Files) -> None:
    early = files.write("early", proofs.checkpoint(book).text())
    posted(book, "LATE", 12)
    late, export = files.write("late", proofs.checkpoint(book).text()), files.write("export", exported(book))
    status, said = files.verify(export, late, early, balances=True)
    ours = [f"  {held.account.code} {held.account.unit} {held.amount.minor}" for held in balances(book)]
    assert said.splitlines() == [
        "Book alpha: as published at 12 entries (early).",
        "Book alpha: as published at 13 entries (late).",
        "Book alpha: 13 entries under 5 seals, all read again, sound.",
        *ours,
    ]
    assert status == 0
    assert len(ours) == 5
    assert "  " not in files.verify(export, late)[1]


def test_an_empty_book_verifies(files: Files) -> None:
    an_open_book("empty")
    point, export = files.write("point", proofs.checkpoint("empty").text()), files.write("export", exported("empty"))
    assert files.verify(export, point)[0] == 0
    posted("empty", "A1")
    later = files.write("later", proofs.checkpoint("empty").text())
    assert files.verify(files.write("proof", proofs.consistency_proof("empty", 0)), point, later)[0] == 0


def test_every_entry_is_proved_by_a_file_of_its_own(book: str, files: Files) -> None:
    point = files.write("point", proofs.checkpoint(book).text())
    proved = []
    for stored in journal_entries(book):
        proof = files.write(f"proof-{stored.position}", proofs.inclusion_proof(book, stored.entry.reference))
        proved.append(proof)
    status, said = files.verify(point, *proved)
    assert status == 0
    assert len(said.splitlines()) == 12
    assert "Entry 10 (G1) is in book alpha, as published at 12 entries (point)." in said
    status, said = files.verify(point, proved[9], language="fr")
    assert said == "L’écriture 10 (G1) est dans le livre alpha, comme publié à 12 écritures (point).\n"


def test_an_entry_is_proved_against_the_checkpoint_that_an_auditor_holds(book: str, files: Files) -> None:
    point = files.write("point", proofs.checkpoint(book).text())
    posted(book, "LATE")
    proof = files.write("proof", proofs.inclusion_proof(book, "A2", entries=12))
    assert files.verify(proof, point)[0] == 0
    assert files.verify(files.write("now", proofs.inclusion_proof(book, "A2")), point)[0] == 2
    with pytest.raises(EntryAfterCheckpoint, match="number 13 of the book, after a checkpoint of 12"):
        proofs.inclusion_proof(book, "LATE", entries=12)


def test_an_entry_without_its_words_still_verifies(book: str, files: Files) -> None:
    proof = proofs.inclusion_proof(book, "A4")
    assert "Contribution A4" not in exported(book)
    assert "words" not in proof
    point = files.write("point", proofs.checkpoint(book).text())
    assert files.verify(files.write("proof", proof), point)[0] == 0
    assert "words Contribution A2\n" in proofs.inclusion_proof(book, "A2")


def test_between_two_checkpoints_nothing_was_rewritten(book: str, files: Files) -> None:
    early = files.write("early", proofs.checkpoint(book).text())
    posted(book, "LATE")
    late = files.write("late", proofs.checkpoint(book).text())
    proof = files.write("proof", proofs.consistency_proof(book, 12))
    status, said = files.verify(early, late, proof)
    assert (status, said) == (0, "Book alpha: nothing was rewritten between 12 entries (early) and 13 (late).\n")
    entry_proof = files.write("entry", proofs.inclusion_proof(book, "A2"))
    assert files.verify(entry_proof, early, late, proof)[0] == 0
    same = files.write("same", proofs.consistency_proof(book, 13))
    assert files.verify(same, late)[0] == 0


def test_an_export_is_the_book_as_it_stood_when_it_was_asked_for(book: str, files: Files) -> None:
    point = files.write("point", proofs.checkpoint(book).text())
    export = proofs.export_book(book)
    posted(book, "LATE")
    assert files.verify(files.write("export", "".join(export)), point)[0] == 0


# Refusals


def test_what_cannot_be_proved_is_refused_by_name(book: str) -> None:
    for ask in (proofs.checkpoint, proofs.export_book, proofs.grow_tree, proofs.tree_faults):
        with pytest.raises(BookUnknown):
            ask("nowhere")
    with pytest.raises(EntryUnknown):
        proofs.inclusion_proof(book, "NOTHING")
    for entries in (-1, 13):
        with pytest.raises(CheckpointBeyondBook, match="holds 12") as refused:
            proofs.consistency_proof(book, entries)
        assert "il en contient 12" in refused.value.sentence("fr")
        with pytest.raises(CheckpointBeyondBook):
            proofs.inclusion_proof(book, "A2", entries=entries)


def without_guards(*statements: str) -> None:
    guards.lift(connection)
    for statement in statements:
        run_sql(statement)
    connection.check_constraints()
    guards.install(connection)


def test_a_book_from_which_an_entry_was_taken_proves_nothing(book: str) -> None:
    place = entry(book, "A2").id
    without_guards(
        f"DELETE FROM ledger_posting WHERE entry_id = {place}", f"DELETE FROM ledger_entry WHERE id = {place}"
    )
    for ask in (proofs.checkpoint, lambda slug: proofs.inclusion_proof(slug, "A1")):
        with pytest.raises(EntryMissing, match="Entry 2 of book") as refused:
            ask(book)
        assert "L’écriture 2" in refused.value.sentence("fr")


def test_words_that_would_be_two_lines_are_never_written(book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = entry(book, "A2")
    object.__setattr__(stored.entry, "label", "Two\nwords forged")
    monkeypatch.setattr(proofs, "stored_entry", lambda *_: stored)
    with pytest.raises(TextInvalid):
        proofs.inclusion_proof(book, "A2")


def test_what_was_changed_in_the_database_is_named_by_the_auditors_program(book: str, files: Files) -> None:
    point = files.write("point", proofs.checkpoint(book).text())
    without_guards(
        "UPDATE ledger_posting SET minor = 3 * minor "
        "WHERE entry_id = (SELECT id FROM ledger_entry WHERE reference = 'A5')"
    )
    status, said = files.verify(files.write("export", exported(book)), point)
    assert (status, said) == (1, "Entry 5 (A5) is not what was posted: its text does not give its hash.\n")
    status, said = files.verify(files.write("proof", proofs.inclusion_proof(book, "A5")), point)
    assert (status, said[:45]) == (1, "Entry 5 (A5) is not in book alpha as publishe")


# The stored tree


def nodes_of(book: str) -> dict[tuple[int, int], bytes]:
    sql = 'SELECT level, "index", hash FROM ledger_subtree JOIN ledger_book b ON b.id = book_id WHERE b.slug = %s'
    return {(level, index): bytes(digest) for level, index, digest in fetched(sql, [book])}


def a_grown_book(monkeypatch: pytest.MonkeyPatch, entries: int = 45) -> list[bytes]:
    """A book whose nodes cover four leaves, so that a few entries make a high tree; its leaves."""
    monkeypatch.setattr(stored_tree, "LOWEST", 2)
    monkeypatch.setattr(stored_tree, "_BLOCKS_AT_ONCE", 3)
    an_open_book("tall")
    post_many("tall", [an_entry(f"T{number}", number) for number in range(1, entries + 1)], salt_seed=SEED)
    proofs.grow_tree("tall")
    return [stored.leaf for stored in journal_entries("tall")]


def test_the_tree_grows_in_any_steps_to_the_same_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    leaves = a_grown_book(monkeypatch, 13)
    post_many("tall", [an_entry(f"U{number}", number) for number in range(1, 33)], salt_seed=SEED)
    assert proofs.grow_tree("tall") == 8 + 4 + 2 + 1
    assert proofs.grow_tree("tall") == 0
    leaves = [stored.leaf for stored in journal_entries("tall")]
    expected = {
        (level, index): slow_tree.root(leaves[index << level : (index + 1) << level])
        for level in range(2, 6)
        for index in range(len(leaves) >> level)
    }
    assert nodes_of("tall") == expected
    assert proofs.tree_faults("tall") == []
    assert proofs.rebuild_tree("tall") == len(expected)
    assert nodes_of("tall") == expected


@pytest.mark.parametrize("kept", ["all", "lowest", "none"])
def test_proofs_do_not_depend_on_what_is_stored(kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    leaves = a_grown_book(monkeypatch)
    if kept != "all":
        run_sql("DELETE FROM ledger_subtree" + (" WHERE level > 2" if kept == "lowest" else ""))
    for size in (1, 4, 7, 16, 33, 45):
        for index in {0, size // 2, size - 1}:
            found = path_in(proofs.inclusion_proof("tall", f"T{index + 1}", entries=size))
            assert found == slow_tree.path(index, leaves[:size])
        assert path_in(proofs.consistency_proof("tall", size)) == slow_tree.proof(size, leaves)
    assert proofs.checkpoint("tall").root == slow_tree.root(leaves).hex()


def path_in(proof: str) -> list[bytes]:
    return [bytes.fromhex(line[5:]) for line in proof.splitlines() if line.startswith("path ")]


def test_two_who_grow_the_tree_at_once_write_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second finds the nodes of the first when it writes, whatever it found when it read."""
    a_grown_book(monkeypatch)
    nodes = nodes_of("tall")
    steps = iter([0, 3, 6, 9, 11])
    monkeypatch.setattr(stored_tree, "_blocks_stored", lambda _: next(steps))
    assert proofs.grow_tree("tall") == 0
    assert nodes_of("tall") == nodes


@pytest.mark.parametrize(
    ("statement", "faults"),
    [
        ('UPDATE ledger_subtree SET hash = (SELECT hash FROM ledger_subtree WHERE level = 2 AND "index" = 0)', 18),
        ('UPDATE ledger_subtree SET "index" = 900 WHERE level = 3 AND "index" = 1', 1),
        ("UPDATE ledger_subtree SET level = -1 WHERE level = 5", 1),
        ("DELETE FROM ledger_subtree WHERE level = 3", 0),
    ],
)
def test_stored_nodes_that_the_leaves_do_not_give_are_faults(
    statement: str, faults: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_grown_book(monkeypatch)
    assert len(nodes_of("tall")) == 11 + 5 + 2 + 1
    run_sql(statement)
    found = proofs.tree_faults("tall")
    assert len(found) == faults
    assert all(set(fault) == {"level", "index"} for fault in found)
    proofs.rebuild_tree("tall")
    assert proofs.tree_faults("tall") == []


def test_a_proof_reads_a_few_rows_whatever_the_size_of_the_book(files: Files) -> None:
    """5,000 entries: leaves of two blocks at most, a handful of nodes, and as many queries as for ten entries."""
    an_open_book("alpha")
    counts = {}
    for size in (10, 5_000):
        done = chain_head("alpha").entries
        post_many("alpha", [an_entry(f"A{number}", number) for number in range(done + 1, size + 1)], salt_seed=SEED)
        point = files.write("point", proofs.checkpoint("alpha").text())
        with CaptureQueriesContext(connection) as queries:
            proof = proofs.inclusion_proof("alpha", "A7")
        with CaptureQueriesContext(connection) as more:
            proofs.consistency_proof("alpha", 9)
        counts[size] = (len(queries), len(more))
        assert files.verify(files.write("proof", proof), point)[0] == 0
    assert counts[5_000][0] <= counts[10][0] + 2
    assert counts[5_000][1] <= 4
    assert len(nodes_of("alpha")) == 19 + 9 + 4 + 2 + 1
    export = files.write("export", exported("alpha"))
    assert files.verify(export, point)[0] == 0


def test_nodes_are_found_by_their_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the table is: both databases take the index, PostgreSQL where reading it all is no shorter."""
    a_grown_book(monkeypatch)
    with CaptureQueriesContext(connection) as queries:
        proofs.inclusion_proof("tall", "T30")
    (query,) = (row["sql"] for row in queries.captured_queries if "FROM ledger_subtree" in row["sql"])
    if connection.vendor == "postgresql":
        run_sql("SET LOCAL enable_seqscan = off")
    explain = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(explain + query)
        plan = str(cursor.fetchall())
    assert {"sqlite": "SEARCH ledger_subtree USING INDEX", "postgresql": "ledger_subtree_place"}[
        connection.vendor
    ] in plan
    assert "SCAN ledger_subtree" not in plan


def test_only_a_few_leaves_are_read_for_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    a_grown_book(monkeypatch)
    read: list[int] = []
    plain = stored_tree.fetched

    def counted(sql: str, parameters: Any) -> Any:
        found = plain(sql, parameters)
        read.append(len(found))
        return found

    monkeypatch.setattr(stored_tree, "fetched", counted)
    for position in range(1, 46):
        read.clear()
        proofs.inclusion_proof("tall", f"T{position}")
        proofs.consistency_proof("tall", position)
        assert sum(read) <= 2 * (2 * 4 + 2 * 5)
        assert len(read) <= 6
