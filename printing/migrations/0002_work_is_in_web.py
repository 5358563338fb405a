"""Long work is no longer prints alone: it is kept by web (web/migrations/0002_job.py).

What was printed by then is erased with its files, as it would have been within the day; who asked for it asks again. A file that no row
knew is erased in time by the sweeper of lost files (web/jobs/tidying.py).

Going back makes an empty table of prints: neither their rows nor their files come back.
"""

from typing import Any

from django.db import migrations


def erase_files(apps: Any, schema_editor: Any) -> None:
    for job in apps.get_model("printing", "PrintJob").objects.using(schema_editor.connection.alias).exclude(file=""):
        job.file.storage.delete(job.file.name)


class Migration(migrations.Migration):
    dependencies = [("printing", "0001_initial")]

    operations = [
        migrations.RunPython(erase_files, migrations.RunPython.noop),
        migrations.DeleteModel(name="PrintJob"),
    ]
