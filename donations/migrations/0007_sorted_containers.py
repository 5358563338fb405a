"""What came out of a container is written when it is finished, so that nothing can come out of it afterwards unseen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("donations", "0006_tablet_key"),
    ]

    operations = [
        migrations.AddField(
            model_name="container",
            name="pieces",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="articles sorted out of it"),
        ),
        migrations.AddConstraint(
            model_name="container",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pieces__isnull", False), ("state", "sorted")),
                    models.Q(models.Q(("state", "sorted"), _negated=True), ("lost_grams", None), ("pieces", None)),
                    _connector="OR",
                ),
                name="donations_container_sorted_says_what",
                violation_error_message="What came out of a container is written when it is finished.",
            ),
        ),
        migrations.AddConstraint(
            model_name="container",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("lost_grams", None), ("lost_grams", 0), _connector="OR"), ("lost_reason", "")),
                    models.Q(
                        ("lost_grams__isnull", False),
                        models.Q(("lost_grams", 0), _negated=True),
                        models.Q(("lost_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="donations_container_loss_has_a_reason",
                violation_error_message="Grams that are missing have a reason, and nothing else has.",
            ),
        ),
    ]
