"""A call as the tests of allocation know it: three proposals, three voters, opened and voted through the services."""

from datetime import date

from allocation.ballots import cast_ballots
from allocation.calls import EnvelopeDraft, ProposalDraft, open_call, receive_proposals
from allocation.models import Call
from allocation.outcomes import publish_outcome, tally
from ledger.money import Amount

OPENS, CLOSES = date(2026, 4, 1), date(2026, 5, 31)
DURING, BEFORE, AFTER = date(2026, 4, 15), date(2026, 3, 31), date(2026, 6, 1)

CALL = {
    "owner": "fonds",
    "slug": "appel-2026",
    "name": "Appel 2026",
    "opens": OPENS,
    "closes": CLOSES,
    "method": "equal-shares",
    "lottery_seed": "graine",
    "envelopes": [EnvelopeDraft("general", "Enveloppe générale", Amount(90_000))],
}
PROPOSALS = [
    ProposalDraft("A", "Ariane", "cie-a", Amount(30_000), "danse"),
    ProposalDraft("B", "Bérénice", "cie-b", Amount(30_000)),
    ProposalDraft("C", "Cassandre", "cie-c", Amount(40_000)),
]
BALLOTS = {"m1": ["A", "B"], "m2": ["A", "B"], "m3": ["C"]}


def a_call(**changes: object) -> Call:
    return open_call(**{**CALL, **changes})


def a_voted_call(**changes: object) -> Call:
    call = a_call(**changes)
    receive_proposals(call=call, proposals=PROPOSALS)
    cast_ballots(call=call, ballots=BALLOTS, on=DURING)
    return call


def a_published_call(**changes: object) -> Call:
    call = a_voted_call(**changes)
    publish_outcome(call=call, tallied=tally(call=call, on=CLOSES), on=CLOSES, by="présidente")
    return call
