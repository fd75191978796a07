"""Losses by hand: the reserve, then the members, then whoever is left, statement after statement."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from fund.charter.facts import Facts, Loss, MemberFacts
from fund.charter.grammar import Charter
from fund.charter.outcomes import Outcome, run, shared_by_key
from fund.charter.reading.reader import read_charter
from tests.charters import a_loss, a_rule

DAY = date(2026, 12, 31)
RESERVE, FUND = 'by = "reserve"', 'by = "fund"'
JOINTLY = 'by = "members"\nkey = "use"\njoint_liability = true'
ALONE = 'by = "members"\nkey = "use"'


def members(**caps: int | None) -> dict[str, MemberFacts]:
    """A, B and C use 50, 30 and 20; C defaults."""
    used = {"A": 50, "B": 30, "C": 20}
    return {
        name: MemberFacts(use=Fraction(use), cap=caps.get(name), defaulted=name == "C", contribution=use * 100)
        for name, use in used.items()
    }


def lost(*minors: int) -> tuple[Loss, ...]:
    return tuple(Loss(DAY + timedelta(days=at), minor) for at, minor in enumerate(minors))


def a_charter(*bearers: str) -> Charter:
    return read_charter(a_loss(*bearers))


def borne(outcome: Outcome) -> dict[str, int]:
    """Who bears how much, zero left out, and what is uncovered or carried."""
    found = {share.party: share.minor for share in outcome.shares if share.minor}
    told = {"uncovered": outcome.uncovered, "carried": sum(outcome.carried.values())}
    return found | {word: minor for word, minor in told.items() if minor}


CASES = [
    ("the reserve is enough", (RESERVE, JOINTLY), (2_000,), {}, {"reserve": 2_000}),
    # 10,000 − 3,000 = 7,000; C stands for nothing: A 50 ÷ 80, B 30 ÷ 80.
    ("then the members who stand", (RESERVE, JOINTLY), (10_000,), {},
     {"reserve": 3_000, "member:A": 4_375, "member:B": 2_625}),
    # A stops at 2,500; B bears 4,500 of the 7,000.
    ("one at its cap", (RESERVE, JOINTLY), (10_000,), {"A": 2_500},
     {"reserve": 3_000, "member:A": 2_500, "member:B": 4_500}),
    ("what nobody can bear", (RESERVE, JOINTLY), (10_000,), {"A": 2_500, "B": 4_000},
     {"reserve": 3_000, "member:A": 2_500, "member:B": 4_000, "uncovered": 500}),
    ("which falls to the fund", (RESERVE, JOINTLY, FUND), (10_000,), {"A": 2_500, "B": 4_000},
     {"reserve": 3_000, "member:A": 2_500, "member:B": 4_000, "fund": 500}),
    ("or up to a limit", (RESERVE, JOINTLY, f'{FUND}\nlimit = "2.00"'), (10_000,), {"A": 2_500, "B": 4_000},
     {"reserve": 3_000, "member:A": 2_500, "member:B": 4_000, "fund": 200, "uncovered": 300}),
    # Each for itself: A 3,500 cut to 2,500, B 2,100, the 1,400 of C are nobody's.
    ("each for itself", (RESERVE, ALONE), (10_000,), {"A": 2_500},
     {"reserve": 3_000, "member:A": 2_500, "member:B": 2_100, "uncovered": 2_400}),
    # 10 % of contributions of 50.00 and 30.00.
    ("limited by what they paid", (RESERVE, f'{JOINTLY}\nlimit = "10 % of contribution"'), (10_000,), {},
     {"reserve": 3_000, "member:A": 500, "member:B": 300, "uncovered": 6_200}),
    ("the members first", (JOINTLY, RESERVE), (10_000,), {"A": 2_500, "B": 4_000},
     {"member:A": 2_500, "member:B": 4_000, "reserve": 3_000, "uncovered": 500}),
    ("a correction below zero", (RESERVE, JOINTLY), (-500,), {}, {}),
    ("a correction of all of it", (RESERVE, JOINTLY), (500, -500), {}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "turns", "losses", "caps", "expected"), CASES, ids=[case[0] for case in CASES])
def test_who_bears_what(
    why: str, turns: tuple[str, ...], losses: tuple[int, ...], caps: dict[str, int], expected: dict[str, int]
) -> None:
    facts = Facts(members(**caps), events=lost(*losses), reserve=3_000)
    assert borne(run(a_charter(*turns), facts)) == expected, why


def test_a_second_loss_later_is_borne_on_top_of_the_first_and_a_correction_is_carried() -> None:
    """The reserve of 3,000 is what it held before the first loss; caps hold over all statements together."""
    charter, everyone = a_charter(RESERVE, JOINTLY), members(A=2_500, B=4_000)
    told: list[dict[str, int]] = []
    outcome: Outcome | None = None
    for count in range(1, 6):
        losses = lost(2_000, 3_000, 6_000, -3_000, 2_500)[:count]
        facts = Facts(everyone, events=losses, reserve=3_000)
        outcome = run(charter, facts, received=outcome.shares if outcome else ())
        told.append(borne(outcome))
    full = {"reserve": 3_000, "member:A": 2_500, "member:B": 4_000}
    assert told == [
        {"reserve": 2_000},
        {"reserve": 3_000, "member:A": 1_250, "member:B": 750},
        full | {"uncovered": 1_500},
        full | {"carried": 1_500},
        full | {"uncovered": 1_000},
    ]


def test_under_a_new_key_only_what_is_new_is_borne() -> None:
    """After a year C has left and nobody defaults: the reserve's turn is over, and 800 of a second loss are new."""
    charter = a_charter(RESERVE, JOINTLY)
    first = run(charter, Facts(members(), events=lost(10_000), reserve=3_000))
    later = {"A": MemberFacts(use=Fraction(1)), "B": MemberFacts(use=Fraction(3))}
    facts = Facts(later, events=lost(10_000, 800), reserve=3_000)
    assert borne(run(charter, facts, shared_before=shared_by_key(first.shares))) == {
        "member:A": 200,
        "member:B": 600,
    }
    undone = Facts(later, events=lost(10_000, -10_000), reserve=3_000)
    assert borne(run(charter, undone, shared_before=shared_by_key(first.shares))) == {"carried": 10_000}


