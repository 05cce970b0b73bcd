"""Nothing ends before it begins."""

from django.db import migrations, models

from agreements.migrations._offending import checked


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0004_numbers_within_bounds"),
    ]

    operations = [
        *checked(
            "agreements",
            "agreement",
            models.CheckConstraint(
                condition=models.Q(
                    ("expires_last__isnull", True),
                    ("period_first__isnull", True),
                    ("expires_last__gte", models.F("period_first")),
                    _connector="OR",
                ),
                name="agreement_expires_after_its_period_begins",
                violation_error_message="It expires before its period begins: check both dates.",
            ),
        ),
        *checked(
            "agreements",
            "agreement",
            models.CheckConstraint(
                condition=models.Q(
                    ("period_last__isnull", True),
                    ("effective_first__isnull", True),
                    ("period_last__gte", models.F("effective_first")),
                    _connector="OR",
                ),
                name="agreement_takes_effect_before_its_period_ends",
                violation_error_message="It takes effect after its period has ended: check both dates.",
            ),
        ),
        *checked(
            "agreements",
            "agreementevent",
            models.CheckConstraint(
                condition=models.Q(
                    ("until_last__isnull", True),
                    ("on_first__isnull", True),
                    ("until_last__gte", models.F("on_first")),
                    _connector="OR",
                ),
                name="agreementevent_until_not_before_on",
                violation_error_message="The new end lies before the day of the event: check both dates.",
            ),
            label="agreement__code",
        ),
        *checked(
            "agreements",
            "document",
            models.CheckConstraint(
                condition=models.Q(
                    ("read_last__isnull", True),
                    ("issued_first__isnull", True),
                    ("read_last__gte", models.F("issued_first")),
                    _connector="OR",
                ),
                name="document_read_after_issue",
                violation_error_message="It was read before it was issued: check both dates.",
            ),
        ),
    ]
