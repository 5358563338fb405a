from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stock", "0002_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="picture",
            field=models.CharField(blank=True, default="", editable=False, max_length=32, verbose_name="picture"),
        ),
    ]
