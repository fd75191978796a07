-- The usual way of posting one entry on PostgreSQL: one call of the database instead of a round of statements.
--
-- Whatever is not usual (a reference that is known, an account that is new or closed, no open year) is left alone and
-- answered with nothing; the long way then decides, and names its refusal. Rules are not repeated here: the guards ask
-- them of these rows as of any others.

-- What there is one of for each line comes as one text, a line each: `leaves` “411:M03 EUR”, `figures` in minor units,
-- `dimensions` “convention destination t”, each of the first two possibly empty, or NULL when no line says any.

-- procedure: ledger_post
CREATE FUNCTION ledger_post(
  asked_book text, asked_journal text, asked_reference text, asked_on date, asked_validated_on date, asked_kind text,
  asked_label text, asked_salt bytea, asked_document text, asked_document_on date, asked_document_sha256 text,
  text_before text, text_after text, leaves text, figures text, dimensions text, asked_moment timestamptz,
  OUT fiscal_year text, OUT entry_number integer, OUT seal_id bigint, OUT last_posting bigint) LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  known record;
  head ledger_head;
  accounts bigint[];
  minors bigint[] := string_to_array(figures, E'\n');
  hashed bytea;
BEGIN
  SELECT b.id AS book_id, j.id AS journal_id, f.id AS year_id, f.code AS year INTO known
    FROM ledger_book AS b
      JOIN ledger_journal AS j ON j.book_id = b.id AND j.code = asked_journal
      JOIN ledger_fiscalyear AS f ON f.book_id = b.id AND f.first <= asked_on AND f.last >= asked_on
    WHERE b.slug = asked_book
      AND NOT EXISTS (SELECT 1 FROM ledger_entry AS e WHERE e.book_id = b.id AND e.reference = asked_reference);
  IF NOT FOUND THEN
    RETURN;
  END IF;
  -- One look-up for each line by the whole key: a join would be planned for a book with few accounts, and kept.
  SELECT array_agg((
      SELECT a.id FROM ledger_account AS a
      WHERE a.book_id = known.book_id AND a.code = split_part(x.leaf, ' ', 1)
        AND a.unit_id = (SELECT u.id FROM ledger_unit AS u WHERE u.code = split_part(x.leaf, ' ', 2))
        AND NOT a.is_closed) ORDER BY x.place) INTO accounts
    FROM unnest(string_to_array(leaves, E'\n')) WITH ORDINALITY AS x (leaf, place);
  IF array_position(accounts, NULL) IS NOT NULL THEN
    RETURN;
  END IF;
  -- Opening the commit takes the head's lock; the number is read after it, by a statement of its own.
  UPDATE ledger_head AS h SET pending_id = h.last_seal + 1 WHERE h.book_id = known.book_id RETURNING * INTO head;
  WITH numbered AS (
      SELECT coalesce(max(e.number), 0) + 1 AS number FROM ledger_entry AS e
      WHERE e.journal_id = known.journal_id AND e.fiscal_year_id = known.year_id),
    entry AS (
      INSERT INTO ledger_entry AS e (id, book_id, seal_id, journal_id, fiscal_year_id, number, "on", validated_on, kind,
          reference, document, document_on, document_sha256, exchange, reverses_id, first_posting, postings, label, salt,
          leaf)
        SELECT head.last_entry + 1, known.book_id, head.pending_id, known.journal_id, known.year_id, n.number, asked_on,
          asked_validated_on, asked_kind, asked_reference, asked_document, asked_document_on, asked_document_sha256, '',
          NULL, head.last_posting + 1, cardinality(accounts), asked_label, asked_salt,
          sha256('\x00'::bytea || convert_to(text_before || known.year || ' ' || n.number || text_after, 'UTF8'))
        FROM numbered AS n
        RETURNING e.number, e.leaf),
    lines AS (
      INSERT INTO ledger_posting (id, entry_id, account_id, "on", minor, convention, destination, public_generosity)
        SELECT head.last_posting + x.place, head.last_entry + 1, x.account, asked_on, x.minor,
          coalesce(split_part(x.said, ' ', 1), ''), coalesce(split_part(x.said, ' ', 2), ''),
          coalesce(split_part(x.said, ' ', 3) = 't', FALSE)
        FROM unnest(accounts, minors, string_to_array(dimensions, E'\n')) WITH ORDINALITY
          AS x (account, minor, said, place))
    SELECT e.number, e.leaf INTO entry_number, hashed FROM entry AS e;
  INSERT INTO ledger_seal (id, book_id, first_entry, entries, first_posting, postings, previous, hash, moment)
    VALUES (head.pending_id, known.book_id, head.last_entry + 1, 1, head.last_posting + 1, cardinality(accounts),
      head.hash, sha256(head.hash || hashed), asked_moment);
  fiscal_year := known.year;
  seal_id := head.pending_id;
  last_posting := head.last_posting + cardinality(accounts);
END $$;
