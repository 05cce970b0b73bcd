"""What a Word template may ask for: the placeholders, and their values for an office and a report."""

from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.reports.table import Sheet
from tracker.reports.word.ooxml import clean
from tracker.reports.writers import shown

BLANK = "…………"
"""What nobody but the office knows: filled in by hand, or written into the office's own template."""
BODY = "noi_dung"
LISTS = ("noi_nhan",)
REQUIRED = ("trich_yeu", BODY)
PLACEHOLDERS = {
    "co_quan_chu_quan": gettext_lazy("the body above the office, in capitals"),
    "co_quan": gettext_lazy("the office, in capitals"),
    "so_ky_hieu": gettext_lazy("number and symbol of the document"),
    "dia_danh": gettext_lazy("the place"),
    "ngay": gettext_lazy("“ngày … tháng … năm …”, the day to be filled in by hand"),
    "ten_loai": gettext_lazy("the kind of document: BÁO CÁO"),
    "trich_yeu": gettext_lazy("what the report is about, and as of which day"),
    "tu_ngay": gettext_lazy("the first day of the period, empty where the report tells of one day"),
    "tinh_den": gettext_lazy("the day as of which the report tells"),
    "dieu_kien": gettext_lazy("what the report was narrowed to: partner, field, office"),
    "nguoi_lap": gettext_lazy("who had the report made"),
    "noi_dung": gettext_lazy("the body of the report: alone in a paragraph, outside tables"),
    "noi_nhan": gettext_lazy("the recipients, a list of lines"),
    "chuc_vu": gettext_lazy("the office held by the signer"),
    "nguoi_ky": gettext_lazy("the signer"),
}
PREFIXES = ("Tỉnh ", "Thành phố ")
NAMED_IN_FULL = "Hồ Chí Minh"
"""A city named after a person keeps the word “Thành phố” before a date (Nghị định 30/2020/NĐ-CP)."""


def values(report, office=None, user=None):
    """{placeholder: plain text or list of texts} for all of PLACEHOLDERS but the body."""
    above = office.parent.name if office and office.parent else ""
    found = {
        "co_quan_chu_quan": above.upper() or BLANK,
        "co_quan": (office.name if office else settings.OFFICE_NAME).upper() or BLANK,
        "so_ky_hieu": "Số:        /BC-……",
        "dia_danh": place_of(office),
        "ngay": day_of_issue(timezone.localdate()),
        "ten_loai": "BÁO CÁO",
        "trich_yeu": subject(report),
        "tu_ngay": shown(report.begin) if getattr(report, "begin", None) else "",
        "tinh_den": shown(report.as_of) if report.as_of else "",
        "dieu_kien": "; ".join(f"{label}: {text}" for label, text in conditions(report)),
        "nguoi_lap": str(user) if user else "",
        "noi_nhan": [f"- {BLANK};", f"- Lưu: VT, {BLANK}"],
        "chuc_vu": BLANK,
        "nguoi_ky": BLANK,
    }
    return {
        name: [clean(one) for one in value] if name in LISTS else clean(value)
        for name, value in found.items()
    }


def conditions(report):
    return () if isinstance(report, Sheet) else report.conditions


def subject(report):
    """The title of a report, and as of which day, or over which days."""
    if not report.as_of:
        return str(report.title)
    if begin := getattr(report, "begin", None):
        days = {"title": report.title, "begin": shown(begin), "end": shown(report.as_of)}
        return _("%(title)s, from %(begin)s to %(end)s") % days
    return _("%(title)s, as of %(day)s") % {"title": report.title, "day": shown(report.as_of)}


def place_of(office):
    """The place as it stands before a date: “Hà Nội”, “Sơn La”, “Thành phố Hồ Chí Minh”."""
    if office is None or not office.area_id:
        return BLANK
    name = office.area.name
    if NAMED_IN_FULL in name:
        return name
    return next((name.removeprefix(word) for word in PREFIXES if name.startswith(word)), name)


def day_of_issue(today: date):
    """The month and year of `today`; the day is that of the signature. January and February are 01 and 02."""
    month = f"{today.month:02}" if today.month < 3 else str(today.month)
    return f"ngày      tháng {month} năm {today.year}"
