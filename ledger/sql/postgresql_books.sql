-- The ledger's own rules for PostgreSQL (13 or later). Each section is a rule: its name, the reason that an auditor
-- would ask for, its function and triggers. `-- tables:` repeats the triggers of a section for each table, written
-- {table}. `id >> 40` is the book of an identifier; see ledger/models.py. All triggers are enabled ALWAYS, so a session
-- that calls itself a replica does not walk around them.


-- Nothing that was written is changed or taken away -------------------------------------------------------------------

-- name: ledger_append_only
-- What is posted, and who did what when, is evidence: it is added to, never changed and never deleted.
-- tables: ledger_unit ledger_book ledger_fiscalyear ledger_journal ledger_periodlog ledger_seal ledger_posting
-- tables: ledger_labelerasure ledger_letteringlog
CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: ledger_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_append_only BEFORE DELETE OR UPDATE ON {table}
  FOR EACH ROW EXECUTE FUNCTION ledger_append_only();

-- name: ledger_never_deleted
-- Heads, periods, accounts and their balances change under rules of their own, but they never go away.
-- tables: ledger_head ledger_period ledger_account ledger_balance
CREATE FUNCTION ledger_never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: ledger_never_deleted' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_never_deleted BEFORE DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION ledger_never_deleted();

-- name: ledger_never_truncated
-- TRUNCATE empties a table without asking the rules about its rows.
-- tables: ledger_unit ledger_book ledger_head ledger_fiscalyear ledger_period ledger_periodlog ledger_journal
-- tables: ledger_account ledger_balance ledger_seal ledger_entry ledger_labelerasure ledger_posting
-- tables: ledger_lettering ledger_letteredposting ledger_letteringlog
CREATE FUNCTION ledger_never_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: ledger_never_truncated' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_never_truncated BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_never_truncated();

-- name: ledger_session_is_safe
-- A session that calls itself a replica checks no foreign key: it opens no book, no account, and (by the rule
-- `ledger_commit_is_owed`) no commit either, so it posts nothing.
-- tables: ledger_book ledger_head ledger_account
CREATE FUNCTION ledger_session_is_safe() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: ledger_session_is_safe' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_session_is_safe BEFORE INSERT ON {table}
  FOR EACH STATEMENT WHEN (current_setting('session_replication_role'::text) = 'replica'::text)
  EXECUTE FUNCTION ledger_session_is_safe();


-- Books, years, accounts ----------------------------------------------------------------------------------------------

-- name: ledger_head_starts_empty
-- A book begins before its first seal, whatever its head claims.
CREATE FUNCTION ledger_head_starts_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.last_seal <> NEW.book_id::bigint << 40 OR NEW.last_entry <> NEW.book_id::bigint << 40
    OR NEW.last_posting <> NEW.book_id::bigint << 40 OR length(NEW.hash) <> 32 OR NEW.pending_id IS NOT NULL
    OR EXISTS (SELECT 1 FROM ledger_seal
               WHERE id BETWEEN NEW.book_id::bigint << 40 AND ((NEW.book_id::bigint + 1) << 40) - 1) THEN
    RAISE EXCEPTION 'ledger: ledger_head_starts_empty' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_head_starts_empty BEFORE INSERT ON ledger_head
  FOR EACH ROW EXECUTE FUNCTION ledger_head_starts_empty();

-- name: ledger_years_do_not_meet
-- A date belongs to one fiscal year, and to one period of it, or numbering and locking would mean nothing.
-- The lock of the head makes two that are opened at once see each other.
-- tables: ledger_fiscalyear ledger_period
CREATE FUNCTION ledger_years_do_not_meet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'ledger_fiscalyear' THEN
    PERFORM 1 FROM ledger_head WHERE book_id = NEW.book_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM ledger_fiscalyear
               WHERE book_id = NEW.book_id AND first <= NEW.last AND last >= NEW.first) THEN
      RAISE EXCEPTION 'ledger: ledger_years_do_not_meet' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  ELSE
    PERFORM 1 FROM ledger_head AS h JOIN ledger_fiscalyear AS f ON f.book_id = h.book_id
      WHERE f.id = NEW.fiscal_year_id FOR NO KEY UPDATE OF h;
    IF NEW.state <> 'open'
      OR NOT EXISTS (SELECT 1 FROM ledger_fiscalyear
                     WHERE id = NEW.fiscal_year_id AND first <= NEW.first AND last >= NEW.last)
      OR EXISTS (SELECT 1 FROM ledger_period
                 WHERE fiscal_year_id = NEW.fiscal_year_id AND first <= NEW.last AND last >= NEW.first) THEN
      RAISE EXCEPTION 'ledger: ledger_years_do_not_meet' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_years_do_not_meet BEFORE INSERT ON {table}
  FOR EACH ROW EXECUTE FUNCTION ledger_years_do_not_meet();

