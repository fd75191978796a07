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

from fund.charter.apportionment import apportioned, first_followed
from fund.charter.faults import KeyChanged
from fund.rehearsal.columns import Column, Flags, largest, narrowed
from ledger.errors import SplitImpossible
from ledger.money import MINOR_LIMIT

NEVER_DUE = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Whole weights, beneficiaries × paths, the beneficiaries in order of name.

    `ceilings` are the most that each may have, None for one who has no ceiling; None where nobody has.
    """

    names: tuple[str, ...]
    figures: Column
    ceilings: tuple[Column | None, ...] | None = None

    def among(self, paths: Column) -> Weights:
        """The same for some of the paths."""
        if len(paths) == self.figures.shape[1]:
            return self
        ceilings = self.ceilings and tuple(None if most is None else most[paths] for most in self.ceilings)
        return Weights(self.names, self.figures[:, paths], ceilings)


def shares(total: Column, weights: Weights, held: Column, paths: Column, *, key: str) -> Column:
    """What each has of a running total, beneficiaries × paths; raises KeyChanged when `held` does not follow the key.

    `total` is not negative and not less than what is held. In the paths (their numbers) that are not named everyone
    has what is held.
    """
    if not paths.size:
        return held
    parts = held.astype(np.result_type(held, total))
    parts[:, paths] = _shared(total[paths], weights.among(paths), parts[:, paths], key)
    return parts


def followed(least: Column, weights: Weights, held: Column, paths: Column) -> Column:
    """In these paths, the first total from `least` on at which what is held follows the weights; elsewhere `least`."""
    if not paths.size:
        return least
    known = least.astype(object)
    for path in paths:
        figures = {n: Fraction(int(row[path])) for n, row in zip(weights.names, weights.figures, strict=True)}
        has = {name: int(row[path]) for name, row in zip(weights.names, held, strict=True)}
        known[path] = first_followed(int(least[path]), figures, held=has)
    return narrowed(known)


def _shared(total: Column, weights: Weights, held: Column, key: str) -> Column:
    most = largest(total)
    whole = largest(weights.figures.sum(axis=0)) if _fits(weights.figures) else MINOR_LIMIT
    if object in (total.dtype, held.dtype, weights.figures.dtype) or max(most, whole) * whole > MINOR_LIMIT:
        return _one_by_one(total, weights, held, key)
    if weights.ceilings is None:
        return _share_out(total, weights.figures, held, key)
    if any(each is not None and largest(each) * whole > MINOR_LIMIT for each in weights.ceilings):
        return _one_by_one(total, weights, held, key)
    return _under_ceilings(total, weights, held, key)


def _fits(figures: Column) -> bool:
    """Whether the weights of a path can be summed within the bound."""
    return figures.dtype != object and largest(figures) * len(figures) <= MINOR_LIMIT


def _one_by_one(total: Column, weights: Weights, held: Column, key: str) -> Column:
    """The slow way, for paths whose numbers are too large."""
    parts = np.zeros((len(weights.names), len(total)), total.dtype)
    for path in range(len(total)):
        figures = {n: Fraction(int(row[path])) for n, row in zip(weights.names, weights.figures, strict=True)}
        has = {name: int(row[path]) for name, row in zip(weights.names, held, strict=True)}
        most = zip(weights.names, weights.ceilings or (), strict=False)
        ceilings = {name: int(each[path]) for name, each in most if each is not None}
        try:
            given = apportioned(int(total[path]), figures, held=has, ceilings=ceilings)
        except SplitImpossible:
            raise KeyChanged(key=key) from None
        parts[:, path] = [given[name] for name in weights.names]
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
    most = [np.zeros_like(total) if each is None else each for each in weights.ceilings or ()]
    ceilings, limited = np.array(most), np.array([[each is not None] for each in weights.ceilings or ()])
    figures, full, left = weights.figures, np.zeros_like(held), total
    while True:
        over = limited & (figures > 0) & (left * figures > ceilings * figures.sum(axis=0))
        if not over.any():
            break
        stands = np.where(over, np.maximum(ceilings, held), 0)
        full, left, figures = full + stands, left - stands.sum(axis=0), np.where(over, 0, figures)
    able = (figures > 0).any(axis=0)
    odd, fine = np.flatnonzero(able & (left < 0)), np.flatnonzero(~able | (left >= 0))
    waiting = np.where(figures > 0, held, 0)
    full[:, fine] += _share_out(np.where(able, left, 0)[fine], figures[:, fine], waiting[:, fine], key)
    if odd.size:
        # Ceilings that were lowered since: more is held than there is.
        full[:, odd] = _one_by_one(total[odd], weights.among(odd), held[:, odd], key)
    return full
