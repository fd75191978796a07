-- The ledger's own rules for SQLite (3.33 or later). Each section is a rule: its name, the reason that an auditor
-- would ask for, its triggers. `-- tables:` repeats the triggers of a section for each table, written {table}.
-- `id >> 40` is the book of an identifier; see ledger/models.py.


-- Entries and postings are written after the head --------------------------------------------------------------------

-- name: ledger_entry_follows_head
-- Nothing is slipped in behind what is sealed, into another book, or over an entry of the same name or number; and
-- nothing begins where foreign_keys is off, for then a commit could end without its seal.
CREATE TRIGGER ledger_entry_follows_head BEFORE INSERT ON ledger_entry
  WHEN NEW.id >> 40 <> NEW.book_id
    OR NOT EXISTS (SELECT 1 FROM ledger_head
                   WHERE book_id = NEW.book_id AND NEW.id > last_entry AND NEW.seal_id = last_seal + 1)
    OR EXISTS (SELECT 1 FROM ledger_entry WHERE book_id = NEW.book_id AND reference = NEW.reference)
    OR EXISTS (SELECT 1 FROM ledger_entry WHERE journal_id = NEW.journal_id
               AND fiscal_year_id = NEW.fiscal_year_id AND number = NEW.number)
    OR (NEW.reverses_id IS NOT NULL AND EXISTS (SELECT 1 FROM ledger_entry WHERE reverses_id = NEW.reverses_id))
    OR (NOT EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.id - 1 AND seal_id = NEW.seal_id)
        AND (SELECT foreign_keys FROM pragma_foreign_keys) = 0)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_entry_follows_head');
END;

-- name: ledger_posting_follows_head
-- A sealed entry is complete: no line is added to it, and no line comes without an entry that has room for it.
CREATE TRIGGER ledger_posting_follows_head BEFORE INSERT ON ledger_posting
  WHEN NOT EXISTS (SELECT 1 FROM ledger_entry AS e CROSS JOIN ledger_head AS h ON h.book_id = e.book_id
                   WHERE e.id = NEW.entry_id AND e.id > h.last_entry AND NEW.id > h.last_posting
                     AND NEW.id >= e.first_posting AND NEW.id < e.first_posting + e.postings)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_posting_follows_head');
END;

-- name: ledger_label_follows_head
-- The words come with the entry, not later.
CREATE TRIGGER ledger_label_follows_head BEFORE INSERT ON ledger_entrylabel
  WHEN NOT EXISTS (SELECT 1 FROM ledger_entry AS e CROSS JOIN ledger_head AS h ON h.book_id = e.book_id
                   WHERE e.id = NEW.entry_id AND e.id > h.last_entry)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_label_follows_head');
END;

-- name: ledger_label_is_kept
-- The words stay as they are; they go only after it was written down who erases them and why.
CREATE TRIGGER ledger_label_is_kept_update BEFORE UPDATE ON ledger_entrylabel BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_label_is_kept');
END;
CREATE TRIGGER ledger_label_is_kept_delete BEFORE DELETE ON ledger_entrylabel
  WHEN NOT EXISTS (SELECT 1 FROM ledger_labelerasure WHERE entry_id = OLD.entry_id)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_label_is_kept');
END;


-- The seal: what must be true of a commit is checked once, when it is closed, over all its rows ----------------------

-- name: ledger_seal_extends_chain
-- A seal follows the last one: next numbers, and the hash that stood at the head.
CREATE TRIGGER ledger_seal_extends_chain BEFORE INSERT ON ledger_seal
  WHEN NEW.id >> 40 <> NEW.book_id OR length(NEW.hash) <> 32 OR NEW.entries < 1 OR NEW.postings < 2
    OR NOT EXISTS (SELECT 1 FROM ledger_head WHERE book_id = NEW.book_id AND NEW.id = last_seal + 1
                   AND NEW.first_entry = last_entry + 1 AND NEW.first_posting = last_posting + 1
                   AND NEW.previous = hash)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_seal_extends_chain');
END;

