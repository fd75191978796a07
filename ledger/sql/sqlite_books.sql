-- The ledger's own rules for SQLite (3.33 or later). Each section is a rule: its name, the reason that an auditor
-- would ask for, its triggers. `-- tables:` repeats the triggers of a section for each table, written {table}.
-- `id >> 40` is the book of an identifier; see ledger/models.py.


-- Nothing that was written is changed or taken away ------------------------------------------------------------------

-- name: ledger_append_only
-- What is posted, and who did what when, is evidence: it is added to, never changed and never deleted.
-- tables: ledger_unit ledger_book ledger_fiscalyear ledger_journal ledger_periodlog ledger_seal ledger_posting
-- tables: ledger_labelerasure ledger_letteringlog
CREATE TRIGGER ledger_append_only_{table}_update BEFORE UPDATE ON {table} BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_append_only');
END;
CREATE TRIGGER ledger_append_only_{table}_delete BEFORE DELETE ON {table} BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_append_only');
END;

-- name: ledger_never_deleted
-- Heads, periods, accounts and their balances change under rules of their own, but they never go away.
-- tables: ledger_head ledger_period ledger_account ledger_balance
CREATE TRIGGER ledger_never_deleted_{table} BEFORE DELETE ON {table} BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_never_deleted');
END;

-- name: ledger_session_is_safe
-- INSERT OR REPLACE deletes without a trigger unless recursive_triggers is on, and without checks and foreign_keys a row
-- could hold anything. A session that switched one off writes none of these. (Entries, postings, seals and balances are
-- looked at by rules of their own, which need none of the three: they are written too often to ask each time.)
-- tables: ledger_unit ledger_book ledger_head ledger_fiscalyear ledger_period ledger_periodlog ledger_journal
-- tables: ledger_account ledger_labelerasure ledger_lettering ledger_letteredposting ledger_letteringlog
CREATE TRIGGER ledger_session_is_safe_{table} BEFORE INSERT ON {table}
  WHEN (SELECT foreign_keys FROM pragma_foreign_keys) = 0
    OR (SELECT recursive_triggers FROM pragma_recursive_triggers) = 0
    OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) <> 0
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_session_is_safe');
END;


-- Units, books, years, accounts --------------------------------------------------------------------------------------

-- name: ledger_unique_stays
-- INSERT OR REPLACE may not push out a row that has the same name; told apart here from an honest mistake.
CREATE TRIGGER ledger_unique_stays_unit BEFORE INSERT ON ledger_unit
  WHEN EXISTS (SELECT 1 FROM ledger_unit WHERE id = NEW.id OR code = NEW.code)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_unique_stays');
END;
CREATE TRIGGER ledger_unique_stays_book BEFORE INSERT ON ledger_book
  WHEN EXISTS (SELECT 1 FROM ledger_book WHERE id = NEW.id OR slug = NEW.slug)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_unique_stays');
END;

-- name: ledger_head_starts_empty
-- A book begins before its first seal, whatever its head claims.
CREATE TRIGGER ledger_head_starts_empty BEFORE INSERT ON ledger_head
  WHEN NEW.last_seal <> NEW.book_id << 40 OR NEW.last_entry <> NEW.book_id << 40
    OR NEW.last_posting <> NEW.book_id << 40 OR length(NEW.hash) <> 32 OR NEW.pending_id IS NOT NULL
    OR EXISTS (SELECT 1 FROM ledger_seal WHERE id >= NEW.book_id << 40 AND id < (NEW.book_id + 1) << 40)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_head_starts_empty');
END;

-- name: ledger_years_do_not_meet
-- A date belongs to one fiscal year, and to one period of it, or numbering and locking would mean nothing.
CREATE TRIGGER ledger_years_do_not_meet_fiscalyear BEFORE INSERT ON ledger_fiscalyear
  WHEN NEW.first IS NOT date(NEW.first) OR NEW.last IS NOT date(NEW.last) OR EXISTS (
    SELECT 1 FROM ledger_fiscalyear WHERE book_id = NEW.book_id AND first <= NEW.last AND last >= NEW.first)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_years_do_not_meet');
