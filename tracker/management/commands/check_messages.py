from django.core.management.base import BaseCommand, CommandError

from tracker.messages import compile_catalogues, faults


class Command(BaseCommand):
    """Fail when a text has no Vietnamese translation, or the compiled catalogue is older than its source."""

    help = "Kiểm tra danh mục bản dịch tiếng Việt."

    def add_arguments(self, parser):
        parser.add_argument(
            "--compile", action="store_true", help="biên dịch lại các tệp .mo trước khi kiểm tra"
        )

    def handle(self, *, compile, **options):
        if compile:
            compile_catalogues()
        if found := faults():
            raise CommandError("\n".join(found))
        self.stdout.write("Danh mục bản dịch đầy đủ.")
