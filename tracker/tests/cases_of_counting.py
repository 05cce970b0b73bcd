"""What counts once, for which party and target, and what waits for review: more rows of test_standing.py."""

from datetime import date

from tracker.tests.cases_of_standing import (
    IN_2022,
    OVER,
    T2022,
    TALKS,
    TASK,
    TWO,
    UNSURE,
    VISITS,
    Case,
    event,
    report,
)

TEXTS = {"kind": "cumulative", "unit": "document", "period": "2022"}
UNDER = [
    Case("papers signed under the framework count", TEXTS, "done", "",
         "2/2 văn bản năm 2022 đã thực hiện; cập nhật cuối 1/6/2022",
         [("2022", 2, 2, "")], [("under", "2022-05-01", None, {}), ("under", "2022-06-01", None, {})]),
    Case("a record of two papers is two", TEXTS, "done", "", "2/2 văn bản năm 2022 đã thực hiện; cập nhật cuối 2022",
         [("2022", 2, 2, "")], [("under", "2022", None, {"number": 2})]),
    Case("what is in draft, withdrawn or signed later does not", TEXTS, "no_news", "overdue",
         f"chưa có số liệu, chỉ tiêu 2 văn bản năm 2022; {OVER}",
         [("2022", 2, 2, "")],
         [("under", "2022-05-01", None, {"process": "drafting"}), ("under", "2023-07-01", None, {}),
          ("under", "2022-05-01", None, {"withdrawn_on": date(2023, 1, 1), "withdrawn_reason": "nhập trùng"})]),
    Case("of two commitments that count papers nobody knows which is performed", TEXTS, "no_news", "overdue",
         f"chưa có số liệu, chỉ tiêu 2 văn bản năm 2022; {OVER}",
         [("2022", 2, 2, "")], [("under", "2022-05-01", None, {}), ("rival", "", None, {})]),
    Case("a scholarship is no paper", IN_2022, "no_news", "overdue",
         f"chưa có số liệu, chỉ tiêu 8–10 suất năm 2022; {OVER}", T2022, [("under", "2022-05-01", None, {})]),
]  # fmt: skip

EARLY = {**VISITS, "period": "2022-01/2022-06"}
THREE = [("2022", 3, 3, "")]
ONCE = [
    Case("a visit linked twice with one each is one", VISITS, "partly", "overdue",
         f"1/2 đoàn năm 2022 đã thực hiện (trong đó 1 chưa kiểm chứng); {OVER}; cập nhật cuối 26/5/2022",
         TWO, [event("delegation", "2022-05-26", 1), event("again", "", 1, how="discussed")]),
    Case("a part that says how many is not counted beside its whole", VISITS, "partly", "overdue",
         f"2/3 đoàn năm 2022 đã thực hiện (trong đó 2 chưa kiểm chứng); {OVER}; cập nhật cuối 2022",
         THREE, [event("delegation", "2022", 2, number=2), event("part", "2022-05-26", 1)]),
    Case("a part counts where its whole does not say how many", VISITS, "partly", "overdue",
         f"1/2 đoàn năm 2022 đã thực hiện (trong đó 1 chưa kiểm chứng); {OVER}; cập nhật cuối 2022",
         TWO, [event("delegation", "2022", number=None), event("part", "2022-05-26")]),
    Case("a part of the first half counts in it where the whole may lie outside", EARLY,
         "done", "", "1/1 đoàn giai đoạn 1/2022–6/2022 đã thực hiện (trong đó 1 chưa kiểm chứng); cập nhật cuối 2022; "
         f"{UNSURE}",
         [("2022-01/2022-06", 1, 1, "")], [event("delegation", "2022", number=2), event("part", "2022-05-26")],
         about=True),
    Case("a delivery linked by its line and as a whole is one", IN_2022, "partly", "overdue",
         f"5/8–10 suất năm 2022 đã bàn giao (trong đó 5 chưa kiểm chứng); {OVER}; cập nhật cuối 26/5/2022",
         T2022, [event("delivery", "2022-05-26", 5), event("again", "", 5, line="slot")]),
    Case("lines of a delivery add up", IN_2022, "done", "",
         "8/8–10 suất năm 2022 đã bàn giao (trong đó 8 chưa kiểm chứng); cập nhật cuối 26/5/2022",
         T2022,
         [event("delivery", "2022-05-26"), event("again", "", 5, line="slot"), event("again", "", 3, line="book")]),
    Case("shares of a delivery by counterpart add up", IN_2022, "done", "",
         "8/8–10 suất năm 2022 đã bàn giao (trong đó 8 chưa kiểm chứng); cập nhật cuối 26/5/2022",
         T2022, [event("delivery", "2022-05-26", 5, counterpart="LA-A"), event("again", "", 3, counterpart="LA-B")]),
    Case("one visit to two counterparts is one", VISITS, "partly", "overdue",
         f"1/2 đoàn năm 2022 đã thực hiện (trong đó 1 chưa kiểm chứng); {OVER}; cập nhật cuối 26/5/2022",
         TWO, [event("delegation", "2022-05-26", 1, counterpart="LA-A"), event("again", "", 1, counterpart="LA-B")]),
]  # fmt: skip


