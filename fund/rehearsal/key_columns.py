"""The lines of a sharing multiplied into one flat key, as whole weights in every path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from fund.charter.facts import RecipientFacts
from fund.charter.grammar import Form, Rule, Split
from fund.rehearsal.columns import Column, Flags, largest, narrowed, only, plus, times, wide, zeros
from fund.rehearsal.histories import Members
from fund.rehearsal.share_columns import Weights
from ledger.money import MINOR_LIMIT


@dataclass(frozen=True, slots=True, eq=False)
class Key:
    """Who shares, in which form, with which weights; `empty` marks the paths in which some line has no figure."""

    portions: tuple[tuple[str, Form], ...]
    weights: Weights
    empty: Flags


@dataclass(frozen=True, slots=True, eq=False)
class _Claim:
    party: str
    figure: Column
    ceiling: int | None = None


def key_of(rule: Rule, members: Members, recipients: Mapping[str, RecipientFacts], paths: int) -> Key:
    """The key of a rule: a claim weighs its line's share × its figure ÷ all the figures of the line.

    The ratios are brought to whole numbers by multiplying all the weights of a path by the same number, which
    changes no part.
    """
    lines = [list(_claims(rule, split, members, recipients, paths)) for split in rule.splits]
    sums = [_sum([claim.figure for claim in claims], paths) for claims in lines]
    parts = lcm(*(split.share.denominator for split in rule.splits))
    common = _common_multiple(sums)
    figures: dict[tuple[str, Form], Column] = {}
    ceilings: dict[tuple[str, Form], int | None] = {}
    for split, claims, whole in zip(rule.splits, lines, sums, strict=True):
        factor = times(common // np.where(whole == 0, 1, whole), int(split.share * parts))
        for claim in claims:
            place = (claim.party, split.form)
            weight = _product(claim.figure, factor)
            figures[place] = plus(figures[place], weight) if place in figures else weight
            ceilings[place] = claim.ceiling
    portions = sorted(figures, key=_name)
    table = _reduced([figures[place] for place in portions])
    most = tuple(ceilings[place] for place in portions)
    empty = np.zeros(paths, np.bool_)
    for split, whole in zip(rule.splits, sums, strict=True):
        if split.to == "members" and not rule.joint_liability:
            empty |= (whole == 0).astype(np.bool_)
    weights = Weights(tuple(map(_name, portions)), table, most if any(each is not None for each in most) else None)
    return Key(tuple(portions), weights, empty)


def keys_differ(before: Members | None, now: Members, paths: int) -> Flags:
    """The paths in which some member's figure is not what the statement before found."""
    differ = np.zeros(paths, np.bool_)
    if before is None or before is now:
        return differ
    if before.facts != now.facts:
        return ~differ
    for name in now.facts:
        for earlier, later in ((before.contribution, now.contribution), (before.defaulted, now.defaulted)):
            if name in earlier and name in later:
                differ |= earlier[name] != later[name]
    return differ


def _name(portion: tuple[str, Form]) -> str:
    """How the sharing orders exact ties, as `fund.charter.trace.Portion` has it."""
    return f"{portion[0]} {portion[1]}"


def _claims(
    rule: Rule, split: Split, members: Members, recipients: Mapping[str, RecipientFacts], paths: int
) -> Iterator[_Claim]:
    """Each party of a line with its figure in the key, and the most it may bear."""
    ones = np.ones(paths, np.int64)
    if split.to == "members":
        whole = lcm(*(_figure(split, f).denominator for f in members.facts.values()), 1)
        for name, facts in members.facts.items():
            figure = ones * 0 + np.array(int(_figure(split, facts) * whole))
            if split.key == "contribution" and name in members.contribution:
                figure = members.contribution[name]
            if rule.joint_liability:
                absent = members.defaulted.get(name)
                if absent is not None:
                    figure = only(figure, ~absent)
                elif facts.defaulted:
                    figure = zeros(paths)
            yield _Claim(f"member:{name}", figure, facts.cap if rule.joint_liability else None)
    elif split.to == "recipients":
        by_points = split.key == "points"
        whole = lcm(*((r.points or Fraction()).denominator for r in recipients.values()), 1)
        for name, recipient in recipients.items():
            yield _Claim(f"recipient:{name}", ones * int((recipient.points or 0) * whole if by_points else 1))
    else:
        yield _Claim(split.to, ones)


def _figure(split: Split, facts: object) -> Fraction:
    """A member's figure in the key of the line, as far as it is the same in every path."""
    return Fraction(1) if split.key in (None, "equal") else Fraction(getattr(facts, split.key) or 0)


def _sum(figures: list[Column], paths: int) -> Column:
    total = zeros(paths)
    for figure in figures:
        total = plus(total, figure)
    return total


def _product(left: Column, right: Column) -> Column:
    return times(left, right)


def _common_multiple(sums: list[Column]) -> Column:
    """A number that every line's sum divides, path by path; a line without figures asks for nothing."""
    common = np.ones_like(sums[0])
    for whole in sums:
        each = np.where(whole == 0, 1, whole)
        if largest(common) * largest(each) > MINOR_LIMIT:
            common = narrowed(np.lcm(wide(common), wide(each)))
        else:
            common = np.lcm(common, each)
    return common


def _reduced(figures: list[Column]) -> Column:
    """The weights of each path without their common divisor, beneficiaries × paths."""
    kind = object if any(figure.dtype == object for figure in figures) else np.int64
    table = np.array([figure.astype(kind) for figure in figures], kind)
    divisor = np.gcd.reduce(table, axis=0)
    return narrowed(table // np.where(divisor == 0, 1, divisor))
