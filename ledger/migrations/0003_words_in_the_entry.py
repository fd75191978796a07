"""The words of an entry move into its row, and the head names the seal that an open commit still owes.

One table and three indexes less to write for each entry. The salted hash of the words is in the leaf; beside it the
books keep it only where the words were erased, with the erasure.
"""

import hashlib

import django.db.models.deletion
from django.db import migrations, models

SALTED = "ledger_salted_hash"
KEPT = (
    *("id", "book_id", "seal_id", "journal_id", "fiscal_year_id", "number", "on", "validated_on", "kind", "reference"),
    *("document", "document_on", "document_sha256", "exchange", "reverses_id", "first_posting", "postings", "leaf"),
)
"""The columns of an entry that this migration leaves alone."""


def keep_hashes(apps, schema_editor):
    schema_editor.execute(
        "UPDATE ledger_labelerasure SET label_hash = e.label_hash FROM ledger_entry AS e "
        "WHERE e.id = ledger_labelerasure.entry_id"
    )


def gather_words(apps, schema_editor):
    schema_editor.execute(
        "UPDATE ledger_entry SET label = w.label, salt = w.salt FROM ledger_entrylabel AS w "
        "WHERE w.entry_id = ledger_entry.id"
    )


def spread_words(apps, schema_editor):
    words_apart(schema_editor)
    schema_editor.execute(
        "UPDATE ledger_entry SET label_hash = sha256(salt || convert_to(label, 'UTF8')) WHERE salt IS NOT NULL"
    )
    schema_editor.execute(
        "UPDATE ledger_entry SET label_hash = x.label_hash FROM ledger_labelerasure AS x "
        "WHERE x.entry_id = ledger_entry.id"
    )


def words_apart(schema_editor):
    schema_editor.execute(
        "INSERT INTO ledger_entrylabel (entry_id, label, salt) "
        "SELECT id, label, salt FROM ledger_entry WHERE salt IS NOT NULL"
    )


def settle(apps, schema_editor):
    """PostgreSQL alters no table while checks of its rows still wait for the end of the transaction."""
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class InOneCopy(migrations.SeparateDatabaseAndState):
    """Changes of the entries that SQLite makes by a copy of the whole table, each of them: here one copy makes all.

    PostgreSQL runs them as they are written: each is a change of its catalogue, and the words are one update.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "sqlite":
            return super().database_forwards(app_label, schema_editor, from_state, to_state)
        moved = {"label": "coalesce(o.label, '')", "salt": "o.salt"}
        copy_entries(schema_editor, from_state, to_state, moved, beside="ledger_entrylabel")

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "sqlite":
            return super().database_backwards(app_label, schema_editor, from_state, to_state)
        words_apart(schema_editor)
        # SQLite has no SHA-256 of its own; this session lends it one.
        schema_editor.connection.connection.create_function(
            SALTED, 2, lambda salt, label: hashlib.sha256(bytes(salt) + label.encode()).digest(), deterministic=True
        )
        moved = {"label_hash": f"CASE WHEN e.salt IS NULL THEN o.label_hash ELSE {SALTED}(e.salt, e.label) END"}
        copy_entries(schema_editor, from_state, to_state, moved, beside="ledger_labelerasure")


def copy_entries(schema_editor, from_state, to_state, moved, beside):
    """Make the table anew, fill it from the old one and the one beside it, and let it take the old one's place."""
    old, new = (state.apps.get_model("ledger", "Entry") for state in (from_state, to_state))
    columns = ", ".join(f'"{column}"' for column in (*KEPT, *moved))
    values = ", ".join([*(f'e."{column}"' for column in KEPT), *moved.values()])
    new._meta.db_table = "new__ledger_entry"
    schema_editor.create_model(new)
    schema_editor.execute(
        f"INSERT INTO new__ledger_entry ({columns}) SELECT {values} "
        f"FROM ledger_entry AS e LEFT JOIN {beside} AS o ON o.entry_id = e.id ORDER BY e.id"
    )
    new._meta.db_table = "ledger_entry"
    schema_editor.delete_model(old)
    schema_editor.alter_db_table(new, "new__ledger_entry", "ledger_entry")


ENTRIES = [
    migrations.AlterField(
        model_name="entry",
        name="seal",
        field=models.ForeignKey(
            db_constraint=False,
            db_index=False,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to="ledger.seal",
        ),
    ),
    migrations.AddField(
        model_name="entry",
        name="label",
        field=models.CharField(blank=True, default="", max_length=500),
        preserve_default=False,
    ),
    migrations.AddField(
        model_name="entry",
        name="salt",
        field=models.BinaryField(max_length=16, null=True),
    ),
    # Backwards the hash is empty for a moment, then computed from salt and words.
    migrations.AlterField(
        model_name="entry",
        name="label_hash",
        field=models.BinaryField(max_length=32, null=True),
    ),
    migrations.RunPython(gather_words, spread_words),
    migrations.RunPython(settle, settle),
    migrations.RemoveField(model_name="entry", name="label_hash"),
]


class Migration(migrations.Migration):

    dependencies = [("ledger", "0002_derived")]

    operations = [
        migrations.AddField(
            model_name="head",
            name="pending",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="ledger.seal",
            ),
        ),
        migrations.AddField(
            model_name="labelerasure",
            name="label_hash",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.RunPython(keep_hashes, migrations.RunPython.noop),
        InOneCopy(ENTRIES, ENTRIES),
        migrations.AlterField(
            model_name="labelerasure",
            name="label_hash",
            field=models.BinaryField(max_length=32),
        ),
        migrations.DeleteModel(name="EntryLabel"),
    ]
