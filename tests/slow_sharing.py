"""Sharing with coins, one at a time: twins of the split, of the ceilings and of the turns in which a loss is borne."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from fund.charter.facts import Facts, MemberFacts
from fund.charter.rules import (
    Bearing,
    FixedLimit,
    FundBears,
    MembersBear,
    ReserveBears,
    Rule,
    ShareOf,
    Split,
    ToMembers,
    ToRecipients,
)

Who = tuple[str, str]
"""A party and a form."""


@dataclass
class Shares:
    """What a rule has given, key by key; what nobody could bear; what was shared and is due no more."""

    parts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    uncovered: int = 0
    carried: int = 0

    def put(self, key: str, parts: Mapping[Who, int]) -> None:
        self.parts |= {(key, *who): coins for who, coins in parts.items()}


@dataclass
class Before:
    """What earlier statements gave: by beneficiary under this key, and in all under keys of the past."""

    kept: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    past: Mapping[str, int] = field(default_factory=dict)

    def of(self, key: str) -> dict[Who, int]:
        return {(party, form): coins for (named, party, form), coins in self.kept.items() if named == key}

    def all_of(self, key: str) -> int:
        return sum(self.of(key).values()) + self.past.get(key, 0)


def handed_out(coins: int, weights: Mapping[Who, Fraction], kept: Mapping[Who, int]) -> dict[Who, int]:
    """Give everyone what they keep and their whole coins; then one coin at a time to whose next falls due earliest."""
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(weights, 0)
    exact = {who: coins * weight / whole for who, weight in weights.items()}
    has = {who: max(kept.get(who, 0), int(exact[who])) for who in weights}
    left = coins - sum(has.values())
    assert left >= 0, "more is kept than there is"

    def next_falls_due(who: Who) -> tuple[Fraction, Fraction, str]:
        total = (has[who] + 1) / (weights[who] / whole)
        return total, -(exact[who] - int(exact[who])), " ".join(who)

    while left:
        waiting = [who for who in weights if has[who] < exact[who]]
        has[min(waiting, key=next_falls_due)] += 1
        left -= 1
    return has


def handed_out_under(
    coins: int, weights: Mapping[Who, Fraction], kept: Mapping[Who, int], most: Mapping[Who, int]
) -> dict[Who, int]:
    """The same when some can bear no more than so much: the water rises, and the lowest vessel is full first."""
    full: dict[Who, int] = {}
    open_ = {who: weight for who, weight in weights.items() if weight}
    for who in sorted(most, key=lambda who: most[who] / open_[who] if who in open_ else 0):
        if who in open_ and (coins - sum(full.values())) * open_[who] > most[who] * sum(open_.values()):
            full[who] = most[who]
            del open_[who]
    return dict.fromkeys(weights, 0) | full | handed_out(coins - sum(full.values()) if open_ else 0, open_, kept)


def figure(member: MemberFacts, key: str) -> Fraction:
    return Fraction(1) if key == "equal" else Fraction(getattr(member, key) or 0)


def figures(split: Split, facts: Facts) -> dict[str, Fraction]:
    """Everyone on a line, each with a figure."""
    if isinstance(split, ToMembers):
        joint = isinstance(split.form, Bearing) and split.form.joint
        return {
            f"member:{name}": Fraction(0) if joint and member.defaulted else figure(member, split.key)
            for name, member in facts.members.items()
        }
    if isinstance(split, ToRecipients):
        return {
            f"recipient:{name}": Fraction(1) if split.key == "equal" else Fraction(getattr(each, split.key) or 0)
            for name, each in facts.recipients.items()
        }
    return {split.to: Fraction(1)}


def flat_key(splits: Sequence[Split], facts: Facts) -> dict[Who, Fraction]:
    """Lines multiplied into one key: a line's share times the figure over all figures of that line."""
    key: dict[Who, Fraction] = {}
    for split in splits:
        of_line = figures(split, facts)
        for party, each in of_line.items():
            who = (party, split.form.word)
            key[who] = key.get(who, Fraction(0)) + (split.share * each / sum(of_line.values()) if each else 0)
    return key


def by_points(rule: Rule) -> list[Split]:
    """The lines of a rule with a minimum per point whose points have a pot of their own."""
    return [split for split in rule.splits if isinstance(split, ToRecipients) and split.key == "points"]


