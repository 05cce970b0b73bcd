from django.core.management.base import BaseCommand, CommandError

from tracker.demo import NotEmpty, fill


def count(text):
    """A number of agreements, at least 1."""
    if not text.isdecimal() or int(text) < 1:
        raise CommandError(f"“{text}” không dùng được: hãy viết một số nguyên từ 1 trở lên.")
    return int(text)


class Command(BaseCommand):
    """Fill an empty register with an invented office's data; the same seed gives the same rows."""

    help = "Nạp vào sổ trống dữ liệu giả định (không có thật) để dùng thử và đo tốc độ."

    def add_arguments(self, parser):
        parser.add_argument("--size", type=count, default=300, help="số thỏa thuận (mặc định 300)")
        parser.add_argument("--seed", type=int, default=1, help="số khởi đầu: cùng số thì cùng dữ liệu")

    def handle(self, *, size, seed, **options):
        try:
            written = fill(size, seed, self.stdout.write)
        except NotEmpty as error:
            raise CommandError(str(error)) from error
        total = sum(written.values())
        self.stdout.write(f"Đã nạp {total} dòng dữ liệu giả định: không có người, tổ chức nào là thật.")
