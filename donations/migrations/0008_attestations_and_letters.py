"""Numbered attestations of what partners gave, and the letters that people have sent to them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("donations", "0007_sorted_containers"),
        ("network", "0004_papers_for_donors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attestation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                ("content", models.JSONField(editable=False, null=True, verbose_name="content")),
                (
                    "digest",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="digest of the content"),
                ),
                ("key", models.UUIDField(editable=False, unique=True, verbose_name="idempotency key")),
                ("issued_on", models.DateField(verbose_name="issued on")),
                ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="cancelled on")),
                (
                    "cancel_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("partner", "the partner is wrong or says it wrongly"),
                            ("lines", "articles or quantities are wrong"),
                            ("reversed", "a gift was taken back"),
                            ("house", "what it says of the association is wrong"),
                            ("hidden", "the partner became a confidential place"),
                            ("other", "another reason"),
                        ],
                        max_length=9,
                        verbose_name="why it was cancelled",
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cancelled by",
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attestations",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="issued by",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attestations",
                        to="network.organisation",
                        verbose_name="partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "attestation",
                "verbose_name_plural": "attestations",
                "ordering": ["-year", "-number"],
            },
        ),
        migrations.CreateModel(
            name="AttestedGift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "attestation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gifts",
                        to="donations.attestation",
                        verbose_name="attestation",
                    ),
                ),
                (
                    "donation",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attested",
                        to="donations.donation",
                        verbose_name="donation",
                    ),
                ),
                (
                    "sorting",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attested",
                        to="donations.sorting",
                        verbose_name="sorting",
                    ),
                ),
            ],
            options={
                "verbose_name": "attested gift",
                "verbose_name_plural": "attested gifts",
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("delivery", "thanks for a delivery"), ("reminder", "reminder of late pledges")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits to be sent"),
                            ("sending", "is being sent"),
                            ("sent", "sent"),
                            ("failed", "could not be sent"),
                            ("dropped", "not sent: there was nothing to say any more"),
                        ],
                        default="waiting",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                ("asked_at", models.DateTimeField(verbose_name="when it was asked for")),
                ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="last try")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who asked for it",
                    ),
                ),
                (
                    "donation",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="donations.donation",
                        verbose_name="donation",
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="network.organisation",
                        verbose_name="partner",
                    ),
                ),
                (
                    "pledges",
                    models.ManyToManyField(
                        blank=True, related_name="letters", to="donations.pledge", verbose_name="pledges"
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="attestation",
            constraint=models.UniqueConstraint(
                fields=("house", "year", "number"),
                name="donations_attestation_number_unique",
                violation_error_message="An attestation of this number exists already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attestation",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gt", 0)),
                name="donations_attestation_number_positive",
                violation_error_message="Attestations are numbered from 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attestation",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))),
                name="donations_attestation_ends_after_it_starts",
                violation_error_message="The last day comes after the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attestation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancel_reason", ""), ("cancelled_by", None), ("cancelled_on", None)),
                    models.Q(("cancelled_on__isnull", False), models.Q(("cancel_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="donations_attestation_cancelled_with_a_reason",
                violation_error_message="A cancelled attestation says when and why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attestation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("content__isnull", False), ("digest", ""), _negated=True),
                    models.Q(("content", None), models.Q(("digest", ""), _negated=True), _negated=True),
                ),
                name="donations_attestation_content_has_its_digest",
                violation_error_message="An attestation keeps the digest of what it says.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attestedgift",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("donation__isnull", False), ("sorting", None)),
                    models.Q(("donation", None), ("sorting__isnull", False)),
                    _connector="OR",
                ),
                name="donations_attestedgift_one_source",
                violation_error_message="A gift came as a donation or out of a container.",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["partner", "kind", "-asked_at"], name="donations_letter_of_a_partner"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("donation__isnull", False), ("kind", "delivery")),
                    models.Q(("donation", None), ("kind", "reminder")),
                    _connector="OR",
                ),
                name="donations_letter_of_a_delivery_or_a_reminder",
                violation_error_message="A letter thanks for a delivery, or reminds of pledges.",
            ),
        ),
    ]
