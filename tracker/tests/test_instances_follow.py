"""Targets of single periods follow from pages and imports, and are undone with the import that called for them."""

from datetime import date

import pytest
from django.urls import reverse

from agreements.interchange.undoing import Touched
from agreements.models import Commitment, Target
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_place,
    make_target,
    make_term,
)
from agreements.tests.pages import as_sent, client_of
from agreements.withdrawing import restore
from tracker.importing import import_file
from tracker.imports import working
from tracker.progress.instances import make_instances
from tracker.tests.importers import begin, kept_apart, page, post, url, write  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_apart")]
HEADINGS = "office,code,text,made_on,strength,kind,every,unit,period,minimum,obligors"
NEW = f"{HEADINGS}\nSNV-X,E-1,Nhận học sinh,2022,wish,per_period,year,person,2022–2024,20,VN-X\n"
LONG = NEW.replace("2022–2024", "2022–2199")
LATER = date(2190, 1, 1)
PATTERN = "commitment,period,minimum\nC-1,2022–2199,30\n"


@pytest.fixture
def staff():
    make_term("unit", "person", "người")
    make_place()
    return client_of()


def read(staff, text, kind="commitments"):
    """The job of a file that is read and ready."""
    job = begin(staff, text, kind)
    page(staff, job)
    post(staff, "read", job) if job.state == working.State.READING else None
    assert not working.obstacles(job), list(job.spooled.faults())
    return job


def written(staff, text, kind="commitments"):
    job = read(staff, text, kind)
    write(staff, job)
    assert job.state == working.State.WRITTEN
    return job


def periods():
    return sorted(Target.objects.values_list("period", flat=True))


def stored(**facts):
    """A recurring commitment with a code, as it stands before an import."""
    return make_commitment(
        code="C-1", kind="per_period", every="year", unit=make_term("unit", "person"), **facts
    )


# Imports ----------------------------------------------------------------------------------------------
def test_an_import_of_a_recurring_commitment_makes_its_targets_and_undoing_takes_them_back(staff):
    job = written(staff, NEW)
    assert periods() == ["2022", "2022/2024", "2023", "2024"]
    made = Target.history.filter(period="2023").get()
    assert (made.route, str(made.batch)) == ("command", str(job.batch))
    post(staff, "undo", job)
    assert job.state == working.State.UNDONE
    assert not Commitment.objects.counted().exists()
    restore(Commitment.objects.get())  # with its targets, which are its parts
    assert periods() == ["2022", "2022/2024", "2023", "2024"]


def test_what_later_runs_made_does_not_stand_in_the_way_of_undoing(staff):
    job = written(staff, LONG)
    assert make_instances(LATER) > 100
    assert "2189" in periods()
    post(staff, "undo", job)
    assert job.state == working.State.UNDONE
    restore(Commitment.objects.get())
    assert max(periods()) == "2026"  # those of later runs are made again by the next
    assert make_instances(LATER) > 100


@pytest.mark.django_db(transaction=True)  # the database looks at foreign keys when all is to be kept
def test_what_an_officer_changed_in_them_stands_in_the_way_and_nothing_is_lost(staff):
    job = written(staff, LONG)
    make_instances(LATER)
    row = Target.objects.get(period="2189")
    row.minimum = 5
    row.save()
    before, history = periods(), Target.history.count()
    with pytest.raises(Touched):
        working.undo(job, staff.user)
    job.refresh_from_db()
    assert (job.state, periods(), Target.history.count()) == (working.State.WRITTEN, before, history)


def test_undoing_a_pattern_takes_back_its_instances_and_leaves_those_of_others(staff):
    commitment = stored(period="2022/2199")
    own = make_target(commitment, "2150", 7)
    other = make_target(commitment, "", 3, obligor=make_body())
    make_instances(date(2022, 6, 1))
    job = written(staff, PATTERN, "targets")
    make_instances(LATER)
    assert Target.objects.get(period="2189", obligor=None).minimum == 30
    post(staff, "undo", job)
    assert job.state == working.State.UNDONE
    assert list(commitment.targets.filter(obligor=None)) == [own]
    assert {one.minimum for one in commitment.targets.filter(obligor=other.obligor)} == {3}
    assert commitment.targets.filter(obligor=other.obligor, period="2189").exists()


