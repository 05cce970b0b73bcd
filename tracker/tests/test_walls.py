"""Nobody reads, changes or learns of what another office keeps: every address × eight users (docs/security.md)."""

import io
import os
import time
import zipfile
from collections import Counter

import pytest
from django.apps import apps
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from agreements import scope as walls
from agreements.interchange.csv_out import csv_chunks
from agreements.interchange.exporting import rows_out
from agreements.scope import WALLS
from tracker.imports.models import ImportBatch
from tracker.interchange import KINDS
from tracker.tests.importers import kept_apart  # noqa: F401
from tracker.tests.walls_matrix import Matrix
from tracker.tests.walls_world import A, B, UNIT, begin_import, is_shared, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_apart")]
FORBIDDEN = {
    "anonymous": (A, B, UNIT),
    "without permissions": (A, B, UNIT),
    "reader B": (A,),
    "officer B": (A,),
    "focal point B": (A, B),
    "head B": (A,),
    "provincial reader": (),
    "administrator": (),
}
"""Whose words each user may never be shown."""
WRITERS = ("administrator",)
"""Who may change what office A keeps."""
OURS = ("agreements_", "delegations_", "tracker_")


@pytest.fixture
def world(settings, tmp_path):
    local = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files"},
    }
    settings.STORAGES = {**settings.STORAGES, "default": local}
    world = make_world()
    for user, mark in ((world.officer_a, A), (world.users["officer B"], B)):
        begin_import(client_of(user), mark)
    for mark in (A, B):
        jobs = ImportBatch.objects.filter(office=world.offices[mark])
        world.rows[mark]["tracker.importbatch"] = list(jobs)
    return world


def client_of(user):
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def shown(response):
    """Everything that an answer tells: its text, the parts of a packed file, messages, the name of a file."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    told = [response.headers.get("Content-Disposition", ""), response.headers.get("Location", "")]
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            told += [packed.read(name).decode(errors="ignore") for name in packed.namelist()]
    told.append(content.decode(errors="ignore"))
    request = getattr(response, "wsgi_request", None)
    told += [str(one) for one in get_messages(request)] if hasattr(request, "_messages") else []
    return "\n".join(told)


class Watch:
    """Whether anything was written to our tables since it began to look."""

    def __init__(self):
        self.written = False

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE", "REPLACE")) and any(
            f'"{one}' in sql for one in OURS
        ):
            self.written = True
        return execute(sql, params, many, context)


class Kept:
    """What office A keeps, byte for byte, and what refers to it."""

    def __init__(self, world):
        self.keys = {}
        self.office = world.offices[A].pk
        for label, rows in world.rows[A].items():
            if not is_shared(apps.get_model(label)):
                self.keys[apps.get_model(label)] = {row.pk for row in rows}
        self.before = self.now()

    def now(self):
        found = {}
        for label in WALLS:
            model = apps.get_model(label)
            if model._meta.proxy:
                continue
            which = Q(pk__in=self.keys.get(model, ()))
            for one in model._meta.concrete_fields:
                if one.related_model in self.keys and label != "agreements.user":
                    which |= Q(**{f"{one.name}__in": self.keys[one.related_model]})
                elif one.name == "office":
                    which |= Q(office=self.office)
            columns = [one.attname for one in model._meta.concrete_fields if one.name != "last_login"]
            found[label] = sorted(model._base_manager.filter(which).values_list(*columns), key=repr)
            for many in model._meta.many_to_many:
                if many.related_model in self.keys:
                    rows = many.remote_field.through._base_manager
                    of_them = {f"{many.m2m_reverse_field_name()}__in": self.keys[many.related_model]}
                    found[f"{label}.{many.name}"] = sorted(
                        rows.filter(**of_them).values_list("pk", flat=True)
                    )
        return found

    def changed(self):
        now = self.now()
        return [label for label in now if now[label] != self.before[label]]


def sent(client, cell):
    if cell.data is None:
        return client.get(cell.url)
    return client.post(cell.url, cell.data, follow=cell.follow)


def leaks_of(client, name, cell, kept):
    """Sentences: what the answer to one request gives away to the user `name`, or lets them do."""
    found, watch = [], Watch()
    with transaction.atomic():
        with connection.execute_wrapper(watch):
            response = sent(client, cell)
            told = shown(response)
        found += [f"shows {mark}" for mark in FORBIDDEN[name] if mark in told]
        if response.status_code >= 500:
            found.append(f"status {response.status_code}")
        if watch.written and name not in WRITERS:
            found += [f"changes {label}" for label in kept.changed()]
        transaction.set_rollback(True)
    if cell.twin and not found and name not in ("administrator", "provincial reader"):
        with transaction.atomic():
            twin = sent(client, type(cell)(cell.area, cell.twin, cell.data, follow=cell.follow))
            transaction.set_rollback(True)
        if twin.status_code != response.status_code or response.status_code == 200:
            found.append(f"{response.status_code}, of a missing row {twin.status_code}")
    return found


def run(world, users, kept):
    """(number of cells by area, [(user, cell, leaks)])."""
    cells = Matrix(world, client_of(world.users["administrator"])).build()
    counted, leaking = Counter(), []
    for name in users:
        client, began = client_of(world.users[name]), time.process_time()
        for cell in (one for one in cells if not one.by or name in one.by):
            counted[cell.area] += 1
            if found := leaks_of(client, name, cell, kept):
                leaking.append((name, cell.name, found))
        print(name, sum(counted.values()), round(time.process_time() - began, 1))
    return counted, leaking


def test_nobody_sees_or_changes_what_another_office_keeps(world):
    kept = Kept(world)
    counted, leaking = run(world, FORBIDDEN, kept)
    print(sum(counted.values()), dict(counted), len(leaking))
    for one in leaking[:150]:
        print(one)
    assert leaking == []
