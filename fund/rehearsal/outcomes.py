"""What a statement gives in every path, from the engine of columns or from the one that goes path by path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from fund.charter.rules import FormWord
from fund.rehearsal.columns import Column, Flags

Portion: TypeAlias = tuple[str, str, FormWord]
"""Whose part: the sharing's key (the rule's name, `…/rest` and the like), the party, the form."""


@dataclass(frozen=True, slots=True, eq=False)
class StatementOutcome:
    """One statement in every path, in minor units.

    `due` is by rule, all statements so far. `shares` are what each has under the present key, so far: the `received`
    of the next statement; `added` is what this statement gives. `carried` is due no more and was shared.
    `waits` marks the paths in which a key has no figure: nothing is shared there and the next statement looks anew.
    """

    due: Mapping[str, Column]
    shares: Mapping[Portion, Column]
    added: Mapping[Portion, Column]
    uncovered: Column
    carried: Mapping[str, Column]
    waits: Flags
