"""Kits are called as their template is, with the number of their version only where there are several."""

from django.db import migrations


def rename(apps, name_of):
    KitTemplate, Item = apps.get_model("kits", "KitTemplate"), apps.get_model("stock", "Item")
    for template in KitTemplate.objects.all():
        versions = list(template.versions.exclude(item=None).select_related("item").order_by("number"))
        for version in versions:
            item = version.item
            taken = Item.objects.filter(house=item.house_id, size="").exclude(pk=item.pk)
            is_only = len(versions) == 1 and not taken.filter(name=template.name).exists()
            name, name_en = (
                name and name_of(name, version.number, is_only) for name in (template.name, template.name_en)
            )
            if not taken.filter(name=name).exists():
                Item.objects.filter(pk=item.pk).update(name=name, name_en=name_en)


def shorten(apps, schema_editor):
    rename(apps, lambda name, number, is_only: name if is_only else f"{name}, version {number}")


def number(apps, schema_editor):
    rename(apps, lambda name, number, is_only: f"{name} v{number}")


class Migration(migrations.Migration):
    dependencies = [("kits", "0004_cancelled_sessions"), ("stock", "0003_item_picture")]

    operations = [migrations.RunPython(shorten, number)]
