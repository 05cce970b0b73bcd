"""The same file brought in again after it was undone, and parts of what is withdrawn."""

# ruff: noqa: F811 - fixtures are imported, and named by the tests that use them

import pytest
from django.utils import timezone

from agreements.models import (
    Agreement,
    AgreementRole,
    Commitment,
    CommitmentRole,
    Progress,
    Target,
)
from agreements.withdrawing import restore, withdraw
from tracker.imports import working
from tracker.tests.importers import begin, kept_apart, page, write  # noqa: F401
from tracker.tests.test_undoing import (  # noqa: F401
    AGREEMENTS,
    COMMITMENTS,
    MEASURED,
    PROGRESS,
    TARGETS,
    WITH_ROLE,
    read,
    seen,
    staff,
    take_back,
    taken,
    undone,
    written,
    written_together,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_apart")]


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
