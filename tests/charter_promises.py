"""The nine promises of the engine as checks of one case each; the properties draw the cases.

What a check needs to know beyond the engine's answer (what counts, who is entitled to how much, where a cap lies)
it takes from the slow twin.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from fund.charter.answers import as_json
from fund.charter.bearing import keys_of
from fund.charter.facts import Event, Facts, MemberFacts, RecipientFacts, Result
from fund.charter.outcomes import Outcome, run
from fund.charter.replays import replay_answer
from fund.charter.rules import Deficits, Fees, Rule
from fund.charter.trace import differences, replay, step_as_json, step_from_json
from tests.charter_drawing.facts import Case, prefixes, raised, reversed_
from tests.charter_entitlements import ENDLESS, is_fair, key_of
from tests.slow_charter import KINDS, cap_of, columns_of, figure_of, in_order, is_left_out, on_top
from tests.slow_sharing import Who, flat_key, nearest

Parts = dict[tuple[str, str, str], int]


def parts_of(outcome: Outcome) -> Parts:
    """What everyone has received, key by key; what stays with its holder (`…/rest`) was given by nobody."""
    return {(s.key, s.party, s.form): s.minor for s in outcome.shares if not s.key.endswith("/rest")}


def due_by_rule(outcome: Outcome) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for due in outcome.due:
        sums[due.rule] += due.minor
    return sums


def rule_of(key: str) -> str:
    """`dettes/members` is a key of the rule `dettes`."""
    return key.partition("/")[0]


def given_by(parts: Parts, rule: Rule) -> int:
    return sum(minor for (key, *_), minor in parts.items() if rule_of(key) == rule.name)


def statements(case: Case, cuts: Iterable[int]) -> list[Outcome]:
    """One outcome a statement, in the order of declaration, each with what the one before it gave."""
    outcomes: list[Outcome] = []
    for known in prefixes(case.facts, set(cuts)):
        outcomes.append(run(case.charter, known, received=outcomes[-1].shares if outcomes else ()))
    return outcomes


def one_by_one(case: Case) -> list[Outcome]:
    """A statement an event."""
    return statements(case, range(1, len(case.facts.events)))


# 1


def conservation(case: Case, cuts: Iterable[int]) -> None:
    """Whatever is due is given, or reported as uncovered, or was given before; whatever came in is due or the rest."""
    unit = case.charter.head.currency
    for outcome in statements(case, cuts):
        parts, due = parts_of(outcome), due_by_rule(outcome)
        assert outcome.uncovered >= 0
        assert all(minor > 0 for minor in outcome.carried.values())
        assert sum(parts.values()) + outcome.uncovered == sum(due.values()) + sum(outcome.carried.values())
        for rule in case.charter.returns:
            assert given_by(parts, rule) == due[rule.name] + outcome.carried.get(rule.name, 0)
        written = as_json(case.charter, replace(outcome, trace=replace(outcome.trace, steps=())))
        majors = [Fraction(text) for forms in written["totals"].values() for text in forms.values()]
        assert sum(majors) * 10**unit.scale == sum(share.minor for share in outcome.shares)
    once = run(case.charter, case.facts)
    for rule in case.charter.rules:
        if rule.rest_to is not None:
            kept = [share.minor for share in once.shares if share.key == f"{rule.name}/rest"]
            assert kept == [max(0, came_in(rule, case.facts) - due_by_rule(once)[rule.name])]


def came_in(rule: Rule, facts: Facts) -> int:
    events = [event for event in facts.events if isinstance(event, KINDS[rule.base])]
    return sum(figure_of(rule, event) or 0 for event in events)


# 2


def fair_for_ever(case: Case, cuts: Iterable[int] | None = None) -> None:
    """At every statement nobody is a whole unit from the exact entitlement, in any key."""
    for outcome in one_by_one(case) if cuts is None else statements(case, cuts):
        parts = parts_of(outcome)
        for key in {key for key, *_ in parts}:
            rule = next(rule for rule in case.charter.rules if rule.name == rule_of(key))
            if rule.name in outcome.carried:
                continue
            held = {(party, form): minor for (named, party, form), minor in parts.items() if named == key}
            weights, most, joint = key_of(rule, key, case.facts)
            whole = sum(held.values()) if joint else _whole(rule, key, parts, due_by_rule(outcome)[rule.name])
            assert is_fair(held, weights, most, joint=joint, whole=whole)


def _whole(rule: Rule, key: str, parts: Parts, due: int) -> int:
    """All that was divided by a key, with what was cut off where each bears for itself."""
    if rule.floor_per_point is not None:
        return sum(minor for (named, *_), minor in parts.items() if named == key)
    if key == rule.name:
        return due
    before = keys_of(rule)[: keys_of(rule).index(key)]
    left = due - sum(minor for (named, *_), minor in parts.items() if named in before)
    return left if key.endswith("/members") else sum(minor for (named, *_), minor in parts.items() if named == key)


# 3


def no_claw_back(case: Case, cuts: Iterable[int]) -> None:
    """Nobody's part ever falls, whatever is declared next; a correction is carried, and comes off what follows."""
    outcomes = statements(case, cuts)
    for earlier, later in pairwise(outcomes):
        before, after = parts_of(earlier), parts_of(later)
        assert all(after[part] >= minor for part, minor in before.items())
        for rule in case.charter.returns:
            due = due_by_rule(later)[rule.name]
            assert given_by(after, rule) == max(due, given_by(before, rule))


