from django.core.management.base import BaseCommand, CommandError

from tracker.loading import LoadError, load_reference


class Command(BaseCommand):
    """Add the reference data that is missing; what an office edited stays."""

    help = "Nạp danh mục còn thiếu (không ghi đè chỗ đã sửa)."

    def handle(self, **options):
        try:
            done = load_reference()
        except LoadError as error:
            raise CommandError(str(error)) from error
        for kind, counts in done.items():
            self.stdout.write(
                f"{kind}: {counts.new} mới, {counts.changed} thay đổi, {counts.unchanged} không đổi"
            )
