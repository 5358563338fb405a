import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("donations", "0001_initial"),
        ("network", "0001_initial"),
        ("stock", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KitLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("quantity", models.PositiveSmallIntegerField(verbose_name="quantity")),
                ("is_optional", models.BooleanField(default=False, verbose_name="optional: put in when there is some")),
                ("note", models.CharField(blank=True, max_length=120, verbose_name="note for the packers")),
            ],
            options={
                "verbose_name": "line",
                "verbose_name_plural": "lines",
                "ordering": ["version", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AssemblySession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "planned"), ("open", "open"), ("closed", "closed")],
                        default="planned",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "closing",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closed_session",
                        to="stock.operation",
                        verbose_name="closed by",
                    ),
                ),
                (
                    "drive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assembly_sessions",
                        to="donations.drive",
                        verbose_name="drive",
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assembly_sessions",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        help_text="Articles are taken from here and kits appear here.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stock.place",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "assembly session",
                "verbose_name_plural": "assembly sessions",
                "ordering": ["-starts_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAssemblySession",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "planned"), ("open", "open"), ("closed", "closed")],
                        default="planned",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "closing",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="stock.operation",
                        verbose_name="closed by",
                    ),
                ),
                (
                    "drive",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="donations.drive",
                        verbose_name="drive",
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
                    "place",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Articles are taken from here and kits appear here.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="stock.place",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical assembly session",
                "verbose_name_plural": "historical assembly sessions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalKitTemplate",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name in French")),
                ("name_en", models.CharField(blank=True, max_length=80, verbose_name="name in English")),
                (
                    "kind",
                    models.CharField(
                        choices=[("kit", "kit"), ("module", "module, added to a kit")],
                        default="kit",
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            ],
            options={
                "verbose_name": "historical kit template",
                "verbose_name_plural": "historical kit templates",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Kit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=8, unique=True, verbose_name="code")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("here", "here"),
                            ("held", "kept for a shipment"),
                            ("shipped", "gone with a shipment"),
                            ("given", "handed over"),
                            ("written_off", "written off"),
                            ("lost", "missing at a count"),
                            ("undone", "packing reversed"),
                        ],
                        default="here",
                        max_length=11,
                        verbose_name="state",
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kits",
                        to="stock.lot",
                        verbose_name="lot",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kits",
                        to="stock.place",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "kit",
                "verbose_name_plural": "kits",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="AcceptedItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order of preference")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stock.item",
                        verbose_name="article",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accepted",
                        to="kits.kitline",
                        verbose_name="line",
                    ),
                ),
            ],
            options={
                "verbose_name": "accepted article",
                "verbose_name_plural": "accepted articles",
                "ordering": ["line", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="KitTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name in French")),
                ("name_en", models.CharField(blank=True, max_length=80, verbose_name="name in English")),
                (
                    "kind",
                    models.CharField(
                        choices=[("kit", "kit"), ("module", "module, added to a kit")],
                        default="kit",
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kit_templates",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
            ],
            options={
                "verbose_name": "kit template",
                "verbose_name_plural": "kit templates",
                "ordering": ["kind", "name"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTemplateVersion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="published on")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                    "item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="stock.item",
                        verbose_name="counted as",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kits.kittemplate",
                        verbose_name="kit template",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical template version",
                "verbose_name_plural": "historical template versions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTarget",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField(verbose_name="kits to make")),
                ("priority", models.PositiveSmallIntegerField(default=1, verbose_name="priority (1 comes first)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "drive",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="donations.drive",
                        verbose_name="drive",
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
                    "template",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kits.kittemplate",
                        verbose_name="kit template",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical target",
                "verbose_name_plural": "historical targets",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField(verbose_name="kits to make")),
                ("priority", models.PositiveSmallIntegerField(default=1, verbose_name="priority (1 comes first)")),
                (
                    "drive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="donations.drive",
                        verbose_name="drive",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="kits.kittemplate",
                        verbose_name="kit template",
                    ),
                ),
            ],
            options={
                "verbose_name": "target",
                "verbose_name_plural": "targets",
                "ordering": ["priority", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TemplateVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="published on")),
                (
                    "item",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kit_version",
                        to="stock.item",
                        verbose_name="counted as",
                    ),
                ),
                (
                    "parts",
                    models.ManyToManyField(
                        blank=True, related_name="part_of", to="kits.templateversion", verbose_name="base and modules"
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="kits.kittemplate",
                        verbose_name="kit template",
                    ),
                ),
            ],
            options={
                "verbose_name": "template version",
                "verbose_name_plural": "template versions",
                "ordering": ["template", "-number"],
            },
        ),
        migrations.CreateModel(
            name="PlannedMix",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField(verbose_name="kits planned")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mix",
                        to="kits.assemblysession",
                        verbose_name="session",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kits.templateversion",
                        verbose_name="template version",
                    ),
                ),
            ],
            options={
                "verbose_name": "planned kits",
                "verbose_name_plural": "planned kits",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Pack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField(verbose_name="kits")),
                (
                    "drive",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packs",
                        to="donations.drive",
                        verbose_name="drive",
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packs",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "lot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pack",
                        to="stock.lot",
                        verbose_name="lot",
                    ),
                ),
                (
                    "operation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pack",
                        to="stock.operation",
                        verbose_name="operation",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packs",
                        to="kits.assemblysession",
                        verbose_name="session",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packs",
                        to="kits.templateversion",
                        verbose_name="template version",
                    ),
                ),
            ],
            options={
                "verbose_name": "pack",
                "verbose_name_plural": "packs",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="kitline",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="kits.templateversion",
                verbose_name="template version",
            ),
        ),
        migrations.AddConstraint(
            model_name="assemblysession",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="kits_assemblysession_ends_after_it_starts",
                violation_error_message="The session ends after it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assemblysession",
            constraint=models.CheckConstraint(
                condition=models.Q(("closing", None), ("state", "closed"), _connector="OR"),
                name="kits_assemblysession_closing_means_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="kit",
            index=models.Index(fields=["lot", "place", "state"], name="kits_kit_lot_place"),
        ),
        migrations.AddIndex(
            model_name="kit",
            index=models.Index(fields=["place", "state"], name="kits_kit_place_state"),
        ),
        migrations.AddConstraint(
            model_name="kit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("place__isnull", False), ("state__in", ("here", "held"))),
                    models.Q(models.Q(("state__in", ("here", "held")), _negated=True), ("place", None)),
                    _connector="OR",
                ),
                name="kits_kit_place_while_it_is_here",
            ),
        ),
        migrations.AddConstraint(
            model_name="accepteditem",
            constraint=models.UniqueConstraint(
                fields=("line", "item"),
                name="kits_accepteditem_unique",
                violation_error_message="This line accepts this article already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kittemplate",
            constraint=models.UniqueConstraint(
                fields=("house", "name"),
                name="kits_kittemplate_name_unique",
                violation_error_message="A kit template of this name exists already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                fields=("drive", "template"),
                name="kits_target_unique",
                violation_error_message="This drive has a target for this template already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)),
                name="kits_target_quantity_positive",
                violation_error_message="A target is of at least one kit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.UniqueConstraint(
                fields=("template", "number"), name="kits_templateversion_number_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_on", None)),
                fields=("template",),
                name="kits_templateversion_one_draft",
                violation_error_message="This template has a draft already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedmix",
            constraint=models.UniqueConstraint(fields=("session", "version"), name="kits_plannedmix_unique"),
        ),
        migrations.AddConstraint(
            model_name="plannedmix",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="kits_plannedmix_quantity_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="pack",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="kits_pack_quantity_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="kitline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)),
                name="kits_kitline_quantity_positive",
                violation_error_message="A line is of at least one.",
            ),
        ),
    ]
