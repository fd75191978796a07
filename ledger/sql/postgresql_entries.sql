-- The ledger's own rules for PostgreSQL (13 or later). Each section is a rule: its name, the reason that an auditor
-- would ask for, its function and triggers. `-- tables:` repeats the triggers of a section for each table, written
-- {table}. `id >> 40` is the book of an identifier; see ledger/models.py. All triggers are enabled ALWAYS, so a session
-- that calls itself a replica does not walk around them.
--
-- A kept plan guesses that a range of identifiers is a share of the table and would read all of it for each seal; the
-- functions below therefore walk by index alone, and `+ 0` keeps them from any index but the identifiers' own.


-- Entries and postings are written after the head ---------------------------------------------------------------------

-- name: ledger_entry_follows_head
-- Nothing is slipped in behind what is sealed or into another book. The head stays locked to the end of the
-- transaction: no rival seal and no lock of a period comes between.
CREATE FUNCTION ledger_entry_follows_head() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  PERFORM 1 FROM ledger_head WHERE book_id IN (SELECT book_id FROM written) ORDER BY book_id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT 1 FROM written AS e LEFT JOIN ledger_head AS h ON h.book_id = e.book_id
    WHERE h.book_id IS NULL OR e.id >> 40 <> e.book_id OR e.id <= h.last_entry OR e.seal_id <> h.last_seal + 1) THEN
    RAISE EXCEPTION 'ledger: ledger_entry_follows_head' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_follows_head AFTER INSERT ON ledger_entry
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_follows_head();

-- name: ledger_posting_follows_head
-- A sealed entry is complete: no line is added to it, and no line comes without an entry that has room for it.
CREATE FUNCTION ledger_posting_follows_head() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM written AS p LEFT JOIN ledger_entry AS e ON e.id = p.entry_id
      LEFT JOIN ledger_head AS h ON h.book_id = e.book_id
    WHERE h.book_id IS NULL OR e.id <= h.last_entry OR p.id <= h.last_posting
      OR p.id < e.first_posting OR p.id >= e.first_posting + e.postings) THEN
    RAISE EXCEPTION 'ledger: ledger_posting_follows_head' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_posting_follows_head AFTER INSERT ON ledger_posting
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_posting_follows_head();

-- name: ledger_label_follows_head
-- The words come with the entry, not later.
CREATE FUNCTION ledger_label_follows_head() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM written AS w LEFT JOIN ledger_entry AS e ON e.id = w.entry_id
      LEFT JOIN ledger_head AS h ON h.book_id = e.book_id
    WHERE h.book_id IS NULL OR e.id <= h.last_entry) THEN
    RAISE EXCEPTION 'ledger: ledger_label_follows_head' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_label_follows_head AFTER INSERT ON ledger_entrylabel
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_label_follows_head();

-- name: ledger_label_is_kept
-- The words stay as they are; they go only after it was written down who erases them and why.
CREATE FUNCTION ledger_label_is_kept() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR NOT EXISTS (SELECT 1 FROM ledger_labelerasure WHERE entry_id = OLD.entry_id) THEN
    RAISE EXCEPTION 'ledger: ledger_label_is_kept' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER ledger_label_is_kept BEFORE DELETE OR UPDATE ON ledger_entrylabel
  FOR EACH ROW EXECUTE FUNCTION ledger_label_is_kept();


-- The seal: what must be true of a commit is checked once, when it is closed, over all its rows -----------------------

-- name: ledger_seal_extends_chain
-- A seal follows the last one: next numbers, and the hash that stood at the head.
CREATE FUNCTION ledger_seal_extends_chain() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  PERFORM 1 FROM ledger_head WHERE book_id = NEW.book_id FOR NO KEY UPDATE;
  IF NEW.id >> 40 <> NEW.book_id OR length(NEW.hash) <> 32 OR NEW.entries < 1 OR NEW.postings < 2
    OR NOT EXISTS (SELECT 1 FROM ledger_head WHERE book_id = NEW.book_id AND NEW.id = last_seal + 1
                   AND NEW.first_entry = last_entry + 1 AND NEW.first_posting = last_posting + 1
                   AND NEW.previous = hash) THEN
    RAISE EXCEPTION 'ledger: ledger_seal_extends_chain' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_seal_extends_chain BEFORE INSERT ON ledger_seal
  FOR EACH ROW EXECUTE FUNCTION ledger_seal_extends_chain();

