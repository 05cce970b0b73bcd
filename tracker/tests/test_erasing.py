"""Personal data: everything held of one person is told; an erased name is nowhere: tables, files, bytes."""

import json
import subprocess
import sys
from datetime import date

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from agreements import names
from agreements.models import Agreement, Name, Person
from agreements.tests.builders import make_agreement, make_body, make_document, make_person
from tracker.interchange import KINDS
from tracker.models import AccessLog, FrozenReport
from tracker.personal.holdings import Holdings
from tracker.personal.spellings import ERASED, Spellings
from tracker.personal.sweeping import Refused, erase
from tracker.personal.telling import person_data
from tracker.reports.writers import to_json
from tracker.torture import scratch
from tracker.trace import sealing

NAME = "Nguyễn Văn Nên"
FOUND = [
    "Nguyễn Văn Nên", "NGUYỄN VĂN NÊN", "Nguye\u0302\u0303n Va\u0306n Ne\u0302n", "nguyen van nen", "nguyen-van-nen",
    "Nguyen_Van_Nen", "NguyenVanNen", "Nguyễn  Văn\nNên", "Nguyen Văn Nên",
]  # fmt: skip
OTHERS = [
    "Nguyễn Văn Nén", "Nguyễn Văn Nênh", "Nguyễn Văn", "Văn Nên", "Nguyễn Vân Nên", "NguyenVanNenh", "xnguyen van nen",
    "Nguyễn. Và ở đây: Văn Nên",
]  # fmt: skip


@pytest.mark.parametrize("text", FOUND)
def test_a_name_is_found_however_it_is_written(text):
    assert Spellings([NAME]).erased(f"Ông {text}, đại diện") == f"Ông {ERASED}, đại diện"


@pytest.mark.parametrize("text", OTHERS)
def test_other_names_are_left(text):
    assert Spellings([NAME]).erased(text) == text


def test_a_name_of_one_word_is_not_looked_for_in_texts_and_tones_may_stand_where_they_like():
    assert Spellings(["Bounnhang"]).erased("Ông Bounnhang") == "Ông Bounnhang"
    assert Spellings(["Trần Thị Hòa"]).erased("bà Trần Thị Hoà") == f"bà {ERASED}"


def test_names_deep_in_data_are_replaced():
    data = {"rows": [["x", "Ông Nguyễn Văn Nên"]], "Nguyễn Văn Nên": 1}
    assert Spellings([NAME]).erased_data(data) == {"rows": [["x", f"Ông {ERASED}"]], ERASED: 1}


# One register with the name in many places -------------------------------------------------------------
@pytest.fixture
def folder(tmp_path, settings):
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"
    settings.LOG_DIR, settings.BACKUP_DIR = tmp_path / "logs", tmp_path / "backups"
    settings.LOG_DIR.mkdir()
    return tmp_path


@pytest.fixture
def person(db, folder):
    person = make_person(name=NAME)
    Name.objects.create(person=person, text="Nguyễn Thành Nên")
    agreement = make_agreement(title=f"Thỏa thuận do ông {NAME} ký", note="Theo Nguyễn Thành Nên")
    agreement.roles.create(role="signatory", person=person, title="Chủ tịch", as_printed="NGUYỄN VĂN NÊN")
    make_document(title="Lý lịch", file=ContentFile(b"%PDF-1", name="nguyen-van-nen.pdf"))
    return person


def test_everything_held_of_a_person_is_told(person):
    AccessLog.objects.create(action="person", path=f"/admin/agreements/person/{person.pk}/change/")
    told = json.loads(to_json(person_data(person, date(2026, 11, 25))))
    (part,) = told["tables"]["parts"]["rows"]
    assert {"signatory", "Chủ tịch", "NGUYỄN VĂN NÊN"} <= {*part.values()} | {"signatory"}
    words = " ".join(row["c4"] for row in told["tables"]["mentions"]["rows"])
    assert "do ông Nguyễn Văn Nên ký" in words
    assert "nguyen-van-nen.pdf" in words
    assert len(told["tables"]["changes"]["rows"]) == 3  # the person, the other name, the part
    assert [row["c4"] for row in told["tables"]["accesses"]["rows"]] == [
        f"/admin/agreements/person/{person.pk}/change/"
    ]
    assert told["facts"][-1][1] == "Nguyễn Thành Nên"


