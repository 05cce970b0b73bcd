from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agreements.models import Person
from tracker.personal.telling import person_data
from tracker.reports.workbook import to_xlsx
from tracker.reports.writers import to_json


class Command(BaseCommand):
    """`person_data CODE [-o FILE]`: everything held of one person, as JSON, or as XLSX where FILE ends so."""

    help = "Xuất mọi dữ liệu mà sổ đang giữ về một người (Luật 91/2025/QH15)."

    def add_arguments(self, parser):
        parser.add_argument("code", help="mã của người đó")
        parser.add_argument(
            "-o", "--output", type=Path, help="tệp .json hoặc .xlsx; không có thì in ra màn hình"
        )

    def handle(self, *, code, output, **options):
        sheet = person_data(person_of(code), timezone.localdate())
        if output is None:
            self.stdout.write(to_json(sheet))
        elif output.suffix.lower() == ".xlsx":
            output.write_bytes(to_xlsx(sheet))
        else:
            output.write_text(to_json(sheet), encoding="utf-8")


def person_of(code):
    """The person with this code, also one who is deleted and only in the history. Raises CommandError."""
    if person := Person.objects.filter(code=code).first():
        return person
    if past := Person.history.filter(code=code).order_by("-history_id").first():
        return past.instance
    raise CommandError(f"Không có người nào mang mã “{code}”: hãy xem mã trong danh sách nhân vật.")
