"""The lines of a sharing multiplied into one flat key, as whole weights in every path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from fund.charter.facts import MemberFacts, RecipientFacts
from fund.charter.rules import (
    Bearing,
    FixedLimit,
    FormWord,
    Limit,
    MemberKey,
    MembersBear,
    Rule,
    ShareOf,
    Split,
    ToMembers,
    ToRecipients,
)
from fund.charter.splits import figure_of
from fund.rehearsal.columns import (
    Column,
    Flags,
    Ratios,
    largest,
    narrowed,
    not_below,
    only,
    plus,
    same,
    times,
    wide,
    zeros,
)
from fund.rehearsal.histories import Members
from fund.rehearsal.share_columns import Weights
from ledger.money import MINOR_LIMIT


@dataclass(frozen=True, slots=True, eq=False)
class OwnLimit:
    """Where nobody bears for others: the most that one party may bear, and the paths in which it bears nothing."""

    most: Column | None
    absent: Flags

    def cut(self, part: Column) -> Column:
        """The part within the limit."""
        return only(part if self.most is None else np.minimum(part, self.most), ~self.absent)


@dataclass(frozen=True, slots=True, eq=False)
class Key:
    """Who shares, in which form, with which weights.

    `limits` are each one's own, in the same order: what is above is cut off and nobody's. `empty` marks the paths in
    which some line has no figure.
    """

    portions: tuple[tuple[str, FormWord], ...]
    weights: Weights
    limits: tuple[OwnLimit | None, ...] | None
    empty: Flags


@dataclass(frozen=True, slots=True, eq=False)
class _Claim:
    """A line's claim for one party: its figure, and the most it may have under joint liability."""

    party: str
    form: FormWord
    share: Fraction
    figure: Column
    ceiling: Column | None = None


def lines_key(rule: Rule, members: Members, recipients: Mapping[str, RecipientFacts], paths: int) -> Key:
    """The key of a rule's lines: a claim weighs its line's share × its figure ÷ all the figures of the line.

    Points that have a minimum have a pot of their own, and no part in this key.
    """
    lines = rule.splits if rule.floor_per_point is None else rule.other_lines
    return _key(rule, lines, members, recipients, paths)


def pot_key(rule: Rule, members: Members, recipients: Mapping[str, RecipientFacts], paths: int) -> Key:
    """The key of the pot of points that have a minimum."""
    return _key(rule, rule.points_lines, members, recipients, paths)


def _key(
    rule: Rule, splits: tuple[Split, ...], members: Members, recipients: Mapping[str, RecipientFacts], paths: int
) -> Key:
    lines = [list(_claims(split, members, recipients, paths)) for split in splits]
    empty = np.zeros(paths, np.bool_)
    for split, claims in zip(splits, lines, strict=True):
        if isinstance(split, ToMembers) and not (isinstance(split.form, Bearing) and split.form.joint):
            empty |= _none(claims, paths)
    alone = any(isinstance(split.form, Bearing) and not split.form.joint for split in rule.splits)
    limits: dict[tuple[str, FormWord], OwnLimit] = {}
    for name, facts in members.facts.items() if alone else ():
        cap = None if facts.cap is None else same(facts.cap, paths)
        limits[f"member:{name}", "loss"] = OwnLimit(cap, _defaulted(members, name, paths))
    return _flat(lines, limits, empty, paths)


def bearing_key(bearer: MembersBear, members: Members, paths: int) -> Key:
    """The key of the members' turn: each up to its limit, jointly or each for itself."""
    claims: list[_Claim] = []
    alone: dict[tuple[str, FormWord], OwnLimit] = {}
    for name, figure in _member_figures(bearer.key, members, paths, joint=bearer.joint):
        most = _most(bearer.limit, members, name, paths)
        claims.append(_Claim(f"member:{name}", "loss", Fraction(1), figure, most if bearer.joint else None))
        if not bearer.joint:
            alone[f"member:{name}", "loss"] = OwnLimit(most, _defaulted(members, name, paths))
    return _flat([claims], alone, np.zeros(paths, np.bool_), paths)


def keys_differ(before: Key, now: Key) -> Flags:
    """The paths in which the weights are in other proportions, or others bear nothing: there a new key begins."""
    differ: Flags = (before.weights.figures != now.weights.figures).any(axis=0)
    for earlier, later in zip(before.limits or (), now.limits or (), strict=True):
        if earlier is not None and later is not None:
            differ = differ | (earlier.absent != later.absent)
    return differ


def _contribution(members: Members, name: str, paths: int) -> Column:
    given = members.contribution.get(name)
    return same(members.facts[name].contribution or 0, paths) if given is None else given


def _defaulted(members: Members, name: str, paths: int) -> Flags:
    given = members.defaulted.get(name)
    return np.full(paths, members.facts[name].defaulted) if given is None else given


