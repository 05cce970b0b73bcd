"""How commitments stand, worked out by hand: the rows of test_standing.py. Days as in docs/reports.md.

Asked on 30/6/2023 unless a case says otherwise: “soon” ends 28/9/2023, news before 1/1/2023 is stale, the window
of standing commitments begins 30/6/2022. The unit is “suất”; an agreement was signed on 1/1/2022.
"""

from dataclasses import dataclass, field
from datetime import date

MEASURED = {"kind": "cumulative", "unit": "scholarship"}
YEARLY = {"kind": "per_period", "every": "year", "unit": "scholarship", "period": "2021/2025"}
TASK = {"kind": "one_off"}
STANDING = {"kind": "standing"}


@dataclass
class Case:
    """`promise`: columns; `told`: what is known, see `tell`.

    `targets`: (period, minimum, maximum, party); the party is a counterpart, or "obligor:VN-W".
    """

    name: str
    promise: dict
    state: str
    health: str
    sentence: str
    targets: list = field(default_factory=list)
    told: list = field(default_factory=list)
    on: date = date(2023, 6, 30)
    about: bool = False
    reviewed: bool = False  # REVIEW_REQUIRED is on


def report(on, quantity=None, assessment="", **facts):
    return ("report", on, quantity, {"assessment": assessment, **facts})


def event(kind, held, quantity=None, how="serves", **facts):
    return (kind, held, quantity, {"how": how, **facts})


IN_2022 = {**MEASURED, "period": "2022"}
IN_2023 = {**MEASURED, "period": "2023"}
TO_2025 = {**MEASURED, "period": "2022/2025"}
T2022, T2023 = [("2022", 8, 10, "")], [("2023", 4, 4, "")]
TWENTY = [("2022/2025", 20, 20, "")]
OVER = "hạn 31/12/2022, quá 181 ngày"
END = "hạn 31/12/2025"
UNSURE = "chưa chắc chắn: có ngày chỉ biết đến tháng, năm, giai đoạn hoặc không rõ"

IN_ALL = [
    Case("nothing told of a running target", TO_2025, "no_news", "stale",
         f"chưa có số liệu, chỉ tiêu 20 suất giai đoạn 2022–2025; {END}", TWENTY),
    Case("a part is done", TO_2025, "in_progress", "on_time",
         f"3/20 suất giai đoạn 2022–2025 đã thực hiện (trong đó 3 chưa kiểm chứng); {END}; "
         f"cập nhật cuối 10/5/2023",
         TWENTY, [report("2023-05-10", 3)]),
    Case("verified and claimed apart", TO_2025, "in_progress", "on_time",
         f"8/20 suất giai đoạn 2022–2025 đã thực hiện (trong đó 3 chưa kiểm chứng); {END}; "
         f"cập nhật cuối 10/5/2023",
         TWENTY, [report("2023-05-10", 3), report("2023-04-01", 5, verified=True)]),
    Case("all is done", TO_2025, "done", "",
         "20/20 suất giai đoạn 2022–2025 đã thực hiện; cập nhật cuối 10/5/2023",
         TWENTY, [report("2022-05-10", 12, verified=True), report("2023-05-10", 8, verified=True)]),
    Case("more than all", TO_2025, "beyond", "",
         "25/20 suất giai đoạn 2022–2025 đã thực hiện; cập nhật cuối 10/5/2023",
         TWENTY, [report("2023-05-10", 25, verified=True)]),
    Case("what comes after the day does not count", TO_2025, "no_news", "stale",
         f"chưa có số liệu, chỉ tiêu 20 suất giai đoạn 2022–2025; {END}", TWENTY, [report("2023-07-01", 20)]),
    Case("a figure of 0 is known and is no work", TO_2025, "not_started", "on_time",
         f"0/20 suất giai đoạn 2022–2025 đã thực hiện; {END}; cập nhật cuối 10/5/2023",
         TWENTY, [report("2023-05-10", 0)]),
    Case("words without a figure are work", TO_2025, "in_progress", "on_time",
         f"chưa có số liệu, chỉ tiêu 20 suất giai đoạn 2022–2025; {END}; cập nhật cuối 10/5/2023",
         TWENTY, [report("2023-05-10", done="đã trao đổi danh sách")]),
    Case("tenths add up", {**MEASURED, "period": "2022"}, "done", "",
         "0,8/0,8 suất năm 2022 đã thực hiện; cập nhật cuối 7/2022", [("2022", "0.8", "0.8", "")],
         [report("2022-06", "0.7", verified=True), report("2022-07", "0.1", verified=True)]),
    Case("a target without a period counts whatever comes", {**MEASURED, "period": "2022/2023"}, "done", "",
         "5/5 suất đã thực hiện; "
         "cập nhật cuối 9/2021", [("", 5, 5, "")], [report("2021-09", 5, verified=True)]),
    Case("a corrected figure does not count", IN_2022, "partly", "overdue",
         f"7/8–10 suất năm 2022 đã thực hiện (trong đó 7 chưa kiểm chứng); {OVER}; cập nhật cuối 6/2022",
         T2022, [report("2022-06", 90), report("2022-06", 7, corrects=1)]),
    Case("a correction that comes later does not count yet", IN_2022, "beyond", "",
         "90/8–10 suất năm 2022 đã thực hiện (trong đó 90 chưa kiểm chứng); cập nhật cuối 6/2022",
         T2022, [report("2022-06", 90), report("2023-08", 7, corrects=1)]),
]  # fmt: skip

