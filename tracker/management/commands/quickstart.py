from django.core.management.base import BaseCommand

from tracker.quickstart import prepare, serve
from tracker.settings import env


class Command(BaseCommand):
    """Prepare the register and serve it; repeating it loses and doubles nothing."""

    help = "Chuẩn bị sổ đăng ký (cơ sở dữ liệu, danh mục, quản trị viên) rồi mở trang web."

    def add_arguments(self, parser):
        parser.add_argument("--no-serve", action="store_true", help="chỉ chuẩn bị, không mở trang web")
        parser.add_argument(
            "--empty", action="store_true", help="sổ trống: chỉ nạp danh mục, không nạp dữ liệu mẫu"
        )

    def handle(self, *, no_serve, empty, **options):
        say = self.stdout.write
        prepare(empty=empty, say=say, password=env.str("ADMIN_PASSWORD", default=""))
        self.check(display_num_errors=False)
        if not no_serve:
            serve(say)
