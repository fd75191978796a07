"""A machine plays with the ledger and with a dictionary side by side; they never say different things."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.ledger_machine import Ledger, open_the_books

EXAMPLES = {"sqlite": 500, "postgresql": 60}
"""How many lives of the books are played on each database, over all parts.

In the profile `ci` the lives are always the same and a failing one is not made smaller, which can take long: for
that, run the test without the profile.
"""
STEPS, PARTS = 50, 4


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_the_ledger_agrees_with_a_dictionary(part: int) -> None:
    open_the_books()
    machine: Any = type(f"Part{part}", (Ledger,), {})
    if settings().derandomize:
        machine = seed(part)(machine)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES[connection.vendor] // PARTS,
            stateful_step_count=STEPS,
            deadline=None,
            phases=[Phase.generate] if settings().derandomize else [Phase.reuse, Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
