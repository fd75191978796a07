"""Who receives: the lines of a sharing multiplied into one flat key, and that key applied once a statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from fund.charter.facts import Facts, MemberFacts
from fund.charter.faults import KeyChanged
from fund.charter.returns import RuleTotal, article_of
from fund.charter.rules import (
    Bearing,
    DrawingRight,
    FormWord,
    MemberKey,
    Rule,
    Split,
    ToMembers,
    ToRecipients,
)
from fund.charter.trace import Claim, Number, Pen, Portion, Quantity, Recorder, first_total
from ledger.errors import SplitImpossible


@dataclass(frozen=True, slots=True)
class Share:
    """What one party has received of one key in one form, in minor units, all statements together.

    `key` is the name of the rule whose lines share it (`…/rest` for what the rule leaves, `…/points` for the pot of
    points that have a minimum, `…/reserve` and the like for a turn in bearing). A drawing right expires
    `expires_months` after the statement that gives it.
    """

    key: str
    party: str
    form: FormWord
    minor: int
    expires_months: int | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """The shares of one rule; what nobody could bear; what was shared before and is no longer due."""

    shares: tuple[Share, ...]
    uncovered: int
    carried: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """What came before this statement: shares under the present key, and amounts shared under keys of the past."""

    received: tuple[Share, ...] = ()
    shared_before: Mapping[str, int] | None = None

    def held(self, key: str) -> dict[tuple[str, FormWord], int]:
        """What each has of a key."""
        return {(share.party, share.form): share.minor for share in self.received if share.key == key}

    def of(self, key: str) -> int:
        """What was shared under keys of the past."""
        return (self.shared_before or {}).get(key, 0)

    def all_of(self, key: str) -> int:
        """All that was shared of a key, the present one and those of the past."""
        return self.of(key) + sum(self.held(key).values())


def parties(split: Split, facts: Facts) -> tuple[str, ...]:
    """Everyone a line names: `fund`, or `member:ID` for each member."""
    if split.to == "members":
        return tuple(f"member:{name}" for name in facts.members)
    if split.to == "recipients":
        return tuple(f"recipient:{name}" for name in facts.recipients)
    return (split.to,)


def shared(total: RuleTotal, facts: Facts, recorder: Recorder, earlier: Earlier) -> Shared:
    """Share what a rule has made due, less what was shared under earlier keys; nobody gives anything back."""
    rule, pen = total.rule, recorder.pen(article_of(total.rule))
    alone = _limits_alone(rule, facts)
    if rule.floor_per_point is not None:
        found = _two_pots(total, facts, pen, earlier)
    else:
        found = share_by(rule.name, total.due, portions(rule, facts, earlier.held(rule.name)), pen, earlier, alone)
    expiries = {
        party: split.form.expires_months
        for split in rule.splits
        if isinstance(split.form, DrawingRight)
        for party in parties(split, facts)
    }
    parts = limited(found.portions, alone or {}, pen)
    shares = [
        Share(_key_of(rule, p), p.party, p.form, p.part, expiries[p.party] if p.form == "drawing-right" else None)
        for p in parts
    ]
    unborne = sum(part.part for part in found.portions) - sum(share.minor for share in shares)
    return Shared((*shares, *_rest(total, pen)), found.uncovered + unborne, found.out - int(total.due.value))


@dataclass(frozen=True, slots=True)
class Divided:
    """An amount divided: the portions with their parts, what is left undivided, the total with that of earlier keys."""

    portions: tuple[Portion, ...]
    uncovered: int
    out: int


def share_by(
    key: str,
    due: Quantity,
    claims: list[Portion],
    pen: Pen,
    earlier: Earlier,
    alone: Mapping[tuple[str, FormWord], int] | None = None,
) -> Divided:
    """Divide a running total by one key; raises KeyChanged when what is held does not follow it.

    Where some bear `alone`, up to a limit, what they hold is less than their part of what was divided before; after a
    correction that total is the first one at which what the others hold follows the key.
    """
    held = earlier.held(key)
    if held.keys() - {(portion.party, portion.form) for portion in claims}:
        raise KeyChanged(key=key)
    before = earlier.of(key)
    if before:
        due = pen.difference("earlier-key", due, Quantity(before))
    to_share = pen.greatest("to-share", due, Quantity(sum(held.values())))
    if alone is not None and (known := first_total(to_share.value, claims)) > to_share.value:
        to_share = pen.greatest("to-share", to_share, pen.given("key-followed", known))
    try:
        parts = pen.share_out(to_share, claims)
    except SplitImpossible:
        raise KeyChanged(key=key) from None
    undivided = int(to_share.value) - sum(portion.part for portion in parts)
    return Divided(parts, undivided, int(to_share.value) + before)


def portions(rule: Rule, facts: Facts, held: Mapping[tuple[str, FormWord], int]) -> list[Portion]:
    """One portion a party and form, with its claims under every line that names it."""
    claims: dict[tuple[str, FormWord], list[Claim]] = {}
    ceilings: dict[tuple[str, FormWord], int | None] = {}
    for line, split in enumerate(rule.splits):
        form = split.form.word
        for party, figure, ceiling in _figures(split, facts):
            claims.setdefault((party, form), []).append(Claim(line, split.share, split.key or "", figure))
            ceilings[party, form] = ceiling
    return [
        Portion(party, form, tuple(of), held.get((party, form), 0), ceilings[party, form])
        for (party, form), of in claims.items()
    ]


def _figures(split: Split, facts: Facts) -> Iterator[tuple[str, Number, int | None]]:
    """Each party of a line with its figure in the key, and the most it may bear."""
    if isinstance(split, ToMembers):
        joint = isinstance(split.form, Bearing) and split.form.joint
        for name, member in facts.members.items():
            figure = 0 if joint and member.defaulted else figure_of(member, split.key)
            yield f"member:{name}", figure, member.cap if joint else None
    elif isinstance(split, ToRecipients):
        for name, recipient in facts.recipients.items():
            figures = {"points": recipient.points, "percentage": recipient.percentage, "equal": 1}
            yield f"recipient:{name}", figures[split.key] or 0, None
    else:
        yield split.to, 1, None


def _limits_alone(rule: Rule, facts: Facts) -> dict[tuple[str, FormWord], int] | None:
    """Where nobody bears for others: a member's own cap, and nothing from one that defaults."""
    if not any(isinstance(split.form, Bearing) and not split.form.joint for split in rule.splits):
        return None
    limits = {name: 0 if member.defaulted else member.cap for name, member in facts.members.items()}
    return {(f"member:{name}", "loss"): limit for name, limit in limits.items() if limit is not None}


