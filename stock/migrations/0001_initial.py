import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("network", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalItem",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name in French")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="name in English")),
                ("size", models.CharField(blank=True, max_length=60, verbose_name="size")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("hygiene", "hygiene"),
                            ("clothing", "clothing"),
                            ("infant-food", "infant and young-child food"),
                            ("food", "food"),
                            ("toys-books", "toys and books"),
                            ("paperwork", "paperwork"),
                            ("first-hours", "first hours"),
                            ("packaging", "packaging"),
                            ("kit", "kits"),
                        ],
                        max_length=12,
                        verbose_name="category",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("piece", "piece"),
                            ("pair", "pair"),
                            ("bar", "bar"),
                            ("tube", "tube"),
                            ("bottle", "bottle"),
                            ("sachet", "sachet"),
                            ("pack", "pack"),
                            ("jar", "jar"),
                            ("pouch", "pouch"),
                            ("box", "box"),
                            ("kit", "kit"),
                        ],
                        default="piece",
                        max_length=8,
                        verbose_name="unit",
                    ),
                ),
                ("grams", models.PositiveIntegerField(blank=True, null=True, verbose_name="weight in grams")),
                ("is_weight_assumed", models.BooleanField(default=False, verbose_name="the weight is assumed")),
                (
                    "date_rule",
                    models.CharField(
                        choices=[("none", "no date"), ("best_before", "best before (DDM)"), ("use_by", "use by (DLC)")],
                        default="none",
                        max_length=12,
                        verbose_name="printed date",
                    ),
                ),
                (
                    "is_formula",
                    models.BooleanField(
                        default=False,
                        help_text="Never from the public, never in a kit or a shipment: given at a handover on a worker’s request.",
                        verbose_name="infant formula, bottle or teat",
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
                "verbose_name": "historical article",
                "verbose_name_plural": "historical articles",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPlace",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("store", "store"),
                            ("table", "table"),
                            ("transit", "in transit"),
                            ("quarantine", "quarantine"),
                            ("donors", "donors"),
                            ("suppliers", "suppliers"),
                            ("sorted", "sorted"),
                            ("packed", "packed"),
                            ("recipients", "recipients"),
                            ("organisations", "organisations"),
                            ("waste", "waste"),
                            ("correction", "corrections"),
                        ],
                        max_length=14,
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
                "verbose_name": "historical place",
                "verbose_name_plural": "historical places",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name in French")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="name in English")),
                ("size", models.CharField(blank=True, max_length=60, verbose_name="size")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("hygiene", "hygiene"),
                            ("clothing", "clothing"),
                            ("infant-food", "infant and young-child food"),
                            ("food", "food"),
                            ("toys-books", "toys and books"),
                            ("paperwork", "paperwork"),
                            ("first-hours", "first hours"),
                            ("packaging", "packaging"),
                            ("kit", "kits"),
                        ],
                        max_length=12,
                        verbose_name="category",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("piece", "piece"),
                            ("pair", "pair"),
                            ("bar", "bar"),
                            ("tube", "tube"),
                            ("bottle", "bottle"),
                            ("sachet", "sachet"),
                            ("pack", "pack"),
                            ("jar", "jar"),
                            ("pouch", "pouch"),
                            ("box", "box"),
                            ("kit", "kit"),
                        ],
                        default="piece",
                        max_length=8,
                        verbose_name="unit",
                    ),
                ),
                ("grams", models.PositiveIntegerField(blank=True, null=True, verbose_name="weight in grams")),
                ("is_weight_assumed", models.BooleanField(default=False, verbose_name="the weight is assumed")),
                (
                    "date_rule",
                    models.CharField(
                        choices=[("none", "no date"), ("best_before", "best before (DDM)"), ("use_by", "use by (DLC)")],
                        default="none",
                        max_length=12,
                        verbose_name="printed date",
                    ),
                ),
                (
                    "is_formula",
                    models.BooleanField(
                        default=False,
                        help_text="Never from the public, never in a kit or a shipment: given at a handover on a worker’s request.",
                        verbose_name="infant formula, bottle or teat",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
                "ordering": ["name", "size"],
            },
        ),
        migrations.CreateModel(
            name="Gtin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=14, verbose_name="GTIN")),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gtins",
                        to="stock.item",
                        verbose_name="article",
                    ),
                ),
            ],
            options={
                "verbose_name": "GTIN",
                "verbose_name_plural": "GTINs",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("identity", models.CharField(editable=False, max_length=120, verbose_name="identity")),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="lot number")),
                ("best_before", models.DateField(blank=True, null=True, verbose_name="printed date")),
                (
                    "precision",
                    models.CharField(
                        choices=[("day", "day"), ("month", "month"), ("year", "year")],
                        default="day",
                        max_length=5,
                        verbose_name="precision of the date",
                    ),
                ),
                (
                    "block",
                    models.CharField(
                        blank=True,
                        choices=[("", "not blocked"), ("quarantined", "in quarantine"), ("recalled", "recalled")],
                        default="",
                        max_length=12,
                        verbose_name="blocked",
                    ),
                ),
                (
                    "donor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.organisation",
                        verbose_name="given by",
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="stock.item",
                        verbose_name="article",
                    ),
                ),
            ],
            options={
                "verbose_name": "lot",
                "verbose_name_plural": "lots",
                "ordering": ["item", "best_before", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Operation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("receive", "donation received"),
                            ("purchase", "purchase received"),
                            ("transfer", "transfer"),
                            ("adjust", "adjustment"),
                            ("write_off", "write-off"),
                            ("pack", "packing"),
                            ("close_session", "session closed"),
                            ("reserve", "reservation"),
                            ("release", "reservation released"),
                            ("ship", "shipment handed over"),
                            ("acknowledge", "shipment acknowledged"),
                            ("hand_over", "handover"),
                            ("reverse", "reversal"),
                        ],
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=64, unique=True, verbose_name="idempotency key")),
                ("digest", models.CharField(editable=False, max_length=64, verbose_name="digest of the content")),
                ("happened_at", models.DateTimeField(verbose_name="happened")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("counted", "counted otherwise"),
                            ("entry_mistake", "entry mistake"),
                            ("found", "found again"),
                            ("lost", "lost"),
                            ("damaged", "damaged"),
                            ("expired", "past its date"),
                            ("opened", "opened or dirty"),
                            ("recalled", "recalled"),
                            ("other", "other"),
                        ],
                        max_length=14,
                        verbose_name="reason",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
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
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="stock.operation",
                        verbose_name="reverses",
                    ),
                ),
            ],
            options={
                "verbose_name": "operation",
                "verbose_name_plural": "operations",
                "ordering": ["-happened_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, verbose_name="digest of the content")),
                ("content", models.JSONField(null=True, verbose_name="what was sent")),
                ("day", models.DateField(verbose_name="day")),
                ("is_settled", models.BooleanField(default=False, verbose_name="settled")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="settled by",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="stock.operation",
                        verbose_name="first operation",
                    ),
                ),
            ],
            options={
                "verbose_name": "conflict",
                "verbose_name_plural": "conflicts",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("store", "store"),
                            ("table", "table"),
                            ("transit", "in transit"),
                            ("quarantine", "quarantine"),
                            ("donors", "donors"),
                            ("suppliers", "suppliers"),
                            ("sorted", "sorted"),
                            ("packed", "packed"),
                            ("recipients", "recipients"),
                            ("organisations", "organisations"),
                            ("waste", "waste"),
                            ("correction", "corrections"),
                        ],
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="network.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["site", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Movement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                ("grams", models.PositiveIntegerField(blank=True, null=True, verbose_name="grams weighed")),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "lot",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="stock.lot",
                        verbose_name="lot",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="stock.operation",
                        verbose_name="operation",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stock.place",
                        verbose_name="from",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stock.place",
                        verbose_name="to",
                    ),
                ),
            ],
            options={
                "verbose_name": "movement",
                "verbose_name_plural": "movements",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Balance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on_hand", models.PositiveIntegerField(default=0, verbose_name="on hand")),
                ("reserved", models.PositiveIntegerField(default=0, verbose_name="reserved")),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="balances",
                        to="stock.lot",
                        verbose_name="lot",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="balances",
                        to="stock.place",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "balance",
                "verbose_name_plural": "balances",
                "ordering": ["place", "lot"],
            },
        ),
        migrations.CreateModel(
            name="Reservation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                (
                    "balance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservations",
                        to="stock.balance",
                        verbose_name="balance",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservations",
                        to="stock.operation",
                        verbose_name="reserved by",
                    ),
                ),
            ],
            options={
                "verbose_name": "reservation",
                "verbose_name_plural": "reservations",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                fields=("house", "name", "size"),
                name="stock_item_name_unique",
                violation_error_message="An article of this name and size exists already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_formula", False), models.Q(("category", "kit"), _negated=True), _connector="OR"
                ),
                name="stock_item_kit_is_not_formula",
                violation_error_message="A kit is never infant formula.",
            ),
        ),
        migrations.AddConstraint(
            model_name="gtin",
            constraint=models.UniqueConstraint(
                fields=("house", "code"),
                name="stock_gtin_unique",
                violation_error_message="This GTIN belongs to another article already.",
            ),
        ),
        migrations.AddIndex(
            model_name="lot",
            index=models.Index(fields=["best_before"], name="stock_lot_best_before"),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.UniqueConstraint(fields=("item", "identity"), name="stock_lot_identity_unique"),
        ),
        migrations.AddIndex(
            model_name="operation",
            index=models.Index(fields=["house", "-happened_at"], name="stock_operation_house_when"),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.UniqueConstraint(fields=("operation", "digest"), name="stock_conflict_once"),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        (
                            "donors",
                            "suppliers",
                            "sorted",
                            "packed",
                            "recipients",
                            "organisations",
                            "waste",
                            "correction",
                        ),
                    )
                ),
                fields=("house", "kind"),
                name="stock_place_virtual_once",
                violation_error_message="A house has each virtual place once.",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                fields=("site", "name"),
                name="stock_place_name_unique",
                violation_error_message="This site has a place of this name already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "kind__in",
                            (
                                "donors",
                                "suppliers",
                                "sorted",
                                "packed",
                                "recipients",
                                "organisations",
                                "waste",
                                "correction",
                            ),
                        ),
                        ("site", None),
                    ),
                    ("kind", "transit"),
                    models.Q(("kind__in", ("store", "table", "transit", "quarantine")), ("site__isnull", False)),
                    _connector="OR",
                ),
                name="stock_place_internal_has_a_site",
                violation_error_message="A store, a table or a quarantine belongs to a site.",
            ),
        ),
        migrations.AddIndex(
            model_name="movement",
            index=models.Index(fields=["source", "at", "lot", "quantity"], name="stock_movement_source_at"),
        ),
        migrations.AddIndex(
            model_name="movement",
            index=models.Index(fields=["target", "at", "lot", "quantity"], name="stock_movement_target_at"),
        ),
        migrations.AddIndex(
            model_name="movement",
            index=models.Index(fields=["lot", "at"], name="stock_movement_lot_at"),
        ),
        migrations.AddConstraint(
            model_name="movement",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)),
                name="stock_movement_quantity_positive",
                violation_error_message="A movement has a quantity above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="movement",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", models.F("target")), _negated=True),
                name="stock_movement_goes_somewhere",
                violation_error_message="A movement goes from one place to another.",
            ),
        ),
        migrations.AddIndex(
            model_name="balance",
            index=models.Index(
                condition=models.Q(("on_hand__gt", 0)), fields=["place"], name="stock_balance_something_here"
            ),
        ),
        migrations.AddConstraint(
            model_name="balance",
            constraint=models.UniqueConstraint(fields=("place", "lot"), name="stock_balance_unique"),
        ),
        migrations.AddConstraint(
            model_name="balance",
            constraint=models.CheckConstraint(
                condition=models.Q(("reserved__gte", 0), ("reserved__lte", models.F("on_hand"))),
                name="stock_balance_reserved_is_on_hand",
                violation_error_message="No more can be reserved than is on hand, and nothing goes below zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.UniqueConstraint(fields=("holder", "balance"), name="stock_reservation_unique"),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="stock_reservation_quantity_positive"
            ),
        ),
    ]