END;
CREATE TRIGGER ledger_years_do_not_meet_period BEFORE INSERT ON ledger_period
  WHEN NEW.state <> 'open'
    OR NOT EXISTS (SELECT 1 FROM ledger_fiscalyear
                   WHERE id = NEW.fiscal_year_id AND first <= NEW.first AND last >= NEW.last)
    OR EXISTS (SELECT 1 FROM ledger_period
               WHERE fiscal_year_id = NEW.fiscal_year_id AND first <= NEW.last AND last >= NEW.first)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_years_do_not_meet');
END;

-- name: ledger_period_turns_logged
-- Locking, unlocking and closing say who and why before they happen; a closed period is closed for ever.
CREATE TRIGGER ledger_period_turns_logged BEFORE UPDATE ON ledger_period
  WHEN OLD.state = 'closed' OR OLD.state = NEW.state
    OR (NEW.id, NEW.fiscal_year_id, NEW.first, NEW.last) IS NOT (OLD.id, OLD.fiscal_year_id, OLD.first, OLD.last)
    OR (SELECT act FROM ledger_periodlog WHERE period_id = NEW.id ORDER BY id DESC LIMIT 1)
      IS NOT CASE NEW.state WHEN 'open' THEN 'unlock' WHEN 'locked' THEN 'lock' ELSE 'close' END
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_period_turns_logged');
END;

-- name: ledger_account_is_well_made
-- An account's number is the next of its book and its code is made of its parts, so both can be read back.
CREATE TRIGGER ledger_account_is_well_made BEFORE INSERT ON ledger_account
  WHEN NEW.id >> 40 <> NEW.book_id OR NEW.chart = '' OR NEW.is_closed <> 0
    OR NEW.code <> rtrim(NEW.chart || ':' || NEW.party || ':' || NEW.project || ':' || NEW.convention, ':')
    OR instr(NEW.chart || NEW.party || NEW.project || NEW.convention, ':')
    OR instr(NEW.code, char(10)) OR instr(NEW.code, ' ')
    OR NEW.id <> 1 + coalesce((SELECT max(id) FROM ledger_account
                               WHERE id >= NEW.book_id << 40 AND id < (NEW.book_id + 1) << 40), NEW.book_id << 40)
    OR EXISTS (SELECT 1 FROM ledger_account
               WHERE book_id = NEW.book_id AND code = NEW.code AND unit_id = NEW.unit_id)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_account_is_well_made');
END;

-- name: ledger_account_only_closes
-- An account that changed its code or unit would change every entry posted to it. It may close once, empty.
CREATE TRIGGER ledger_account_only_closes BEFORE UPDATE ON ledger_account
  WHEN (NEW.id, NEW.book_id, NEW.code, NEW.chart, NEW.party, NEW.project, NEW.convention, NEW.unit_id)
      IS NOT (OLD.id, OLD.book_id, OLD.code, OLD.chart, OLD.party, OLD.project, OLD.convention, OLD.unit_id)
    OR OLD.is_closed <> 0 OR NEW.is_closed <> 1
    OR EXISTS (SELECT 1 FROM ledger_balance WHERE account_id = OLD.id AND debit <> credit)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_account_only_closes');
END;

-- name: ledger_account_has_balance
-- Where an account is, its balance is: without it postings would move nothing.
CREATE TRIGGER ledger_account_has_balance AFTER INSERT ON ledger_account BEGIN
  INSERT INTO ledger_balance (account_id, debit, credit, "count", last_seal)
    VALUES (NEW.id, 0, 0, 0, (NEW.id >> 40) << 40);
END;

-- name: ledger_balance_starts_at_zero
-- An account begins with nothing: what it holds later, postings brought.
CREATE TRIGGER ledger_balance_starts_at_zero BEFORE INSERT ON ledger_balance
  WHEN NEW.debit <> 0 OR NEW.credit <> 0 OR NEW."count" <> 0 OR NEW.last_seal <> (NEW.account_id >> 40) << 40
    OR EXISTS (SELECT 1 FROM ledger_balance WHERE account_id = NEW.account_id)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_balance_starts_at_zero');
END;

