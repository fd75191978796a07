"""Which facts a charter needs, and which of them were not given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fund.charter.facts import Event, Facts, MemberFacts, Performance, Period, RecipientFacts
from fund.charter.faults import Fault
from fund.charter.grammar import Charter
from fund.charter.returns import read_by
from fund.charter.rules import (
    Bearing,
    MembersBear,
    Periods,
    ReserveBears,
    Rule,
    ShareOf,
    Split,
    ToMembers,
    ToRecipients,
)


def missing(charter: Charter, facts: Facts) -> tuple[Fault, ...]:
    """Every fact without a default that a rule needs for the events at hand and does not find.

    A rule with no event to read asks for nothing.
    """
    faults: dict[str, Fault] = {}
    for place, article in _figures(charter, facts):
        faults.setdefault(place, Fault("fact-missing", place, about=(("article", article),)))
    for rule in charter.rules:
        events = [(at, event) for at, event in enumerate(facts.events) if read_by(rule, event)]
        if not events:
            continue
        for place in (*_allocation(rule, facts), *_gross(rule, events)):
            faults.setdefault(place, Fault("fact-missing", place, about=(("article", rule.name),)))
        for needed in (_key(rule, split, facts) for split in rule.splits):
            for fault in needed:
                faults.setdefault(fault.where, fault)
        for fault in _bearers(rule, facts):
            faults.setdefault(fault.where, fault)
    return tuple(faults.values())


def _allocation(rule: Rule, facts: Facts) -> Iterator[str]:
    written = (rule.franchise, rule.cap.limit if rule.cap else None)
    limits = [limit.of for limit in written if isinstance(limit, ShareOf)]
    if facts.allocation.amount is None and ("allocation" in limits or rule.no_return_up_to is not None):
        yield "allocation.amount"
    if facts.allocation.premiere is None and rule.window_months is not None:
        yield "allocation.premiere"


def _figures(charter: Charter, facts: Facts) -> Iterator[tuple[str, str]]:
    """The figure that an event lacks: a fee, or of a period at least one that some rule counts; with the rule's name.

    A house may declare its gross every week and its profit once a year: each rule reads the periods that have its own.
    """
    fees = [rule for rule in charter.rules if rule.base == "fee"]
    counted = {rule.base: rule for rule in charter.rules if isinstance(rule.counts, Periods)}
    for at, event in enumerate(facts.events):
        if isinstance(event, Performance) and event.fee is None and fees:
            yield f"events[{at}].fee", fees[0].name
        if isinstance(event, Period) and all(getattr(event, figure) is None for figure in counted):
            yield from ((f"events[{at}].{figure}", rule.name) for figure, rule in counted.items())


def _gross(rule: Rule, events: list[tuple[int, Event]]) -> Iterator[str]:
    """What a cost is limited by."""
    allowed = rule.deductions
    if any(isinstance(deduction.limit, ShareOf) for deduction in allowed):
        for at, event in events:
            if isinstance(event, Period) and event.gross is None and event.deductions:
                yield f"events[{at}].gross"


def _key(rule: Rule, split: Split, facts: Facts) -> Iterator[Fault]:
    if isinstance(split, ToRecipients):
        yield from _figures_of_key(rule, "recipients", split.key, facts.recipients, none_is_fine=False)
    elif isinstance(split, ToMembers):
        joint = isinstance(split.form, Bearing) and split.form.joint
        yield from _figures_of_key(rule, "members", split.key, facts.members, none_is_fine=joint)


def _bearers(rule: Rule, facts: Facts) -> Iterator[Fault]:
    about = (("article", rule.name),)
    for bearer in rule.bearers:
        if isinstance(bearer, ReserveBears) and facts.reserve is None:
            yield Fault("fact-missing", "reserve", about=about)
        if isinstance(bearer, MembersBear):
            yield from _figures_of_key(rule, "members", bearer.key, facts.members, none_is_fine=True)
            if isinstance(bearer.limit, ShareOf):
                lacking = [name for name, each in facts.members.items() if each.contribution is None]
                yield from (Fault("fact-missing", f"members.{name}.contribution", about=about) for name in lacking)


def _figures_of_key(
    rule: Rule, who: str, key: str, given: Mapping[str, MemberFacts | RecipientFacts], *, none_is_fine: bool
) -> Iterator[Fault]:
    """Everyone in a key needs a figure, somebody one above zero, and percentages make a whole."""
    about = (("article", rule.name),)
    if not given:
        yield Fault("fact-missing", who, about=about)
    figures = {name: 1 if key == "equal" else getattr(each, key) for name, each in given.items()}
    lacking = [name for name, figure in figures.items() if figure is None]
    yield from (Fault("fact-missing", f"{who}.{name}.{key}", about=about) for name in lacking)
    if figures and not lacking and not any(figures.values()) and not none_is_fine:
        yield Fault("key-empty", who, about=(*about, ("key", key)))
    elif figures and not lacking and key == "percentage" and sum(figures.values()) != 1:
        yield Fault("percentages-sum", who, about=(*about, ("total", f"{sum(figures.values()) * 100} %")))
