-- The ledger's own rules for SQLite (3.33 or later). Each section is a rule: its name, the reason that an auditor
-- would ask for, its triggers. `id >> 40` is the book of an identifier; see ledger/models.py.
--
-- A rule `at:` a point is a condition that must not hold there; the point's trigger asks all its rules in turn, unless
-- its `usual:` condition answers them together. See ledger/guards.py.


-- A commit is opened at the head, written after it, and closed by a seal -----------------------------------------------

-- name: ledger_commit_is_owed
-- To open a commit is to owe its seal: the head names it, and the database ends no transaction while it is missing.
-- That holds by a foreign key, so nothing is opened where foreign keys are off; they cannot be switched off later.
CREATE TRIGGER ledger_commit_is_owed BEFORE UPDATE OF pending_id ON ledger_head
  WHEN NEW.pending_id IS NOT NULL AND (SELECT foreign_keys FROM pragma_foreign_keys) = 0
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_commit_is_owed');
END;

-- name: ledger_entry_follows_head
-- Nothing is slipped in behind what is sealed, into another book, outside an open commit, or over an entry of the
-- same name or number.
CREATE TRIGGER ledger_entry_follows_head BEFORE INSERT ON ledger_entry
  WHEN NEW.id >> 40 <> NEW.book_id
    OR NOT EXISTS (SELECT 1 FROM ledger_head
                   WHERE book_id = NEW.book_id AND NEW.id > last_entry AND NEW.seal_id = pending_id)
    OR EXISTS (SELECT 1 FROM ledger_entry WHERE book_id = NEW.book_id AND reference = NEW.reference)
    OR EXISTS (SELECT 1 FROM ledger_entry WHERE journal_id = NEW.journal_id
               AND fiscal_year_id = NEW.fiscal_year_id AND number = NEW.number)
    OR (NEW.reverses_id IS NOT NULL AND EXISTS (SELECT 1 FROM ledger_entry WHERE reverses_id = NEW.reverses_id))
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_entry_follows_head');
END;

-- name: ledger_posting_follows_head
-- A sealed entry is complete: lines come within an open commit, after the last one, and the seal asks whose they are.
CREATE TRIGGER ledger_posting_follows_head BEFORE INSERT ON ledger_posting
  WHEN NOT EXISTS (SELECT 1 FROM ledger_head
                   WHERE book_id = NEW.id >> 40 AND NEW.id > last_posting AND pending_id IS NOT NULL)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_posting_follows_head');
END;

-- name: ledger_entry_is_kept
-- What is posted stays as it is. Its words alone may go, all at once, after it was written down who erases them and why.
CREATE TRIGGER ledger_entry_is_kept_update BEFORE UPDATE ON ledger_entry
  WHEN NEW.label <> '' OR NEW.salt IS NOT NULL OR OLD.salt IS NULL
    OR NOT EXISTS (SELECT 1 FROM ledger_labelerasure WHERE entry_id = OLD.id)
    OR (NEW.id, NEW.book_id, NEW.seal_id, NEW.journal_id, NEW.fiscal_year_id, NEW.number, NEW."on", NEW.validated_on,
        NEW.kind, NEW.reference, NEW.document, NEW.document_on, NEW.document_sha256, NEW.exchange, NEW.reverses_id,
        NEW.first_posting, NEW.postings, NEW.leaf)
      IS NOT (OLD.id, OLD.book_id, OLD.seal_id, OLD.journal_id, OLD.fiscal_year_id, OLD.number, OLD."on",
        OLD.validated_on, OLD.kind, OLD.reference, OLD.document, OLD.document_on, OLD.document_sha256, OLD.exchange,
        OLD.reverses_id, OLD.first_posting, OLD.postings, OLD.leaf)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_entry_is_kept');
END;
CREATE TRIGGER ledger_entry_is_kept_delete BEFORE DELETE ON ledger_entry BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_entry_is_kept');
END;

-- name: ledger_seal_extends_chain
-- A seal is the one that is owed: it follows the last one, with the next numbers and the hash that stood at the head.
CREATE TRIGGER ledger_seal_extends_chain BEFORE INSERT ON ledger_seal
  WHEN NEW.id >> 40 <> NEW.book_id OR length(NEW.hash) <> 32 OR NEW.entries < 1 OR NEW.postings < 2
    OR NOT EXISTS (SELECT 1 FROM ledger_head WHERE book_id = NEW.book_id AND NEW.id = last_seal + 1
                   AND NEW.id = pending_id AND NEW.first_entry = last_entry + 1
                   AND NEW.first_posting = last_posting + 1 AND NEW.previous = hash)
