import json
import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agreements.interchange.garbled import warning
from agreements.interchange.table import left_out
from agreements.interchange.writing import Stale
from agreements.models import Body
from tracker.importing import earlier_import, import_file
from tracker.interchange import KINDS, WORKBOOK

MOST_FAULTS = 10_000
NAMED = 5
"""Rows that a warning names; the others are counted."""
SOON = 3
"""Seconds after which the terminal is told how far the import is."""


class Command(BaseCommand):
    """`import_data KIND FILE`: a file of one kind, or a whole workbook; all of it is taken or nothing.

    Exit status 0 only if everything was (with --dry-run: would be) taken. With --json it prints {"new",
    "changed", "unchanged", "refused", "skipped", "errors": [{"sheet", "row", "column", "value", "message"}],
    "warnings": [{"sheet", "rows", "column", "message"}]}; rows that somebody else changed since the file was taken
    out count as refused. Row null: the file as a whole. Warnings stop nothing.
    A file that was written before (by an import on a page that is not undone) is told on stderr.
    """

    help = "Nhập một tệp CSV hoặc XLSX vào sổ: nhận tất cả hoặc không nhận gì."

    def add_arguments(self, parser):
        parser.add_argument(
            "kind", choices=[*KINDS, WORKBOOK], metavar="LOẠI", help=", ".join([*KINDS, WORKBOOK])
        )
        parser.add_argument("file", type=Path, metavar="TỆP")
        parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi gì")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        parser.add_argument("--office", help="mã cơ quan giữ những dòng không ghi cơ quan")
        parser.add_argument("--encoding", default="", help="bảng mã của tệp, nếu không tự nhận ra")
        parser.add_argument(
            "--numbers", choices=["vi", "en"], default="", help="“1.500” là 1500 (vi) hay 1,5 (en)"
        )
        parser.add_argument(
            "--alike",
            choices=["new"],
            default="",
            help="dòng không có mã mà giống bản ghi đã có là bản ghi mới (new)",
        )
        parser.add_argument("--year", default="", help="năm của những ngày không ghi năm")

    def handle(self, *, kind, file, **options):
        if not file.is_file():
            raise CommandError(f"Không có tệp {file}: hãy kiểm tra tên và thư mục.")
        self.warn(kind, file)
        answers = {name: options[name] for name in ("encoding", "numbers", "year", "alike") if options[name]}
        self.begun, self.last = time.monotonic(), 0
        try:
            outcome = import_file(
                kind, file, office=self.office(options["office"]), dry_run=options["dry_run"],
                answers=answers, most_faults=MOST_FAULTS, progress=self.progress,
            )  # fmt: skip
        except Stale as error:
            raise CommandError(str(error)) from error
        self.tell(outcome, options["json"], options["dry_run"])
        if not outcome.taken:
            sys.exit(1)

    def warn(self, kind, file):
        """Say on stderr that this very file was written before."""
        if earlier := earlier_import(kind, file):
            when = timezone.localtime(earlier.written_at)
            self.stderr.write(
                f"Cảnh báo: tệp này đã được ghi vào sổ lúc {when:%H:%M} {when.day}/{when.month}/{when.year} "
                f"({earlier.owner}, đợt nhập {earlier.pk})."
            )

    def office(self, code):
        if not code:
            return None
        if found := Body.objects.filter(code=code).first():
            return found
        raise CommandError(f"Không có cơ quan nào mang mã “{code}”: hãy kiểm tra mã.")

    def progress(self, done):
        now = time.monotonic()
        if now - self.begun > SOON and now - self.last > 1:
            self.last = now
            self.stderr.write(f"đã đọc {done} dòng …")

    def tell(self, outcome, as_json, dry_run):
        refused = outcome.refused + outcome.conflicting
        if as_json:
            told = {
                "new": outcome.new, "changed": outcome.changed, "unchanged": outcome.unchanged,
                "refused": refused, "skipped": sum(len(sheet["skipped"]) for sheet in outcome.sheets),
                "errors": [error_of(fault) for fault in outcome.faults],
                "warnings": [warning_of(*told) for told in outcome.warned],
            }  # fmt: skip
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        if outcome.odd:
            self.stderr.write(warning(outcome.odd))
        for sheet in outcome.sheets:
            if sheet["skipped"]:
                self.stderr.write(f"{sheet['kind']}: {left_out(sheet['skipped'])}")
        for kind, heading, sentence, rows in outcome.warned:
            column = f", cột {heading}" if heading else ""
            self.stderr.write(f"{kind}: dòng {named_rows(rows)}{column}: cảnh báo: {sentence}")
        for fault in outcome.faults:
            self.stderr.write(f"{fault.kind}: {fault}" if fault.kind else str(fault))
        verb = "sẽ nhận" if dry_run else "đã nhận" if outcome.taken else "chưa nhận gì"
        self.stdout.write(
            f"{verb}: {outcome.new} mới, {outcome.changed} thay đổi, "
            f"{outcome.unchanged} không đổi, {refused} bị từ chối"
        )


def named_rows(rows):
    """“2, 5, 9 và 40 dòng khác”."""
    more = f" và {len(rows) - NAMED} dòng khác" if len(rows) > NAMED else ""
    return ", ".join(map(str, rows[:NAMED])) + more


def warning_of(kind, heading, sentence, rows):
    return {"sheet": kind, "rows": rows, "column": heading, "message": sentence}


def error_of(fault):
    return {
        "sheet": fault.kind, "row": fault.row or None, "column": fault.column, "value": fault.value,
        "message": fault.sentence,
    }  # fmt: skip
