"""From the tally to the awards: sealed before the close, final after it, and told with its reasons."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from allocation.amounts import money_of
from allocation.ballots import cast_ballots
from allocation.calls import EnvelopeDraft
from allocation.elections.pabulib import read_election
from allocation.errors import (
    BallotsSealed,
    CallInvalid,
    InputsChanged,
    OutcomeFinal,
)
from allocation.methods.registry import solve
from allocation.methods.sentences import sentence
from allocation.methods.ties import TieRule
from allocation.models import Award, AwardPart, Ballot, Call, Envelope, Outcome, Proposal
from allocation.outcomes import Tally, publish_outcome, tally
from allocation.queries import ballots_as_pabulib, call_facts, outcome_facts
from ledger import written_once
from ledger.money import EUR, Amount
from tests.voted_calls import AFTER, BALLOTS, CLOSES, DURING, OPENS, a_published_call, a_voted_call

pytestmark = pytest.mark.django_db


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
    # Each voter holds 300.00: m1 and m2 share A and B, 150.00 each; C asks 400.00 of m3 alone.
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


@pytest.mark.parametrize("by", ["", " ", "x" * 101, "a\x00"])
def test_somebody_publishes_an_outcome(by: str) -> None:
    call = a_voted_call()
    with pytest.raises(CallInvalid, match="needs a name of 1 to 100"):
        publish_outcome(call=call, tallied=tally(call=call, on=CLOSES), on=CLOSES, by=by)


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
    with written_once.lifted():
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


def test_published_ballots_do_not_say_whose_they_are() -> None:
    call = a_voted_call()
    cast_ballots(call=call, ballots={"m0": ["C"], "m9": ["A"]}, on=CLOSES)
    election = read_election(ballots_as_pabulib(call=call, on=CLOSES))
    assert [(ballot.voter, "".join(ballot.projects)) for ballot in election.ballots] == [
        ("1", "A"),
        ("2", "AB"),
        ("3", "AB"),
        ("4", "C"),
        ("5", "C"),
    ]


def test_acts_on_one_call_take_turns() -> None:
    """PostgreSQL holds the call's row; SQLite has one writer at a time already."""
    call = a_voted_call()
    with CaptureQueriesContext(connection) as asked:
        publish_outcome(call=call, tallied=tally(call=call, on=CLOSES), on=CLOSES, by="présidente")
    first = next(query["sql"] for query in asked if 'FROM "allocation_call"' in query["sql"])
    assert {"postgresql": "FOR UPDATE" in first, "sqlite": "FOR UPDATE" not in first}[connection.vendor]


def test_anyone_can_count_the_published_ballots_again() -> None:
    call = a_published_call()
    election = read_election(ballots_as_pabulib(call=call, on=CLOSES))
    assert [ballot.voter for ballot in election.ballots] == ["1", "2", "3"]
    again = solve(
        election.problem(), method=call.method, parameters=call.parameters, tie_rule=TieRule(seed=call.lottery_seed)
    )
    assert list(again.winners) == call.outcome.result["winners"]
