"""The words of an entry move into its row, and the head names the seal that an open commit still owes.

One table and three indexes less to write for each entry. The salted hash of the words is in the leaf; beside it the
books keep it only where the words were erased, with the erasure.
"""

import hashlib

import django.db.models.deletion
from django.db import migrations, models

SALTED = "ledger_salted_hash"


def give_sqlite_a_hash(schema_editor):
    """SQLite has no SHA-256 of its own; this session lends it one."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.connection.connection.create_function(
            SALTED, 2, lambda salt, label: hashlib.sha256(bytes(salt) + label.encode()).digest(), deterministic=True
        )


def gather_words(apps, schema_editor):
    schema_editor.execute(
        "UPDATE ledger_entry SET label = w.label, salt = w.salt FROM ledger_entrylabel AS w "
        "WHERE w.entry_id = ledger_entry.id"
    )
    schema_editor.execute(
        "UPDATE ledger_labelerasure SET label_hash = e.label_hash FROM ledger_entry AS e "
        "WHERE e.id = ledger_labelerasure.entry_id"
    )


def spread_words(apps, schema_editor):
    give_sqlite_a_hash(schema_editor)
    computed = {
        "sqlite": f"{SALTED}(salt, label)",
        "postgresql": "sha256(salt || convert_to(label, 'UTF8'))",
    }[schema_editor.connection.vendor]
    schema_editor.execute(
        "INSERT INTO ledger_entrylabel (entry_id, label, salt) "
        "SELECT id, label, salt FROM ledger_entry WHERE salt IS NOT NULL"
    )
    schema_editor.execute(f"UPDATE ledger_entry SET label_hash = {computed} WHERE salt IS NOT NULL")
    schema_editor.execute(
        "UPDATE ledger_entry SET label_hash = x.label_hash FROM ledger_labelerasure AS x "
        "WHERE x.entry_id = ledger_entry.id"
    )


def settle(apps, schema_editor):
    """PostgreSQL alters no table while checks of its rows still wait for the end of the transaction."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


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
        migrations.AddField(
            model_name="labelerasure",
            name="label_hash",
            field=models.BinaryField(max_length=32, null=True),
        ),
        # Backwards the hash is empty for a moment, then computed from salt and words.
        migrations.AlterField(
            model_name="entry",
            name="label_hash",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.RunPython(gather_words, spread_words),
        migrations.RunPython(settle, settle),
        migrations.AlterField(
            model_name="labelerasure",
            name="label_hash",
            field=models.BinaryField(max_length=32),
        ),
        migrations.RemoveField(model_name="entry", name="label_hash"),
        migrations.DeleteModel(name="EntryLabel"),
    ]
