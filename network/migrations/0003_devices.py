"""Tablets and phones that act at a site without anybody signing in on them."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0002_departments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalDevice",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "invited"),
                            ("opened", "waits to be confirmed"),
                            ("active", "in use"),
                            ("refused", "refused"),
                            ("revoked", "revoked"),
                            ("withdrawn", "invitation withdrawn"),
                        ],
                        default="invited",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("code_ends_at", models.DateTimeField(editable=False, verbose_name="the invitation ends")),
                ("ends_at", models.DateTimeField(verbose_name="may act until")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="revoked by",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="network.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical tablet or phone",
                "verbose_name_plural": "historical tablets and phones",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "invited"),
                            ("opened", "waits to be confirmed"),
                            ("active", "in use"),
                            ("refused", "refused"),
                            ("revoked", "revoked"),
                            ("withdrawn", "invitation withdrawn"),
                        ],
                        default="invited",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "code_digest",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="digest of the invitation’s code"
                    ),
                ),
                ("code_ends_at", models.DateTimeField(editable=False, verbose_name="the invitation ends")),
                (
                    "secret_digest",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="digest of its secret"),
                ),
                (
                    "check_number",
                    models.CharField(blank=True, editable=False, max_length=3, verbose_name="number that it shows"),
                ),
                (
                    "software",
                    models.CharField(blank=True, editable=False, max_length=60, verbose_name="browser and system"),
                ),
                ("ends_at", models.DateTimeField(verbose_name="may act until")),
                ("seen_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="last contact")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="devices",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="revoked by",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="devices",
                        to="network.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "tablet or phone",
                "verbose_name_plural": "tablets and phones",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("secret_digest", ""), _negated=True),
                        fields=("secret_digest",),
                        name="network_device_secret_unique",
                        violation_error_message="Two devices cannot hold one secret.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code_digest", ""), _negated=True),
                        fields=("code_digest",),
                        name="network_device_code_unique",
                        violation_error_message="An invitation’s code is given once.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("secret_digest", ""), ("state", "invited")),
                            models.Q(("code_digest", ""), ("secret_digest", ""), ("state", "withdrawn")),
                            models.Q(
                                ("code_digest", ""),
                                models.Q(("secret_digest", ""), _negated=True),
                                models.Q(("state__in", ["invited", "withdrawn"]), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="network_device_code_or_secret",
                        violation_error_message="An invitation’s code is used once: then the device holds a secret.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "active"), _negated=True),
                            ("confirmed_by__isnull", False),
                            _connector="OR",
                        ),
                        name="network_device_active_is_confirmed",
                        violation_error_message="A device acts once somebody has confirmed it.",
                    ),
                ],
            },
        ),
    ]
