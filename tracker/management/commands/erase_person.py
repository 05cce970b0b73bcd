from django.core.management.base import BaseCommand, CommandError

from tracker.management.commands.person_data import person_of
from tracker.personal.sweeping import Refused, erase
from tracker.personal.views import remaining
from tracker.trace.sealing import Broken


class Command(BaseCommand):
    """`erase_person CODE --reason TEXT`: erase a person from tables, histories, logs, copies and file names."""

    help = "Xóa dữ liệu cá nhân của một người khỏi bảng, lịch sử, nhật ký, bản chốt và tên tệp."

    def add_arguments(self, parser):
        parser.add_argument("code", help="mã của người đó")
        parser.add_argument("--reason", required=True, help="số, ngày của yêu cầu; không ghi tên người đó")
        parser.add_argument("--yes", action="store_true", help="không hỏi lại")

    def handle(self, *, code, reason, yes, **options):
        person = person_of(code)
        if not yes and input(f"Gõ lại mã {code} để xóa hẳn: ").strip() != code:
            raise CommandError("Mã gõ lại không khớp: chưa xóa gì.")
        try:
            done = erase(person, reason)
        except (Refused, Broken) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Đã xóa dữ liệu cá nhân ở {sum(done.rows.values())} dòng.")
        for sentence in remaining(done):
            self.stdout.write(sentence)
