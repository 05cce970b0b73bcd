"""Rows without a code: the same file twice makes nothing twice, and what resembles a record is asked about."""

import io
import json

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override

from agreements.models import Agreement, Commitment, Document, Person, Progress
from agreements.models.record import Record
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_person,
    make_place,
    make_term,
)
from agreements.withdrawing import withdraw
from tracker.imports import working
from tracker.interchange import KINDS
from tracker.tests.importers import (  # noqa: F401
    State,
    asked,
    begin,
    counts,
    html,
    kept_apart,
    login,
    page,
    post,
    reply,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_apart")]
FILES = {
    "documents": "title;kind;number;issuer;issued_on\nBáo cáo;plan;;;\nKế hoạch;plan;1/KH;SNV-X;5/1/2023\n",
    "agreements": (
        "title;kind;parties;signed_on;fields;other_titles;sources\n"
        "Bản ghi nhớ;memorandum;VN-X|LA-X;2022;health;MOU;D-1:tr. 2\nBản ghi nhớ;memorandum;VN-X|LA-X;2023;;;\n"
    ),
    "commitments": (
        "agreement;text;kind;unit;period;minimum;maximum;obligors;lead;made_on;strength\n"
        "A-1;Học bổng;cumulative;student;2022–2025;20;25;VN-X;SNV-X;;signed\n;Thêm;standing;;;;;;;2022;wish\n"
    ),
    "progress": (
        "commitment;on;quantity;qualifier;done;verified;corrects\nC-1;2023;18;;Đã nhận;có;\nC-1;2022;10;;Đã nhận;;\n"
        "C-1;2022;11;hơn;Sửa;;7\n"
    ),
    "delegations": (
        "direction;name;held;senders;visited;head;head_title;people\n"
        "out;Đoàn;5/1/2022;VN-X;LA-X;nguyen-van-a;Chủ tịch;5\nin;Đoàn;;;;;Trưởng ban;\n"
    ),
    "meetings": "kind;held;place;hosts;chairs;results\ntalks;5/1/2022;LA;VN-X;nguyen-van-a;Bàn\ntalks;;;;;\n",
    "deliveries": "status;held;givers;receivers;note\nplanned;2023;VN-X;LA-X;Một\nplanned;;VN-X;LA-X;\n",
    "people": "name;country;other_names\nTrần Thị B;VN;Bê\n",
}


@pytest.fixture
def clerk():
    office = make_body()
    make_body(code="VN-X", name="Bên A"), make_body(code="LA-X", name="Bên B"), make_place("LA", "Lào")
    make_term("document_kind", "plan"), make_term("agreement_kind", "memorandum")
    make_term("field", "health"), make_term("unit", "student")
    make_person(code="nguyen-van-a"), make_document(code="D-1", office=office)
    agreement = make_agreement(code="A-1", office=office)
    commitment = make_commitment(agreement, code="C-1", kind="cumulative", unit=make_term("unit", "student"))
    Progress.objects.create(commitment=commitment, number=7, on="2021", quantity=3)
    return login("lan", is_superuser=True, office=office)


def told(job):
    return [sentence for _kind, _heading, sentence, _rows in job.spooled.warned if "Giống" in sentence]


@pytest.mark.parametrize("kind", FILES)
def test_the_same_file_without_codes_comes_in_once(clerk, kind):
    job = begin(clerk, FILES[kind], kind)
    rows = FILES[kind].count("\n") - 1
    assert (counts(job), asked(clerk, job)) == ({"new": rows}, []), [str(one) for one in job.spooled.faults()]
    write(clerk, job)
    model = KINDS[kind].model
    held = model.objects.count(), model.history.count()
    again = begin(clerk, FILES[kind], kind)
    assert (counts(again), asked(clerk, again), told(again)) == ({"unchanged": rows}, [], [])
    assert "Ghi " not in html(page(clerk, again)).partition("main-actions")[2].partition("</form>")[0]
    assert (model.objects.count(), model.history.count()) == held


OTHERWISE = [
    ("documents", "1/KH", "2/KH"),
    ("agreements", "health", "field:culture"),
    ("agreements", "VN-X|LA-X;2022", "VN-X;2022"),
    ("agreements", "tr. 2", "tr. 3"),
    ("agreements", "MOU", "MoU"),
    ("commitments", "2025;20;25", "2025;20;26"),
    ("commitments", "VN-X;SNV-X", "VN-X;VN-X"),
    ("progress", "C-1;2023;18", "C-1;2023;19"),
    ("progress", "Sửa;;7", "Sửa;;"),
    ("delegations", "Trưởng ban", "Phó ban"),
    ("meetings", "nguyen-van-a;Bàn", ";Bàn"),
    ("deliveries", "LA-X;Một", "LA-X;Hai"),
]


@pytest.mark.parametrize(("kind", "old", "new"), OTHERWISE)
def test_a_row_that_says_anything_else_is_not_taken_for_the_record(clerk, kind, old, new):
    make_term("field", "culture")
    write(clerk, begin(clerk, FILES[kind], kind))
    assert old in FILES[kind]
    rows = FILES[kind].count("\n") - 1
    assert counts(begin(clerk, FILES[kind].replace(old, new), kind)) == {"unchanged": rows - 1, "new": 1}


def test_every_kind_whose_code_may_be_made_is_tried():
    made = {kind for kind, one in KINDS.items() if issubclass(one.model, Record)} | {"progress", "people"}
    assert FILES.keys() == made


PLANS = "title;kind;note\nKế hoạch;plan;Một\n"


def test_what_resembles_a_record_is_told_with_its_code_and_written_only_when_confirmed(clerk):
    write(clerk, begin(clerk, PLANS, "documents"))
    code = Document.objects.latest("pk").code
    job = begin(clerk, PLANS.replace("Một", "Hai"), "documents")
    (question,) = asked(clerk, job)
    shown = page(clerk, job)
    assert (counts(job), question["about"], question["count"]) == ({"new": 1}, "alike", 1)
    assert [(heading, code in sentence) for heading, sentence in shown.context["rows"][0].warnings] == [
        ("", True)
    ]
    assert code in html(shown)
    write(clerk, job)
    assert (job.state, Document.objects.filter(title="Kế hoạch").count()) == (State.READY, 1)
    reply(clerk, job, pick="0:new")
    assert (asked(clerk, job), len(told(job))) == ([], 1)
    write(clerk, job)
    assert (job.state, Document.objects.filter(title="Kế hoạch").count()) == (State.WRITTEN, 2)


@pytest.mark.parametrize("data", [{"answer-0": ""}, {"pick": "1:new"}, {"pick": "0:"}])
def test_no_answer_confirms_nothing(clerk, data):
    write(clerk, begin(clerk, PLANS, "documents"))
    job = begin(clerk, PLANS.replace("Một", "Hai"), "documents")
    reply(clerk, job, **data)
    assert len(asked(clerk, job)) == 1


def test_rows_of_one_file_that_resemble_each_other_are_asked_about_and_come_in_once(clerk):
    text = "title;kind\nKế hoạch;plan\nBáo cáo;plan\nKế hoạch;plan\n"
    job = begin(clerk, text, "documents")
    (question,) = asked(clerk, job)
    assert (question["row"], question["count"], told(job)) == (
        4, 1, ["Giống dòng 2 của tệp này: nếu là một thì ghi “mã” hoặc bỏ dòng này."],
    )  # fmt: skip
    reply(clerk, job, pick="0:new")
    write(clerk, job)
    assert counts(begin(clerk, text, "documents")) == {"unchanged": 3}
    more = begin(clerk, text + "Kế hoạch;plan\n", "documents")
    assert (counts(more), len(asked(clerk, more))) == ({"unchanged": 3, "new": 1}, 1)


def test_reports_of_one_day_by_one_side_are_asked_about_and_corrections_not(clerk):
    write(clerk, begin(clerk, "commitment;on;done\nC-1;2023;Một\n", "progress"))
    job = begin(clerk, "commitment;on;done;corrects\nC-1;2023;Hai;\nC-1;2023;Ba;8\n", "progress")
    assert (counts(job), [one["count"] for one in asked(clerk, job)]) == ({"new": 2}, [1])
    assert told(job) == ["Giống C-1#8: nếu là một thì ghi “số thứ tự” hoặc bỏ dòng này."]


APART = [
    # what the record holds, what the row says, whether one may be the other
    ("deliveries", "planned;2023;VN-X;LA-X;", "planned;2023;VN-X;LA-Y;", False),
    ("deliveries", "planned;2023;VN-X;LA-X;", "planned;2023;VN-X;LA-X|LA-Y;", True),
    ("deliveries", "planned;2023;VN-X;LA-X;", "planned;2024;VN-X;LA-X;", False),
    ("deliveries", "planned;;VN-X;LA-X;", "planned;;VN-X;LA-X;Khác", False),
    ("meetings", "talks;5/1/2022;;VN-X;;", "talks;5/1/2022;;VN-X;nguyen-van-a;Bàn", True),
    ("meetings", "talks;5/1/2022;;VN-X;;", "talks;5/1/2022;;LA-X;;", False),
    ("meetings", "talks;5/1/2022;;;;", "working;5/1/2022;;;;", False),
    ("agreements", "Ghi nhớ;memorandum;;2022;;;", "Ghi nhớ;memorandum;;27/8/2022;;;", True),
    ("agreements", "Ghi nhớ;memorandum;;;;;", "Ghi nhớ;memorandum;;27/8/2022;;;", True),
    ("agreements", "Ghi nhớ;memorandum;;2022;;;", "Ghi nhớ;memorandum;;27/8/2023;;;", False),
    ("documents", "Kế hoạch;plan;1/KH;;", "Kế hoạch;plan;2/KH;;", False),
    ("documents", "Kế hoạch;plan;1/KH;;", "Kế hoạch;plan;;;5/1/2023", True),
    ("delegations", "out;Đoàn;;VN-X;LA-X;;;", "out;Đoàn;2022;VN-X;LA-X;;;", True),
    ("delegations", "out;Đoàn;;VN-X;LA-X;;;", "in;Đoàn;;VN-X;LA-X;;;", False),
    ("commitments", "A-1;Làm;standing;;2022;;;;;;signed", "A-1;Làm;standing;;2022–2025;;;;;;signed", True),
    ("commitments", "A-1;Làm;standing;;2022;;;;;;signed", ";Làm;standing;;2022;;;;;2022;wish", False),
    ("progress", "C-1;2023;1;;Một;;", "C-1;2023;2;;Hai;;", True),
    ("progress", "C-1;2023;1;;Một;;", "C-1;2022;1;;Một;;", False),
]


@pytest.mark.parametrize(("kind", "held", "row", "alike"), APART)
def test_what_keeps_two_records_apart(clerk, kind, held, row, alike):
    make_body(code="LA-Y", name="Bên C")
    head = FILES[kind].partition("\n")[0]
    write(clerk, begin(clerk, f"{head}\n{held}\n", kind))
    job = begin(clerk, f"{head}\n{row}\n", kind)
    assert (counts(job), len(asked(clerk, job))) == ({"new": 1}, int(alike)), list(job.spooled.faults())


def test_a_name_that_two_people_bear_is_asked_about(clerk):
    make_person("Trần Thị B", code="b-1"), make_person("Trần Thị B", code="b-2", country="LA")
    job = begin(clerk, "name;country\nTrần Thị B;\n", "people")
    assert (counts(job), len(asked(clerk, job))) == ({"new": 1}, 1)
    assert "b-1, b-2" in told(job)[0]
    same = begin(clerk, "name;country\nTrần Thị B;LA\n", "people")
    assert (counts(same), Person.objects.filter(name="Trần Thị B").count()) == ({"unchanged": 1}, 2)


def test_an_undone_import_comes_in_again_without_codes_as_the_records_it_had_made(clerk):
    first = begin(clerk, FILES["agreements"], "agreements")
    write(clerk, first)
    codes = set(Agreement.objects.values_list("code", flat=True))
    post(clerk, "undo", first)
    again = begin(clerk, FILES["agreements"], "agreements")
    assert (counts(again), asked(clerk, again)) == ({"changed": 2}, [])
    write(clerk, again)
    assert set(Agreement.objects.counted().values_list("code", flat=True)) == codes


def test_what_was_withdrawn_by_hand_is_refused_without_a_code_too(clerk):
    write(clerk, begin(clerk, PLANS, "documents"))
    withdraw(Document.objects.latest("pk"), "nhập trùng", clerk.user, timezone.localdate())
    job = begin(clerk, PLANS, "documents")
    (fault,) = job.spooled.faults()
    assert (counts(job), "nhập trùng" in fault[-1]) == ({"refused": 1}, True)


def test_records_of_another_office_are_not_looked_at(clerk):
    write(clerk, begin(clerk, PLANS, "documents"))
    other = login("khac", "document", office=make_body(code="SNV-Y", name="Sở khác"))
    job = begin(other, PLANS, "documents")
    assert (counts(job), asked(other, job), told(job)) == ({"new": 1}, [], [])


def test_a_row_that_is_refused_is_not_asked_about(clerk):
    write(clerk, begin(clerk, PLANS, "documents"))
    job = begin(clerk, "title;kind;url\nKế hoạch;plan;javascript:x\n", "documents")
    assert (counts(job), asked(clerk, job), told(job)) == ({"refused": 1}, [], [])


def test_many_rows_without_codes_cost_few_queries(clerk, django_assert_max_num_queries):
    head, row = FILES["commitments"].split("\n")[:2]
    text = "\n".join([head, *(row.replace("Học bổng", f"Học bổng {number}") for number in range(200)), ""])
    write(clerk, begin(clerk, text, "commitments"))
    job = begin(clerk, text, "commitments")
    assert Commitment.objects.count() == 201
    type(job).objects.filter(pk=job.pk).update(state=State.READING)
    job.refresh_from_db()
    with django_assert_max_num_queries(40):
        working.plan(job)
    assert counts(job) == {"unchanged": 200}


def on_command_line(path, **options):
    out, err = io.StringIO(), io.StringIO()
    try:
        with override("vi"):
            call_command("import_data", "documents", path, office="SNV-X", stdout=out, stderr=err, **options)
        status = 0
    except SystemExit as error:
        status = error.code
    return status, out.getvalue(), err.getvalue()


def test_the_command_line_takes_the_same_file_once_and_new_records_only_when_told(clerk, tmp_path):
    path = tmp_path / "van-ban.csv"
    path.write_text(PLANS)
    assert on_command_line(path)[0] == 0
    status, out, _err = on_command_line(path)
    assert (status, "1 không đổi" in out) == (0, True)
    code = Document.objects.latest("pk").code
    path.write_text(PLANS.replace("Một", "Hai"))
    status, _out, err = on_command_line(path)
    assert (status, Document.objects.filter(title="Kế hoạch").count()) == (1, 1)
    assert f"dòng 2: cảnh báo: Giống {code}" in err
    assert "1 dòng không có mã giống bản ghi đã có" in err
    status, out, _err = on_command_line(path, alike="new", json=True)
    assert (status, json.loads(out)["warnings"][0]["rows"]) == (0, [2])
    assert Document.objects.filter(title="Kế hoạch").count() == 2
