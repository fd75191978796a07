-- The ledger's own rules for PostgreSQL (13 or later). Each section is a rule: its name, the reason that an auditor
-- would ask for, its function and triggers. `id >> 40` is the book of an identifier; see ledger/models.py. All triggers
-- are enabled ALWAYS, so a session that calls itself a replica does not walk around them.
--
-- A rule `at:` a point is a condition that must not hold there; the point's function asks all its rules in turn, unless
-- its `usual:` condition answers them together. See ledger/guards.py. `written` holds the rows of one statement: reading
-- them costs nothing. A plan is kept for the session, made for whatever came first, and guesses badly for the rest: the
-- functions below walk by index alone, in the order written, and `+ 0` keeps them from any index but the identifiers' own.


-- A commit is opened at the head, written after it, and closed by a seal -----------------------------------------------

-- name: ledger_commit_is_owed
-- To open a commit is to owe its seal: the head names it, and the database ends no transaction while it is missing.
-- That holds by a foreign key, which a session that calls itself a replica does not check: it opens nothing.
CREATE FUNCTION ledger_commit_is_owed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: ledger_commit_is_owed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_commit_is_owed BEFORE UPDATE ON ledger_head
  FOR EACH STATEMENT WHEN (current_setting('session_replication_role'::text) = 'replica'::text)
  EXECUTE FUNCTION ledger_commit_is_owed();

-- point: ledger_entries_ask
CREATE FUNCTION ledger_entries_ask() RETURNS trigger LANGUAGE plpgsql
SET join_collapse_limit = 1 SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF {usual} THEN
    RETURN NULL;
  END IF;
{rules}
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_entries_ask AFTER INSERT ON ledger_entry
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_ask();

-- usual: ledger_entries_ask
-- Nearly always the entries of a statement stand in one journal and year and are numbered like their identifiers: then
-- what is asked of each can be asked of all, and their days lie in open periods when those cover the whole span.
(SELECT e.is_whole AND h.last_entry < e.first AND h.pending_id = e.seal_id AND e.last_seal_id = e.seal_id
      AND e.first >> 40 = e.book_id AND e.last >> 40 = e.book_id AND e.last_book_id = e.book_id
      AND e.last_journal_id = e.journal_id AND e.last_fiscal_year_id = e.fiscal_year_id
      AND EXISTS (SELECT 1 FROM ledger_journal WHERE id = e.journal_id AND book_id + 0 = e.book_id)
      AND EXISTS (SELECT 1 FROM ledger_fiscalyear WHERE id = e.fiscal_year_id AND book_id + 0 = e.book_id)
      AND (SELECT sum(least(p.last, e.last_on) - greatest(p.first, e.first_on) + 1) FROM ledger_period AS p
           WHERE p.fiscal_year_id = e.fiscal_year_id AND p.first <= e.last_on AND p.last >= e.first_on
             AND p.state = 'open') = e.last_on - e.first_on + 1
      AND e.step = e.last_step AND (e.number = 1 OR EXISTS (
        SELECT 1 FROM ledger_entry AS before WHERE before.journal_id = e.journal_id
          AND before.fiscal_year_id = e.fiscal_year_id AND before.number = e.number - 1 AND before.id < e.first))
    FROM (
      SELECT min(id) AS first, max(id) AS last, min(number) AS number,
        min(number - id) AS step, max(number - id) AS last_step,
        min(book_id) AS book_id, max(book_id) AS last_book_id, min(seal_id) AS seal_id, max(seal_id) AS last_seal_id,
        min(journal_id) AS journal_id, max(journal_id) AS last_journal_id,
        min(fiscal_year_id) AS fiscal_year_id, max(fiscal_year_id) AS last_fiscal_year_id,
        min("on") AS first_on, max("on") AS last_on,
        bool_and(number >= 1 AND length(leaf) = 32 AND length(salt) = 16 AND salt IS NOT NULL AND label <> ''
          AND reference <> '' AND kind <> '' AND strpos(reference || kind, ' ') = 0
          AND strpos(reference || kind || document || document_sha256 || exchange, E'\n') = 0
          AND strpos(reference || kind || document || document_sha256 || exchange, E'\r') = 0) AS is_whole
      FROM written) AS e
      JOIN ledger_head AS h ON h.book_id = e.book_id)

