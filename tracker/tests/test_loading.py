"""Loading the register from its flat files: reference data, source facts, and the way out and back in."""

import time

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import transaction

from agreements.interchange.csv_out import csv_chunks
from agreements.interchange.exporting import rows_out
from agreements.models import Agreement, AgreementRole, Body, Document, Locality, Name, Term
from agreements.tests.test_resources import rows_in
from conftest import rows_of
from delegations.models import DeliveryLine
from tracker.interchange import KINDS
from tracker.loading import Counts, LoadError, load_files, load_reference, load_seeds
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
KIND_NAMES = [
    "terms", "localities", "organizations", "successions", "people", "documents", "agreements", "names",
    "events", "commitments", "targets", "progress", "overrides", "delegations", "meetings", "deliveries", "lines",
    "roles", "links", "contributions", "citations",
]  # fmt: skip

INVENTED = {
    "documents": [
        "office;code;kind;number;issuer;issued_on;title;url;read_on;replaces;note",
        "SNV-SL;KH-1;plan;01/KH-UBND;UBND-SL;5/1/2022;=Kế hoạch 1;https://example.org/1;6/1/2022;;+84",
        "SNV-SL;KH-2;plan;02/KH-UBND;UBND-SL;5/1/2023;Kế hoạch 2;;;KH-1;''=dấu nháy có sẵn",
        "SNV-HN;KH-1;plan;;;;Trùng mã ở cơ quan khác;;;;",
    ],
    "events": [
        "agreement;kind;on;party;until;partial;successor;notified_on;document;note",
        "SL-LPB-2022;extended;2024;;31/12/2025;;;;SNV-SL/KH-2;",
        "SL-LPB-2022;suspended;3/2023;;;có;;1/3/2023;;-1 phần",
        "HCM-VT;inherited;1/7/2025;VN2024-79;;;VN2025-79;;;",
    ],
    "commitments": [
        "office;code;agreement;text;kind;period;every;unit;minimum;maximum;made_at;obligors",
        "SNV-SL;TD-1;SL-LPB-2022;Lưu học sinh;per_period;2022–2024;year;person;10;20;SL-2022-H01;VN2025-14",
        "SNV-SL;TD-2;SL-LPB-2022;Hỗ trợ tiền;cumulative;2022–2024;;VND;;1.500.000.000,5;;VN2025-14",
    ],
    "targets": [
        "commitment;period;obligor;counterpart;minimum;maximum;document",
        "TD-1;2023;VN2025-14;LA-LP;5;;SNV-SL/KH-2",
        "TD-1;2023;VN2025-14;;;15;",
    ],
    "progress": [
        "commitment;number;on;quantity;qualifier;assessment;reason;done;verified;corrects;counterpart",
        "TD-1;1;2022;12;about;in_progress;;=xong 12;;;LA-LP",
        'TD-1;2;2/2023;11;;in_progress;covid;"Hai dòng:\nđếm lại";yes;1;',
    ],
    "overrides": [
        "commitment;since;state;reason;until",
        'TD-1;1/3/2023;paused;"=Tạm dừng,\nchờ công văn";31/12/2023',
        "TD-1;1/1/2024;in_progress;Đã nối lại;31/12/2024",
        "TD-2;29/2/2024;carried_over;Chuyển sang giai đoạn sau;1/3/2025",
    ],
    "roles": [
        "record;code;role;body;person;title;as_printed;rank;lead;document",
        "agreement;SL-LPB-2022;party;LA-LP;;;Luang Prabang;2;yes;",
        "commitment;TD-1;lead;SNV-SL;;;;1;;SNV-SL/KH-1",
    ],
    "links": ["agreement,kind,other", "SL-LPB-2022,amends,HCM-VT", "SL-LPB-2022,related,HN-VC-2017"],
    "contributions": [
        "event,code,line,to,to_code,how,counterpart,quantity",
        "delivery,SL-2019-HS,1,commitment,TD-1,serves,LA-LP,20",
    ],
    "citations": [
        "record,code,document,role,locator",
        "progress,TD-1#2,SNV-SL/KH-2,report,tr. 3|4",
        "delivery,SL-2019-HS,SNV-SL/KH-1,minutes,",
        "commitment,TD-1,SNV-SL/KH-1,source,a|b",
    ],
}


