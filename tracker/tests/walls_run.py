"""Running the matrix of the walls: what each answer gives away, and what everybody must be able to do."""

import io
import re
import zipfile
from collections import Counter

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from agreements import scope as walls
from agreements.interchange.csv_out import csv_chunks
from agreements.interchange.exporting import rows_out
from agreements.models import Agreement, Commitment, Document, User
from agreements.scope import WALLS, Reach
from tracker.imports.models import ImportBatch
from tracker.interchange import KINDS
from tracker.models import FrozenReport
from tracker.tests.walls_matrix import Matrix
from tracker.tests.walls_world import UNIT, A, B, begin_import, is_shared, make_world

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
NOT_MADE = 501
"""The answer where the program for a form of file (PDF) is not installed."""
OURS = ("agreements_", "delegations_", "tracker_")


PAGES = {
    "actions", "admin", "choices", "export", "foreign keys", "history", "import", "inlines", "lists", "read", "write",
}  # fmt: skip
"""The areas of the admin's own pages; all others (reports, files in and out, links, what is new) are around them."""


@pytest.fixture
def world():
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
    for close in response._resource_closers:  # response.close() would close the connection of the test, too
        close()
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
        if response.status_code >= 500 and response.status_code != NOT_MADE:
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


def run(world, users, takes):
    """(number of cells by area, [(user, area, cell, leaks)]) of the areas that `takes(area)` names."""
    kept = Kept(world)
    built = Matrix(world, client_of(world.users["administrator"])).build()
    cells = [cell for cell in built if takes(cell.area)]
    counted, leaking = Counter(), []
    for name in users:
        client = client_of(world.users[name])
        for cell in cells:
            if cell.by and name not in cell.by:
                continue
            counted[cell.area] += 1
            if found := leaks_of(client, name, cell, kept):
                leaking.append((name, cell.area, cell.name, found))
        for kind in KINDS if takes("files in") else ():
            counted["files in"] += 1
            if found := leaks_of_import(client, name, kind, world, kept):
                leaking.append((name, "files in", kind, found))
    return counted, leaking


# Files that name what office A keeps -------------------------------------------------------------
def file_about(world, mark, kind, marked="khác"):
    """The rows of a kind that are, or name, records of an office, as CSV; their marked texts say something else."""
    own = {
        row.code
        for rows in world.rows[mark].values()
        for row in rows
        if hasattr(row, "office_id") and hasattr(row, "code")
    }
    own.add(world.offices[mark].code)
    headings, rows = rows_out(KINDS[kind])
    rows = [
        [cell.replace(mark, marked) for cell in row]
        for row in rows
        if own & set(re.split(r"[|:#/]", "|".join(row)))
    ]
    return b"".join(csv_chunks(headings, rows)), len(rows)


def leaks_of_import(client, name, kind, world, kept):
    """Sentences: what bringing in a file about office A shows, takes or changes."""
    text, rows = file_about(world, A, kind)
    if name in WRITERS or not rows or kind in ("localities", "organizations", "terms", "people"):
        return []  # lists are of all offices
    found = []
    with transaction.atomic():
        last = ImportBatch._base_manager.latest("pk").pk
        file = SimpleUploadedFile("thu.csv", text)
        told = shown(client.post(reverse("imports:new"), {"kind": kind, "file": file}, follow=True))
        job = ImportBatch._base_manager.filter(pk__gt=last).first()
        if job is not None:
            told += shown(client.get(reverse("imports:job", args=[job.pk]), {"state": "changed"}))
            client.post(reverse("imports:write", args=[job.pk]), {"batch": str(job.batch)}, follow=True)
            taken = {
                state: job.counts.get(state)
                for state in ("new", "changed", "unchanged")
                if job.counts.get(state)
            }
            found += [f"{count} rows {state}" for state, count in taken.items()]
        found += [f"shows {mark}" for mark in FORBIDDEN[name] if mark in told]
        found += [f"changes {label}" for label in kept.changed()] if job is not None else []
        transaction.set_rollback(True)
    return found


