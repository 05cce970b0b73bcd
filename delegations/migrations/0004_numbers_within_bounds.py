"""Whole numbers have bounds, the same on every database."""

import django.core.validators
from django.db import migrations, models

import agreements.fields


class Migration(migrations.Migration):
    dependencies = [
        ("delegations", "0003_sort_of_names_filled"),
    ]

    operations = [
        migrations.AlterField(
            model_name="delegation",
            name="number",
            field=agreements.fields.CountField(
                blank=True,
                default=1,
                help_text="Normally 1. 0: the source says that there was none. Empty: several, not known how many.",
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
            model_name="delegation",
            name="people",
            field=agreements.fields.CountField(
                blank=True,
                help_text="Empty: not known.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        999999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="people",
            ),
        ),
        migrations.AlterField(
            model_name="delegationrole",
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
            model_name="deliveryline",
            name="number",
            field=models.PositiveSmallIntegerField(
                validators=[
                    django.core.validators.MinValueValidator(
                        1, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="line",
            ),
        ),
        migrations.AlterField(
            model_name="deliveryrole",
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
            model_name="historicaldelegation",
            name="number",
            field=agreements.fields.CountField(
                blank=True,
                default=1,
                help_text="Normally 1. 0: the source says that there was none. Empty: several, not known how many.",
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
            model_name="historicaldelegation",
            name="people",
            field=agreements.fields.CountField(
                blank=True,
                help_text="Empty: not known.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        999999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="people",
            ),
        ),
        migrations.AlterField(
            model_name="historicaldelegationrole",
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
            model_name="historicaldeliveryline",
            name="number",
            field=models.PositiveSmallIntegerField(
                validators=[
                    django.core.validators.MinValueValidator(
                        1, "%(show_value)s is too small: write %(limit_value)s or more."
                    ),
                    django.core.validators.MaxValueValidator(
                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                    ),
                ],
                verbose_name="line",
            ),
        ),
        migrations.AlterField(
            model_name="historicaldeliveryrole",
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
            model_name="historicalmeeting",
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
            model_name="historicalmeetingrole",
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
            model_name="meeting",
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
            model_name="meetingrole",
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
    ]
