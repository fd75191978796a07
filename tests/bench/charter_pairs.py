"""A charter applied to many dates: ten times the events should take ten times as long, not a hundred."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from fund.charter.facts import AllocationFacts, Facts, MemberFacts, Performance
from fund.charter.outcomes import run
from fund.charter.shipped import shipped
from tests.bench.measure import Pair, durations


def facts(events: int) -> Facts:
    first = date(2026, 10, 1)
    return Facts(
        members={f"M{n}": MemberFacts(contribution=100_000 + n, use=Fraction(n + 1)) for n in range(20)},
        allocation=AllocationFacts(amount=10_000_000, premiere=first),
        events=tuple(
            Performance(date=first + timedelta(days=n % 1_000), fee=100_000 + n, reference=f"P{n:05}")
            for n in range(events)
        ),
    )


def measure() -> Iterator[Pair]:
    charter, few, many = shipped("creafonds"), facts(1_000), facts(10_000)
    yield durations(
        "run_10000_vs_1000_events",
        "creafonds on 10,000 dates / on 1,000",
        ours=lambda: run(charter, many),
        other=lambda: run(charter, few),
    )
