"""The goals, in one place: what is measured, and which figure is good enough.

A goal that is missed fails nothing; it is printed as missed, with a profile of our side.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """A key of `bench.json`, what it compares, and the bound: at least, or at most."""

    key: str
    says: str
    at_least: float | None = None
    at_most: float | None = None

    def is_met(self, figure: float) -> bool:
        if self.at_least is not None:
            return figure >= self.at_least
        return self.at_most is not None and figure <= self.at_most

    def __str__(self) -> str:
        return f"≤ {self.at_most:g}" if self.at_least is None else f"≥ {self.at_least:g}"


GOALS = {
    goal.key: goal
    for goal in (
        Goal("sqlite_single_vs_raw", "SQLite, one by one / raw rows and balance rows", at_least=0.40),
        Goal("sqlite_bulk_vs_raw", "SQLite, in bulk / raw bulk", at_least=0.35),
        Goal("sqlite_single_vs_django_ledger", "SQLite, one by one / django-ledger", at_least=25),
        Goal("postgresql_single_vs_raw", "PostgreSQL, one by one / raw in one round trip", at_least=0.60),
        Goal("postgresql_bulk_vs_copy", "PostgreSQL, in bulk / raw COPY", at_least=0.55),
        Goal("postgresql_single_vs_hordak", "PostgreSQL, one by one / hordak's transfer_to", at_least=4),
        Goal("postgresql_bulk_vs_hordak", "PostgreSQL, in bulk / hordak's bulk_create", at_least=10),
        Goal("four_books_vs_one", "four writers on four books / one on one (PostgreSQL)", at_least=1.6),
        Goal("balances_1m_vs_100k", "all balances at 1 M postings / at 100 k", at_most=1.5),
        Goal("as_of_vs_sum", "trial balance as of a date at 1 M postings / naive SUM", at_most=0.25),
        Goal("verify_vs_beancount", "verify / beancount's check of the same entries", at_least=6),
        Goal("bytes_per_entry", "bytes on disk for an entry at 500 k entries", at_most=600),
        Goal("fec_write_vs_plain_writing", "a million lines of a FEC written / plain writing", at_most=8),
        Goal("fec_check_vs_plain_reading", "a million lines of a FEC checked / read and split", at_most=20),
        Goal("fec_check_memory_vs_300_mb", "the room that the check takes / 300 MB", at_most=1),
        Goal("equal_shares_2000_voters_vs_pabutools", "equal shares / pabutools, from 2,000 voters", at_least=20),
        Goal("equal_shares_20000_voters_vs_pabutools", "equal shares / pabutools, from 20,000 voters", at_least=100),
        Goal("equal_shares_memory_vs_300_mb", "the largest election, read and decided / 300 MB", at_most=1),
        Goal("add1_64_6586_vs_two_seconds", "Add1 on 64 projects and 6,586 voters / two seconds", at_most=1),
        Goal("committee_reasons_vs_5_ms", "15 members, 25 projects, with all reasons / 5 ms", at_most=1),
        Goal("thousand_reruns_vs_a_second", "a thousand reruns of that committee / one second", at_most=1),
        Goal("run_10000_vs_1000_events", "a charter on ten times the events", at_most=13),
        Goal("run_100000_vs_10000_events", "a charter on ten times the events, once more", at_most=13),
        Goal("run_10000_vs_1000_members", "a charter with ten times the beneficiaries", at_most=14),
        Goal("run_10000_events_1000_members_vs_a_second", "a large year / one second", at_most=1),
        Goal("slowest_spoilt_charter_vs_two_seconds", "the slowest of 10,000 spoilt charters / two seconds", at_most=1),
        Goal("statements_200_vs_plain_pages", "200 member statements / plain pages of the same text", at_most=8),
        Goal("rehearsal_10000_paths_vs_a_minute", "ten thousand paths on two cores / one minute", at_most=1),
    )
}
