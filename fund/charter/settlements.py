"""Statement after statement: what each adds to what was due and shared before, under the key of its day.

Books and rehearsals settle by the same function, so a rehearsal of the charter in force gives what the books hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from hashlib import sha256

from fund.charter.facts import AllocationFacts, Facts, MemberFacts, Performance
from fund.charter.grammar import Charter
from fund.charter.notoriety.steering import most_steered
from fund.charter.outcomes import Outcome, run, shared_by_key
from fund.charter.rules import MembersBear, ToMembers
from fund.charter.splits import Share, figure_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a project stands before a statement, in minor units.

    `due` is what its earlier statements made due; `shares` what each party has of it, by the digest of the
    sharing key. What is `retained` moves nowhere and is not among them.
    """

    due: int = 0
    shares: Mapping[str, tuple[Share, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What one statement adds, in minor units.

    `amount` is newly due and never below zero; `carried`, never above zero, is what corrections took off
    and the next statement starts from. `added` gives each party's part of this statement, the shares of
    `outcome` less what was held of them under the same key.
    """

    outcome: Outcome
    digest: str
    amount: int
    carried: int
    added: tuple[Share, ...]


def settle(charter: Charter, facts: Facts, standing: Standing) -> Settlement:
    """Settle a statement: `facts` holds all the dates so far, and the contributions of the statement's year.

    Raises FactsMissing as `run` does.
    """
    digest = key_digest(charter, facts)
    held = standing.shares.get(digest, ())
    others = (share for key, shares in standing.shares.items() if key != digest for share in shares)
    outcome = run(charter, facts, received=held, shared_before=shared_by_key(others))
    new = sum(item.minor for item in outcome.due) - standing.due
    return Settlement(outcome, digest, max(0, new), min(0, new), _added(outcome.shares, held))


def standing_after(standing: Standing, settlement: Settlement) -> Standing:
    """Where the project stands once the statement is settled."""
    held = {(share.key, share.party, share.form): share for share in standing.shares.get(settlement.digest, ())}
    for share in settlement.outcome.shares:
        if share.form != "retained":
            held[share.key, share.party, share.form] = share
    shares = {**standing.shares, settlement.digest: tuple(held.values())}
    return Standing(standing.due + settlement.amount, shares)


def project_facts(
    members: Mapping[str, MemberFacts], allocation: AllocationFacts, played: Sequence[Performance]
) -> Facts:
    """The facts of a project at a statement: members by code, dates in the charter's order."""
    return Facts(members=dict(sorted(members.items())), allocation=allocation, events=tuple(played))


def follows_recognition(charter: Charter) -> bool:
    """Whether some members' share follows the recognition they were credited with."""
    return most_steered(charter.rules) is not None


def weighed_by_recognition(facts: Facts, points: Mapping[str, int]) -> Facts:
    """The same facts with the points that each member has by the last adopted statement of recognition."""
    members = {code: replace(member, notoriety=Fraction(points.get(code, 0))) for code, member in facts.members.items()}
    return replace(facts, members=members)


def key_digest(charter: Charter, facts: Facts) -> str:
    """The name of a sharing key: the charter's lines and the figures that weigh the members.

    What a member has paid is always among the figures, its recognition where the charter follows it; others where
    a line asks for them. Returns that are stored keep the name they were given.
    """
    asked = {split.key for rule in charter.rules for split in rule.splits if isinstance(split, ToMembers)}
    asked |= {turn.key for rule in charter.rules for turn in rule.bearers if isinstance(turn, MembersBear)}
    members = sorted(facts.members.items())
    weights = [";".join(f"{code}={_weight(member)}" for code, member in members)]
    for key in sorted(asked - {"contribution", "equal", "notoriety"}):
        weights.append(";".join(f"{code}={figure_of(member, key)}" for code, member in members))
    return sha256("\n".join((charter.sha256, *weights)).encode()).hexdigest()


def _weight(member: MemberFacts) -> str:
    return str(member.contribution) if member.notoriety is None else f"{member.contribution}+{member.notoriety}"


def _added(shares: Iterable[Share], held: Iterable[Share]) -> tuple[Share, ...]:
    before = {(share.key, share.party, share.form): share.minor for share in held}
    return tuple(
        Share(
            share.key,
            share.party,
            share.form,
            share.minor - before.get((share.key, share.party, share.form), 0),
            share.expires_months,
        )
        for share in shares
    )