def by(promise, *obligors):
    return {**promise, "roles": {"obligor": obligors}}


BEYOND_TARGETS = [
    Case("what was done in another year is told beside the target", IN_2022, "in_progress", "overdue",
         f"chưa có số liệu, chỉ tiêu 8–10 suất năm 2022; ngoài chỉ tiêu: 4 suất (2/2023); {OVER}; cập nhật cuối 2/2023",
         T2022, [report("2023-02", 4)]),
    Case("what was done before and after is told together", IN_2022, "done", "",
         "8/8–10 suất năm 2022 đã thực hiện; ngoài chỉ tiêu: 7 suất (gần nhất 2/2023); cập nhật cuối 2/2023",
         T2022, [report("2022-06", 8, verified=True), report("2021-02", 3), report("2023-02", 4)]),
    Case("what may lie in the period is not outside of it", IN_2022, "in_progress", "overdue",
         f"chưa có số liệu, chỉ tiêu 8–10 suất năm 2022; {OVER}; cập nhật cuối 12/2022–2/2023; {UNSURE}",
         T2022, [report("2022-12/2023-02", 4)], about=True),
    Case("what is another party's is told beside the target of one", IN_2022, "in_progress", "overdue",
         f"chưa có số liệu, chỉ tiêu 3 suất với LA-A năm 2022; ngoài chỉ tiêu: 5 suất (6/2022); {OVER}; "
         "cập nhật cuối 6/2022",
         [("2022", 3, 3, "LA-A")], [report("2022-06", 5, counterpart="LA-B")]),
    Case("a visit outside is told once", VISITS, "in_progress", "overdue",
         f"chưa có số liệu, chỉ tiêu 2 đoàn năm 2022; ngoài chỉ tiêu: 1 đoàn (26/5/2023); {OVER}; "
         "cập nhật cuối 26/5/2023",
         TWO, [event("delegation", "2023-05-26"), event("again", "", how="discussed")]),
]  # fmt: skip

