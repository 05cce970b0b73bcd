from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tracker.loading import SEEDS_DIR, LoadError, load_seeds
from tracker.management.commands.load_reference import report


class Command(BaseCommand):
    """Load the facts of the source documents, or the files of a folder; twice gives once."""

    help = "Nạp dữ kiện của các tài liệu nguồn (chạy lại không nhân đôi)."

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", nargs="?", type=Path, default=SEEDS_DIR, help="thư mục chứa tệp CSV (mặc định: seeds)"
        )

    def handle(self, *, folder, **options):
        if not folder.is_dir():
            raise CommandError(f"Không có thư mục {folder}: hãy chỉ đến thư mục chứa các tệp CSV.")
        try:
            report(self.stdout, load_seeds(folder))
        except LoadError as error:
            raise CommandError(str(error)) from error
