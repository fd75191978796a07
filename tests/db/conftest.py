"""What every test with a database shares: guards that let a test's flush through, and only that."""

from collections.abc import Iterator

import pytest
from django.db import connection

from ledger import guards, written_once


@pytest.fixture(autouse=True)
def _guards_lifted_for_the_flush(request: pytest.FixtureRequest, _django_db_marker: None) -> Iterator[None]:
    """A transactional test ends in a flush, which guards refuse; Django's `post_migrate` puts them back after it."""
    yield
    uses_database = request.node.get_closest_marker("django_db") or "transactional_db" in request.fixturenames
    if uses_database and not connection.in_atomic_block:
        guards.lift(connection)
        written_once.lift()