def test_a_file_that_was_undone_gives_the_same_again(staff):
    stored(period="2022/2199")
    once = "commitment,period,minimum\nC-1,2022–2024,30\n"
    job = written(staff, once, "targets")
    before = periods()
    post(staff, "undo", job)
    assert periods() == []
    written(staff, once, "targets")
    assert periods() == before == ["2022", "2022/2024", "2023", "2024"]


def test_after_undoing_a_commitment_has_what_it_should_have_had_before(staff):
    commitment = stored(period="2022/2024")
    make_target(commitment, "", 20)  # no run came by since
    job = written(staff, "office,code,period,note\nSNV-X,C-1,2022–2023,ngắn lại\n")
    assert periods() == ["", "2022", "2023"]
    post(staff, "undo", job)
    assert job.state == working.State.UNDONE
    assert periods() == ["", "2022", "2023", "2024"]


def test_targets_that_come_in_a_second_file_are_written_over_the_instances(staff):
    written(staff, NEW)
    written(staff, "commitment,period,minimum,maximum\nE-1,2023,,15\n", "targets")
    row = Target.objects.get(period="2023")
    assert (row.minimum, row.maximum) == (None, 15)
    assert len(periods()) == 4


def test_an_import_that_touches_no_commitment_makes_nothing(staff):
    make_target(stored(period="2022/2024"), "", 20)
    written(staff, "code;name;country\nnguyen-van-a;Nguyễn Văn Á;VN\n", "people")
    assert periods() == [""]


@pytest.mark.parametrize(
    ("dry_run", "expected"), [(True, []), (False, ["2022", "2022/2024", "2023", "2024"])]
)
def test_an_import_by_command_makes_them_and_a_trial_does_not(staff, tmp_path, dry_run, expected):
    (tmp_path / "a.csv").write_text(NEW, encoding="utf-8")
    outcome = import_file("commitments", tmp_path / "a.csv", dry_run=dry_run)
    assert (outcome.new, [str(fault) for fault in outcome.faults]) == (1, [])
    assert periods() == expected


# Pages ------------------------------------------------------------------------------------------------
def address(commitment=None):
    if commitment is None:
        return reverse("admin:agreements_commitment_add")
    return reverse("admin:agreements_commitment_change", args=[commitment.pk])


def entered(staff, **facts):
    """A recurring commitment entered on its page with one target over `targets-0-period`."""
    data = as_sent(staff.get(address())) | {
        "text": "Nhận học sinh", "strength": "agreed", "kind": "per_period", "every": "year", "made_on": "2022",
        "unit": make_term("unit", "person").pk, "roles-obligor-TOTAL_FORMS": 1,
        "roles-obligor-0-body": make_place().pk, "targets-TOTAL_FORMS": 1, "targets-0-minimum": "20",
    }  # fmt: skip
    return staff.post(address(), data | facts, follow=True).content.decode()


def test_the_page_of_a_commitment_makes_them_and_says_so(staff):
    told = entered(staff, period="2022–2024")
    assert "Đã lập 3 chỉ tiêu từng kỳ theo “mỗi năm”" in told
    assert periods() == ["", "2022", "2023", "2024"]


def test_the_page_says_when_no_start_is_known(staff):
    told = entered(staff, **{"targets-0-period": "đến 2025"})
    assert "Chưa biết cam kết lặp lại từ khi nào" in told
    assert periods() == ["../2025"]


def test_a_page_of_what_does_not_recur_says_nothing(staff):
    told = entered(staff, kind="cumulative", every="", period="2022–2024")
    assert "chỉ tiêu từng kỳ" not in told
    assert periods() == [""]


def test_what_is_taken_out_on_the_page_stays_out(staff):
    entered(staff, period="2022–2024")
    commitment = Commitment.objects.get()
    data = as_sent(staff.get(address(commitment)))
    rows = {data[f"targets-{number}-id"]: number for number in range(4)}
    number = rows[Target.objects.get(period="2023").pk]
    assert staff.post(address(commitment), data | {f"targets-{number}-DELETE": "on"}).status_code == 302
    assert periods() == ["", "2022", "2024"]


def test_the_period_of_the_agreement_serves_a_commitment_without_one(staff):
    agreement = make_agreement(period="2023/2024")
    entered(staff, agreement=agreement.pk, made_on="")
    assert periods() == ["", "2023", "2024"]
