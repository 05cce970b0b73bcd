"""Whole numbers have bounds, the same on every database."""

import django.core.validators
from django.db import migrations, models

import agreements.fields
import agreements.models.progress


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0003_sort_of_titles_filled"),
    ]

    operations = [
        migrations.AlterField(
            model_name="agreement",
            name="copies",
            field=agreements.fields.CountField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        1, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="copies",
            ),
        ),
        migrations.AlterField(
            model_name="agreement",
            name="notice_days",
            field=agreements.fields.CountField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="notice (days)",
            ),
        ),
        migrations.AlterField(
            model_name="agreement",
            name="number",
            field=agreements.fields.CountField(
                blank=True,
                default=1,
                help_text="Normally 1. Empty: several, the source does not say how many.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="how many",
            ),
        ),
        migrations.AlterField(
            model_name="agreementrole",
            name="rank",
            field=models.PositiveSmallIntegerField(
                default=1,
                validators=[
                    django.core.validators.MinValueValidator(
                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="order",
            ),
        ),
        migrations.AlterField(
            model_name="commitmentrole",
            name="rank",
            field=models.PositiveSmallIntegerField(
                default=1,
                validators=[
                    django.core.validators.MinValueValidator(
                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="order",
            ),
        ),
        migrations.AlterField(
            model_name="historicalagreement",
            name="copies",
            field=agreements.fields.CountField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        1, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="copies",
            ),
        ),
        migrations.AlterField(
            model_name="historicalagreement",
            name="notice_days",
            field=agreements.fields.CountField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="notice (days)",
            ),
        ),
        migrations.AlterField(
            model_name="historicalagreement",
            name="number",
            field=agreements.fields.CountField(
                blank=True,
                default=1,
                help_text="Normally 1. Empty: several, the source does not say how many.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="how many",
            ),
        ),
        migrations.AlterField(
            model_name="historicalagreementrole",
            name="rank",
            field=models.PositiveSmallIntegerField(
                default=1,
                validators=[
                    django.core.validators.MinValueValidator(
                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="order",
            ),
        ),
        migrations.AlterField(
            model_name="historicalcommitmentrole",
            name="rank",
            field=models.PositiveSmallIntegerField(
                default=1,
                validators=[
                    django.core.validators.MinValueValidator(
                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="order",
            ),
        ),
        migrations.AlterField(
            model_name="historicalprogress",
            name="number",
            field=agreements.models.progress.NextNumberField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        1, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="no.",
            ),
        ),
        migrations.AlterField(
            model_name="historicalterm",
            name="rank",
            field=models.PositiveSmallIntegerField(
                default=100,
                validators=[
                    django.core.validators.MinValueValidator(
                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="order",
            ),
        ),
        migrations.AlterField(
            model_name="progress",
            name="number",
            field=agreements.models.progress.NextNumberField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        1, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="no.",
            ),
        ),
        migrations.AlterField(
            model_name="term",
            name="rank",
            field=models.PositiveSmallIntegerField(
                default=100,
                validators=[
                    django.core.validators.MinValueValidator(
                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="order",
            ),
        ),
    ]
