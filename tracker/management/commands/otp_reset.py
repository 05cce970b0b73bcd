"""Take away somebody's second factor: the phone is lost, and so are the recovery codes."""

from django.core.management.base import BaseCommand, CommandError

from agreements.models import User
from tracker.door.second_factor import forget


class Command(BaseCommand):
    help = "Xóa bước đăng nhập thứ hai của một tài khoản (mất điện thoại và mã dự phòng)."

    def add_arguments(self, parser):
        parser.add_argument("username", help="tên đăng nhập")

    def handle(self, *args, username, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(
                f"Không có tài khoản “{username}”: hãy xem tên đăng nhập trong danh sách cán bộ."
            )
        if not forget(user):
            raise CommandError(f"Tài khoản “{username}” chưa lập bước đăng nhập thứ hai: không có gì để xóa.")
        self.stdout.write(f"Đã xóa bước đăng nhập thứ hai của “{username}”: lần đăng nhập tới sẽ lập lại.")