-- name: ledger_entry_follows_head
-- Nothing is slipped in behind what is sealed, into another book, or outside an open commit.
-- at: ledger_entries_ask
EXISTS (
    SELECT 1 FROM written AS e LEFT JOIN ledger_head AS h ON h.book_id = e.book_id
    WHERE e.id >> 40 <> e.book_id OR e.id > h.last_entry IS NOT TRUE OR e.seal_id = h.pending_id IS NOT TRUE)

-- name: ledger_entry_in_open_period
-- An entry is dated in an open period of its fiscal year and stands in a journal of its book.
-- at: ledger_entries_ask
EXISTS (
    SELECT 1 FROM written AS e WHERE NOT EXISTS (
      SELECT 1 FROM ledger_journal AS j, ledger_fiscalyear AS f
        JOIN ledger_period AS p ON p.fiscal_year_id = f.id
      WHERE j.id = e.journal_id AND j.book_id = e.book_id AND f.id = e.fiscal_year_id AND f.book_id = e.book_id
        AND p.first <= e."on" AND p.last >= e."on" AND p.state = 'open'))

-- name: ledger_entry_number_has_no_gap
-- Numbers of a journal's fiscal year run 1, 2, 3 in the order of posting: a gap would be a missing entry.
-- at: ledger_entries_ask
EXISTS (
    SELECT 1 FROM written AS e
    WHERE e.number <> 1 AND NOT EXISTS (
      SELECT 1 FROM ledger_entry AS before WHERE before.journal_id = e.journal_id
        AND before.fiscal_year_id = e.fiscal_year_id AND before.number = e.number - 1
        AND before.id < e.id AND e.number > 1))

-- name: ledger_entry_reads_back
-- What is hashed is a text of one fact a line: no word of it may hold a line break, and its hash and words are whole.
-- at: ledger_entries_ask
EXISTS (
    SELECT 1 FROM written AS e
    WHERE length(e.leaf) <> 32 OR length(e.salt) IS DISTINCT FROM 16
      OR e.label = '' OR e.reference = '' OR e.kind = '' OR strpos(e.reference || e.kind, ' ') > 0
      OR e.reference || e.kind || e.document || e.document_sha256 || e.exchange ~ '[\n\r]')

-- name: ledger_entry_is_kept
-- What is posted stays as it is. Its words alone may go, all at once, after it was written down who erases them and why.
CREATE FUNCTION ledger_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.label = '' AND NEW.salt IS NULL AND OLD.salt IS NOT NULL
      AND EXISTS (SELECT 1 FROM ledger_labelerasure WHERE entry_id = OLD.id)
      AND to_jsonb(NEW) - 'label' - 'salt' = to_jsonb(OLD) - 'label' - 'salt' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'ledger: ledger_entry_is_kept' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_entry_is_kept BEFORE DELETE OR UPDATE ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_entry_is_kept();


-- Lines come after their entry, all lines of an entry in one statement -------------------------------------------------

-- point: ledger_postings_ask
CREATE FUNCTION ledger_postings_ask() RETURNS trigger LANGUAGE plpgsql
SET join_collapse_limit = 1 SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF {usual} THEN
    RETURN NULL;
  END IF;
{rules}
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_postings_ask AFTER INSERT ON ledger_posting
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_postings_ask();

-- usual: ledger_postings_ask
-- Nearly every entry is of one unit and no reversal: its lines, their accounts and their sum are looked at together.
(SELECT sum(p.lines) = (SELECT count(*) FROM written) AND bool_and(
        p.lines = e.postings AND p.first = e.first_posting AND p.last = e.first_posting + e.postings - 1
        AND p.first_on = e."on" AND p.last_on = e."on" AND p.total = 0 AND p.unit_id = p.last_unit_id
        AND p.book_id = e.book_id AND p.last_book_id = e.book_id AND p.first >> 40 = e.book_id
        AND p.last >> 40 = e.book_id AND e.reverses_id IS NULL
        AND e.id > h.last_entry AND p.first > h.last_posting AND h.pending_id IS NOT NULL)
    FROM (
      SELECT p.entry_id, count(*) AS lines, sum(p.minor) AS total, min(p.id) AS first, max(p.id) AS last,
        min(p."on") AS first_on, max(p."on") AS last_on, min(a.unit_id) AS unit_id, max(a.unit_id) AS last_unit_id,
        min(a.book_id) AS book_id, max(a.book_id) AS last_book_id
      FROM written AS p JOIN ledger_account AS a ON a.id = p.account_id
      WHERE NOT a.is_closed AND p.minor <> 0 AND p.minor BETWEEN -4611686018427387904 AND 4611686018427387904
        AND (p.convention || p.destination = '' OR p.convention || p.destination !~ '[\n ]')
      GROUP BY p.entry_id) AS p
      JOIN ledger_entry AS e ON e.id = p.entry_id
      JOIN ledger_head AS h ON h.book_id = e.book_id)

