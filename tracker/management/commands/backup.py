from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tracker.backup.faults import BackupFault
from tracker.backup.making import back_up


class Command(BaseCommand):
    """`backup [DIR]`: a checked archive of database and files; older ones go by rotation (7 days, 4 weeks, 12 months).

    Exit status 1 where no backup could be made, and then the older ones stay. What is wrong with the log chain is told
    on stderr: the backup is made all the same.
    """

    help = "Sao lưu cơ sở dữ liệu và tệp vào một tệp nén đã kiểm tra (niêm phong nhật ký trước khi sao lưu)."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", metavar="DIR", help="mặc định DATA_DIR/backups")

    def handle(self, *, folder, **options):
        try:
            made = back_up(folder)
        except BackupFault as error:
            raise CommandError(str(error)) from error
        for warning in made.warnings:
            self.stderr.write(f"Cảnh báo: {warning}")
        size = made.path.stat().st_size / 1_000_000
        self.stdout.write(
            f"Đã sao lưu: {made.path} ({size:.1f} MB; {len(made.manifest['tables'])} bảng, {made.rows} dòng,"
            f" {len(made.manifest['files']) - 1} tệp; bỏ {len(made.gone)} bản cũ)."
        )
        if head := made.manifest["head"]:
            self.stdout.write(f"Niêm phong nhật ký số {head['number']}: {head['mac'][:16]}…")
        self.stdout.write(
            f"Bản sao lưu không chứa khóa bí mật: {where_key_is()}. Hãy cất khóa ấy ở một nơi khác."
        )


def where_key_is():
    kept = settings.DATA_DIR / "secret_key"
    return f"khóa nằm ở {kept}" if kept.is_file() else "khóa là biến môi trường SECRET_KEY"
