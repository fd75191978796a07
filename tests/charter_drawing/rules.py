"""Rules that nobody wrote: every base with its slots, ranks, limits, forms and keys, as the reader accepts them."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from hypothesis import strategies as st

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
    Form,
    FundBears,
    Limit,
    Locked,
    Losses,
    MembersBear,
    Party,
    Periods,
    Recoupments,
    ReserveBears,
    Retained,
    Rule,
    ShareOf,
    Split,
    Surpluses,
    ToMembers,
    ToParty,
    ToRecipients,
)

BASES = ("fee", "gross", "net", "profit", "surplus", "recouped", "deficit", "result-after-aid", "loss")
PERIODS = ("gross", "net", "profit")
RISKS = ("deficit", "result-after-aid", "loss")
COSTS = ("commission", "print", "launch")
RANKS = ((1,), (1,), (1,), (1, 1), (1, 2), (1, 2), (1, 1, 2), (1, 2, 3))
PARTIES: tuple[Party, ...] = ("fund", "reserve", "company", "producer", "investors")
MEMBER_KEYS = ("contribution", "use", "points", "equal", "notoriety", "percentage")
RECIPIENT_KEYS = ("points", "equal", "percentage")
RATES = tuple(Fraction(*pair) for pair in ((1, 1), (1, 2), (1, 3), (8, 100), (35, 100), (7, 12), (4, 13), (37, 365)))

rates = st.sampled_from(RATES)
figures = st.integers(0, 400)
fixed = st.builds(FixedLimit, st.integers(0, 300))
shares_of_allocation = st.builds(ShareOf, rates, st.sampled_from(["allocation", "allocation", "other_aid"]))
limits = st.one_of(fixed, shares_of_allocation)


def maybe(strategy: st.SearchStrategy, *, none: int = 1) -> st.SearchStrategy:
    """None once in so many and one."""
    return st.one_of(*[st.none()] * none, strategy)


@st.composite
def deductions(draw: st.DrawFn) -> tuple[Deduction, ...]:
    """Up to three kinds of costs, each with or without a limit."""
    limit = maybe(st.one_of(fixed, st.builds(ShareOf, rates, st.just("gross"))))
    kinds = draw(st.permutations(COSTS))[: draw(st.integers(0, 3))]
    return tuple(Deduction(kind, draw(limit), draw(st.booleans()), {}) for kind in kinds)


def counts_of(base: str) -> st.SearchStrategy[Counts]:
    """What a rule of this base counts."""
    vesting = maybe(st.sampled_from([12, 36]), none=2)
    if base == "fee":
        return st.builds(Fees, st.sampled_from([0, 0, 1, 2, 3]), st.booleans(), st.booleans(), vesting)
    if base in PERIODS:
        return st.builds(Periods, st.just(base), deductions(), st.booleans(), vesting)
    if base == "deficit":
        return st.builds(Deficits, maybe(rates))
    others = {"surplus": Surpluses(), "recouped": Recoupments(), "result-after-aid": Excesses(), "loss": Losses()}
    return st.just(others[base])


@st.composite
def forms(draw: st.DrawFn, expires: int, *, risk: bool, members: bool) -> Form:
    """In which form; money goes to members on a legal basis alone."""
    basis = draw(st.sampled_from(["L. 121-1", "Statuts, art. 12"]))
    known: list[Form] = [Cash(basis if members or draw(st.booleans()) else None), DrawingRight(expires), Locked()]
    return draw(st.sampled_from([*known, Retained(), *([Bearing(), Bearing()] if risk else [])]))


@st.composite
def splits(draw: st.DrawFn, *, risk: bool, by_points: bool) -> tuple[Split, ...]:
    """One to four lines whose shares sum to the whole; with one line by points when that is asked."""
    expires = draw(st.sampled_from([1, 36]))
    form = partial(forms, expires, risk=risk)
    party = st.builds(ToParty, st.sampled_from(PARTIES), st.none(), form(members=False))
    members = st.builds(ToMembers, st.sampled_from(MEMBER_KEYS), st.none(), form(members=True))
    recipients = st.builds(ToRecipients, st.sampled_from(RECIPIENT_KEYS), st.none(), form(members=False))
    lines = draw(st.lists(st.one_of(party, members, members, recipients), min_size=0 if by_points else 1, max_size=3))
    if by_points:
        lines = [line for line in lines if not (line.to == "recipients" and line.key == "points")]
        lines.append(ToRecipients("points", Fraction(1), draw(form(members=False))))
    return _weighed(draw, lines)


@st.composite
def joint_splits(draw: st.DrawFn) -> tuple[Split, ...]:
    """Members alone, and jointly."""
    lines: list[Split] = [
        ToMembers(draw(st.sampled_from(MEMBER_KEYS)), Fraction(1), Bearing(joint=True))
        for _ in range(draw(st.integers(1, 2)))
    ]
    return _weighed(draw, lines)


def _weighed(draw: st.DrawFn, lines: list[Split]) -> tuple[Split, ...]:
    parts = [draw(st.integers(1, 9)) for _ in lines]
    kinds = [
        partial(type(line), line.to) if isinstance(line, ToParty) else partial(type(line), line.key) for line in lines
    ]
    return tuple(
        kind(share=Fraction(part, sum(parts)), form=line.form)
        for kind, part, line in zip(kinds, parts, lines, strict=True)
    )


@st.composite
def bearers(draw: st.DrawFn) -> tuple[Bearer, ...]:
    """A loss borne in turn: whoever bears without a limit comes last."""
    share = st.builds(ShareOf, rates, st.just("contribution"))
    turns: list[Bearer] = [
        ReserveBears(draw(maybe(fixed))),
        MembersBear(draw(st.sampled_from(MEMBER_KEYS)), draw(maybe(st.one_of(fixed, share))), draw(st.booleans())),
    ]
    chosen = draw(st.permutations(turns))[: draw(st.integers(1, 2))]
    if draw(st.booleans()):
        at = draw(st.integers(0, len(chosen)))
        chosen.insert(at, FundBears(draw(fixed if at < len(chosen) else maybe(fixed))))
    return tuple(chosen)


@st.composite
def _rule(draw: st.DrawFn, name: str, base: str, ranks: tuple[int, ...], rank: int, common: dict) -> Rule:
    """One rule of a base, among others of that base in ranks."""
    most = Fraction(1, ranks.count(rank))
    is_last, risk, turns, lines = rank == max(ranks), base in RISKS, (), ()
    floor = draw(maybe(st.integers(0, 40))) if base in PERIODS else None
    kind = draw(st.sampled_from(["splits", "joint", "bearers"])) if base in ("deficit", "loss") else "splits"
    if kind == "bearers":
        turns = draw(bearers())
    else:
        lines = draw(joint_splits() if kind == "joint" else splits(risk=risk, by_points=floor is not None))
    limit = draw(maybe(limits) if is_last else limits)
    of = draw(st.sampled_from([None, *(line.to for line in lines)]))
    if floor is not None and of == "recipients":
        of = None  # a minimum comes on top of what the cap measures
    may_rest = len(ranks) == 1 and base in ("fee", *PERIODS, "surplus")
    return Rule(
        name,
        rate=draw(rates) * most,
        splits=lines,
        bearers=turns,
        franchise=draw(maybe(limits)),
        floor_per_point=floor,
        cap=None if limit is None else Cap(limit, of),
        rest_to=draw(maybe(st.sampled_from(PARTIES))) if may_rest else None,
        rank=rank,
        rounding=draw(st.sampled_from(["cumulative", "cumulative", "per-item"])) if is_last else "cumulative",
        **common,
    )


@st.composite
def rules_of(draw: st.DrawFn, base: str) -> tuple[Rule, ...]:
    """One rule of a base, or two or three in ranks that count the same events."""
    ranks = draw(st.sampled_from(RANKS))
    common = {
        "counts": draw(counts_of(base)),
        "window_months": draw(maybe(st.integers(1, 4), none=2)),
        "no_return_up_to": draw(maybe(st.integers(0, 100), none=3)),
    }
    return tuple(draw(_rule(f"{base}-{at}", base, ranks, rank, common)) for at, rank in enumerate(ranks))


def allowance(rule: Rule, allocation: int, other_aid: int) -> Fraction | None:
    """The cap of a rule as it is written, in minor units."""
    return None if rule.cap is None else limit_of(rule.cap.limit, allocation, other_aid)


def limit_of(limit: Limit, allocation: int, other_aid: int) -> Fraction:
    """A limit in minor units."""
    if isinstance(limit, FixedLimit):
        return Fraction(limit.minor)
    return limit.rate * (allocation if limit.of == "allocation" else other_aid)
