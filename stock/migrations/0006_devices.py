"""What a device recorded is in the journal like what a person did: one of the two is named.

SQLite copies a table to change a column of it, and the copy has no trigger: the guard is set anew there.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SENTENCE = "The ledger is append-only: a correction is an operation that reverses."


def guard_again(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE TRIGGER IF NOT EXISTS stock_operation_append_only BEFORE UPDATE ON stock_operation"
            f" BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0003_devices"),
        ("stock", "0005_reversals_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, guard_again),
        migrations.AddField(
            model_name="conflict",
            name="device",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="network.device",
                verbose_name="recorded on",
            ),
        ),
        migrations.AddField(
            model_name="operation",
            name="device",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="network.device",
                verbose_name="recorded on",
            ),
        ),
        migrations.AlterField(
            model_name="conflict",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AlterField(
            model_name="operation",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AlterField(
            model_name="operation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("drop_off", "drop-off"),
                    ("decline", "refusal"),
                    ("fill", "container filled"),
                    ("collect", "containers collected"),
                    ("sort", "sorting"),
                    ("finish_sorting", "container sorted"),
                    ("receive", "donation received"),
                    ("purchase", "purchase received"),
                    ("transfer", "transfer"),
                    ("adjust", "adjustment"),
                    ("write_off", "write-off"),
                    ("pack", "packing"),
                    ("close_session", "session closed"),
                    ("reserve", "reservation"),
                    ("release", "reservation released"),
                    ("ship", "shipment handed over"),
                    ("acknowledge", "shipment acknowledged"),
                    ("hand_over", "handover"),
                    ("reverse", "reversal"),
                ],
                max_length=14,
                verbose_name="kind",
            ),
        ),
        migrations.AddIndex(
            model_name="operation",
            index=models.Index(
                condition=models.Q(("device__isnull", False)), fields=["device"], name="stock_operation_of_a_device"
            ),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("actor__isnull", False), ("device", None)),
                    models.Q(("actor", None), ("device__isnull", False)),
                    _connector="OR",
                ),
                name="stock_conflict_one_actor",
                violation_error_message="Either a person or a device did it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="operation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("actor__isnull", False), ("device", None)),
                    models.Q(("actor", None), ("device__isnull", False)),
                    _connector="OR",
                ),
                name="stock_operation_one_actor",
                violation_error_message="Either a person or a device did it.",
            ),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
