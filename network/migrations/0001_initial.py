import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="House",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "minimum_life_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        help_text="An article whose printed date comes sooner is not packed.",
                        verbose_name="days of life left for what goes into a kit",
                    ),
                ),
                (
                    "handover_months",
                    models.PositiveSmallIntegerField(default=24, verbose_name="months for which handovers are kept"),
                ),
                ("is_demonstration", models.BooleanField(default=False, editable=False, verbose_name="demonstration")),
            ],
            options={
                "verbose_name": "house",
                "verbose_name_plural": "houses",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name="code")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
            ],
            options={
                "verbose_name": "region",
                "verbose_name_plural": "regions",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalHouse",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(db_index=True, max_length=120, verbose_name="name")),
                (
                    "minimum_life_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        help_text="An article whose printed date comes sooner is not packed.",
                        verbose_name="days of life left for what goes into a kit",
                    ),
                ),
                (
                    "handover_months",
                    models.PositiveSmallIntegerField(default=24, verbose_name="months for which handovers are kept"),
                ),
                ("is_demonstration", models.BooleanField(default=False, editable=False, verbose_name="demonstration")),
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
            ],
            options={
                "verbose_name": "historical house",
                "verbose_name_plural": "historical houses",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSite",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("is_confidential", models.BooleanField(default=False, verbose_name="confidential place")),
                ("are_hours_public", models.BooleanField(default=False, verbose_name="opening hours are published")),
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
                "verbose_name": "historical site",
                "verbose_name_plural": "historical sites",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOrganisation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("is_confidential", models.BooleanField(default=False, verbose_name="confidential place")),
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
                "verbose_name": "historical organisation",
                "verbose_name_plural": "historical organisations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name="code")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="network.region", verbose_name="region"
                    ),
                ),
            ],
            options={
                "verbose_name": "department",
                "verbose_name_plural": "departments",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="For a confidential place, a pseudonym.", max_length=80, verbose_name="name"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("collection_point", "collection point"),
                            ("store", "store"),
                            ("assembly", "assembly hall"),
                            ("clothing_room", "clothing room"),
                            ("relay", "relay point"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("is_confidential", models.BooleanField(default=False, verbose_name="confidential place")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="public address")),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="city")),
                ("are_hours_public", models.BooleanField(default=False, verbose_name="opening hours are published")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="network.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sites",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "relay",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.site",
                        verbose_name="relay point",
                    ),
                ),
            ],
            options={
                "verbose_name": "site",
                "verbose_name_plural": "sites",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="SensitiveRead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("handovers_today", "today’s handovers"),
                            ("handovers_past", "handovers of past days"),
                            ("handover", "one handover"),
                            ("kit_code", "a kit’s code"),
                        ],
                        max_length=20,
                        verbose_name="what was read",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("count_check", "checking the figures"),
                            ("recall", "product recall"),
                            ("mistake", "correcting a mistake"),
                            ("request", "request of a structure"),
                            ("today", "work of the day"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("day", models.DateField(null=True, verbose_name="day that was read")),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="read at")),
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
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sensitive_reads",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reader",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "sensitive read",
                "verbose_name_plural": "sensitive reads",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="For a confidential place, a pseudonym.", max_length=120, verbose_name="name"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("own", "our association"),
                            ("partner", "donating partner"),
                            ("association", "association"),
                            ("chrs", "CHRS (social rehabilitation centre)"),
                            ("casvp", "CASVP (city social action centre)"),
                            ("cass", "CASS (health and social action centre)"),
                            ("caso", "CASO (care and guidance centre)"),
                            ("caarud", "CAARUD (harm reduction centre)"),
                            ("maternity", "maternity ward"),
                            ("hospital", "hospital"),
                            ("pmi", "PMI (mother and child care)"),
                            ("shelter", "emergency shelter"),
                            ("day_centre", "day centre"),
                            ("police", "police or gendarmerie"),
                            ("public_service", "public service"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("is_confidential", models.BooleanField(default=False, verbose_name="confidential place")),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="city")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="contact e-mail")),
                ("relay_email", models.EmailField(blank=True, max_length=254, verbose_name="relay mailbox")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="network.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="network.region",
                        verbose_name="region",
                    ),
                ),
                (
                    "relay",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relayed_organisations",
                        to="network.site",
                        verbose_name="relay point",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="OpeningHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "weekday",
                    models.CharField(
                        choices=[
                            ("1", "Monday"),
                            ("2", "Tuesday"),
                            ("3", "Wednesday"),
                            ("4", "Thursday"),
                            ("5", "Friday"),
                            ("6", "Saturday"),
                            ("7", "Sunday"),
                        ],
                        max_length=1,
                        verbose_name="day",
                    ),
                ),
                ("opens", models.TimeField(verbose_name="opens at")),
                ("closes", models.TimeField(verbose_name="closes at")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opening_hours",
                        to="network.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "opening hours",
                "verbose_name_plural": "opening hours",
                "ordering": ["weekday", "opens"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("volunteer", "volunteer"),
                            ("coordinator", "coordinator"),
                            ("distributor", "distributor"),
                            ("referrer", "referring structure"),
                            ("partner", "partner"),
                            ("network", "network"),
                            ("admin", "administrator"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "house",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="network.house",
                        verbose_name="house",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="network.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="network.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["user", "role", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalMembership",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("volunteer", "volunteer"),
                            ("coordinator", "coordinator"),
                            ("distributor", "distributor"),
                            ("referrer", "referring structure"),
                            ("partner", "partner"),
                            ("network", "network"),
                            ("admin", "administrator"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
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
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
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
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="network.organisation",
                        verbose_name="organisation",
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
                "verbose_name": "historical membership",
                "verbose_name_plural": "historical memberships",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.UniqueConstraint(
                fields=("house", "name"),
                name="network_site_name_unique",
                violation_error_message="A site of this name exists already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_confidential", False),
                    models.Q(
                        ("address", ""), ("are_hours_public", False), ("city", ""), ("department", None), ("kind", "")
                    ),
                    _connector="OR",
                ),
                name="network_site_confidential_says_nothing",
                violation_error_message="A confidential place has a pseudonym and a relay point: no kind, no address, no city, no department, no published hours.",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("address", ""), _negated=True),
                    ("relay__isnull", False),
                    ("is_active", False),
                    _connector="OR",
                ),
                name="network_site_address_or_relay",
                violation_error_message="A site has a public address, or else a relay point.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                fields=("house", "name"),
                name="network_organisation_name_unique",
                violation_error_message="An organisation of this name exists already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_confidential", False),
                    models.Q(("address", ""), ("city", ""), ("contact_email", ""), ("department", None), ("kind", "")),
                    _connector="OR",
                ),
                name="network_organisation_confidential_says_nothing",
                violation_error_message="A confidential place is a pseudonym, a region, a relay point and a relay mailbox: no kind, no address, no city, no department, no e-mail of its own.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_confidential", True),
                    models.Q(models.Q(("kind", ""), _negated=True), ("relay_email", "")),
                    _connector="OR",
                ),
                name="network_organisation_open_has_a_kind",
                violation_error_message="An organisation that is not confidential has a kind, and a contact e-mail instead of a relay.",
            ),
        ),
        migrations.AddConstraint(
            model_name="openinghours",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes__gt", models.F("opens"))),
                name="network_openinghours_closes_after_it_opens",
                violation_error_message="The closing time comes after the opening time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("house", None), ("organisation", None), ("role", "network"), ("site", None)),
                    models.Q(
                        ("house__isnull", False),
                        ("organisation", None),
                        ("role__in", ["volunteer", "coordinator", "admin"]),
                    ),
                    models.Q(
                        ("house__isnull", False),
                        ("organisation", None),
                        ("role", "distributor"),
                        ("site__isnull", False),
                    ),
                    models.Q(
                        ("house__isnull", False),
                        ("organisation__isnull", False),
                        ("role__in", ["referrer", "partner"]),
                        ("site", None),
                    ),
                    _connector="OR",
                ),
                name="network_membership_scope",
                violation_error_message="A distributor belongs to a site; a partner or a referring structure to an organisation; a volunteer, a coordinator or an administrator to a house; the network to none of these.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role__in", ["coordinator", "admin"]), _negated=True), ("site", None), _connector="OR"
                ),
                name="network_membership_whole_house",
                violation_error_message="A coordinator or an administrator acts for the whole house, not for a site.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                models.F("user"),
                models.F("role"),
                django.db.models.functions.comparison.Coalesce("house", 0),
                django.db.models.functions.comparison.Coalesce("site", 0),
                django.db.models.functions.comparison.Coalesce("organisation", 0),
                name="network_membership_unique",
                violation_error_message="This person has this role already.",
            ),
        ),
    ]
