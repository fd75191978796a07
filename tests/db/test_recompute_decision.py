"""A decision is recomputed to the byte from its frozen inputs, and whatever was tampered with is named."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from allocation.deciding.decisions import Otherwise
from allocation.deciding.errors import DecisionUnknown
from allocation.deciding.records import decision_named, recompute
from allocation.methods.inputs import fingerprint
from fund.models import CharterVersion
from fund.services.actors import Actor
from fund.services.awards import record_decision
from ledger import written_once
from tests.committees import at
from tests.deciding import (
    OTHERWISE,
    a_closed_vote,
    a_decided_evening,
    a_voted_evening,
    an_adoption,
    answers,
    some_scenarios,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("otherwise", [None, OTHERWISE], ids=["adopted", "different"])
def test_a_decision_is_recomputed_to_the_byte(otherwise: Otherwise | None) -> None:
    _, decision = a_decided_evening(otherwise=otherwise)
    again = recompute(decision_named("fonds-test/appel-2026"))
    assert again.record == decision.record
    assert again.differs == ()
    assert decision.record_sha256 == fingerprint(decision.record)
    assert recompute(decision_named(str(decision.pk))).record == decision.record


def test_what_happens_later_leaves_the_record_as_it_is() -> None:
    _, decision = a_decided_evening()
    meeting = decision.call.meetings.get()
    meeting.attendances.filter(person="alix").update(left_at=at(23))
    meeting.proxies.update(revoked_at=at(23))
    a_closed_vote(decision.call, answers(), kind="yes-no", subject={"proposals": []}, opened=at(22))
    assert recompute(decision).differs == ()


TAMPERED = {
    "a paper": (
        'UPDATE allocation_paper SET content = \'{"approved": ["P4"]}\' '
        "WHERE vote_id IN (SELECT id FROM allocation_vote WHERE round > 0)",
        "rounds[0]",
    ),
    "an unreadable paper": ("UPDATE allocation_paper SET content = '{}'", "votes"),
    "an elector": ("UPDATE allocation_elector SET recused = '[]'", "recusals"),
    "an award": ("UPDATE allocation_award SET amount_minor = amount_minor + 1", "awards.P1"),
    "a part": ("UPDATE allocation_awardpart SET amount_minor = 1", "parts.P1"),
    "a proposal": ("UPDATE allocation_proposal SET asked = 1000, minimum = 1000", "scenario 1.inputs"),
    "an envelope": ("UPDATE allocation_envelope SET amount = 9000", "scenario 1.inputs"),
    "a scenario": ("UPDATE allocation_scenario SET result = '{}'", "scenario 1.result"),
    "the inputs": ("UPDATE allocation_scenario SET inputs = replace(inputs, '1800000', '1900000')", "inputs"),
    "the record": ("UPDATE allocation_decision SET record = replace(record, '500000', '500001')", "awards.P3"),
    "the fingerprint": ("UPDATE allocation_decision SET record_sha256 = ''", "decision.record_sha256"),
    "the seed": ("UPDATE allocation_call SET lottery_seed = 'autre'", "lottery.commitment"),
    "a proxy": ("UPDATE allocation_proxy SET holder = 'basile'", "meetings[0].proxies[0].holder"),
    "a reason": ("UPDATE allocation_decision SET reason = 'autre'", "decision.reason"),
    "unreadable inputs": ("UPDATE allocation_scenario SET inputs = '{}'", "scenario 1.inputs"),
    "an unreadable record": ("UPDATE allocation_decision SET record = 'x'", "decision.record"),
}


@pytest.mark.parametrize(("statement", "where"), TAMPERED.values(), ids=TAMPERED)
def test_what_was_tampered_with_is_named(statement: str, where: str) -> None:
    _, decision = a_decided_evening(otherwise=OTHERWISE)
    with written_once.lifted(), connection.cursor() as cursor:
        cursor.execute(statement)
    found = recompute(decision_named(str(decision.pk))).differs
    assert any(each.startswith(where) for each in found), found


@pytest.mark.parametrize("name", ["", "0", "99", "nulle/part", "a\0b/c", "１", "9" * 30, "fonds-test"])
def test_an_unknown_decision_is_said(name: str) -> None:
    with pytest.raises(DecisionUnknown):
        decision_named(name)
    with pytest.raises(CommandError, match="There is no decision"):
        call_command("recompute_decision", name, language="en")


def test_the_command_prints_the_record_or_says_what_differs() -> None:
    fund, call = a_voted_evening()
    some_scenarios(call)
    vote = an_adoption(call)
    decision = record_decision(Actor(fund, "secretary"), call=call.slug, vote=vote.number, at=at(21))
    out = StringIO()
    call_command("recompute_decision", str(decision.pk), stdout=out)
    assert out.getvalue() == decision.record
    said = StringIO()
    call_command("recompute_decision", "fonds-test/appel-2026", check=True, language="fr", stdout=said)
    assert said.getvalue() == (
        f"Décision fonds-test/appel-2026 : recalculée, identique à l'octet. Empreinte {decision.record_sha256}.\n"
    )
    with written_once.lifted():
        CharterVersion.objects.filter(fund=fund).update(sha256="1" * 64)
    with pytest.raises(CommandError, match="What differs: charter"):
        call_command("recompute_decision", str(decision.pk), language="en")