RANGES = [
    Case("7 of 8–10, late", IN_2022, "partly", "overdue",
         f"7/8–10 suất năm 2022 đã thực hiện; {OVER}; cập nhật cuối 9/2022",
         T2022, [report("2022-09", 7, verified=True)]),
    *(Case(f"{number} of 8–10", IN_2022, state, "",
           f"{number}/8–10 suất năm 2022 đã thực hiện; cập nhật cuối 9/2022",
           T2022, [report("2022-09", number, verified=True)])
      for number, state in ((8, "done"), (9, "done"), (10, "done"), (11, "beyond"), (12, "beyond"))),
    Case("nothing of 8–10, late", IN_2022, "no_news", "overdue",
         f"chưa có số liệu, chỉ tiêu 8–10 suất năm 2022; {OVER}", T2022),
    Case("a figure after the period does not count for it", IN_2022, "in_progress", "overdue",
         "chưa có số liệu, chỉ tiêu 8–10 suất năm 2022; ngoài chỉ tiêu: 9 suất (1/2023); "
         f"{OVER}; cập nhật cuối 1/2023",
         T2022, [report("2023-01", 9)]),
    Case("a figure that may lie outside the period is not certain", IN_2022, "in_progress", "overdue",
         f"chưa có số liệu, chỉ tiêu 8–10 suất năm 2022; {OVER}; cập nhật cuối 11/2021–2/2022; {UNSURE}",
         T2022, [report("2021-11/2022-02", 9)], about=True),
    Case("a figure of a year that still runs is not certain", IN_2023, "in_progress", "on_time",
         f"chưa có số liệu, chỉ tiêu 4 suất năm 2023; hạn 31/12/2023; cập nhật cuối 2023; {UNSURE}",
         T2023, [report("2023", 4)], about=True),
    Case("a delivery without a date is not certain", IN_2022, "in_progress", "overdue",
         f"chưa có số liệu, chỉ tiêu 8–10 suất năm 2022; {OVER}; {UNSURE}",
         T2022, [event("delivery", "", 9)], about=True),
    Case("what may lie outside may be a part of what was to be done", IN_2022, "in_progress", "overdue",
         f"chưa có số liệu, chỉ tiêu 8–10 suất năm 2022; {OVER}; cập nhật cuối 11/2021–2/2022; {UNSURE}",
         T2022, [report("2021-11/2022-02", 2)], about=True),
    Case("a part more that may lie outside changes nothing", IN_2022, "partly", "overdue",
         f"3/8–10 suất năm 2022 đã thực hiện; {OVER}; cập nhật cuối 6/2022",
         T2022, [report("2022-06", 3, verified=True), report("2021-11/2022-02", 2)]),
    Case("done, and with what may lie outside beyond", IN_2022, "done", "",
         f"8/8–10 suất năm 2022 đã thực hiện; cập nhật cuối 6/2022; {UNSURE}",
         T2022, [report("2022-06", 8, verified=True), report("2021-11/2022-02", 5)], about=True),
    Case("done either way", IN_2022, "done", "", "8/8–10 suất năm 2022 đã thực hiện; cập nhật cuối 6/2022",
         T2022, [report("2022-06", 8, verified=True), report("2021-11/2022-02", 2)]),
    Case("news that may be of a later day leave it uncertain whether it is stale", {**TASK, "period": "2022/2024"},
         "in_progress", "stale",
         f"1 hoạt động hoặc báo cáo, không có chỉ tiêu bằng số; hạn 31/12/2024; cập nhật cuối 2022–2024; {UNSURE}",
         told=[event("delegation", "2022/2024")], about=True),
    Case("a year that is missed unless what may lie outside counts", YEARLY, "in_progress", "overdue",
         "1/3 chỉ tiêu đạt, 3 đã bắt đầu; chưa có số liệu, chỉ tiêu 8–10 suất năm 2023; "
         f"{OVER}; cập nhật cuối 11/2022–2/2023; {UNSURE}",
         [(str(year), 8, 10, "") for year in (2021, 2022, 2023)],
         [report("2021-09", 9), report("2022-11/2023-02", 8)], about=True),
    Case("an assessment that may come later does not matter where all is reached", IN_2022, "done", "",
         "9/8–10 suất năm 2022 đã thực hiện; cập nhật cuối 6/2023–7/2023",
         T2022, [report("2022-06", 9, verified=True), report("2023-06/2023-07", assessment="in_progress")]),
    *(Case(f"{number} of at most 5", IN_2022, state, "",
           f"{number}/≤ 5 suất năm 2022 đã thực hiện; cập nhật cuối 9/2022",
           [("2022", None, 5, "")], [report("2022-09", number, verified=True)])
      for number, state in ((0, "done"), (3, "done"), (5, "done"), (6, "beyond"))),
    Case("nothing known of at most 5", IN_2022, "no_news", "overdue",
         f"chưa có số liệu, chỉ tiêu ≤ 5 suất năm 2022; {OVER}", [("2022", None, 5, "")]),
]  # fmt: skip