def texts_left():
    """Every text in the database that holds a word of the name."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            for row in model._base_manager.values_list():
                found += [
                    (model.__name__, value)
                    for value in row
                    if any(one in str(value).lower() for one in TRACES)
                ]
    return found


TRACES = ("văn nên", "thành nên", "van nen", "van-nen", "thanh nen", "vannen", "thanhnen")


def test_an_erased_name_is_in_no_table_and_the_seals_hold(person):
    assert len(texts_left()) >= 15
    assert sealing.seal()[1] == []
    done = erase(person, "Đơn số 5 ngày 1/11/2026")
    assert texts_left() == []
    assert sealing.verify() == []
    assert done.left == 0
    person.refresh_from_db()
    assert (person.name, person.code, person.country) == (ERASED, f"da-xoa-{person.pk}", "")
    agreement = Agreement.objects.get()
    assert (agreement.title, agreement.version) == (f"Thỏa thuận do ông {ERASED} ký", 2)
    assert agreement.note == f"Theo {ERASED}"
    role = agreement.roles.get(role="signatory")
    assert (role.person, role.title, role.as_printed) == (person, "Chủ tịch", "")
    assert person.history.first().history_change_reason == "Đơn số 5 ngày 1/11/2026"


def test_a_namesake_keeps_their_name_and_texts_are_left_to_a_human(person):
    other = make_person(name=NAME)
    assert [one.pk for one in Holdings(person).namesakes] == [other.pk]
    done = erase(person, "Đơn số 5")
    other.refresh_from_db()
    person.refresh_from_db()
    assert (other.name, person.name) == (NAME, ERASED)
    assert NAME in Agreement.objects.get().title
    assert done.left > 0


def test_a_place_or_school_of_the_name_counts_as_a_namesake_and_is_left(person):
    school = make_body("TRUONG", name=f"Trường {NAME}")
    assert Holdings(person).namesakes == [school]
    erase(person, "Đơn số 5")
    school.refresh_from_db()
    assert school.name == f"Trường {NAME}"


def test_a_person_of_other_accents_keeps_every_row(person):
    other = make_person(name="Nguyễn Văn Nén")
    before = Person.history.filter(id=other.pk).values().get()
    erase(person, "Đơn số 5")
    other.refresh_from_db()
    assert (other.name, other.key) == ("Nguyễn Văn Nén", "nguyenvannen")
    assert Person.history.filter(id=other.pk).values().get() == before


def test_frozen_copies_stay_sound(person):
    from tracker.reports.frozen.models import freeze

    freeze(person_data(person, date(2026, 11, 25)), "person-data", {}, note="gửi Nguyễn Văn Nên")
    erase(person, "Đơn số 5")
    (kept,) = FrozenReport.objects.all()
    assert kept.is_sound
    assert "Văn Nên" not in str(kept.content) + kept.note


def test_erasing_again_finds_nothing_and_mistakes_nobody(person):
    other = make_person(name="Trần Thị Hòa")
    erase(person, "Đơn số 5")
    erase(other, "Đơn số 6")
    person.refresh_from_db()
    assert list(Holdings(person).mentions()) == []
    assert Holdings(person).namesakes == []
    assert sum(erase(person, "Đơn số 5").rows.values()) == 0


@pytest.mark.parametrize("reason", ["", "  ", "Đơn của ông Nguyễn Văn Nên"])
def test_nothing_is_erased_without_a_reason_that_keeps_the_name_away(person, reason):
    with pytest.raises(Refused):
        erase(person, reason)
    person.refresh_from_db()
    assert person.name == NAME


def test_nothing_is_erased_while_sealed_rows_are_not_as_they_were(person):
    sealing.seal()
    Person.history.update(name="Ai Khác")
    with pytest.raises(sealing.Broken):
        erase(person, "Đơn số 5")
    person.refresh_from_db()
    assert person.name == NAME


# The page ------------------------------------------------------------------------------------------------
def test_only_administrators_read_take_out_and_erase(person, admin_client, reader):
    addresses = [f"/people/{person.pk}/{page}" for page in ("data/", "data.json", "data.xlsx")]
    assert [reader.get(one).status_code for one in addresses] == [403, 403, 403]
    assert reader.post(f"/people/{person.pk}/erase/", {"code": person.code, "reason": "x"}).status_code == 403
    assert [admin_client.get(one).status_code for one in addresses] == [200, 200, 200]
    assert admin_client.get(f"/people/{person.pk}/erase/").status_code == 405
    noted = list(AccessLog.objects.order_by("pk").values_list("action", "path", "file_name"))
    assert noted == [
        ("person", addresses[0], ""), ("file", addresses[1], f"person-{person.pk}.json"),
        ("file", addresses[2], f"person-{person.pk}.xlsx"),
    ]  # fmt: skip
    page = admin_client.get(f"/admin/agreements/person/{person.pk}/change/")
    assert addresses[0] in page.content.decode()


def test_the_page_erases_only_with_the_code_and_a_reason(person, admin_client, settings, tmp_path):
    address = f"/people/{person.pk}/erase/"
    answer = admin_client.post(address, {"code": "sai", "reason": "Đơn số 5"})
    assert answer.status_code == 400
    assert "chưa xóa gì" in answer.content.decode()
    assert "Đơn số 5" in answer.content.decode()
    settings.BACKUP_DIR = tmp_path
    for name in ("register-20260101-120000.tar.gz", "before-migration-20260101-120000.sqlite3", "khac.txt"):
        (tmp_path / name).write_bytes(b"")
    answer = admin_client.post(address, {"code": person.code, "reason": "Đơn số 5"}, follow=True)
    assert "Đã xóa dữ liệu cá nhân" in answer.content.decode()
    assert "Còn 2 bản sao lưu giữ tên này" in answer.content.decode()
    entry = LogEntry.objects.latest("pk")
    assert (entry.object_repr, entry.change_message) == (ERASED, "Xóa dữ liệu cá nhân: Đơn số 5")
    assert texts_left() == []


def test_the_commands_say_what_is_wrong(person, capsys, tmp_path):
    with pytest.raises(CommandError, match="Không có người nào mang mã “ai”"):
        call_command("person_data", "ai")
    call_command("person_data", person.code)
    assert json.loads(capsys.readouterr().out)["report"] == "person-data"
    call_command("person_data", person.code, output=tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    call_command("erase_person", person.code, reason="Đơn số 5", yes=True)
    assert "Đã xóa" in capsys.readouterr().out


def test_a_person_who_was_deleted_is_erased_from_the_history(db, folder):
    make_person(name=NAME, code="nen").delete()
    assert len(texts_left()) >= 2
    call_command("erase_person", "nen", reason="Đơn số 5", yes=True)
    assert texts_left() == []


# No passport numbers --------------------------------------------------------------------------------------
PRIVATE = (
    "passport",
    "ho_chieu",
    "birth",
    "ngay_sinh",
    "phone",
    "telephone",
    "dien_thoai",
    "cccd",
    "cmnd",
    "identity_card",
)


def test_the_register_holds_no_passports_birth_dates_or_telephones():
    tables = apps.get_models(include_auto_created=True)
    columns = {f"{one.name} {one.verbose_name}" for model in tables for one in model._meta.fields}
    headings = {heading for kind in KINDS.values() for heading, _column in kind().written_names()}
    found = {one for one in columns | headings if any(word in one.lower() for word in PRIVATE)}
    assert len(columns) > 200
    assert len(headings) > 200
    assert found == set()


# The bytes ------------------------------------------------------------------------------------------------
STEP = """
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from tracker.torture.arena import WithoutMigrations
settings.MIGRATION_MODULES = WithoutMigrations()
call_command("migrate", run_syncdb=True, verbosity=0)
from django.core.files.base import ContentFile
from agreements.models import Agreement, Name, Person, User
from agreements.tests.builders import make_agreement, make_document, make_person
from tracker.imports import working
from tracker.reports.frozen.models import freeze
from tracker.personal.telling import person_data
from tracker.personal.sweeping import erase
from tracker.trace import sealing
from datetime import date
person = make_person(name="Nguyễn Văn Nên")
for number in range(50):
    agreement = make_agreement(title=f"Thỏa thuận {number} do ông Nguyễn Văn Nên ký", note="Nguyen Van Nen " * 40)
    agreement.roles.create(role="signatory", person=person, title="Chủ tịch", as_printed="NGUYỄN VĂN NÊN")
    agreement.note = "ông Nguyễn Văn Nên đã ký"
    agreement.save()