-- name: ledger_seal_counts_entries
-- The entries of a seal stand without a gap, all of them and no others, each of two lines at least with its words.
CREATE TRIGGER ledger_seal_counts_entries AFTER INSERT ON ledger_seal
  WHEN (NEW.entries, NEW.first_posting, NEW.postings, NEW.first_posting + NEW.postings, NEW.entries) IS NOT (
      SELECT count(*), min(e.first_posting), sum(e.postings), max(e.first_posting + e.postings), count(w.entry_id)
      FROM ledger_entry AS e NOT INDEXED LEFT JOIN ledger_entrylabel AS w ON w.entry_id = e.id
      WHERE e.id >= NEW.first_entry AND e.id < NEW.first_entry + NEW.entries
        AND e.seal_id = NEW.id AND e.book_id = NEW.book_id AND e.postings >= 2)
    OR EXISTS (SELECT 1 FROM ledger_entry
               WHERE id >= NEW.first_entry + NEW.entries AND id < (NEW.book_id + 1) << 40)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_seal_counts_entries');
END;

-- name: ledger_seal_counts_postings
-- The postings of a seal stand without a gap, each inside the range and on the date of its own entry.
CREATE TRIGGER ledger_seal_counts_postings AFTER INSERT ON ledger_seal
  WHEN NEW.postings IS NOT (
      SELECT count(*) FROM ledger_posting AS p NOT INDEXED CROSS JOIN ledger_entry AS e ON e.id = p.entry_id
      WHERE p.id >= NEW.first_posting AND p.id < NEW.first_posting + NEW.postings AND e.seal_id = NEW.id
        AND p.id >= e.first_posting AND p.id < e.first_posting + e.postings AND p."on" = e."on")
    OR EXISTS (SELECT 1 FROM ledger_posting
               WHERE id >= NEW.first_posting + NEW.postings AND id < (NEW.book_id + 1) << 40)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_seal_counts_postings');
END;

-- name: ledger_posting_has_amount
-- A posting is a whole number of minor units, never zero and within ±2^62, so no sum of two leaves 64 bits.
CREATE TRIGGER ledger_posting_has_amount AFTER INSERT ON ledger_seal
  WHEN EXISTS (
      SELECT 1 FROM ledger_posting NOT INDEXED
      WHERE id >= NEW.first_posting AND id < NEW.first_posting + NEW.postings
        AND (typeof(minor) <> 'integer' OR minor = 0
             OR minor < -4611686018427387904 OR minor > 4611686018427387904))
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_posting_has_amount');
END;

-- name: ledger_posting_has_account
-- A posting moves an open account of its own book.
CREATE TRIGGER ledger_posting_has_account AFTER INSERT ON ledger_seal
  WHEN NEW.postings IS NOT (
      SELECT count(*) FROM ledger_posting AS p NOT INDEXED CROSS JOIN ledger_account AS a ON a.id = p.account_id
        CROSS JOIN ledger_balance AS b ON b.account_id = a.id
      WHERE p.id >= NEW.first_posting AND p.id < NEW.first_posting + NEW.postings
        AND a.book_id = NEW.book_id AND a.is_closed = 0)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_posting_has_account');
END;

-- name: ledger_entry_balances
-- Debit and credit agree in every unit of every entry; the unit is the account's, so units never mix.
CREATE TRIGGER ledger_entry_balances AFTER INSERT ON ledger_seal
  WHEN EXISTS (
      SELECT 1 FROM ledger_posting AS p NOT INDEXED CROSS JOIN ledger_account AS a ON a.id = p.account_id
      WHERE p.id >= NEW.first_posting AND p.id < NEW.first_posting + NEW.postings
      GROUP BY p.entry_id, a.unit_id HAVING sum(p.minor) <> 0)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_entry_balances');
END;

-- name: ledger_entry_in_open_period
-- An entry is dated in an open period of its fiscal year and stands in a journal of its book.
CREATE TRIGGER ledger_entry_in_open_period AFTER INSERT ON ledger_seal
  WHEN NEW.entries IS NOT (
      SELECT count(*) FROM ledger_entry AS e NOT INDEXED
        CROSS JOIN ledger_journal AS j ON j.id = e.journal_id
        CROSS JOIN ledger_fiscalyear AS f ON f.id = e.fiscal_year_id
        CROSS JOIN ledger_period AS p
          ON p.fiscal_year_id = f.id AND p.first <= e."on" AND p.last >= e."on" AND p.state = 'open'
      WHERE e.id >= NEW.first_entry AND e.id < NEW.first_entry + NEW.entries
        AND j.book_id = NEW.book_id AND f.book_id = NEW.book_id
        AND e."on" = date(e."on") AND e.validated_on = date(e.validated_on))
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_entry_in_open_period');
END;

