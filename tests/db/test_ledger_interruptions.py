"""What comes between an act and its commit, at every statement: all or nothing, named, and the next call works."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from ledger import rows
from ledger.audit import find_faults
from ledger.balances import chain_head, journal_entries
from ledger.commits import in_one_commit
from ledger.errors import LabelErased, LedgerBusy, LedgerError
from ledger.interruptions import ConnectionLost, DatabaseFailed, OutcomeUnknown, StorageFull
from ledger.money import Amount
from ledger.posting import erase_label, lock_period, post_many, reverse_entry, set_limits, unlock_period
from tests.ledger_words import BANK, an_entry, an_open_book, posted, run_sql
from tests.soak import rivals
from tests.sqlite_files import ON_SQLITE, copied, worked_on

pytestmark = pytest.mark.django_db(transaction=True)

JANUARY = {"on": date(2026, 1, 1), "by": "treasurer", "why": "reported"}

ACTS: dict[str, Callable[[], Any]] = {
    "post": lambda: posted("alpha", "NEW"),
    "post_many": lambda: post_many("alpha", [an_entry("N1"), an_entry("N2"), an_entry("N3")]),
    "set_limits": lambda: set_limits("alpha", BANK, floor=Amount(0)),
    "erase_label": lambda: erase_label("alpha", reference="WORDS", by="the member", why="asked for"),
    "reverse_entry": lambda: reverse_entry(
        "alpha", reference_of="OLD", on=date(2026, 1, 20), reference="BACK", label="Undone"
    ),
    "unlock_period": lambda: unlock_period("alpha", on=date(2026, 2, 1), by="treasurer", why="one more"),
    "lock_period": lambda: lock_period("alpha", **JANUARY),
}
FAULTS = {
    "sqlite": {"53100": 13, "57014": 10},
    "postgresql": {"53100": "53100", "57014": "57014"},
}
"""How each database says that the disk is full, and that it gives up."""
RIVALRY = {"sqlite": {5: 5, 6: 5}, "postgresql": {"40001": 50, "40P01": 5, "55P03": 5}}[connection.vendor]
"""How often an act is tried when a rival is in its way, by the code that says so."""


@pytest.fixture(autouse=True)
def _book(_shared_database: None) -> Iterator[None]:
    an_open_book()
    posted("alpha", "OLD")
    posted("alpha", "WORDS")
    lock_period("alpha", on=date(2026, 2, 1), by="treasurer", why="reported")
    yield
    connection.close()  # it may be cut


@pytest.fixture
def _shared_database(tmp_path: Path) -> Iterator[None]:
    with worked_on(copied(tmp_path / "books.sqlite3")) if ON_SQLITE else nullcontext():
        yield


def standing() -> tuple[object, ...]:
    """Everything that an act of the table could change."""
    return (
        journal_entries("alpha"),
        chain_head("alpha"),
        rows.fetched("SELECT id, state FROM ledger_period ORDER BY id", []),
        rows.fetched("SELECT count(*) FROM ledger_periodlog", []),
        rows.fetched("SELECT account_id, debit, credit, floor FROM ledger_balance ORDER BY account_id", []),
        find_faults("alpha"),
    )


@contextmanager
def at_statement(number: int, befalls: Callable[[], None]) -> Iterator[list[str]]:
    """Something befalls the connection before its statement of this number, once; the statements that were sent."""
    sent: list[str] = []

    def wrapper(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        sent.append(sql)
        if len(sent) == number:
            befalls()
        return execute(sql, *rest)

    with connection.execute_wrapper(wrapper):
        yield sent


def cut() -> None:
    """End the server's side of this connection, or what comes nearest to it: the driver gives up."""
    if ON_SQLITE:
        refuse(10)
    backend = connection.connection.info.backend_pid
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 10000)", [backend])


