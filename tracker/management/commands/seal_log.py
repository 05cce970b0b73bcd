from django.core.management.base import BaseCommand, CommandError

from tracker.locking import Busy
from tracker.trace import sealing


class Command(BaseCommand):
    """`seal_log`: check what is sealed, then seal the rest; `--check` only checks; `--amend REASON` after an upgrade.

    Exit status 1 where a sealed row or a seal is not as it was.
    """

    help = "Kiểm tra niêm phong của nhật ký rồi niêm phong phần mới."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, không niêm phong")
        parser.add_argument(
            "--amend",
            metavar="LÝ DO",
            help="chấp nhận nhật ký như hiện nay sau khi nâng cấp bằng tay; lý do được ghi vào chuỗi",
        )

    def handle(self, *, check, amend, **options):
        if amend:
            sealing.amend(amend)
        try:
            faults = sealing.verify() if check else sealing.seal()[1]
        except Busy as error:
            raise CommandError(str(error)) from error
        if faults:
            raise CommandError("\n".join(faults))
        if (head := sealing.head()) is None:
            self.stdout.write("Nhật ký chưa có niêm phong.")
            return
        self.stdout.write(f"Nhật ký nguyên vẹn; niêm phong số {head['number']}: {head['mac']}")
        self.stdout.write(f"Chưa niêm phong: {sealing.unsealed()} dòng.")
