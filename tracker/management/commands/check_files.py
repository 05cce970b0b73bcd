from django.core.management.base import BaseCommand, CommandError

from tracker import stored_files

TOLD = {
    "missing": "Thiếu tệp (hãy lấy lại từ bản sao lưu)",
    "changed": "Tệp bị thay đổi (hãy lấy lại từ bản sao lưu)",
    "orphans": "Tệp không thuộc hồ sơ nào (xóa bằng --remove-orphans)",
}


class Command(BaseCommand):
    """`check_files`: read every stored file; names what is missing, changed or left over, and then exits with 1."""

    help = "Kiểm tra các tệp lưu giữ: thiếu, bị thay đổi, không thuộc hồ sơ nào."

    def add_arguments(self, parser):
        parser.add_argument("--remove-orphans", action="store_true", help="xóa các tệp không thuộc hồ sơ nào")

    def handle(self, *, remove_orphans, **options):
        found = stored_files.check()
        if remove_orphans:
            stored_files.remove_orphans(found)
            self.stdout.write(f"Đã xóa {len(found.orphans)} tệp không thuộc hồ sơ nào.")
            found.orphans = []
        if found.unknown:
            self.stdout.write(f"Chưa có dấu vân tay: {len(found.unknown)} tệp.")
        if not found.well:
            raise CommandError(
                "\n".join(f"{TOLD[kind]}: {name}" for kind in TOLD for name in getattr(found, kind))
            )
        self.stdout.write(f"Đã đọc {found.checked} tệp: không thiếu, không đổi, không thừa.")