def shared(rule: Rule, due: int, lifted: Fraction, facts: Facts, before: Before) -> Shares:
    """Share what a rule has made due by its flat key; with a minimum per point, the points and the others apart."""
    if rule.floor_per_point is not None:
        return two_pots(rule, due, lifted, facts, before)
    given = Shares()
    weights, kept, past = flat_key(rule.splits, facts), before.of(rule.name), before.past.get(rule.name, 0)
    members = {f"member:{name}": member for name, member in facts.members.items()}
    bearing = {who: members[who[0]] for who in weights if who[0] in members and who[1] == "loss"}
    most = {who: member.cap for who, member in bearing.items() if member.cap is not None}
    coins = max(due - past, 0, sum(kept.values()))
    if any(isinstance(split.form, Bearing) and split.form.joint for split in rule.splits):
        parts = handed_out_under(coins, weights, kept, most)
    else:
        alone = most | {who: 0 for who, member in bearing.items() if member.defaulted}
        coins, parts = each_for_itself(coins, weights, kept, alone)
    given.put(rule.name, parts)
    given.uncovered, given.carried = coins - sum(parts.values()), coins + past - due
    return given


def two_pots(rule: Rule, due: int, lifted: Fraction, facts: Facts, before: Before) -> Shares:
    """The pot of the points has their share and what lifts it; the others have the rest. Nothing leaves either pot."""
    given = Shares()
    pot, outside = f"{rule.name}/points", rule.name
    points = by_points(rule)
    others = [split for split in rule.splits if split not in points]
    share = sum((split.share for split in points), Fraction(0))
    in_pot = max(nearest(share * due + (1 - share) * lifted), before.all_of(pot))
    rest = max(due - in_pot, before.all_of(outside))
    in_pot = max(min(in_pot, due - rest), before.all_of(pot))
    for key, coins, lines in ((pot, in_pot, points), (outside, rest, others)):
        given.put(key, handed_out(coins - before.past.get(key, 0), flat_key(lines, facts), before.of(key)))
    given.carried = in_pot + rest - due
    return given


def nearest(amount: Fraction) -> int:
    """To the nearest cent, half a cent away from zero."""
    whole = int(abs(amount) + Fraction(1, 2))
    return whole if amount >= 0 else -whole


def each_for_itself(
    coins: int, weights: Mapping[Who, Fraction], kept: Mapping[Who, int], most: Mapping[Who, int]
) -> tuple[int, dict[Who, int]]:
    """Everyone's part by the key, and of it no more than each can bear: what is cut off is nobody's.

    After a correction the others may keep more than the key gives them of what is left: then everyone stands
    where the first total puts them at which what they keep follows the key again.
    """
    whole = sum(weights.values())
    while whole:
        exact = {who: coins * weight / whole for who, weight in weights.items()}
        follows = all(kept.get(who, 0) < part + 1 for who, part in exact.items())
        if follows and sum(max(kept.get(who, 0), int(part)) for who, part in exact.items()) <= coins:
            break
        coins += 1
    parts = handed_out(coins, weights, kept)
    return coins, {who: min(part, most.get(who, part)) for who, part in parts.items()}


def borne(rule: Rule, due: int, facts: Facts, before: Before) -> Shares:
    """A loss taken down the turns; nobody is given back what it bore."""
    given, left = Shares(), due
    turns = [f"{rule.name}/{turn}" for turn in ("reserve", "members", "fund")]
    if not due and not any(before.all_of(key) for key in turns):
        return given  # nobody is asked where nothing was lost
    for bearer in rule.bearers:
        turn = {ReserveBears: "reserve", FundBears: "fund", MembersBear: "members"}[type(bearer)]
        key = f"{rule.name}/{turn}"
        past, kept = before.past.get(key, 0), before.of(key)
        if isinstance(bearer, MembersBear):
            parts = _members(bearer, max(left - past, 0, sum(kept.values())), facts, kept)
        else:
            most = [left]
            if isinstance(bearer, ReserveBears):
                most.append(facts.reserve or 0)
            if isinstance(bearer.limit, FixedLimit):
                most.append(bearer.limit.minor)
            parts = {(turn, "loss"): max(min(most) - past, 0, sum(kept.values()))}
        given.put(key, parts)
        left -= past + sum(parts.values())
    given.uncovered, given.carried = max(left, 0), max(-left, 0)
    return given


def _members(bearer: MembersBear, coins: int, facts: Facts, kept: Mapping[Who, int]) -> dict[Who, int]:
    weights: dict[Who, Fraction] = {}
    most: dict[Who, int] = {}
    for name, member in facts.members.items():
        who = (f"member:{name}", "loss")
        weights[who] = Fraction(0) if bearer.joint and member.defaulted else figure(member, bearer.key)
        limits = [] if member.cap is None else [member.cap]
        if isinstance(bearer.limit, FixedLimit):
            limits.append(bearer.limit.minor)
        if isinstance(bearer.limit, ShareOf):
            limits.append(int(bearer.limit.rate * (member.contribution or 0)))
        if member.defaulted:
            limits.append(0)
        if limits:
            most[who] = min(limits)
    if bearer.joint:
        return handed_out_under(coins, weights, kept, most)
    return each_for_itself(coins, weights, kept, most)[1]
