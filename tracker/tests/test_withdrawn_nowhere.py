"""What is withdrawn shows in no list, report, file or choice: every table, report and kind of file is asked."""

import csv
import io

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agreements.interchange.exporting import rows_out
from agreements.interchange.importing import import_sheets
from agreements.models import Agreement, Body
from agreements.models.record import Record, Recorded, counted_with, owner_paths
from agreements.tests.pages import client_of
from tracker.interchange import KINDS, in_order
from tracker.reports import writers
from tracker.reports.catalogue import REPORTS, SHEET, build
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded"), pytest.mark.once]
MODELS = sorted((one for one in apps.get_models() if issubclass(one, Record)), key=lambda one: one.__name__)
MARK = "RUTROI"
TIMES = [
    {"on": "2022-12-31", "begin": "2015-01-01", "end": "2022-12-31"},
    {"on": "2026-11-25", "begin": "2015-01-01", "end": "2026-11-25"},
]


def mark(model):
    """What the codes of a table begin with once they are marked."""
    return f"{MARK}-{model.__name__}-"


def mark_all():
    """Make every record of each table known by its code."""
    for model in MODELS:
        for record in model.objects.all():
            model.objects.filter(pk=record.pk).update(code=f"{mark(model)}{record.pk}")


@pytest.fixture(scope="module")
def marked(seeded):  # noqa: F811
    """(lists, reports) of the marked register while everything in it stands."""
    with transaction.atomic():
        mark_all()
        found = lists(client_of()), reports()
        transaction.set_rollback(True)
    return found


def take_out(model):
    gone = {"withdrawn_on": timezone.localdate(), "withdrawn_reason": "nhập trùng"}
    model.objects.update(**gone)


def reports():
    """{name: text} of every report, at two times, and of the sheets of agreements."""
    places = {"place": "VN2025-14", "partner": "LA-LP"}
    pair = {name: str(Body.objects.get(code=code).pk) for name, code in places.items()}
    found = {}
    for number, time in enumerate(TIMES):
        for report in REPORTS:
            asked = time | (pair if report.slug == "relation" else {})
            made = build(report.slug, asked, timezone.localdate())
            assert made is not None, (report.slug, "was not asked as it wants")
            found[report.slug, number] = writers.to_text(made)
    for agreement in Agreement.objects.counted()[:6]:
        made = build(SHEET, {"agreement": str(agreement.pk)}, timezone.localdate())
        found[SHEET, agreement.pk] = writers.to_text(made)
    return found


def lists(client):
    """{name: text} of every list of the admin and of its home page."""
    found = {"home": client.get(reverse("admin:index")).content.decode()}
    for model in admin.site._registry:
        opts = model._meta
        if issubclass(model, Recorded) and opts.model_name != "body":
            page = client.get(reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"))
            found[opts.label] = page.content.decode()
    return found


def showing(texts, model):
    return sorted(str(name) for name, text in texts.items() if mark(model) in text)


@pytest.mark.parametrize("model", MODELS, ids=lambda one: one.__name__)
def test_a_withdrawn_record_is_in_no_report_and_no_list(model, marked):
    standing, told = marked
    assert showing(standing, model), (
        "the mark is in no list even of what stands: the test would prove nothing"
    )
    seen = showing(told, model)
    assert seen or model.__name__ in ("Meeting", "Document"), "the mark is in no report of what stands"
    mark_all()
    take_out(model)
    assert showing(reports(), model) == []
    assert showing(lists(client_of()), model) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda one: one.__name__)
def test_neither_it_nor_a_part_of_it_is_in_a_file(model):
    """A record that stands may still name one that is withdrawn by its code; no row is about it."""
    kinds = {kind for kind, resource in KINDS.items() if resource.model is model}
    parts = [one for one in apps.get_models() if issubclass(one, Recorded) and one is not model
             and any(step_of(one, path) is model for path in owner_paths(one))]  # fmt: skip
    assert kinds
    assert parts
    take_out(model)
    for part in [model, *parts]:
        for row in part._base_manager.filter(counted_with(part)):
            for path in owner_paths(part):
                owner = row
                for step in path.split("__"):
                    owner = owner and getattr(owner, step)
                assert owner is None or owner.withdrawn_on is None, (part, row)
    for kind in kinds:
        _headings, rows = rows_out(KINDS[kind])
        assert list(rows) == []


def step_of(model, path):
    for step in path.split("__"):
        model = model._meta.get_field(step).related_model
    return model


def test_every_kind_of_file_leaves_out_what_hangs_on_withdrawn_records():
    before = {kind: len(list(rows_out(resource)[1])) for kind, resource in KINDS.items()}
    for model in MODELS:
        take_out(model)
    after = {kind: len(list(rows_out(resource)[1])) for kind, resource in KINDS.items()}
    reference = {"terms", "localities", "organizations", "successions", "people", "names"}
    assert {kind for kind, count in after.items() if count} <= reference
    assert all(before[kind] for kind in ("agreements", "commitments", "targets", "roles", "contributions"))


def taken(kind, text):
    sheets = {kind: (kind, list(enumerate(csv.reader(io.StringIO(text)), 1)))}
    return import_sheets(in_order(sheets), office=Body.objects.get(code="SNV-SL"), answers={"numbers": "vi"})


def test_a_file_that_names_a_withdrawn_code_is_told_and_revives_nothing():
    agreement = Agreement.objects.filter(office__code="SNV-SL").first()
    headings, rows = rows_out(KINDS["agreements"], Agreement.objects.filter(pk=agreement.pk))
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    Agreement.objects.filter(pk=agreement.pk).update(
        withdrawn_on=timezone.localdate(), withdrawn_reason="nhập trùng"
    )
    for kind, text in {
        "agreements": out.getvalue(),
        "events": f"agreement,kind,on\n{agreement.code},extended,2023\n",
        "commitments": f"code,agreement,text,strength\nMOI-1,{agreement.code},Một,signed\n",
    }.items():
        outcome = taken(kind, text)
        sentences = [fault.sentence for fault in outcome.faults]
        assert any("đã rút ngày" in one and "nhập trùng" in one for one in sentences), (kind, sentences)
    agreement.refresh_from_db()
    assert agreement.withdrawn_on
    assert not agreement.commitments.filter(code="MOI-1").exists()
