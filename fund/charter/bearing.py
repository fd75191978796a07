"""Who bears a loss, one after the other: each turn up to what it can, and what nobody can bear is reported."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from fund.charter.facts import Facts, MemberFacts
from fund.charter.returns import RuleTotal, article_of
from fund.charter.rules import Bearer, FixedLimit, FormWord, FundBears, Limit, MembersBear, ReserveBears, Rule, ShareOf
from fund.charter.splits import Earlier, Share, Shared, figure_of, limited, share_by, turn_key
from fund.charter.trace import ZERO, Claim, Pen, Portion, Quantity, Recorder


def borne(total: RuleTotal, facts: Facts, recorder: Recorder, earlier: Earlier) -> Shared:
    """Take a loss down the turns of its rule; nobody is given back what it bore."""
    rule, pen = total.rule, recorder.pen(article_of(total.rule))
    if not total.due.value and not any(earlier.all_of(key) for key in keys_of(rule)):
        return Shared((), 0, 0)  # nobody is asked where nothing was lost
    left = total.due
    shares: list[Share] = []
    for key, bearer in zip(keys_of(rule), rule.bearers, strict=True):
        if isinstance(bearer, MembersBear):
            found = _members(key, bearer, left, facts, pen, earlier)
        else:
            found = _alone(key, bearer, left, facts, pen, earlier)
        shares += found
        taken = sum(share.minor for share in found) + earlier.of(key)
        left = pen.difference("left-to-bear", left, Quantity(taken))
    short = int(left.value)
    return Shared(tuple(shares), uncovered=max(0, short), carried=max(0, -short))


_TURNS: Mapping[type[Bearer], Literal["reserve", "members", "fund"]] = {
    ReserveBears: "reserve",
    MembersBear: "members",
    FundBears: "fund",
}


def keys_of(rule: Rule) -> tuple[str, ...]:
    """The key of each turn: `dettes/reserve`."""
    return tuple(turn_key(rule, _TURNS[type(bearer)]) for bearer in rule.bearers)


def _alone(
    key: str, bearer: ReserveBears | FundBears, left: Quantity, facts: Facts, pen: Pen, earlier: Earlier
) -> list[Share]:
    """The reserve bears what it holds, the fund what is asked, both up to their limit."""
    party = "reserve" if isinstance(bearer, ReserveBears) else "fund"
    taken = pen.greatest("not-below-zero", left, ZERO)
    if isinstance(bearer, ReserveBears):
        taken = pen.least("reserve-holds", taken, pen.given("reserve", facts.reserve or 0))
    if isinstance(bearer.limit, FixedLimit):
        taken = pen.least("turn-limit", taken, Quantity(bearer.limit.minor))
    if before := earlier.of(key):
        taken = pen.difference("earlier-key", taken, Quantity(before))
    taken = pen.greatest("borne", taken, Quantity(sum(earlier.held(key).values())), about=party)
    return [Share(key, party, "loss", int(taken.value))]


def _members(key: str, bearer: MembersBear, left: Quantity, facts: Facts, pen: Pen, earlier: Earlier) -> list[Share]:
    """The members bear by their key; each up to its limit, jointly or each for itself."""
    held = earlier.held(key)
    claims: list[Portion] = []
    alone: dict[tuple[str, FormWord], int] = {}
    for name, member in facts.members.items():
        party, most = f"member:{name}", _most(bearer.limit, member, pen, name)
        figure = 0 if bearer.joint and member.defaulted else figure_of(member, bearer.key)
        if not bearer.joint and (member.defaulted or most is not None):
            alone[party, "loss"] = 0 if member.defaulted or most is None else most
        claim = Claim(0, Fraction(1), bearer.key, figure)
        claims.append(Portion(party, "loss", (claim,), held.get((party, "loss"), 0), most if bearer.joint else None))
    found = share_by(
        key, pen.greatest("not-below-zero", left, ZERO), claims, pen, earlier, None if bearer.joint else alone
    )
    return [Share(key, part.party, "loss", part.part) for part in limited(found.portions, alone, pen)]


def _most(limit: Limit | None, member: MemberFacts, pen: Pen, name: str) -> int | None:
    """The most that a member may bear: the lower of the charter's limit and its own."""
    most = None
    if isinstance(limit, FixedLimit):
        most = limit.minor
    elif isinstance(limit, ShareOf):
        paid = pen.given("contribution", member.contribution or 0, about=name)
        most = int(pen.whole_below("cent-below", pen.product("member-limit-rate", paid, limit.rate)).value)
    if member.cap is None:
        return most
    own = int(pen.given("member-cap", member.cap, about=name).value)
    return own if most is None else min(own, most)
