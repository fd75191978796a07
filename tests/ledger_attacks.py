"""What somebody with a shell on the database may try: each attack with the rule that stands against it.

An attack is a function; where the dialects differ it is written twice, under the name of the database.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection

from ledger.journal import AccountKey
from tests.ledger_words import BANK, MEMBER, WORK, account_id, commit_by_hand, one, run_sql

Attack = Callable[[], None]


def sql(*statements: str) -> Attack:
    """Statements that both databases read alike."""

    def attack() -> None:
        for statement in statements:
            run_sql(statement)

    return attack


def dialects(*, sqlite: Attack, postgresql: Attack) -> Attack:
    """An attack that is written for each database."""
    return lambda: {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]()


def by_hand(**changes: Any) -> Attack:
    """A commit written row by row, honest but for these changes; a function among them is asked when it runs."""
    return lambda: commit_by_hand(
        "alpha", **{name: value() if callable(value) else value for name, value in changes.items()}
    )


def in_turn(*attacks: Attack) -> Attack:
    """One attack after the other, in one transaction."""

    def attack() -> None:
        for part in attacks:
            part()

    return attack


def head(column: str, step: int = 1, book: str = "alpha") -> Callable[[], int]:
    """A number beside the head of a book."""
    query = f"SELECT {column} FROM ledger_head h JOIN ledger_book b ON b.id = h.book_id WHERE b.slug = '{book}'"
    return lambda: one(query) + step


def entry_of(reference: str, book: str = "alpha") -> Callable[[], int]:
    """The row of an entry."""
    query = "SELECT e.id FROM ledger_entry e JOIN ledger_book b ON b.id = e.book_id "
    return lambda: one(query + f"WHERE e.reference = '{reference}' AND b.slug = '{book}'")


def account(key: AccountKey, book: str = "alpha") -> Callable[[], int]:
    """The row of an account."""
    return lambda: account_id(book, key.code, key.unit.code)


def row_of(table: str, where: str) -> Callable[[], int]:
    return lambda: one(f"SELECT id FROM {table} WHERE {where}")


def third(key: AccountKey, minor: int) -> Callable[[], dict[str, Any]]:
    """A third posting of the entry that is written by hand."""
    return lambda: {
        "id": head("last_posting", 3)(), "entry_id": head("last_entry")(), "account_id": account(key)(),
        "on": "2026-01-10", "minor": minor, "convention": "", "destination": "", "public_generosity": False,
    }  # fmt: skip


def three_lines(second: tuple[AccountKey, int], last: tuple[AccountKey, int]) -> Attack:
    """500 to the bank and two other lines, counted honestly."""
    return by_hand(
        entry__postings=3, second__account_id=account(second[0]), second__minor=second[1], third=third(*last),
        seal__postings=3,
    )  # fmt: skip


NEW_YEAR = "INSERT INTO ledger_fiscalyear (book_id, code, first, last, chart) VALUES"
NEW_PERIOD = "INSERT INTO ledger_period (fiscal_year_id, first, last, state) SELECT min(id),"
NEW_JOURNAL = "INSERT INTO ledger_journal (book_id, code, label) SELECT min(id), 'XX', 'Mine' FROM ledger_book"
NEW_ACCOUNT = (
    "INSERT INTO ledger_account (id, book_id, code, chart, party, project, convention, unit_id, is_closed) "
    "SELECT max(a.id) + {step}, min(a.book_id), '{code}', '{chart}', '{party}', '', '', min(a.unit_id), {closed} "
    "FROM ledger_account a JOIN ledger_book b ON b.id = a.book_id WHERE b.slug = 'alpha'"
)
MOVE = "UPDATE ledger_balance SET debit = debit + 100, credit = credit + 100"
NEWEST = "last_seal = (SELECT max(id) FROM ledger_seal WHERE id < (account_id / 1099511627776 + 1) * 1099511627776)"
ERASED = "id = (SELECT min(entry_id) FROM ledger_labelerasure)"
POSTED = "(SELECT id FROM ledger_posting ORDER BY id LIMIT 1)"


def new_account(code: str, chart: str, party: str = "", step: int = 1, closed: str = "FALSE") -> Attack:
    return sql(NEW_ACCOUNT.format(code=code, chart=chart, party=party, step=step, closed=closed))


KEPT: list[tuple[str, str, Attack]] = [
    ("ledger_entry_is_kept", "change an entry", sql("UPDATE ledger_entry SET kind = 'gift' WHERE reference = 'A1'")),
    ("ledger_entry_is_kept", "delete an entry", sql("DELETE FROM ledger_entry WHERE reference = 'A1'")),
    ("ledger_entry_is_kept", "other words for an entry", sql("UPDATE ledger_entry SET label = 'Other words'")),
    ("ledger_entry_is_kept", "erase words in silence", sql(
        "UPDATE ledger_entry SET label = '', salt = NULL WHERE reference = 'A1'")),
    ("ledger_entry_is_kept", "words again for an erased entry", sql(
        f"UPDATE ledger_entry SET label = 'Again', salt = leaf WHERE {ERASED}")),
    ("ledger_entry_is_kept", "more than the words of an erased entry", sql(
        "INSERT INTO ledger_labelerasure (entry_id, label_hash, \"by\", why, moment) SELECT id, leaf, 'x', 'y', "
        "(SELECT min(moment) FROM ledger_seal) FROM ledger_entry WHERE reference = 'G1'",
        "UPDATE ledger_entry SET label = '', salt = NULL, kind = 'gift' WHERE reference = 'G1'")),
    ("ledger_append_only", "change a posting", sql("UPDATE ledger_posting SET minor = minor * 2")),
    ("ledger_append_only", "delete postings", sql("DELETE FROM ledger_posting")),
    ("ledger_append_only", "change a seal", sql("UPDATE ledger_seal SET previous = hash")),
    ("ledger_append_only", "change a unit", sql("UPDATE ledger_unit SET scale = 0 WHERE code = 'EUR'")),
    ("ledger_append_only", "change a book", sql("UPDATE ledger_book SET slug = 'gamma' WHERE slug = 'alpha'")),
    ("ledger_append_only", "stretch a year", sql("UPDATE ledger_fiscalyear SET last = '2027-01-31'")),
    ("ledger_append_only", "rename a journal", sql("UPDATE ledger_journal SET code = 'ZZ' WHERE code = 'OD'")),
    ("ledger_append_only", "forget who locked", sql("DELETE FROM ledger_periodlog")),
    ("ledger_append_only", "forget who erased", sql("DELETE FROM ledger_labelerasure")),
    ("ledger_append_only", "forget who lettered", sql("UPDATE ledger_letteringlog SET \"by\" = 'nobody'")),
    ("ledger_append_only", "upsert over an entry", dialects(
        sqlite=sql("INSERT INTO ledger_periodlog SELECT * FROM ledger_periodlog WHERE TRUE "
                   "ON CONFLICT (id) DO UPDATE SET \"by\" = 'nobody'"),
        postgresql=sql("INSERT INTO ledger_unit (code, scale, kind) VALUES ('EUR', 0, 'money') "
                       "ON CONFLICT (code) DO UPDATE SET scale = 0"))),
    ("ledger_never_deleted", "delete balances", sql("DELETE FROM ledger_balance")),
    ("ledger_never_deleted", "delete a period", sql("DELETE FROM ledger_period WHERE first = '2026-12-01'")),
    ("ledger_session_is_safe", "write in an unsafe session", dialects(
        sqlite=sql("PRAGMA recursive_triggers = OFF", NEW_JOURNAL),
        postgresql=in_turn(sql("SET LOCAL session_replication_role = 'replica'"), new_account("606", "606")))),
    ("ledger_session_is_safe", "write with checks switched off", dialects(
        sqlite=sql("PRAGMA ignore_check_constraints = ON", NEW_JOURNAL),
        postgresql=in_turn(sql("SET LOCAL session_replication_role = 'replica'"), new_account("606", "606")))),
    ("ledger_head_starts_empty", "a second book's head in the middle", sql(
        "INSERT INTO ledger_book (slug, name, functional_unit_id) SELECT 'gamma', 'Gamma', min(id) FROM ledger_unit",
        "INSERT INTO ledger_head (book_id, last_seal, last_entry, last_posting, hash) SELECT g.id, 7, 7, 7, h.hash "
        "FROM ledger_head h CROSS JOIN ledger_book g WHERE g.slug = 'gamma' AND h.book_id <> g.id LIMIT 1")),
    ("ledger_years_do_not_meet", "two years for a date", sql(
        f"{NEW_YEAR} ((SELECT min(id) FROM ledger_book), '2026b', '2026-06-01', '2027-05-31', 'x')")),
    ("ledger_years_do_not_meet", "two periods for a date", sql(
        f"{NEW_PERIOD} '2026-02-02', '2026-02-28', 'open' FROM ledger_fiscalyear")),
    ("ledger_years_do_not_meet", "a period outside its year", sql(
        f"{NEW_PERIOD} '2027-02-01', '2027-02-28', 'open' FROM ledger_fiscalyear")),
    ("ledger_period_turns_logged", "unlock without a word", sql("UPDATE ledger_period SET state = 'open' "
                                                                "WHERE state = 'locked'")),
    ("ledger_period_turns_logged", "move a period", sql("UPDATE ledger_period SET last = '2026-02-20' "
                                                        "WHERE state = 'locked'")),
    ("ledger_period_turns_logged", "open a closed period", sql("UPDATE ledger_period SET state = 'open' "
                                                               "WHERE state = 'closed'")),
    ("ledger_account_is_well_made", "a code that says another account", new_account("999", "606")),
    ("ledger_account_is_well_made", "a part that holds a colon", new_account("411:M01:34", "411", "M01:34")),
    ("ledger_account_is_well_made", "a gap between accounts", new_account("606", "606", step=2)),
    ("ledger_account_only_closes", "another code for a used account",
     sql("UPDATE ledger_account SET code = '999', chart = '999' WHERE code = '512'")),
    ("ledger_account_only_closes", "another unit for a used account",
     sql("UPDATE ledger_account SET unit_id = (SELECT id FROM ledger_unit WHERE code = 'HOUR') WHERE code = '512'")),
    ("ledger_account_only_closes", "close an account that holds money",
     sql("UPDATE ledger_account SET is_closed = TRUE WHERE code = '512'")),
    ("ledger_account_only_closes", "reopen an account",
     sql("UPDATE ledger_account SET is_closed = FALSE WHERE code = '471'")),
    ("ledger_balance_starts_at_zero", "an account that begins rich", in_turn(new_account("606", "606"), sql(
        'INSERT INTO ledger_balance (account_id, debit, credit, "count", last_seal) '
        "SELECT max(id), 500, 0, 1, min(id) FROM ledger_account WHERE code = '606'"))),
    ("ledger_balance_moves_by_posting", "move a balance", sql(MOVE)),
    ("ledger_balance_moves_by_posting", "move a balance as the newest seal", sql(f"{MOVE}, {NEWEST}")),
    ("ledger_balance_moves_by_posting", "swap two balances", sql(
        "UPDATE ledger_balance SET debit = credit, credit = debit WHERE debit <> credit")),
    ("ledger_head_moves_by_seal", "set the head back", sql("UPDATE ledger_head SET last_entry = last_entry - 1")),
    ("ledger_head_moves_by_seal", "forget the commit that is open", in_turn(by_hand(seal=None), sql(
        "UPDATE ledger_head SET pending_id = NULL"))),
    ("ledger_head_moves_by_seal", "owe a seal that stands already", sql(
        "UPDATE ledger_head SET pending_id = last_seal WHERE last_entry = (SELECT max(id) FROM ledger_entry "
        "WHERE id < (book_id + 1) * 1099511627776)")),
    ("ledger_head_moves_by_seal", "another hash at the head", sql(
        "UPDATE ledger_head SET hash = (SELECT previous FROM ledger_seal ORDER BY id LIMIT 1)")),
    ("ledger_lettering_appears_logged", "letter in silence", sql(
        'INSERT INTO ledger_lettering (account_id, code, "on", is_partial) '
        "SELECT account_id, 'ZZ', \"on\", is_partial FROM ledger_lettering")),
    ("ledger_lettering_is_logged", "call a lettering partial", sql("UPDATE ledger_lettering SET is_partial = TRUE")),
    ("ledger_lettering_is_logged", "unletter in silence", sql("DELETE FROM ledger_lettering")),
    ("ledger_lettering_keeps_account", "letter a posting of another account", sql(
        "INSERT INTO ledger_letteredposting (posting_id, lettering_id) "
        f"SELECT {POSTED}, id FROM ledger_lettering")),
    ("ledger_lettering_keeps_postings", "take a posting out of a lettering", sql("DELETE FROM ledger_letteredposting")),
]  # fmt: skip

SPOILT: list[tuple[str, str, Attack]] = [
    ("ledger_entry_follows_head", "an entry behind the head", by_hand(
        entry__seal_id=head("last_seal", 0), first=None, second=None, seal=None)),
    ("ledger_entry_follows_head", "an entry numbered in another book", by_hand(
        entry__id=head("last_entry", book="beta"), first=None, second=None, seal=None)),
    ("ledger_entry_follows_head", "an entry in no book", by_hand(
        entry__book_id=99, first=None, second=None, seal=None)),
    ("ledger_entry_follows_head", "an entry outside a commit", by_hand(
        opened=False, first=None, second=None, seal=None)),
    ("ledger_posting_follows_head", "a line for a sealed entry", by_hand(
        opened=False, entry=None, first__entry_id=entry_of("A1"), second=None, seal=None)),
    ("ledger_posting_follows_head", "a line for no entry", by_hand(
        opened=False, entry=None, second=None, seal=None)),
    ("ledger_posting_follows_head", "a line for an entry of another book", by_hand(
        opened=False, entry=None, first__entry_id=entry_of("A1", "beta"), second=None, seal=None)),
    ("ledger_seal_extends_chain", "a seal that skips a number", by_hand(
        entry__seal_id=head("last_seal", 2), seal__id=head("last_seal", 2))),
    ("ledger_seal_extends_chain", "a seal on another hash", by_hand(seal__previous=b"x" * 32)),
    ("ledger_seal_extends_chain", "a seal of nothing", by_hand(
        entry=None, first=None, second=None, seal__entries=0, seal__postings=0)),
    ("ledger_seal_counts_entries", "a seal that counts too many entries", by_hand(seal__entries=2)),
    ("ledger_seal_counts_entries", "an entry left out of the seal", in_turn(
        by_hand(seal=None),
        by_hand(entry__id=head("last_entry", 2), entry__reference="SECOND", entry__number=99, label=None,
                first=None, second=None))),
    ("ledger_seal_counts_entries", "an entry number left free", by_hand(
        entry__id=head("last_entry", 2), first__entry_id=head("last_entry", 2),
        second__entry_id=head("last_entry", 2))),
    ("ledger_seal_counts_postings", "a seal that counts too few postings", by_hand(
        third=third(BANK, 5), seal__postings=2)),
    ("ledger_seal_counts_postings", "an entry whose lines are missing", by_hand(first=None, second=None)),
    ("ledger_posting_fits_entry", "a posting on another date", by_hand(second__on="2026-03-10")),
    ("ledger_posting_fits_entry", "a line too many", by_hand(third=third(BANK, 5), seal__postings=3)),
    ("ledger_posting_fits_entry", "a line of a sealed entry", by_hand(second__entry_id=entry_of("A1"))),
    ("ledger_posting_has_amount", "a posting of nothing", dialects(
        sqlite=by_hand(first__minor=1.5, second__minor=-1.5),
        postgresql=in_turn(sql("ALTER TABLE ledger_posting DROP CONSTRAINT ledger_posting_minor"),
                           by_hand(first__minor=0, second__minor=0)))),
    ("ledger_posting_has_account", "a closed account", by_hand(second__account_id=account(AccountKey("471")))),
    ("ledger_posting_has_account", "an account of another book", by_hand(second__account_id=account(MEMBER, "beta"))),
    ("ledger_posting_has_account", "an account that does not exist", by_hand(second__account_id=77)),
    ("ledger_entry_balances", "an entry that makes money", by_hand(second__minor=-499)),
    ("ledger_entry_balances", "hours paid with euros", by_hand(second__account_id=account(WORK))),
    ("ledger_entry_balances", "three lines that sum to zero in the wrong units", three_lines(
        (MEMBER, -300), (WORK, -200))),
    ("ledger_entry_in_open_period", "a locked period", by_hand(
        entry__on="2026-02-10", first__on="2026-02-10", second__on="2026-02-10")),
    ("ledger_entry_in_open_period", "a closed period", by_hand(
        entry__on="2026-04-10", first__on="2026-04-10", second__on="2026-04-10")),
    ("ledger_entry_in_open_period", "no year at all", by_hand(
        entry__on="2031-02-10", first__on="2031-02-10", second__on="2031-02-10")),
    ("ledger_entry_in_open_period", "the year of another book", by_hand(
        entry__fiscal_year_id=row_of("ledger_fiscalyear", "book_id = (SELECT max(id) FROM ledger_book)"))),
    ("ledger_entry_in_open_period", "the journal of another book", by_hand(
        entry__journal_id=row_of("ledger_journal", "code = 'BQ' AND book_id = (SELECT max(id) FROM ledger_book)"),
        entry__number=1000)),
    ("ledger_entry_number_has_no_gap", "a number left out", by_hand(entry__number=1000)),
    ("ledger_entry_number_has_no_gap", "a number below one", by_hand(entry__number=0)),
    ("ledger_entry_reads_back", "a line break in a reference", by_hand(entry__reference="A9\nkind gift")),
    ("ledger_entry_reads_back", "an entry without words", by_hand(entry__label="")),
    ("ledger_entry_reads_back", "an entry without salt", by_hand(entry__salt=None)),
    ("ledger_posting_reads_back", "a space in a convention", by_hand(first__convention="C 1")),
    ("ledger_entry_reads_back", "a short hash", by_hand(entry__leaf=b"short")),
    ("ledger_reversal_is_exact", "a reversal of other amounts", by_hand(
        entry__reverses_id=entry_of("A1"), first__minor=-9_999, second__minor=9_999)),
    ("ledger_reversal_is_exact", "a reversal of other accounts", by_hand(
        entry__reverses_id=entry_of("A1"), first__minor=-10_000, second__minor=10_000,
        second__account_id=account(AccountKey("756")))),
    ("ledger_reversal_is_exact", "a reversal of a reversal", by_hand(
        entry__reverses_id=entry_of("X3"), first__minor=700, second__minor=-700)),
    ("ledger_reversal_is_exact", "a reversal across books", by_hand(
        entry__reverses_id=entry_of("A2", "beta"), first__minor=-2_500, second__minor=2_500)),
    ("ledger_reversal_is_exact", "a reversal of itself", by_hand(entry__reverses_id=head("last_entry"))),
]  # fmt: skip

REPLACED = {
    # INSERT OR REPLACE on SQLite, TRUNCATE on PostgreSQL: both walk around what guards single rows
    "ledger_unit": "INSERT OR REPLACE INTO ledger_unit SELECT id, code, 0, kind FROM ledger_unit",
    "ledger_book": "INSERT OR REPLACE INTO ledger_book SELECT id, slug, 'Mine', functional_unit_id FROM ledger_book",
    "ledger_head": "INSERT OR REPLACE INTO ledger_head SELECT book_id, last_seal, last_entry, last_posting, "
    "zeroblob(32), NULL FROM ledger_head",
    "ledger_fiscalyear": "INSERT OR REPLACE INTO ledger_fiscalyear SELECT id, code, first, '2030-12-31', chart, "
    "book_id FROM ledger_fiscalyear",
    "ledger_period": "INSERT OR REPLACE INTO ledger_period SELECT id, first, last, 'open', fiscal_year_id "
    "FROM ledger_period",
    "ledger_periodlog": "INSERT OR REPLACE INTO ledger_periodlog SELECT * FROM ledger_periodlog",
    "ledger_journal": "INSERT OR REPLACE INTO ledger_journal SELECT * FROM ledger_journal",
    "ledger_account": "INSERT OR REPLACE INTO ledger_account SELECT * FROM ledger_account",
    "ledger_balance": "INSERT OR REPLACE INTO ledger_balance SELECT * FROM ledger_balance",
    "ledger_seal": "INSERT OR REPLACE INTO ledger_seal SELECT * FROM ledger_seal",
    "ledger_entry": "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry",
    "ledger_labelerasure": "INSERT OR REPLACE INTO ledger_labelerasure SELECT * FROM ledger_labelerasure",
    "ledger_posting": "INSERT OR REPLACE INTO ledger_posting SELECT * FROM ledger_posting",
    "ledger_lettering": "INSERT OR REPLACE INTO ledger_lettering SELECT * FROM ledger_lettering",
    "ledger_letteredposting": "INSERT OR REPLACE INTO ledger_letteredposting SELECT * FROM ledger_letteredposting",
    "ledger_letteringlog": "INSERT OR REPLACE INTO ledger_letteringlog SELECT * FROM ledger_letteringlog",
}
"""For each table, the statement that writes over its rows on SQLite; on PostgreSQL the table is truncated."""

REFERENCE_AGAIN = by_hand(entry__reference="A1", first=None, second=None, seal=None)
NUMBER_AGAIN = by_hand(entry__number=1, first=None, second=None, seal=None)
HONEST = by_hand()
BANK_ACCOUNT = account(BANK)
