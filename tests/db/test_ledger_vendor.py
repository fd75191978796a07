"""The tests run on the database that DATABASE_URL names, and on no other by accident."""

import os

from django.db import connection


def test_the_database_is_the_one_that_was_asked_for() -> None:
    asked = os.environ.get("DATABASE_URL", "sqlite:")
    assert connection.vendor == ("postgresql" if asked.startswith("postgres") else "sqlite")
