"""Every report of the catalogue as a frozen copy: kept whole, readable in every form, compared row by row."""

import io
import random
from dataclasses import replace
from datetime import date
from functools import cache

import docx
import openpyxl
import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat

from agreements.models import Agreement, Body, Commitment, Term
from delegations.models import Delegation, Delivery, DeliveryLine, Meeting
from tracker.reports import writers
from tracker.reports.catalogue import REPORTS, SHEET, build
from tracker.reports.formats import written
from tracker.reports.frozen.comparing import compared, rows_compared
from tracker.reports.frozen.models import FrozenReport, freeze
from tracker.reports.frozen.naming import is_ordinal, named
from tracker.reports.frozen.packing import packed, unpacked
from tracker.reports.table import Cell, Part, Sheet
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded"), pytest.mark.once]
DAY = date(2023, 6, 30)
SLUGS = [*(report.slug for report in REPORTS), SHEET]
KEPT = (Agreement, Commitment, Delegation, Meeting, Delivery)


def asked(slug):
    """What a reader asks: a period and a day; two places, one agreement where the report needs them."""
    given = {"begin": "2019-01-01", "end": str(DAY), "on": str(DAY)}
    if slug == "relation":
        codes = {"place": "VN2025-01", "partner": "LA-VT"}
        given |= {name: str(Body.objects.get(code=code).pk) for name, code in codes.items()}
    if slug == "closing-list":
        given["on"] = "2026-03-01"  # when agreements of the seeds have ended
    if slug == SHEET:
        given["agreement"] = str(Agreement.objects.get(code="HN-VC-2022").pk)
    return given


def run(slug):
    return build(slug, asked(slug), DAY)


@pytest.fixture(scope="module")
def first(seeded):  # noqa: F811
    """`run` of the register as every test finds it: a report is plain data, and made once."""
    return cache(run)


@pytest.fixture
def kept(first):
    """Makes a copy as it comes back from the database."""

    def copy(slug):
        pk = freeze(first(slug), slug, asked(slug)).pk
        return FrozenReport.objects.get(pk=pk)

    return copy


def tables(report):
    return report.tables if isinstance(report, Sheet) else (report, *report.below)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_copy_is_what_was_packed(slug, first, kept):
    report, copy = first(slug), kept(slug)
    assert copy.content == packed(report)
    assert packed(unpacked(copy.content)) == copy.content
    assert writers.to_json(copy.report) == writers.to_json(report)
    assert [table.charts for table in tables(copy.report)] == [table.charts for table in tables(report)]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_page_of_a_copy_shows_it(slug, kept, reader):
    copy = kept(slug)
    page = reader.get(f"/reports/frozen/{copy.pk}/")
    assert page.status_code == 200
    text = page.content.decode()
    assert text.count('<svg xmlns="http://www.w3.org/2000/svg" class="chart"') == sum(
        len(table.charts) for table in tables(copy.report)
    )
    rows = sum(min(len(table.rows), 200) + bool(table.rows) for table in tables(copy.report))
    assert text.count("<tr>") == rows


@pytest.mark.parametrize("slug", SLUGS)
def test_a_copy_goes_out_in_every_form(slug, kept):
    report = kept(slug).report
    for form in ("json", "html"):
        assert str(report.title) in written(report, form)
    assert str(tables(report)[0].columns[0].title) in written(report, "csv")
    book = openpyxl.load_workbook(io.BytesIO(written(report, "xlsx")))
    assert [sheet.max_row for sheet in book.worksheets[1:]] == [
        len(table.rows) + 1 for table in tables(report)
    ]
    document = docx.Document(io.BytesIO(written(report, "docx")))
    assert len(document.inline_shapes) == sum(len(table.charts) for table in tables(report))
    rows = sum(len(table._tbl.tr_lst) for table in document.tables)
    assert rows >= sum(len(table.rows) + bool(table.rows) for table in tables(report))


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_differs_from_an_unchanged_register(slug, kept):
    assert compared(kept(slug).report, run(slug)).rows == ()