YEARS = [("2021", 8, 10, ""), ("2022", 8, 10, ""), ("2023", 8, 10, "")]
ALL_YEARS = [(str(year), 8, 10, "") for year in range(2021, 2026)]
EACH_YEAR = [
    Case("each year, one running", YEARLY, "in_progress", "stale",
         "2/3 chỉ tiêu đạt, 3 đã bắt đầu; chưa có số liệu, chỉ tiêu 8–10 suất năm 2023; hạn 31/12/2023; "
         "cập nhật cuối 9/2022", YEARS, [report("2021-09", 9), report("2022-09", 8)]),
    Case("each year, one missed", YEARLY, "in_progress", "overdue",
         f"2/3 chỉ tiêu đạt, 3 đã bắt đầu; 8/8–10 suất năm 2023 đã thực hiện; {OVER}; cập nhật cuối 6/2023",
         YEARS, [report("2021-09", 9), report("2022-09", 7), report("2023-06", 8, verified=True)],),
    Case("all years so far are met and the period runs on", YEARLY, "in_progress", "on_time",
         "3/3 chỉ tiêu đạt, 3 đã bắt đầu; 8/8–10 suất năm 2023 đã thực hiện; cập nhật cuối 6/2023",
         YEARS, [report("2021-09", 9), report("2022-09", 8), report("2023-06", 8, verified=True)]),
    Case("all years are met", YEARLY, "done", "",
         "5/5 chỉ tiêu đạt, 5 đã bắt đầu; 8/8–10 suất năm 2025 đã thực hiện; cập nhật cuối 9/2025",
         ALL_YEARS, [report(f"{year}-09", 8, verified=True) for year in range(2021, 2026)], date(2026, 1, 31)),
    Case("the last year is missed", YEARLY, "partly", "overdue",
         "4/5 chỉ tiêu đạt, 5 đã bắt đầu; 7/8–10 suất năm 2025 đã thực hiện; hạn 31/12/2025, quá 31 ngày; "
         "cập nhật cuối 9/2025", ALL_YEARS,
         [*(report(f"{year}-09", 8) for year in range(2021, 2025)), report("2025-09", 7, verified=True)],
         date(2026, 1, 31)),
    Case("one year beyond, the others met", YEARLY, "beyond", "",
         "5/5 chỉ tiêu đạt, 5 đã bắt đầu; 8/8–10 suất năm 2025 đã thực hiện; cập nhật cuối 9/2025",
         ALL_YEARS, [report("2021-09", 12), *(report(f"{year}-09", 8, verified=True) for year in range(2022, 2026))],
         date(2026, 1, 31)),
    Case("the pattern of each year is no target itself", YEARLY, "in_progress", "stale",
         "1 hoạt động hoặc báo cáo, không có chỉ tiêu bằng số; hạn 31/12/2025; cập nhật cuối 9/2022",
         [("2021/2025", 8, 10, "")], [report("2022-09", 9)]),
]  # fmt: skip

