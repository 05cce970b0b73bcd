"""Delegations are listed in Vietnamese order: the column."""

from django.db import migrations

import agreements.fields


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0003_sort_of_titles_filled"),
        ("delegations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="delegation",
            name="sort",
            field=agreements.fields.SortField(
                "name", blank=True, db_index=True, editable=False, max_length=255
            ),
        ),
        migrations.AddField(
            model_name="historicaldelegation",
            name="sort",
            field=agreements.fields.SortField(
                "name", blank=True, db_index=True, editable=False, max_length=255
            ),
        ),
    ]
