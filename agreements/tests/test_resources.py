"""Files of the ground floor: what a cell may hold, what is refused and in which words."""

import csv
import io

import pytest
from django.utils.translation import override

from agreements.interchange.exporting import rows_out
from agreements.interchange.importing import import_sheets
from agreements.models import (
    Agreement,
    AgreementRole,
    Body,
    Document,
    Person,
)
from agreements.resources import (
    AgreementResource,
    CommitmentResource,
    DocumentResource,
    EventResource,
    LinkResource,
    LocalityResource,
    NameResource,
    OrganizationResource,
    PersonResource,
    ProgressResource,
    SuccessionResource,
    TargetResource,
    TermResource,
)
from conftest import rows_of

pytestmark = pytest.mark.django_db
KINDS = [
    AgreementResource, CommitmentResource, DocumentResource, EventResource, LinkResource, LocalityResource,
    NameResource, OrganizationResource, PersonResource, ProgressResource, SuccessionResource, TargetResource,
    TermResource,
]  # fmt: skip
PLACES = [
    "code,name,kind,country,exists",
    "VN,Việt Nam,country,VN,",
    "LA,Lào,country,LA,",
    "VN2025-14,Sơn La,province,VN,",
    "VN2025-01,Hà Nội,city,VN,",
    "VN2024-79,TP. Hồ Chí Minh,city,VN,đến 30/6/2025",
    "VN2025-79,TP. Hồ Chí Minh,city,VN,từ 1/7/2025",
    "LA-LP,Luông Pha Bang,province,LA,",
    "LA-VT,Viêng Chăn,city,LA,",
    "LA-VI,Viêng Chăn,province,LA,",
]


@pytest.fixture(autouse=True)
def english():
    """Sentences are compared in the language of the code."""
    with override("en"):
        yield


