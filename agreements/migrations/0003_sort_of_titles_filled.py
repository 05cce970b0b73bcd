"""Titles are listed in Vietnamese order: the rows that were there already."""

from django.db import migrations

from agreements.migrations._sorting import filled


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0002_sort_of_titles"),
    ]

    operations = [
        migrations.RunPython(
            filled(
                "agreements", "title", "agreement", "document", "historicalagreement", "historicaldocument"
            ),
            migrations.RunPython.noop,
        ),
    ]
