"""What a collection point notes: tablets, drop-offs, refusals, containers, sortings."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("donations", "0004_pledge_lines_index"),
        ("network", "0003_devices"),
        ("stock", "0006_devices"),
    ]

    operations = [
        migrations.CreateModel(
            name="AllottedCode",
            fields=[
                ("code", models.CharField(max_length=8, primary_key=True, serialize=False, verbose_name="code")),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="allotted_codes",
                        to="network.device",
                        verbose_name="tablet",
                    ),
                ),
            ],
            options={
                "verbose_name": "allotted code",
                "verbose_name_plural": "allotted codes",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Container",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=8, unique=True, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[("carton", "carton"), ("pallet", "pallet")], max_length=6, verbose_name="kind"
                    ),
                ),
                ("grams", models.PositiveIntegerField(blank=True, null=True, verbose_name="grams weighed")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("filled", "filled"),
                            ("collected", "collected"),
                            ("sorted", "sorted"),
                            ("withdrawn", "taken back"),
                        ],
                        default="filled",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("filled_on", models.DateField(verbose_name="filled on")),
                (
                    "lost_grams",
                    models.IntegerField(blank=True, null=True, verbose_name="grams in less grams out and refused"),
                ),
                (
                    "lost_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("packaging", "packaging thrown away"),
                            ("scales", "the scales differ"),
                            ("unknown", "nobody knows"),
                        ],
                        max_length=9,
                        verbose_name="why grams are missing",
                    ),
                ),
                (
                    "collected",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="containers_collected",
                        to="stock.operation",
                        verbose_name="collected by",
                    ),
                ),
                (
                    "collected_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.site",
                        verbose_name="brought to",
                    ),
                ),
                (
                    "drive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="containers",
                        to="donations.drive",
                        verbose_name="drive",
                    ),
                ),
                (
                    "filled",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="container_filled",
                        to="stock.operation",
                        verbose_name="filled by",
                    ),
                ),
                (
                    "finished",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="container_finished",
                        to="stock.operation",
                        verbose_name="sorted by",
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="containers",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.organisation",
                        verbose_name="partner",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.site",
                        verbose_name="from",
                    ),
                ),
            ],
            options={
                "verbose_name": "container",
                "verbose_name_plural": "containers",
                "ordering": ["-filled_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DropOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("quantity", models.PositiveIntegerField(default=1, verbose_name="quantity")),
                ("grams", models.PositiveIntegerField(blank=True, null=True, verbose_name="grams weighed")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="when, by the tablet’s clock")),
                ("is_clock_off", models.BooleanField(default=False, verbose_name="the tablet’s clock was wrong")),
                ("is_late", models.BooleanField(default=False, verbose_name="came after the drive had ended")),
                (
                    "entered",
                    models.CharField(
                        choices=[
                            ("tablet", "from a tablet"),
                            ("page", "on a page"),
                            ("tally", "from a paper tally"),
                            ("file", "from a tablet’s file"),
                        ],
                        max_length=6,
                        verbose_name="how it was entered",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("bag", "bag"), ("carton", "carton"), ("pallet", "pallet")],
                        max_length=6,
                        verbose_name="what",
                    ),
                ),
                (
                    "drive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="donations.drive",
                        verbose_name="drive",
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
                    "operation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drop_off",
                        to="stock.operation",
                        verbose_name="operation",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.organisation",
                        verbose_name="partner",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.site",
                        verbose_name="collection point",
                    ),
                ),
            ],
            options={
                "verbose_name": "drop-off",
                "verbose_name_plural": "drop-offs",
                "ordering": ["-day", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("quantity", models.PositiveIntegerField(default=1, verbose_name="quantity")),
                ("grams", models.PositiveIntegerField(blank=True, null=True, verbose_name="grams weighed")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="when, by the tablet’s clock")),
                ("is_clock_off", models.BooleanField(default=False, verbose_name="the tablet’s clock was wrong")),
                ("is_late", models.BooleanField(default=False, verbose_name="came after the drive had ended")),
                (
                    "entered",
                    models.CharField(
                        choices=[
                            ("tablet", "from a tablet"),
                            ("page", "on a page"),
                            ("tally", "from a paper tally"),
                            ("file", "from a tablet’s file"),
                        ],
                        max_length=6,
                        verbose_name="how it was entered",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("dirty", "dirty"),
                            ("worn", "worn"),
                            ("expired", "past its date"),
                            ("opened", "opened"),
                            ("formula", "infant formula, bottle or teat"),
                            ("medicine", "medicine"),
                            ("electronic", "electronic or connected"),
                            ("recalled", "recalled"),
                            ("other", "other"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                (
                    "drive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="donations.drive",
                        verbose_name="drive",
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
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refusals",
                        to="stock.operation",
                        verbose_name="operation",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.site",
                        verbose_name="collection point",
                    ),
                ),
            ],
            options={
                "verbose_name": "refusal",
                "verbose_name_plural": "refusals",
                "ordering": ["-day", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Sorting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "container",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sortings",
                        to="donations.container",
                        verbose_name="container",
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sortings",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "operation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sorting",
                        to="stock.operation",
                        verbose_name="operation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stock.place",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "sorting",
                "verbose_name_plural": "sortings",
                "ordering": ["-day", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SortingLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                ("grams", models.PositiveIntegerField(blank=True, null=True, verbose_name="grams weighed")),
                (
                    "condition",
                    models.CharField(
                        choices=[("new", "new"), ("very_good", "in very good condition")],
                        default="new",
                        max_length=9,
                        verbose_name="condition",
                    ),
                ),
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
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stock.lot",
                        verbose_name="lot",
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sorted_lines",
                        to="donations.pledge",
                        verbose_name="pledge",
                    ),
                ),
                (
                    "sorting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="donations.sorting",
                        verbose_name="sorting",
                    ),
                ),
            ],
            options={
                "verbose_name": "sorting line",
                "verbose_name_plural": "sorting lines",
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Tablet",
            fields=[
                (
                    "device",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="tablet",
                        serialize=False,
                        to="network.device",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("shared", "shared tablet of the point"), ("own", "volunteer’s own phone")],
                        default="shared",
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                (
                    "waiting",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="entries waiting on it"),
                ),
                ("refused", models.PositiveIntegerField(default=0, editable=False, verbose_name="entries refused")),
                (
                    "version",
                    models.CharField(blank=True, editable=False, max_length=16, verbose_name="version of its page"),
                ),
                ("export_key", models.BinaryField(max_length=32, verbose_name="key of its files")),
                (
                    "drive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tablets",
                        to="donations.drive",
                        verbose_name="drive",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stock.place",
                        verbose_name="where loose goods go",
                    ),
                ),
            ],
            options={
                "verbose_name": "tablet",
                "verbose_name_plural": "tablets",
                "ordering": ["-device"],
            },
        ),
        migrations.AddIndex(
            model_name="container",
            index=models.Index(fields=["house", "state", "-filled_on", "-id"], name="donations_container_states"),
        ),
        migrations.AddConstraint(
            model_name="container",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["carton", "pallet"])),
                name="donations_container_carton_or_pallet",
                violation_error_message="A container is a carton or a pallet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="container",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("collected", None), ("finished", None), ("state", "filled")),
                    models.Q(("collected__isnull", False), ("finished", None), ("state", "collected")),
                    models.Q(("finished__isnull", False), ("state", "sorted")),
                    models.Q(("collected", None), ("finished", None), ("state", "withdrawn")),
                    _connector="OR",
                ),
                name="donations_container_state_has_its_operation",
                violation_error_message="A container that was collected or sorted says by whom.",
            ),
        ),
        migrations.AddConstraint(
            model_name="container",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("collected", None), ("collected_to", None)),
                    models.Q(("collected__isnull", False), ("collected_to__isnull", False)),
                    _connector="OR",
                ),
                name="donations_container_collected_to_a_site",
                violation_error_message="A container that was collected was brought somewhere.",
            ),
        ),
        migrations.AddIndex(
            model_name="dropoff",
            index=models.Index(fields=["house", "-day", "-id"], name="donations_dropoff_house_day"),
        ),
        migrations.AddIndex(
            model_name="dropoff",
            index=models.Index(fields=["site", "day", "kind", "quantity"], name="donations_dropoff_site_day"),
        ),
        migrations.AddConstraint(
            model_name="dropoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)),
                name="donations_dropoff_quantity_positive",
                violation_error_message="A drop-off is of at least one.",
            ),
        ),
        migrations.AddIndex(
            model_name="refusal",
            index=models.Index(fields=["house", "-day", "-id"], name="donations_refusal_house_day"),
        ),
        migrations.AddIndex(
            model_name="refusal",
            index=models.Index(fields=["site", "day", "reason", "quantity"], name="donations_refusal_site_day"),
        ),
        migrations.AddConstraint(
            model_name="refusal",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)),
                name="donations_refusal_quantity_positive",
                violation_error_message="A refusal is of at least one.",
            ),
        ),
        migrations.AddIndex(
            model_name="sorting",
            index=models.Index(fields=["house", "-day", "-id"], name="donations_sorting_house_day"),
        ),
        migrations.AddIndex(
            model_name="sortingline",
            index=models.Index(
                condition=models.Q(("pledge__isnull", False)), fields=["pledge"], name="donations_sorted_for_a_pledge"
            ),
        ),
        migrations.AddConstraint(
            model_name="sortingline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)),
                name="donations_sortingline_quantity_positive",
                violation_error_message="A line is of at least one.",
            ),
        ),
    ]
