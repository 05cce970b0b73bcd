from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from tracker.environment import env
from tracker.quickstart import prepare, refuse_redirects_for_ever, refuse_taken_port, serve


def refuse_no_database():
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise CommandError(
            f"Không mở được cơ sở dữ liệu: hãy kiểm tra DATABASE_URL và DATA_DIR ({str(error).splitlines()[0]})."
        ) from error


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
        refuse_redirects_for_ever()
        if not no_serve:
            refuse_taken_port()
        refuse_no_database()
        prepare(empty=empty, say=say, password=env.str("ADMIN_PASSWORD", default=""))
        self.check(display_num_errors=False)
        if not no_serve:
            serve(say)