# What everybody must be able to do -----------------------------------------------------------------
def controls(world):
    """(user, address, text that must be there): own records read, found, taken out; readers of all see both."""
    entered = [model for model in admin.site._registry if model is not User and not is_shared(model)]
    entered = [model for model in entered if model._meta.app_label != "tracker"]
    for name, marks in (
        ("reader B", B),
        ("officer B", B),
        ("head B", B),
        ("provincial reader", (A, B)),
        ("administrator", (A, B)),
    ):
        for mark in marks if isinstance(marks, tuple) else (marks,):
            paper = world.row(mark, Document)
            yield name, f"/files/{paper.pk}/", mark
            yield name, f"/reports/agreements/{world.rows[mark]['agreements.agreement'][1].pk}/", mark
            yield name, "/reports/agreement-status/", mark
            yield name, "/exports/agreements/?format=csv", mark
            yield name, "/exports/workbook/", mark
            for model in entered:
                row, page = (
                    world.row(mark, model),
                    f"/admin/{model._meta.app_label}/{model._meta.model_name}/",
                )
                yield name, f"{page}{row.pk}/change/", mark
                yield name, f"{page}{row.pk}/history/", ""
                yield name, page, f"{page}{row.pk}/change/"
        copy = world.row(B, FrozenReport)
        yield name, f"/reports/frozen/{copy.pk}/", B
    focal = [Commitment.objects.get(code="CK-U"), Agreement.objects.get(code="TT-U")]
    for row in focal:
        yield "focal point B", f"/admin/agreements/{row._meta.model_name}/{row.pk}/change/", UNIT
        yield "focal point B", f"/admin/agreements/{row._meta.model_name}/", UNIT
    yield "focal point B", f"/reports/agreements/{focal[1].pk}/", UNIT
    for name in ("officer B", "head B"):
        yield name, f"/imports/{world.row(B, ImportBatch).pk}/", B
    yield "anonymous", "/admin/login/", ""
    yield "anonymous", "/healthz", "ok"
    yield "without permissions", "/admin/", ""


def failing_controls(world):
    """(how many there are, those that fail)."""
    clients, failing, count = {name: client_of(user) for name, user in world.users.items()}, [], 0
    for name, url, text in controls(world):
        count += 1
        response = clients[name].get(url)
        if response.status_code != 200 or text not in shown(response):
            failing.append((name, url, response.status_code, text))
    for name in ("officer B", "head B"):
        for kind in KINDS:
            text, rows = file_about(world, B, kind, marked=B)
            if not rows:
                continue
            count += 1
            with transaction.atomic():
                file = SimpleUploadedFile("cua-minh.csv", text)
                clients[name].post(reverse("imports:new"), {"kind": kind, "file": file}, follow=True)
                counts = ImportBatch._base_manager.latest("pk").counts
                transaction.set_rollback(True)
            if counts.get("refused") or not (counts.get("unchanged") or counts.get("changed")):
                failing.append((name, kind, counts))
    return count, failing


# What the tests say ----------------------------------------------------------------------------------
def nobody_sees(world, takes, say):
    """Run the matrix for all users; the count of cells, where none leaks."""
    counted, leaking = run(world, FORBIDDEN, takes)
    areas = ", ".join(f"{area} {count}" for area, count in sorted(counted.items()))
    say(f"{len(leaking)} leaks in {sum(counted.values())} cells of {len(FORBIDDEN)} users ({areas})")
    assert leaking == []
    return counted


def holes_found(world, monkeypatch, takes, say):
    """Take the wall away and run the matrix for one user; {area: leaks}."""
    monkeypatch.setattr(walls, "reach", lambda user: Reach.EVERYTHING)
    _counted, leaking = run(world, ["officer B"], takes)
    found = Counter(area for _name, area, *_what in leaking)
    say(f"taken away: {sum(found.values())} leaks ({dict(found)})")
    return found


@pytest.fixture
def say(capsys):
    """Print a line about the walls, whatever pytest catches."""

    def printed(text):
        with capsys.disabled():
            print(f"\nwalls: {text}")  # noqa: T201

    return printed
