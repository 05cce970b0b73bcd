"""An import that is undone: its records are withdrawn and restorable, nothing else of it is left in the register."""

import csv
import io
from uuid import UUID

import openpyxl
import pytest
from django.utils import timezone

from agreements.history import Route
from agreements.interchange.importing import import_sheets
from agreements.interchange.undoing import Touched, undo_batch
from agreements.models import (
    Agreement,
    AgreementRole,
    Citation,
    Commitment,
    CommitmentRole,
    Document,
    Name,
    Person,
    Progress,
    Target,
    Term,
)
from agreements.models.record import Record, counted_with
from agreements.tests.builders import make_agreement, make_body, make_commitment, make_document, make_term
from agreements.tests.pages import client_of
from agreements.withdrawing import restore, withdraw
from delegations.models import Contribution, Delivery, DeliveryLine
from delegations.tests.builders import make_delivery, make_line
from tracker.imports import working
from tracker.interchange import KINDS, in_order
from tracker.tests.importers import begin, html, kept_apart, page, post, write  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_apart")]
AGREEMENTS = "office,code,title,kind,parties,fields\nSNV-X,U-1,Một,memorandum,VN-X|LA-X,health\n"
COMMITMENTS = (
    "office,code,text,agreement,strength,made_on\nSNV-X,U-C,Làm,U-1,signed,\nSNV-X,U-D,Thêm,,wish,2022\n"
)
ALONE = COMMITMENTS.replace("U-1,signed,", ",wish,2022")
ROLES = "record,code,role,person\nagreement,U-1,witness,ky\n"
MEASURED = (
    "office,code,text,agreement,strength,made_on,kind,unit\nSNV-X,U-C,Làm,U-1,signed,,cumulative,person\n"
    "SNV-X,U-D,Thêm,,wish,2022,standing,\n"
)
TARGETS = "commitment,period,maximum\nU-C,2022,5\n"
PROGRESS = "commitment,number,on,done\nU-C,1,2022,Đã làm\n"
WITH_ROLE = "record,code,role,body\ncommitment,U-C,lead,SNV-X\n"
REASON = "Lượt nhập “tep.csv” đã hoàn tác ngày {:%d/%m/%Y}"


@pytest.fixture
def staff():
    make_body(code="SNV-X", name="Sở Ngoại vụ")
    make_body(code="VN-X", name="Bên A"), make_body(code="LA-X", name="Bên B")
    make_term("agreement_kind", "memorandum"), make_term("field", "health"), make_term("unit", "person")
    return client_of()


def read(staff, text, kind):
    job = begin(staff, text, kind)
    page(staff, job)
    return job


def written(staff, text, kind="agreements"):
    job = read(staff, text, kind)
    assert not working.obstacles(job), [str(one) for one in job.spooled.faults()]
    write(staff, job)
    assert job.state == working.State.WRITTEN
    return job


