"""A published version is not made a draft again, nor counted as another article: the database refuses to change its row."""

from django.db import migrations

SENTENCE = "A published version of a kit does not change: make a new version."
TABLE = "kits_templateversion"


def freeze(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION {TABLE}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW"
            f" WHEN (OLD.published_on IS NOT NULL) EXECUTE FUNCTION {TABLE}_frozen()"
        )
    else:
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE} WHEN OLD.published_on IS NOT NULL"
            f" BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )


def thaw(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_frozen ON {TABLE}")
        schema_editor.execute(f"DROP FUNCTION {TABLE}_frozen()")
    else:
        schema_editor.execute(f"DROP TRIGGER {TABLE}_frozen")


class Migration(migrations.Migration):
    dependencies = [("kits", "0002_frozen_versions")]
    operations = [migrations.RunPython(freeze, thaw)]
