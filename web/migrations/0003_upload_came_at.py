"""A file that waits is a day old a day after it came, whatever work it is for by then.

Of those that wait already, the day of their work stands for it. Going back forgets the moment and leaves the files.
"""

from typing import Any

import django.utils.timezone
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def date_files(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    jobs = apps.get_model("web", "Job").objects.using(alias).filter(pk=OuterRef("job"))
    apps.get_model("web", "Upload").objects.using(alias).update(came_at=Subquery(jobs.values("made_at")))


class Migration(migrations.Migration):
    dependencies = [("web", "0002_job")]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="came_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent on"),
        ),
        migrations.RunPython(date_files, migrations.RunPython.noop),
    ]