def _most(limit: Limit | None, members: Members, name: str, paths: int) -> Column | None:
    """The most that a member may bear: the lower of the charter's limit and its own."""
    most = None
    if isinstance(limit, FixedLimit):
        most = same(limit.minor, paths)
    elif isinstance(limit, ShareOf):
        most = Ratios(_contribution(members, name, paths)).times(limit.rate).whole_below()
    cap = members.facts[name].cap
    if cap is None:
        return most
    return same(cap, paths) if most is None else np.minimum(most, cap)


def _claims(split: Split, members: Members, recipients: Mapping[str, RecipientFacts], paths: int) -> Iterator[_Claim]:
    """Each party of a line with its figure in the key, and the most it may bear."""
    form = split.form.word
    if isinstance(split, ToMembers):
        joint = isinstance(split.form, Bearing) and split.form.joint
        for name, figure in _member_figures(split.key, members, paths, joint=joint):
            cap = members.facts[name].cap if joint else None
            ceiling = None if cap is None else same(cap, paths)
            yield _Claim(f"member:{name}", form, split.share, figure, ceiling)
    elif isinstance(split, ToRecipients):
        figures = {name: _recipient_figure(split, each) for name, each in recipients.items()}
        whole = lcm(*(figure.denominator for figure in figures.values()), 1)
        for name, points in figures.items():
            yield _Claim(f"recipient:{name}", form, split.share, same(int(points * whole), paths))
    else:
        yield _Claim(split.to, form, split.share, same(1, paths))


def _recipient_figure(split: ToRecipients, facts: RecipientFacts) -> Fraction:
    figures = {"points": facts.points, "percentage": facts.percentage, "equal": Fraction(1)}
    return figures[split.key] or Fraction()


def _member_figures(key: MemberKey, members: Members, paths: int, *, joint: bool) -> Iterator[tuple[str, Column]]:
    """Each member's figure in a key, in whole numbers; under joint liability one that defaults has none."""
    fixed = {name: Fraction(_figure(facts, key)) for name, facts in members.facts.items()}
    whole = lcm(*(figure.denominator for figure in fixed.values()), 1)
    for name, figure in fixed.items():
        paid = _contribution(members, name, paths) if key == "contribution" else same(int(figure * whole), paths)
        yield name, only(paid, ~_defaulted(members, name, paths)) if joint else paid


def _figure(facts: MemberFacts, key: MemberKey) -> Fraction:
    return Fraction(0) if key == "contribution" else Fraction(figure_of(facts, key))


def _none(claims: Iterable[_Claim], paths: int) -> Flags:
    none = np.ones(paths, np.bool_)
    for claim in claims:
        none &= (claim.figure == 0).astype(np.bool_)
    return none


def _flat(lines: list[list[_Claim]], limits: Mapping[tuple[str, FormWord], OwnLimit], empty: Flags, paths: int) -> Key:
    """One weight a party and form: all lines brought over one sum, which multiplies all weights of a path alike."""
    sums = [_sum((claim.figure for claim in claims), paths) for claims in lines]
    parts = lcm(*(claim.share.denominator for claims in lines for claim in claims), 1)
    common = _common_multiple(sums, paths)
    figures: dict[tuple[str, FormWord], Column] = {}
    ceilings: dict[tuple[str, FormWord], Column | None] = {}
    for claims, whole in zip(lines, sums, strict=True):
        factor = common // not_below(whole, 1)
        for claim in claims:
            place = (claim.party, claim.form)
            weight = times(claim.figure, times(factor, int(claim.share * parts)))
            figures[place] = plus(figures[place], weight) if place in figures else weight
            ceilings[place] = claim.ceiling
    portions = tuple(sorted(figures, key=_name))
    most = tuple(ceilings[place] for place in portions)
    weights = Weights(
        tuple(map(_name, portions)),
        _reduced([figures[place] for place in portions], paths),
        most if any(each is not None for each in most) else None,
    )
    return Key(portions, weights, tuple(map(limits.get, portions)) if limits else None, empty)


def _name(portion: tuple[str, FormWord]) -> str:
    """How the sharing orders exact ties, as `fund.charter.trace.Portion` has it."""
    return f"{portion[0]} {portion[1]}"


def _sum(figures: Iterable[Column], paths: int) -> Column:
    total = zeros(paths)
    for figure in figures:
        total = plus(total, figure)
    return total


def _common_multiple(sums: list[Column], paths: int) -> Column:
    """A number that every line's sum divides, path by path; a line without figures asks for nothing."""
    common = same(1, paths)
    for whole in sums:
        each = not_below(whole, 1)
        if largest(common) * largest(each) > MINOR_LIMIT:
            common = narrowed(np.lcm(wide(common), wide(each)))
        else:
            common = np.lcm(common, each)
    return common


def _reduced(figures: list[Column], paths: int) -> Column:
    """The weights of each path without their common divisor, beneficiaries × paths."""
    if not figures:
        return np.zeros((0, paths), np.int64)
    kind = object if any(figure.dtype == object for figure in figures) else np.int64
    table = np.array([figure.astype(kind) for figure in figures], kind)
    divisor = np.gcd.reduce(table, axis=0)
    return narrowed(table // not_below(divisor, 1))
