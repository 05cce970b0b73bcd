import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tracker.backup.drill import look
from tracker.backup.faults import BackupFault
from tracker.backup.restoring import restore
from tracker.quickstart import decide_seeds


class Command(BaseCommand):
    """`restore ARCHIVE`: into an empty DATA_DIR (and an empty DATABASE_URL); everything is checked first.

    An archive of SQLite restored where DATABASE_URL is PostgreSQL moves the register to PostgreSQL.
    """

    help = "Khôi phục một bản sao lưu vào sổ trống; không bao giờ ghi đè lên dữ liệu."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path, metavar="ARCHIVE")
        parser.add_argument("--look", action="store_true", help="mở thử vài trang rồi in số liệu dạng JSON")

    def handle(self, *, archive, **options):
        try:
            manifest = restore(archive)
            if options["look"]:
                self.stdout.write(json.dumps(look(manifest)))
                return
        except BackupFault as error:
            raise CommandError(str(error)) from error
        decide_seeds()
        rows = sum(rows for rows, _sha256 in manifest["tables"].values())
        self.stdout.write(
            f"Đã khôi phục {archive}: {len(manifest['tables'])} bảng, {rows} dòng, {len(manifest['files']) - 1} tệp;"
            " khớp với bảng kê."
        )
