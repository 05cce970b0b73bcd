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
from agreements.withdrawing import restore
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