OF_X = [("2022", 1, 1, "obligor:VN-W")]
WITH_A = [("2022", 1, 1, "LA-A")]
ONE_DONE = "1/1 đoàn {} năm 2022 đã thực hiện (trong đó 1 chưa kiểm chứng); cập nhật cuối 26/5/2022"
NONE_OF = (
    "chưa có số liệu, chỉ tiêu {} {} năm 2022; ngoài chỉ tiêu: {} (26/5/2022); "
    + OVER
    + "; cập nhật cuối 26/5/2022"
)
WHOSE = [
    Case("the visit that an obligor sent is its own", VISITS, "done", "", ONE_DONE.format("của VN-W"),
         OF_X, [event("delegation", "2022-05-26", roles={"sender": ["VN-W"], "host": ["LA-A"]})]),
    Case("the visit that an obligor received is its own", VISITS, "done", "", ONE_DONE.format("của VN-W"),
         OF_X, [event("delegation", "2022-05-26", roles={"sender": ["LA-A"], "host": ["VN-W"]})]),
    Case("where an obligor sent it, the one who received it did not", by(VISITS, "VN-W", "LA-A"),
         "in_progress", "overdue", NONE_OF.format("1", "đoàn của VN-W", "1 đoàn"),
         OF_X, [event("delegation", "2022-05-26", roles={"sender": ["LA-A"], "host": ["VN-W"]})]),
    Case("a visit that another sent is not the obligor's", VISITS, "in_progress", "overdue",
         NONE_OF.format("1", "đoàn của VN-W", "1 đoàn"),
         OF_X, [event("delegation", "2022-05-26", roles={"sender": ["VN-Z"], "host": ["LA-A"]})]),
    Case("one visit that two obligors sent together is each one's", by(VISITS, "VN-W", "VN-Z"),
         "done", "", ONE_DONE.format("của VN-W"),
         OF_X, [event("delegation", "2022-05-26", roles={"sender": ["VN-W", "VN-Z"]})]),
    Case("of what two obligors gave together nobody knows whose it was", by(IN_2022, "VN-W", "VN-Z"),
         "in_progress", "overdue", NONE_OF.format("1", "suất của VN-W", "5 suất"),
         OF_X, [event("delivery", "2022-05-26", 5, roles={"giver": ["VN-W", "VN-Z"], "receiver": ["LA-A"]})]),
    Case("what an obligor gave is its own", IN_2022, "beyond", "",
         "5/1 suất của VN-W năm 2022 đã bàn giao (trong đó 5 chưa kiểm chứng); cập nhật cuối 26/5/2022",
         OF_X, [event("delivery", "2022-05-26", 5, roles={"giver": ["VN-W"], "receiver": ["LA-A"]})]),
    Case("talks with a counterpart are with it", {**TALKS, "roles": {"counterpart": ["LA-A", "LA-B"]}}, "done", "",
         ONE_DONE.format("với LA-A").replace("đoàn", "cuộc"),
         WITH_A, [event("meeting", "2022-05-26", roles={"host": ["VN-W"], "participant": ["LA-A"]})]),
    Case("who is only mentioned takes no part", TALKS, "in_progress", "overdue",
         NONE_OF.format("1", "cuộc với LA-A", "1 cuộc"),
         WITH_A, [event("meeting", "2022-05-26", roles={"mentioned": ["LA-A"]})]),
    Case("the counterpart that a link names holds", TALKS, "in_progress", "overdue",
         NONE_OF.format("1", "cuộc với LA-A", "1 cuộc"),
         WITH_A, [event("meeting", "2022-05-26", counterpart="LA-B", roles={"participant": ["LA-A"]})]),
]  # fmt: skip

APPROVED, DRAFT = {"review_state": "approved", "verified": True}, {"review_state": "draft", "verified": True}
WAITS = "1 số liệu, hoạt động chờ duyệt"
REVIEWED = [
    Case("a draft correction takes nothing from an approved figure", IN_2022, "done", "",
         f"9/8–10 suất năm 2022 đã thực hiện; cập nhật cuối 6/2022; {WAITS}",
         T2022, [report("2022-06", 9, **APPROVED), report("2022-07", 1, corrects=1, **DRAFT)], reviewed=True),
    Case("an approved correction corrects", IN_2022, "partly", "overdue",
         f"1/8–10 suất năm 2022 đã thực hiện; {OVER}; cập nhật cuối 7/2022",
         T2022, [report("2022-06", 9, **APPROVED), report("2022-07", 1, corrects=1, **APPROVED)], reviewed=True),
    Case("a draft correction corrects where no review is required", IN_2022, "partly", "overdue",
         f"1/8–10 suất năm 2022 đã thực hiện; {OVER}; cập nhật cuối 7/2022",
         T2022, [report("2022-06", 9, **APPROVED), report("2022-07", 1, corrects=1, **DRAFT)]),
    Case("a draft correction takes nothing from an approved assessment", TASK, "done", "",
         "báo cáo “hoàn thành” 5/2023; 1 hoạt động hoặc báo cáo, không có chỉ tiêu bằng số; "
         f"cập nhật cuối 5/2023; {WAITS}",
         told=[report("2023-05", assessment="done", **APPROVED),
               report("2023-06", assessment="paused", corrects=1, **DRAFT)], reviewed=True),
]  # fmt: skip

CASES = [*UNDER, *ONCE, *BEYOND_TARGETS, *WHOSE, *REVIEWED]
