"""A call opens, receives its proposals and its ballots: what is kept, what is refused, and that twice is once."""

from datetime import date

import pytest

from allocation.amounts import amount_of, money_of
from allocation.ballots import cast_ballots
from allocation.calls import EnvelopeDraft, ProposalDraft, call_of, receive_proposals
from allocation.errors import (
    AmountDoesNotFit,
    BallotConflict,
    BallotInvalid,
    BallotsAlreadyCast,
    BallotsNotOpen,
    CallConflict,
    CallInvalid,
    CallUnknown,
    MethodUnknown,
    ParameterInvalid,
    ProposalConflict,
)
from allocation.methods.refusals import SimulationOnly
from allocation.methods.ties import commitment
from allocation.models import Ballot, Call, Envelope, Proposal
from allocation.outcomes import tally
from ledger.money import HOUR, Amount, Unit
from tests.voted_calls import (
    AFTER,
    BALLOTS,
    BEFORE,
    CALL,
    CLOSES,
    DURING,
    PROPOSALS,
    a_call,
    a_voted_call,
)

pytestmark = pytest.mark.django_db


def test_a_call_writes_its_rule_down_before_the_ballots() -> None:
    call = a_call()
    assert call.method == "equal-shares/1"
    assert call.parameters == {"utility": "cost", "completion": "utilitarian", "min_support": 1}
    assert call.seed_commitment == commitment("graine")
    assert call_of("fonds", "appel-2026") == call


def test_no_call_opens_under_a_simulation() -> None:
    with pytest.raises(SimulationOnly, match="quadratic/1 is a simulation"):
        a_call(method="quadratic", parameters={})
    assert Call.objects.count() == 0


def test_the_same_call_again_is_the_first_one() -> None:
    assert a_call() == a_call()
    assert (Call.objects.count(), Envelope.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"name": "Autre"}, "name"),
        ({"closes": AFTER}, "closes"),
        ({"method": "greedy"}, "method"),
        ({"parameters": {"completion": "none"}}, "parameters"),
        ({"lottery_seed": "autre"}, "lottery seed"),
        ({"envelopes": [EnvelopeDraft("general", "Enveloppe générale", Amount(1))]}, "envelopes"),
    ],
)
def test_another_call_of_the_same_slug_is_refused(changes: dict[str, object], what: str) -> None:
    a_call()
    with pytest.raises(CallConflict, match=f"another {what}"):
        a_call(**changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"slug": ""}, "1 to 60 printable"),
        ({"owner": "o" * 61}, "1 to 60 printable"),
        ({"name": " "}, "1 to 60 printable"),
        ({"opens": AFTER}, "before it opens"),
        ({"lottery_seed": ""}, "seed"),
        ({"lottery_seed": "x" * 201}, "seed"),
        ({"envelopes": []}, "needs envelopes"),
        ({"envelopes": CALL["envelopes"] * 2}, "code of its own"),
        ({"envelopes": [EnvelopeDraft("g", "g" * 201, Amount(1))]}, "more than 200 characters"),
        ({"envelopes": [EnvelopeDraft("g", "g", Amount(0))]}, "more than nothing"),
        ({"envelopes": [EnvelopeDraft("g", "g", Amount(5, HOUR))]}, "is in HOUR, not in EUR"),
    ],
)
def test_an_incomplete_call_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(CallInvalid, match=words):
        a_call(**changes)
    assert Call.objects.count() == 0


def test_a_call_needs_a_known_method_and_its_own_parameters() -> None:
    with pytest.raises(MethodUnknown, match="greedy/1, equal-shares/1"):
        a_call(method="dice")
    with pytest.raises(ParameterInvalid, match=r"none \| utilitarian"):
        a_call(parameters={"completion": "dice"})


def test_an_unknown_call_is_refused() -> None:
    for slug in ("nulle-part", "", "a\x00", "x" * 1000, "\udcff"):
        with pytest.raises(CallUnknown, match="fonds has no call"):
            call_of("fonds", slug)


def test_money_is_whole_minor_units_both_ways() -> None:
    yen, dinar = Unit("JPY", 0), Unit("KWD", 3)
    for amount in (Amount(1), Amount(99_999_999_999_99), Amount(7, yen), Amount(1234, dinar)):
        assert amount_of(money_of(amount)) == amount
    with pytest.raises(AmountDoesNotFit, match="below a hundred billion"):
        money_of(Amount(10**13))
    with pytest.raises(AmountDoesNotFit):
        money_of(Amount(100, HOUR))
    with pytest.raises(AmountDoesNotFit):
        amount_of(money_of(Amount(1, dinar)) / 2)


