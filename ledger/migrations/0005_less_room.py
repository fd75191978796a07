"""The same rows in less room: the roll-up by its own key alone, and on PostgreSQL the columns of entries and lines so
ordered that nothing is lost between them (it begins each column of eight bytes at a multiple of eight).
"""

import django.db.models.deletion
from django.db import migrations, models

POSTING = ("id", "entry_id", "account_id", "minor", "on", "public_generosity", "convention", "destination")
ENTRY = (
    *("id", "seal_id", "first_posting", "journal_id", "fiscal_year_id", "reverses_id"),
    *("book_id", "number", "postings", "on", "validated_on", "document_on"),
    *("kind", "reference", "document", "document_sha256", "exchange", "label", "salt", "leaf"),
)


def pack(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, columns in (("ledger_posting", POSTING), ("ledger_entry", ENTRY)):
            copy_in_order(schema_editor, table, columns)


def copy_in_order(schema_editor, table, columns):
    """Copy the table into one with its columns in this order, with all that was said about it."""
    with schema_editor.connection.cursor() as cursor:

        def found(sql):
            cursor.execute(sql, [table])
            return cursor.fetchall()

        kinds = {
            name: f'"{name}" {kind}{" NOT NULL" if is_needed else ""}'
            for name, kind, is_needed in found(
                "SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute "
                "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            )
        }
        own = found(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = %s::regclass AND contype <> 'n' ORDER BY contype DESC"
        )
        others = found(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE confrelid = %s::regclass"
        )
        indexes = found(
            "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass "
            "AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid)"
        )
    if set(kinds) != set(columns):
        raise ValueError(f"{table} has other columns than this migration knows")
    names = ", ".join(f'"{name}"' for name in columns)
    run = schema_editor.execute
    for other, name, _ in others:
        run(f'ALTER TABLE {other} DROP CONSTRAINT "{name}"')
    run(f"CREATE TABLE new__{table} ({', '.join(kinds[name] for name in columns)})")
    run(f"INSERT INTO new__{table} ({names}) SELECT {names} FROM {table} ORDER BY id")
    run(f"DROP TABLE {table}")
    run(f"ALTER TABLE new__{table} RENAME TO {table}")
    for name, said in own:
        run(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {said}')
    for (said,) in indexes:
        run(said)
    for other, name, said in others:
        run(f'ALTER TABLE {other} ADD CONSTRAINT "{name}" {said}')


class Migration(migrations.Migration):

    dependencies = [("ledger", "0004_postings_by_day")]

    operations = [
        # What is derived is thrown away both ways; the next posting that is due, or `ledger roll-up`, computes it.
        migrations.RunSQL("DELETE FROM ledger_rollup", "DELETE FROM ledger_rollup"),
        migrations.DeleteModel(name="DayBalance"),
        migrations.CreateModel(
            name="DayBalance",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "account_id", "on", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.account",
                    ),
                ),
                ("on", models.DateField()),
                ("debit", models.BigIntegerField()),
                ("credit", models.BigIntegerField()),
            ],
            options={"abstract": False, "base_manager_name": "objects"},
        ),
        migrations.RunPython(pack, migrations.RunPython.noop),
    ]
