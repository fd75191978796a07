"""Which facts a charter needs, and which of them were not given."""

from __future__ import annotations

from collections.abc import Iterator

from fund.charter.facts import Event, Facts, Performance, Period
from fund.charter.faults import Fault
from fund.charter.grammar import Charter, Rule, ShareOf, Split
from fund.charter.returns import READS


def missing(charter: Charter, facts: Facts) -> tuple[Fault, ...]:
    """Every fact without a default that a rule needs for the events at hand and does not find.

    A rule with no event to read asks for nothing.
    """
    faults: dict[str, Fault] = {}
    for rule in charter.rules:
        events = [(at, event) for at, event in enumerate(facts.events) if isinstance(event, READS[rule.base])]
        if not events:
            continue
        for place in (*_allocation(rule, facts), *_figures(rule, events)):
            faults.setdefault(place, Fault("fact-missing", place, about=(("article", rule.name),)))
        for split in rule.splits:
            for fault in _key(rule, split, facts):
                faults.setdefault(fault.where, fault)
    return tuple(faults.values())


def _allocation(rule: Rule, facts: Facts) -> Iterator[str]:
    limits = [limit.of for limit in (rule.franchise, rule.cap) if isinstance(limit, ShareOf)]
    if facts.allocation.amount is None and ("allocation" in limits or rule.no_return_up_to is not None):
        yield "allocation.amount"
    if facts.allocation.premiere is None and rule.window_months is not None:
        yield "allocation.premiere"


def _figures(rule: Rule, events: list[tuple[int, Event]]) -> Iterator[str]:
    for at, event in events:
        if isinstance(event, Performance) and event.fee is None:
            yield f"events[{at}].fee"
        if isinstance(event, Period):
            figures = {"gross": event.gross, "net": event.net, "profit": event.profit}
            if figures[rule.base] is None:
                yield f"events[{at}].{rule.base}"
            shares = any(isinstance(deduction.limit, ShareOf) for deduction in rule.deductions)
            if event.gross is None and shares and event.deductions and rule.base != "gross":
                yield f"events[{at}].gross"


def _key(rule: Rule, split: Split, facts: Facts) -> Iterator[Fault]:
    about = (("article", rule.name),)
    if split.to == "recipients":
        if not facts.recipients:
            yield Fault("fact-missing", "recipients", about=about)
        lacking = [name for name, each in facts.recipients.items() if split.key == "points" and each.points is None]
        yield from (Fault("fact-missing", f"recipients.{name}.points", about=about) for name in lacking)
        by_points = facts.recipients and not lacking and split.key == "points"
        if by_points and not any(each.points for each in facts.recipients.values()):
            yield Fault("key-empty", "recipients", about=(*about, ("key", "points")))
    elif split.to == "members":
        if not facts.members:
            yield Fault("fact-missing", "members", about=about)
        key = split.key or "equal"
        figures = {name: 1 if key == "equal" else getattr(each, key) for name, each in facts.members.items()}
        lacking = [name for name, figure in figures.items() if figure is None]
        yield from (Fault("fact-missing", f"members.{name}.{key}", about=about) for name in lacking)
        if figures and not lacking and not any(figures.values()) and not rule.joint_liability:
            yield Fault("key-empty", "members", about=(*about, ("key", key)))
