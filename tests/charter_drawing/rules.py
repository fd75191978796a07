"""Rules that nobody wrote: every base with its slots, ranks, limits, forms and keys, as the reader accepts them."""

from __future__ import annotations

from fractions import Fraction

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
    MemberKey,
    MembersBear,
    Party,
    Periods,
    RecipientKey,
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
from tests.charter_drawing.lots import Lots

BASES = ("fee", "gross", "net", "profit", "surplus", "recouped", "deficit", "result-after-aid", "loss")
PERIODS = ("gross", "net", "profit")
RISKS = ("deficit", "result-after-aid", "loss")
COSTS = ("commission", "print", "launch")
RANKS = ((1,), (1,), (1,), (1, 1), (1, 2), (1, 2), (1, 1, 2), (1, 2, 3))
PARTIES: tuple[Party, ...] = ("fund", "reserve", "company", "producer", "investors")
MEMBER_KEYS: tuple[MemberKey, ...] = ("contribution", "use", "points", "equal", "notoriety", "percentage")
RECIPIENT_KEYS: tuple[RecipientKey, ...] = ("points", "equal", "percentage")
RATES = tuple(Fraction(*pair) for pair in ((1, 1), (1, 2), (1, 3), (8, 100), (35, 100), (7, 12), (4, 13), (37, 365)))


def fixed(lots: Lots) -> FixedLimit:
    """An amount."""
    return FixedLimit(lots.number(0, 300))


def limit(lots: Lots) -> Limit:
    """An amount, or a share of the allocation or of the aid from elsewhere."""
    if lots.flag():
        return fixed(lots)
    return ShareOf(lots.one(RATES), "other_aid" if lots.flag(one_in=3) else "allocation")


def deductions(lots: Lots) -> tuple[Deduction, ...]:
    """Up to three kinds of costs, each with or without a limit."""

    def most() -> Limit:
        return fixed(lots) if lots.flag() else ShareOf(lots.one(RATES), "gross")

    return tuple(Deduction(kind, lots.maybe(most), lots.flag(), {}) for kind in lots.some(COSTS))


def counts_of(lots: Lots, base: str) -> Counts:
    """What a rule of this base counts."""

    def months() -> int:
        return lots.one((12, 36))

    match base:
        case "fee":
            return Fees(lots.one((0, 0, 1, 2, 3)), lots.flag(), lots.flag(), lots.maybe(months, one_in=3))
        case "gross" | "net" | "profit":
            return Periods(base, deductions(lots), lots.flag(), lots.maybe(months, one_in=3))
        case "deficit":
            return Deficits(lots.maybe(lambda: lots.one(RATES)))
        case "surplus":
            return Surpluses()
        case "recouped":
            return Recoupments()
        case "result-after-aid":
            return Excesses()
    return Losses()


def form(lots: Lots, expires: int, *, risk: bool, members: bool) -> Form:
    """In which form; money goes to members on a legal basis alone."""
    known: list[Form] = [Cash("Statuts, art. 12" if members else None), DrawingRight(expires), Locked(), Retained()]
    return lots.one([*known, Bearing(), Bearing()] if risk else known)


def splits(lots: Lots, *, risk: bool, by_points: bool) -> tuple[Split, ...]:
    """One to four lines whose shares sum to the whole; with exactly one line by points when that is asked."""
    expires = lots.one((36, 1))
    count = lots.number(0 if by_points else 1, 3)
    shares = lots.parts(count + by_points)
    lines: list[Split] = []
    for share in shares[:count]:
        to = lots.one(("party", "members", "members", "recipients"))
        how = form(lots, expires, risk=risk, members=to == "members")
        if to == "party":
            lines.append(ToParty(lots.one(PARTIES), share, how))
        elif to == "members":
            lines.append(ToMembers(lots.one(MEMBER_KEYS), share, how))
        else:
            lines.append(ToRecipients(lots.one(RECIPIENT_KEYS[1:] if by_points else RECIPIENT_KEYS), share, how))
    if by_points:
        lines.append(ToRecipients("points", shares[count], form(lots, expires, risk=risk, members=False)))
    return tuple(lines)


def joint_splits(lots: Lots) -> tuple[Split, ...]:
    """Members alone, and jointly."""
    return tuple(
        ToMembers(lots.one(MEMBER_KEYS), share, Bearing(joint=True)) for share in lots.parts(lots.number(1, 2))
    )


def bearers(lots: Lots) -> tuple[Bearer, ...]:
    """A loss borne in turn; a fund that bears without a limit comes last."""

    def most() -> Limit:
        return fixed(lots) if lots.flag() else ShareOf(lots.one(RATES), "contribution")

    turns: list[Bearer] = []
    who = lots.some(("reserve", "members", "fund"), least=1)
    for at, by in enumerate(who):
        if by == "reserve":
            turns.append(ReserveBears(lots.maybe(lambda: fixed(lots))))
        elif by == "members":
            turns.append(MembersBear(lots.one(MEMBER_KEYS), lots.maybe(most), lots.flag()))
        else:
            turns.append(FundBears(fixed(lots) if at < len(who) - 1 or lots.flag() else None))
    return tuple(turns)


def rules_of(lots: Lots, base: str) -> tuple[Rule, ...]:
    """One rule of a base, or two or three in ranks that count the same events."""
    ranks = lots.one(RANKS)
    counts = counts_of(lots, base)
    window = lots.maybe(lambda: lots.number(1, 4), one_in=3)
    no_return = lots.maybe(lambda: lots.number(0, 100), one_in=4)
    return tuple(_rule(lots, f"{base}-{at}", counts, ranks, rank, window, no_return) for at, rank in enumerate(ranks))


def _rule(
    lots: Lots, name: str, counts: Counts, ranks: tuple[int, ...], rank: int, window: int | None, no_return: int | None
) -> Rule:
    base, is_last = counts.base, rank == max(ranks)
    floor = lots.maybe(lambda: lots.number(0, 40)) if base in PERIODS else None
    kind = lots.one(("splits", "joint", "bearers")) if base in ("deficit", "loss") else "splits"
    if kind == "bearers":
        lines: tuple[Split, ...] = ()
    elif kind == "joint":
        lines = joint_splits(lots)
    else:
        lines = splits(lots, risk=base in RISKS, by_points=floor is not None)
    most = None if is_last and lots.flag() else limit(lots)
    of = None if most is None else lots.one([None, *(line.to for line in lines)])
    if floor is not None and of == "recipients":
        of = None  # a minimum comes on top of what the cap measures
    may_rest = len(ranks) == 1 and base in ("fee", *PERIODS, "surplus")
    return Rule(
        name,
        counts,
        rate=lots.one(RATES) / ranks.count(rank),
        splits=lines,
        bearers=bearers(lots) if kind == "bearers" else (),
        window_months=window,
        no_return_up_to=no_return,
        franchise=lots.maybe(lambda: limit(lots)),
        floor_per_point=floor,
        cap=None if most is None else Cap(most, of),
        rest_to=lots.maybe(lambda: lots.one(PARTIES)) if may_rest else None,
        rank=rank,
        rounding="per-item" if is_last and lots.flag(one_in=3) else "cumulative",
    )
