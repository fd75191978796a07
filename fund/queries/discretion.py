"""The account of a project for those who may not see each member's money: the members stand together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fund.charter.trace import Claim, Portion, Step
from fund.queries.projects import ProjectAccount, SharePart
from ledger.money import total_of

MEMBERS = "members"


def members_together(account: ProjectAccount) -> ProjectAccount:
    """The same account with one line for all members, in each sharing and in its trace: same sums, no one's cash."""
    returns = tuple(
        replace(each, shares=_shares(each.shares), trace=tuple(map(_step, each.trace))) for each in account.returns
    )
    return replace(account, returns=returns)


def _is_member(party: str) -> bool:
    return party.startswith("member:")


def _shares(shares: Iterable[SharePart]) -> tuple[SharePart, ...]:
    kept = [share for share in shares if not _is_member(share.party_key)]
    merged: dict[tuple[str, str], list[SharePart]] = {}
    for share in shares:
        if _is_member(share.party_key):
            merged.setdefault((share.rule, share.form), []).append(share)
    for group in merged.values():
        amount = total_of((share.amount for share in group), group[0].amount.unit)
        kept.append(replace(group[0], party_key=MEMBERS, party=None, amount=amount))
    return tuple(kept)


def _step(step: Step) -> Step:
    if step.operation != "share-out":
        return step
    kept = [portion for portion in step.portions if not _is_member(portion.party)]
    merged: dict[str, list[Portion]] = {}
    for portion in step.portions:
        if _is_member(portion.party):
            merged.setdefault(portion.form, []).append(portion)
    kept += [_together(group) for group in merged.values()]
    return replace(step, portions=tuple(kept))


def _together(group: list[Portion]) -> Portion:
    claims: dict[tuple[int, str], Claim] = {}
    for portion in group:
        for claim in portion.claims:
            known = claims.get((claim.line, claim.key))
            claims[claim.line, claim.key] = replace(claim, figure=claim.figure + known.figure) if known else claim
    held, part = sum(portion.held for portion in group), sum(portion.part for portion in group)
    return replace(group[0], party=MEMBERS, claims=tuple(claims.values()), held=held, ceiling=None, part=part)