-- name: ledger_seal_counts_entries
-- The entries of a seal stand without a gap, all of them and no others, each of two lines at least with its words.
CREATE FUNCTION ledger_seal_counts_entries() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF (SELECT ROW(count(*), min(e.first_posting), sum(e.postings), max(e.first_posting + e.postings), count(w.entry_id))
        IS DISTINCT FROM
        ROW(NEW.entries, NEW.first_posting, NEW.postings, NEW.first_posting + NEW.postings, NEW.entries)
      FROM ledger_entry AS e LEFT JOIN ledger_entrylabel AS w ON w.entry_id = e.id
      WHERE e.id BETWEEN NEW.first_entry AND NEW.first_entry + NEW.entries - 1
        AND e.seal_id + 0 = NEW.id AND e.book_id + 0 = NEW.book_id AND e.postings >= 2)
    OR EXISTS (SELECT 1 FROM ledger_entry
               WHERE id BETWEEN NEW.first_entry + NEW.entries AND ((NEW.book_id::bigint + 1) << 40) - 1) THEN
    RAISE EXCEPTION 'ledger: ledger_seal_counts_entries' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_seal_counts_entries AFTER INSERT ON ledger_seal
  FOR EACH ROW EXECUTE FUNCTION ledger_seal_counts_entries();

-- name: ledger_seal_counts_postings
-- The postings of a seal stand without a gap, each inside the range and on the date of its own entry.
CREATE FUNCTION ledger_seal_counts_postings() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF NEW.postings IS DISTINCT FROM (
      SELECT count(*) FROM ledger_posting AS p JOIN ledger_entry AS e ON e.id = p.entry_id
      WHERE p.id BETWEEN NEW.first_posting AND NEW.first_posting + NEW.postings - 1 AND e.seal_id + 0 = NEW.id
        AND p.id >= e.first_posting AND p.id < e.first_posting + e.postings AND p."on" = e."on")
    OR EXISTS (SELECT 1 FROM ledger_posting
               WHERE id BETWEEN NEW.first_posting + NEW.postings AND ((NEW.book_id::bigint + 1) << 40) - 1) THEN
    RAISE EXCEPTION 'ledger: ledger_seal_counts_postings' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_seal_counts_postings AFTER INSERT ON ledger_seal
  FOR EACH ROW EXECUTE FUNCTION ledger_seal_counts_postings();

-- name: ledger_posting_has_amount
-- A posting is never zero and within ±2^62, so no sum of two leaves 64 bits.
CREATE FUNCTION ledger_posting_has_amount() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF EXISTS (
      SELECT 1 FROM ledger_posting
      WHERE id BETWEEN NEW.first_posting AND NEW.first_posting + NEW.postings - 1
        AND (minor = 0 OR minor < -4611686018427387904 OR minor > 4611686018427387904)) THEN
    RAISE EXCEPTION 'ledger: ledger_posting_has_amount' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_posting_has_amount AFTER INSERT ON ledger_seal
  FOR EACH ROW EXECUTE FUNCTION ledger_posting_has_amount();

-- name: ledger_posting_has_account
-- A posting moves an open account of its own book.
CREATE FUNCTION ledger_posting_has_account() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF NEW.postings IS DISTINCT FROM (
      SELECT count(*) FROM ledger_posting AS p JOIN ledger_account AS a ON a.id = p.account_id + 0
        JOIN ledger_balance AS b ON b.account_id = a.id
      WHERE p.id BETWEEN NEW.first_posting AND NEW.first_posting + NEW.postings - 1
        AND a.book_id + 0 = NEW.book_id AND NOT a.is_closed) THEN
    RAISE EXCEPTION 'ledger: ledger_posting_has_account' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_posting_has_account AFTER INSERT ON ledger_seal
  FOR EACH ROW EXECUTE FUNCTION ledger_posting_has_account();

-- name: ledger_entry_balances
-- Debit and credit agree in every unit of every entry; the unit is the account's, so units never mix.
CREATE FUNCTION ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF EXISTS (
      SELECT 1 FROM ledger_posting AS p JOIN ledger_account AS a ON a.id = p.account_id
      WHERE p.id BETWEEN NEW.first_posting AND NEW.first_posting + NEW.postings - 1
      GROUP BY p.entry_id, a.unit_id HAVING sum(p.minor) <> 0) THEN
    RAISE EXCEPTION 'ledger: ledger_entry_balances' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_balances AFTER INSERT ON ledger_seal
  FOR EACH ROW EXECUTE FUNCTION ledger_entry_balances();

-- name: ledger_entry_in_open_period
-- An entry is dated in an open period of its fiscal year and stands in a journal of its book.
CREATE FUNCTION ledger_entry_in_open_period() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF NEW.entries IS DISTINCT FROM (
      SELECT count(*) FROM ledger_entry AS e
        JOIN ledger_journal AS j ON j.id = e.journal_id + 0
        JOIN ledger_fiscalyear AS f ON f.id = e.fiscal_year_id + 0
        JOIN ledger_period AS p
          ON p.fiscal_year_id = f.id AND p.first <= e."on" AND p.last >= e."on" AND p.state = 'open'
      WHERE e.id BETWEEN NEW.first_entry AND NEW.first_entry + NEW.entries - 1
        AND j.book_id = NEW.book_id AND f.book_id = NEW.book_id) THEN
    RAISE EXCEPTION 'ledger: ledger_entry_in_open_period' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_in_open_period AFTER INSERT ON ledger_seal
  FOR EACH ROW EXECUTE FUNCTION ledger_entry_in_open_period();