def limited(parts: Iterable[Portion], limits: Mapping[tuple[str, FormWord], int], pen: Pen) -> Iterator[Portion]:
    """The parts, none above its limit; what is cut off is nobody’s."""
    for part in parts:
        limit = limits.get((part.party, part.form))
        if limit is None or part.part <= limit:
            yield part
        else:
            most = pen.given("member-cap", limit, about=part.party)
            cut = pen.least("member-limit", Quantity(part.part), most, about=part.party)
            yield replace(part, part=int(cut.value))


def figure_of(member: MemberFacts, key: MemberKey) -> Number:
    """A member's figure in a key."""
    return 1 if key == "equal" else getattr(member, key) or 0


def _two_pots(total: RuleTotal, facts: Facts, pen: Pen, earlier: Earlier) -> Divided:
    """With a minimum per point the points have a pot of their own, so that their key stays what it is.

    It holds their share and what lifts it; the others have the rest, by the proportions between their lines.
    """
    rule = total.rule
    share = rule.points_share
    pot = pen.product("points-share", total.due, share)
    if total.lifted.value:
        pot = pen.sum("with-lifted", pot, pen.product("lifted", total.lifted, 1 - share))
    pot = pen.nearest("rounding", pot)
    points, others = points_key(rule), rule.name
    pot, rest = _within_due(total.due, pot, earlier.all_of(points), earlier.all_of(others), pen)
    in_pot = replace(rule, splits=rule.points_lines)
    first = share_by(points, pot, portions(in_pot, facts, earlier.held(points)), pen, earlier)
    if not rule.other_lines:
        return first
    outside = replace(rule, splits=rule.other_lines)
    second = share_by(others, rest, portions(outside, facts, earlier.held(others)), pen, earlier)
    return Divided((*first.portions, *second.portions), first.uncovered + second.uncovered, first.out + second.out)


def _within_due(due: Quantity, pot: Quantity, in_pot: int, outside: int, pen: Pen) -> tuple[Quantity, Quantity]:
    """The pot of the points and the rest: nothing is taken back from either, and no more goes out than is due."""
    if in_pot > pot.value:
        pot = pen.greatest("to-share", pot, Quantity(in_pot))
    rest = pen.difference("above-floor", due, pot)
    if rest.value < outside:
        rest = pen.greatest("to-share", rest, Quantity(outside))
        pot = pen.least("lifted-within", pot, pen.difference("room-for-floor", due, rest))
    return pot, rest


def points_key(rule: Rule) -> str:
    """The key of the pot of a rule whose points have a minimum."""
    return f"{rule.name}/points"


def rest_key(rule: Rule) -> str:
    """The key of what a rule leaves."""
    return f"{rule.name}/rest"


def turn_key(rule: Rule, turn: Literal["reserve", "members", "fund"]) -> str:
    """The key of a turn in bearing: `dettes/reserve`."""
    return f"{rule.name}/{turn}"


def _key_of(rule: Rule, part: Portion) -> str:
    in_pot = rule.floor_per_point is not None and part.party.startswith("recipient:")
    return points_key(rule) if in_pot and part.claims[0].key == "points" else rule.name


def _rest(total: RuleTotal, pen: Pen) -> tuple[Share, ...]:
    """What came in and is not due stays with the party that the rule names."""
    rule = total.rule
    if rule.rest_to is None:
        return ()
    rest = pen.difference("rest", pen.sum("came-in", total.counted, total.left_out), total.due)
    rest = pen.greatest("kept", rest, Quantity(0), about=rule.rest_to)
    return (Share(rest_key(rule), rule.rest_to, "retained", int(rest.value)),)
