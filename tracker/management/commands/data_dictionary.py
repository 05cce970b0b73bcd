from django.conf import settings
from django.core.management.base import BaseCommand

from tracker.dictionary import dictionary


class Command(BaseCommand):
    """Write docs/data-dictionary.md from the models."""

    help = "Viết docs/data-dictionary.md từ các bảng dữ liệu."

    def handle(self, **options):
        path = settings.BASE_DIR / "docs" / "data-dictionary.md"
        path.write_text(dictionary(), encoding="utf-8")
        self.stdout.write(str(path.relative_to(settings.BASE_DIR)))