VISITS = {"kind": "cumulative", "unit": "delegation", "period": "2022"}
TALKS = {"kind": "cumulative", "unit": "occasion", "period": "2022"}
TWO = [("2022", 2, 2, "")]
EVENTS = [
    Case("three of four scholarships were handed over", IN_2023, "in_progress", "due_soon",
         "3/4 suất năm 2023 đã bàn giao; hạn 31/12/2023; cập nhật cuối 12/9/2023",
         T2023, [event("delivery", "2023-09-12", 3, minutes=True)], date(2023, 10, 15)),
    Case("a delivery without minutes is a claim", IN_2023, "in_progress", "due_soon",
         "3/4 suất năm 2023 đã bàn giao (trong đó 3 chưa kiểm chứng); hạn 31/12/2023; "
         "cập nhật cuối 12/9/2023",
         T2023, [event("delivery", "2023-09-12", 3)], date(2023, 10, 15)),
    Case("a delivery and a report add up", IN_2023, "done", "",
         "4/4 suất năm 2023 đã thực hiện (trong đó 1 chưa kiểm chứng); cập nhật cuối 12/9/2023",
         T2023, [event("delivery", "2023-09-12", 3, minutes=True), report("2023-09-01", 1)], date(2023, 10, 15)),
    Case("a planned delivery is none", IN_2023, "no_news", "stale",
         "chưa có số liệu, chỉ tiêu 4 suất năm 2023; hạn 31/12/2023",
         T2023, [event("delivery", "2023-05", 4, status="planned")]),
    Case("a withdrawn delivery is none", IN_2023, "no_news", "stale",
         "chưa có số liệu, chỉ tiêu 4 suất năm 2023; hạn 31/12/2023",
         T2023, [event("delivery", "2023-05", 4, withdrawn_on=date(2023, 6, 1), withdrawn_reason="nhập trùng")]),
    Case("a delivery without an allocated quantity is work without a figure", IN_2023, "in_progress", "on_time",
         "chưa có số liệu, chỉ tiêu 4 suất năm 2023; hạn 31/12/2023; cập nhật cuối 5/2023",
         T2023, [event("delivery", "2023-05")]),
    Case("visits count as visits", VISITS, "done", "",
         "2/2 đoàn năm 2022 đã thực hiện (trong đó 2 chưa kiểm chứng); cập nhật cuối 1/8/2022",
         TWO, [event("delegation", "2022-05-26"), event("delegation", "2022-08-01")]),
    Case("a row of three visits is three", VISITS, "beyond", "",
         "3/2 đoàn năm 2022 đã thực hiện (trong đó 3 chưa kiểm chứng); cập nhật cuối 2022",
         TWO, [event("delegation", "2022", number=3)]),
    Case("several visits, not known how many, are no figure", VISITS, "in_progress", "overdue",
         f"chưa có số liệu, chỉ tiêu 2 đoàn năm 2022; {OVER}; cập nhật cuối 2022",
         TWO, [event("delegation", "2022", number=None)]),
    Case("that there was no visit is known, and no work", VISITS, "not_started", "overdue",
         f"0/2 đoàn năm 2022 đã thực hiện; {OVER}; cập nhật cuối 2022",
         TWO, [event("delegation", "2022", number=0)]),
    Case("a visit linked twice is one", VISITS, "partly", "overdue",
         f"1/2 đoàn năm 2022 đã thực hiện (trong đó 1 chưa kiểm chứng); {OVER}; cập nhật cuối 26/5/2022",
         TWO, [event("delegation", "2022-05-26"), event("again", "", how="discussed")]),
    Case("a part is not counted beside its whole", VISITS, "done", "",
         "2/2 đoàn năm 2022 đã thực hiện (trong đó 2 chưa kiểm chứng); cập nhật cuối 2022",
         TWO, [event("delegation", "2022", number=2), event("part", "2022-05-26")]),
    Case("talks count where talks are promised", TALKS, "partly", "overdue",
         f"1/2 cuộc năm 2022 đã thực hiện (trong đó 1 chưa kiểm chứng); {OVER}; cập nhật cuối 26/5/2022",
         TWO, [event("meeting", "2022-05-26")]),
    Case("the talks that made a promise do not perform it", TALKS, "no_news", "overdue",
         f"chưa có số liệu, chỉ tiêu 2 cuộc năm 2022; "
         f"{OVER}", TWO, [event("meeting", "2022-05-26", how="made")]),
    Case("a visit is no scholarship", IN_2023, "in_progress", "on_time",
         "chưa có số liệu, chỉ tiêu 4 suất năm 2023; hạn 31/12/2023; cập nhật cuối 26/5/2023",
         T2023, [event("delegation", "2023-05-26")]),
]  # fmt: skip