make_document(file=ContentFile(b"%PDF-1", name="nguyen-van-nen.pdf"))
freeze(person_data(person, date(2026, 11, 25)), "person-data", {})
officer = User.objects.create_superuser("thu", password="x", office=agreement.office)
content = "name;country\\nNguyễn Văn Nên;VN".encode()
working.begin(kind="people", owner=officer, content=content, file_name="nguyen van nen.csv")
(settings.LOG_DIR / "tracker.log").write_text("loi: Nguyễn Văn Nên\\n", encoding="utf-8")
sealing.seal()
if "keep" not in __import__("sys").argv:
    erase(person, "Đơn số 5")
    assert sealing.verify() == []
"""


def traces_in(folder):
    """The files under a folder that hold the name, in any of its forms."""
    sought = [text.encode(form) for text in FOUND for form in ("utf-8", "utf-16-le")]
    sought += [json.dumps(text)[1:-1].encode() for text in FOUND]
    sought += [names.sort_key(NAME).encode(), names.person_sort_key(NAME, "VN").encode()]
    return sorted(
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(one.lower() in path.read_bytes().lower() for one in sought)
    )


@pytest.mark.parametrize("erased", [False, True])
def test_an_erased_name_is_in_no_file_and_no_byte_of_the_database(tmp_path, erased):
    (tmp_path / "static").mkdir()
    command = [sys.executable, "-c", STEP, *([] if erased else ["keep"])]
    environment = scratch.environment(tmp_path)
    done = subprocess.run(
        command, cwd=scratch.ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = traces_in(tmp_path)
    print(f"files with the name {'after' if erased else 'before'} erasing: {len(found)}")
    if erased:
        assert found == []
    else:
        assert {"register.sqlite3", "upload.bin", "tracker.log"} <= set(found)
