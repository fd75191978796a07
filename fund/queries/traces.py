"""Stored traces, read back as the steps that the charter's engine made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fund.charter.trace import Step, step_from_json


def steps_of(written: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps of a stored trace, in the order of the computation."""
    return tuple(step_from_json(step) for step in written)
