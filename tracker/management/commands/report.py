"""Reports from the command line, for a task planner or a script."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements import dates, names
from agreements.models import Agreement, Body, Locality, Organization, Term
from agreements.resources.records import WrittenCodes, divisions
from tracker.reports import writers
from tracker.reports.agreement_sheet import agreement_sheet
from tracker.reports.catalogue import BY_SLUG, REPORTS
from tracker.reports.faults import NoFile
from tracker.reports.formats import FILES, Asked, written

TABLE = "table"
FORMATS = (TABLE, *FILES)


NAMED = {
    "partner": (Locality, "địa phương đối tác: mã hoặc tên"),
    "place": (Locality, "địa phương của ta: mã hoặc tên"),
    "field": (Term, "lĩnh vực hợp tác: mã hoặc tên"),
    "unit": (
        Organization,
        "đơn vị chủ trì, đầu mối, cử hoặc đón đoàn: mã hoặc tên; ở báo cáo đoàn, none: chưa ghi",
    ),
    "office": (Organization, "cơ quan giữ hồ sơ: mã hoặc tên"),
    "item": (Term, "nội dung hỗ trợ: mã hoặc tên"),
}
"""{filter of a report: (what its value names, help)}."""
DAY = "ví dụ 2023-06-30 hoặc 30/6/2023"
TIMES = {
    "on": ("on", f"ngày tính, {DAY}; mặc định hôm nay"),
    "period": ("period", "kỳ báo cáo: 2022-H1 (6 tháng đầu năm) hoặc 2022 (cả năm)"),
    "begin": ("from", f"từ ngày, {DAY}"),
    "end": ("to", f"đến hết ngày, {DAY}"),
    "rates": ("rates", "tỷ giá tự nêu: USD=25.000; LAK=1,2"),
    "rates_on": ("rates-on", "ngày của tỷ giá"),
}
"""{field of a question: (option, help)}."""

NOT_LISTED = {
    "field": gettext_lazy("“%(value)s” is no field of cooperation: write its code."),
    "item": gettext_lazy("“%(value)s” is no item of aid: write its code."),
}


class Command(BaseCommand):
    """`report SLUG --on 2023-06-30` or `--from … --to …`, and `report agreement-sheet CODE`."""

    help = "In một báo cáo (tình hình thỏa thuận, tiến độ cam kết …) hoặc phiếu một thỏa thuận."

    def add_arguments(self, parser):
        reports = parser.add_subparsers(metavar="report", dest="report", required=True)
        for report in REPORTS:
            one = reports.add_parser(report.slug, help=str(report.title))
            for name in report.question.times:
                option, words = TIMES[name]
                one.add_argument(f"--{option}", dest=name, help=words)
            for name in report.question.shared:
                one.add_argument(f"--{name}", help=words_of(report.question, name))
            self.add_forms(one)
        sheet = reports.add_parser("agreement-sheet", help="một thỏa thuận")
        sheet.add_argument("code", help="mã thỏa thuận; cơ quan/mã nếu hai cơ quan dùng một mã")
        sheet.add_argument("--on", help=TIMES["on"][1])
        self.add_forms(sheet)

    def add_forms(self, parser):
        parser.add_argument("--format", choices=FORMATS, default="table", help="dạng của báo cáo")
        parser.add_argument("--letterhead", help="cơ quan đứng tên trên bản Word: mã hoặc tên")
        parser.add_argument("--out", type=Path, help="ghi vào tệp thay vì màn hình")

    def handle(self, *, report, **options):
        if report == "agreement-sheet":
            made = sheet(options["code"], day(options["on"]))
        else:
            made = answer(BY_SLUG[report], options)
        self.deliver(formed(made, options), options["out"])

    def deliver(self, text, out):
        if out is None and isinstance(text, bytes):
            raise CommandError(_("This form needs a file: name it with --out."))
        if out is None:
            if hasattr(sys.stdout, "reconfigure"):  # some consoles of Windows have no Vietnamese
                sys.stdout.reconfigure(errors="replace")
            self.stdout.write(text, ending="")
            return
        try:
            out.write_bytes(text if isinstance(text, bytes) else text.encode())
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be written: %(why)s.") % {"file": out, "why": error.strerror}
            ) from error


def words_of(question, name):
    """What a filter of a report takes: “Chiều: given (ta hỗ trợ), received (ta được hỗ trợ)”."""
    if name in NAMED:
        return NAMED[name][1]
    asked = question.filters.base_filters[name]
    choices = asked.extra.get("choices", ())
    written = () if callable(choices) else choices  # what the register holds is not listed
    told = ", ".join(value if value == label else f"{value} ({label})" for value, label in written if value)
    return f"{asked.label}: {told}".replace("%", "%%") if told else str(asked.label)


def formed(report, options):
    """The report in the form asked for; a Word document bears the letterhead of the office named."""
    if options["format"] == TABLE:
        return writers.to_text(report)
    named = options["letterhead"] or options.get("office")
    office = body(Organization, named) if named else None
    try:
        return written(report, options["format"], Asked(office))
    except NoFile as error:
        raise CommandError(str(error)) from error


def day(text):
    """The day asked for, today without one."""
    if not text:
        return timezone.localdate()
    try:
        found = dates.parse(text)
    except dates.DateError as error:
        raise CommandError(str(error)) from error
    if found.precision != "day":
        raise CommandError(_("“%(value)s” is not one day: write it as 30/6/2023.") % {"value": text})
    return found.first


def answer(report, options):
    """The report, asked as a page would ask it; what the question refuses is one sentence."""
    asked = {name: options[name] for name in report.question.times if options[name]}
    for name in report.question.shared:
        if text := options[name]:
            asked[name] = (
                text if name not in NAMED or is_none(report, name, text) else str(named(name, text).pk)
            )
    question = report.question(asked, timezone.localdate())
    if not question.is_valid:
        raise CommandError(" ".join(str(error) for field in question.fields for error in field.errors))
    return report.build(question)


def is_none(report, name, text):
    """Whether `text` asks a filter for what is not recorded, where its page offers that ("none")."""
    one = report.question.filters.base_filters.get(name)
    return bool(one and one.extra.get("null_label")) and text == one.null_value


def named(name, text):
    """What the value `text` of the filter `name` names."""
    model = NAMED[name][0]
    return term_named(name, text) if model is Term else body(model, text)


def body(model, text):
    """The body with this code, else of this name."""
    if found := Body.objects.filter(code=text).first():
        return found
    try:
        return model.objects.resolve(text)
    except (names.UnknownName, names.AmbiguousName) as error:
        raise CommandError(str(error)) from error


def term_named(name, text):
    """The field or item with this code or name."""
    terms = Term.objects.filter(vocabulary=Term.Vocabulary(name))
    found = terms.filter(Q(code=text) | Q(key=names.key(text))).first()
    if found is None:
        sentence = NOT_LISTED[name]
        raise CommandError(str(sentence) % {"value": text})
    return found


def sheet(text, on):
    """The sheet of the agreement with this code, or OFFICE/CODE where two offices use one code."""
    meant = Q(code=text)
    for office, code in divisions(text):
        meant |= Q(code=code, office__code=office)
    found = list(Agreement.objects.counted().filter(meant).select_related("office")[:5])
    if not found:
        raise CommandError(_("There is no agreement with the code “%(value)s”.") % {"value": text})
    if len(found) > 1:
        codes = WrittenCodes(Agreement)
        raise CommandError(
            _("“%(code)s” names more than one record: write which one is meant (%(choices)s).")
            % {"code": text, "choices": ", ".join(codes.written(one.office.code, one.code) for one in found)}
        )
    return agreement_sheet(found[0].pk, on)
