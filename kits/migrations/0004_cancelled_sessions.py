"""A session that is planned may be cancelled: the word for it is one letter longer than the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kits", "0003_frozen_version_rows"),
    ]

    operations = [
        migrations.AlterField(
            model_name="assemblysession",
            name="state",
            field=models.CharField(
                choices=[("planned", "planned"), ("open", "open"), ("closed", "closed"), ("cancelled", "cancelled")],
                default="planned",
                max_length=9,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="historicalassemblysession",
            name="state",
            field=models.CharField(
                choices=[("planned", "planned"), ("open", "open"), ("closed", "closed"), ("cancelled", "cancelled")],
                default="planned",
                max_length=9,
                verbose_name="state",
            ),
        ),
    ]