# 4


def instalments_do_not_matter(case: Case, cuts: Iterable[int]) -> None:
    """What every event makes due does not depend on the statements; without corrections, neither does a rule's total
    that is given, and a beneficiary's part differs by less than a unit each way from the exact entitlement.
    """
    outcomes, once = statements(case, cuts), run(case.charter, case.facts)
    last = outcomes[-1]
    assert [(due.event, due.rule, due.base, due.minor) for due in last.due] == [
        (due.event, due.rule, due.base, due.minor) for due in once.due
    ]
    in_many, in_one = parts_of(last), parts_of(once)
    for rule in case.charter.returns:
        if rule.name in last.carried:
            continue
        assert given_by(in_many, rule) == given_by(in_one, rule)
        if rule.floor_per_point is None:
            exact = {(rule.name, *who): due_by_rule(once)[rule.name] * weight
                     for who, weight in flat_key(rule.splits, case.facts).items()}  # fmt: skip
            assert all(abs(parts[part] - each) < 1 for parts in (in_many, in_one) for part, each in exact.items())


def halved(case: Case, at: int, part: int) -> Case:
    """One event declared in two instalments of the same day."""
    event = case.facts.events[at]
    less = raised(event, -part)
    more = replace(scaled_to(event, part), reference=f"{event.reference} bis")
    events = (*case.facts.events[:at], less, *case.facts.events[at + 1 :], more)
    return replace(case, facts=replace(case.facts, events=events))


def scaled_to(event: Event, part: int) -> Event:
    """The event with `part` for each figure that it declares, and no costs."""
    undone = raised(event, part)
    zero = reversed_(event)
    names = [name for name in ("fee", "gross", "net", "profit", "minor") if getattr(event, name, None) is not None]
    figures_of = {name: getattr(undone, name) + getattr(zero, name) for name in names}
    return replace(event, **figures_of, **({"deductions": ()} if hasattr(event, "deductions") else {}))


def an_event_in_two_instalments(case: Case, at: int, part: int) -> None:
    """A figure declared in two parts makes the same due; with rounding item by item, within a unit a part."""
    once, twice = run(case.charter, case.facts), run(case.charter, halved(case, at, part).facts)
    for rule in case.charter.rules:
        if is_additive(rule) and not crosses_zero(rule, case.facts.events[at], part):
            difference = due_by_rule(twice)[rule.name] - due_by_rule(once)[rule.name]
            assert abs(difference) <= (1 if rule.rounding == "per-item" else 0)


def is_additive(rule: Rule) -> bool:
    """Whether what a rule counts of an event is a plain figure: no rank of dates, no costs, no minimum an event."""
    first_dates = isinstance(rule.counts, Fees) and rule.counts.exclude_first_dates
    return not first_dates and not rule.deductions and rule.floor_per_point is None


def crosses_zero(rule: Rule, event: Event, part: int) -> bool:
    """Whether the parts of a result lie on both sides of zero, where only one side counts."""
    if rule.base not in ("surplus", "deficit") or not isinstance(event, Result):
        return False
    return min(part, event.minor - part) < 0 < max(part, event.minor - part)