-- name: ledger_posting_follows_head
-- A sealed entry is complete: lines come within an open commit, after the last one.
-- at: ledger_postings_ask
EXISTS (
    SELECT 1 FROM written AS p LEFT JOIN ledger_head AS h ON h.book_id = p.id >> 40
    WHERE h.pending_id IS NULL OR p.id <= h.last_posting OR p.entry_id <= h.last_entry
      OR p.entry_id >> 40 <> p.id >> 40)

-- name: ledger_posting_fits_entry
-- The lines of an entry come together, fill its range and bear its date.
-- at: ledger_postings_ask
EXISTS (
    SELECT 1 FROM (
      SELECT entry_id, count(*) AS lines, min(id) AS first, max(id) AS last, min("on") AS first_on, max("on") AS last_on
      FROM written GROUP BY entry_id) AS p
      LEFT JOIN ledger_entry AS e ON e.id = p.entry_id
    WHERE e.id IS NULL OR p.lines <> e.postings OR p.first <> e.first_posting
      OR p.last <> e.first_posting + e.postings - 1 OR p.first_on <> e."on" OR p.last_on <> e."on")

-- name: ledger_posting_has_amount
-- A posting is never zero and within ±2^62, so no sum of two leaves 64 bits.
-- at: ledger_postings_ask
EXISTS (
    SELECT 1 FROM written
    WHERE minor = 0 OR minor < -4611686018427387904 OR minor > 4611686018427387904)

-- name: ledger_posting_has_account
-- A posting moves an open account of its own book.
-- at: ledger_postings_ask
EXISTS (
    SELECT 1 FROM written AS p LEFT JOIN ledger_account AS a ON a.id = p.account_id
    WHERE a.id IS NULL OR a.book_id <> p.id >> 40 OR a.is_closed)

-- name: ledger_entry_balances
-- Debit and credit agree in every unit of every entry; the unit is the account's, so units never mix.
-- at: ledger_postings_ask
EXISTS (
    SELECT 1 FROM written AS p JOIN ledger_account AS a ON a.id = p.account_id
    GROUP BY p.entry_id, a.unit_id HAVING sum(p.minor) <> 0)

-- name: ledger_posting_reads_back
-- The dimensions of a line stand in the hashed text behind its amount: each is one word.
-- at: ledger_postings_ask
EXISTS (SELECT 1 FROM written WHERE convention || destination ~ '[\n ]')

-- name: ledger_reversal_is_exact
-- A reversal turns every line of an earlier entry of its book, in order, and a reversal is not reversed.
-- at: ledger_postings_ask
EXISTS (
    SELECT 1 FROM written AS x
      JOIN ledger_entry AS e ON e.id = x.entry_id
      LEFT JOIN ledger_entry AS o ON o.id = e.reverses_id
      LEFT JOIN ledger_posting AS y ON y.id = o.first_posting + (x.id - e.first_posting)
    WHERE e.reverses_id IS NOT NULL
      AND (o.id IS NULL OR o.id >= e.id OR o.book_id <> e.book_id OR o.reverses_id IS NOT NULL
           OR o.postings <> e.postings
           OR (y.account_id, -y.minor, y.convention, y.destination, y.public_generosity)
             IS DISTINCT FROM (x.account_id, x.minor, x.convention, x.destination, x.public_generosity)))


-- The seal closes what was opened and counts it ------------------------------------------------------------------------

-- point: ledger_seal_asks
CREATE FUNCTION ledger_seal_asks() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF {usual} THEN
    RETURN NULL;
  END IF;
{rules}
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_seal_asks AFTER INSERT ON ledger_seal
  FOR EACH ROW EXECUTE FUNCTION ledger_seal_asks();

