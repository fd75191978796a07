"""The properties can fail: a bug planted in the engine is caught by the promise that it breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pytest

from fund.charter import apportionment, bearing, outcomes, returns, splits, trace
from fund.charter.apportionment import apportioned
from fund.charter.facts import Facts
from fund.charter.faults import CharterError
from fund.charter.returns import RuleTotal
from fund.charter.splits import Earlier, Shared
from fund.charter.trace import Pen, Quantity, Recorder, Step
from ledger.errors import LedgerError
from ledger.money import share_out
from tests import charter_promises as promised
from tests.charter_drawing.facts import Case
from tests.charter_drawing.facts import case as draw_case
from tests.charter_drawing.lots import SeededLots
from tests.property.test_charter_promises import shuffled
from tests.property.test_charter_twin import is_the_same
from tests.slow_charter import sheet

Parts = Mapping[str, Any]

MOST = 300
"""Cases that a bug may survive before it is held for uncaught."""


@dataclass(frozen=True)
class Bug:
    """What is wrong, where it is planted, and the check that catches it, over cases of these bases."""

    what: str
    module: Any
    name: str
    planted: Callable[..., Any]
    check: Callable[[Case, SeededLots], None]
    bases: tuple[str, ...] | None = None
    asked: Mapping[str, Any] | None = None


# The bugs


def rounded_down(exact: Fraction) -> int:
    return exact.numerator // exact.denominator


def ties_by_insertion(
    total: int, weights: Mapping[str, Any], *, held: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Share out under names that keep the order in which they stand in the file."""
    order = {name: f"{at:03}" for at, name in enumerate(weights)}
    parts = share_out(
        total,
        {order[name]: weight for name, weight in weights.items()},
        held={order[name]: units for name, units in (held or {}).items() if name in order},
    )
    return {name: parts[order[name]] for name in weights}