# 5


def caps_windows_and_ranks(case: Case, cuts: Iterable[int]) -> None:
    """Over the lifetime, corrections included: no more than the cap, nothing from what is excepted, rank after rank."""
    for known, outcome in zip(prefixes(case.facts, set(cuts)), statements(case, cuts), strict=True):
        due, rules = due_by_rule(outcome), case.charter.rules
        lifted = {column.rule.name: column.lifted for base in KINDS for column in columns_of(case.charter, base, known)}
        for rule in rules:
            most = cap_of(rule, known)
            room = None if most is None else most + nearest(lifted[rule.name] * on_top(rule))
            assert due[rule.name] >= 0
            assert room is None or due[rule.name] <= room
            higher = [each for each in rules if each.base == rule.base and each.rank < rule.rank]
            tops = [(each, cap_of(each, known) or 0) for each in higher]
            assert not due[rule.name] or all(
                due[each.name] == top + nearest(lifted[each.name] * on_top(each)) for each, top in tops
            )
            assert {each.event for each in outcome.due if each.rule == rule.name} == counted_events(rule, known)


def counted_events(rule: Rule, facts: Facts) -> set[int]:
    """The events that make something due under a rule, or could."""
    looked_at = [
        (place, event)
        for place, event in in_order(facts.events)
        if isinstance(event, KINDS[rule.base]) and figure_of(rule, event) is not None
    ]
    return {place for nth, (place, event) in enumerate(looked_at, 1) if not is_left_out(rule, event, nth, facts)}


def a_correction_undoes(case: Case, at: int) -> None:
    """An event and its reversal, later and on the same day, leave every rule that counts plain figures as it was."""
    event = case.facts.events[at]
    undone = replace(reversed_(event), reference=f"{event.reference} bis")
    both = (*case.facts.events, replace(event, reference=f"{event.reference} again"), undone)
    before, after = run(case.charter, case.facts), run(case.charter, replace(case.facts, events=both))
    for rule in case.charter.rules:
        if is_additive(rule) and rule.base not in ("surplus", "deficit"):
            assert due_by_rule(after)[rule.name] == due_by_rule(before)[rule.name]


# 6


def order_decides_nothing(case: Case, shuffled: Facts) -> None:
    """The same facts in another order of members, recipients and events: the same amounts."""
    one, other = run(case.charter, case.facts), run(case.charter, shuffled)
    references = [
        {(facts.events[due.event].reference, due.rule, due.base, due.minor) for due in outcome.due}
        for facts, outcome in ((case.facts, one), (shuffled, other))
    ]
    assert references[0] == references[1]
    assert parts_of(one) == parts_of(other)
    assert one == run(case.charter, case.facts)


def names_decide_ties_alone(case: Case, names: Mapping[str, str]) -> None:
    """Under other names the same amounts, but for a unit between two who are exactly equal in claim to it."""
    renamed = replace(case.facts, members=_renamed(case.facts.members, names),
                      recipients=_renamed(case.facts.recipients, names))  # fmt: skip
    one, other = parts_of(run(case.charter, case.facts)), parts_of(run(case.charter, renamed))
    under = {
        (key, f"{kind}:{names[name]}" if name else kind, form): minor
        for (key, party, form), minor in one.items()
        for kind, _, name in [party.partition(":")]
    }
    for key in {key for key, *_ in under}:
        rule = next(rule for rule in case.charter.rules if rule.name == rule_of(key))
        weights, most, _ = key_of(rule, key, renamed)
        held = {who: under.get((key, *who), 0) for who in weights}
        changed = {
            who: other[key, *who] - units for who, units in held.items() if other.get((key, *who), units) != units
        }
        assert all(abs(units) == 1 for units in changed.values())
        if min(most.values(), default=ENDLESS) == ENDLESS:
            claims = {who: next_claim(weights, who, sum(held.values())) for who in changed}
            lost, won = ([claims[who] for who, units in changed.items() if units == sign] for sign in (-1, 1))
            assert sorted(lost) == sorted(won)


