from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="KeptPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=32, unique=True, verbose_name="name")),
                ("kept_at", models.DateTimeField(auto_now_add=True, verbose_name="kept since")),
            ],
            options={
                "verbose_name": "kept picture",
                "verbose_name_plural": "kept pictures",
                "ordering": ["pk"],
            },
        ),
    ]
