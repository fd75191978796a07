"""A call opens under the allocation method of the charter in force, with all that the charter tells it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from fund.charter.shipped import shipped_text
from fund.queries.committee_rules import committee_rules
from tests.applying import a_call_to_companies
from tests.builders import a_charter, a_fund
from tests.committees import OPENS

ADOPTED = date(2026, 2, 1)

# the slots of the ballot · the method of the call, and what it is told · the kind of vote, and what a vote freezes
CHARTERS = [
    (("approval", 'allocation_method = "equal-shares/1"\nmin_support = 1\n'),
     ("equal-shares/1", {"utility": "cost", "completion": "utilitarian", "min_support": 1}),
     {"kind": "approval"}),
    (("approval", 'allocation_method = "tranche-shares/1"\nincrements = 2\nmin_support = 1\n'),
     ("tranche-shares/1", {"increments": 2, "utility": "cost", "completion": "utilitarian", "min_support": 1}),
     {"kind": "approval"}),
    (("scores",
      'top = 4\nallocation_method = "equal-shares/1"\ncompletion = "add1"\nadd1_step = "2%"\nmin_support = 1\n'),
     ("equal-shares/1", {"utility": "score", "completion": "add1", "min_support": 1, "add1_start": "exact",
                         "add1_step": "2%", "add1_stop": "exhaustive", "add1_unit": 100}),
     {"kind": "scores", "scale": 4}),
    (("ranking", "min_support = 2\n"), ("ranked/1", {"order": "schulze", "min_support": 2}), {"kind": "ranking"}),
]  # fmt: skip


def written(ballot: str, slots: str) -> str:
    """The shipped charter with another ballot, its numbers made up."""
    text = shipped_text("creafonds").decode()
    text = text.replace('ballot = "approval"\nallocation_method = "equal-shares/1"\nmin_support = 1\n', "\0", 1)
    text = text.replace("\0", f'ballot = "{ballot}"\n{slots}', 1)
    named = re.findall(r"^([a-z0-9_]+) = ", slots, re.MULTILINE)
    sources = [f'{name} = "made-up"\n' for name in named if name in ("top", "increments", "add1_step")]
    return text.replace("[governance.source]\n", f"[governance.source]\n{''.join(sources)}", 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("slots", "opened", "frozen"), CHARTERS, ids=[str(row[1][0]) for row in CHARTERS])
def test_a_call_opens_under_the_method_of_the_charter(
    slots: tuple[str, str], opened: tuple[str, dict[str, str | int]], frozen: dict[str, str | int]
) -> None:
    actor = a_fund()
    a_charter(actor, written(*slots), on=ADOPTED)
    call = a_call_to_companies(actor.fund)
    assert (call.method, call.parameters) == opened
    rules = committee_rules(actor.fund, OPENS)
    assert rules is not None
    assert rules.ballot_words(rules.ruled_kind) == frozen