@pytest.fixture(scope="module")
def register(django_db_setup, django_db_blocker):
    """Lists and a few places, once for the module."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic(), override("en"):
        terms = rows_of("reference/terms.csv")
        load(TermResource, ["\t".join(terms[0]), *("\t".join(row.values()) for row in terms)])
        load(LocalityResource, PLACES)
        load(
            OrganizationResource,
            ["code,name,kind,country,area", "SNV-SL,Sở Ngoại vụ,department,VN,VN2025-14"],
        )
        load(
            OrganizationResource,
            ["code,name,kind,country,area", "SNV-HN,Sở NV Hà Nội,department,VN,VN2025-01"],
        )
        yield
        transaction.set_rollback(True)


@pytest.fixture
def office(register):
    return Body.objects.get(code="SNV-SL")


def rows_in(lines):
    """The rows of a CSV text as (number, cells); its separator is that of the headings."""
    text = "\n".join(lines)
    separator = max(",;\t", key=text.partition("\n")[0].count)
    return list(enumerate(csv.reader(io.StringIO(text), delimiter=separator), 1))


def attempt(kind, lines, user=None, **options):
    """(faults as (row, column, sentence), outcome) of importing a file."""
    answers = {"numbers": "vi"}
    outcome = import_sheets([(kind, kind.kind, rows_in(lines))], user=user, answers=answers, **options)
    return [(fault.row, fault.column, fault.sentence) for fault in outcome.faults], outcome


def taken_out(kind):
    """{column: its cells as text} of everything that the register holds of a kind."""
    headings, rows = rows_out(kind)
    return dict(zip(headings, map(list, zip(*rows, strict=True)), strict=True))


def load(kind, lines, **options):
    """(new, changed, unchanged) of a file without faults."""
    faults, outcome = attempt(kind, lines, **options)
    assert faults == []
    return outcome.new, outcome.changed, outcome.unchanged


def refused(kind, lines, **options):
    """The one fault of a file, as (row, column, sentence)."""
    (fault,) = attempt(kind, lines, **options)[0]
    return fault


AGREEMENT = "code,title,kind,parties,signed_on"


def test_a_file_given_twice_gives_its_records_once(office):
    lines = [AGREEMENT, "A1,Một,memorandum,VN2025-14|LA-LP,27/8/[2022]"]
    assert load(AgreementResource, lines, office=office) == (1, 0, 0)
    assert load(AgreementResource, lines, office=office) == (0, 0, 1)
    agreement = Agreement.objects.get()
    assert (agreement.office, agreement.signed_on) == (office, "2022?-08-27")
    assert agreement.history.count() == 1


def test_a_changed_cell_changes_its_record_and_nothing_else(office):
    load(AgreementResource, [AGREEMENT, "A1,Một,memorandum,VN2025-14|LA-LP,2022"], office=office)
    assert load(AgreementResource, ["code,title", "A1,Hai"], office=office) == (0, 1, 0)
    agreement = Agreement.objects.get()
    assert (agreement.title, agreement.signed_on, agreement.roles.count()) == ("Hai", "2022", 2)


def test_history_says_import_and_one_batch_a_file(office):
    load(DocumentResource, ["code,title,kind", "D1,Một,plan", "D2,Hai,plan"], office=office)
    first, second = Document.history.order_by("id")
    assert first.route == second.route == "import"
    assert first.batch == second.batch is not None


def test_a_file_with_one_fault_changes_nothing(office):
    lines = ["code,title,kind", "D1,Một,plan", "D2,,plan"]
    row, column, _sentence = refused(DocumentResource, lines, office=office)
    assert (row, column) == (3, "title")
    assert not Document.objects.exists()


HEADINGS = [
    ("id,code,title", "The column “id” is not accepted: records are known by their codes. Remove it."),
    ("code,title,colour", "Unknown columns: colour. Remove them or take the headings of an export."),
    ("code,code,title", "These columns stand twice: code."),
]


@pytest.mark.parametrize(("headings", "sentence"), HEADINGS)
def test_a_file_with_wrong_headings_is_refused_in_one_sentence(office, headings, sentence):
    faults, _result = attempt(AgreementResource, [headings, "1,A1,Một"], office=office)
    assert faults[0] == (0, "", sentence)
    assert not Agreement.objects.exists()


def test_a_file_without_a_column_of_its_key_is_refused(office):
    faults, _result = attempt(LinkResource, ["agreement,kind", "A1,under"], office=office)
    assert faults[0] == (0, "", "These columns are missing: other agreement.")


def test_headings_are_read_as_keys_in_english_and_in_vietnamese(register):
    keys = ["code", "name", "country"]
    headings = {}
    for language in ("en", "vi"):
        with override(language):
            headings[language] = [str(Person._meta.get_field(key).verbose_name) for key in keys]
    for number, names in enumerate([keys, headings["en"], headings["vi"]]):
        assert load(PersonResource, [",".join(names), f"p{number},Nguyễn Văn {number},VN"]) == (1, 0, 0)


def test_a_fault_names_the_column_as_the_file_does(register):
    with override("vi"):
        heading = str(Person._meta.get_field("country").verbose_name)
    assert refused(PersonResource, [f"code,name,{heading}", "a,A,Lào"])[1] == heading


BAD_AGREEMENTS = [
    ("signed_on", "30/2/2022", "“30/2/2022”: month 2 of 2022 has no day 30; correct the day or the month."),
    (
        "parties",
        "Viêng Chăn",
        "“Viêng Chăn” may be Viêng Chăn [LA-VI] or Viêng Chăn [LA-VT]: write which one.",
    ),
    ("parties", "Luông Pha Băg", "“Luông Pha Băg” is not known. Perhaps: Luông Pha Bang?"),
    ("parties", "Xứ Không Có", "“Xứ Không Có” is not known: check the spelling, or enter it first."),
    ("level", "tỉnh lỵ x", None),
    ("number", "-1", "“-1” is negative: write what there is, or leave the cell empty."),
    ("number", "1,5", "“1,5” is not a whole number: write it without decimals."),
    ("copies", "hai", "“hai” is no number: write 1.500.000, 1.500.000,5 or 300 triệu."),
    ("binding", "có lẽ", "“có lẽ” is neither yes nor no: write yes, no, or nothing."),
    ("part_of", "A9", "No agreement bears the code “A9”: check the code, or enter it first."),
    ("fields", "bóng đá x", "“bóng đá x” is not known: check the spelling, or enter it first."),
    ("sources", "D9:tr. 1", "No document bears the code “D9”: check the code, or enter it first."),
    ("period", "2025–2022", "“2025–2022” ends before it begins: check both dates."),
    ("exchanged_on", "2022–2025", "“2022–2025” is a period: write a single date here."),
]


@pytest.mark.parametrize(("column", "value", "sentence"), BAD_AGREEMENTS)
def test_a_bad_cell_is_told_with_its_row_column_and_cure(office, column, value, sentence):
    lines = [f"code;title;kind;{column}", f"A1;Một;memorandum;{value}"]
    fault = refused(AgreementResource, lines, office=office)
    assert fault[:2] == (2, column)
    assert fault[2] == sentence or sentence is None
    assert value.partition(":")[0] in fault[2]


def test_the_fault_of_a_choice_names_the_choices(office):
    lines = ["code,title,kind,mode", "A1,Một,memorandum,bay"]
    sentence = "“bay” is not in the list: choose one of in person, online, exchange of papers."
    assert refused(AgreementResource, lines, office=office) == (2, "mode", sentence)


def test_choices_are_read_as_keys_and_as_labels_of_either_language(office):
    with override("vi"):
        vietnamese = str(Agreement.Level.PARTY.label)
    lines = ["code,title,kind,level", f"A1,Một,memorandum,{vietnamese}", "A2,Hai,memorandum,border commune"]
    load(AgreementResource, [*lines, "A3,Ba,memorandum,multilateral"], office=office)
    assert list(Agreement.objects.order_by("code").values_list("level", flat=True)) == [
        "party",
        "commune",
        "multilateral",
    ]


def test_terms_are_read_by_code_or_by_name_within_their_list(office):
    lines = ["code,title,kind,fields", "A1,Một,Biên bản ghi nhớ,health|Giáo dục và đào tạo"]
    load(AgreementResource, lines, office=office)
    agreement = Agreement.objects.get()
    assert agreement.kind.code == "memorandum"
    assert sorted(agreement.fields.values_list("vocabulary", flat=True)) == ["field", "field"]


def test_a_row_without_an_office_needs_that_of_the_importer(register):
    row, column, sentence = refused(AgreementResource, ["code,title,kind", "A1,Một,memorandum"])
    assert (row, column) == (0, "office")
    assert sentence.endswith("or name the office with --office CODE.")


def test_one_record_given_in_two_rows_is_refused(office):
    lines = ["code,title,kind", "D1,Một,plan", "D2,Hai,plan", "D1,Ba,plan"]
    sentence = "Row 2 is of the same record: keep one of the two rows."
    assert refused(DocumentResource, lines, office=office) == (4, "", sentence)
    assert refused(DocumentResource, [*lines[:2], "d1 ,Ba,plan".replace("d1", "D1")], office=office)[0] == 3


@pytest.mark.parametrize(("rows", "refused_row", "kept_row"), [
    (["D1,Một,plan", "D1,Ba,plan"], 3, 2), (["D1,Ba,plan", "D1,Một,plan"], 2, 3), (["D1,Một,plan"] * 2, 3, 2),
])  # fmt: skip
def test_a_row_that_changes_nothing_and_another_of_its_record_are_two(office, rows, refused_row, kept_row):
    lines = ["code,title,kind", "D1,Một,plan"]
    load(DocumentResource, lines, office=office)
    sentence = f"Row {kept_row} is of the same record: keep one of the two rows."
    assert refused(DocumentResource, [lines[0], *rows], office=office) == (refused_row, "", sentence)


def test_a_row_that_changes_nothing_is_read_all_the_same(office):
    lines = ["code,title,kind,issued_on,note", "D1,Một,plan,27/8/2022,một  hai", "D2,Hai,plan,,"]
    load(DocumentResource, lines, office=office)
    written = ["code,kind,title,issued_on,note", "D1,kế hoạch,'Một,2022-08-27, một  hai ", "D2,plan,Hai,,"]
    assert load(DocumentResource, written, office=office) == (0, 1, 1)  # an apostrophe is a letter before M
    assert Document.objects.get(code="D1").title == "'Một"
    assert load(DocumentResource, [*lines[:1], *lines[2:]], office=office) == (0, 0, 1)
    assert refused(DocumentResource, [lines[0], "D2,Hai,plan,31/2/2022,"], office=office)[:2] == (
        2,
        "issued_on",
    )
    assert refused(DocumentResource, ["code,title,kind,version", "D2,Hai,plan,mới"], office=office)[:2] == (
        2,
        "version",
    )


def test_rows_of_empty_cells_are_passed_over_and_still_counted(office):
    lines = ["code,title,kind", "D1,Một,plan", ",,", "D2,,plan"]
    assert refused(DocumentResource, lines, office=office)[:2] == (4, "title")


def test_records_may_name_one_another_in_any_order_of_rows(office):
    lines = ["code,title,kind,part_of,follows", "A1,Phần,memorandum,A2,A2|A3", "A2,Toàn bộ,memorandum,,A3"]
    load(AgreementResource, [*lines, "A3,Trước,memorandum,,"], office=office)
    part = Agreement.objects.get(code="A1")
    assert part.part_of.code == "A2"
    assert sorted(part.links.values_list("other__code", flat=True)) == ["A2", "A3"]


def test_a_circle_of_predecessors_is_refused(office):
    lines = ["code,title,kind,follows", "A1,Một,memorandum,A2", "A2,Hai,memorandum,A1"]
    row, column, sentence = refused(AgreementResource, lines, office=office)
    assert (row, column) == (2, "follows")
    assert sentence == (
        "These relations run in a circle: an agreement cannot come both before and after another."
    )
    assert not Agreement.objects.exists()


def test_a_code_of_the_same_spelling_in_another_kind_is_no_row_of_this_file(office):
    load(AgreementResource, ["code,title,kind", "A1,Một,memorandum"], office=office)
    lines = ["code,agreement,text,kind,strength", "C1,C2,Một,standing,signed", "C2,A1,Hai,standing,signed"]
    fault = refused(CommitmentResource, lines, office=office)
    assert fault == (2, "agreement", "No agreement bears the code “C2”: check the code, or enter it first.")


def test_a_short_column_states_the_whole_list_and_keeps_the_detail_of_rows_it_names(office):
    load(AgreementResource, [AGREEMENT, "A1,Một,memorandum,VN2025-14|LA-LP,2022"], office=office)
    role = AgreementRole.objects.get(body__code="LA-LP")
    role.as_printed = "Luang Prabang"
    role.save()
    load(AgreementResource, ["code,parties", "A1,VN2025-01|LA-LP"], office=office)
    kept = AgreementRole.objects.get(body__code="LA-LP")
    assert (kept.pk, kept.as_printed) == (role.pk, "Luang Prabang")
    assert sorted(Agreement.objects.get().roles.values_list("body__code", flat=True)) == [
        "LA-LP",
        "VN2025-01",
    ]
    load(AgreementResource, ["code,parties", "A1,"], office=office)
    assert not AgreementRole.objects.exists()


def test_a_party_that_something_refers_to_cannot_be_left_out(office):
    load(AgreementResource, [AGREEMENT, "A1,Một,memorandum,VN2024-79|LA-LP,2022"], office=office)
    events = ["agreement,kind,on,party,successor", "A1,inherited,1/7/2025,VN2024-79,VN2025-79"]
    load(EventResource, events)
    row, column, sentence = refused(AgreementResource, ["code,parties", "A1,LA-LP"], office=office)
    assert (row, column) == (2, "parties")
    assert "cannot be left out here: something else refers to it." in sentence


def test_an_event_of_a_party_that_is_none_names_the_parties(office):
    load(AgreementResource, [AGREEMENT, "A1,Một,memorandum,VN2024-79|LA-LP,2022"], office=office)
    events = ["agreement,kind,on,party,successor", "A1,inherited,1/7/2025,VN2025-01,VN2025-79"]
    row, column, sentence = refused(EventResource, events)
    assert (row, column) == (2, "party")
    assert sentence == "“VN2025-01” is no party of the agreement: its parties are VN2024-79, LA-LP."


def test_the_date_of_the_row_chooses_between_before_and_after_a_merger(office):
    lines = [AGREEMENT, "A1,Một,memorandum,Hồ Chí Minh,2022", "A2,Hai,memorandum,TP. Hồ Chí Minh,2026"]
    load(NameResource, ["of,code,text", "body,VN2024-79,Hồ Chí Minh", "body,VN2025-79,Hồ Chí Minh"])
    load(AgreementResource, lines, office=office)
    parties = AgreementRole.objects.order_by("agreement__code").values_list("body__code", flat=True)
    assert list(parties) == ["VN2024-79", "VN2025-79"]
    load(AgreementResource, ["code,parties", "A1,Hồ Chí Minh"], office=office)
    assert Agreement.objects.get(code="A1").roles.get().body.code == "VN2024-79"


def test_codes_that_two_offices_use_are_written_with_their_office(office):
    other = Body.objects.get(code="SNV-HN")
    for mine in (office, other):
        load(AgreementResource, ["code,title,kind", f"A1,Của {mine.code},memorandum"], office=mine)
    links = ["agreement,kind,other", "SNV-HN/A1,related,SNV-SL/A1"]
    load(LinkResource, links)
    assert taken_out(LinkResource)["agreement"] == ["SNV-HN/A1"]
    sentence = "Several offices have the code “A1”: write it as SNV-"
    assert refused(LinkResource, ["agreement,kind,other", "A1,amends,SNV-SL/A1"])[2].startswith(sentence)


def test_a_code_of_rows_whose_office_is_unknown_names_one_that_is_kept(office):
    load(DocumentResource, ["code,kind,title", "D1,report,Báo cáo"], office=Body.objects.get(code="SNV-HN"))
    lines = ["code,office,kind,title,replaces", "D1,KHONG-CO,report,Một,", "D1,KHONG-CO,report,Hai,"]
    faults, _outcome = attempt(DocumentResource, [*lines, "D2,SNV-SL,report,Ba,D1"])
    assert [fault[:2] for fault in faults] == [(2, "office"), (3, "office")]