STANDINGS = [
    Case("nothing is known of a standing promise", STANDING, "idle", "stale", "chưa ghi nhận hoạt động nào"),
    Case("activity within the window", STANDING, "active", "on_time",
         "2 hoạt động trong 365 ngày gần đây, gần nhất 26/5/2023",
         told=[event("delegation", "2022-08-01"), event("meeting", "2023-05-26")]),
    Case("activity before the window", STANDING, "idle", "stale",
         "không ghi nhận hoạt động nào trong 365 ngày gần đây, tin gần nhất 26/5/2022",
         told=[event("delegation", "2022-05-26")]),
    Case("activity on the first day of the window", STANDING, "active", "stale",
         "1 hoạt động trong 365 ngày gần đây, gần nhất 30/6/2022", told=[event("delegation", "2022-06-30")]),
    Case("activity of a year that begins before the window is not certain", STANDING, "active", "stale",
         f"không ghi nhận hoạt động nào trong 365 ngày gần đây, tin gần nhất 2022; {UNSURE}",
         told=[event("delegation", "2022")], about=True),
    Case("no report of a pause is activity", STANDING, "paused", "",
         "báo cáo “tạm dừng” 5/2023 (Dịch bệnh); "
         "không ghi nhận hoạt động nào trong 365 ngày gần đây, tin gần nhất 5/2023",
         told=[report("2023-05", assessment="paused", reason="covid")]),
    Case("a standing promise is never late", {**STANDING, "period": "2022"}, "idle", "stale",
         "chưa ghi nhận hoạt động nào"),
    Case("a meeting linked twice is one activity of a standing promise", STANDING, "active", "on_time",
         "1 hoạt động trong 365 ngày gần đây, gần nhất 26/5/2023",
         told=[event("meeting", "2023-05-26"), event("again", "", how="discussed")]),
    Case("a standing wish has no health", {**STANDING, "strength": "wish"}, "idle", "", "chưa ghi nhận hoạt động nào"),
    Case("a standing promise of the next period", {**STANDING, "period": "2024/2026"}, "not_due", "on_time",
         "chưa ghi nhận hoạt động nào"),
]  # fmt: skip

