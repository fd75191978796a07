"""`ledger.money.share_out` and `fund.charter.apportionment` over columns: fair for ever, in every path at once.

Of a path's total T, a beneficiary of weight w among W is entitled to Tw ÷ W: the floor, and a remainder
r = Tw mod W. Its next unit falls due when the total has grown by (W − r) ÷ w, so the units that are left go to the
smallest of these ratios; ties by the larger r, then by name.

The order is found with whole numbers: the ratio times a scale of 2^62 ÷ W, rounded down. That loses nothing:
two ratios that differ do so by a multiple of W ÷ vw for their weights v and w, which is at least 4 ÷ W since
v + w ≤ W; and columns are used only where W² ≤ 2^62, so at that scale they differ by more than 1. Paths whose
numbers are larger are shared one by one, by the functions named above.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from fund.charter.apportionment import apportioned
from fund.charter.faults import KeyChanged
from fund.rehearsal.columns import Column, Flags, largest
from ledger.errors import SplitImpossible
from ledger.money import MINOR_LIMIT

NEVER_DUE = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Whole weights, beneficiaries × paths, the beneficiaries in order of name; `ceilings` is None where none has one.

    The most that each may bear is a number, or None.
    """

    names: tuple[str, ...]
    figures: Column
    ceilings: tuple[int | None, ...] | None = None

    def of(self, path: int) -> dict[str, Fraction]:
        """The weights of one path by name."""
        return {name: Fraction(int(row[path])) for name, row in zip(self.names, self.figures, strict=True)}


def shares(total: Column, weights: Weights, held: Column, *, key: str) -> Column:
    """What each has of a running total, beneficiaries × paths; raises KeyChanged when `held` does not follow the key.

    `total` is not negative and not less than what is held. Only paths in which it grew are looked at: a total
    that stands as it did leaves everyone what they have.
    """
    parts = held.copy()
    grown = np.flatnonzero(total != held.sum(axis=0))
    if grown.size:
        parts = parts.astype(np.result_type(parts, total), copy=False)
        parts[:, grown] = _shared(total[grown], _among(weights, grown), held[:, grown], key)
    return parts


def _among(weights: Weights, paths: Column) -> Weights:
    return Weights(weights.names, weights.figures[:, paths], weights.ceilings)


def _shared(total: Column, weights: Weights, held: Column, key: str) -> Column:
    most = largest(total)
    whole = largest(weights.figures.sum(axis=0)) if _fits(weights.figures) else MINOR_LIMIT
    if object in (total.dtype, held.dtype, weights.figures.dtype) or max(most, whole) * whole > MINOR_LIMIT:
        return _one_by_one(total, weights, held, range(len(total)), key)
    if weights.ceilings is None:
        return _share_out(total, weights.figures, held, key)
    return _under_ceilings(total, weights, held, key)


def _fits(figures: Column) -> bool:
    """Whether the weights of a path can be summed within the bound."""
    return figures.dtype != object and largest(figures) * len(figures) <= MINOR_LIMIT


def _one_by_one(total: Column, weights: Weights, held: Column, paths: range | Column, key: str) -> Column:
    """The slow way, for the paths whose numbers are too large or too close."""
    ceilings = {n: c for n, c in zip(weights.names, weights.ceilings or (), strict=False) if c is not None}
    parts = np.zeros((len(weights.names), len(paths)), total.dtype)
    for at, path in enumerate(paths):
        has = {name: int(row[path]) for name, row in zip(weights.names, held, strict=True)}
        try:
            given = apportioned(int(total[path]), weights.of(path), held=has, ceilings=ceilings)
        except SplitImpossible:
            raise KeyChanged(key=key) from None
        parts[:, at] = [given[name] for name in weights.names]
    return parts


def _share_out(total: Column, figures: Column, held: Column, key: str) -> Column:
    """Everyone keeps what they hold and has the floor; the units left go to those whose next one falls due earliest."""
    whole = figures.sum(axis=0)
    nobody = whole == 0
    floor, rest = np.divmod(total * figures, np.where(nobody, 1, whole))
    parts = np.maximum(held, floor)
    waiting = (rest != 0) & (parts == floor)
    left = np.where(nobody, 0, total - parts.sum(axis=0))
    enough = waiting.sum(axis=0)
    if ((left < 0) | (left > enough)).any():
        raise KeyChanged(key=key)
    parts += waiting & (left == enough)
    some = np.flatnonzero((left > 0) & (left < enough))
    if some.size:
        parts[:, some] += _first(figures[:, some], (whole - rest)[:, some], rest[:, some], waiting[:, some], left[some])
    return parts


def _first(figures: Column, missing: Column, rest: Column, waiting: Flags, left: Column) -> Flags:
    """Who receives one of the units left."""
    scale = MINOR_LIMIT // max(1, int(missing.max()))
    due = np.where(waiting, missing * scale // np.where(waiting, figures, 1), NEVER_DUE).T
    order = np.lexsort((-rest.T, due), axis=-1)
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(order.shape[1])[None, :].repeat(len(order), axis=0), axis=-1)
    return (rank < left[:, None]).T & waiting


def _under_ceilings(total: Column, weights: Weights, held: Column, key: str) -> Column:
    """Whoever is full stands at the ceiling, the others share the rest; nobody left, and it stays undivided."""
    ceilings = np.array([MINOR_LIMIT if most is None else most for most in weights.ceilings or ()], np.int64)[:, None]
    limited = np.array([most is not None for most in weights.ceilings or ()])[:, None]
    if largest(np.where(limited, ceilings, 0)) * largest(weights.figures.sum(axis=0)) > MINOR_LIMIT:
        return _one_by_one(total, weights, held, range(len(total)), key)
    figures, full, left = weights.figures, np.zeros_like(held), total
    while True:
        over = limited & (figures > 0) & (left * figures > np.where(limited, ceilings, 0) * figures.sum(axis=0))
        if not over.any():
            break
        stands = np.where(over, np.maximum(ceilings, held), 0)
        full, left, figures = full + stands, left - stands.sum(axis=0), np.where(over, 0, figures)
    able = figures > 0
    odd = np.flatnonzero((left < 0) & able.any(axis=0))
    fine = np.flatnonzero((left >= 0) | ~able.any(axis=0))
    parts = full
    shared = _share_out(
        np.where(able.any(axis=0), left, 0)[fine], figures[:, fine], np.where(able, held, 0)[:, fine], key
    )
    parts[:, fine] += shared
    if odd.size:
        parts[:, odd] = _one_by_one(total, weights, held, odd, key)
    return parts