-- usual: ledger_seal_asks
-- The three rules below in one question.
EXISTS (SELECT 1 FROM ledger_head AS h
    WHERE h.book_id = NEW.book_id AND NEW.id = h.last_seal + 1 AND NEW.id = h.pending_id AND NEW.previous = h.hash
      AND NEW.first_entry = h.last_entry + 1 AND NEW.first_posting = h.last_posting + 1 AND length(NEW.hash) = 32
      AND (SELECT count(*) = NEW.entries AND max(id) = NEW.first_entry + NEW.entries - 1 AND min(postings) >= 2
             AND sum(postings) = NEW.postings AND min(first_posting) = NEW.first_posting
             AND max(first_posting + postings) = NEW.first_posting + NEW.postings
           FROM ledger_entry WHERE id BETWEEN NEW.first_entry AND ((NEW.book_id::bigint + 1) << 40) - 1)
      AND (SELECT count(*) = NEW.postings AND max(id) = NEW.first_posting + NEW.postings - 1
           FROM ledger_posting WHERE id BETWEEN NEW.first_posting AND ((NEW.book_id::bigint + 1) << 40) - 1))

-- name: ledger_seal_extends_chain
-- A seal is the one that is owed: it follows the last one, with the next numbers and the hash that stood at the head.
-- at: ledger_seal_asks
NEW.id >> 40 <> NEW.book_id OR length(NEW.hash) <> 32 OR NEW.entries < 1 OR NEW.postings < 2
    OR NOT EXISTS (SELECT 1 FROM ledger_head WHERE book_id = NEW.book_id AND NEW.id = last_seal + 1
                   AND NEW.id = pending_id AND NEW.first_entry = last_entry + 1
                   AND NEW.first_posting = last_posting + 1 AND NEW.previous = hash)

-- name: ledger_seal_counts_entries
-- The entries of a seal stand without a gap, all of them and no others, each of two lines at least.
-- at: ledger_seal_asks
(SELECT ROW(count(*), min(e.first_posting), sum(e.postings), max(e.first_posting + e.postings), max(e.id))
      IS DISTINCT FROM
      ROW(NEW.entries, NEW.first_posting, NEW.postings, NEW.first_posting + NEW.postings,
          NEW.first_entry + NEW.entries - 1)
    FROM ledger_entry AS e
    WHERE e.id BETWEEN NEW.first_entry AND ((NEW.book_id::bigint + 1) << 40) - 1 AND e.postings >= 2)

-- name: ledger_seal_counts_postings
-- The postings of a seal stand without a gap, all of them and no others.
-- at: ledger_seal_asks
(SELECT ROW(count(*), max(id)) IS DISTINCT FROM ROW(NEW.postings, NEW.first_posting + NEW.postings - 1)
    FROM ledger_posting WHERE id BETWEEN NEW.first_posting AND ((NEW.book_id::bigint + 1) << 40) - 1)

-- name: ledger_seal_moves_books
-- Balances follow the postings and nothing else: closing the commit adds what it wrote to each account. Then the head
-- stands where the seal ends, and the commit is no longer open.
CREATE FUNCTION ledger_seal_moves_books() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  UPDATE ledger_balance AS b SET debit = b.debit + moved.debits, credit = b.credit + moved.credits,
      count = b.count + moved.lines, last_seal = NEW.id
    FROM (SELECT account_id, sum(greatest(minor, 0)) AS debits, -sum(least(minor, 0)) AS credits, count(*) AS lines
          FROM ledger_posting WHERE id BETWEEN NEW.first_posting AND NEW.first_posting + NEW.postings - 1
          GROUP BY account_id) AS moved
    WHERE b.account_id = moved.account_id;
  UPDATE ledger_head SET last_seal = NEW.id, last_entry = NEW.first_entry + NEW.entries - 1,
      last_posting = NEW.first_posting + NEW.postings - 1, hash = NEW.hash, pending_id = NULL
    WHERE book_id = NEW.book_id;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_seal_moves_books AFTER INSERT ON ledger_seal
  FOR EACH ROW EXECUTE FUNCTION ledger_seal_moves_books();