-- name: ledger_balance_moves_by_posting
-- A balance moves when a seal moves it, once for each: while the seal stands and is still owed, which is only so inside
-- the statement that brings it. It never falls on either side, and it stays in its limits should checks be off.
CREATE TRIGGER ledger_balance_moves_by_posting
  BEFORE UPDATE OF account_id, debit, credit, "count", last_seal ON ledger_balance
  WHEN NEW.account_id <> OLD.account_id OR NEW.last_seal <= OLD.last_seal
    OR NEW.debit < OLD.debit OR NEW.credit < OLD.credit OR NEW."count" <= OLD."count"
    OR NOT EXISTS (SELECT 1 FROM ledger_head WHERE book_id = OLD.account_id >> 40 AND pending_id = NEW.last_seal)
    OR NOT EXISTS (SELECT 1 FROM ledger_seal WHERE id = NEW.last_seal)
    OR NEW.debit - NEW.credit < NEW.floor OR NEW.debit - NEW.credit > NEW.ceiling
    OR NEW.debit > 4611686018427387904 OR NEW.credit > 4611686018427387904
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_balance_moves_by_posting');
END;

-- name: ledger_head_moves_by_seal
-- The head opens a commit by naming the next seal, and moves with that seal; it does nothing else.
CREATE TRIGGER ledger_head_moves_by_seal BEFORE UPDATE ON ledger_head
  WHEN NEW.book_id <> OLD.book_id OR NOT (
    (OLD.pending_id IS NULL AND NEW.pending_id = OLD.last_seal + 1
     AND (NEW.last_seal, NEW.last_entry, NEW.last_posting, NEW.hash)
       IS (OLD.last_seal, OLD.last_entry, OLD.last_posting, OLD.hash))
    OR (NEW.pending_id IS NULL AND OLD.pending_id = NEW.last_seal AND EXISTS (
      SELECT 1 FROM ledger_seal WHERE id = NEW.last_seal AND id = OLD.last_seal + 1
        AND previous = OLD.hash AND hash = NEW.hash
        AND first_entry = OLD.last_entry + 1 AND first_entry + entries - 1 = NEW.last_entry
        AND first_posting = OLD.last_posting + 1 AND first_posting + postings - 1 = NEW.last_posting)))
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_head_moves_by_seal');
END;


-- Lettering: the one thing that changes after posting ----------------------------------------------------------------

-- name: ledger_lettering_appears_logged
-- A lettering appears after “done” was written in its log.
CREATE TRIGGER ledger_lettering_appears_logged BEFORE INSERT ON ledger_lettering
  WHEN EXISTS (SELECT 1 FROM ledger_lettering WHERE account_id = NEW.account_id AND code = NEW.code)
    OR (SELECT act FROM ledger_letteringlog WHERE account_id = NEW.account_id AND code = NEW.code
        ORDER BY id DESC LIMIT 1) IS NOT 'done'
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_lettering_appears_logged');
END;

-- name: ledger_lettering_is_logged
-- A lettering goes after “undone” was written in its log; in between it does not change.
CREATE TRIGGER ledger_lettering_is_logged_update BEFORE UPDATE ON ledger_lettering BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_lettering_is_logged');
END;
CREATE TRIGGER ledger_lettering_is_logged_delete BEFORE DELETE ON ledger_lettering
  WHEN (SELECT act FROM ledger_letteringlog WHERE account_id = OLD.account_id AND code = OLD.code
        ORDER BY id DESC LIMIT 1) IS NOT 'undone'
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_lettering_is_logged');
END;

-- name: ledger_lettering_keeps_account
-- Only postings of the lettering's own account settle each other, each in one lettering at a time.
CREATE TRIGGER ledger_lettering_keeps_account BEFORE INSERT ON ledger_letteredposting
  WHEN EXISTS (SELECT 1 FROM ledger_letteredposting WHERE posting_id = NEW.posting_id)
    OR NOT EXISTS (SELECT 1 FROM ledger_lettering AS l CROSS JOIN ledger_posting AS p
                   WHERE l.id = NEW.lettering_id AND p.id = NEW.posting_id AND p.account_id = l.account_id)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_lettering_keeps_account');
END;

-- name: ledger_lettering_keeps_postings
-- The postings of a lettering leave it only after “undone” was written in its log.
CREATE TRIGGER ledger_lettering_keeps_postings_update BEFORE UPDATE ON ledger_letteredposting BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_lettering_keeps_postings');
END;
CREATE TRIGGER ledger_lettering_keeps_postings_delete BEFORE DELETE ON ledger_letteredposting
  WHEN (SELECT g.act FROM ledger_lettering AS l CROSS JOIN ledger_letteringlog AS g
          ON g.account_id = l.account_id AND g.code = l.code
        WHERE l.id = OLD.lettering_id ORDER BY g.id DESC LIMIT 1) IS NOT 'undone'
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_lettering_keeps_postings');
END;
