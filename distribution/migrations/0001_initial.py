import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("donations", "0001_initial"),
        ("kits", "0001_initial"),
        ("network", "0001_initial"),
        ("stock", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField(verbose_name="day")),
                ("has_letter", models.BooleanField(verbose_name="referral letter seen")),
                (
                    "letter_exception",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("urgence", "emergency"),
                            ("premier_accueil", "first visit"),
                            ("orientation_orale", "referred by word of mouth"),
                            ("autre", "other"),
                        ],
                        max_length=18,
                        verbose_name="why without a letter",
                    ),
                ),
                ("women", models.PositiveSmallIntegerField(default=0, verbose_name="women")),
                ("men", models.PositiveSmallIntegerField(default=0, verbose_name="men")),
                (
                    "children_0_2",
                    models.PositiveSmallIntegerField(default=0, verbose_name="children from 0 to 2 years"),
                ),
                (
                    "children_3_11",
                    models.PositiveSmallIntegerField(default=0, verbose_name="children from 3 to 11 years"),
                ),
                (
                    "children_12_17",
                    models.PositiveSmallIntegerField(default=0, verbose_name="children from 12 to 17 years"),
                ),
                ("kits", models.PositiveSmallIntegerField(default=0, verbose_name="kits")),
                ("articles", models.PositiveIntegerField(default=0, verbose_name="articles")),
                ("grams", models.PositiveIntegerField(blank=True, null=True, verbose_name="grams")),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "operation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handover",
                        to="stock.operation",
                        verbose_name="operation",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.site",
                        verbose_name="site",
                    ),
                ),
                (
                    "structure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referred_handovers",
                        to="network.organisation",
                        verbose_name="referring structure",
                    ),
                ),
            ],
            options={
                "verbose_name": "handover",
                "verbose_name_plural": "handovers",
                "ordering": ["-day", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HandoverUndo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(db_index=True, verbose_name="until")),
                (
                    "handover",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undo",
                        to="distribution.handover",
                        verbose_name="handover",
                    ),
                ),
                ("kits", models.ManyToManyField(related_name="+", to="kits.kit", verbose_name="kits")),
            ],
            options={
                "verbose_name": "handover that can be undone",
                "verbose_name_plural": "handovers that can be undone",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Shipment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("key", models.UUIDField(editable=False, null=True, unique=True, verbose_name="idempotency key")),
                (
                    "mode",
                    models.CharField(
                        choices=[("delivery", "delivery"), ("pick_up", "pick-up")],
                        default="delivery",
                        max_length=8,
                        verbose_name="how",
                    ),
                ),
                ("planned_on", models.DateField(verbose_name="planned for")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("packed", "packed"),
                            ("handed_over", "handed over"),
                            ("acknowledged", "acknowledged"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "acknowledged_by",
                    models.CharField(
                        blank=True,
                        choices=[("login", "signed in"), ("paper", "on paper")],
                        max_length=5,
                        verbose_name="acknowledged",
                    ),
                ),
                (
                    "receipt_code",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="A confidential place sends it back instead of signing. Forgotten once it is acknowledged.",
                        max_length=8,
                        verbose_name="receipt code",
                    ),
                ),
                (
                    "acknowledgement",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acknowledged_shipment",
                        to="stock.operation",
                        verbose_name="acknowledged by",
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cancelled by",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="drafted by",
                    ),
                ),
                (
                    "drive",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shipments",
                        to="donations.drive",
                        verbose_name="drive",
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shipments",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "leaving",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="left_shipment",
                        to="stock.operation",
                        verbose_name="handed over by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shipments",
                        to="network.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "packing",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packed_shipment",
                        to="stock.operation",
                        verbose_name="packed by",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stock.place",
                        verbose_name="from",
                    ),
                ),
            ],
            options={
                "verbose_name": "shipment",
                "verbose_name_plural": "shipments",
                "ordering": ["-planned_on", "-number"],
            },
        ),
        migrations.CreateModel(
            name="ShipmentKit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_shipment",
                        to="kits.kit",
                        verbose_name="kit",
                    ),
                ),
                (
                    "shipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kits",
                        to="distribution.shipment",
                        verbose_name="shipment",
                    ),
                ),
            ],
            options={
                "verbose_name": "kit of a shipment",
                "verbose_name_plural": "kits of a shipment",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ShipmentLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                ("arrived", models.PositiveIntegerField(blank=True, null=True, verbose_name="arrived")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stock.item",
                        verbose_name="kit or article",
                    ),
                ),
                (
                    "shipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="distribution.shipment",
                        verbose_name="shipment",
                    ),
                ),
            ],
            options={
                "verbose_name": "shipment line",
                "verbose_name_plural": "shipment lines",
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["site", "-day"], name="distribution_handover_site_day"),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("has_letter", True), ("letter_exception", "")),
                    models.Q(("has_letter", False), models.Q(("letter_exception", ""), _negated=True)),
                    _connector="OR",
                ),
                name="distribution_handover_letter_or_why_not",
                violation_error_message="Either the letter was seen, or choose why not.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("women__gt", 0),
                    ("men__gt", 0),
                    ("children_0_2__gt", 0),
                    ("children_3_11__gt", 0),
                    ("children_12_17__gt", 0),
                    _connector="OR",
                ),
                name="distribution_handover_somebody",
                violation_error_message="A household has at least one person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("kits__gt", 0), ("articles__gt", 0), _connector="OR"),
                name="distribution_handover_something",
                violation_error_message="At least one kit or article is handed over.",
            ),
        ),
        migrations.AddConstraint(
            model_name="shipment",
            constraint=models.UniqueConstraint(fields=("house", "number"), name="distribution_shipment_number_unique"),
        ),
        migrations.AddConstraint(
            model_name="shipment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["handed_over", "acknowledged"]), _negated=True),
                    ("leaving__isnull", False),
                    _connector="OR",
                ),
                name="distribution_shipment_left_by_an_operation",
            ),
        ),
        migrations.AddConstraint(
            model_name="shipment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "packed"), _negated=True), ("packing__isnull", False), _connector="OR"
                ),
                name="distribution_shipment_packed_by_an_operation",
            ),
        ),
        migrations.AddConstraint(
            model_name="shipment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "acknowledged"), _negated=True),
                    models.Q(
                        ("acknowledgement__isnull", False),
                        ("receipt_code", ""),
                        models.Q(("acknowledged_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="distribution_shipment_acknowledged_by_an_operation",
            ),
        ),
        migrations.AddConstraint(
            model_name="shipmentline",
            constraint=models.UniqueConstraint(
                fields=("shipment", "item"),
                name="distribution_shipmentline_item_unique",
                violation_error_message="This article is in the shipment already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="shipmentline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)),
                name="distribution_shipmentline_quantity_positive",
                violation_error_message="A line is of at least one.",
            ),
        ),
    ]
