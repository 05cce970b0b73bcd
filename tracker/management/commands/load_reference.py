from django.core.management.base import BaseCommand, CommandError

from tracker.loading import LoadError, load_reference


def report(stdout, done):
    """One line a kind: what was new, changed, unchanged."""
    for kind, counts in done.items():
        stdout.write(f"{kind}: {counts.new} mới, {counts.changed} thay đổi, {counts.unchanged} không đổi")


class Command(BaseCommand):
    """Add the reference data that is missing; what an office edited or deleted stays as it is."""

    help = "Nạp danh mục còn thiếu (không ghi đè chỗ đã sửa)."

    def handle(self, **options):
        try:
            report(self.stdout, load_reference())
        except LoadError as error:
            raise CommandError(str(error)) from error
