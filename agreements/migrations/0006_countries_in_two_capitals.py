"""The country of a person is written like that of a body."""

import django.core.validators
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

from agreements.migrations._offending import checked


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0005_ends_after_beginnings"),
    ]

    operations = [
        migrations.AlterField(
            model_name="body",
            name="country",
            field=models.CharField(
                help_text="Two letters: VN, LA, KH …",
                max_length=2,
                validators=[
                    django.core.validators.RegexValidator(
                        "\\A(?![A-Z]{2}\\Z)(?s:.{1,2})\\Z",
                        "The country is two capital letters, such as VN or LA.",
                        code="country",
                        inverse_match=True,
                    )
                ],
                verbose_name="country",
            ),
        ),
        migrations.AlterField(
            model_name="historicalbody",
            name="country",
            field=models.CharField(
                help_text="Two letters: VN, LA, KH …",
                max_length=2,
                validators=[
                    django.core.validators.RegexValidator(
                        "\\A(?![A-Z]{2}\\Z)(?s:.{1,2})\\Z",
                        "The country is two capital letters, such as VN or LA.",
                        code="country",
                        inverse_match=True,
                    )
                ],
                verbose_name="country",
            ),
        ),
        migrations.AlterField(
            model_name="historicallocality",
            name="country",
            field=models.CharField(
                help_text="Two letters: VN, LA, KH …",
                max_length=2,
                validators=[
                    django.core.validators.RegexValidator(
                        "\\A(?![A-Z]{2}\\Z)(?s:.{1,2})\\Z",
                        "The country is two capital letters, such as VN or LA.",
                        code="country",
                        inverse_match=True,
                    )
                ],
                verbose_name="country",
            ),
        ),
        migrations.AlterField(
            model_name="historicalorganization",
            name="country",
            field=models.CharField(
                help_text="Two letters: VN, LA, KH …",
                max_length=2,
                validators=[
                    django.core.validators.RegexValidator(
                        "\\A(?![A-Z]{2}\\Z)(?s:.{1,2})\\Z",
                        "The country is two capital letters, such as VN or LA.",
                        code="country",
                        inverse_match=True,
                    )
                ],
                verbose_name="country",
            ),
        ),
        migrations.AlterField(
            model_name="historicalperson",
            name="country",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Two letters: VN, LA, KH …",
                max_length=2,
                validators=[
                    django.core.validators.RegexValidator(
                        "\\A(?![A-Z]{2}\\Z)(?s:.{1,2})\\Z",
                        "The country is two capital letters, such as VN or LA.",
                        code="country",
                        inverse_match=True,
                    )
                ],
                verbose_name="country",
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="country",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Two letters: VN, LA, KH …",
                max_length=2,
                validators=[
                    django.core.validators.RegexValidator(
                        "\\A(?![A-Z]{2}\\Z)(?s:.{1,2})\\Z",
                        "The country is two capital letters, such as VN or LA.",
                        code="country",
                        inverse_match=True,
                    )
                ],
                verbose_name="country",
            ),
        ),
        *checked(
            "agreements",
            "person",
            models.CheckConstraint(
                condition=models.Q(
                    ("country", ""),
                    models.Q(
                        django.db.models.lookups.Exact(django.db.models.functions.text.Length("country"), 2),
                        django.db.models.lookups.Exact(
                            django.db.models.functions.text.Upper("country"), models.F("country")
                        ),
                    ),
                    _connector="OR",
                ),
                name="person_country_is_two_capital_letters",
                violation_error_message="The country is two capital letters, such as VN or LA.",
            ),
        ),
    ]
