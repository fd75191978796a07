"""Ballots are cast while a call is open; once cast, a ballot never changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from allocation.calls import is_text, locked
from allocation.errors import BallotConflict, BallotInvalid, BallotsNotOpen, OutcomeFinal
from allocation.models import Ballot, Call, Outcome

VOTER_LIMIT = 100
BATCH = 5_000
NAMED_AT_ONCE = 200
"""Up to so many voters are looked up by name; for more, all ballots are read."""


@transaction.atomic
def cast_ballots(*, call: Call, ballots: Mapping[str, Sequence[str]], on: date) -> int:
    """Cast the ballots of voters (code → codes of the proposals they support) and count the new ones.

    An empty ballot is a vote too. A ballot already cast with the same choices is left alone; all are
    checked before any is written.
    """
    for voter in ballots:
        if not is_text(voter, VOTER_LIMIT):
            raise BallotInvalid(voter=voter, why="voter_invalid", limit=VOTER_LIMIT)
    call = locked(call)
    proposed = set(call.proposals.values_list("code", flat=True))
    cast = call.ballots.all() if len(ballots) > NAMED_AT_ONCE else call.ballots.filter(voter__in=list(ballots))
    held = dict(cast.values_list("voter", "approvals"))
    new: list[Ballot] = []
    for voter, approvals in ballots.items():
        if voter not in held:
            _check_choices(voter, approvals, proposed)
            new.append(Ballot(call=call, voter=voter, approvals=list(approvals), cast_on=on))
        elif held[voter] != list(approvals):
            raise BallotConflict(voter=voter)
    if not new:
        return 0
    if not call.opens <= on <= call.closes:
        raise BallotsNotOpen(slug=call.slug, on=on, opens=call.opens, closes=call.closes)
    if outcome := Outcome.objects.filter(call=call).first():
        raise OutcomeFinal(slug=call.slug, on=outcome.published_on)
    Ballot.objects.bulk_create(new, batch_size=BATCH)
    return len(new)


def _check_choices(voter: str, approvals: Sequence[str], proposed: set[str]) -> None:
    chosen = set(approvals)
    if len(chosen) < len(approvals):
        raise BallotInvalid(voter=voter, why="named_twice")
    if unknown := chosen - proposed:
        raise BallotInvalid(voter=voter, why="not_proposed", proposal=min(unknown))
