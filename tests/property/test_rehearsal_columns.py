"""The engine of columns gives what the charter's engine gives, path after path, statement after statement."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fund.charter.apportionment import apportioned
from fund.charter.faults import KeyChanged
from fund.charter.grammar import Charter
from fund.charter.shipped import shipped, shipped_names
from fund.rehearsal.column_engine import ColumnEngine
from fund.rehearsal.columns import column
from fund.rehearsal.histories import History
from fund.rehearsal.one_by_one import OneByOne
from fund.rehearsal.outcomes import StatementOutcome
from fund.rehearsal.share_columns import Weights, shares
from ledger.errors import SplitImpossible
from tests.rehearsal_strategies import LARGE, any_charters, histories

thoroughly = settings(max_examples=300, deadline=None)


def written(outcome: StatementOutcome) -> dict[str, object]:
    """All that a statement gives, as plain numbers."""
    return {
        "due": {rule: values.tolist() for rule, values in outcome.due.items()},
        "shares": {portion: values.tolist() for portion, values in outcome.shares.items()},
        "added": {portion: values.tolist() for portion, values in outcome.added.items()},
        "uncovered": outcome.uncovered.tolist(),
        "carried": {rule: values.tolist() for rule, values in outcome.carried.items()},
        "waits": outcome.waits.tolist(),
    }


def compare(charter: Charter, history: History) -> None:
    """Statement by statement, or the same refusal."""
    slow = tried(OneByOne(charter), history)
    fast = tried(ColumnEngine(charter), history)
    assert fast == slow


def tried(engine: OneByOne | ColumnEngine, history: History) -> list[dict[str, object]] | str:
    try:
        return [written(outcome) for outcome in engine.outcomes(history)]
    except KeyChanged as refusal:
        return refusal.code


@thoroughly
@given(any_charters(), histories())
def test_columns_give_what_the_engine_gives_path_by_path(charter: Charter, history: History) -> None:
    compare(charter, history)


@pytest.mark.parametrize("name", shipped_names())
@settings(max_examples=25, deadline=None)
@given(history=histories())
def test_columns_give_what_the_engine_gives_under_every_shipped_charter(name: str, history: History) -> None:
    compare(shipped(name), history)
