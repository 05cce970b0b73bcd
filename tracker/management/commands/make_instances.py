from django.core.management.base import BaseCommand
from django.db.models import F

from tracker.management.commands.report import day
from tracker.progress.instances import make_instances, without_start

SHOWN = 20
"""Commitments without a known start that are named."""


class Command(BaseCommand):
    """Make the targets of single periods that recurring commitments lack; twice makes nothing twice.

    The server does so at every start and after every change; a task planner may do so every night.
    """

    help = "Lập chỉ tiêu từng kỳ (năm, nửa năm, quý, tháng) cho các cam kết lặp lại; chạy lại không nhân đôi."

    def add_arguments(self, parser):
        parser.add_argument(
            "--on",
            metavar="NGÀY",
            help="lập cho các kỳ đã bắt đầu đến ngày này, ví dụ 30/6/2023; mặc định hôm nay",
        )

    def handle(self, *, on, **options):
        on = day(on)
        self.stdout.write(
            f"Đã lập {make_instances(on)} chỉ tiêu theo kỳ (đến ngày {on.day}/{on.month}/{on.year})."
        )
        self.tell_startless(without_start(on))

    def tell_startless(self, commitments):
        """Name the commitments for which nothing can be made."""
        count = commitments.count()
        if not count:
            return
        rows = commitments.annotate(keeper=F("office__code")).order_by("keeper", "code")[:SHOWN]
        named = ", ".join(f"{row.keeper}/{row.code}" for row in rows)
        more = f" và {count - SHOWN} cam kết khác" if count > SHOWN else ""
        self.stdout.write(
            f"{count} cam kết chưa biết kỳ bắt đầu nên chưa lập được: {named}{more}. Hãy ghi thời hạn cho cam kết"
            " hoặc thỏa thuận."
        )
