"""Column types that the books need beyond Django's own."""

from __future__ import annotations

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class PackedIdField(models.BigIntegerField):
    """A 64-bit identifier that the writer chooses.

    SQLite keeps a table in the order of its key only where the column is declared `integer`; as `bigint` the
    key would be an index beside it, and reading a range of rows would scan the whole table.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer" if connection.vendor == "sqlite" else "bigint"