def largest_remainders(
    total: int, weights: Mapping[str, Any], *, held: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Fair once, and not for ever: the last units to the largest fractions, whatever was held."""
    whole = sum(weights.values())
    exact = {name: Fraction(total) * weight / whole for name, weight in weights.items()}
    parts = {name: part.numerator // part.denominator for name, part in exact.items()}
    for name in sorted(exact, key=lambda name: (parts[name] - exact[name], name))[: total - sum(parts.values())]:
        parts[name] += 1
    return parts


def cap_anew(rule: Any, limits: Any, lift: Any, pen: Pen) -> Quantity | None:
    """The cap starts anew at some time: over the lifetime it is twice what is written."""
    return None if limits.cap is None else Quantity(limits.cap.value * 2)


def window_without_its_last_month(day: Any, months: int) -> Any:
    return returns_months_later(day, months - 1)


returns_months_later = returns.months_later


def dates_that_count_only(rule: Any, allocation: Any, ordered: Any) -> Any:
    """The first n dates, counted among those that the article does not except otherwise."""
    last = returns.months_later(allocation.premiere, rule.window_months) if rule.window_months else None
    dates = 0
    for position, event in ordered:
        if returns.read_by(rule, event):
            reason = returns._left_out(rule, allocation, event, 10_000, last)
            dates += not reason
            yield position, event, reason or returns._left_out(rule, allocation, event, dates, last)


def forgotten(self: Earlier, key: str) -> dict[Any, int]:
    return {}


def ranks_at_once(total: RuleTotal, limits: Any, allocation: Any, pen: Pen, known: Quantity) -> Quantity:
    """The next rank begins a unit before the one above is full."""
    start = next_start(total, limits, allocation, pen, known)
    return Quantity(max(start.value - 1, 0))


next_start = returns._next_start


def cut_and_not_borne(total: int, weights: Any, *, held: Any, ceilings: Mapping[str, int]) -> dict[str, int]:
    """Whoever is above a ceiling is cut, and nobody bears it."""
    parts = apportioned(total, weights, held={}, ceilings={})
    return {name: min(part, ceilings.get(name, part)) for name, part in parts.items()}


def never_short(total: RuleTotal, facts: Facts, recorder: Recorder, earlier: Earlier) -> Shared:
    return replace(borne(total, facts, recorder, earlier), uncovered=0)


borne = bearing.borne


def nothing_above(rule: Any, allocation: Any, counted: Quantity, start: Quantity, pen: Pen) -> Quantity:
    """A rate that falls back to a half where much has come in."""
    exact = exact_due(rule, allocation, counted, start, pen)
    return exact if counted.value < 300 else pen.product("rate", exact, Fraction(1, 2))


exact_due = returns._exact


def written_otherwise(
    self: Pen, operation: str, kind: str, operands: tuple[Quantity, ...], about: str = ""
) -> Quantity:
    """Compute one thing and write down another."""
    value = trace.OPERATIONS[operation](*[operand.value for operand in operands])
    number = len(self.steps)
    kept = "least" if operation == "greatest" else operation
    self.steps.append(Step(number, self.article, kind, kept, operands, value, self.event, about))
    return Quantity(value, number)


def nobody_defaults(split: Any, facts: Facts) -> Any:
    members = {name: replace(member, defaulted=False) for name, member in facts.members.items()}
    return figures(split, replace(facts, members=members))


figures = splits._figures


# What catches them


def twin(case: Case, lots: SeededLots) -> None:
    is_the_same(outcomes.run(case.charter, case.facts), sheet(case.charter, case.facts))


def cuts_of(lots: SeededLots) -> set[int]:
    return set(lots.some(range(8), most=5))


def over(check: Callable[[Case, set[int]], None]) -> Callable[[Case, SeededLots], None]:
    return lambda case, lots: check(case, cuts_of(lots))


def in_any_order(case: Case, lots: SeededLots) -> None:
    promised.order_decides_nothing(case, shuffled(case.facts, lots.chance))


def more(case: Case, lots: SeededLots) -> None:
    if case.facts.events:
        promised.more_never_gives_less(case, lots.number(0, len(case.facts.events) - 1), lots.number(1, 300))


def undone(case: Case, lots: SeededLots) -> None:
    if case.facts.events:
        promised.a_correction_undoes(case, lots.number(0, len(case.facts.events) - 1))


LOSSES = ("deficit", "loss")
SMALL = {"positive": True, "most": 20, "largest": 3}
BUGS = (
    Bug("rounded down", trace, "rounded", rounded_down, twin),
    Bug("rounded down, so a correction takes off more", trace, "rounded", rounded_down, undone),
    Bug("ties by insertion", apportionment, "share_out", ties_by_insertion, in_any_order),
    Bug("fair once only", apportionment, "share_out", largest_remainders, over(promised.no_claw_back)),
    Bug("a cap that starts anew", returns, "_cap", cap_anew, over(promised.caps_windows_and_ranks)),
    Bug("a window that ends too soon", returns, "months_later", window_without_its_last_month, twin),
    Bug("first dates among those that count", returns, "_judged", dates_that_count_only, twin, ("fee",)),
    Bug("what was held is forgotten", Earlier, "held", forgotten, over(promised.no_claw_back)),
    Bug(
        "what was held is forgotten in small parts",
        Earlier,
        "held",
        forgotten,
        over(promised.no_claw_back),
        None,
        SMALL,
    ),
    Bug("a rank begins early", returns, "_next_start", ranks_at_once, twin),
    Bug("cut and not borne", trace, "apportioned", cut_and_not_borne, over(promised.a_loss_is_borne), LOSSES),
    Bug("nothing is ever short", outcomes, "borne", never_short, over(promised.conservation), LOSSES),
    Bug("a rate that falls back", returns, "_exact", nothing_above, more),
    Bug("written otherwise", Pen, "_apply", written_otherwise, over(promised.the_trace_is_the_calculation)),
    Bug("who defaults bears all the same", splits, "_figures", nobody_defaults, over(promised.a_loss_is_borne), LOSSES),
)


@pytest.mark.parametrize("bug", BUGS, ids=[bug.what.replace(" ", "-") for bug in BUGS])
def test_a_planted_bug_is_caught(bug: Bug, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = [_case(bug, seed) for seed in range(MOST)]
    for case, lots in drawn[:20]:
        bug.check(case, lots)
    monkeypatch.setattr(bug.module, bug.name, bug.planted)
    assert any(_catches(bug, case, lots) for case, lots in drawn)


def _case(bug: Bug, seed: int) -> tuple[Case, SeededLots]:
    lots = SeededLots(seed)
    bases = {} if bug.bases is None else {"bases": bug.bases}
    return draw_case(lots, **bases, **(bug.asked or {})), lots


def _catches(bug: Bug, case: Case, lots: SeededLots) -> bool:
    try:
        bug.check(case, lots)
    except (AssertionError, CharterError, LedgerError):
        return True
    return False
