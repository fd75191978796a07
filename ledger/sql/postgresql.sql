-- name: ledger_seal_moves_balances
-- Balances follow the postings and nothing else: closing the commit adds what it wrote to each account.
CREATE FUNCTION ledger_seal_moves_balances() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  UPDATE ledger_balance AS b SET debit = b.debit + moved.debit, credit = b.credit + moved.credit,
      count = b.count + moved.lines, last_seal = NEW.id
    FROM (SELECT account_id, sum(greatest(minor, 0)) AS debit, -sum(least(minor, 0)) AS credit, count(*) AS lines
          FROM ledger_posting WHERE id BETWEEN NEW.first_posting AND NEW.first_posting + NEW.postings - 1
          GROUP BY account_id) AS moved
    WHERE b.account_id = moved.account_id;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_seal_moves_balances AFTER INSERT ON ledger_seal FOR EACH ROW EXECUTE FUNCTION ledger_seal_moves_balances();
ALTER TABLE ledger_seal ENABLE ALWAYS TRIGGER ledger_seal_moves_balances;

-- name: ledger_seal_moves_head
-- The head of the book is where its last seal ends.
CREATE FUNCTION ledger_seal_moves_head() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  UPDATE ledger_head SET last_seal = NEW.id, last_entry = NEW.first_entry + NEW.entries - 1,
      last_posting = NEW.first_posting + NEW.postings - 1, hash = NEW.hash WHERE book_id = NEW.id >> 40;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_seal_moves_head AFTER INSERT ON ledger_seal FOR EACH ROW EXECUTE FUNCTION ledger_seal_moves_head();
ALTER TABLE ledger_seal ENABLE ALWAYS TRIGGER ledger_seal_moves_head;
