"""Papers at the same moment, on PostgreSQL and on a SQLite file: one voice gives one paper, whoever comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from allocation.models import Elector, Paper, Vote
from allocation.voting.errors import VoiceAlreadyCast, VoteOver
from allocation.voting.votes import close_vote, new_receipt, turnout
from fund.services.votes import cast, cast_by_link
from tests.committees import a_call_to_decide, at
from tests.evenings import a_vote, debated_all, token_of
from tests.soak import rivals
from tests.sqlite_files import ON_SQLITE, copied, worked_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared_database(tmp_path: Path) -> Iterator[None]:
    """A database that several connections share."""
    with worked_on(copied(tmp_path / "votes.sqlite3")) if ON_SQLITE else nullcontext():
        yield


@pytest.fixture
def vote(_shared_database: None) -> Vote:
    fund, call = a_call_to_decide()
    debated_all(call)
    return a_vote(fund, call)


def paper(elector: Elector, code: str, receipt: str = "") -> Callable[[], Any]:
    said = {"approved": [code]}
    return lambda: cast(elector, said, by=elector.person, receipt=receipt or new_receipt(), at=at(20, 30))


def test_a_voice_that_is_cast_eight_times_at_once_is_one_paper(vote: Vote) -> None:
    elector = vote.electors.get(person="alix")
    met = rivals.at_once(*[paper(elector, "P1") for _ in range(8)])
    assert [type(answer) for answer in met if not isinstance(answer, str)] == [VoiceAlreadyCast] * 7
    assert Paper.sealed.filter(vote=vote).count() == turnout(vote).cast == 1


def test_a_double_click_is_one_paper_with_one_receipt(vote: Vote) -> None:
    elector, receipt = vote.electors.get(person="alix"), new_receipt()
    assert set(rivals.at_once(*[paper(elector, "P1", receipt) for _ in range(4)])) == {receipt}
    assert Paper.sealed.filter(vote=vote).count() == 1


def test_everybody_votes_at_once_by_link_and_by_page(vote: Vote) -> None:
    electors = list(vote.electors.all())
    tokens = {elector.pk: token_of(elector.person) for elector in electors}

    def by_link(elector: Elector) -> Callable[[], Any]:
        said = {"approved": ["P2"]}
        token = tokens[elector.pk]
        return lambda: cast_by_link(token, elector.pk, said, receipt=new_receipt(), at=at(20, 30))

    met = rivals.at_once(*[act for elector in electors for act in (by_link(elector), paper(elector, "P1"))])
    assert sum(isinstance(answer, str) for answer in met) == len(electors)
    assert {type(answer) for answer in met} == {str, VoiceAlreadyCast}
    assert Paper.sealed.filter(vote=vote).count() == len(electors)
    assert turnout(vote).is_full


def test_a_paper_and_the_close_at_once_leave_no_voice_without_paper(vote: Vote) -> None:
    electors = list(vote.electors.all())
    acts = [paper(elector, "P1") for elector in electors]
    met = rivals.at_once(*acts, lambda: close_vote(vote, at=vote.closes, by="secretary"))
    late = [answer for answer in met if isinstance(answer, Exception)]
    assert all(isinstance(answer, VoteOver) for answer in late)
    assert Paper.objects.filter(vote=vote).count() == turnout(vote).cast == len(electors) - len(late)


def test_raw_papers_at_once_are_never_more_than_voices(vote: Vote) -> None:
    """Writers who go around the services are counted by the database, one after the other."""
    vote.electors.filter(person="alix").update(has_voted=True)

    def write() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO allocation_paper (receipt, vote_id, elector_id, content) VALUES (%s, %s, NULL, %s)",
                [new_receipt(), vote.pk, '{"approved": []}'],
            )

    met = rivals.at_once(*[write] * 6)
    assert sum(isinstance(answer, DatabaseError) for answer in met) == 5
    assert Paper.sealed.filter(vote=vote).count() == 1