SAID = [
    Case("once, nothing told", TASK, "no_news", "stale", "chưa có báo cáo, chưa ghi nhận hoạt động nào"),
    Case("once, something was done", TASK, "in_progress", "on_time",
         "1 hoạt động hoặc báo cáo, không có chỉ tiêu bằng số; cập nhật cuối 26/5/2023",
         told=[event("delegation", "2023-05-26")]),
    Case("a visit linked twice is one activity", TASK, "in_progress", "on_time",
         "1 hoạt động hoặc báo cáo, không có chỉ tiêu bằng số; cập nhật cuối 26/5/2023",
         told=[event("delegation", "2023-05-26"), event("again", "", how="discussed")]),
    Case("once, reported as done", TASK, "done", "",
         "báo cáo “hoàn thành” 5/2023; 1 hoạt động hoặc báo cáo, không có chỉ tiêu bằng số; "
         "cập nhật cuối 5/2023",
         told=[report("2023-05", assessment="done")]),
    Case("the latest assessment holds", TASK, "in_progress", "on_time",
         "2 hoạt động hoặc báo cáo, không có chỉ tiêu bằng số; cập nhật cuối 6/2023",
         told=[report("2023-05", assessment="done"), report("2023-06", assessment="in_progress")]),
    Case("an assessment after the day does not hold yet", TASK, "no_news", "stale",
         "c"
         "hưa có báo cáo, chưa ghi nhận hoạt động nào", told=[report("2023-07-01", assessment="not_performed")]),
    Case("an assessment of a year that still runs is not certain", TASK, "not_performed", "",
         f"báo cáo “không thực hiện” 2023; cập nhật cuối 2023; {UNSURE}",
         told=[report("2023", assessment="not_performed")], about=True),
    Case("paused with a reason", TO_2025, "paused", "",
         f"báo cáo “tạm dừng” 5/2023 (Dịch bệnh); chưa có số liệu, chỉ tiêu 20 suất giai đoạn 2022–2025; {END}; "
         "cập nhật cuối 5/2023", TWENTY, [report("2023-05", assessment="paused", reason="covid")]),
    Case("what is reached is done, though it was paused", IN_2022, "done", "",
         "8/8–10 suất năm 2022 đã thực hiện; cập nhật cuối 9/2022",
         T2022, [report("2022-06", assessment="paused"), report("2022-09", 8, verified=True)]),
    Case("said to be not performed", IN_2022, "not_performed", "",
         "báo cáo “không thực hiện” 12/2022; chưa có số liệu, chỉ tiêu 8–10 suất năm 2022; "
         "hạn 31/12/2022; cập nhật cuối 12/2022", T2022, [report("2022-12", assessment="not_performed")]),
    Case("said to be partly done", TASK, "partly", "on_time",
         "báo cáo “hoàn thành một phần” 5/2023; "
         "1 hoạt động hoặc báo cáo, không có chỉ tiêu bằng số; cập nhật cuối 5/2023",
         told=[report("2023-05", assessment="partly")]),
    Case("said to be not started", TASK, "not_started", "on_time",
         "báo cáo “chưa triển khai” 5/2023; cập nhật cuối 5/2023",
         told=[report("2023-05", assessment="not_started")]),
    Case("said to be carried over", TASK, "carried_over", "",
         "báo cáo “chuyển sang giai đoạn sau” 5/2023; cập nhật cuối 5/2023",
         told=[report("2023-05", assessment="carried_over")]),
    Case("goes on in the next agreement", TASK, "carried_over", "",
         "chuyển tiếp sang CK-SAU; "
         "chưa có báo cáo, chưa ghi nhận hoạt động nào", told=[("continued", "2023-01-15", None, {})]),
    Case("what continues it from a later day does not yet", TASK, "no_news", "stale",
         "chưa có báo cáo, chưa ghi nhận hoạt động nào", told=[("continued", "2023-07-15", None, {})]),
    Case("a mechanism is set up when it is said", {"kind": "mechanism"}, "done", "",
         "báo cáo “hoàn thành” 5/2023; 1 hoạt động hoặc báo cáo, không có chỉ tiêu bằng số; "
         "cập nhật cuối 5/2023",
         told=[report("2023-05", assessment="done")]),
]  # fmt: skip

