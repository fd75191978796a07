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
      last_posting = NEW.first_posting + NEW.postings - 1, hash = NEW.hash WHERE book_id = NEW.id >> 40;
END;