-- name: ledger_entry_number_has_no_gap
-- Numbers of a journal's fiscal year run 1, 2, 3 in the order of posting: a gap would be a missing entry.
CREATE FUNCTION ledger_entry_number_has_no_gap() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF EXISTS (
      SELECT 1 FROM ledger_entry AS e
      WHERE e.id BETWEEN NEW.first_entry AND NEW.first_entry + NEW.entries - 1 AND e.number <> 1
        AND NOT EXISTS (SELECT 1 FROM ledger_entry AS before WHERE before.journal_id = e.journal_id
                        AND before.fiscal_year_id = e.fiscal_year_id AND before.number = e.number - 1
                        AND before.id < e.id AND e.number > 1)) THEN
    RAISE EXCEPTION 'ledger: ledger_entry_number_has_no_gap' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_number_has_no_gap AFTER INSERT ON ledger_seal
  FOR EACH ROW EXECUTE FUNCTION ledger_entry_number_has_no_gap();

-- name: ledger_entry_reads_back
-- What is hashed is a text of one fact a line: no word of it may hold a line break, and its hashes are whole.
CREATE FUNCTION ledger_entry_reads_back() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF EXISTS (
      SELECT 1 FROM ledger_entry AS e
      WHERE e.id BETWEEN NEW.first_entry AND NEW.first_entry + NEW.entries - 1
        AND (length(e.leaf) <> 32 OR length(e.label_hash) <> 32 OR e.reference = '' OR e.kind = ''
             OR e.reference || e.kind || e.document || e.document_sha256 || e.exchange ~ '[\n\r]'
             OR strpos(e.reference || e.kind, ' ') > 0))
    OR EXISTS (
      SELECT 1 FROM ledger_posting
      WHERE id BETWEEN NEW.first_posting AND NEW.first_posting + NEW.postings - 1
        AND convention || destination ~ '[\n ]') THEN
    RAISE EXCEPTION 'ledger: ledger_entry_reads_back' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_reads_back AFTER INSERT ON ledger_seal
  FOR EACH ROW EXECUTE FUNCTION ledger_entry_reads_back();

-- name: ledger_reversal_is_exact
-- A reversal turns every line of an earlier entry of its book, in order, and a reversal is not reversed.
CREATE FUNCTION ledger_reversal_is_exact() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF EXISTS (
      SELECT 1 FROM ledger_entry AS e LEFT JOIN ledger_entry AS o ON o.id = e.reverses_id
      WHERE e.id BETWEEN NEW.first_entry AND NEW.first_entry + NEW.entries - 1 AND e.reverses_id IS NOT NULL
        AND (o.id IS NULL OR o.id >= e.id OR o.book_id <> e.book_id OR o.reverses_id IS NOT NULL
             OR o.postings <> e.postings OR EXISTS (
               SELECT 1 FROM ledger_posting AS x
                 LEFT JOIN ledger_posting AS y ON y.id = o.first_posting + (x.id - e.first_posting)
               WHERE x.id BETWEEN e.first_posting AND e.first_posting + e.postings - 1
                 AND (y.account_id, -y.minor, y.convention, y.destination, y.public_generosity)
                   IS DISTINCT FROM (x.account_id, x.minor, x.convention, x.destination, x.public_generosity)))) THEN
    RAISE EXCEPTION 'ledger: ledger_reversal_is_exact' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_reversal_is_exact AFTER INSERT ON ledger_seal
  FOR EACH ROW EXECUTE FUNCTION ledger_reversal_is_exact();

-- name: ledger_seal_moves_balances
-- Balances follow the postings and nothing else: closing the commit adds what it wrote to each account.
CREATE FUNCTION ledger_seal_moves_balances() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  UPDATE ledger_balance AS b SET debit = b.debit + moved.debits, credit = b.credit + moved.credits,
      count = b.count + moved.lines, last_seal = NEW.id
    FROM (SELECT account_id, sum(greatest(minor, 0)) AS debits, -sum(least(minor, 0)) AS credits, count(*) AS lines
          FROM ledger_posting WHERE id BETWEEN NEW.first_posting AND NEW.first_posting + NEW.postings - 1
          GROUP BY account_id) AS moved
    WHERE b.account_id = moved.account_id;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_seal_moves_balances AFTER INSERT ON ledger_seal
  FOR EACH ROW EXECUTE FUNCTION ledger_seal_moves_balances();

-- name: ledger_seal_moves_head
-- The head of the book is where its last seal ends.
CREATE FUNCTION ledger_seal_moves_head() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  UPDATE ledger_head SET last_seal = NEW.id, last_entry = NEW.first_entry + NEW.entries - 1,
      last_posting = NEW.first_posting + NEW.postings - 1, hash = NEW.hash WHERE book_id = NEW.book_id;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_seal_moves_head AFTER INSERT ON ledger_seal
  FOR EACH ROW EXECUTE FUNCTION ledger_seal_moves_head();
