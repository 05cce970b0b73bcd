"""Nothing bypasses the history: who may write without it, and why; and every record tells its changes."""

import ast
import re
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db import models
from django.urls import reverse

from agreements.admin.changes import ChangesMixin
from agreements.fields import Derived, EdtfField, Text
from agreements.history import RecordedQuerySet, Route, recording
from agreements.models import Recorded, Succession, User
from agreements.tests.builders import make_agreement, make_commitment, make_progress
from tracker.models import ImportBatch
from tracker.tests.seeded import seeded  # noqa: F401
from tracker.tests.test_sizes import sources

pytestmark = pytest.mark.once


# What may not be called ------------------------------------------------------------------------------
PAST_HISTORY = (
    "bulk_create",
    "bulk_update",
    "_raw_delete",
    "_update",
    "_insert",
    "abulk_create",
    "abulk_update",
)
"""Calls that write rows without `save`; and `.update(name=value)`, which only querysets take that way."""
STATEMENT = re.compile(r"\b(INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|COPY\s+\S+\s+\()", re.IGNORECASE)
WRITERS = {
    "agreements/history.py": "it is what writes history: update and bulk_create with their history rows",
    "agreements/review.py": "steps of the review, through the manager that records",
    "tracker/reports/frozen/views.py": "signing a copy off, once: who and when stand on the copy",
    "agreements/interchange/writing.py": "imports: each row's history is written and counted against the promise",
    "agreements/interchange/reopening.py": "what imports and their undoing make drafts: they write its history",
    "agreements/interchange/undoing.py": "undoing of imports: write_history beside every statement",
    "agreements/withdrawing.py": "what an undone import had made, together: undoing.py writes its history",
    "tracker/demo/writing.py": "invented registers: rows, then write_history of them",
    "tracker/progress/instances.py": "targets of periods, through the manager that records",
    "tracker/imports/models.py": "the state of an import, which is no record",
    "tracker/imports/working.py": "the state of an import, which is no record",
    "tracker/backup/dumps.py": "the copy in an archive: it loses its sessions",
    "tracker/backup/moving.py": "a whole register into an empty database, its history among the rows",
    "tracker/personal/sweeping.py": "erasure by law: it reaches the history itself, and amends the seals",
    "tracker/torture/moves.py": "a changed word that the comparing must notice, taken back at once",
    "tracker/torture/power.py": "saves of a scratch database that is no register",
    "tracker/torture/tampering.py": "it attacks the log of a scratch register on purpose",
}


def without_history(tree):
    """The calls and statements of a module that write past `save`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in PAST_HISTORY or (name in ("update", "aupdate") and node.keywords):
                yield name
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and STATEMENT.search(node.value):
            yield STATEMENT.search(node.value)[0]
        elif isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
            if found := STATEMENT.search(text):
                yield found[0]


def writers():
    found = {}
    for path in sources():
        if calls := sorted(set(without_history(ast.parse(path.read_text("utf-8"))))):
            found[path.relative_to(settings.BASE_DIR).as_posix()] = calls
    return found


def test_only_named_modules_write_without_save():
    assert writers().keys() == WRITERS.keys()


@pytest.mark.parametrize(
    "line",
    [
        "Agreement.objects.filter(pk=1).update(title='x')",
        "Agreement._base_manager.bulk_create(rows)",
        "rows.bulk_update(some, ['title'])",
        "rows._raw_delete('default')",
        "cursor.execute('update agreements_agreement set title = %s')",
        "cursor.execute(f'DELETE FROM {table}')",
        "cursor.execute(f'INSERT INTO {table} VALUES (1)')",
        "rows.update(**values)",
    ],
)
def test_the_ban_sees_each_way_around_the_history(line):
    assert list(without_history(ast.parse(line)))


def test_what_is_no_writing_is_let_through():
    assert not list(
        without_history(ast.parse("seen.update(found); digest.update(b'x'); 'Delete it from here'"))
    )


def test_every_table_of_the_register_records_its_changes():
    ours = [model for model in apps.get_models() if model._meta.app_label in ("agreements", "delegations")]
    tables = [model for model in ours if not model.__name__.startswith("Historical")]
    assert [model.__name__ for model in tables if not issubclass(model, Recorded)] == ["User"]
    for model in tables:
        assert hasattr(model, "history"), model
        assert model is User or isinstance(model._default_manager.all(), RecordedQuerySet), model


# Every record's page of changes ----------------------------------------------------------------------
OWN_PAGE = {
    "AccessLog": "it is a log itself",
    "ReportTemplate": "never changed: another file is another template, with who and when on it",
}
pages = pytest.mark.parametrize(
    "model",
    [one for one in admin.site._registry if one.__name__ not in OWN_PAGE],
    ids=lambda one: one.__name__,
)


def test_every_list_of_the_admin_has_a_page_of_changes():
    without = [
        model.__name__ for model, page in admin.site._registry.items() if not isinstance(page, ChangesMixin)
    ]
    assert sorted(without) == sorted(OWN_PAGE)


def told_column(model):
    """(column, two values) that staff may enter: a text, else a date."""
    if model is Succession:
        return model._meta.get_field("on"), ("2001", "2002")
    texts = [
        one
        for one in model._meta.concrete_fields
        if isinstance(one, Text | models.TextField | models.CharField)
    ]
    free = [
        one for one in texts if one.editable and not one.choices and not isinstance(one, Derived | EdtfField)
    ]
    apart = ("code", "username", "password")
    column = next(one for one in free if one.name not in apart and one.max_length != 2)
    return column, ("Trước đây 1", "Sau này 2")


@pages
@pytest.mark.django_db
@pytest.mark.usefixtures("seeded")
def test_a_change_is_told_with_before_and_after_by_whom_and_from_which_import(admin_client, model):
    User.objects.create(username="co-san", full_name="Có sẵn")
    make_progress(make_commitment(make_agreement()), "2024")
    record = model.objects.order_by("pk").last()
    column, (before, after) = told_column(model)
    user = User.objects.create(username="ai", full_name="Người Sửa")
    job = ImportBatch.objects.create(
        kind="workbook", owner=user, file_name="so lieu.xlsx", batch=uuid4(), state="written", sha256="0" * 64
    )
    setattr(record, column.attname, before)
    record._history_user = user
    record.save()
    setattr(record, column.attname, after)
    with recording(Route.IMPORT, job.batch):
        record.save()
    opts = model._meta
    page = admin_client.get(reverse(f"admin:{opts.app_label}_{opts.model_name}_history", args=[record.pk]))
    text = page.content.decode()
    assert f"<del>{before}</del> → {after}" in text
    assert "Người Sửa" in text
    assert f'nhập tệp: <a href="/imports/{job.pk}/">so lieu.xlsx</a>' in text


@pytest.mark.django_db
def test_the_rights_of_staff_and_groups_are_told_too(admin_client):
    group, right = Group.objects.create(name="Thử"), Permission.objects.get(codename="view_agreement")
    user = User.objects.create(username="ai", full_name="Ai Đó")
    group.permissions.add(right)
    user.groups.add(group)
    assert "Xem thỏa thuận" in admin_client.get(f"/admin/auth/group/{group.pk}/history/").content.decode()
    assert "Thử" in admin_client.get(f"/admin/agreements/user/{user.pk}/history/").content.decode()
