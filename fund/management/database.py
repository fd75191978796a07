"""Whether the database is ready for a command."""

from __future__ import annotations

from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor


def prepare_database() -> None:
    """Make the tables of an empty database; ask for `migrate` where a database holds something older."""
    try:
        tables = connection.introspection.table_names()
    except OperationalError as refusal:
        raise CommandError(f"The database cannot be reached: {str(refusal).strip()}") from None
    if not tables:
        call_command("migrate", verbosity=0)
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(
            "The database is older than the program, or another process is making it just now: "
            "run `python manage.py migrate`, then again."
        )
