from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tracker.backup.drill import drill
from tracker.backup.faults import BackupFault


class Command(BaseCommand):
    """`restore_drill [ARCHIVE]`: the newest archive restored elsewhere, compared, logged into; prints figures."""

    help = "Diễn tập: khôi phục bản sao lưu mới nhất vào một nơi tạm, so với bảng kê, đăng nhập, mở trang."

    def add_arguments(self, parser):
        parser.add_argument("archive", nargs="?", type=Path, metavar="ARCHIVE")

    def handle(self, *, archive, **options):
        try:
            told = drill(archive)
        except BackupFault as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{told['archive']}: {told['tables']} bảng, {told['rows']} dòng, {told['files']} tệp khớp bảng kê,"
            f" {told['different']} khác; đăng nhập và mở {told['pages']} trang; {told['seconds']} giây."
        )
