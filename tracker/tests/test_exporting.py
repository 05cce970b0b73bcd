"""The fast way out: cell for cell what a Resource exports, in the order asked for, with few queries."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db.models import Q

from agreements import names
from agreements.interchange import exporting
from agreements.interchange.csv_out import write_csv
from agreements.interchange.exporting import fields_out, headings_out, rows_out, sheet_out
from agreements.interchange.importing import import_sheets
from agreements.interchange.sheets import read_file
from agreements.interchange.xlsx import write_xlsx
from agreements.models import (
    Agreement,
    AgreementRole,
    Citation,
    Commitment,
    CommitmentRole,
    Document,
    Locality,
    Name,
    Progress,
    Term,
)
from agreements.resources import DocumentResource
from agreements.resources.columns import PlainList, column
from agreements.resources.values import NumberCell, TextCell, guarded
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_event,
    make_link,
    make_override,
    make_person,
    make_place,
    make_progress,
    make_target,
    make_term,
)
from delegations.models import DelegationRole, VisitCitation
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_line, make_meeting
from tracker.interchange import KINDS
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("awkward")]

AWKWARD = [
    "=1+1",
    "'=a",
    "＝b",
    "a|b",
    '"c", d; e',
    "hai\ndòng",
    "ຫລວງພະບາງ",
    "\\|",
    "-5",
    "Đ\u0323",
    "😀 <&>",
]


def awkward_register():
    """Records of which every kind has some, with texts, codes and dates that are easily spoilt."""
    second = make_body("SNV-Z", "Sở Ngoại vụ Z")
    unit = make_term("unit", "XX", "đơn vị XX")
    make_term("currency", "XX", "tiền XX", parent=make_term("currency", "YY", "tiền | YY"))
    people = [make_person(text) for text in AWKWARD]
    papers = [make_document(title=text, code=f"T|{text[:9]}", issued_on="2022-05") for text in AWKWARD]
    paper = make_document(office=second, code=papers[0].code, replaces=papers[1], issued_on="2022?-05-06")
    wholes = [
        make_agreement(title=text, code=f"A{text[:9]}", period="2022/..", note=text) for text in AWKWARD
    ]
    twin = make_agreement(office=second, code=wholes[0].code, part_of=wholes[1], signed_on="2022-08-27?")
    for other in (*wholes[:3], twin):
        make_link(wholes[3], "follows", other)
        make_link(wholes[3], "related", other)
    twin.fields.add(*(make_term("field", f"ff|{number}", rank=9 - number) for number in range(4)))
    for text in AWKWARD[:3]:
        make_event(twin, "amended", f"20{10 + len(text)}", note=text, document=paper)
    party = twin.roles.first()
    make_event(twin, "inherited", "2025-07", party=party, successor=second, partial=True)
    promise = make_commitment(
        wholes[0], [make_place(), make_place("LA-Y")], kind="cumulative", unit=unit, period="2022/2025"
    )
    make_target(promise, "2022/2025", Decimal("1500000.50"), maximum=Decimal("9999999999999.99"))
    make_target(promise, "2023", 5)
    named_twice(promise, people)
    visit_parts(second, promise, paper, people, twin)
    for number, text in enumerate(AWKWARD):
        line = text.replace("\n", " ")  # a line break would part a list into two values
        Citation.objects.create(agreement=twin, document=paper, locator=line)
        Name.objects.create(agreement=twin, text=line.replace("|", "/"), language="und")
        make_progress(promise, f"2023-0{1 + number % 9}", done=text, quantity=Decimal(number) / 4)
    for number, text in enumerate(AWKWARD[:4], 1):
        make_override(promise, since=date(2023, number, 28), reason=text, until=date(2024, 2, 29))
    last = make_progress(promise, "2024", corrects=Progress.objects.get(commitment=promise, number=2))
    Citation.objects.create(progress=last, document=papers[2], role="evidence")
    Name.objects.create(term=unit, text="XX khác", language="vi", document=paper)
    Name.objects.create(person=people[0], text="Người khác", language="vi")


def named_twice(promise, people):
    """The same body in one part under two titles, and a person in a list of bodies."""
    place = make_place()
    for rank, facts in enumerate([{"body": place, "title": "a"}, {"body": place, "title": "b"}], 1):
        CommitmentRole.objects.create(commitment=promise, role="lead", rank=4 - rank, **facts)
    CommitmentRole.objects.create(commitment=promise, role="lead", person=people[1])
    CommitmentRole.objects.create(commitment=promise, role="lead", body=make_place("LA-Y"), rank=1)


def visit_parts(office, promise, paper, people, twin):
    """Delegations whose heads are known by name or by title, a meeting, a delivery, what they served."""
    visit = make_delegation(
        head="=Trưởng đoàn", in_plan=False, cost=Decimal("0.5"), currency=make_term("currency", "VND")
    )
    named = make_delegation(office=office, code=visit.code, part_of=visit, held="2022/2023")
    DelegationRole.objects.create(delegation=named, role="head", title="Không tên", rank=1)
    DelegationRole.objects.create(delegation=named, role="head", person=people[2], title="Có tên", rank=2)
    meeting = make_meeting(held="", results=AWKWARD[5])
    meeting.delegations.add(visit, named)
    delivery = make_delivery(delegation=named)
    line = make_line(delivery, unit="bộ", quantity=Decimal("1.25"), quantity_is="about")
    make_line(delivery, part_of=line, description="|")
    contribute(meeting, promise, "made")
    contribute(visit, twin)
    contribute(visit, twin, "signed")
    contribute(delivery, promise, line=line, counterpart=make_place("LA-Y"))
    VisitCitation.objects.create(meeting=meeting, document=paper, locator="tr. 3|4")
    VisitCitation.objects.create(delivery=delivery, document=paper, role="minutes")


def taken(kind, queryset=None, **options):
    return list(rows_out(KINDS[kind], queryset, **options)[1])


def guarded_rows(rows):
    return [[guarded(cell) for cell in row] for row in rows]


@pytest.fixture(scope="module")
def awkward(seeded, django_db_blocker):  # noqa: F811
    """The seeded register with awkward records above it, made once for this module."""
    with django_db_blocker.unblock():
        awkward_register()


@pytest.mark.parametrize("kind", list(KINDS))
def test_chunks_do_not_show_in_the_rows(kind, monkeypatch):
    whole = taken(kind)
    monkeypatch.setattr(exporting, "CHUNK", 3)
    assert taken(kind) == whole


def written(kind, form, headers):
    """The bytes of a whole kind."""
    stream = io.BytesIO()
    if form == "xlsx":
        write_xlsx(stream, [sheet_out(KINDS[kind], headers=headers)])
    else:
        write_csv(stream, *rows_out(KINDS[kind], headers=headers), separator=";")
    return stream.getvalue()


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_csv_file_is_read_as_what_was_written(kind):
    (_heading, *rows) = read_file(written(kind, "csv", "vi"), "a.csv").sheets[0].rows()
    assert [cells for _number, cells in rows] == guarded_rows(taken(kind))


@pytest.mark.parametrize(("form", "headers"), [("csv", "vi"), ("csv", "key"), ("xlsx", "vi"), ("xlsx", "en")])
@pytest.mark.parametrize("kind", list(KINDS))
def test_what_goes_out_comes_in_again_without_a_change(kind, form, headers):
    content = written(kind, form, headers)
    sheet = read_file(content, f"a.{form}").sheets[0]
    done = import_sheets([(KINDS[kind], sheet.name, sheet.rows)])
    assert [str(fault) for fault in done.faults] == []
    assert (done.new, done.changed, done.refused, done.unchanged) == (0, 0, 0, len(taken(kind)))


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_workbook_holds_the_same_cells_with_their_types(kind):
    book = openpyxl.load_workbook(io.BytesIO(written(kind, "xlsx", "key")))
    cells = [list(row) for row in book[kind].iter_rows(min_row=2)]
    expected = [[guarded(cell) if cell[:1] == "'" else cell for cell in row] for row in taken(kind)]
    assert [[as_text(cell) for cell in row] for row in cells] == expected
    assert not [cell for row in cells for cell in row if cell.data_type == "f"]


def as_text(cell):
    """The text that a CSV file would hold for a cell of a workbook."""
    if cell.value is None:
        return ""
    if cell.is_date:
        return f"{cell.value.day}/{cell.value.month}/{cell.value.year}"
    return NumberCell().render(str(cell.value)) if cell.data_type == "n" else cell.value


def test_typed_cells_are_days_only_where_the_day_is_certain_and_numbers_as_numbers():
    rows = taken(
        "documents", Document.objects.filter(code__startswith="T|=").order_by("office__code"), typed=True
    )
    issued = rows_out(KINDS["documents"])[0].index("issued_on")
    assert [row[issued] for row in rows] == ["5/2022", "6/5/[2022]"]
    document = make_document(issued_on="2022-08-05", read_on="2022-08-05?")
    (row,) = taken("documents", Document.objects.filter(pk=document.pk), typed=True)
    assert (row[issued], row[8]) == (date(2022, 8, 5), "[5/8/2022]")
    (row,) = taken("progress", Progress.objects.filter(number=3, quantity="0.5"), typed=True)
    assert (row[1], row[3], row[12]) == (3, Decimal("0.5"), "no")
    (corrects,) = [row[13] for row in taken("progress", typed=True) if row[13] is not None]
    assert corrects == 2
    (bounds,) = [row[11:13] for row in taken("commitments", typed=True) if row[10] == "unit:XX"]
    assert bounds == [Decimal("1500000.50"), Decimal("9999999999999.99")]


def test_references_that_two_records_share_say_which_is_meant():
    codes = {row[2] for row in taken("links") if row[1] == "follows"}
    assert {"SNV-X/A=1+1", "SNV-Z/A=1+1", "A'=a"} <= codes
    assert "XX" not in {row[10] for row in taken("commitments")}
    assert ["term", "unit:XX", "XX khác", "vi", "Latn", "variant", "SNV-Z/T|=1+1"] in taken("names")


def test_the_list_keeps_its_filters_search_and_order():
    found = Agreement.objects.filter(Q(folded__contains="thoa thuan") | Q(code__startswith="A"), part_of=None)
    for order in (["-code"], ["title", "pk"], ["office__name", "-signed_first", "pk"]):
        queryset = found.order_by(*order).distinct()
        assert [row[1] for row in taken("agreements", queryset)] == [one.code for one in queryset]
    sliced = found.order_by("code")[2:5]
    assert [row[1] for row in taken("agreements", sliced)] == [one.code for one in sliced]
    shown = Agreement.objects.with_effect(date(2023, 1, 1)).filter(effect="in_force").select_related("office")
    shown = shown.prefetch_related("roles").order_by("code")
    assert {row[1] for row in taken("agreements", shown)} == {one.code for one in shown}
    assert taken("agreements", Agreement.objects.none()) == []


def test_one_table_of_a_kind_of_several_may_be_asked_for():
    wanted = AgreementRole.objects.filter(role="party").order_by("id")
    rows = taken("roles", wanted)
    assert [row[0] for row in rows] == ["agreement"] * wanted.count()
    both = taken("citations", [VisitCitation.objects.order_by("id"), Citation.objects.order_by("id")[:1]])
    assert [row[0] for row in both][-1] in ("agreement", "commitment")
    assert "meeting" in {row[0] for row in both}


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_number_of_queries_does_not_grow_with_the_records(kind, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        assert len(taken(kind)) > 2


def test_nothing_is_read_before_the_first_row(django_assert_num_queries):
    with django_assert_num_queries(0):
        headings, rows = rows_out(KINDS["commitments"], headers="vi")
    assert headings[0] == "Cơ quan"
    assert next(rows)


@pytest.mark.parametrize("headers", ["vi", "en", "key"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_headings_are_unique_and_each_is_read_back_as_its_column(kind, headers):
    resource = KINDS[kind]()
    headings = headings_out(resource, headers)
    assert len(set(map(names.key, headings))) == len(headings)
    read = [resource.headings[names.key(heading)] for heading in headings]
    assert read == [field.column_name for field in fields_out(resource)]


def test_headings_are_labels_and_the_key_where_two_columns_bear_the_label():
    assert headings_out(KINDS["links"](), "vi") == ["Thỏa thuận", "Quan hệ", "Thỏa thuận kia"]
    assert headings_out(KINDS["links"](), "en") == ["Agreement", "Relation", "Other agreement"]
    assert headings_out(KINDS["links"](), "key") == ["agreement", "kind", "other"]
    both = type("Both", (KINDS["links"],), {"again": column("again", TextCell(), "kind")})
    assert headings_out(both(), "en") == ["Agreement", "kind", "Other agreement", "again"]
    with pytest.raises(ValueError, match="'lo'"):
        headings_out(KINDS["links"](), "lo")


def test_the_version_of_a_record_stands_last_where_the_kind_declares_it():
    facts = {
        "version": column("version", NumberCell(whole=True)),
        "later": column("later", TextCell(), "note"),
    }
    versioned = type("Versioned", (DocumentResource,), facts)
    document = make_document(note="x")
    document.save()
    headings, rows = rows_out(versioned, Document.objects.filter(pk=document.pk), typed=True)
    assert headings[-2:] == ["later", "version"]
    assert next(rows)[-2:] == ["x", 2]


def test_a_column_of_which_nothing_says_how_it_is_read_is_an_error():
    odd = type("Odd", (DocumentResource,), {"odd": column("odd", TextCell(), "nowhere")})
    with pytest.raises(TypeError, match="'odd'"):
        next(rows_out(odd)[1])


def test_an_nm_list_stands_in_the_order_of_its_own_table():
    commitment = make_commitment(made_on="2022")
    commitment.fields.set(
        [make_term("field", code, rank=rank) for code, rank in (("b2", 2), ("b1", 1), ("b3", 3))]
    )
    (row,) = taken("commitments", Commitment.objects.filter(pk=commitment.pk))
    place = [isinstance(field, PlainList) for field in fields_out(KINDS["commitments"]())].index(True)
    assert row[place] == "b1|b2|b3"


def test_proxies_are_taken_by_their_own_lists():
    assert len(taken("localities")) == Locality.objects.count()
    assert {row[0] for row in taken("terms", Term.objects.filter(vocabulary="unit"))} == {"unit"}
