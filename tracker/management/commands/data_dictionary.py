from django.conf import settings
from django.core.management.base import BaseCommand

from agreements.interchange.describing import csv_document
from tracker.dictionary import dictionary
from tracker.interchange import KINDS


class Command(BaseCommand):
    """Write docs/data-dictionary.md from the models and docs/csv.md from the kinds of files."""

    help = "Viết docs/data-dictionary.md từ các bảng dữ liệu và docs/csv.md từ các loại tệp."

    def handle(self, **options):
        written = {"data-dictionary.md": dictionary(), "csv.md": csv_document(KINDS.values())}
        for name, text in written.items():
            path = settings.BASE_DIR / "docs" / name
            path.write_text(text, encoding="utf-8")
            self.stdout.write(str(path.relative_to(settings.BASE_DIR)))