def exported():
    """{kind: (headings, rows)} of the whole register, versions apart."""
    found = {}
    for kind, resource in KINDS.items():
        headings, cells = rows_out(resource)
        width = len(headings) - headings.count("version")  # the last column
        found[kind] = headings[:width], [row[:width] for row in cells]
    return found


def rows(taken):
    return sorted(tuple(str(cell) for cell in row) for row in taken[1])


def empty_the_register():
    """All tables but users and groups; foreign keys are checked at the end of the transaction."""
    for app in ("agreements", "delegations"):
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy and model._meta.object_name != "User":
                model._base_manager.all()._raw_delete("default")


def load_texts(texts):
    return load_files({kind: (f"{kind}.csv", rows_in(lines)) for kind, lines in texts.items()})


def test_the_twenty_one_kinds_are_those_of_the_interchange():
    assert sorted(KINDS) == sorted(KIND_NAMES)
    assert all(resource.kind == kind for kind, resource in KINDS.items())


def test_no_kind_has_a_column_id():
    assert not [kind for kind, resource in KINDS.items() if "id" in rows_out(resource)[0]]


def test_everything_taken_out_and_brought_into_an_empty_register_is_equal(tmp_path):
    load_texts(INVENTED)
    before = exported()
    assert [row[6] for row in before["documents"][1]].count("=Kế hoạch 1") == 1
    empty_the_register()
    assert not Body.objects.exists()
    for kind, taken in before.items():
        (tmp_path / f"{kind}.csv").write_bytes(b"".join(csv_chunks(*taken)))
    load_seeds(tmp_path)
    after = exported()
    for kind in KINDS:
        assert len(before[kind][1]) > 0, kind
        assert rows(after[kind]) == rows(before[kind]), kind
    check_invented_facts()
    again = load_seeds(tmp_path)
    assert all((counts.new, counts.changed) == (0, 0) for counts in again.values())


def check_invented_facts():
    event = Agreement.objects.get(code="HCM-VT").events.get()
    assert (event.party.body.code, event.successor.code) == ("VN2024-79", "VN2025-79")
    commitment = Agreement.objects.get(code="SL-LPB-2022").commitments.get(code="TD-1")
    reports = commitment.progress.order_by("number")
    assert [(one.number, one.corrects and one.corrects.number) for one in reports] == [(1, None), (2, 1)]
    assert reports[0].done == "=xong 12"
    assert reports[1].done == "Hai dòng:\nđếm lại"
    assert commitment.citations.get().locator == "a|b"
    assert sorted(str(one.maximum) for one in commitment.targets.exclude(maximum=None)) == ["15.00", "20.00"]
    assert Document.objects.get(code="KH-2").note == "'=dấu nháy có sẵn"
    assert Document.objects.get(code="KH-2").replaces.office.code == "SNV-SL"
    party = AgreementRole.objects.get(agreement__code="SL-LPB-2022", body__code="LA-LP", role="party")
    assert (party.as_printed, party.rank, party.lead) == ("Luang Prabang", 2, True)


def test_loading_reference_data_and_facts_again_changes_nothing():
    before = {kind: rows(dataset) for kind, dataset in exported().items()}
    for counts in (load_reference(), load_seeds()):
        assert all((one.new, one.changed) == (0, 0) for one in counts.values())
        assert all(one.unchanged > 0 for one in counts.values())
    assert {kind: rows(dataset) for kind, dataset in exported().items()} == before


def test_reference_data_never_overwrites_what_an_office_edited_or_deleted():
    place = Locality.objects.get(code="LA-LP")
    place.name = "Luông Pha-băng (sửa)"
    place.save()
    Name.objects.filter(body=place, text="ຫລວງພະບາງ").delete()
    gone = Name.objects.filter(body=place).order_by("id").first()
    gone.delete()
    unit = Term.objects.get(vocabulary="unit", code="piece")
    unit.name = "cái"
    unit.save()
    counts = load_reference()
    assert all((one.new, one.changed) == (0, 0) for one in counts.values())
    assert Locality.objects.get(code="LA-LP").name == "Luông Pha-băng (sửa)"
    assert Term.objects.get(vocabulary="unit", code="piece").name == "cái"
    assert not Name.objects.filter(body=place, text=gone.text, language=gone.language).exists()