BEGIN
  SELECT RAISE(ABORT, 'ledger: ledger_seal_extends_chain');
END;


-- The seal: what must be true of a commit is asked once, when it is closed, over all its rows --------------------------

-- point: ledger_seal_asks
CREATE TRIGGER ledger_seal_asks AFTER INSERT ON ledger_seal WHEN NOT ({usual})
BEGIN
{rules}
END;

-- usual: ledger_seal_asks
-- Nearly every commit holds entries of one unit each and no reversal: one walk over its rows answers every rule below.
-- Each posting names one entry, so entries whose ranges are all their own cannot overlap, and their sum leaves no gap.
(NEW.entries, NEW.first_posting, NEW.postings, NEW.first_posting + NEW.postings) IS (
      SELECT count(*), min(e.first_posting), sum(e.postings), max(e.first_posting + e.postings)
      FROM ledger_entry AS e NOT INDEXED
        CROSS JOIN ledger_journal AS j ON j.id = e.journal_id
        CROSS JOIN ledger_fiscalyear AS f ON f.id = e.fiscal_year_id
      WHERE e.id >= NEW.first_entry AND e.id < NEW.first_entry + NEW.entries
        AND e.seal_id = NEW.id AND e.book_id = NEW.book_id AND j.book_id = NEW.book_id AND f.book_id = NEW.book_id
        AND e.reverses_id IS NULL AND e.exchange = '' AND e.postings >= 2
        AND (SELECT p.state = 'open' AND p.last >= e."on" FROM ledger_period AS p
             WHERE p.fiscal_year_id = e.fiscal_year_id AND p.first <= e."on" ORDER BY p.first DESC LIMIT 1)
        AND e."on" = date(e."on") AND e.validated_on = date(e.validated_on)
        AND (e.number = 1 OR e.id > (
             SELECT before.id FROM ledger_entry AS before WHERE before.journal_id = e.journal_id
             AND before.fiscal_year_id = e.fiscal_year_id AND before.number = e.number - 1 AND e.number > 1))
        AND length(e.leaf) = 32 AND length(e.salt) = 16 AND e.label <> '' AND e.reference <> '' AND e.kind <> ''
        AND NOT instr(e.reference || e.kind || e.document || e.document_sha256, char(10))
        AND NOT instr(e.reference || e.kind || e.document || e.document_sha256, char(13))
        AND NOT instr(e.reference || e.kind, ' ')
        AND (SELECT count(*) = e.postings AND sum(p.minor) = 0 AND min(a.unit_id) = max(a.unit_id)
             FROM ledger_posting AS p NOT INDEXED CROSS JOIN ledger_account AS a ON a.id = p.account_id
             WHERE p.id >= e.first_posting AND p.id < e.first_posting + e.postings
               AND p.entry_id = e.id AND p."on" = e."on" AND a.book_id = NEW.book_id AND a.is_closed = 0
               AND typeof(p.minor) = 'integer' AND p.minor <> 0
               AND p.minor BETWEEN -4611686018427387904 AND 4611686018427387904
               AND NOT instr(p.convention || p.destination, char(10)) AND NOT instr(p.convention || p.destination, ' ')))
  AND NOT EXISTS (SELECT 1 FROM ledger_entry
                  WHERE id >= NEW.first_entry + NEW.entries AND id < (NEW.book_id + 1) << 40)
  AND NOT EXISTS (SELECT 1 FROM ledger_posting
                  WHERE id >= NEW.first_posting + NEW.postings AND id < (NEW.book_id + 1) << 40)

-- name: ledger_seal_counts_entries
-- The entries of a seal stand without a gap, all of them and no others, each of two lines at least.
-- at: ledger_seal_asks
(NEW.entries, NEW.first_posting, NEW.postings, NEW.first_posting + NEW.postings) IS NOT (
      SELECT count(*), min(e.first_posting), sum(e.postings), max(e.first_posting + e.postings)
      FROM ledger_entry AS e NOT INDEXED
      WHERE e.id >= NEW.first_entry AND e.id < NEW.first_entry + NEW.entries
        AND e.seal_id = NEW.id AND e.book_id = NEW.book_id AND e.postings >= 2)
    OR EXISTS (SELECT 1 FROM ledger_entry
               WHERE id >= NEW.first_entry + NEW.entries AND id < (NEW.book_id + 1) << 40)

