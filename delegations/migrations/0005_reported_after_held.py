"""A delegation is not reported before it was held."""

from django.db import migrations, models

from agreements.migrations._offending import checked


class Migration(migrations.Migration):
    dependencies = [
        ("delegations", "0004_numbers_within_bounds"),
    ]

    operations = [
        *checked(
            "delegations",
            "delegation",
            models.CheckConstraint(
                condition=models.Q(
                    ("reported_last__isnull", True),
                    ("held_first__isnull", True),
                    ("reported_last__gte", models.F("held_first")),
                    _connector="OR",
                ),
                name="delegation_reported_after_it_was_held",
                violation_error_message="It was reported before it was held: check both dates.",
            ),
        ),
    ]
