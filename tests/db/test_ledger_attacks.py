"""Somebody with a shell on the database tries to bend the books; every attack is refused on both engines.

Each attack is tried three times: with all guards, where it is refused; with its own rule alone, which refuses
it by name; and with no guards, where it goes through, so that the test proves the guard and not a slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from ledger import guards
from ledger.balances import chain_head
from ledger.errors import GuardsMissing
from ledger.journal import AccountKey
from ledger.lettering import letter
from ledger.posting import close_account, close_period, erase_label, lock_period, reverse_entry
from tests.ledger_attacks import (
    HONEST,
    KEPT,
    NUMBER_AGAIN,
    REFERENCE_AGAIN,
    REPLACED,
    SPOILT,
    Attack,
    by_hand,
)
from tests.ledger_words import (
    BANK,
    GIFTS,
    HELP,
    MEMBER,
    SEED,
    WORK,
    an_open_book,
    commit_by_hand,
    lines,
    one,
    posted,
    run_sql,
)

ATTACKS = [pytest.param(rule, attack, id=f"{rule}: {what}") for rule, what, attack in [*KEPT, *SPOILT]]

EFFECTS = {"ledger_account_has_balance", "ledger_seal_moves_books"}
"""Rules that act instead of refusing; `test_ledger_verify` shows what happens without them."""

STATEMENTS = {
    "sqlite": {"ledger_unique_stays", "ledger_commit_is_owed"},
    "postgresql": {"ledger_never_truncated", "ledger_commit_is_owed"},
}
"""Rules against REPLACE and TRUNCATE, and against what a session can only do outside a transaction: tried below."""


def write_the_books() -> None:
    """Two books: one entry reversed, two lines lettered, words erased, an account closed, periods locked and closed."""
    for slug in ("alpha", "beta"):
        an_open_book(slug)
        posted(slug, "A1")
        posted(slug, "A2", 2_500)
    posted("alpha", "A3", 700)
    reverse_entry(
        "alpha",
        reference_of="A3",
        on=date(2026, 1, 11),
        reference="X3",
        label="Undone",
        salt_seed=SEED,
        validated_on=date(2026, 2, 10),
    )
    for reference, minor, left, right in [
        ("T1", 90, WORK, HELP),
        ("G1", 60, BANK, GIFTS),
        ("C1", 10, AccountKey("471"), BANK),
        ("C2", 10, BANK, AccountKey("471")),
    ]:
        posted("alpha", reference, minor, lines=lines(minor, left, right))
    close_account("alpha", AccountKey("471"))
    letter("alpha", MEMBER, code="AA", postings=[6, 8], on=date(2026, 2, 1), by="treasurer")
    lock_period("alpha", on=date(2026, 2, 3), by="treasurer", why="statements are out")
    close_period("alpha", on=date(2026, 4, 3), by="treasurer", why="accounts approved")
    erase_label("alpha", reference="A2", by="secretary", why="asked by the person")


@pytest.fixture
def _books(db: None) -> Iterator[None]:
    write_the_books()
    connection.check_constraints()
    yield
    if connection.vendor == "sqlite":
        run_sql("PRAGMA recursive_triggers = ON")
        run_sql("PRAGMA ignore_check_constraints = OFF")


def refusal_of(attack: Attack) -> str | None:
    """What the database says to the attack; None when it lets it through. Nothing of it stays."""
    said = None
    try:
        with transaction.atomic():
            attack()
            transaction.set_rollback(True)
    except DatabaseError as error:
        said = str(error).splitlines()[0]
    if connection.vendor == "sqlite":
        run_sql("PRAGMA recursive_triggers = ON")
        run_sql("PRAGMA ignore_check_constraints = OFF")
    return said


@pytest.mark.usefixtures("_books")
@pytest.mark.parametrize(("rule", "attack"), ATTACKS)
def test_an_attack_is_refused_by_its_rule(rule: str, attack: Attack) -> None:
    refused = refusal_of(attack)
    assert refused is not None
    assert refused.startswith("ledger: ") or "constraint" in refused
    guards.install(connection, only=rule)
    assert refusal_of(attack) == f"ledger: {rule}"
    guards.lift(connection)
    assert refusal_of(attack) is None


@pytest.mark.usefixtures("_books")
def test_an_honest_commit_by_hand_passes() -> None:
    before = chain_head("alpha").entries
    HONEST()
    connection.check_constraints()
    assert chain_head("alpha").entries == before + 1


def test_every_rule_has_an_attack() -> None:
    shipped = {rule.name for rule in guards.rules(connection.vendor)}
    attacked = {rule for rule, _, _ in [*KEPT, *SPOILT]} | EFFECTS | STATEMENTS[connection.vendor]
    assert shipped == attacked


@pytest.mark.usefixtures("_books")
@pytest.mark.parametrize("table", REPLACED)
def test_rows_are_not_replaced_and_tables_not_emptied(table: str) -> None:
    statement = {"sqlite": REPLACED[table], "postgresql": f"TRUNCATE {table} CASCADE"}[connection.vendor]
    assert one(f"SELECT count(*) FROM {table}") > 0
    refused = refusal_of(lambda: run_sql(statement))
    assert refused is not None
    assert refused.startswith("ledger: ")
    guards.lift(connection)
    assert refusal_of(lambda: run_sql(statement)) is None


@pytest.mark.usefixtures("_books")
@pytest.mark.parametrize("attack", [REFERENCE_AGAIN, NUMBER_AGAIN], ids=["reference", "number"])
def test_an_entry_is_not_written_over_one_of_the_same_name(attack: Attack) -> None:
    refused = refusal_of(attack)
    assert refused is not None
    assert "ledger_entry_follows_head" in refused or "unique" in refused


@pytest.mark.usefixtures("_books")
@pytest.mark.parametrize(("floor", "ceiling"), [("0", "NULL"), ("NULL", "12600")])
def test_a_balance_never_leaves_its_limits(floor: str, ceiling: str) -> None:
    bank = "SELECT id FROM ledger_account WHERE code = '512' AND id = (SELECT min(id) FROM ledger_account)"
    run_sql(f"UPDATE ledger_balance SET floor = {floor}, ceiling = {ceiling} WHERE account_id = ({bank})")
    minor = -99_999 if floor == "0" else 99_999
    refused = refusal_of(by_hand(first__minor=minor, second__minor=-minor))
    assert refused is not None
    assert "ledger_balance_" in refused


@pytest.mark.usefixtures("_books")
def test_a_balance_stays_in_its_limits_where_checks_are_off() -> None:
    """SQLite can be told not to look at the checks of tables; the rule of balances looks by itself."""
    run_sql("UPDATE ledger_balance SET floor = 0 WHERE account_id = (SELECT min(id) FROM ledger_account)")
    if connection.vendor == "sqlite":
        run_sql("PRAGMA ignore_check_constraints = ON")
    refused = refusal_of(by_hand(first__minor=-99_999, second__minor=99_999))
    said = {"sqlite": "ledger: ledger_balance_moves_by_posting", "postgresql": "ledger_balance_floor"}
    assert refused is not None
    assert said[connection.vendor] in refused


@pytest.mark.django_db(transaction=True)
def test_a_commit_without_its_seal_fails_at_the_end() -> None:
    write_the_books()
    with pytest.raises(IntegrityError), transaction.atomic():
        commit_by_hand("alpha", seal=None)
    assert one("SELECT count(*) FROM ledger_entry WHERE reference = 'BY-HAND'") == 0


@pytest.mark.django_db(transaction=True)
def test_a_session_without_foreign_keys_writes_no_entry() -> None:
    """Switching them off is how a commit could end unsealed; it is refused before its first row."""
    write_the_books()
    off, on = {
        "sqlite": ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
        "postgresql": ("SET session_replication_role = 'replica'", "SET session_replication_role = 'origin'"),
    }[connection.vendor]
    run_sql(off)
    try:
        with pytest.raises(IntegrityError, match="ledger: ledger_commit_is_owed"), transaction.atomic():
            commit_by_hand("alpha", seal=None)
    finally:
        run_sql(on)


@pytest.mark.usefixtures("_books")
def test_nothing_is_posted_where_guards_are_missing_or_changed() -> None:
    guards.lift(connection)
    with pytest.raises(GuardsMissing):
        posted("alpha", "A9")
    guards.install(connection)
    posted("alpha", "A9")


@pytest.mark.usefixtures("_books")
def test_a_guard_that_is_not_ours_is_found() -> None:
    """A foreign trigger could swallow a write in silence."""
    foreign = {
        "sqlite": "CREATE TEMP TRIGGER quiet BEFORE INSERT ON main.ledger_posting BEGIN SELECT RAISE(IGNORE); END",
        "postgresql": "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$; "
        "CREATE TRIGGER quiet BEFORE INSERT ON ledger_posting FOR EACH ROW EXECUTE FUNCTION quiet()",
    }
    run_sql(foreign[connection.vendor])
    try:
        assert guards.differences(connection) == ["quiet is not ours"]
        assert [message.id for message in guards.check_guards(["default"])] == ["ledger.W001"]
    finally:
        if connection.vendor == "sqlite":
            run_sql("DROP TRIGGER quiet")


def test_the_guards_are_installed_as_shipped(db: None) -> None:
    assert guards.differences(connection) == []
    assert guards.check_guards(["default"]) == []


@pytest.mark.usefixtures("_books")
def test_a_disabled_guard_is_found() -> None:
    weakened = {
        "sqlite": "DROP TRIGGER ledger_seal_asks",
        "postgresql": "ALTER TABLE ledger_seal DISABLE TRIGGER ledger_seal_asks",
    }
    run_sql(weakened[connection.vendor])
    said = {"sqlite": "is missing", "postgresql": "is not as shipped"}[connection.vendor]
    assert guards.differences(connection) == [f"ledger_seal_asks {said}"]