PAPERS = [
    Case("a paper that is not signed", {"kind": "child", "period": "2022"}, "no_news", "overdue",
         f"văn bản chưa được ký; {OVER}"),
    Case("a paper that is signed", {"kind": "child", "period": "2022"}, "done", "", "đã ký: BGN-1; hạn 31/12/2022",
         told=[("child", "2022-11-04", None, {})]),
    Case("a paper signed after the day", {"kind": "child", "period": "2023"}, "no_news", "stale",
         "văn bản chưa được ký; hạn 31/12/2023", told=[("child", "2023-07-04", None, {})]),
    Case("a paper in draft", {"kind": "child", "period": "2022"}, "no_news", "overdue", f"văn bản chưa được ký; {OVER}",
         told=[("child", "2022-11-04", None, {"process": "drafting"})]),
]  # fmt: skip

DUE = [
    Case("due on the day itself", {**TASK, "period": "../2023-06-30"}, "no_news", "due_soon",
         "chưa có báo cáo, chưa ghi nhận hoạt động nào; hạn 30/6/2023"),
    Case("due the day before", {**TASK, "period": "../2023-06-29"}, "no_news", "overdue",
         "chưa có báo cáo, chưa ghi nhận hoạt động nào; hạn 29/6/2023, quá 1 ngày"),
    Case("due on the last day that is soon", {**TASK, "period": "../2023-09-28"}, "no_news", "due_soon",
         "chưa có báo cáo, chưa ghi nhận hoạt động nào; hạn 28/9/2023"),
    Case("due one day later", {**TASK, "period": "../2023-09-29"}, "no_news", "stale",
         "chưa có báo cáo, chưa ghi nhận hoạt động nào; hạn 29/9/2023"),
    Case("news on the last day that is not stale", TASK, "in_progress", "on_time",
         "1 hoạt động hoặc báo cáo, không có chỉ tiêu bằng số; "
         "cập nhật cuối 1/1/2023", told=[event("meeting", "2023-01-01")]),
    Case("news one day earlier", TASK, "in_progress", "stale",
         "1 hoạt động hoặc báo cáo, không có chỉ tiêu bằng số; cập nhật cuối 31/12/2022",
         told=[event("meeting", "2022-12-31")]),
    Case("the next period has not begun", {**MEASURED, "period": "2024/2025"}, "not_due", "on_time",
         f"chưa có số liệu, chỉ tiêu 20 suất giai đoạn 2024–2025; {END}", [("2024/2025", 20, 20, "")]),
    Case("what was done before it began is work", {**MEASURED, "period": "2024/2025"}, "in_progress", "on_time",
         f"chưa có số liệu, chỉ tiêu 20 suất giai đoạn 2024–2025; {END}; cập nhật cuối 5/2023",
         [("2024/2025", 20, 20, "")], [report("2023-05", done="đã chọn trường")]),
    Case("a proposal is never late", {**TASK, "period": "2022", "strength": "proposal"}, "no_news", "",
         "chưa có báo cáo, chưa ghi nhận hoạt động nào; hạn 31/12/2022"),
    Case("a task of a leader is", {**TASK, "period": "2022", "strength": "task"}, "no_news", "overdue",
         f"chưa có báo cáo, chưa ghi nhận hoạt động nào; {OVER}"),
    Case("what one side announced is", {**TASK, "period": "2022", "strength": "announced"}, "no_news", "overdue",
         f"chưa có báo cáo, chưa ghi nhận hoạt động nào; {OVER}"),
]  # fmt: skip

