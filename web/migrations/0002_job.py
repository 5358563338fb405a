"""Long work of every kind is kept here: papers, tables that leave, files that come in.

It was printing's alone, as prints (printing/migrations/0002_work_is_in_web.py).

Going back drops the rows with the files that wait in them, and leaves var/media/jobs, which is then to be emptied by hand.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import web.jobs.models


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.UUIDField(editable=False, unique=True, verbose_name="idempotency key")),
                ("name", models.CharField(max_length=40, verbose_name="what it is")),
                ("arguments", models.JSONField(verbose_name="about (ids alone)")),
                ("language", models.CharField(max_length=8, verbose_name="language")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("working", "being made"),
                            ("done", "ready"),
                            ("failed", "failed"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "problem",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("refused", "You may no longer see what this is about, or it is no more."),
                            (
                                "broken",
                                "It could not be made. Start it again; if it fails once more, tell the administrator.",
                            ),
                        ],
                        max_length=8,
                        verbose_name="why it failed",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="done so far")),
                ("total", models.PositiveIntegerField(verbose_name="to do")),
                ("run", models.PositiveSmallIntegerField(default=0, verbose_name="attempt")),
                ("file", models.FileField(blank=True, upload_to=web.jobs.models.a_random_name, verbose_name="file")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked for")),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="last sign of life")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "long work",
                "verbose_name_plural": "long work",
                "ordering": ["-made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="web.job",
                        verbose_name="long work",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("content", models.BinaryField(verbose_name="content")),
            ],
            options={
                "verbose_name": "file that waits",
                "verbose_name_plural": "files that wait",
            },
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["owner", "-made_at"], name="web_job_owner_made"),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(("done__lte", models.F("total"))), name="web_job_done_within_total"
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "done"), models.Q(("file", ""), _negated=True)),
                    models.Q(models.Q(("state", "done"), _negated=True), ("file", "")),
                    _connector="OR",
                ),
                name="web_job_file_once_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "failed"), models.Q(("problem", ""), _negated=True)),
                    models.Q(models.Q(("state", "failed"), _negated=True), ("problem", "")),
                    _connector="OR",
                ),
                name="web_job_failed_for_a_reason",
            ),
        ),
    ]