def test_proposals_are_received_once() -> None:
    call = a_call()
    first = receive_proposals(call=call, proposals=PROPOSALS[:2])
    second = receive_proposals(call=call, proposals=PROPOSALS)
    assert [each.code for each in second] == ["A", "B", "C"]
    assert second[:2] == first
    assert Proposal.objects.count() == 3


@pytest.mark.parametrize(
    ("draft", "what"),
    [
        (ProposalDraft("A", "Ariane", "cie-a", Amount(1), "danse"), "amount"),
        (ProposalDraft("A", "Autre", "cie-a", Amount(30_000), "danse"), "name"),
        (ProposalDraft("A", "Ariane", "cie-b", Amount(30_000), "danse"), "lead"),
        (ProposalDraft("A", "Ariane", "cie-a", Amount(30_000), "cirque"), "category"),
    ],
)
def test_another_proposal_of_the_same_code_is_refused(draft: ProposalDraft, what: str) -> None:
    call = a_call()
    receive_proposals(call=call, proposals=PROPOSALS)
    with pytest.raises(ProposalConflict, match=f"another {what}"):
        receive_proposals(call=call, proposals=[draft])


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (ProposalDraft("", "x", "x", Amount(1)), "is given twice, or does not have 1 to 100 printable"),
        (PROPOSALS[0], "is given twice, or does not have 1 to 100 printable"),
        (ProposalDraft("D" * 101, "x", "x", Amount(1)), "is given twice, or does not have 1 to 100 printable"),
        (ProposalDraft("D", "x\x00", "x", Amount(1)), "cannot be printed"),
        (ProposalDraft("D", "x" * 1001, "x", Amount(1)), "more than 1000 characters"),
        (ProposalDraft("D", "x", "x", Amount(0)), "more than nothing"),
        (ProposalDraft("D", "x", "x", Amount(1, HOUR)), "is in HOUR, not in EUR"),
    ],
)
def test_an_invalid_proposal_is_refused_with_all_the_others(draft: ProposalDraft, words: str) -> None:
    call = a_call()
    with pytest.raises(CallInvalid, match=words):
        receive_proposals(call=call, proposals=[*PROPOSALS, draft])
    assert Proposal.objects.count() == 0


def test_the_first_ballot_closes_the_list_of_proposals() -> None:
    call = a_voted_call()
    receive_proposals(call=call, proposals=PROPOSALS)
    with pytest.raises(BallotsAlreadyCast, match="3 ballots"):
        receive_proposals(call=call, proposals=[ProposalDraft("D", "Didon", "cie-d", Amount(1))])


def test_ballots_are_cast_once() -> None:
    call = a_voted_call()
    assert cast_ballots(call=call, ballots={**BALLOTS, "m4": []}, on=CLOSES) == 1
    assert cast_ballots(call=call, ballots=BALLOTS, on=AFTER) == 0, "the same ballots again change nothing"
    assert Ballot.objects.count() == 4
    with pytest.raises(BallotConflict, match="“m1” has cast a ballot already"):
        cast_ballots(call=call, ballots={"m1": ["C"]}, on=DURING)


@pytest.mark.parametrize("on", [BEFORE, AFTER])
def test_ballots_are_cast_while_the_call_is_open(on: date) -> None:
    call = a_call()
    with pytest.raises(BallotsNotOpen, match="from 2026-04-01 to 2026-05-31"):
        cast_ballots(call=call, ballots={"m1": []}, on=on)


@pytest.mark.parametrize(
    ("voter", "approvals", "words"),
    [
        ("m\x00", [], "1 to 100 printable"),
        ("m\udcff", [], "1 to 100 printable"),
        (" ", [], "1 to 100 printable"),
        ("v" * 101, [], "1 to 100 printable"),
        ("m9", ["A", "A"], "twice"),
        ("m9", ["A", "Z"], "supports Z, which is not proposed"),
    ],
)
def test_an_invalid_ballot_is_refused_with_all_the_others(voter: str, approvals: list[str], words: str) -> None:
    call = a_call()
    receive_proposals(call=call, proposals=PROPOSALS)
    with pytest.raises(BallotInvalid, match=words):
        cast_ballots(call=call, ballots={**BALLOTS, voter: approvals}, on=DURING)
    assert Ballot.objects.count() == 0


def test_a_hundred_thousand_ballots_are_cast_in_a_few_seconds() -> None:
    call = a_call()
    receive_proposals(call=call, proposals=PROPOSALS)
    ballots = {f"v{number}": ["ABC"[number % 3]] for number in range(100_000)}
    assert cast_ballots(call=call, ballots=ballots, on=DURING) == 100_000
    tallied = tally(call=call, on=CLOSES)
    # Each voter holds 0.9 of a cent. A's 33,334 supporters pay 300.00; B's 33,333 lack 0.3 of a cent, the rest pays.
    assert tallied.result.winners == ("A", "B")
