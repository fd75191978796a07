"""Which engine computes a charter: columns, or one by one for what columns do not know."""

from __future__ import annotations

from dataclasses import MISSING, fields

from fund.charter.grammar import Charter
from fund.charter.rules import Rule
from fund.rehearsal.column_engine import ColumnEngine
from fund.rehearsal.futures import Method
from fund.rehearsal.one_by_one import OneByOne

KNOWN = frozenset(
    {
        "name", "counts", "rate", "splits", "bearers", "window_months", "no_return_up_to", "franchise",
        "floor_per_point", "cap", "rest_to", "rank", "rounding", "sources",
    }
)  # fmt: skip
"""The slots of a rule that columns follow. One that comes to the grammar later is not ignored: it goes one by one."""


def engine_of(charter: Charter) -> ColumnEngine | OneByOne:
    """The engine that gives this charter's amounts."""
    return ColumnEngine(charter) if method_of(charter) == "columns" else OneByOne(charter)


def method_of(charter: Charter) -> Method:
    """How a charter is computed: its rules hang together, so one way for all of them."""
    return "columns" if all(map(_is_known, charter.rules)) else "one-by-one"


def _is_known(rule: Rule) -> bool:
    """Whether the rule says nothing in a slot that columns do not know."""
    others = [slot for slot in fields(rule) if slot.name not in KNOWN]
    return all(slot.default is not MISSING and getattr(rule, slot.name) == slot.default for slot in others)
