"""What the papers for donors say of a house and of a partner: the registered name, the object, the seat, the SIREN."""

from django.db import migrations, models

import network.company_numbers


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0003_devices"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="organisation",
            name="network_organisation_confidential_says_nothing",
        ),
        migrations.AddField(
            model_name="historicalhouse",
            name="decree_number",
            field=models.CharField(
                blank=True,
                help_text="Only where a decree says that the association is of public utility.",
                max_length=40,
                verbose_name="number of the decree of public utility",
            ),
        ),
        migrations.AddField(
            model_name="historicalhouse",
            name="decree_on",
            field=models.DateField(blank=True, null=True, verbose_name="day of the decree of public utility"),
        ),
        migrations.AddField(
            model_name="historicalhouse",
            name="legal_name",
            field=models.CharField(
                blank=True, help_text="Where it is not the name above.", max_length=160, verbose_name="registered name"
            ),
        ),
        migrations.AddField(
            model_name="historicalhouse",
            name="purpose",
            field=models.TextField(
                blank=True,
                help_text="As its statutes say it, in French.",
                max_length=600,
                verbose_name="object of the association",
            ),
        ),
        migrations.AddField(
            model_name="historicalhouse",
            name="seat_address",
            field=models.CharField(
                blank=True,
                help_text="The public one: it is written on papers for donors. Never that of a shelter.",
                max_length=200,
                verbose_name="address of the seat",
            ),
        ),
        migrations.AddField(
            model_name="historicalhouse",
            name="siren",
            field=network.company_numbers.SirenField(blank=True, max_length=9, verbose_name="SIREN"),
        ),
        migrations.AddField(
            model_name="house",
            name="decree_number",
            field=models.CharField(
                blank=True,
                help_text="Only where a decree says that the association is of public utility.",
                max_length=40,
                verbose_name="number of the decree of public utility",
            ),
        ),
        migrations.AddField(
            model_name="house",
            name="decree_on",
            field=models.DateField(blank=True, null=True, verbose_name="day of the decree of public utility"),
        ),
        migrations.AddField(
            model_name="house",
            name="legal_name",
            field=models.CharField(
                blank=True, help_text="Where it is not the name above.", max_length=160, verbose_name="registered name"
            ),
        ),
        migrations.AddField(
            model_name="house",
            name="purpose",
            field=models.TextField(
                blank=True,
                help_text="As its statutes say it, in French.",
                max_length=600,
                verbose_name="object of the association",
            ),
        ),
        migrations.AddField(
            model_name="house",
            name="seat_address",
            field=models.CharField(
                blank=True,
                help_text="The public one: it is written on papers for donors. Never that of a shelter.",
                max_length=200,
                verbose_name="address of the seat",
            ),
        ),
        migrations.AddField(
            model_name="house",
            name="siren",
            field=network.company_numbers.SirenField(blank=True, max_length=9, verbose_name="SIREN"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="siren",
            field=network.company_numbers.SirenField(blank=True, max_length=9, verbose_name="SIREN"),
        ),
        migrations.AddConstraint(
            model_name="house",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decree_number", ""), ("decree_on", None)),
                    models.Q(models.Q(("decree_number", ""), _negated=True), ("decree_on__isnull", False)),
                    _connector="OR",
                ),
                name="network_house_decree_has_number_and_day",
                violation_error_message="A decree of public utility has a number and a day: write both, or neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_confidential", False),
                    models.Q(
                        ("address", ""),
                        ("city", ""),
                        ("contact_email", ""),
                        ("department", None),
                        ("kind", ""),
                        ("siren", ""),
                    ),
                    _connector="OR",
                ),
                name="network_organisation_confidential_says_nothing",
                violation_error_message="A confidential place is a pseudonym, a region, a relay point and a relay mailbox: no kind, no address, no city, no department, no e-mail of its own, no SIREN.",
            ),
        ),
    ]
