"""A form that invites a tablet, sent twice, is one invitation: it is kept under the form's own key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("donations", "0005_collection_points")]

    operations = [
        migrations.AddField(
            model_name="tablet",
            name="key",
            field=models.UUIDField(editable=False, null=True, unique=True, verbose_name="idempotency key"),
        ),
    ]
