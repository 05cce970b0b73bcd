"""The fingerprints of the files that were there already."""

import hashlib

from django.conf import settings
from django.db import migrations


def fill(apps, schema_editor):
    for name in ("document", "historicaldocument"):
        rows = apps.get_model("agreements", name)._base_manager.exclude(file="").exclude(file=None)
        for file in set(rows.filter(sha256="").values_list("file", flat=True)):
            path = settings.FILES_DIR / str(file)
            if path.is_file():
                with open(path, "rb") as content:
                    rows.filter(file=file).update(sha256=hashlib.file_digest(content, "sha256").hexdigest())


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0010_fingerprint_of_files"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