BY_PARTY = [("2022", 3, 3, "LA-A"), ("2022", 3, 3, "LA-B")]
PARTIES = [
    Case("two counterparts, one of them served", IN_2022, "partly", "overdue",
         f"1/2 chỉ tiêu đạt, 2 đã bắt đầu; chưa có số liệu, chỉ tiêu 3 suất với LA-B năm 2022; "
         f"{OVER}; cập nhật cuối 6/2022",
         BY_PARTY, [report("2022-06", 6, counterpart="LA-A")]),
    Case("two counterparts, both served", IN_2022, "done", "",
         "2/2 chỉ tiêu đạt, 2 đã bắt đầu; 3/3 suất với LA-B năm 2022 đã thực hiện; cập nhật cuối 7/2022",
         BY_PARTY, [report("2022-06", 3, counterpart="LA-A"), report("2022-07", 3, counterpart="LA-B", verified=True)]),
    Case("a split of a whole target does not decide", IN_2022, "done", "",
         "6/6 suất năm 2022 đã thực hiện; cập nhật cuối 6/2022",
         [("2022", 6, 6, ""), *BY_PARTY], [report("2022-06", 6, counterpart="LA-A", verified=True)]),
]  # fmt: skip

SET = [
    Case("an officer says that it is done", IN_2022, "done", "",
         "cán bộ xác định, đến hết 31/12/2023: phía bạn đã nhận đủ; chưa có số liệu, chỉ tiêu 8–10 suất năm 2022; "
         "hạn 31/12/2022", T2022, [("set", "2023-01-01", "2023-12-31", {"state": "done"})]),
    Case("what an officer said has lapsed", IN_2022, "no_news", "overdue",
         f"chưa có số liệu, chỉ tiêu 8–10 suất năm 2022; {OVER}",
         T2022, [("set", "2023-01-01", "2023-06-29", {"state": "done"})]),
    Case("what an officer says from tomorrow", IN_2022, "no_news", "overdue",
         f"chưa có số liệu, chỉ tiêu 8–10 suất năm 2022; {OVER}",
         T2022, [("set", "2023-07-01", "2023-12-31", {"state": "done"})]),
    Case("the last of two says", IN_2022, "paused", "",
         "cán bộ xác định, đến hết 31/7/2023: phía bạn đã nhận đủ; chưa có số liệu, chỉ tiêu 8–10 suất năm 2022; "
         "hạn 31/12/2022", T2022, [("set", "2023-01-01", "2023-12-31", {"state": "done"}),
                                   ("set", "2023-05-01", "2023-07-31", {"state": "paused"})]),
    Case("an open state that an officer set is not late where all is reached", IN_2022, "in_progress", "stale",
         "cán bộ xác định, đến hết 31/12/2023: phía bạn đã nhận đủ; "
         "9/8–10 suất năm 2022 đã thực hiện; cập nhật cuối 9/2022",
         T2022, [report("2022-09", 9, verified=True), ("set", "2023-01-01", "2023-12-31", {"state": "in_progress"})]),
]  # fmt: skip

CASES = [
    *IN_ALL, *RANGES, *EACH_YEAR, *EVENTS, *STANDINGS, *SAID, *PAPERS, *DUE, *PARTIES, *SET,
]  # fmt: skip
