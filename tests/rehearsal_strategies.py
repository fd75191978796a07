"""Histories that nobody wrote, a few paths wide, and charters with every slot that a rule can have."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from fund.charter.facts import (
    AllocationFacts,
    Event,
    Loss,
    MemberFacts,
    Performance,
    Period,
    RecipientFacts,
    Recouped,
    Result,
)
from fund.charter.grammar import Charter, Deduction, FixedLimit, Rule, ShareOf, Split
from fund.charter.returns import READS
from fund.rehearsal.columns import column
from fund.rehearsal.histories import DeductionColumn, Happening, History, Members, Statement
from tests.charter_strategies import HEAD, PREMIERE, charters, limits, rates, sharings

COSTS = ("print", "launch", "commission")
NAMES = "ABCDEF"
LARGE = 2**61
KINDS: tuple[type[Event], ...] = (Performance, Period, Result, Recouped, Loss)


def columns(paths: int, numbers: st.SearchStrategy[int]) -> st.SearchStrategy[np.ndarray]:
    return st.lists(numbers, min_size=paths, max_size=paths).map(column)


def flags(paths: int) -> st.SearchStrategy[np.ndarray]:
    """Up in two paths of three, so that most of what could happen does."""
    usual = st.sampled_from([True, True, False])
    return st.lists(usual, min_size=paths, max_size=paths).map(lambda values: np.array(values, np.bool_))


@st.composite
def happenings(
    draw: st.DrawFn, paths: int, figures: st.SearchStrategy[int], kinds: tuple[type[Event], ...], at: int
) -> Happening:
    """One event of these kinds, on a day around the première, there in some paths."""
    kind = draw(st.sampled_from(kinds))
    on = PREMIERE + timedelta(days=draw(st.one_of(st.integers(-20, 150), st.integers(0, 40).map(lambda day: day + at))))
    costs: tuple[DeductionColumn, ...] = ()
    given = {}
    if kind is Performance:
        names, given = ("fee",), {name: draw(flags(paths)) for name in ("member_date", "triggered", "vested")}
    elif kind is Period:
        names = ("gross", "net", "profit")
        given = {name: draw(flags(paths)) for name in draw(st.sampled_from([(), ("triggered",), ("vested",)]))}
        costs = tuple(
            DeductionColumn(
                draw(st.sampled_from(COSTS)), draw(columns(paths, st.integers(0, 200))), draw(st.booleans())
            )
            for _ in range(draw(st.integers(0, 2)))
        )
    else:
        names = ("minor",)
    signed = figures if kind in (Performance, Period, Result) else figures.map(abs)
    return Happening(
        kind,
        on,
        draw(st.sampled_from(["", f"R{at}"])),
        draw(flags(paths)),
        {name: draw(columns(paths, signed)) for name in names},
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
def histories(draw: st.DrawFn, kinds: tuple[type[Event], ...] = KINDS) -> History:
    """One to four statements over one to four paths; members' figures change between some of them."""
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
        )
        for name in names
    }
    found = draw(members(paths, facts, most))
    statements = []
    for at in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            found = draw(members(paths, facts, most))
        new = tuple(draw(happenings(paths, figures, kinds, 10 * at + each)) for each in range(draw(st.integers(0, 4))))
        statements.append(Statement(new, found))
    amounts = st.one_of(st.integers(0, 1_000), st.integers(200, 9_000), st.just(LARGE))
    allocation = AllocationFacts(draw(amounts), PREMIERE, draw(st.integers(0, 300)), draw(st.integers(0, 3)) > 0)
    recipients = {name: RecipientFacts(Fraction(draw(st.integers(1, 19)), 2)) for name in names}
    return History("drawn", paths, allocation, recipients, tuple(statements))


@st.composite
def loss_sharings(draw: st.DrawFn) -> tuple[Split, ...]:
    """What members bear, some of it with the reserve."""
    reserve = draw(st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2)]))
    key = draw(st.sampled_from(["use", "equal", "contribution", "points"]))
    lines = [Split("members", 1 - reserve, "loss", key, None, None, {})]
    return (*lines, *([Split("reserve", reserve, "loss", None, None, None, {})] if reserve else []))


@st.composite
def any_rules(draw: st.DrawFn, at: int) -> Rule:
    """A rule of any base, with any slot that its base may have."""
    base = draw(st.sampled_from(
        ["fee", "gross", "net", "profit", "surplus", "recouped", "deficit", "result-after-aid", "loss"]
    ))  # fmt: skip
    period, dated = base in ("gross", "net", "profit"), base in ("fee", "gross", "net", "profit")
    splits = draw(loss_sharings()) if base == "loss" else draw(sharings())
    named = {split.to for split in splits}
    cap = draw(st.one_of(st.none(), limits))
    deductions = tuple(
        Deduction(kind, draw(st.one_of(st.none(), st.builds(FixedLimit, st.integers(0, 90)),
                                       st.builds(ShareOf, rates, st.just("gross")))), draw(st.booleans()), {})
        for kind in draw(st.lists(st.sampled_from(COSTS), max_size=2, unique=True))
    )  # fmt: skip
    return Rule(
        "risks" if base in ("deficit", "result-after-aid", "loss") else "returns",
        f"rule-{at}",
        base,  # type: ignore[arg-type]
        draw(rates),
        splits,
        deductions=deductions if period else (),
        exclude_first_dates=draw(st.integers(0, 2)) if base == "fee" else 0,
        exclude_member_dates=base == "fee" and draw(st.booleans()),
        only_triggered=dated and draw(st.booleans()),
        vesting_months=draw(st.sampled_from([None, 36])) if dated else None,
        window_months=draw(st.one_of(st.none(), st.integers(1, 4))),
        no_return_up_to=draw(st.sampled_from([None, None, 100])),
        franchise=draw(st.one_of(st.none(), limits)),
        cap=cap,
        cap_counts="fund" if cap is not None and "fund" in named and draw(st.booleans()) else None,
        aid_ceiling=draw(st.one_of(st.none(), rates)) if base == "deficit" else None,
        rest_to=draw(st.sampled_from([None, "company"])) if base != "loss" else None,
        rounding=draw(st.sampled_from(["cumulative", "per-item"])),
        joint_liability=base == "loss" and draw(st.booleans()),
    )


@st.composite
def any_charters(draw: st.DrawFn) -> Charter:
    """The charters of the promises, with ranks, or one to three rules of any kind."""
    if draw(st.booleans()):
        charter = draw(charters())
        rounding = draw(st.sampled_from(["cumulative", "per-item"]))
        return replace(charter, returns=tuple(replace(rule, rounding=rounding) for rule in charter.returns))
    rules = [draw(any_rules(at)) for at in range(draw(st.integers(1, 3)))]
    returns = tuple(rule for rule in rules if rule.section == "returns")
    return Charter(HEAD, (), (), returns, tuple(rule for rule in rules if rule.section == "risks"), "0" * 64)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Charter, History]:
    """A charter, and a history in which most events are of the kinds that it reads."""
    charter = draw(any_charters())
    read = tuple({READS[rule.base] for rule in charter.rules})
    return charter, draw(histories(draw(st.sampled_from([read, read, read, KINDS]))))
