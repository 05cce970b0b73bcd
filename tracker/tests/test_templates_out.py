"""Templates to be filled in, and the document of the columns: complete, true, and their examples accepted."""

import io
from dataclasses import asdict

import openpyxl
import pytest
from django.utils.translation import override

from agreements.interchange.describing import columns_about, csv_document, terms_of
from agreements.interchange.examples import EXAMPLES
from agreements.interchange.exporting import headings_out
from agreements.interchange.importing import import_sheets
from agreements.interchange.templates_out import (
    example_name,
    guide_name,
    template_sheets,
    workbook_template,
)
from agreements.interchange.xlsx import write_xlsx
from agreements.models import Agreement, Term
from tracker.interchange import KINDS
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def opened(sheets):
    stream = io.BytesIO()
    write_xlsx(stream, sheets)
    return openpyxl.load_workbook(io.BytesIO(stream.getvalue()))


def described(kind, name, language="en"):
    with override(language):
        return next(about for about in columns_about(KINDS[kind]) if about.name == name)


def rules(sheet):
    return {str(rule.sqref).partition("2:")[0]: rule for rule in sheet.data_validations.dataValidation}


def column_of(sheet, heading):
    return next(cell.column_letter for cell in sheet[1] if cell.value == heading)


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_template_has_the_headings_of_an_export_and_no_row(kind):
    book = opened(template_sheets(KINDS[kind]))
    sheet = book[kind]
    assert book.sheetnames[:3] == [kind, example_name(), guide_name()]
    assert [cell.value for cell in sheet[1]] == headings_out(KINDS[kind](), "vi")
    assert sheet.max_row == 1
    assert len(rules(sheet)) == len({*rules(sheet)})
    example = book[example_name()]
    assert example.max_row == 1 + len(EXAMPLES[kind])
    assert [cell.value for cell in example[1]] == [cell.value for cell in sheet[1]]
    guide = [row[0].value for row in book[guide_name()].iter_rows(min_row=2)]
    assert guide == [cell.value for cell in sheet[1]]


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_example_names_columns_that_there_are(kind):
    names = {about.name for about in columns_about(KINDS[kind])}
    assert EXAMPLES[kind]
    assert not [name for row in EXAMPLES[kind] for name in row if name not in names]
    required = {about.name for about in columns_about(KINDS[kind]) if about.required}
    assert required <= set(EXAMPLES[kind][0])


def test_the_examples_of_all_kinds_are_a_register_that_the_import_takes():
    sheets = []
    for kind, resource in KINDS.items():
        _sheet, example, _guide = template_sheets(resource)
        rows = [[column.heading for column in example.columns], *map(list, example.rows)]
        sheets.append((resource, kind, list(enumerate(rows, 1))))
    done = import_sheets(sheets)
    assert [str(fault) for fault in done.faults] == []
    assert done.new == sum(map(len, EXAMPLES.values()))


def offered(book, rule):
    """The choices of a drop-down list, wherever they stand."""
    if rule.formula1.startswith('"'):
        return rule.formula1.strip('"').split(",")
    name, cells = rule.formula1.split("!")
    return [row[0].value for row in book[name.strip("'")][cells.replace("$", "")]]


def test_choices_drop_down_by_their_vietnamese_labels():
    book = opened(template_sheets(KINDS["agreements"]))
    sheet, found = book["agreements"], rules(book["agreements"])
    level, fields = found[column_of(sheet, "Cấp")], found[column_of(sheet, "Lĩnh vực hợp tác")]
    with override("vi"):
        assert offered(book, level) == [str(label) for label in Agreement.Level.labels]
    assert "tỉnh" in offered(book, level)[0]
    assert offered(book, found[column_of(sheet, "Tự động gia hạn")]) == ["có", "không"]
    assert {"Thỏa thuận hợp tác", "Biên bản ghi nhớ"} <= set(offered(book, found[column_of(sheet, "Loại")]))
    assert len(offered(book, fields)) == Term.objects.filter(vocabulary="field", retired=False).count()
    assert (level.showErrorMessage, fields.showErrorMessage) == (True, False)


def test_a_name_that_two_lists_have_is_offered_by_list_and_code():
    Term.objects.create(vocabulary="currency", code="person", name="người")
    cell = KINDS["commitments"].fields["unit"].widget
    assert {"unit:person", "currency:person"} <= set(terms_of(cell))
    assert "người" not in terms_of(cell)


def test_the_columns_of_dates_are_text_so_that_no_spreadsheet_rewrites_them():
    sheet = opened(template_sheets(KINDS["agreements"]))["agreements"]
    formats = {
        heading: sheet.column_dimensions[column_of(sheet, heading)].number_format
        for heading in ("Mã", "Ngày ký", "Số bản")
    }
    assert formats == {"Mã": "@", "Ngày ký": "@", "Số bản": "General"}


@pytest.mark.parametrize(
    ("kind", "name", "facts"),
    [
        ("agreements", "title", {"required": True, "key": False, "label_vi": "Tên gọi", "label_en": "Title"}),
        ("agreements", "office", {"required": False, "key": True}),
        ("agreements", "process", {"required": False, "value": "choice", "several": False}),
        ("agreements", "parties", {"required": False, "value": "list: body", "several": True}),
        ("agreements", "period", {"value": "date or period"}),
        ("agreements", "issued_on", None),
        ("documents", "issued_on", {"value": "date"}),
        ("documents", "kind", {"required": True, "value": "list entry"}),
        ("terms", "rank", {"required": False, "value": "whole number"}),
        ("progress", "on", {"required": True}),
        ("progress", "quantity", {"value": "quantity or amount"}),
        ("lines", "part_of", {"value": "number of a row"}),
        ("events", "party", {"key": True, "required": False, "value": "party"}),
        ("contributions", "to", {"required": True, "choices": ("agreement", "commitment")}),
        ("roles", "lead", {"required": False, "value": "yes or no"}),
        ("names", "script", {"required": False}),
    ],
)
def test_a_column_is_described_by_what_the_code_says_of_it(kind, name, facts):
    if facts is None:
        with pytest.raises(StopIteration):
            described(kind, name)
        return
    told = asdict(described(kind, name))
    assert {fact: told[fact] for fact in facts} == facts


def test_the_roles_that_may_be_written_are_those_of_all_records():
    choices = described("roles", "role").choices
    assert {"party", "obligor", "head", "chair", "giver"} <= set(choices)
    assert len(choices) == len(set(choices))


def test_the_workbook_holds_every_kind_in_reading_order_with_examples_and_one_guide():
    book = opened(workbook_template(KINDS.values()))
    visible = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert visible == [*KINDS, example_name(), guide_name()]
    columns = sum(len(columns_about(resource)) for resource in KINDS.values())
    assert book[guide_name()].max_row == 1 + columns
    rows = [[cell.value for cell in row] for row in book[example_name()].iter_rows(min_row=2)]
    assert len(rows) == len(KINDS) + sum(map(len, EXAMPLES.values()))
    assert rows[0][:3] == ["terms", *headings_out(KINDS["terms"](), "vi")[:2]]


def test_the_document_has_a_table_for_each_kind_and_a_line_for_each_column():
    text = csv_document(KINDS.values())
    lines = text.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("## ")] == list(KINDS)
    for resource in KINDS.values():
        for about in columns_about(resource):
            assert f"| `{about.name}` | {about.label_vi} | {about.label_en} |" in text
    tables = [line for line in lines if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in tables} == {9}
    assert len(tables) == 2 * len(KINDS) + sum(len(columns_about(one)) for one in KINDS.values())
