"""Titles are listed in Vietnamese order: the columns."""

from django.db import migrations

import agreements.fields


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="sort",
            field=agreements.fields.SortField(
                "title", blank=True, db_index=True, editable=False, max_length=255
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="sort",
            field=agreements.fields.SortField(
                "title", blank=True, db_index=True, editable=False, max_length=255
            ),
        ),
        migrations.AddField(
            model_name="historicalagreement",
            name="sort",
            field=agreements.fields.SortField(
                "title", blank=True, db_index=True, editable=False, max_length=255
            ),
        ),
        migrations.AddField(
            model_name="historicaldocument",
            name="sort",
            field=agreements.fields.SortField(
                "title", blank=True, db_index=True, editable=False, max_length=255
            ),
        ),
    ]
