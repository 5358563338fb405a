"""A published version never changes again: the database refuses lines and articles added to it or changed in it."""

from django.db import migrations

SENTENCE = "A published version of a kit does not change: make a new version."
PUBLISHED = {
    "kits_kitline": "SELECT 1 FROM kits_templateversion v WHERE v.id = NEW.version_id AND v.published_on IS NOT NULL",
    "kits_accepteditem": "SELECT 1 FROM kits_kitline l JOIN kits_templateversion v ON v.id = l.version_id"
    " WHERE l.id = NEW.line_id AND v.published_on IS NOT NULL",
    "kits_templateversion_parts": "SELECT 1 FROM kits_templateversion v"
    " WHERE v.id = NEW.from_templateversion_id AND v.published_on IS NOT NULL",
}


def freeze(apps, schema_editor):
    for table, published in PUBLISHED.items():
        if schema_editor.connection.vendor == "postgresql":
            old = published.replace("NEW.", "OLD.")
            schema_editor.execute(
                f"CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                f" IF (TG_OP <> 'DELETE' AND EXISTS ({published})) OR (TG_OP <> 'INSERT' AND EXISTS ({old}))"
                f" THEN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
                " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_frozen BEFORE INSERT OR UPDATE OR DELETE ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION {table}_frozen()"
            )
        else:
            for event in ("INSERT", "UPDATE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_frozen_{event.lower()} BEFORE {event} ON {table}"
                    f" WHEN EXISTS ({published}) BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
                )


def thaw(apps, schema_editor):
    for table in PUBLISHED:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_frozen ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_frozen()")
        else:
            for event in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER {table}_frozen_{event}")


class Migration(migrations.Migration):
    dependencies = [("kits", "0001_initial")]
    operations = [migrations.RunPython(freeze, thaw)]
