"""How `charter run` grows: with events in proportion, with beneficiaries by n log n; and a large year in a second."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from statistics import median

from fund.charter.facts import AllocationFacts, Facts, MemberFacts, Performance
from fund.charter.outcomes import run
from fund.charter.shipped import shipped
from tests.bench.measure import Pair, durations

FEW, EVENTS, MEMBERS, YEAR = (
    "run_10000_vs_1000_events",
    "run_100000_vs_10000_events",
    "run_10000_vs_1000_members",
    "run_10000_events_1000_members_vs_a_second",
)
KEYS = (FEW, EVENTS, MEMBERS, YEAR)
SECOND = 1.0


def facts(events: int, members: int) -> Facts:
    """Dates sold at different fees, and members who paid different sums."""
    first = date(2026, 10, 1)
    return Facts(
        members={
            f"M{n:05}": MemberFacts(
                contribution=100_000 + 37 * n,
                use=Fraction(n + 1),
                declared={"annual_production_budget": 1_000_000 + 370 * n},
                notoriety=Fraction(n % 7),
            )
            for n in range(members)
        },
        allocation=AllocationFacts(amount=10_000_000_000, premiere=first),
        events=tuple(
            Performance(date=first + timedelta(days=n % 1_000), fee=100_000 + n, reference=f"P{n:06}")
            for n in range(events)
        ),
    )


def measure(scale: float = 1) -> Iterator[Pair]:
    """Ten times the events twice, ten times the beneficiaries, and a large year against a second."""
    charter = shipped("creafonds")

    def count(of: int) -> int:
        return max(10, int(of * scale))

    some, many, more = (facts(count(events), 20) for events in (1_000, 10_000, 100_000))
    yield durations(
        FEW,
        f"creafonds on {len(many.events):,} dates / on {len(some.events):,}",
        ours=lambda: run(charter, many),
        other=lambda: run(charter, some),
    )
    yield durations(
        EVENTS,
        f"creafonds on {len(more.events):,} dates / on {len(many.events):,}",
        ours=lambda: run(charter, more),
        other=lambda: run(charter, many),
    )
    few, crowd = facts(20, count(1_000)), facts(20, count(10_000))
    yield durations(
        MEMBERS,
        f"creafonds with {len(crowd.members):,} members / with {len(few.members):,}",
        ours=lambda: run(charter, crowd),
        other=lambda: run(charter, few),
    )
    year = facts(count(10_000), count(1_000))
    pair = durations(YEAR, "", ours=lambda: run(charter, year), other=lambda: None)
    said = f"creafonds on {len(year.events):,} dates with {len(year.members):,} members / one second"
    yield Pair(YEAR, said, pair.ours, (SECOND,), median(pair.ours) / SECOND)