-- name: ledger_seal_counts_postings
-- The postings of a seal stand without a gap, all of them and no others.
-- at: ledger_seal_asks
NEW.postings IS NOT (
      SELECT count(*) FROM ledger_posting NOT INDEXED
      WHERE id >= NEW.first_posting AND id < NEW.first_posting + NEW.postings)
    OR EXISTS (SELECT 1 FROM ledger_posting
               WHERE id >= NEW.first_posting + NEW.postings AND id < (NEW.book_id + 1) << 40)

-- name: ledger_posting_fits_entry
-- The lines of an entry fill its range and bear its date.
-- at: ledger_seal_asks
EXISTS (
      SELECT 1 FROM ledger_posting AS p NOT INDEXED LEFT JOIN ledger_entry AS e ON e.id = p.entry_id
      WHERE p.id >= NEW.first_posting AND p.id < NEW.first_posting + NEW.postings
        AND (e.seal_id = NEW.id AND p.id >= e.first_posting AND p.id < e.first_posting + e.postings
             AND p."on" = e."on") IS NOT 1)

-- name: ledger_posting_has_amount
-- A posting is a whole number of minor units, never zero and within ±2^62, so no sum of two leaves 64 bits.
-- at: ledger_seal_asks
EXISTS (
      SELECT 1 FROM ledger_posting NOT INDEXED
      WHERE id >= NEW.first_posting AND id < NEW.first_posting + NEW.postings
        AND (typeof(minor) <> 'integer' OR minor = 0
             OR minor < -4611686018427387904 OR minor > 4611686018427387904))

-- name: ledger_posting_has_account
-- A posting moves an open account of its own book.
-- at: ledger_seal_asks
NEW.postings IS NOT (
      SELECT count(*) FROM ledger_posting AS p NOT INDEXED CROSS JOIN ledger_account AS a ON a.id = p.account_id
      WHERE p.id >= NEW.first_posting AND p.id < NEW.first_posting + NEW.postings
        AND a.book_id = NEW.book_id AND a.is_closed = 0)

-- name: ledger_entry_balances
-- Debit and credit agree in every unit of every entry; the unit is the account's, so units never mix.
-- at: ledger_seal_asks
EXISTS (
      SELECT 1 FROM ledger_posting AS p NOT INDEXED CROSS JOIN ledger_account AS a ON a.id = p.account_id
      WHERE p.id >= NEW.first_posting AND p.id < NEW.first_posting + NEW.postings
      GROUP BY p.entry_id, a.unit_id HAVING sum(p.minor) <> 0)

-- name: ledger_entry_in_open_period
-- An entry is dated in an open period of its fiscal year and stands in a journal of its book.
-- at: ledger_seal_asks
NEW.entries IS NOT (
      SELECT count(*) FROM ledger_entry AS e NOT INDEXED
        CROSS JOIN ledger_journal AS j ON j.id = e.journal_id
        CROSS JOIN ledger_fiscalyear AS f ON f.id = e.fiscal_year_id
        CROSS JOIN ledger_period AS p
          ON p.fiscal_year_id = f.id AND p.first <= e."on" AND p.last >= e."on" AND p.state = 'open'
      WHERE e.id >= NEW.first_entry AND e.id < NEW.first_entry + NEW.entries
        AND j.book_id = NEW.book_id AND f.book_id = NEW.book_id
        AND e."on" = date(e."on") AND e.validated_on = date(e.validated_on))

-- name: ledger_entry_number_has_no_gap
-- Numbers of a journal's fiscal year run 1, 2, 3 in the order of posting: a gap would be a missing entry.
-- at: ledger_seal_asks
EXISTS (
      SELECT 1 FROM ledger_entry AS e NOT INDEXED
      WHERE e.id >= NEW.first_entry AND e.id < NEW.first_entry + NEW.entries AND e.number <> 1
        AND NOT EXISTS (SELECT 1 FROM ledger_entry AS before WHERE before.journal_id = e.journal_id
                        AND before.fiscal_year_id = e.fiscal_year_id AND before.number = e.number - 1
                        AND before.id < e.id AND e.number > 1))

-- name: ledger_entry_reads_back
-- What is hashed is a text of one fact a line: no word of it may hold a line break, and its hash and words are whole.
-- at: ledger_seal_asks
EXISTS (
      SELECT 1 FROM ledger_entry AS e NOT INDEXED
      WHERE e.id >= NEW.first_entry AND e.id < NEW.first_entry + NEW.entries
        AND (length(e.leaf) <> 32 OR length(e.salt) IS NOT 16 OR e.label = '' OR e.reference = '' OR e.kind = ''
             OR instr(e.reference || e.kind || e.document || e.document_sha256 || e.exchange, char(10))
             OR instr(e.reference || e.kind || e.document || e.document_sha256 || e.exchange, char(13))
             OR instr(e.reference || e.kind, ' ')))

