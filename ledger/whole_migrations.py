"""A migration and the record of it are one transaction, whoever wrote the migration.

Django records a migration after its transaction when it is taken back, and also when statements were put off to its
end (indexes, constraints). A process killed just there leaves tables that the record does not know: the next `migrate`
makes them a second time and fails. So each migration of a plan gets one operation more, before any of it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, RunPython
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder


def make_whole(plan: Sequence[tuple[Migration, bool]] = (), **_: Any) -> None:
    """Signal `pre_migrate`: what is applied puts nothing off, what is taken back forgets its record itself."""
    for migration, is_backwards in plan:
        operations = cast("list[Operation]", migration.operations)
        if is_backwards:
            operations.insert(0, RunPython(RunPython.noop, _forget(migration)))
        else:
            operations.append(RunPython(_put_nothing_off, RunPython.noop))


def _put_nothing_off(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """With nothing left to do after the operations, Django records the migration inside the transaction."""
    for statement in schema_editor.deferred_sql:
        schema_editor.execute(statement, None)
    schema_editor.deferred_sql.clear()


def _forget(migration: Migration) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    """The last act of what is taken back; that Django does it again afterwards changes nothing."""

    def act(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        MigrationRecorder(schema_editor.connection).record_unapplied(migration.app_label, migration.name)

    return act
