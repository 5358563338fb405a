import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("donations", "0002_public_page"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="donation",
            name="picture",
            field=models.CharField(blank=True, default="", editable=False, max_length=32, verbose_name="picture"),
        ),
        migrations.AddField(
            model_name="donation",
            name="picture_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="picture changed by",
            ),
        ),
        migrations.AddConstraint(
            model_name="donation",
            constraint=models.CheckConstraint(
                condition=models.Q(("picture", ""), ("donor_kind", "partner"), _connector="OR"),
                name="donations_donation_picture_of_a_partner",
                violation_error_message="Only what a partner delivers has a picture: what the public drops off is never photographed.",
            ),
        ),
    ]
