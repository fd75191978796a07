"""A call from its opening to its awards: what is kept, what is refused, and that the same act twice is one."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from allocation import guards
from allocation.amounts import amount_of, money_of
from allocation.ballots import cast_ballots
from allocation.calls import EnvelopeDraft, ProposalDraft, call_of, open_call, receive_proposals
from allocation.errors import (
    AllocationError,
    AmountDoesNotFit,
    BallotConflict,
    BallotInvalid,
    BallotsAlreadyCast,
    BallotsNotOpen,
    BallotsSealed,
    CallConflict,
    CallInvalid,
    CallUnknown,
    InputsChanged,
    MethodUnknown,
    OutcomeFinal,
    ParameterInvalid,
    ProposalConflict,
)
from allocation.methods.registry import solve
from allocation.methods.sentences import sentence
from allocation.methods.ties import TieRule, commitment
from allocation.models import Award, AwardPart, Ballot, Call, Envelope, Outcome, Proposal
from allocation.outcomes import Tally, publish_outcome, tally
from allocation.pabulib import read_election
from allocation.queries import ballots_as_pabulib, call_facts, outcome_facts
from ledger.money import EUR, HOUR, Amount, Unit

pytestmark = pytest.mark.django_db

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


def test_a_call_writes_its_rule_down_before_the_ballots() -> None:
    call = a_call()
    assert call.method == "equal-shares/1"
    assert call.parameters == {"utility": "cost", "completion": "utilitarian", "min_support": 1}
    assert call.seed_commitment == commitment("graine")
    assert call_of("fonds", "appel-2026") == call


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
    with pytest.raises(CallUnknown, match="no call “nulle-part”"):
        call_of("fonds", "nulle-part")


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


def test_ballots_are_sealed_until_the_closing_day() -> None:
    call = a_voted_call()
    with pytest.raises(BallotsSealed, match="sealed until 2026-05-31"):
        tally(call=call, on=DURING)
    with pytest.raises(BallotsSealed):
        ballots_as_pabulib(call=call, on=DURING)
    early = tally(call=call, on=CLOSES)
    with pytest.raises(BallotsSealed):
        publish_outcome(call=call, tallied=early, on=DURING, by="présidente")
    assert call_facts("fonds", "appel-2026").lottery_seed is None


def test_a_tally_reads_and_a_publication_awards() -> None:
    call = a_voted_call()
    tallied = tally(call=call, on=CLOSES)
    # Each voter holds 300.00: m1 and m2 share A and B, 150.00 each; m3 alone has 300.00 for C, and nothing is left.
    # A and B ask the same and have the same supporters: the lottery of the seed draws B first.
    assert tallied.result.winners == ("B", "A")
    assert Outcome.objects.count() == 0
    outcome = publish_outcome(call=call, tallied=tallied, on=CLOSES, by="présidente")
    assert [(award.proposal.code, award.amount_minor, award.rank) for award in outcome.awards.all()] == [
        ("B", 30_000, 1),
        ("A", 30_000, 2),
    ]
    assert outcome.inputs_sha256 == tallied.inputs_sha256
    assert publish_outcome(call=call, tallied=tallied, on=CLOSES, by="présidente") == outcome
    assert Award.objects.count() == 2


def test_awards_draw_on_envelopes_in_order_and_their_parts_sum_to_them() -> None:
    envelopes = [EnvelopeDraft("2-region", "Région", Amount(50_000)), EnvelopeDraft("1-fonds", "Fonds", Amount(40_000))]
    a_published_call(envelopes=envelopes)
    parts = [
        (part.award.proposal.code, part.envelope.code, part.amount_minor)
        for part in AwardPart.objects.order_by("award__rank", "envelope__code")
    ]
    assert parts == [("B", "1-fonds", 30_000), ("A", "1-fonds", 10_000), ("A", "2-region", 20_000)]
    for award in Award.objects.all():
        assert sum(part.amount_minor for part in award.parts.all()) == award.amount_minor


def test_an_outcome_is_not_published_on_other_ballots_than_those_counted() -> None:
    call = a_voted_call()
    tallied = tally(call=call, on=CLOSES)
    cast_ballots(call=call, ballots={"m4": ["C"]}, on=CLOSES)
    with pytest.raises(InputsChanged, match="tally again"):
        publish_outcome(call=call, tallied=tallied, on=CLOSES, by="présidente")
    assert Outcome.objects.count() == 0


def test_a_published_outcome_is_final() -> None:
    call = a_published_call()
    tallied = tally(call=call, on=AFTER)
    with pytest.raises(OutcomeFinal, match="published on 2026-05-31"):
        publish_outcome(call=call, tallied=tallied, on=AFTER, by="présidente")
    with pytest.raises(OutcomeFinal):
        publish_outcome(call=call, tallied=Tally("0" * 64, tallied.result, tallied.reasons), on=CLOSES, by="présidente")
    with pytest.raises(OutcomeFinal):
        cast_ballots(call=call, ballots={"m4": ["C"]}, on=CLOSES)
    assert cast_ballots(call=call, ballots=BALLOTS, on=DURING) == 0


def test_what_is_written_once_is_refused_by_the_database_itself() -> None:
    a_published_call()
    for table in guards.WRITTEN_ONCE:
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            refused = pytest.raises(DatabaseError, match=f"{table} is written once")
            with refused, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_a_replacing_insert_does_not_walk_around_the_guards() -> None:
    ballot = a_voted_call().ballots.first()
    assert ballot is not None
    replacing = {
        "sqlite": "INSERT OR REPLACE INTO allocation_ballot (id, call_id, voter, approvals, cast_on) "
        "VALUES (%s, %s, %s, '[]', '2026-04-01')",
        "postgresql": "INSERT INTO allocation_ballot (id, call_id, voter, approvals, cast_on) "
        "VALUES (%s, %s, %s, '[]', '2026-04-01') ON CONFLICT (id) DO UPDATE SET approvals = '[]'",
    }
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(replacing[connection.vendor], [ballot.pk, ballot.call_id, ballot.voter])


def test_guards_can_be_lifted_for_a_migration_and_come_back() -> None:
    ballot = a_voted_call().ballots.first()
    assert ballot is not None
    with guards.lifted():
        assert Ballot.objects.filter(pk=ballot.pk).update(cast_on=CLOSES) == 1
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(cast_on=DURING)


@pytest.mark.parametrize(
    "broken",
    [
        lambda call: Call.objects.create(owner=call.owner, slug="appel-2026", opens=OPENS, closes=CLOSES),
        lambda call: Call.objects.create(owner=call.owner, slug="autre", opens=CLOSES, closes=OPENS),
        lambda call: Envelope.objects.create(call=call, code="general", name="", amount=money_of(Amount(1))),
        lambda call: Envelope.objects.create(call=call, code="vide", name="", amount=money_of(Amount(0))),
        lambda call: Proposal.objects.create(call=call, code="A", name="", lead="", asked=money_of(Amount(1))),
        lambda call: Proposal.objects.create(call=call, code="Z", name="", lead="", asked=money_of(Amount(-1))),
        lambda call: Ballot.objects.create(call=call, voter="m1", cast_on=DURING),
        lambda call: Award.objects.create(
            outcome=call.outcome, proposal=call.proposals.last(), rank=9, amount_minor=0, awarded_on=CLOSES
        ),
        lambda call: AwardPart.objects.create(
            award=call.outcome.awards.first(), envelope=call.envelopes.first(), amount_minor=1
        ),
    ],
)
def test_constraints_hold_against_code_that_forgets_the_services(broken) -> None:
    call = a_published_call()
    with pytest.raises(IntegrityError), transaction.atomic():
        broken(call)


def test_call_facts_tell_the_call() -> None:
    a_published_call()
    facts = call_facts("fonds", "appel-2026")
    assert facts.budget == Amount(90_000, EUR)
    assert [(each.code, each.asked.major) for each in facts.proposals] == [
        ("A", "300.00"),
        ("B", "300.00"),
        ("C", "400.00"),
    ]
    assert (facts.ballots_cast, facts.published_on, facts.lottery_seed) == (3, CLOSES, "graine")


def test_outcome_facts_tell_every_project() -> None:
    a_voted_call()
    assert outcome_facts("fonds", "appel-2026") is None
    a_published_call()
    facts = outcome_facts("fonds", "appel-2026")
    assert facts is not None
    assert [(each.code, each.rank, each.votes, each.awarded.major) for each in facts.projects] == [
        ("B", 1, 2, "300.00"),
        ("A", 2, 2, "300.00"),
        ("C", None, 1, "0.00"),
    ]
    assert facts.projects[0].parts == (("general", Amount(30_000)),)
    assert (facts.spent, facts.left) == (Amount(60_000), Amount(30_000))
    assert facts.ties == ({"candidates": ["A", "B"], "chosen": "B", "by": "lottery"},)
    assert sentence(facts.projects[2].reason, "fr").replace("\u00a0", " ") == (
        "1 soutien, à qui il reste 300 € pour un coût de 400 € : il manque 100 €. Au rang 1 pour le reliquat, "
        "il restait 300 €. Avec une demande de 300 € au plus, il aurait été financé."
    )


def test_anyone_can_count_the_published_ballots_again() -> None:
    call = a_published_call()
    election = read_election(ballots_as_pabulib(call=call, on=CLOSES))
    assert [ballot.voter for ballot in election.ballots] == ["1", "2", "3"]
    again = solve(
        election.problem(), method=call.method, parameters=call.parameters, tie_rule=TieRule(seed=call.lottery_seed)
    )
    assert list(again.winners) == call.outcome.result["winners"]


def test_every_refusal_speaks_both_languages() -> None:
    with pytest.raises(AllocationError) as refused:
        call_of("fonds", "nulle-part")
    assert refused.value.sentence("fr") == "fonds n'a pas d'appel « nulle-part »."
    assert refused.value.sentence("en") == str(refused.value) == "fonds has no call “nulle-part”."


def test_a_hundred_thousand_ballots_are_cast_in_a_few_seconds() -> None:
    call = a_call()
    receive_proposals(call=call, proposals=PROPOSALS)
    ballots = {f"v{number}": ["ABC"[number % 3]] for number in range(100_000)}
    assert cast_ballots(call=call, ballots=ballots, on=DURING) == 100_000
    tallied = tally(call=call, on=CLOSES)
    assert tallied.result.winners == ("A", "B")
