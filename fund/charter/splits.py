"""Who receives: the lines of a sharing multiplied into one flat key, and that key applied once a statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fund.charter.facts import Facts
from fund.charter.faults import KeyChanged
from fund.charter.grammar import Form, Rule, Split
from fund.charter.returns import RuleTotal, article_of
from fund.charter.trace import Claim, Number, Pen, Portion, Quantity, Recorder
from ledger.errors import SplitImpossible


@dataclass(frozen=True, slots=True)
class Share:
    """What one party has received of one key in one form, in minor units, all statements together.

    `key` is the name of the rule whose lines share it (`…/rest` for what the rule leaves). A drawing
    right expires `expires_months` after the statement that gives it.
    """

    key: str
    party: str
    form: Form
    minor: int
    expires_months: int | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """The shares of one rule; what nobody could bear; what was shared before and is no longer due."""

    shares: tuple[Share, ...]
    uncovered: int
    carried: int


def parties(split: Split, facts: Facts) -> tuple[str, ...]:
    """Everyone a line names: `fund`, or `member:ID` for each member."""
    if split.to == "members":
        return tuple(f"member:{name}" for name in facts.members)
    if split.to == "recipients":
        return tuple(f"recipient:{name}" for name in facts.recipients)
    return (split.to,)


def shared(
    total: RuleTotal, facts: Facts, recorder: Recorder, received: Iterable[Share], shared_before: Mapping[str, int]
) -> Shared:
    """Share what a rule has made due, less what was shared under earlier keys; nobody gives anything back."""
    rule, due = total.rule, total.due
    pen = recorder.pen(article_of(rule))
    held = {(share.party, share.form): share.minor for share in received if share.key == rule.name}
    portions = _portions(rule, facts, held)
    if held.keys() - {(portion.party, portion.form) for portion in portions}:
        raise KeyChanged(key=rule.name)
    if earlier := shared_before.get(rule.name, 0):
        due = pen.difference("earlier-key", due, Quantity(earlier))
    to_share = pen.greatest("to-share", due, Quantity(sum(held.values())))
    try:
        parts = pen.share_out(to_share, portions)
    except SplitImpossible:
        raise KeyChanged(key=rule.name) from None
    expiries = {(party, split.form): split.expires_months for split in rule.splits for party in parties(split, facts)}
    shares = [Share(rule.name, p.party, p.form, p.part, expiries[p.party, p.form]) for p in parts]
    return Shared(
        (*shares, *_rest(total, pen)),
        uncovered=int(to_share.value) - sum(portion.part for portion in parts),
        carried=int(to_share.value) - int(due.value),
    )


def _portions(rule: Rule, facts: Facts, held: Mapping[tuple[str, Form], int]) -> list[Portion]:
    """One portion a party and form, with its claims under every line that names it."""
    claims: dict[tuple[str, Form], list[Claim]] = {}
    ceilings: dict[tuple[str, Form], int | None] = {}
    for line, split in enumerate(rule.splits):
        for party, figure, ceiling in _figures(rule, split, facts):
            claims.setdefault((party, split.form), []).append(Claim(line, split.share, split.key or "", figure))
            ceilings[party, split.form] = ceiling
    return [
        Portion(party, form, tuple(of), held.get((party, form), 0), ceilings[party, form])
        for (party, form), of in claims.items()
    ]


def _figures(rule: Rule, split: Split, facts: Facts) -> Iterator[tuple[str, Number, int | None]]:
    """Each party of a line with its figure in the key, and the most it may bear."""
    if split.to == "members":
        for name, member in facts.members.items():
            ceiling = member.cap if rule.joint_liability else None
            absent = rule.joint_liability and member.defaulted
            figure = {"contribution": member.contribution, "use": member.use, "points": member.points, "equal": 1}
            yield f"member:{name}", 0 if absent else figure[split.key or "equal"] or 0, ceiling
    elif split.to == "recipients":
        for name, recipient in facts.recipients.items():
            yield f"recipient:{name}", recipient.points or 0 if split.key == "points" else 1, None
    else:
        yield split.to, 1, None


def _rest(total: RuleTotal, pen: Pen) -> tuple[Share, ...]:
    """What came in and is not due stays with the party that the rule names."""
    rule = total.rule
    if rule.rest_to is None:
        return ()
    rest = pen.difference("rest", pen.sum("came-in", total.counted, total.left_out), total.due)
    rest = pen.greatest("not-below-zero", rest, Quantity(0))
    return (Share(f"{rule.name}/rest", rule.rest_to, "retained", int(rest.value)),)
