"""Charters and facts that nobody wrote: drawn by Hypothesis, small enough to be counted cent by cent."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import partial

from hypothesis import strategies as st

from fund.charter.facts import AllocationFacts, Facts, Loss, MemberFacts, Performance, Period, RecipientFacts
from fund.charter.grammar import Charter, Head
from fund.charter.rules import (
    Cap,
    Cash,
    DrawingRight,
    Fees,
    FixedLimit,
    Locked,
    Periods,
    Retained,
    Rule,
    ShareOf,
    Split,
    ToMembers,
    ToParty,
    ToRecipients,
)
from ledger.money import EUR

PREMIERE = date(2026, 1, 31)
HEAD = Head("Tirée au sort", "1", "Une charte des essais.", date(2026, 1, 1), None, EUR, "sep")

rates = st.builds(Fraction, st.integers(1, 12), st.sampled_from([12, 13, 100, 365]))
figures = st.integers(0, 400)


@st.composite
def sharings(draw: st.DrawFn) -> tuple[Split, ...]:
    """One to four lines whose shares sum to the whole."""
    parts = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4))
    right = DrawingRight(36)
    lines = [
        partial(ToParty, "fund", form=Cash()), partial(ToParty, "company", form=Locked()),
        partial(ToParty, "fund", form=Retained()), partial(ToMembers, "contribution", form=right),
        partial(ToMembers, "use", form=right), partial(ToMembers, "equal", form=Locked()),
        partial(ToRecipients, "points", form=Cash()), partial(ToRecipients, "equal", form=Cash()),
    ]  # fmt: skip
    chosen = draw(st.permutations(lines))[: len(parts)]
    return tuple(line(share=Fraction(part, sum(parts))) for part, line in zip(parts, chosen, strict=True))


limits = st.one_of(st.builds(FixedLimit, st.integers(0, 300)), st.builds(ShareOf, rates, st.just("allocation")))


@st.composite
def returns(draw: st.DrawFn) -> tuple[Rule, ...]:
    """One rule, or two or three in ranks on one base."""
    base = draw(st.sampled_from(["fee", "profit", "gross"]))
    ranks = draw(st.sampled_from([(1,), (1,), (1, 1), (1, 2), (1, 1, 2), (1, 2, 3)]))
    first_dates = draw(st.integers(0, 3)) if base == "fee" else 0
    window = draw(st.one_of(st.none(), st.integers(1, 4)))
    triggered = draw(st.booleans())
    counts = Fees(first_dates, only_triggered=triggered) if base == "fee" else Periods(base, only_triggered=triggered)

    def cap(rank: int) -> Cap | None:
        limit = draw(limits) if rank < max(ranks) else draw(st.one_of(st.none(), limits))
        return None if limit is None else Cap(limit)

    return tuple(
        Rule(
            f"rule-{at}",
            counts,
            draw(rates),
            draw(sharings()),
            window_months=window,
            franchise=draw(st.one_of(st.none(), limits)),
            cap=cap(rank),
            rest_to=draw(st.sampled_from([None, "company"])) if len(ranks) == 1 else None,
            rank=rank,
        )
        for at, rank in enumerate(ranks)
    )


@st.composite
def charters(draw: st.DrawFn) -> Charter:
    """A charter of returns alone."""
    return Charter(HEAD, returns=draw(returns()), sha256="0" * 64)


days = st.integers(-20, 150).map(lambda after: PREMIERE + timedelta(days=after))
performances = st.builds(Performance, days, fee=figures, triggered=st.booleans())
periods = st.builds(Period, days, gross=figures, profit=figures, triggered=st.booleans())


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """One to four members and recipients, an allocation, and up to nine events, each with its own reference."""
    ids = draw(st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=4, unique=True))
    members = {
        name: MemberFacts(draw(st.integers(1, 9_999)), use=Fraction(draw(st.integers(1, 99)), 7)) for name in ids
    }
    recipients = {name: RecipientFacts(Fraction(draw(st.integers(1, 19)), 2)) for name in ids}
    drawn = draw(st.lists(st.one_of(performances, periods), max_size=9))
    events = tuple(
        Performance(e.date, e.fee, triggered=e.triggered, reference=f"R{at}")
        if isinstance(e, Performance)
        else Period(e.date, gross=e.gross, profit=e.profit, triggered=e.triggered, reference=f"R{at}")
        for at, e in enumerate(drawn)
    )
    return Facts(members, recipients, AllocationFacts(draw(figures), PREMIERE), events)


@st.composite
def losses(draw: st.DrawFn) -> Facts:
    """Members of whom some default and some have a ceiling, and the losses that reach them."""
    members = {
        name: MemberFacts(
            use=Fraction(draw(st.integers(0, 30))),
            defaulted=draw(st.booleans()),
            cap=draw(st.one_of(st.none(), st.integers(0, 60))),
        )
        for name in draw(st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=6, unique=True))
    }
    amounts = draw(st.lists(st.integers(1, 80), min_size=1, max_size=6))
    return Facts(members, events=tuple(Loss(PREMIERE + timedelta(days=at), minor) for at, minor in enumerate(amounts)))
