"""What no vote allows, tried in plain SQL on both databases: each rule refuses by its name, and is missed by it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from allocation.models import Call, Paper, Vote
from allocation.voting.errors import VotingReferenceTaken
from allocation.voting.guards import RULES
from fund.models import Fund
from fund.services import meetings, votes
from fund.services.actors import Actor
from ledger import written_once
from ledger.audit import find_faults
from tests.committees import a_call_to_decide, at
from tests.evenings import a_vote, approve, closed, debated_all, say, say_all, secretary, under_way

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> tuple[Fund, Call, Vote, Vote]:
    """A secret vote that is closed, a secret one that is open, and by its side one by consent with an objection."""
    fund, call = a_call_to_decide()
    debated_all(call)
    meeting = under_way(fund, call, "alix", "basile", "carmen", "driss")
    meetings.give_proxy(secretary(fund), meeting, giver="elsa", holder="basile", at=at(19, 10))
    shut = a_vote(fund, call, meeting)
    say_all(shut, approve(alix=["P1"], basile=["P2"]))
    closed(fund, shut)
    running = a_vote(fund, call, meeting, reference="running", kind="consent", round=0)
    say(running, "alix", {"answer": "consent"})
    driss = Actor(fund=fund, by="driss")
    votes.raise_objection(driss, running, reference="o", text="Pas de salle en mai.", at=at(20, 5))
    return fund, call, Vote.objects.get(pk=shut.pk), running


@contextmanager
def alone(name: str) -> Iterator[None]:
    """This rule stands, and no other: what it refuses, no other one refused before it."""
    written_once.lift()
    (rule,) = (rule for rule in RULES if rule.name == name)
    with connection.cursor() as cursor:
        for statement in rule.install[connection.vendor]:
            cursor.execute(statement)
    yield
    written_once.install()


def refused(name: str, statement: str, *values: object) -> None:
    """The database refuses the statement by this rule."""
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match=name), transaction.atomic():
        cursor.execute(statement, values)


def test_a_vote_stands_as_it_was_opened_and_closes_once(scene: tuple[Fund, Call, Vote, Vote]) -> None:
    _, _, shut, running = scene
    for column, value in (
        ("question", "Autre ?"),
        ("rules", json.dumps({"voices": 99})),
        ("subject", json.dumps({"proposals": []})),
        ("secret", False),
        ("closes", at(23).isoformat()),
        ("kind", "yes-no"),
        ("number", 77),
    ):
        refused("vote_stands_as_opened", f"UPDATE allocation_vote SET {column} = %s WHERE id = %s", value, running.pk)
    for assignment in ("closed_at = NULL", "closed_by = 'somebody'"):
        refused("vote_closes_once", f"UPDATE allocation_vote SET {assignment} WHERE id = %s", shut.pk)
    refused("vote_casting_after_closing", "UPDATE allocation_vote SET casting = 'yes' WHERE id = %s", running.pk)
    refused("vote_never_deleted", "DELETE FROM allocation_vote WHERE id = %s", running.pk)


def test_a_vote_does_not_close_on_a_voice_without_its_paper(scene: tuple[Fund, Call, Vote, Vote]) -> None:
    *_, running = scene
    running.electors.filter(person="basile").update(has_voted=True)
    refused("vote_closes_with_every_paper", "UPDATE allocation_vote SET closed_at = closes WHERE id = %s", running.pk)


def test_the_electorate_is_frozen(scene: tuple[Fund, Call, Vote, Vote]) -> None:
    _, _, shut, running = scene
    insert = (
        "INSERT INTO allocation_elector (vote_id, person, holder, recused, has_voted) VALUES (%s, 'late', '', '[]', %s)"
    )
    for vote in (shut, running):
        refused("electors_as_many_as_opened", insert, vote.pk, False)
    refused("elector_never_deleted", "DELETE FROM allocation_elector WHERE vote_id = %s", running.pk)
    for assignment in ("has_voted = FALSE", "person = 'garance'", "holder = 'driss'", "recused = '[\"P1\"]'"):
        refused(
            "elector_only_votes",
            f"UPDATE allocation_elector SET {assignment} WHERE vote_id = %s AND person = 'alix'",
            running.pk,
        )
    refused(
        "elector_only_votes",
        "UPDATE allocation_elector SET has_voted = TRUE WHERE vote_id = %s AND person = 'carmen'",
        shut.pk,
    )


def test_no_paper_goes_where_none_belongs(scene: tuple[Fund, Call, Vote, Vote]) -> None:
    _, _, shut, running = scene
    insert = "INSERT INTO allocation_paper (receipt, vote_id, elector_id, content) VALUES (%s, %s, %s, %s)"
    content = json.dumps({"answer": "consent"})
    alix, basile = running.electors.get(person="alix"), running.electors.get(person="basile")
    with alone("paper_into_open_vote"):
        refused("paper_into_open_vote", insert, "late", shut.pk, None, content)
    refused("papers_never_more_than_voices", insert, "more", running.pk, None, content)
    running.electors.filter(pk=basile.pk).update(has_voted=True)
    refused("paper_of_its_elector_or_secret", insert, "named", running.pk, alix.pk, content)
    refused("written once", "UPDATE allocation_paper SET content = %s", content)
    refused("written once", "DELETE FROM allocation_paper")
    with connection.cursor() as cursor:
        cursor.execute(insert, ["fits", running.pk, None, content])
    refused("papers_never_more_than_voices", insert, "again", running.pk, None, content)
    assert Paper.sealed.filter(vote=running).count() == 2


def test_an_open_vote_keeps_whose_paper_it_is() -> None:
    _, call = a_call_to_decide()
    vote = Vote.objects.create(
        call=call, number=1, reference="open", kind="yes-no", question="?", subject={}, rules={"voices": 2},
        secret=False, opened_at=at(20), opened_by="secretary", closes=at(21),
    )  # fmt: skip
    alix, basile = (vote.electors.create(person=person) for person in ("alix", "basile"))
    vote.electors.filter(pk=alix.pk).update(has_voted=True)
    insert = "INSERT INTO allocation_paper (receipt, vote_id, elector_id, content) VALUES ('x', %s, %s, '{}')"
    for elector in (None, basile.pk):
        refused("paper_of_its_elector_or_secret", insert, vote.pk, elector)
    with connection.cursor() as cursor:
        cursor.execute(insert, [vote.pk, alix.pk])


def test_links_objections_and_proxies_change_in_one_way(scene: tuple[Fund, Call, Vote, Vote]) -> None:
    *_, running = scene
    link = running.electors.get(person="alix").links.get()
    for assignment in ("elector_id = elector_id + 1", "token_sha256 = 'x'"):
        refused("vote_link_used_once", f"UPDATE allocation_votelink SET {assignment} WHERE id = %s", link.pk)
    objection = running.objections.get()
    for assignment in ("text = 'Rien.'", "person = 'alix'", "number = 9"):
        statement = f"UPDATE allocation_objection SET {assignment} WHERE id = %s"
        refused("objection_stands_as_said", statement, objection.pk)
    refused("objection_never_deleted", "DELETE FROM allocation_objection")
    assert running.meeting is not None
    proxy = running.meeting.proxies.get()
    refused("proxy_only_taken_back", "UPDATE allocation_proxy SET holder = 'alix' WHERE id = %s", proxy.pk)
    refused("proxy_never_deleted", "DELETE FROM allocation_proxy")
    proxy.revoked_at = at(22)
    proxy.save()
    refused("proxy_only_taken_back", "UPDATE allocation_proxy SET revoked_at = NULL WHERE id = %s", proxy.pk)


def test_every_rule_is_tried_and_is_missed_by_its_name() -> None:
    fund, _ = a_call_to_decide()
    assert written_once.missing() == []
    drop = {"sqlite": "DROP TRIGGER {name}", "postgresql": "DROP TRIGGER {name} ON {table}"}[connection.vendor]
    for rule in RULES:
        with connection.cursor() as cursor:
            cursor.execute(drop.format(name=rule.name, table=rule.table))
        assert written_once.missing() == [rule.name]
        assert [fault.kind for fault in find_faults(fund.slug)] == ["guards"]
        written_once.install()
    assert written_once.missing() == []


def test_the_rules_are_lifted_together_and_put_back() -> None:
    with written_once.lifted():
        assert {rule.name for rule in RULES} <= set(written_once.missing())
    assert written_once.missing() == []


def test_a_vote_is_not_opened_twice_by_one_reference(scene: tuple[Fund, Call, Vote, Vote]) -> None:
    fund, call, shut, _ = scene
    with pytest.raises(VotingReferenceTaken, match="vote"):
        a_vote(fund, call, shut.meeting, reference=shut.reference, question="Autre ?")