def test_groups_hold_what_their_staff_may_do():
    may = {
        group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()
    }
    assert set(may) == {"Người xem", "Đầu mối sở, ngành", "Chuyên viên", "Lãnh đạo cơ quan", "Quản trị"}
    assert not [name for name in may["Người xem"] if not name.startswith("view_")]
    assert may["Đầu mối sở, ngành"] == {
        "add_progress",
        *(
            f"view_{one}"
            for one in ("agreement", "commitment", "progress", "body", "locality", "organization")
        ),
    }
    assert may["Lãnh đạo cơ quan"] - may["Chuyên viên"] == {
        *("approve_progress", "approve_delegation", "approve_meeting", "approve_delivery"),
        "sign_frozenreport",
    }
    assert {"add_agreement", "change_agreement", "delete_agreementrole", "delete_deliveryline"} <= may[
        "Chuyên viên"
    ]
    assert not {"delete_agreement", "delete_body", "change_user"} & may["Chuyên viên"]
    assert {"delete_agreement", "add_user"} <= may["Quản trị"]


def test_every_history_row_of_a_load_says_command_and_one_batch():
    load_texts({"documents": INVENTED["documents"]})
    document = Document.objects.get(code="KH-2")
    (change,) = document.history.all()
    assert change.route == "command"
    assert change.batch is not None


def test_faults_of_all_files_are_told_with_file_row_column_and_value():
    texts = {
        "people": ["code,name,country", "x,,VN"],
        "agreements": [
            "office,code,title,kind,signed_on",
            "SNV-HN,A1,Một,memorandum,30/2/2022",
            "SNV-HN,A2,Hai,không có,",
        ],
    }
    with pytest.raises(LoadError) as caught:
        load_texts(texts)
    lines = str(caught.value).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("people.csv: ")
    assert "2" in lines[0]
    assert "name" in lines[0]
    assert lines[1].startswith("agreements.csv: ")
    assert "signed_on" in lines[1]
    assert "30/2/2022" in lines[1]
    assert "không có" in lines[2]
    assert not Agreement.objects.filter(code="A1").exists()


def test_the_commands_tell_what_they_loaded(capsys):
    call_command("load_reference")
    call_command("load_seeds")
    printed = capsys.readouterr().out
    terms, commitments = (len(rows_of(path)) for path in ("reference/terms.csv", "../seeds/commitments.csv"))
    assert f"terms: 0 mới, 0 thay đổi, {terms} không đổi" in printed
    assert f"commitments: 0 mới, 0 thay đổi, {commitments} không đổi" in printed


def test_a_folder_that_is_not_there_is_told_in_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="Không có thư mục"):
        call_command("load_seeds", str(tmp_path / "none"))


def test_a_file_of_a_folder_given_to_the_command_is_loaded(tmp_path):
    (tmp_path / "people.csv").write_text("name;country\nNguyễn Văn Thử;VN\n", encoding="utf-16")
    assert load_seeds(tmp_path) == {"people": Counts(1, 0, 0)}


def test_names_of_bodies_are_read_before_the_agreements_that_use_them(tmp_path):
    (tmp_path / "names.csv").write_text(
        "of,code,text,language\nbody,LA-LP,Mường Luổng,vi\n", encoding="utf-8"
    )
    (tmp_path / "agreements.csv").write_text(
        "office,code,title,kind,parties\nSNV-SL,M1,Một,memorandum,Mường Luổng|VN2025-14\n", encoding="utf-8"
    )
    load_seeds(tmp_path)
    parties = Agreement.objects.get(code="M1").roles.values_list("body__code", flat=True)
    assert sorted(parties) == ["LA-LP", "VN2025-14"]


def test_a_whole_register_loads_within_its_time():
    with transaction.atomic():
        empty_the_register()
        start = time.process_time()  # wall time would blame the neighbours of a test
        load_reference()
        load_seeds()
        assert time.process_time() - start < 20
        assert DeliveryLine.objects.get(delivery__code="SL-2019-HS", number=2).part_of.quantity == 78


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_taking_out_a_kind_costs_the_same_number_of_queries_however_long(kind, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        list(rows_out(KINDS[kind])[1])


def test_a_register_from_before_is_given_the_right_to_approve_once(db):
    load_reference()
    head = Group.objects.get(name="Lãnh đạo cơ quan")
    approve = Permission.objects.get(codename="approve_progress")
    for group in Group.objects.all():
        group.permissions.remove(approve)
    load_reference()
    assert approve in head.permissions.all()
    head.permissions.remove(approve)  # administrators keep it: the office wanted it so
    load_reference()
    assert approve not in head.permissions.all()
