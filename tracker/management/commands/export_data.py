from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from agreements.interchange.csv_out import write_csv
from agreements.interchange.exporting import rows_out, sheet_out
from agreements.interchange.xlsx import write_xlsx
from tracker.interchange import KINDS, WORKBOOK

HEADERS = ("vi", "en", "key")
SEPARATORS = {",": ",", ";": ";"}


class Command(BaseCommand):
    """`export_data KIND --out FILE`: a kind, or the whole register as a workbook, which import_data reads back."""

    help = "Xuất một loại bản ghi (hoặc cả sổ: workbook) ra tệp CSV hay XLSX; nhập lại được nguyên vẹn."

    def add_arguments(self, parser):
        parser.add_argument(
            "kind", choices=[*KINDS, WORKBOOK], metavar="LOẠI", help=", ".join([*KINDS, WORKBOOK])
        )
        parser.add_argument("--format", choices=["csv", "xlsx"], help="mặc định theo đuôi tệp")
        parser.add_argument("--headers", choices=HEADERS, default="vi", help="tiêu đề cột (mặc định: vi)")
        parser.add_argument("--separator", choices=SEPARATORS, default=",", help="dấu ngăn cột của CSV")
        parser.add_argument("--out", type=Path, required=True, metavar="TỆP")

    def handle(self, *, kind, out, headers, separator, **options):
        form = options["format"] or out.suffix.lstrip(".").lower()
        if form not in ("csv", "xlsx"):
            raise CommandError("Hãy chọn --format csv hoặc xlsx, hay đặt tên tệp có đuôi .csv hoặc .xlsx.")
        if kind == WORKBOOK and form == "csv":
            raise CommandError("Cả sổ chỉ xuất được ra XLSX: hãy chọn --format xlsx.")
        try:
            with open(out, "wb") as stream:
                self.write(stream, kind, form, headers, separator)
        except OSError as error:
            raise CommandError(f"Không ghi được {out}: {error.strerror}.") from error
        self.stdout.write(f"đã xuất: {out}")

    def write(self, stream, kind, form, headers, separator):
        if form == "csv":
            write_csv(stream, *rows_out(KINDS[kind], headers=headers), separator)
            return
        kinds = KINDS.values() if kind == WORKBOOK else [KINDS[kind]]
        write_xlsx(stream, (sheet_out(one, headers=headers) for one in kinds))
