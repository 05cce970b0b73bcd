from django.core.management.base import BaseCommand, CommandError

from tracker.loading import LoadError, load_seeds


class Command(BaseCommand):
    """Load the facts of the source documents; twice gives once."""

    help = "Nạp dữ kiện của các tài liệu nguồn (chạy lại không nhân đôi)."

    def handle(self, **options):
        try:
            done = load_seeds()
        except LoadError as error:
            raise CommandError(str(error)) from error
        for kind, counts in done.items():
            self.stdout.write(
                f"{kind}: {counts.new} mới, {counts.changed} thay đổi, {counts.unchanged} không đổi"
            )
