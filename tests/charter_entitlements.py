"""Who is entitled to how much of a key, exactly, and who may bear no more than so much."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from fund.charter.facts import Facts, MemberFacts
from fund.charter.rules import Bearing, FixedLimit, MembersBear, Rule
from tests.slow_sharing import Who, by_points, figure, flat_key

ENDLESS = 10**9
"""More than anybody bears in a test."""


def key_of(rule: Rule, key: str, facts: Facts) -> tuple[dict[Who, Fraction], dict[Who, int], bool]:
    """The weights of a key, the most that some may bear, and whether the others bear what exceeds it."""
    members = {f"member:{name}": member for name, member in facts.members.items()}
    if key.endswith("/members"):
        bearer = next(each for each in rule.bearers if isinstance(each, MembersBear))
        weights = {
            (party, "loss"): Fraction(0) if bearer.joint and member.defaulted else figure(member, bearer.key)
            for party, member in members.items()
        }
        return weights, {(party, "loss"): most_of(bearer, member) for party, member in members.items()}, bearer.joint
    if key.endswith(("/reserve", "/fund")):
        return {(key.rpartition("/")[2], "loss"): Fraction(1)}, {}, False
    joint = any(isinstance(split.form, Bearing) and split.form.joint for split in rule.splits)
    points = by_points(rule) if rule.floor_per_point is not None else []
    lines = points if key.endswith("/points") else [split for split in rule.splits if split not in points]
    weights = flat_key(lines, facts)
    most = {who: most_of(None, members[who[0]]) for who in weights if who[0] in members and who[1] == "loss"}
    return weights, most, joint


def most_of(bearer: MembersBear | None, member: MemberFacts) -> int:
    """The most that a member may bear: its own cap and the charter's limit; nothing when it defaults."""
    limits = [ENDLESS, 0 if member.defaulted else ENDLESS]
    if member.cap is not None:
        limits.append(member.cap)
    if bearer is not None and bearer.limit is not None:
        paid = member.contribution or 0
        is_fixed = isinstance(bearer.limit, FixedLimit)
        limits.append(bearer.limit.minor if is_fixed else int(bearer.limit.rate * paid))
    return min(limits)


def exact_parts(
    total: int, weights: Mapping[Who, Fraction], most: Mapping[Who, int], *, joint: bool
) -> dict[Who, Fraction]:
    """The exact part of each: nobody's above the most that they may bear, and the others bear the rest if joint."""
    parts: dict[Who, Fraction] = {}
    open_ = {who: weight for who, weight in weights.items() if weight}
    left = Fraction(total)
    while joint:
        level = left / sum(open_.values()) if open_ else Fraction(0)
        over = [who for who, weight in open_.items() if level * weight > most.get(who, ENDLESS)]
        if not over:
            break
        for who in over:
            parts[who] = Fraction(most[who])
            left -= most[who]
            del open_[who]
    whole = sum(open_.values())
    parts |= {who: min(left * weight / whole, Fraction(most.get(who, ENDLESS))) for who, weight in open_.items()}
    return dict.fromkeys(weights, Fraction(0)) | parts


def is_fair(
    held: Mapping[Who, int], weights: Mapping[Who, Fraction], most: Mapping[Who, int], *, joint: bool, whole: int
) -> bool:
    """Whether everyone is within a unit of the exact part, and nobody above the most that they may bear."""
    exact = exact_parts(whole, weights, most, joint=joint)
    return all(abs(held[who] - part) < 1 and held[who] <= most.get(who, ENDLESS) for who, part in exact.items())
