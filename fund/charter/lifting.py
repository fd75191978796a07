"""A minimum per point: what lifts the points of a royalty pool to it, period after period.

The minimum comes out of what the others would have had of the same period, and never out of anything else: a period
that is below it as a whole goes to the points alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fund.charter.trace import ZERO, Pen, Quantity


@dataclass(slots=True)
class Lift:
    """What was lifted so far; `floor` is the least that all points have of a period, `share` what is theirs anyway."""

    floor: Quantity | None
    share: Fraction
    lifted: Quantity = ZERO

    def take(self, item: Quantity, due: Quantity, cap: Quantity | None, pen: Pen) -> None:
        """Lift what one period makes due; a period that fills the cap is shared by the two ranks, and not lifted."""
        if self.floor is None or self.share == 1 or item.value <= 0:
            return
        if cap is not None and due.value + item.value >= cap.value:
            return
        least = pen.least("floor-within", self.floor, item)
        short = pen.difference("below-floor", least, pen.product("points-share", item, self.share))
        if short.value > 0:
            # The others share what is left by the same key: lifted by x, the points have x + share × (whole - x).
            self.lifted = pen.sum("lifted-so-far", self.lifted, pen.quotient("lift", short, 1 - self.share))