def written_together(staff, texts):
    """The import of {kind: text} as one workbook on the page."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for kind, text in texts.items():
        sheet = book.create_sheet(kind)
        for row in csv.reader(io.StringIO(text)):
            sheet.append(row)
    book.save(stream := io.BytesIO())
    job = begin(staff, stream.getvalue(), "workbook", "so.xlsx")
    write(staff, job)
    assert job.state == working.State.WRITTEN, [str(one) for one in job.spooled.faults()]
    return job


def undone(staff, job):
    post(staff, "undo", job)
    assert job.state == working.State.UNDONE, working.noted(job)
    return job


def taken(texts):
    """The batch of {kind: text} imported together."""
    sheets = {kind: (kind, list(enumerate(csv.reader(io.StringIO(text)), 1))) for kind, text in texts.items()}
    outcome = import_sheets(in_order(sheets))
    assert outcome.taken, [(one.row, one.column, one.sentence) for one in outcome.faults]
    return UUID(outcome.batch)


def take_back(batch):
    return undo_batch(batch, reason="thử", on=timezone.localdate(), route=Route.IMPORT)


def seen(model):
    """How many rows of a table reports, lists and files hold."""
    return model.objects.filter(counted_with(model)).count()


# Withdrawn and restored --------------------------------------------------------------------------------
def test_what_an_undone_import_had_made_is_withdrawn_with_a_reason_and_restored_by_one_click(staff):
    job = undone(staff, written(staff, AGREEMENTS))
    (agreement,) = Agreement.objects.all()
    today = timezone.localdate()
    assert (agreement.withdrawn_on, agreement.withdrawn_by) == (today, staff.user)
    assert agreement.withdrawn_reason == REASON.format(today)
    assert agreement.version == 2
    last = agreement.history.latest("history_id")
    assert (last.history_type, last.route, last.withdrawn_on) == ("~", "import", today)
    assert last.history_user == staff.user
    assert (agreement.roles.count(), seen(AgreementRole), seen(Agreement)) == (2, 0, 0)
    assert (job.counts["withdrawn"], job.counts.get("taken_out")) == (1, None)
    restored = staff.post(f"/admin/agreements/agreement/{agreement.pk}/restore/")
    assert restored.status_code == 302
    assert (seen(Agreement), seen(AgreementRole)) == (1, 2)
    assert [term.code for term in Agreement.objects.get().fields.all()] == ["health"]


def test_commitments_of_the_same_import_come_back_with_their_agreement(staff):
    take_back(taken({"agreements": AGREEMENTS, "commitments": COMMITMENTS}))
    assert (Commitment.objects.count(), seen(Commitment)) == (2, 0)
    assert restore(Agreement.objects.get()) == 2
    assert list(Commitment.objects.counted().values_list("code", flat=True)) == ["U-C"]
    assert restore(Commitment.objects.get(code="U-D")) == 1


RECORDS = {
    "documents": "office,code,title,kind\nSNV-X,U-9,Mới,plan\n",
    "agreements": AGREEMENTS,
    "commitments": "office,code,text,strength,made_on\nSNV-X,U-9,Mới,wish,2022\n",
    "delegations": "office,code,direction,name,held\nSNV-X,U-9,out,Đoàn,5/1/2022\n",
    "meetings": "office,code,kind,held\nSNV-X,U-9,courtesy_call,5/1/2022\n",
    "deliveries": "office,code,status,givers,receivers\nSNV-X,U-9,planned,VN-X,LA-X\n",
}


@pytest.mark.parametrize("kind", RECORDS)
def test_no_record_of_any_kind_is_deleted(staff, kind):
    make_term("document_kind", "plan")
    model = KINDS[kind].model
    batch = taken({kind: RECORDS[kind]})
    (key,) = model.objects.values_list("pk", flat=True)
    assert take_back(batch)["withdrawn"] == 1
    assert (list(model.objects.values_list("pk", flat=True)), seen(model)) == ([key], 0)
    restore(model.objects.get())
    assert seen(model) == 1


def test_every_kind_of_record_is_tried():
    assert {KINDS[kind].model for kind in RECORDS} == {
        kind.model for kind in KINDS.values() if issubclass(kind.model, Record)
    }


def test_a_long_name_of_a_file_fits_the_reason(staff):
    job = begin(staff, AGREEMENTS, "agreements", name="t" * 240 + ".csv")
    write(staff, job)
    undone(staff, job)
    assert len(Agreement.objects.get().withdrawn_reason) < 256


def test_the_page_says_what_is_withdrawn_taken_out_and_put_back(staff):
    Person.objects.create(code="a", name="Nguyễn Văn Á", country="VN")
    job = written(staff, AGREEMENTS)
    asked = html(staff.get(f"/imports/{job.pk}/undo/"))
    assert "rút 1 bản ghi mới, 0 bản ghi trở lại giá trị cũ" in asked
    assert "khôi phục được" in asked
    assert "đã rút 1 bản ghi (khôi phục được)" in html(post(staff, "undo", job))
    people = undone(staff, written(staff, "code;name;country\na;Đổi Tên;VN\nb;Mới;VN\n", "people"))
    assert "đã bỏ 1 dòng" in (told := html(page(staff, people)))
    assert "1 dòng trở lại như cũ" in told


# The same file again -----------------------------------------------------------------------------------
def test_the_same_file_comes_in_again_after_undoing(staff):
    text = AGREEMENTS
    undone(staff, written(staff, text))
    (before,) = Agreement.objects.values_list("pk", flat=True)
    job = read(staff, text, "agreements")
    assert {state: count for state, count in job.counts.items() if count} == {"changed": 1}
    (row,) = page(staff, job, state="changed").context["rows"]
    assert [(cell.old, cell.new) for cell in row.cells if cell.changes] == [("U-1 (đã rút)", "U-1")]
    write(staff, job)
    agreement = Agreement.objects.get()
    assert (agreement.pk, agreement.withdrawn_on, agreement.withdrawn_reason) == (before, None, "")
    assert (agreement.withdrawn_by, seen(AgreementRole)) == (None, 2)
    undone(staff, job)
    assert seen(Agreement) == 0
    restore(Agreement.objects.get())
    assert seen(Agreement) == 1


def test_a_corrected_file_comes_in_after_undoing_whatever_version_it_names(staff):
    undone(staff, written(staff, AGREEMENTS))
    text = "office,code,title,kind,version\nSNV-X,U-1,Đã chữa,memorandum,1\n"
    written(staff, text)
    assert list(Agreement.objects.counted().values_list("title", flat=True)) == ["Đã chữa"]


def test_a_workbook_comes_in_again_with_all_that_hung_together(staff):
    texts = {"agreements": AGREEMENTS, "commitments": COMMITMENTS}
    take_back(taken(texts))
    taken(texts)
    assert (seen(Agreement), seen(Commitment), seen(AgreementRole)) == (1, 2, 2)
    assert not Commitment.objects.filter(withdrawn_with_agreement=True).exists()


def test_what_was_withdrawn_by_hand_does_not_come_back_by_a_file(staff):
    written(staff, AGREEMENTS)
    withdraw(Agreement.objects.get(), "nhập trùng", staff.user, timezone.localdate())
    job = read(staff, AGREEMENTS.replace("Một", "Hai"), "agreements")
    (fault,) = job.spooled.faults()
    assert "nhập trùng" in fault[-1]
    assert seen(Agreement) == 0


def test_what_was_restored_and_withdrawn_by_hand_since_does_not_come_back_by_a_file(staff):
    undone(staff, written(staff, AGREEMENTS))
    restore(Agreement.objects.get())
    withdraw(Agreement.objects.get(), "nhập trùng", staff.user, timezone.localdate())
    assert read(staff, AGREEMENTS, "agreements").counts["refused"] == 1


def test_a_commitment_does_not_come_back_without_its_agreement(staff):
    take_back(taken({"agreements": AGREEMENTS, "commitments": COMMITMENTS}))
    job = read(staff, COMMITMENTS, "commitments")
    assert (job.counts["refused"], job.counts["changed"]) == (1, 1)
    (fault,) = job.spooled.faults()
    assert "U-1 Một" in fault[-1]


def test_commitments_withdrawn_with_their_agreement_come_back_with_its_file_alone(staff):
    batch = taken({"agreements": AGREEMENTS, "commitments": MEASURED, "targets": TARGETS, "roles": WITH_ROLE})
    take_back(batch)
    job = read(staff, AGREEMENTS, "agreements")
    (row,) = page(staff, job, state="changed").context["rows"]
    assert [(cell.old, cell.new) for cell in row.cells if cell.changes] == [
        ("U-1 (đã rút)", "U-1, cùng 1 cam kết của nó")
    ]
    write(staff, job)
    assert (seen(Agreement), seen(Target), seen(CommitmentRole)) == (1, 1, 1)
    assert list(Commitment.objects.counted().values_list("code", flat=True)) == ["U-C"]
    commitment = Commitment.objects.get(code="U-C")
    held = (commitment.withdrawn_by, commitment.withdrawn_reason, commitment.withdrawn_with_agreement)
    assert (held, commitment.version) == ((None, "", False), 3)
    last = commitment.history.latest("history_id")
    assert (last.history_user, str(last.batch), last.version) == (staff.user, str(job.batch), 3)
    undone(staff, job)
    assert (seen(Agreement), seen(Commitment)) == (0, 0)
    assert restore(Agreement.objects.get()) == 2


def test_what_was_withdrawn_otherwise_does_not_come_back_with_its_agreement(staff):
    take_back(taken({"agreements": AGREEMENTS, "commitments": COMMITMENTS}))
    commitment = Commitment.objects.get(code="U-C")
    commitment.withdrawn_reason = "nhập trùng"
    commitment.save()
    job = written(staff, AGREEMENTS)
    assert (job.counts["changed"], seen(Agreement), seen(Commitment)) == (1, 1, 0)


def test_many_come_back_in_few_queries(staff, django_assert_max_num_queries):
    agreements, commitments = (text.split("\n", 1)[0] + "\n" for text in (AGREEMENTS, COMMITMENTS))
    for number in range(40):
        agreements += AGREEMENTS.split("\n")[1].replace("U-1", f"U-{number}") + "\n"
        commitments += f"SNV-X,C-{number},Làm,U-{number},signed,\n"
    take_back(taken({"agreements": agreements, "commitments": commitments}))
    with django_assert_max_num_queries(60):
        taken({"agreements": agreements})
    assert (seen(Agreement), seen(Commitment)) == (40, 40)


def test_a_refused_row_brings_nothing_along(staff):
    take_back(taken({"agreements": AGREEMENTS, "commitments": COMMITMENTS}))
    job = read(staff, AGREEMENTS.replace("Một", ""), "agreements")
    assert job.counts["refused"] == 1
    assert not list(job.spooled.operations_of_rows())


# Parts of what is withdrawn ------------------------------------------------------------------------------
NAMING = {
    "targets": ("commitment", TARGETS),
    "progress": ("commitment", PROGRESS),
    "overrides": ("commitment", "commitment,since,state,reason,until\nU-C,1/3/2024,paused,Vì,1/4/2024\n"),
    "events": ("agreement", "agreement,kind,on\nU-1,extended,2023\n"),
    "roles": ("agreement", "record,code,role,body\nagreement,U-1,focal,VN-X\n"),
    "commitments": ("agreement", "office,code,text,agreement\nSNV-X,U-9,Nữa,U-1\n"),
}


@pytest.mark.parametrize("kind", NAMING)
def test_a_file_that_names_what_undoing_withdrew_says_so_and_what_to_do(staff, kind):
    undone(staff, written_together(staff, {"agreements": AGREEMENTS, "commitments": COMMITMENTS}))
    job = read(staff, NAMING[kind][1], kind)
    assert job.counts["refused"] == 1, job.counts
    (fault,) = job.spooled.faults()
    today = timezone.localdate()
    what = "U-1 Một" if NAMING[kind][0] == "agreement" else "U-C Làm"
    assert f"“{what}” đã rút ngày {today.day}/{today.month}/{today.year}, do {staff.user} rút" in fault[-1]
    assert "nhập lại bản ghi đó trước tệp này" in fault[-1]


def test_rows_that_stand_already_under_what_is_withdrawn_are_refused_too(staff):
    texts = {"agreements": AGREEMENTS, "commitments": MEASURED, "targets": TARGETS, "progress": PROGRESS}
    take_back(taken(texts))
    for kind in ("targets", "progress"):
        job = read(staff, texts[kind], kind)
        assert {state: count for state, count in job.counts.items() if count} == {"refused": 1}, kind


def test_what_was_withdrawn_by_hand_is_to_be_restored(staff):
    taken({"agreements": AGREEMENTS, "commitments": COMMITMENTS})
    withdraw(Commitment.objects.get(code="U-C"), "nhập trùng", staff.user, timezone.localdate())
    (fault,) = read(staff, PROGRESS, "progress").spooled.faults()
    assert f"do {staff.user} rút (nhập trùng): hãy khôi phục trước, hoặc chọn bản ghi khác" in fault[-1]


@pytest.mark.parametrize("along", [{}, {"commitments": MEASURED}])
def test_parts_come_in_with_the_workbook_that_brings_their_record_back(staff, along):
    take_back(taken({"agreements": AGREEMENTS, "commitments": MEASURED}))
    taken({"agreements": AGREEMENTS, **along, "targets": TARGETS, "progress": PROGRESS})
    assert (seen(Target), seen(Progress)) == (1, 1)
    assert set(Commitment.objects.counted().values_list("code", flat=True)) >= {"U-C"}


def test_a_row_may_name_what_a_row_further_down_brings_back(staff):
    take_back(taken({"agreements": AGREEMENTS}))
    head = "office,code,title,kind,part_of\n"
    taken({"agreements": f"{head}SNV-X,U-2,Hai,memorandum,U-1\nSNV-X,U-1,Một,memorandum,\n"})
    assert Agreement.objects.get(code="U-2").part_of.code == "U-1"


def test_a_thousand_rows_that_name_what_is_withdrawn_cost_few_queries(staff, django_assert_max_num_queries):
    head = COMMITMENTS.split("\n")[0]
    rows = "".join(f"SNV-X,C-{number},Làm,,wish,2022\n" for number in range(60))
    undone(staff, written(staff, f"{head}\n{rows}", "commitments"))
    reports = "".join(f"C-{number},1,2022,Đã làm\n" for number in range(60))
    job = begin(staff, PROGRESS.split("\n")[0] + "\n", "progress")
    job.upload.write_text(PROGRESS.split("\n")[0] + "\n" + reports)
    type(job).objects.filter(pk=job.pk).update(state=working.State.READING)
    with django_assert_max_num_queries(25):
        working.plan(job)
    assert job.counts["refused"] == 60


# What cannot be withdrawn ------------------------------------------------------------------------------
def test_parts_of_records_that_were_there_are_taken_out_and_stand_in_the_history(staff):
    commitment = make_commitment(
        make_agreement(), code="C-1", kind="cumulative", unit=make_term("unit", "person")
    )
    texts = {
        "targets": "commitment,period,maximum\nC-1,2022,5\n",
        "progress": "commitment,number,on,done\nC-1,1,2022,Đã làm\n",
    }
    batch = taken(texts)
    assert (Target.objects.count(), Progress.objects.count()) == (1, 1)
    counts = take_back(batch)
    assert (counts["withdrawn"], counts["taken_out"]) == (0, 2)
    assert (Target.objects.count(), Progress.objects.count(), seen(Commitment)) == (0, 0, 1)
    for model in (Target, Progress):
        signs = model.history.filter(commitment=commitment).order_by("history_id")
        assert list(signs.values_list("history_type", flat=True)) == ["+", "-"]
    taken(texts)
    assert (Target.objects.count(), Progress.objects.count()) == (1, 1)


def test_reports_of_progress_stay_with_the_commitment_that_came_with_them(staff):
    texts = {
        "commitments": ALONE,
        "progress": "commitment,number,on,done\nU-C,1,2022,Đã làm\n",
    }
    take_back(taken(texts))
    assert (Progress.objects.count(), seen(Progress)) == (1, 0)
    restore(Commitment.objects.get(code="U-C"))
    assert (seen(Progress), seen(Commitment)) == (1, 1)


def test_entries_of_lists_stay_where_what_is_withdrawn_names_them_and_go_where_not(staff):
    people = "code,name,country\nky,Người Ký,VN\nkhac,Người Khác,VN\n"
    terms = (
        "vocabulary,code,name,parent\nfield,cha,Lĩnh vực cha,\nfield,moi,Lĩnh vực mới,cha\nfield,thua,Thừa,\n"
    )
    agreements = AGREEMENTS.replace("health", "moi")
    counts = take_back(taken({"people": people, "terms": terms, "agreements": agreements, "roles": ROLES}))
    assert list(Person.objects.values_list("code", flat=True)) == ["ky"]
    assert set(Term.objects.filter(code__in=("cha", "moi", "thua")).values_list("code", flat=True)) == {
        "cha",
        "moi",
    }
    assert (counts["withdrawn"], counts["taken_out"], counts["named"]) == (1, 2, 3)
    restore(Agreement.objects.get())
    assert Agreement.objects.get().roles.filter(person__code="ky").exists()


def test_other_titles_stay_with_a_withdrawn_agreement_and_go_from_one_that_was_there(staff):
    stood = make_agreement(code="C-1", title="Cũ", office=make_body(code="SNV-Y"))
    head = "office,code,title,kind,other_titles\n"
    take_back(
        taken({"agreements": f"{head}SNV-X,U-1,Một,memorandum,Tên nữa\nSNV-Y,C-1,Cũ,memorandum,Tên khác\n"})
    )
    assert list(Name.objects.values_list("agreement__code", flat=True)) == ["U-1"]
    assert not stood.names.exists()


def test_a_source_cited_by_a_report_that_goes_is_taken_out_with_it(staff):
    make_commitment(make_agreement(), code="C-1"), make_term("document_kind", "plan")
    texts = {
        "documents": RECORDS["documents"],
        "progress": "commitment,number,on,done\nC-1,1,2022,Đã làm\n",
        "citations": "record,code,document\nprogress,C-1#1,U-9\n",
    }
    take_back(taken(texts))
    assert (Document.objects.count(), Progress.objects.count(), Citation.objects.count()) == (1, 0, 0)


def test_a_tie_to_a_line_that_goes_is_taken_out_with_it(staff):
    delivery = make_delivery(code="G-1")
    make_line(delivery, amount=1, currency="VND")
    texts = {
        "commitments": ALONE,
        "lines": "delivery,number,item,amount,currency\nG-1,2,goods,7,VND\n",
        "contributions": (
            "event,code,line,to,to_code\ndelivery,G-1,2,commitment,U-C\ndelivery,G-1,,commitment,U-D\n"
        ),
    }
    take_back(taken(texts))
    assert (DeliveryLine.objects.count(), seen(Delivery)) == (1, 1)
    assert [one.commitment.code for one in Contribution.objects.all()] == ["U-D"]
    assert seen(Contribution) == 0
    restore(Commitment.objects.get(code="U-D"))
    assert seen(Contribution) == 1


# Used since --------------------------------------------------------------------------------------------
def commitment_of(agreement):
    make_commitment(agreement, code="SAU")


def cited_by(agreement):
    make_commitment(make_agreement(), kind="child", child=agreement)


def named_in(agreement):
    make_agreement().roles.create(role="witness", person=agreement.roles.exclude(person=None).get().person)


def chosen_in(agreement):
    make_agreement().fields.add(agreement.fields.get())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("use", [commitment_of, cited_by, named_in, chosen_in])
def test_what_others_use_since_stands_in_the_way_and_nothing_is_undone(staff, use):
    batch = taken(
        {
            "people": "code,name,country\nky,Người Ký,VN\n",
            "terms": "vocabulary,code,name\nfield,moi,Lĩnh vực mới\n",
            "agreements": AGREEMENTS.replace("health", "moi"),
            "roles": ROLES,
        }
    )
    use(Agreement.objects.get(code="U-1"))
    before = Agreement.history.count(), Person.history.count()
    with pytest.raises(Touched):
        take_back(batch)
    assert (Agreement.history.count(), Person.history.count()) == before
    assert Agreement.objects.counted().filter(code="U-1").exists()


def test_a_document_that_the_batch_gave_to_an_older_record_is_in_nobodys_way(staff):
    make_term("document_kind", "plan"), make_document(code="C-1")
    commitment = make_commitment(make_agreement(), code="C-2")
    batch = taken(
        {"documents": RECORDS["documents"], "citations": "record,code,document\ncommitment,C-2,U-9\n"}
    )
    take_back(batch)
    assert Document.objects.get(code="U-9").withdrawn_on
    assert commitment.withdrawn_on is None