def refuse(code: int | str) -> None:
    """Let the database refuse with this code: a real refusal on PostgreSQL, the driver's exception on SQLite."""
    if isinstance(code, str):
        with connection.wrap_database_errors:
            connection.connection.execute(f"DO $$ BEGIN RAISE 'injected' USING ERRCODE = '{code}'; END $$")
    error = sqlite3.OperationalError("injected")
    error.sqlite_errorcode = code
    raise OperationalError("injected") from error


def refusals_at_every_statement(act: Callable[[], Any], befalls: Callable[[], None]) -> Iterator[LedgerError]:
    """What the caller is told when it befalls the first statement, the second, and so on, until the act gets by."""
    for number in count(1):
        told = None
        with at_statement(number, befalls) as sent:
            try:
                act()
            except LedgerError as refusal:
                told = refusal
        if told is None:
            assert len(sent) < number, "what befell the act was swallowed"
            return
        yield told


@pytest.mark.parametrize("name", ACTS)
def test_a_cut_at_any_statement_is_all_or_nothing(name: str) -> None:
    """Nothing can be written before the last statement has arrived; the next call finds a connection and works."""
    before, cuts = standing(), 0
    for told in refusals_at_every_statement(ACTS[name], cut):
        assert isinstance(told, ConnectionLost | OutcomeUnknown | DatabaseFailed)
        assert standing() == before
        cuts += 1
    assert cuts > 0
    assert standing() != before
    assert find_faults("alpha") == []