-- name: ledger_entry_number_has_no_gap
-- Numbers of a journal's fiscal year run 1, 2, 3 in the order of posting: a gap would be a missing entry.
CREATE TRIGGER ledger_entry_number_has_no_gap AFTER INSERT ON ledger_seal
  WHEN EXISTS (
      SELECT 1 FROM ledger_entry AS e NOT INDEXED
      WHERE e.id >= NEW.first_entry AND e.id < NEW.first_entry + NEW.entries AND e.number <> 1
        AND NOT EXISTS (SELECT 1 FROM ledger_entry AS before WHERE before.journal_id = e.journal_id
                        AND before.fiscal_year_id = e.fiscal_year_id AND before.number = e.number - 1
                        AND before.id < e.id AND e.number > 1))
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_entry_number_has_no_gap');
END;

-- name: ledger_entry_reads_back
-- What is hashed is a text of one fact a line: no word of it may hold a line break, and its hashes are whole.
CREATE TRIGGER ledger_entry_reads_back AFTER INSERT ON ledger_seal
  WHEN EXISTS (
      SELECT 1 FROM ledger_entry AS e NOT INDEXED
      WHERE e.id >= NEW.first_entry AND e.id < NEW.first_entry + NEW.entries
        AND (length(e.leaf) <> 32 OR length(e.label_hash) <> 32 OR e.reference = '' OR e.kind = ''
             OR instr(e.reference || e.kind || e.document || e.document_sha256 || e.exchange, char(10))
             OR instr(e.reference || e.kind || e.document || e.document_sha256 || e.exchange, char(13))
             OR instr(e.reference || e.kind, ' ')))
    OR EXISTS (
      SELECT 1 FROM ledger_posting NOT INDEXED
      WHERE id >= NEW.first_posting AND id < NEW.first_posting + NEW.postings
        AND (instr(convention || destination, char(10)) OR instr(convention || destination, ' ')))
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_entry_reads_back');
END;

-- name: ledger_reversal_is_exact
-- A reversal turns every line of an earlier entry of its book, in order, and a reversal is not reversed.
CREATE TRIGGER ledger_reversal_is_exact AFTER INSERT ON ledger_seal
  WHEN EXISTS (
      SELECT 1 FROM ledger_entry AS e NOT INDEXED LEFT JOIN ledger_entry AS o ON o.id = e.reverses_id
      WHERE e.id >= NEW.first_entry AND e.id < NEW.first_entry + NEW.entries AND e.reverses_id IS NOT NULL
        AND (o.id IS NULL OR o.id >= e.id OR o.book_id <> e.book_id OR o.reverses_id IS NOT NULL
             OR o.postings <> e.postings OR EXISTS (
               SELECT 1 FROM ledger_posting AS x
                 LEFT JOIN ledger_posting AS y ON y.id = o.first_posting + (x.id - e.first_posting)
               WHERE x.id >= e.first_posting AND x.id < e.first_posting + e.postings
                 AND (y.account_id, -y.minor, y.convention, y.destination, y.public_generosity)
                   IS NOT (x.account_id, x.minor, x.convention, x.destination, x.public_generosity))))
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_reversal_is_exact');
END;

-- name: ledger_seal_moves_balances
-- Balances follow the postings and nothing else: closing the commit adds what it wrote to each account.
CREATE TRIGGER ledger_seal_moves_balances AFTER INSERT ON ledger_seal BEGIN
  UPDATE ledger_balance SET debit = debit + moved.debits, credit = credit + moved.credits,
      "count" = "count" + moved.lines, last_seal = NEW.id
    FROM (SELECT account_id, sum(max(minor, 0)) AS debits, -sum(min(minor, 0)) AS credits, count(*) AS lines
          FROM ledger_posting NOT INDEXED
          WHERE id >= NEW.first_posting AND id < NEW.first_posting + NEW.postings GROUP BY account_id) AS moved
    WHERE ledger_balance.account_id = moved.account_id;
END;

-- name: ledger_seal_moves_head
-- The head of the book is where its last seal ends.
CREATE TRIGGER ledger_seal_moves_head AFTER INSERT ON ledger_seal BEGIN
  UPDATE ledger_head SET last_seal = NEW.id, last_entry = NEW.first_entry + NEW.entries - 1,
      last_posting = NEW.first_posting + NEW.postings - 1, hash = NEW.hash WHERE book_id = NEW.book_id;
END;