def cells(report):
    """[(row, column, text)] of a report."""
    found = [(str(label), "—", writers.shown(value)) for label, value in facts(report)]
    for table in tables(report):
        titles = [str(column.title) for column in table.columns]
        for _key, words, row in named(table):
            found += [(words, title, writers.shown(cell)) for title, cell in zip(titles, row, strict=True)]
    return found


def facts(report):
    return report.facts if isinstance(report, Sheet) else ()


@pytest.mark.parametrize("slug", SLUGS)
def test_what_an_edit_changes_is_told_row_by_row(slug, kept):
    copy = kept(slug)
    for model, column in ((Body, "name"), (Agreement, "title"), (Delegation, "name"), (Commitment, "text")):
        model.objects.update(**{column: Concat(F(column), Value(" (sửa)"))})
    Agreement.objects.filter(code="SL-LPB-2022").update(withdrawn_on=DAY, withdrawn_reason="nhập trùng")
    report = run(slug)
    differences = [[writers.shown(cell) for cell in row] for row in compared(copy.report, report).rows]
    assert differences
    before, now = cells(copy.report), cells(report)
    for _table, row, what, column, old, new in differences:
        if what == "thay đổi":
            assert (row, column, old) in before
            assert (column, new) in {cell[1:] for cell in now}  # whatever the row is called by now
        else:
            assert row in {name for name, *_rest in (now if what == "mới" else before)}


def without(table, place):
    """The table without one of its rows, those after it numbered anew."""
    rows = [list(row) for row in table.rows]
    del rows[place]
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if is_ordinal(table, table.columns[column]):
                row[column] = Cell(number, cell.link)
    return replace(table, rows=tuple(map(tuple, rows)))


@pytest.mark.parametrize("slug", SLUGS)
def test_each_row_is_known_by_itself_wherever_it_stands(slug, first):
    """One row more, or one less, at the top, in the middle or at the end is all that is told of a table."""
    for table in tables(first(slug)):
        keys = [key for key, _words, _row in named(table)]
        assert len(set(keys)) == len(keys), table.key
        for place in {0, len(keys) // 2, len(keys) - 1} if keys else ():
            following = table.rows[place + 1] if place + 1 < len(keys) else ()
            if any(isinstance(cell.value, Part) for cell in following):
                continue  # its parts go with it
            less = without(table, place)
            added = [[str(row[0]), str(row[2])] for row in rows_compared(less, table)]
            gone = [[str(row[0]), str(row[2])] for row in rows_compared(table, less)]
            assert added == [[str(table.title), "mới"]], table.key
            assert gone == [[str(table.title), "không còn"]], table.key


def edits():
    """Edits that officers make, each on a random record."""
    return [
        (Agreement, {"title": "Tên khác"}),
        (Commitment, {"withdrawn_on": DAY, "withdrawn_reason": "nhập trùng"}),
        (Commitment, {"text": "Nội dung khác"}),
        (Commitment, {"strength": "wish"}),
        (Delegation, {"name": "Đoàn khác", "people": 3}),
        (Delegation, {"status": "cancelled"}),
        (Meeting, {"results": "Kết quả khác"}),
        (DeliveryLine, {"description": "Hàng khác"}),
        (Delivery, {"withdrawn_on": DAY, "withdrawn_reason": "nhập trùng"}),
        (Body, {"name": "Tên mới"}),
        (Term, {"name": "Từ khác"}),
    ]


def test_copies_stay_equal_after_200_random_edits(kept):
    copies = {slug: kept(slug) for slug in SLUGS}
    before = {slug: writers.to_json(copy.report) for slug, copy in copies.items()}
    chance = random.Random(4)
    for number in range(200):
        model, values = chance.choice(edits())
        pk = chance.choice(list(model.objects.values_list("pk", flat=True)))
        values = {
            key: f"{text} {number}" if key in ("title", "text", "name", "description") else text
            for key, text in values.items()
        }
        model.objects.filter(pk=pk).update(**values)
    for slug, copy in copies.items():
        again = FrozenReport.objects.get(pk=copy.pk)
        assert again.is_sound
        assert writers.to_json(again.report) == before[slug]
    changed = [slug for slug in SLUGS if compared(copies[slug].report, run(slug)).rows]
    assert changed == SLUGS
