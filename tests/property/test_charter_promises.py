"""What the engine promises, over charters and facts that nobody wrote, and its slow and obvious twin."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from fund.charter.facts import AllocationFacts, Event, Facts, Performance, in_order
from fund.charter.grammar import Charter
from fund.charter.outcomes import Outcome, run, shared_by_key
from fund.charter.rules import Cap, Fees, FixedLimit, Limit, Periods, Rule
from fund.charter.shipped import shipped
from fund.charter.spans import months_later
from fund.charter.trace import differences, replay, step_as_json, step_from_json
from tests.charter_strategies import PREMIERE, charters, facts, losses

moderately = settings(max_examples=150, deadline=None)


# The twin: what a treasurer would do with coins and a ruled sheet, one rule of the book after the other.


def limit_of(limit: Limit | Cap | None, allocation: int) -> Fraction | None:
    if limit is None:
        return None
    if isinstance(limit, Cap):
        limit = limit.limit
    return Fraction(limit.minor) if isinstance(limit, FixedLimit) else limit.rate * allocation


def counted_items(rule: Rule, given: Facts) -> list[int]:
    """What the rule counts, event by event, in order."""
    kind = Performance if rule.base == "fee" else None
    items, dates = [], 0
    first_dates = rule.counts.exclude_first_dates if isinstance(rule.counts, Fees) else 0
    only_triggered = isinstance(rule.counts, Fees | Periods) and rule.counts.only_triggered
    for _, event in in_order(given.events):
        if isinstance(event, Performance) is not (kind is Performance):
            continue
        dates += 1
        late = rule.window_months and event.date > months_later(PREMIERE, rule.window_months)
        early = rule.window_months and event.date < PREMIERE
        if dates <= first_dates or late or early or (only_triggered and not event.triggered):
            continue
        items.append(event.fee if isinstance(event, Performance) else getattr(event, rule.base))
    return items


def poured(charter: Charter, given: Facts) -> dict[str, int]:
    """Pour everything that counts, cent by cent, into the rules of the first rank that is not full."""
    rules = charter.returns
    allocation = given.allocation.amount or 0
    cents = sum(counted_items(rules[0], given))
    free = {rule.name: limit_of(rule.franchise, allocation) or Fraction(0) for rule in rules}
    caps = {rule.name: limit_of(rule.cap, allocation) for rule in rules}
    seen: dict[str, int] = defaultdict(int)

    def exact(rule: Rule) -> Fraction:
        return max(Fraction(0), seen[rule.name] - free[rule.name]) * rule.rate

    def full(rule: Rule) -> bool:
        cap = caps[rule.name]
        return (
            cap is not None and seen[rule.name] >= free[rule.name] and exact(rule) >= cap.numerator // cap.denominator
        )

    for _ in range(cents):
        rank = min((rule.rank for rule in rules if not full(rule)), default=None)
        for rule in rules:
            if rule.rank == rank:
                seen[rule.name] += 1
    due = {}
    for rule in rules:
        whole, cap = exact(rule), caps[rule.name]
        nearest = (whole + Fraction(1, 2)).numerator // (whole + Fraction(1, 2)).denominator
        due[rule.name] = nearest if cap is None else min(nearest, cap.numerator // cap.denominator)
    return due


def due_by_rule(outcome: Outcome) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for due in outcome.due:
        sums[due.rule] += due.minor
    return sums


def parts_of(outcome: Outcome) -> dict[tuple[str, str, str], int]:
    return {(share.key, share.party, share.form): share.minor for share in outcome.shares}


def entitlements(charter: Charter, given: Facts, due: dict[str, int]) -> dict[tuple[str, str, str], Fraction]:
    """What each is exactly entitled to: a rule's due, times each line's share, times the figure over all figures."""
    exact: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    for rule in charter.returns:
        for split in rule.splits:
            if split.to == "members":
                figures = {
                    f"member:{name}": Fraction(1 if split.key == "equal" else getattr(member, split.key or ""))
                    for name, member in given.members.items()
                }
            elif split.to == "recipients":
                figures = {
                    f"recipient:{name}": each.points if split.key == "points" and each.points else Fraction(1)
                    for name, each in given.recipients.items()
                }
            else:
                figures = {split.to: Fraction(1)}
            for party, figure in figures.items():
                exact[rule.name, party, split.form.word] += (
                    due[rule.name] * split.share * figure / sum(figures.values())
                )
    return exact


def statements(charter: Charter, given: Facts, cuts: Iterable[int]) -> list[Outcome]:
    """One outcome a statement: the events up to each cut, in order of time, with what came before."""
    ordered = tuple(event for _, event in in_order(given.events))
    outcomes: list[Outcome] = []
    for cut in sorted({*cuts, len(ordered)}):
        before = outcomes[-1].shares if outcomes else ()
        outcomes.append(run(charter, replace(given, events=ordered[:cut]), received=before))
    return outcomes


@moderately
@given(charters(), facts())
def test_the_waterfall_is_what_pouring_cent_by_cent_gives(charter: Charter, given: Facts) -> None:
    due = due_by_rule(run(charter, given))
    assert {rule.name: due[rule.name] for rule in charter.returns} == poured(charter, given)


@moderately
@given(charters(), facts())
def test_1_what_comes_in_goes_out(charter: Charter, given: Facts) -> None:
    outcome = run(charter, given)
    shared, due = shared_by_key(outcome.shares), due_by_rule(outcome)
    for rule in charter.returns:
        assert shared[rule.name] == due[rule.name]
        if rule.rest_to is not None:
            came_in = sum(step.value for step in outcome.trace.steps if step.kind == rule.base
                          and step.article == f"returns.{rule.name}")  # fmt: skip
            assert shared[f"{rule.name}/rest"] == came_in - due[rule.name]
    assert outcome.uncovered == 0


@moderately
@given(charters(), facts(), st.lists(st.integers(0, 9), max_size=4))
def test_2_3_4_fair_for_ever_whatever_the_statements(charter: Charter, given: Facts, cuts: list[int]) -> None:
    outcomes = statements(charter, given, cuts)
    for earlier, later in pairwise(outcomes):
        before, after = parts_of(earlier), parts_of(later)
        assert all(after[part] >= minor for part, minor in before.items() if not part[0].endswith("/rest"))
    last, once = outcomes[-1], run(charter, given)
    assert due_by_rule(last) == due_by_rule(once)
    exact = entitlements(charter, given, due_by_rule(once))
    for outcome in (last, once):
        parts = parts_of(outcome)
        assert all(abs(parts[part] - entitled) < 1 for part, entitled in exact.items())


@moderately
@given(charters(), facts(), st.lists(st.integers(-2_000, 2_000), max_size=9))
def test_5_caps_windows_and_ranks_hold_with_reversals(charter: Charter, given: Facts, changes: list[int]) -> None:
    events = list(given.events)
    for at, change in enumerate(changes[: len(events)]):
        event = events[at]
        events[at] = (
            replace(event, fee=change)
            if isinstance(event, Performance)
            else replace(event, gross=change, profit=change)
        )
    outcome = run(charter, replace(given, events=tuple(events)))
    due = due_by_rule(outcome)
    for rule in charter.returns:
        cap = limit_of(rule.cap, given.allocation.amount or 0)
        assert due[rule.name] >= 0
        assert cap is None or due[rule.name] <= cap
        short = [r for r in charter.returns if r.rank < rule.rank
                 and due[r.name] < (limit_of(r.cap, given.allocation.amount or 0) or 0) // 1]  # fmt: skip
        assert not short or due[rule.name] == 0
        if rule.window_months:
            last = months_later(PREMIERE, rule.window_months)
            assert all(PREMIERE <= events[each.event].date <= last for each in outcome.due if each.rule == rule.name)


@moderately
@given(charters(), facts(), st.randoms(use_true_random=False))
def test_6_order_and_names_decide_nothing(charter: Charter, given: Facts, chance: object) -> None:
    def shuffled(mapping: dict[str, object]) -> dict[str, object]:
        names = list(mapping)
        chance.shuffle(names)  # type: ignore[attr-defined]
        return {name: mapping[name] for name in names}

    events: list[Event] = list(given.events)
    chance.shuffle(events)  # type: ignore[attr-defined]
    other = Facts(shuffled(dict(given.members)), shuffled(dict(given.recipients)), given.allocation, tuple(events))  # type: ignore[arg-type]
    assert parts_of(run(charter, given)) == parts_of(run(charter, other))
    assert run(charter, given) == run(charter, given)


@moderately
@given(charters(), facts(), st.integers(0, 8), st.integers(1, 500))
def test_7_more_receipts_never_make_less_due(charter: Charter, given: Facts, place: int, more: int) -> None:
    if not given.events:
        return
    at = place % len(given.events)
    event = given.events[at]
    richer = (
        replace(event, fee=(event.fee or 0) + more)
        if isinstance(event, Performance)
        else replace(event, gross=(event.gross or 0) + more, profit=(event.profit or 0) + more)  # type: ignore[union-attr]
    )
    events = (*given.events[:at], richer, *given.events[at + 1 :])
    before = run(charter, given)
    after = run(charter, replace(given, events=events), received=before.shares)
    less, more_due = due_by_rule(before), due_by_rule(after)
    assert all(more_due[rule.name] >= less[rule.name] for rule in charter.returns)
    parts = parts_of(after)
    assert all(parts[part] >= minor for part, minor in parts_of(before).items() if not part[0].endswith("/rest"))


@moderately
@given(losses())
def test_8_a_loss_is_borne_by_who_can_and_the_rest_is_reported(given: Facts) -> None:
    charter = shipped("groupement-employeurs")
    borne: dict[str, int] = defaultdict(int)
    shares: tuple = ()
    for cut in range(1, len(given.events) + 1):
        outcome = run(charter, replace(given, events=given.events[:cut]), received=shares)
        shares = outcome.shares
        total = sum(event.minor for event in given.events[:cut])  # type: ignore[union-attr]
        now = {share.party: share.minor for share in shares}
        assert sum(now.values()) + outcome.uncovered == total
        assert all(now[party] >= minor for party, minor in borne.items())
        borne.update(now)
    able = {f"member:{name}": each for name, each in given.members.items() if not each.defaulted and each.use}
    for party, minor in borne.items():
        member = able.get(party)
        assert minor == 0 if member is None else member.cap is None or minor <= member.cap
    free = [party for party, member in able.items() if member.cap is None or borne[party] < member.cap]
    assert outcome.uncovered == 0 or not free
    for one in free:
        for other in free:
            # Those who are not full bear by their key: less than one unit away from one another's measure.
            measure = Fraction(able[one].use or 0, able[other].use or 1)
            assert abs(borne[one] - borne[other] * measure) < 1 + measure


@moderately
@given(charters(), facts(), st.lists(st.integers(0, 9), max_size=2))
def test_9_the_trace_alone_gives_the_same_amounts(charter: Charter, given: Facts, cuts: list[int]) -> None:
    outcome = statements(charter, given, cuts)[-1]
    written = json.loads(json.dumps([step_as_json(step) for step in outcome.trace.steps]))
    steps = [step_from_json(each) for each in written]
    assert tuple(steps) == outcome.trace.steps
    assert differences(steps) == ()
    values = replay(steps).values
    for due in outcome.due:
        assert values[due.steps[-1].number] == due.minor
        assert replay(due.steps).values[due.steps[-1].number] == due.minor
    parts = [
        parts for step in steps if step.operation == "share-out" for parts in replay(steps).parts[step.number].items()
    ]
    shares = [s for s in outcome.shares if not s.key.endswith("/rest")]
    assert parts == [(f"{share.party} {share.form}", share.minor) for share in shares]


@given(st.integers(0, 40), st.integers(1, 9))
def test_9_a_changed_step_is_found(at: int, more: int) -> None:
    events = tuple(Performance(PREMIERE + timedelta(days=day), 4_200) for day in range(12))
    steps = list(
        run(shipped("retour-solidaire"), Facts(allocation=AllocationFacts(1_000_000), events=events)).trace.steps
    )
    at %= len(steps)
    steps[at] = replace(steps[at], value=steps[at].value + more)
    assert steps[at].number in differences(steps)
