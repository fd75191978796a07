"""Which line is which posting, the statement of a day, and the same proposals found by trying every pair."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from fund.accounting.reconciling import (
    BankSide,
    BookSide,
    Proposal,
    Reconciliation,
    lines_open,
    names,
    postings_open,
    proposals,
)

DAY = date(2026, 6, 1)


def a_line(number: int = 1, minor: int = 500, day: int = 0, **facts: object) -> BankSide:
    return BankSide(number, DAY + timedelta(days=day), minor, **facts)  # type: ignore[arg-type]


def a_posting(posting: int = 1, minor: int = 500, day: int = 0, **facts: object) -> BookSide:
    on = DAY + timedelta(days=day)
    return BookSide(posting, f"receipt:{posting}", f"BQ 2026/{posting}", on, minor, **facts)  # type: ignore[arg-type]


def pairs(found: tuple[Proposal, ...]) -> list[tuple[int, int, str]]:
    return [(each.line.number, each.posting.posting, each.ground) for each in found]


def test_the_reference_comes_before_the_day() -> None:
    lines = [a_line(1, day=1, label="VIR CONV-7 JUIN"), a_line(2, day=0)]
    postings = [a_posting(1, day=0, document="CONV-7"), a_posting(2, day=1)]
    assert pairs(proposals(lines, postings)) == [(2, 2, "amount"), (1, 1, "reference")]


def test_a_reference_is_a_whole_word_of_four_signs_at_least() -> None:
    assert names(a_line(label="Virement REL-12, merci"), a_posting(document="REL-12"))
    assert names(a_line(reference="rel-12"), a_posting(document="REL-12"))
    assert not names(a_line(label="REL-123"), a_posting(document="REL-12"))
    assert not names(a_line(label="R1"), a_posting(document="R1"))
    assert not names(a_line(), a_posting())


def test_a_reference_counts_however_far_apart_the_days_are_and_an_amount_only_near() -> None:
    far = a_posting(1, day=40, document="CONV-7")
    assert pairs(proposals([a_line(1, label="CONV-7")], [far])) == [(1, 1, "reference")]
    assert proposals([a_line(1)], [far]) == ()
    assert pairs(proposals([a_line(1)], [a_posting(1, day=10)])) == [(1, 1, "amount")]
    assert proposals([a_line(1)], [a_posting(1, day=11)]) == ()


def test_another_amount_is_no_pair_whatever_it_is_called() -> None:
    assert proposals([a_line(1, 500, label="CONV-7")], [a_posting(1, -500, document="CONV-7")]) == ()


def test_a_pair_says_how_many_others_were_possible() -> None:
    (first, second) = proposals([a_line(1), a_line(2, day=1)], [a_posting(1), a_posting(2, day=1)])
    assert (first.rivals, second.rivals) == (2, 2)
    assert pairs((first, second)) == [(1, 1, "amount"), (2, 2, "amount")]


def slow_proposals(lines: list[BankSide], postings: list[BookSide]) -> set[tuple[int, int]]:
    """Again and again the best pair among all that are left: references first, then the nearest days."""
    found: set[tuple[int, int]] = set()
    for is_named in (True, False):
        while True:
            left = [
                (abs((line.on - each.on).days), line.on, line.number, each.posting)
                for line in lines
                for each in postings
                if line.minor == each.minor
                and not any(line.number == pair[0] or each.posting == pair[1] for pair in found)
                and (names(line, each) if is_named else abs((line.on - each.on).days) <= 10)
            ]
            if not left:
                break
            best = min(left)
            found.add((best[2], best[3]))
    return found


sides = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 25), st.sampled_from(["", "REF-A", "REF-B"])), max_size=7)


@settings(max_examples=150, deadline=None)
@given(sides, sides)
def test_the_slow_twin_finds_the_same_pairs(
    left: list[tuple[int, int, str]], right: list[tuple[int, int, str]]
) -> None:
    lines = [a_line(number, minor, day, label=said) for number, (minor, day, said) in enumerate(left, 1)]
    postings = [a_posting(number, minor, day, document=said) for number, (minor, day, said) in enumerate(right, 1)]
    found = proposals(lines, postings)
    assert {(each.line.number, each.posting.posting) for each in found} == slow_proposals(lines, postings)
    assert len({each.line.number for each in found}) == len({each.posting.posting for each in found}) == len(found)


def test_what_came_later_is_open_on_the_day_and_settled_after_it() -> None:
    later = DAY + timedelta(days=5)
    line, posting = a_line(settled_on=later), a_posting(settled_on=later)
    assert lines_open([line], DAY) == (line,)
    assert lines_open([line], later) == ()
    assert postings_open([posting], DAY) == (posting,)
    assert postings_open([posting], later) == ()
    assert lines_open([a_line(day=1)], DAY) == ()


def test_the_two_lists_explain_the_difference_or_say_what_is_left() -> None:
    facts = Reconciliation(DAY, 1000, 1300, True, (a_line(minor=500),), (a_posting(minor=200),))
    assert (facts.expected, facts.unexplained, facts.is_reconciled) == (1300, 0, True)
    off = Reconciliation(DAY, 1000, 1299, True, (a_line(minor=500),), (a_posting(minor=200),))
    assert (off.unexplained, off.is_reconciled) == (-1, False)
    unknown = Reconciliation(DAY, 1000, None, False, (), ())
    assert (unknown.unexplained, unknown.is_reconciled) == (0, False)