def next_claim(weights: Mapping[Who, Fraction], who: Who, total: int) -> tuple[Fraction, Fraction]:
    """When the next unit of someone falls due, and their fraction: who is equal in both is told apart by name alone."""
    whole = sum(weights.values())
    exact = total * weights[who] / whole
    return (exact // 1 + 1) * whole / weights[who], exact % 1


def _renamed(given: Mapping[str, MemberFacts | RecipientFacts], names: Mapping[str, str]) -> dict:
    return {names[name]: each for name, each in given.items()}


# 7


def more_never_gives_less(case: Case, at: int, more: int) -> None:
    """More of what a rule counts: no rule makes less due, nobody is entitled to less, the fund neither."""
    event = case.facts.events[at]
    richer = {False: raised(event, more), True: raised(event, -more)}
    for lower in (False, True):
        events = (*case.facts.events[:at], richer[lower], *case.facts.events[at + 1 :])
        facts = replace(case.facts, events=events)
        rules = [
            rule for rule in case.charter.rules if isinstance(rule.counts, Deficits) is lower and is_monotone(rule)
        ]
        before = run(case.charter, case.facts)
        for after, held in (
            (run(case.charter, facts), False),
            (run(case.charter, facts, received=before.shares), True),
        ):
            _no_less(rules, before, after, held=held)


def is_monotone(rule: Rule) -> bool:
    """Costs limited by the gross may grow with it, by more than it when there are several; a minimum per point ends
    with the cap: what an earlier period takes of the cap, the points of a later one do not have.
    """
    return not rule.deductions and (rule.floor_per_point is None or rule.cap is None)


def _no_less(rules: list[Rule], before: Outcome, after: Outcome, *, held: bool) -> None:
    less, more = due_by_rule(before), due_by_rule(after)
    was, now = parts_of(before), parts_of(after)
    for rule in rules:
        slack = len([due for due in before.due if due.rule == rule.name]) if rule.rounding == "per-item" else 0
        assert more[rule.name] >= less[rule.name] - slack
        mine = [part for part in was if rule_of(part[0]) == rule.name and part in now]
        by_party: dict[str, int] = defaultdict(int)
        for part in mine:
            by_party[part[1]] += now[part] - was[part]
            assert not held or now[part] >= was[part]
        if slack == 0:
            keys = 1 if rule.floor_per_point is None else 2
            forms = len({part[2] for part in mine})
            assert all(gained >= -keys * forms for gained in by_party.values())


# 8


def a_loss_is_borne(case: Case, cuts: Iterable[int]) -> None:
    """Whoever stands bears by the key up to their cap, for those who default too; the rest is reported."""
    for outcome in statements(case, cuts):
        parts = parts_of(outcome)
        if outcome.carried:
            continue
        short = 0
        for rule in case.charter.rules:
            left = due_by_rule(outcome)[rule.name] - given_by(parts, rule)
            assert left >= 0
            short += left
            for key in {key for key, *_ in parts if rule_of(key) == rule.name}:
                weights, most, joint = key_of(rule, key, case.facts)
                held = {who: parts[key, *who] for who in weights}
                if joint:
                    assert is_fair(held, weights, most, joint=True, whole=sum(held.values()))
                    assert not left or all(held[who] == most[who] for who, weight in weights.items() if weight)
        assert outcome.uncovered == short


# 9


def the_trace_is_the_calculation(case: Case, cuts: Iterable[int]) -> None:
    """Written, read and done again, the steps alone give every due, every part and every contribution."""
    outcome = statements(case, cuts)[-1]
    steps = [step_from_json(each) for each in json.loads(json.dumps([step_as_json(s) for s in outcome.trace.steps]))]
    assert tuple(steps) == outcome.trace.steps
    assert differences(steps) == ()
    values = replay(steps).values
    for due in outcome.due:
        assert values[due.steps[-1].number] == due.minor
        assert replay(due.steps).values[due.steps[-1].number] == due.minor
    for computed in outcome.contributions.values():
        again = replay(computed.trace.steps).values
        assert again[computed.trace.steps[-1].number] == computed.minor == sum(computed.instalments)
    again = replay_answer(json.dumps(as_json(case.charter, outcome)))
    assert again.steps >= len(steps)
    totals = [amount for amount in again.amounts if amount.name.startswith("totals.")]
    assert len(totals) == sum(len(forms) for forms in outcome.totals.values())
