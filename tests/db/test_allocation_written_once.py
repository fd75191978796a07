"""Each table of the committee that is written once is tried in plain SQL, on rows that the whole evening left."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from allocation.apps import WRITTEN_ONCE
from allocation.deciding.decisions import decide, dissent
from allocation.models import (
    ApplicationEvent,
    Ballot,
    InterestDeclaration,
    Report,
    Score,
)
from tests.committees import EVENING, at
from tests.deciding import CHARTER, OTHERWISE, a_voted_evening, an_adoption, some_scenarios


@pytest.fixture
def every_table_has_a_row(db: None) -> None:
    _, call = a_voted_evening(secret=False)
    application = call.applications.first()
    assert application is not None
    Ballot.objects.create(call=call, voter="m1", approvals=["P1"], cast_on=EVENING)
    ApplicationEvent.objects.create(application=application, at=at(9), by="artist", kind="filed")
    Report.objects.create(
        application=application, person="alix", version=1, opinion="favourable", text="Solide.", on=EVENING
    )
    Score.objects.create(
        application=application, criterion=call.criteria.first(), person="alix", version=1, points=4, on=EVENING
    )
    assert InterestDeclaration.objects.exists()
    some_scenarios(call)
    dissent(call=call, person="elsa", text="Le territoire nord n'a rien.", at=at(20))
    vote = an_adoption(call, otherwise=OTHERWISE)
    decide(call=call, vote=vote.number, charter=CHARTER, by="secretary", at=at(21))


@pytest.mark.usefixtures("every_table_has_a_row")
def test_what_is_written_once_is_refused_by_the_database_itself() -> None:
    for table in WRITTEN_ONCE:
        key = "receipt" if table == "allocation_paper" else "id"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            (before,) = cursor.fetchone()
            assert before > 0, f"{table} has no row to attack"
            for statement in (f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}"):
                with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
                    cursor.execute(statement)
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (before,)
