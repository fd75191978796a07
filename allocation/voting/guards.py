"""What no vote allows, refused by the database itself, on whatever way a row comes to it.

Each rule is a trigger with a name and one condition, the same in both databases; they are lifted before a migration
and put back after it (`ledger.written_once`), and the check names the one that is missing. They hold for writers at
once: what counts papers or electors waits for whoever else writes in the same vote.

The moment of closing is no rule of theirs: a paper keeps no moment, and the machine's clock is no proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ledger.written_once import Rule

Event = Literal["INSERT", "UPDATE", "DELETE"]

_VOICES = {
    "sqlite": "json_extract(v.rules, '$.voices')",
    "postgresql": "CAST(v.rules ->> 'voices' AS integer)",
}
"""How many voices the vote opened with, as its frozen rules say."""

_SQLITE = "CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} WHEN {condition} {body}"
_SQLITE_BODY = "BEGIN SELECT RAISE(ABORT, 'votes: {name}'); END"
_FUNCTION = """CREATE OR REPLACE FUNCTION tresse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {wait}
    IF ({condition}) THEN
        RAISE EXCEPTION 'votes: {name}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN {row};
END $$"""
_POSTGRESQL = """CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION tresse_{name}()"""
_WAIT = "PERFORM 1 FROM allocation_vote WHERE id = NEW.vote_id FOR NO KEY UPDATE;"
"""The writers of one vote take turns, so that each counts what the one before wrote."""


def _rule(name: str, event: Event, table: str, condition: str, *, in_turn: bool = False) -> Rule:
    """The rule that refuses `event` on a row for which the condition holds."""
    texts = {vendor: condition.replace("{voices}", voices) for vendor, voices in _VOICES.items()}
    row = "OLD" if event == "DELETE" else "NEW"
    sqlite = texts["sqlite"].replace("IS DISTINCT FROM", "IS NOT")
    return Rule(
        name,
        table,
        {
            "sqlite": (
                _SQLITE.format(
                    name=name, event=event, table=table, condition=sqlite, body=_SQLITE_BODY.format(name=name)
                ),
            ),
            "postgresql": (
                _FUNCTION.format(name=name, condition=texts["postgresql"], wait=_WAIT if in_turn else "", row=row),
                _POSTGRESQL.format(name=name, event=event, table=table),
            ),
        },
    )


def _changed(columns: Sequence[str]) -> str:
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


_OPENED = (
    "id", "call_id", "meeting_id", "number", "reference", "round", "kind", "question", "subject", "rules", "secret",
    "opened_at", "opened_by", "closes",
)  # fmt: skip
_CLOSED = "(SELECT v.closed_at FROM allocation_vote v WHERE v.id = NEW.vote_id) IS NOT NULL"
_PAPERS = "(SELECT count(*) FROM allocation_paper p WHERE p.vote_id = {vote})"
_VOTED = "(SELECT count(*) FROM allocation_elector e WHERE e.vote_id = {vote} AND e.has_voted)"
_ELECTORS = "(SELECT count(*) FROM allocation_elector e WHERE e.vote_id = NEW.vote_id)"
_OPENED_WITH = "(SELECT {voices} FROM allocation_vote v WHERE v.id = NEW.vote_id)"
_ALWAYS = "TRUE"

RULES: tuple[Rule, ...] = (
    # What is asked, of whom and by which rules stands from the opening on; what is closed stays closed.
    _rule("vote_stands_as_opened", "UPDATE", "allocation_vote", _changed(_OPENED)),
    _rule(
        "vote_closes_once",
        "UPDATE",
        "allocation_vote",
        "(OLD.closed_at IS NOT NULL AND (NEW.closed_at IS DISTINCT FROM OLD.closed_at "
        "OR NEW.closed_by IS DISTINCT FROM OLD.closed_by))",
    ),
    # The casting vote settles a tie that everybody sees: it comes after the closing, once.
    _rule(
        "vote_casting_after_closing",
        "UPDATE",
        "allocation_vote",
        "NEW.casting IS DISTINCT FROM OLD.casting AND (OLD.closed_at IS NULL OR OLD.casting <> '')",
    ),
    _rule(
        "vote_closes_with_every_paper",
        "UPDATE",
        "allocation_vote",
        "OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL AND "
        f"{_PAPERS.format(vote='NEW.id')} <> {_VOTED.format(vote='NEW.id')}",
    ),
    _rule("vote_never_deleted", "DELETE", "allocation_vote", _ALWAYS),
    # The electorate is frozen: nobody comes later, nobody goes, and who voted has voted.
    _rule(
        "electors_as_many_as_opened",
        "INSERT",
        "allocation_elector",
        f"{_CLOSED} OR {_ELECTORS} >= {_OPENED_WITH}",
        in_turn=True,
    ),
    _rule(
        "elector_only_votes",
        "UPDATE",
        "allocation_elector",
        f"{_changed(('id', 'vote_id', 'person', 'holder', 'recused'))} OR (OLD.has_voted AND NOT NEW.has_voted) "
        f"OR (NEW.has_voted AND NOT OLD.has_voted AND {_CLOSED})",
    ),
    _rule("elector_never_deleted", "DELETE", "allocation_elector", _ALWAYS),
    # A paper goes into an open vote, for a voice that was just used; a secret vote does not keep whose it is.
    _rule("paper_into_open_vote", "INSERT", "allocation_paper", _CLOSED, in_turn=True),
    _rule(
        "papers_never_more_than_voices",
        "INSERT",
        "allocation_paper",
        f"{_PAPERS.format(vote='NEW.vote_id')} >= {_VOTED.format(vote='NEW.vote_id')}",
        in_turn=True,
    ),
    _rule(
        "paper_of_its_elector_or_secret",
        "INSERT",
        "allocation_paper",
        "CASE WHEN (SELECT v.secret FROM allocation_vote v WHERE v.id = NEW.vote_id) THEN NEW.elector_id IS NOT NULL "
        "ELSE NOT EXISTS (SELECT 1 FROM allocation_elector e "
        "WHERE e.id = NEW.elector_id AND e.vote_id = NEW.vote_id AND e.has_voted) END",
        in_turn=True,
    ),
    # A link is used up once and never becomes another's.
    _rule(
        "vote_link_used_once",
        "UPDATE",
        "allocation_votelink",
        f"{_changed(('id', 'elector_id', 'token_sha256', 'made_at'))} "
        "OR (OLD.used_at IS NOT NULL AND NEW.used_at IS DISTINCT FROM OLD.used_at)",
    ),
    # An objection stays as it was said, and is answered once.
    _rule(
        "objection_stands_as_said",
        "UPDATE",
        "allocation_objection",
        f"{_changed(('id', 'vote_id', 'number', 'reference', 'person', 'text', 'at'))} OR OLD.state <> 'raised'",
    ),
    _rule("objection_never_deleted", "DELETE", "allocation_objection", _ALWAYS),
    # Who lent their vote to whom stays; it can only be taken back, once.
    _rule(
        "proxy_only_taken_back",
        "UPDATE",
        "allocation_proxy",
        f"{_changed(('id', 'meeting_id', 'giver', 'holder', 'given_at'))} "
        "OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)",
    ),
    _rule("proxy_never_deleted", "DELETE", "allocation_proxy", _ALWAYS),
)
