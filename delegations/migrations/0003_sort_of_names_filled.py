"""Delegations are listed in Vietnamese order: the rows that were there already."""

from django.db import migrations

from agreements.migrations._sorting import filled


class Migration(migrations.Migration):
    dependencies = [
        ("delegations", "0002_sort_of_names"),
    ]

    operations = [
        migrations.RunPython(
            filled("delegations", "name", "delegation", "historicaldelegation"), migrations.RunPython.noop
        ),
    ]
