"""`run`: a charter applied to facts, from the events to what each party has received."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fund.charter.bearing import borne
from fund.charter.contributions import Computed, called
from fund.charter.facts import Facts
from fund.charter.faults import FactsMissing
from fund.charter.grammar import Charter
from fund.charter.needs import missing
from fund.charter.returns import Due, dues
from fund.charter.rules import FormWord, MembersBear, ReserveBears, Rule
from fund.charter.splits import Earlier, Share, parties, shared
from fund.charter.trace import Identity, Recorder, Trace


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer of a charter, in minor units; `shares` is the `received` of the next statement.

    `totals` gives every party and form that the charter names, zero included. `uncovered` is what nobody
    could bear. `carried` says by key what was shared earlier and is due no more: it is taken off what
    comes next, never taken back.
    """

    contributions: Mapping[str, Computed]
    due: tuple[Due, ...]
    shares: tuple[Share, ...]
    totals: Mapping[str, Mapping[FormWord, int]]
    uncovered: int
    carried: Mapping[str, int]
    trace: Trace


def run(
    charter: Charter,
    facts: Facts,
    *,
    received: Iterable[Share] = (),
    shared_before: Mapping[str, int] | None = None,
) -> Outcome:
    """Apply a charter to all the events so far.

    For a first statement give the facts alone. For a later one give all the events again, and what the
    earlier statements shared: as `received` (their `Outcome.shares`) when the key has not changed, so that
    everyone stays within a cent of the exact entitlement; as `shared_before` ({key: amount}, see
    `shared_by_key`) when it has, as after a new year's contributions, so that only the new amount is
    shared under the new key. Raises FactsMissing, or KeyChanged when `received` does not follow the key.
    """
    faults = list(missing(charter, facts))
    contributions: Mapping[str, Computed] = {}
    try:
        contributions = called(charter, facts.members)
    except FactsMissing as refusal:
        faults += refusal.faults
    if faults:
        raise FactsMissing(faults)

    recorder, earlier = Recorder(), Earlier(tuple(received), shared_before)
    due, rule_totals = dues(charter, facts, recorder)
    sharings = [(borne if total.rule.bearers else shared)(total, facts, recorder, earlier) for total in rule_totals]
    shares = tuple(share for sharing in sharings for share in sharing.shares)
    return Outcome(
        contributions=contributions,
        due=tuple(due),
        shares=shares,
        totals=_totals(charter, facts, shares),
        uncovered=sum(sharing.uncovered for sharing in sharings),
        carried={total.rule.name: s.carried for total, s in zip(rule_totals, sharings, strict=True) if s.carried},
        trace=Trace(Identity.of(charter), tuple(recorder.steps)),
    )


def shared_by_key(shares: Iterable[Share]) -> dict[str, int]:
    """What was shared under each key: the `shared_before` of a statement whose key is new."""
    sums: dict[str, int] = {}
    for share in shares:
        sums[share.key] = sums.get(share.key, 0) + share.minor
    return sums


def _totals(charter: Charter, facts: Facts, shares: Iterable[Share]) -> dict[str, dict[FormWord, int]]:
    totals: dict[str, dict[FormWord, int]] = {}
    for rule in charter.rules:
        for party, form in _named(rule, facts):
            totals.setdefault(party, {})[form] = 0
    for share in shares:
        totals[share.party][share.form] += share.minor
    return totals


def _named(rule: Rule, facts: Facts) -> Iterator[tuple[str, FormWord]]:
    """Every party and form that a rule names."""
    for split in rule.splits:
        yield from ((party, split.form.word) for party in parties(split, facts))
    for bearer in rule.bearers:
        if isinstance(bearer, MembersBear):
            yield from ((f"member:{name}", "loss") for name in facts.members)
        else:
            yield "reserve" if isinstance(bearer, ReserveBears) else "fund", "loss"
    if rule.rest_to is not None:
        yield rule.rest_to, "retained"