-- name: ledger_posting_reads_back
-- The dimensions of a line stand in the hashed text behind its amount: each is one word.
-- at: ledger_seal_asks
EXISTS (
      SELECT 1 FROM ledger_posting NOT INDEXED
      WHERE id >= NEW.first_posting AND id < NEW.first_posting + NEW.postings
        AND (instr(convention || destination, char(10)) OR instr(convention || destination, ' ')))

-- name: ledger_reversal_is_exact
-- A reversal turns every line of an earlier entry of its book, in order, and a reversal is not reversed.
-- at: ledger_seal_asks
EXISTS (
      SELECT 1 FROM ledger_entry AS e NOT INDEXED LEFT JOIN ledger_entry AS o ON o.id = e.reverses_id
      WHERE e.id >= NEW.first_entry AND e.id < NEW.first_entry + NEW.entries AND e.reverses_id IS NOT NULL
        AND (o.id IS NULL OR o.id >= e.id OR o.book_id <> e.book_id OR o.reverses_id IS NOT NULL
             OR o.postings <> e.postings OR EXISTS (
               SELECT 1 FROM ledger_posting AS x
                 LEFT JOIN ledger_posting AS y ON y.id = o.first_posting + (x.id - e.first_posting)
               WHERE x.id >= e.first_posting AND x.id < e.first_posting + e.postings
                 AND (y.account_id, -y.minor, y.convention, y.destination, y.public_generosity)
                   IS NOT (x.account_id, x.minor, x.convention, x.destination, x.public_generosity))))

-- name: ledger_seal_moves_books
-- Balances follow the postings and nothing else: closing the commit adds what it wrote to each account. Then the head
-- stands where the seal ends, and the commit is no longer open. Two lines on two accounts, the usual commit, are moved
-- one by one; any others are summed by account first. One of the two triggers acts, and it does both: the balances
-- move while the seal is still owed.
CREATE TRIGGER ledger_seal_moves_books_of_two AFTER INSERT ON ledger_seal
  WHEN NEW.postings = 2 AND (SELECT account_id FROM ledger_posting WHERE id = NEW.first_posting)
    <> (SELECT account_id FROM ledger_posting WHERE id = NEW.first_posting + 1)
BEGIN
  UPDATE ledger_balance SET (debit, credit, "count", last_seal) = (
      SELECT debit + max(p.minor, 0), credit - min(p.minor, 0), "count" + 1, NEW.id
      FROM ledger_posting AS p WHERE p.id = NEW.first_posting)
    WHERE account_id = (SELECT account_id FROM ledger_posting WHERE id = NEW.first_posting);
  UPDATE ledger_balance SET (debit, credit, "count", last_seal) = (
      SELECT debit + max(p.minor, 0), credit - min(p.minor, 0), "count" + 1, NEW.id
      FROM ledger_posting AS p WHERE p.id = NEW.first_posting + 1)
    WHERE account_id = (SELECT account_id FROM ledger_posting WHERE id = NEW.first_posting + 1);
  UPDATE ledger_head SET last_seal = NEW.id, last_entry = NEW.first_entry + NEW.entries - 1,
      last_posting = NEW.first_posting + NEW.postings - 1, hash = NEW.hash, pending_id = NULL
    WHERE book_id = NEW.book_id;
END;
CREATE TRIGGER ledger_seal_moves_books AFTER INSERT ON ledger_seal
  WHEN NOT ifnull(NEW.postings = 2 AND (SELECT account_id FROM ledger_posting WHERE id = NEW.first_posting)
    <> (SELECT account_id FROM ledger_posting WHERE id = NEW.first_posting + 1), 0)
BEGIN
  UPDATE ledger_balance SET debit = debit + moved.debits, credit = credit + moved.credits,
      "count" = "count" + moved.lines, last_seal = NEW.id
    FROM (SELECT account_id, sum(max(minor, 0)) AS debits, -sum(min(minor, 0)) AS credits, count(*) AS lines
          FROM ledger_posting NOT INDEXED
          WHERE id >= NEW.first_posting AND id < NEW.first_posting + NEW.postings GROUP BY account_id) AS moved
    WHERE ledger_balance.account_id = moved.account_id;
  UPDATE ledger_head SET last_seal = NEW.id, last_entry = NEW.first_entry + NEW.entries - 1,
      last_posting = NEW.first_posting + NEW.postings - 1, hash = NEW.hash, pending_id = NULL
    WHERE book_id = NEW.book_id;
END;
