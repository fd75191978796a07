"""Histories that nobody wrote, a few paths wide, and charters with every slot that a rule can have."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from fund.charter.facts import (
    AllocationFacts,
    MemberFacts,
    Performance,
    Period,
    RecipientFacts,
    Result,
)
from fund.charter.grammar import Charter
from fund.charter.returns import READS
from fund.charter.rules import (
    Bearer,
    Bearing,
    Cap,
    Cash,
    Counts,
    Deduction,
    Deficits,
    DrawingRight,
    Excesses,
    Fees,
    FixedLimit,
    FundBears,
    Losses,
    MembersBear,
    Periods,
    Recoupments,
    ReserveBears,
    Rule,
    ShareOf,
    Split,
    Surpluses,
    ToMembers,
    ToParty,
    ToRecipients,
)
from fund.rehearsal.columns import column
from fund.rehearsal.histories import DeductionColumn, Happening, History, Members, Statement
from tests.charter_strategies import HEAD, PREMIERE, charters, limits, rates, sharings

COSTS = ("print", "launch", "commission")
NAMES = "ABCDEF"
LARGE = 2**61
PERIOD = frozenset({"gross", "net", "profit"})


def columns(paths: int, numbers: st.SearchStrategy[int]) -> st.SearchStrategy[np.ndarray]:
    return st.lists(numbers, min_size=paths, max_size=paths).map(column)


def flags(paths: int) -> st.SearchStrategy[np.ndarray]:
    """Up in two paths of three, so that most of what could happen does."""
    usual = st.sampled_from([True, True, False])
    return st.lists(usual, min_size=paths, max_size=paths).map(lambda values: np.array(values, np.bool_))


@st.composite
def happenings(
    draw: st.DrawFn, paths: int, figures: st.SearchStrategy[int], bases: frozenset[str], read: frozenset[str], at: int
) -> Happening:
    """One event that one of these bases is read from, on a day around the première, there in some paths."""
    kind = READS[draw(st.sampled_from(sorted(bases)))]
    on = PREMIERE + timedelta(days=draw(st.one_of(st.integers(-20, 150), st.integers(0, 40).map(lambda day: day + at))))
    costs: tuple[DeductionColumn, ...] = ()
    given = {}
    if kind is Performance:
        names, given = frozenset({"fee"}), {name: draw(flags(paths)) for name in ("member_date", "triggered", "vested")}
    elif kind is Period:
        names = draw(st.sampled_from([PERIOD, PERIOD, PERIOD - {"net"}, PERIOD - {"profit"}]))
        names = PERIOD if bases & PERIOD and not read & names else names
        given = {name: draw(flags(paths)) for name in draw(st.sampled_from([(), ("triggered",), ("vested",)]))}
        costs = tuple(
            DeductionColumn(
                draw(st.sampled_from(COSTS)), draw(columns(paths, st.integers(0, 200))), draw(st.booleans())
            )
            for _ in range(draw(st.integers(0, 2)))
        )
    else:
        names = frozenset({"minor"})
    signed = figures if kind in (Performance, Period, Result) else figures.map(abs)
    return Happening(
        kind,
        on,
        draw(st.sampled_from(["", f"R{at}"])),
        draw(flags(paths)),
        {name: draw(columns(paths, signed)) for name in sorted(names)},
        given,
        costs,
    )


@st.composite
def members(draw: st.DrawFn, paths: int, facts: dict[str, MemberFacts], most: int) -> Members:
    return Members(
        facts,
        {name: draw(columns(paths, st.integers(0, most))) for name in facts},
        {name: draw(flags(paths)) for name in facts},
    )


@st.composite
def histories(draw: st.DrawFn, charter: Charter) -> History:
    """One to four statements over one to four paths; members' figures change between some of them.

    In three of four, all the events are of kinds that the charter reads.
    """
    read = frozenset(rule.base for rule in charter.rules) or frozenset(READS)
    bases = draw(st.sampled_from([read, read, read, frozenset(READS)]))
    paths = draw(st.integers(1, 4))
    figures = draw(st.sampled_from(
        [st.integers(-100, 400), st.integers(1, 900), st.integers(0, 90_000), st.integers(LARGE - 9, LARGE)]
    ))  # fmt: skip
    most = draw(st.sampled_from([3, 9_999, 9_999, LARGE]))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    facts = {
        name: MemberFacts(
            use=Fraction(draw(st.integers(0, 99)), 7),
            points=Fraction(draw(st.integers(0, 9)), draw(st.integers(1, 4))),
            cap=draw(st.one_of(st.none(), st.integers(0, 400))),
            notoriety=Fraction(draw(st.integers(0, 5)), 3),
            percentage=Fraction(at + 1, sum(range(len(names) + 1))),
        )
        for at, name in enumerate(names)
    }
    found = draw(members(paths, facts, most))
    statements = []
    for at in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            found = draw(members(paths, facts, most))
        new = tuple(
            draw(happenings(paths, figures, bases, read, 10 * at + each)) for each in range(draw(st.integers(0, 4)))
        )
        statements.append(Statement(new, found, draw(columns(paths, st.integers(0, 500)))))
    amounts = st.one_of(st.integers(0, 1_000), st.integers(200, 9_000), st.just(LARGE))
    allocation = AllocationFacts(draw(amounts), PREMIERE, draw(st.integers(0, 300)), draw(st.integers(0, 3)) > 0)
    recipients = {
        name: RecipientFacts(Fraction(draw(st.integers(1, 19)), 2), Fraction(1, len(names))) for name in names
    }
    return History("drawn", paths, allocation, recipients, tuple(statements))


member_keys = st.sampled_from(["use", "equal", "contribution", "points", "notoriety", "percentage"])


@st.composite
def bearings(draw: st.DrawFn) -> tuple[Split, ...]:
    """What members bear, some of it with the reserve."""
    reserve = draw(st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2)]))
    line = ToMembers(draw(member_keys), 1 - reserve, Bearing(draw(st.booleans())))
    return (line, ToParty("reserve", reserve, Bearing())) if reserve else (line,)


@st.composite
def turns(draw: st.DrawFn) -> tuple[Bearer, ...]:
    """The reserve, the members and the fund in some order, each at most once."""
    shares = st.builds(ShareOf, rates, st.just("contribution"))
    fixed = st.one_of(st.none(), st.builds(FixedLimit, st.integers(0, 200)))
    bearers = [
        ReserveBears(draw(fixed)),
        MembersBear(draw(member_keys), draw(st.one_of(fixed, shares)), draw(st.booleans())),
        FundBears(draw(fixed)),
    ]
    return tuple(draw(st.permutations(bearers))[: draw(st.integers(1, 3))])


@st.composite
def all_counts(draw: st.DrawFn) -> Counts:
    """What a rule may count, with any slot that it has."""
    kind = draw(st.integers(0, 10))
    triggered, vesting = draw(st.booleans()), draw(st.sampled_from([None, 36]))
    if kind < 3:
        return Fees(draw(st.integers(0, 2)), draw(st.booleans()), triggered, vesting)
    if kind < 6:
        costs = st.one_of(
            st.none(), st.builds(FixedLimit, st.integers(0, 90)), st.builds(ShareOf, rates, st.just("gross"))
        )
        named = draw(st.lists(st.sampled_from(COSTS), max_size=2, unique=True))
        deductions = tuple(Deduction(name, draw(costs), draw(st.booleans()), {}) for name in named)
        return Periods(draw(st.sampled_from(["gross", "net", "profit"])), deductions, triggered, vesting)
    others = [Surpluses(), Recoupments(), Deficits(draw(st.one_of(st.none(), rates))), Excesses(), Losses()]
    return others[kind - 6]


@st.composite
def any_rules(draw: st.DrawFn, at: int) -> Rule:
    """A rule of any base, with any slot."""
    counts = draw(all_counts())
    bears = isinstance(counts, Losses | Deficits) and draw(st.booleans())
    splits = draw(bearings() if isinstance(counts, Losses) else sharings())
    limit = draw(st.one_of(st.none(), limits))
    of = "fund" if any(split.to == "fund" for split in splits) and not bears and draw(st.booleans()) else None
    return Rule(
        f"rule-{at}",
        counts,
        draw(rates),
        () if bears else splits,
        draw(turns()) if bears else (),
        window_months=draw(st.one_of(st.none(), st.integers(1, 4))),
        no_return_up_to=draw(st.sampled_from([None, None, 100])),
        franchise=draw(st.one_of(st.none(), limits)),
        cap=None if limit is None else Cap(limit, of),
        rest_to=draw(st.sampled_from([None, "company"])) if not bears else None,
        rounding=draw(st.sampled_from(["cumulative", "per-item"])),
    )


@st.composite
def pools(draw: st.DrawFn) -> tuple[Rule, ...]:
    """Royalty pools in ranks, with a minimum per point: before recoupment and after."""
    rules = []
    for rank in range(1, draw(st.integers(2, 4))):
        share = draw(st.sampled_from([Fraction(1, 3), Fraction(7, 20), Fraction(1)]))
        others: tuple[Split, ...] = (ToParty("investors", 1 - share, Cash()),) if share < 1 else ()
        if others and draw(st.booleans()):
            half = (1 - share) / 2
            others = (ToParty("investors", half, Cash()), ToMembers("contribution", half, DrawingRight(36)))
        cap = Cap(draw(limits), "investors" if others and draw(st.booleans()) else None)
        rules.append(Rule(
            f"rule-{rank}",
            Periods(draw(st.just("profit"))),
            draw(st.one_of(st.just(Fraction(1)), rates)),
            (ToRecipients("points", share, Cash()), *others),
            franchise=draw(st.one_of(st.none(), limits)),
            floor_per_point=draw(st.one_of(st.none(), st.integers(0, 40))),
            cap=cap,
            rank=rank,
            rounding=draw(st.sampled_from(["cumulative", "per-item"])),
        ))  # fmt: skip
    return tuple(rules)


@st.composite
def any_charters(draw: st.DrawFn) -> Charter:
    """The charters of the promises, with ranks; royalty pools; or one to three rules of any kind."""
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return Charter(HEAD, returns=draw(pools()))
    if kind < 3:
        charter = draw(charters())
        rounding = draw(st.sampled_from(["cumulative", "per-item"]))
        return replace(charter, returns=tuple(replace(rule, rounding=rounding) for rule in charter.returns))
    rules = [draw(any_rules(at)) for at in range(draw(st.integers(1, 3)))]
    returns = tuple(rule for rule in rules if rule.section == "returns")
    return Charter(HEAD, returns=returns, risks=tuple(rule for rule in rules if rule.section == "risks"))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Charter, History]:
    """A charter and a history for it."""
    charter = draw(any_charters())
    return charter, draw(histories(charter))
