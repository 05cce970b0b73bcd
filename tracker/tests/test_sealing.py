"""Seals over the logs: what they find, what they allow, and the purge of the access log."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from agreements.models import Term
from agreements.tests.builders import make_person
from tracker.models import AccessLog, Seal
from tracker.trace import sealing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_head(tmp_path, settings):
    """The head of the chain lies in a folder of this test."""
    settings.DATA_DIR = tmp_path


def run(statement, *values):
    """SQL behind the program's back."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def accessed(times=1, **facts):
    for _ in range(times):
        AccessLog.objects.create(action="file", path="/exports/agreements/", **facts)


def test_every_history_table_and_both_logs_are_sealed():
    labels = sealing.logs()
    assert {"admin.LogEntry", "tracker.AccessLog", "agreements.HistoricalAgreement"} <= set(labels)
    assert "agreements.HistoricalAgreement_fields" in labels
    assert len(labels) >= 35


def test_a_seal_covers_what_came_since_the_last_and_says_nothing_twice():
    assert sealing.seal() == (None, [])
    accessed(3)
    first, _faults = sealing.seal()
    assert [(one[0], one[3]) for one in first.content["rows"]] == [("tracker.AccessLog", 3)]
    assert sealing.seal() == (None, [])
    accessed(2)
    assert sealing.unsealed() == 2
    second, _faults = sealing.seal()
    assert (second.number, second.content["rows"][0][3]) == (2, 2)
    assert sealing.unsealed() == 0
    assert sealing.verify() == []
    assert sealing.anchored() == sealing.head() == {"number": 2, "mac": second.mac}


def test_a_changed_row_is_named_by_its_table():
    make_person(name="Nguyễn Văn A")
    sealing.seal()
    run("UPDATE agreements_historicalperson SET name = %s", "Nguyễn Văn B")
    (fault,) = sealing.verify()
    assert fault.startswith("Dòng đã niêm phong của nhật ký “historical")
    made, faults = sealing.seal()
    assert (made, faults) == (None, [fault])


def test_what_is_wrong_stays_known_though_sealing_goes_on():
    accessed()
    sealing.seal()
    run("DELETE FROM tracker_accesslog")
    accessed()
    made, faults = sealing.seal()
    assert made.number == 2
    assert len(faults) == 1
    assert sealing.verify() == faults


def test_a_cut_off_end_is_told_by_the_head_outside():
    for _ in range(2):
        accessed()
        sealing.seal()
    Seal.objects.filter(number=2).delete()
    AccessLog.objects.latest("pk").delete()
    assert sealing.verify() == ["Phần cuối của nhật ký đã bị cắt: thiếu niêm phong số 2."]


def test_a_head_that_is_taken_away_is_told():
    accessed()
    sealing.seal()
    sealing.anchor_path().unlink()
    assert "Thiếu tệp giữ đầu chuỗi niêm phong" in sealing.verify()[0]


def test_another_key_does_not_fit(settings):
    accessed()
    sealing.seal()
    settings.SEAL_KEY = "another-" * 8
    assert sealing.verify() == ["Niêm phong nhật ký số 1 đã bị sửa, hoặc khóa bí mật đã đổi."]


def test_an_erasure_by_law_is_said_in_the_chain_with_its_reason():
    make_person(name="Nguyễn Văn A")
    sealing.seal()
    with sealing.amending("xóa theo yêu cầu số 5"):
        run("UPDATE agreements_historicalperson SET name = %s", "đã xóa")
    assert sealing.verify() == []
    assert Seal.objects.latest("number").reason == "xóa theo yêu cầu số 5"
    run("UPDATE agreements_historicalperson SET name = %s", "khác")
    assert len(sealing.verify()) == 1
    with pytest.raises(sealing.Broken), sealing.amending("lần nữa"):
        raise AssertionError("never reached")


def test_a_column_added_by_an_upgrade_is_no_tampering():
    """Seals name the columns that they saw."""
    accessed()
    made, _faults = sealing.seal()
    columns = made.content["rows"][0][5]
    assert columns == ["id", "at", "user_id", "office_id", "action", "path", "file_name"]
    with_fewer = [one for one in columns if one != "file_name"]
    rows = AccessLog.objects.count()
    count, sha256 = sealing.fingerprint(AccessLog, columns=with_fewer)
    sealing.add(
        {"rows": [["tracker.AccessLog", None, AccessLog.objects.get().pk, count, sha256, with_fewer]]}
    )
    assert rows == count == 1
    assert sealing.verify() == []


def test_the_access_log_is_purged_after_its_days_and_the_chain_says_so(settings):
    settings.ACCESS_LOG_DAYS = 90
    accessed(3)
    sealing.seal()
    run("UPDATE tracker_seal SET made_at = made_at")  # nothing is changed by writing the same
    purged_at = timezone.now() + timedelta(days=1)
    accessed(2)
    assert sealing.purge_accesses(timezone.now() - timedelta(days=90)) == 0
    assert sealing.purge_accesses(purged_at) == 5
    assert sealing.verify() == []
    accessed()
    assert sealing.seal()[1] == []
    assert AccessLog.objects.count() == 1
    run(
        "INSERT INTO tracker_accesslog (id, at, action, path, file_name) VALUES (1, '2026-01-01', 'file', 'x', '')"
    )
    assert len(sealing.verify()) == 1


def test_evidence_is_not_purged():
    accessed(2)
    sealing.seal()
    run("UPDATE tracker_accesslog SET path = 'x'")
    with pytest.raises(sealing.Broken):
        sealing.purge_accesses(timezone.now() + timedelta(days=1))
    with pytest.raises(CommandError, match="đã bị sửa"):
        call_command("purge_access_log")
    assert AccessLog.objects.count() == 2


def test_the_command_seals_checks_and_fails_where_something_is_wrong(capsys):
    call_command("seal_log")
    assert "Nhật ký chưa có niêm phong." in capsys.readouterr().out
    Term.objects.create(vocabulary="unit", code="dem", name="đếm", rank=0)
    call_command("seal_log")
    told = capsys.readouterr().out
    assert "niêm phong số 1" in told
    assert "Chưa niêm phong: 0 dòng." in told
    run("UPDATE agreements_historicalterm SET name = 'x'")
    with pytest.raises(CommandError, match="đã bị sửa, xóa hoặc chèn thêm"):
        call_command("seal_log", "--check")
    call_command("seal_log", "--amend", "sửa bằng tay")
    call_command("seal_log", "--check")
    assert LogEntry.objects.count() == 0