@pytest.mark.parametrize("is_written", [False, True], ids=["before-it", "after-it"])
def test_a_cut_at_the_commit_is_told_as_unknown(is_written: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it was written or not, the same act again leaves it written once."""

    def commit() -> None:
        monkeypatch.undo()
        if is_written:
            connection._commit()
        cut()
        with connection.wrap_database_errors:
            connection.connection.execute("COMMIT")

    for name, act in ACTS.items():
        before = standing()
        monkeypatch.setattr(connection, "_commit", commit)
        with pytest.raises(OutcomeUnknown):
            in_one_commit(act)
        after = standing()
        assert (after != before) is is_written, name
        with pytest.raises(LabelErased) if is_written and name == "erase_label" else nullcontext():
            act()
        assert standing() != before, name
        assert not is_written or standing() == after, name


def test_a_statement_that_is_its_own_commit_is_told_as_unknown() -> None:
    """Such an act has no moment before its commit."""
    sql = "INSERT INTO ledger_unit (code, scale, kind) VALUES ('CHF', 2, 'money')"
    assert in_one_commit(lambda: rows.changed(sql, []), in_one_statement=True) == 1
    with at_statement(1, cut), pytest.raises(OutcomeUnknown):
        in_one_commit(lambda: rows.changed(sql.replace("CHF", "USD"), []), in_one_statement=True)
    assert {"CHF"} == {"CHF", "USD"} & rows.unit_rows().keys()


@pytest.mark.parametrize("code", RIVALRY)
def test_a_statement_that_is_its_own_commit_is_tried_again_too(code: int | str) -> None:
    sql = "INSERT INTO ledger_unit (code, scale, kind) VALUES ('CHF', 2, 'money')"
    with at_statement(1, lambda: refuse(code)) as sent:
        assert in_one_commit(lambda: rows.changed(sql, []), in_one_statement=True) == 1
    assert sent == [sql, sql]


def test_a_statement_inside_a_transaction_is_not_its_own_commit() -> None:
    error = DatabaseFailed if ON_SQLITE else ConnectionLost
    with pytest.raises(error), transaction.atomic(), at_statement(2, cut):  # the first opens the savepoint
        in_one_commit(lambda: posted("alpha", "NEW"), in_one_statement=True)
    assert chain_head("alpha").entries == 2


def test_a_cut_before_the_commit_is_told_as_nothing_written() -> None:
    before = standing()
    with pytest.raises(DatabaseFailed if ON_SQLITE else ConnectionLost):
        in_one_commit(lambda: (posted("alpha", "NEW"), cut(), standing()))
    assert standing() == before


def test_a_server_that_is_not_there_is_told_as_nothing_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    connection.close()
    place = str(tmp_path / "nowhere" / "books")
    monkeypatch.setitem(connection.settings_dict, "NAME" if ON_SQLITE else "HOST", place)
    if not ON_SQLITE:
        monkeypatch.setitem(connection.settings_dict, "OPTIONS", {})
    with pytest.raises(ConnectionLost):
        posted("alpha", "NEW")
    monkeypatch.undo()
    assert not posted("alpha", "NEW").replayed


@pytest.mark.parametrize(
    ("state", "refusal"), [("53100", StorageFull), ("57014", DatabaseFailed)], ids=["disk-full", "gave-up"]
)
def test_a_refusal_of_the_machine_at_any_statement_has_a_name(state: str, refusal: type[LedgerError]) -> None:
    before, code = standing(), FAULTS[connection.vendor][state]
    told = []
    for met in refusals_at_every_statement(ACTS["post_many"], lambda: refuse(code)):
        assert standing() == before
        told.append(type(met))
    assert set(told) == {refusal}


@pytest.mark.parametrize("code", RIVALRY)
def test_what_a_rival_caused_is_tried_again(code: int | str) -> None:
    for number in count(1):
        with at_statement(number, lambda: refuse(code)) as sent:
            assert not posted("alpha", f"NEW{number}").replayed
        if len(sent) < number:
            break
    assert number > 1
    assert find_faults("alpha") == []


@pytest.mark.parametrize("code", RIVALRY)
def test_a_rival_without_end_is_told_as_busy(code: int | str) -> None:
    before, attempts = standing(), []

    def act() -> None:
        attempts.append(1)
        posted("alpha", "NEW")
        refuse(code)

    with pytest.raises(LedgerBusy):
        in_one_commit(act)
    assert len(attempts) == RIVALRY[code]
    assert standing() == before


def test_a_rival_that_holds_the_book_is_told_as_busy() -> None:
    """A real one: it holds what a writer needs for longer than the connection waits."""
    before = standing()
    with holding_the_book():
        run_sql("PRAGMA busy_timeout = 5" if ON_SQLITE else "SET lock_timeout = '5ms'")
        with pytest.raises(LedgerBusy):
            posted("alpha", "NEW")
    assert standing() == before
    assert not posted("alpha", "NEW").replayed


@contextmanager
def holding_the_book() -> Iterator[None]:
    if ON_SQLITE:
        rival: Any = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        rival.execute("BEGIN IMMEDIATE")
    else:
        rival = psycopg.connect(connection.connection.info.dsn)
        rival.execute("SELECT 1 FROM ledger_head FOR UPDATE")
    try:
        yield
    finally:
        rival.rollback()
        rival.close()


if not ON_SQLITE:

    @pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
    def test_limits_hold_and_everybody_is_served_under_any_isolation(level: str) -> None:
        """A writer that waited for the head has an old picture of the books; it starts again with a new one."""
        first = lambda: run_sql(f"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL {level}")  # noqa: E731
        assert rivals.spend_at_once("beta", room=7, writers=8, seed=1, each=2, first=first) == []

    def test_an_old_picture_of_the_books_is_never_written_upon() -> None:
        """Inside somebody's transaction the writer cannot start again: its owner is told that it is busy."""
        with transaction.atomic():
            run_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            assert chain_head("alpha").entries == 2
            assert rivals.at_once(lambda: posted("alpha", "RIVAL"))[0].replayed is False
            with pytest.raises(LedgerBusy):
                posted("alpha", "NEW")
        assert chain_head("alpha").entries == 3
        assert find_faults("alpha") == []


@pytest.mark.parametrize("refusal", [StorageFull(), ConnectionLost(), OutcomeUnknown(), DatabaseFailed(said="no")])
def test_both_languages_say_what_is_known_and_what_to_do(refusal: LedgerError) -> None:
    words = {"en": ("nothing was posted", "not known"), "fr": ("rien n’a été passé", "ne sait pas")}
    for language, (nothing, unknown) in words.items():
        said = refusal.sentence(language)
        assert (unknown if isinstance(refusal, OutcomeUnknown) else nothing) in said
