"""What no row of the auditor's desk may become, refused by the database itself, on whatever way it comes to it.

Each rule is a trigger with a name and one condition, the same in both databases; `ledger.written_once` lifts them
before a migration and puts them back after it.
"""

from __future__ import annotations

from typing import Literal

from ledger.written_once import Rule

Event = Literal["INSERT", "UPDATE", "DELETE"]

_SQLITE = """CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} WHEN {condition}
BEGIN SELECT RAISE(ABORT, 'the desk: {name}'); END"""
_FUNCTION = """CREATE OR REPLACE FUNCTION tresse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF ({condition}) THEN
        RAISE EXCEPTION 'the desk: {name}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN {row};
END $$"""
_POSTGRESQL = """CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION tresse_{name}()"""


def _rule(name: str, event: Event, table: str, condition: str) -> Rule:
    """The rule that refuses `event` on a row for which the condition holds."""
    row = "OLD" if event == "DELETE" else "NEW"
    sqlite = condition.replace("IS DISTINCT FROM", "IS NOT")
    return Rule(
        name,
        table,
        {
            "sqlite": (_SQLITE.format(name=name, event=event, table=table, condition=sqlite),),
            "postgresql": (
                _FUNCTION.format(name=name, condition=condition, row=row),
                _POSTGRESQL.format(name=name, event=event, table=table),
            ),
        },
    )


# “on” and “by” are words of the language that PostgreSQL writes its functions in.
_MATCHED = ("id", "fund_id", "line_id", "posting", "reference", "posted_on", "minor", "ground", '"on"', '"by"')

DESK_RULES: tuple[Rule, ...] = (
    # An auditor sees everything: whoever is let in from now on is let in until a day. Those who came before the rule
    # stay until they are ended, and never lose an end once they have one.
    _rule("auditor_has_an_end", "INSERT", "fund_access", "NEW.role = 'auditor' AND NEW.until IS NULL"),
    _rule(
        "auditor_keeps_an_end",
        "UPDATE",
        "fund_access",
        "NEW.role = 'auditor' AND NEW.until IS NULL AND (OLD.role <> 'auditor' OR OLD.until IS NOT NULL)",
    ),
    # A match stands as it was confirmed, and is undone once.
    _rule(
        "bank_match_stands",
        "UPDATE",
        "fund_bankmatch",
        "OLD.undone_on IS NOT NULL OR NEW.undone_on IS NULL OR "
        + " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _MATCHED),
    ),
    _rule("bank_match_never_deleted", "DELETE", "fund_bankmatch", "TRUE"),
)
