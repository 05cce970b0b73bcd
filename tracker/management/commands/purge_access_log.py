from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.trace import sealing


class Command(BaseCommand):
    """Delete the access log older than ACCESS_LOG_DAYS; the chain of seals says so."""

    help = "Xóa nhật ký truy cập cũ hơn ACCESS_LOG_DAYS ngày; chuỗi niêm phong ghi lại việc xóa."

    def handle(self, **options):
        try:
            count = sealing.purge_accesses(timezone.now() - timedelta(days=settings.ACCESS_LOG_DAYS))
        except sealing.Broken as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Đã xóa {count} dòng nhật ký truy cập.")
