"""Consent: a proposal is adopted when no valid objection stands, however few are for it.

Every objection is kept with what became of it: `raised` still stands; `integrated`, the proposal was changed to meet
it; `withdrawn` by who raised it; `not-valid`, declared no concrete harm and no limit that cannot be borne, only a
preference. The last two need a reason, since they close an objection that nothing was changed for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from allocation.methods.counting.answers import Verdict
from allocation.methods.refusals import ObjectionUnclear

ObjectionState = Literal["raised", "integrated", "withdrawn", "not-valid"]
ConsentOutcome = Literal["adopted", "not-adopted", "fallback-due"]

STATES: tuple[ObjectionState, ...] = ("raised", "integrated", "withdrawn", "not-valid")
CLOSED_BY_WORDS = ("withdrawn", "not-valid")


@dataclass(frozen=True, slots=True)
class Objection:
    """What someone fears, and what became of it; `why` is the reason of the state, or how it was integrated."""

    id: str
    by: str
    text: str
    state: str = "raised"
    why: str = ""


@dataclass(frozen=True, slots=True)
class ConsentTally:
    """The outcome, the objections that stand, and those that were settled, in the order they were raised.

    `by` says what decided: that nobody objects, or the fallback's vote, which is then kept whole.
    """

    outcome: ConsentOutcome
    by: Literal["consent", "objection", "fallback"]
    standing: tuple[Objection, ...]
    settled: tuple[Objection, ...]
    fallback: Verdict | None = None

    @property
    def adopted(self) -> bool:
        return self.outcome == "adopted"

    def counted(self, state: ObjectionState) -> int:
        """How many objections ended in this state."""
        return sum(objection.state == state for objection in (*self.standing, *self.settled))


def consent(
    objections: Sequence[Objection], *, has_fallback: bool = False, fallback: Verdict | None = None
) -> ConsentTally:
    """Whether the proposal is adopted; with a standing objection the fallback decides, once its vote is held.

    >>> met = Objection("o1", "ana", "No room for the set.", "integrated", "The set stays outside.")
    >>> open_one = Objection("o2", "bo", "We cannot host in May.")
    >>> consent([met]).outcome, consent([met, open_one], has_fallback=True).outcome
    ('adopted', 'fallback-due')
    """
    seen: set[str] = set()
    for objection in objections:
        _check(objection, seen)
        seen.add(objection.id)
    standing = tuple(objection for objection in objections if objection.state == "raised")
    settled = tuple(objection for objection in objections if objection.state != "raised")
    if not standing:
        return ConsentTally("adopted", "consent", standing, settled)
    if not has_fallback:
        return ConsentTally("not-adopted", "objection", standing, settled)
    if fallback is None:
        return ConsentTally("fallback-due", "objection", standing, settled)
    return ConsentTally("adopted" if fallback.adopted else "not-adopted", "fallback", standing, settled, fallback)


def _check(objection: Objection, seen: set[str]) -> None:
    who = {"objection": objection.id, "by": objection.by, "state": objection.state}
    if objection.id in seen:
        raise ObjectionUnclear(why="given_twice", **who)
    if objection.state not in STATES:
        raise ObjectionUnclear(why="state_unknown", **who)
    if not objection.text.strip():
        raise ObjectionUnclear(why="text_missing", **who)
    if objection.state in CLOSED_BY_WORDS and not objection.why.strip():
        raise ObjectionUnclear(why="reason_missing", **who)