def test_a_correction_after_a_part_was_cut_off_is_refused_by_nobody() -> None:
    """Each for itself, A up to 10: of 100 A bears 10 and B 50. Less 30, B still bears 50, and 10 are left."""
    charter = a_charter(ALONE)
    everyone = {"A": MemberFacts(use=Fraction(1), cap=10), "B": MemberFacts(use=Fraction(1))}
    first = run(charter, Facts(everyone, events=lost(100)))
    assert borne(first) == {"member:A": 10, "member:B": 50, "uncovered": 40}
    second = run(charter, Facts(everyone, events=lost(100, -30)), received=first.shares)
    assert borne(second) == {"member:A": 10, "member:B": 50, "uncovered": 10}
    third = run(charter, Facts(everyone, events=lost(100, -30, 130)), received=second.shares)
    assert borne(third) == {"member:A": 10, "member:B": 100, "uncovered": 90}


def test_nor_where_a_loss_is_shared_by_lines() -> None:
    """The 50 of B follow the key of halves from 99 on: of those 39 are cut off, and 29 are due no more."""
    line = 'to = "members"\nshare = "100 %"\nform = "loss"\nkey = "use"'
    charter = read_charter(a_rule('base = "loss"', 'rate = "100 %"', splits=(line,)))
    everyone = {"A": MemberFacts(use=Fraction(1), cap=10), "B": MemberFacts(use=Fraction(1))}
    first = run(charter, Facts(everyone, events=lost(100)))
    assert borne(first) == {"member:A": 10, "member:B": 50, "uncovered": 40}
    second = run(charter, Facts(everyone, events=lost(100, -30)), received=first.shares)
    assert borne(second) == {"member:A": 10, "member:B": 50, "uncovered": 39, "carried": 29}
    third = run(charter, Facts(everyone, events=lost(100, -30, 30)), received=second.shares)
    assert borne(third) == {"member:A": 10, "member:B": 50, "uncovered": 40}
