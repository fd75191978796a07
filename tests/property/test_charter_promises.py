"""The nine promises of the engine, over charters and facts that nobody wrote: the whole grammar, corrections included.

The numbers are those of the engine's specification. What a promise cannot say of a slot by its nature stands in the
docstring of its test, and what holds there instead is what the check asserts.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fund.charter.facts import AllocationFacts, Facts, Performance
from fund.charter.outcomes import run
from fund.charter.shipped import shipped
from fund.charter.trace import differences
from tests import charter_promises as promised
from tests.charter_drawing.digests import digest
from tests.charter_drawing.facts import NAMES, PREMIERE, Case, cases

ROOT = Path(__file__).resolve().parents[2]
T = TypeVar("T")

moderately = settings(max_examples=100, deadline=None)
cuts = st.sets(st.integers(0, 7), max_size=5)
places, parts = st.integers(0, 6), st.integers(0, 200)


def placed(case: Case, place: int) -> int:
    """One of the events of a case; a case without events tells nothing here."""
    assume(case.facts.events)
    return place % len(case.facts.events)


@moderately
@given(cases(), cuts)
def test_1_conservation(case: Case, cuts: set[int]) -> None:
    """Given + uncovered = due + carried, at every statement; what came in and is not due is the rest.

    `carried` is what a correction makes due no more after it was given. The rest stays with its holder, and is zero
    when what is left out was corrected below what is due.
    """
    promised.conservation(case, cuts)


@settings(max_examples=50, deadline=None)
@given(cases(positive=True, most=20, largest=3))
def test_2_fair_for_ever(case: Case) -> None:
    """A statement for every event, most of them for less than one minor unit: nobody is ever a whole unit away.

    Where members bear up to a cap, the exact part is what the key gives under the caps. With a minimum per point there
    are two keys, the flat one and that of the minimum, and the promise holds in each.
    """
    promised.fair_for_ever(case)


@moderately
@given(cases(), cuts)
def test_2_fair_after_corrections_too(case: Case, cuts: set[int]) -> None:
    """Once nothing is carried any more, everyone is again within a unit of the exact part of what is due."""
    promised.fair_for_ever(case, cuts)


@moderately
@given(cases(), cuts)
def test_3_no_claw_back(case: Case, cuts: set[int]) -> None:
    """Nobody's cumulative amount ever falls, after a correction neither: it is carried and comes off what follows.

    The rest that a party keeps is no part of it: nobody gave it, so what is due later comes out of it.
    """
    promised.no_claw_back(case, cuts)


@moderately
@given(cases(), cuts)
def test_4_the_statements_do_not_matter(case: Case, cuts: set[int]) -> None:
    """Many statements make the same due as one, event by event, whatever the rounding; the parts differ by less than
    one unit each way from the exact entitlement. While something is carried, more was given than is due.
    """
    promised.instalments_do_not_matter(case, cuts)


@moderately
@given(cases(), places, parts)
def test_4_the_instalments_do_not_matter(case: Case, place: int, part: int) -> None:
    """A figure declared in two parts makes the same due under the cumulative rounding.

    With `per-item` rounding each part is rounded, so two parts may differ by one unit. What is counted by the date
    (the first n dates, costs and their limits, a minimum per point) and the positive part of a result whose parts lie
    on both sides of zero are no sums of parts by their nature.
    """
    promised.an_event_in_two_instalments(case, placed(case, place), part)


@moderately
@given(cases(), cuts)
def test_5_caps_windows_and_ranks_hold_over_the_lifetime(case: Case, cuts: set[int]) -> None:
    """At every statement, corrections and cancelled dates included; a lower rank has nothing before the higher is full.

    Where a cap measures one party, what lifts points to their minimum comes on top of it, since that party has none.
    """
    promised.caps_windows_and_ranks(case, cuts)


@moderately
@given(cases(), places)
def test_5_a_correction_undoes_what_it_corrects(case: Case, place: int) -> None:
    """An event and its reversal of the same day leave every rule as it was, those that round item by item too.

    Not so where an event is more than its figure: a reversal is a date among the first n, its costs are not declared,
    and a result below zero is a deficit, not less of a surplus.
    """
    promised.a_correction_undoes(case, placed(case, place))


@moderately
@given(cases(), st.integers(0, 2**32))
def test_6_order_decides_nothing(case: Case, seed: int) -> None:
    promised.order_decides_nothing(case, shuffled(case.facts, Random(seed)))


@moderately
@given(cases(), st.permutations(NAMES))
def test_6_names_decide_exact_ties_alone(case: Case, others: list[str]) -> None:
    """Under other names everyone has the same, but for the last unit between two with exactly the same claim to it."""
    promised.names_decide_ties_alone(case, dict(zip(NAMES, others, strict=True)))


def test_6_every_process_gives_the_same_bytes() -> None:
    """Python orders sets and dictionaries of texts anew in every process; answers and traces do not follow."""
    here = digest(60)
    for seed in ("0", "1"):
        command = [sys.executable, "-m", "tests.charter_drawing.digests", "60"]
        environment = os.environ | {"PYTHONHASHSEED": seed}
        there = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        assert there.stdout.strip() == here


@moderately
@given(cases(), places, st.integers(1, 300))
def test_7_more_never_gives_less(case: Case, place: int, more: int) -> None:
    """More of what a rule counts makes no less due, and leaves no party with less, the fund included.

    Shared afresh, a last unit may fall to another: less than a unit in each key and form; with what was held before,
    not even that. A guarantee pays for a deficit, so more receipts make less of it due: there a larger deficit is more.
    Rounded item by item, with a franchise, a total may lose up to half a unit an event. Costs limited by a share of
    the gross grow with it, by more than it when there are several. And where a minimum per point ends with a cap, a
    richer period uses up the cap that a poor one would have been lifted from.
    """
    promised.more_never_gives_less(case, placed(case, place), more)


@settings(max_examples=150, deadline=None)
@given(cases(("deficit", "loss")), cuts)
def test_8_a_loss_is_borne_by_who_can_and_the_rest_is_reported(case: Case, cuts: set[int]) -> None:
    """Whoever defaults bears nothing, nobody bears more than the cap, and something is uncovered only when every
    member who stands is at its cap. Without joint liability each bears its own part alone.
    """
    promised.a_loss_is_borne(case, cuts)


@moderately
@given(cases(whole=True), cuts)
def test_9_the_trace_is_the_calculation(case: Case, cuts: set[int]) -> None:
    promised.the_trace_is_the_calculation(case, cuts)


@moderately
@given(cases(), st.integers(0, 10_000), st.integers(1, 9))
def test_9_a_changed_step_is_found(case: Case, at: int, more: int) -> None:
    steps = list(run(case.charter, case.facts).trace.steps)
    assume(steps)
    at %= len(steps)
    steps[at] = replace(steps[at], value=steps[at].value + more)
    assert steps[at].number in differences(steps)


def test_9_a_changed_step_of_a_shipped_charter_is_found() -> None:
    events = tuple(Performance(PREMIERE + timedelta(days=day), 4_200) for day in range(12))
    outcome = run(shipped("retour-solidaire"), Facts(allocation=AllocationFacts(1_000_000), events=events))
    for at, step in enumerate(outcome.trace.steps):
        changed = [*outcome.trace.steps]
        changed[at] = replace(step, value=step.value + 1)
        assert at in differences(changed)


def shuffled(facts: Facts, chance: Random) -> Facts:
    """The same facts in another order."""
    events = list(facts.events)
    chance.shuffle(events)
    return replace(
        facts,
        members=_shuffled(facts.members, chance),
        recipients=_shuffled(facts.recipients, chance),
        events=tuple(events),
    )


def _shuffled(named: Mapping[str, T], chance: Random) -> dict[str, T]:
    names = list(named)
    chance.shuffle(names)
    return {name: named[name] for name in names}
