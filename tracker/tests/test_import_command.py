"""`import_data`: what it tells of a file, in words and as JSON."""

import json

import pytest
from django.core.management import call_command

from agreements.models import Person

pytestmark = pytest.mark.django_db
TEXT = "code,name\nmot,Một\nTổng cộng,\nhai,Hai\nTổng số: 2,\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "nguoi.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_rows_that_are_left_out_are_told(file, capsys):
    call_command("import_data", "people", file)
    told = capsys.readouterr()
    assert told.err == "people: 2 dòng bỏ qua: dòng tổng (dòng 3, 5).\n"
    assert told.out == "đã nhận: 2 mới, 0 thay đổi, 0 không đổi, 0 bị từ chối\n"
    assert set(Person.objects.values_list("code", flat=True)) == {"mot", "hai"}


def test_rows_that_are_left_out_are_counted_in_json(file, capsys):
    call_command("import_data", "people", file, "--json", "--dry-run")
    assert json.loads(capsys.readouterr().out) == {
        "new": 2, "changed": 0, "unchanged": 0, "refused": 0, "skipped": 2, "errors": [], "warnings": [],
    }  # fmt: skip


def test_words_that_look_garbled_are_told_and_read(file, capsys):
    file.write_text("code,name\nmot,Nguyễn Thị tÕt\n", encoding="utf-8")
    call_command("import_data", "people", file)
    assert "“tÕt”. Tệp vẫn được đọc nguyên như vậy" in capsys.readouterr().err
    assert Person.objects.get().name == "Nguyễn Thị tÕt"