-- name: ledger_period_turns_logged
-- Locking, unlocking and closing say who and why before they happen; a closed period is closed for ever. The head
-- is locked first, as every posting does, so a period never turns between the check of an entry and its commit.
CREATE FUNCTION ledger_period_turns_logged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM ledger_head AS h JOIN ledger_fiscalyear AS f ON f.book_id = h.book_id
    WHERE f.id = OLD.fiscal_year_id FOR NO KEY UPDATE OF h;
  IF OLD.state = 'closed' OR OLD.state = NEW.state
    OR (NEW.id, NEW.fiscal_year_id, NEW.first, NEW.last)
      IS DISTINCT FROM (OLD.id, OLD.fiscal_year_id, OLD.first, OLD.last)
    OR (SELECT act FROM ledger_periodlog WHERE period_id = NEW.id ORDER BY id DESC LIMIT 1)
      IS DISTINCT FROM (CASE NEW.state WHEN 'open' THEN 'unlock' WHEN 'locked' THEN 'lock' ELSE 'close' END) THEN
    RAISE EXCEPTION 'ledger: ledger_period_turns_logged' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_period_turns_logged BEFORE UPDATE ON ledger_period
  FOR EACH ROW EXECUTE FUNCTION ledger_period_turns_logged();

-- name: ledger_account_is_well_made
-- An account's number is the next of its book and its code is made of its parts, so both can be read back.
CREATE FUNCTION ledger_account_is_well_made() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id >> 40 <> NEW.book_id OR NEW.chart = '' OR NEW.is_closed
    OR NEW.code <> rtrim(NEW.chart || ':' || NEW.party || ':' || NEW.project || ':' || NEW.convention, ':')
    OR strpos(NEW.chart || NEW.party || NEW.project || NEW.convention, ':') > 0
    OR strpos(NEW.code, E'\n') > 0 OR strpos(NEW.code, ' ') > 0
    OR NEW.id <> 1 + coalesce((SELECT max(id) FROM ledger_account
                               WHERE id BETWEEN NEW.book_id::bigint << 40 AND ((NEW.book_id::bigint + 1) << 40) - 1),
                              NEW.book_id::bigint << 40) THEN
    RAISE EXCEPTION 'ledger: ledger_account_is_well_made' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_account_is_well_made BEFORE INSERT ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION ledger_account_is_well_made();

-- name: ledger_account_only_closes
-- An account that changed its code or unit would change every entry posted to it. It may close once, empty; the head
-- is locked first, so nothing is posted to it meanwhile.
CREATE FUNCTION ledger_account_only_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM ledger_head WHERE book_id = OLD.book_id FOR NO KEY UPDATE;
  IF (NEW.id, NEW.book_id, NEW.code, NEW.chart, NEW.party, NEW.project, NEW.convention, NEW.unit_id)
      IS DISTINCT FROM (OLD.id, OLD.book_id, OLD.code, OLD.chart, OLD.party, OLD.project, OLD.convention, OLD.unit_id)
    OR OLD.is_closed OR NOT NEW.is_closed
    OR EXISTS (SELECT 1 FROM ledger_balance WHERE account_id = OLD.id AND debit <> credit) THEN
    RAISE EXCEPTION 'ledger: ledger_account_only_closes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_account_only_closes BEFORE UPDATE ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION ledger_account_only_closes();

-- name: ledger_account_has_balance
-- Where an account is, its balance is: without it postings would move nothing.
CREATE FUNCTION ledger_account_has_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ledger_balance (account_id, debit, credit, count, last_seal)
    SELECT id, 0, 0, 0, (id >> 40) << 40 FROM written;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_account_has_balance AFTER INSERT ON ledger_account
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_account_has_balance();

-- name: ledger_balance_starts_at_zero
-- An account begins with nothing: what it holds later, postings brought.
CREATE FUNCTION ledger_balance_starts_at_zero() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.debit <> 0 OR NEW.credit <> 0 OR NEW.count <> 0 OR NEW.last_seal <> (NEW.account_id >> 40) << 40 THEN
    RAISE EXCEPTION 'ledger: ledger_balance_starts_at_zero' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_balance_starts_at_zero BEFORE INSERT ON ledger_balance
  FOR EACH ROW EXECUTE FUNCTION ledger_balance_starts_at_zero();

