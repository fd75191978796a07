"""What a rehearsal over simulated futures tells: each party's figures under the draft and under the charter in force.

Both charters meet the same draws, path by path, so a difference between them is the charter's and not chance's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

PERCENTS = (5, 25, 50, 75, 95)
"""The quantiles told. The p-th is the value at rank ⌈p × paths ÷ 100⌉ of all values in order: one that occurred."""

Method = Literal["columns", "one-by-one"]


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over all paths: its exact mean, and its quantiles by percent; minor units."""

    mean: Fraction
    quantiles: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of one party, over all quarters together; minor units.

    `party` is as in the charter (`fund`, `company`, `member:ID`, `recipient:ID`…), or `projects` (all of them
    together) or `reserve-course`. `measure` is a form (`cash`, `drawing-right`, `locked`, `retained`, `loss`), or
    `given`, `received`, `borne`, `net` of a member (net is received less given less borne), `due` of the projects,
    `uncovered`, or `lowest` and `end` of the reserve. `worse` and `better` are the parts of the paths in which the
    party is worse and better off under the draft than under the charter in force; None when there is only one charter.
    """

    party: str
    measure: str
    more_is_better: bool
    draft: Spread
    in_force: Spread | None
    worse: Fraction | None
    better: Fraction | None


@dataclass(frozen=True, slots=True)
class Reserve:
    """The reserve's course under one charter: opening, contributions, returns to the fund, less what it pays.

    `by_quarter` gives the spread at the end of each quarter, the opening first. It has run dry in a path that is
    below zero at the end of some quarter: `dry` is the part of the paths, `dry_by_quarter` that of each
    quarter, `first_dry` in how many paths each quarter was the first below zero.
    """

    by_quarter: tuple[Spread, ...]
    dry: Fraction
    dry_by_quarter: tuple[Fraction, ...]
    first_dry: tuple[int, ...]
    lowest: Spread


@dataclass(frozen=True, slots=True)
class Inequality:
    """How unequal members are under one charter.

    `gini` by percent is the Gini coefficient of what members received, path by path, an exact fraction: 0 when
    all have the same, near 1 when one has all. `gini_of_means` is that of their mean amounts. `gap` is the
    difference between the members best and worst off (net), path by path.
    """

    gini: Mapping[int, Fraction]
    gini_of_means: Fraction
    gap: Spread


@dataclass(frozen=True, slots=True)
class CharterFutures:
    """What one charter gives over all paths; `methods` says by rule how it was computed: the answers are the same.

    `waited` counts the statements of all paths that could not be shared because no member had a figure in the key.
    """

    title: str
    version: str
    sha256: str
    reserve: Reserve
    inequality: Inequality
    methods: Mapping[str, Method]
    waited: int


@dataclass(frozen=True, slots=True)
class Futures:
    """A whole rehearsal: the same model, seed and number of paths give the same values on every machine."""

    paths: int
    seed: int
    generator: str
    quarter_ends: tuple[str, ...]
    draft: CharterFutures
    in_force: CharterFutures | None
    measures: tuple[Measure, ...]