-- name: ledger_balance_moves_by_posting
-- A balance moves when a seal moves it, once for each: not by a statement of its own.
CREATE FUNCTION ledger_balance_moves_by_posting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: ledger_balance_moves_by_posting' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_balance_moves_by_posting
  BEFORE UPDATE OF account_id, debit, credit, count, last_seal ON ledger_balance
  FOR EACH ROW WHEN (pg_trigger_depth() < 1 OR new.last_seal <= old.last_seal OR new.account_id <> old.account_id)
  EXECUTE FUNCTION ledger_balance_moves_by_posting();

-- name: ledger_head_moves_by_seal
-- The head opens a commit by naming the next seal, and moves with that seal; it does nothing else.
CREATE FUNCTION ledger_head_moves_by_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.book_id = OLD.book_id AND OLD.pending_id IS NULL AND NEW.pending_id = OLD.last_seal + 1
    AND NEW.last_seal = OLD.last_seal AND NEW.last_entry = OLD.last_entry AND NEW.last_posting = OLD.last_posting
    AND NEW.hash = OLD.hash THEN
    RETURN NEW;
  END IF;
  IF NEW.book_id = OLD.book_id AND NEW.pending_id IS NULL AND OLD.pending_id = NEW.last_seal AND EXISTS (
      SELECT 1 FROM ledger_seal WHERE id = NEW.last_seal AND id = OLD.last_seal + 1
        AND previous = OLD.hash AND hash = NEW.hash
        AND first_entry = OLD.last_entry + 1 AND first_entry + entries - 1 = NEW.last_entry
        AND first_posting = OLD.last_posting + 1 AND first_posting + postings - 1 = NEW.last_posting) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'ledger: ledger_head_moves_by_seal' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_head_moves_by_seal BEFORE UPDATE ON ledger_head
  FOR EACH ROW EXECUTE FUNCTION ledger_head_moves_by_seal();


-- Lettering: the one thing that changes after posting -----------------------------------------------------------------

-- name: ledger_lettering_appears_logged
-- A lettering appears after “done” was written in its log.
CREATE FUNCTION ledger_lettering_appears_logged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT act FROM ledger_letteringlog WHERE account_id = NEW.account_id AND code = NEW.code
      ORDER BY id DESC LIMIT 1) IS DISTINCT FROM 'done' THEN
    RAISE EXCEPTION 'ledger: ledger_lettering_appears_logged' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_lettering_appears_logged BEFORE INSERT ON ledger_lettering
  FOR EACH ROW EXECUTE FUNCTION ledger_lettering_appears_logged();

-- name: ledger_lettering_is_logged
-- A lettering goes after “undone” was written in its log; in between it does not change.
CREATE FUNCTION ledger_lettering_is_logged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR (SELECT act FROM ledger_letteringlog WHERE account_id = OLD.account_id AND code = OLD.code
      ORDER BY id DESC LIMIT 1) IS DISTINCT FROM 'undone' THEN
    RAISE EXCEPTION 'ledger: ledger_lettering_is_logged' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER ledger_lettering_is_logged BEFORE DELETE OR UPDATE ON ledger_lettering
  FOR EACH ROW EXECUTE FUNCTION ledger_lettering_is_logged();

-- name: ledger_lettering_keeps_account
-- Only postings of the lettering's own account settle each other.
CREATE FUNCTION ledger_lettering_keeps_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger_lettering AS l JOIN ledger_posting AS p ON p.account_id = l.account_id
                 WHERE l.id = NEW.lettering_id AND p.id = NEW.posting_id) THEN
    RAISE EXCEPTION 'ledger: ledger_lettering_keeps_account' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_lettering_keeps_account BEFORE INSERT ON ledger_letteredposting
  FOR EACH ROW EXECUTE FUNCTION ledger_lettering_keeps_account();

-- name: ledger_lettering_keeps_postings
-- The postings of a lettering leave it only after “undone” was written in its log.
CREATE FUNCTION ledger_lettering_keeps_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR (SELECT g.act FROM ledger_lettering AS l
      JOIN ledger_letteringlog AS g ON g.account_id = l.account_id AND g.code = l.code
      WHERE l.id = OLD.lettering_id ORDER BY g.id DESC LIMIT 1) IS DISTINCT FROM 'undone' THEN
    RAISE EXCEPTION 'ledger: ledger_lettering_keeps_postings' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER ledger_lettering_keeps_postings BEFORE DELETE OR UPDATE ON ledger_letteredposting
  FOR EACH ROW EXECUTE FUNCTION ledger_lettering_keeps_postings();
