"""Imports on pages, for tests: who brings in what, and how its page answers."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agreements.models import User
from agreements.tests.builders import make_body
from tracker.imports import working
from tracker.imports.models import ImportBatch

State = ImportBatch.State
PEOPLE = "code;name;country\nnguyen-van-a;Nguyễn Văn Á;VN\nbounnhang;Bun Nhăng;LA\n"
ALL = ["view", "add", "change"]


def at_once(step, job, *arguments):
    """In place of `working.run`: in this thread, whose transaction a test sees."""
    try:
        with working.beating(job, step.__name__):
            step(job, *arguments)
    except Exception as error:
        return True, error
    return True, None


@pytest.fixture
def kept_apart(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(working, "run", at_once)


def login(name, *kinds, verbs=ALL, **facts):
    user = User.objects.create(username=name, full_name=f"Cán bộ {name}", is_staff=True, **facts)
    codenames = [f"{verb}_{kind}" for kind in kinds for verb in verbs]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def officer():
    return login("lan", "person", "succession", "commitment")


def begin(client, text, kind="people", name="tep.csv"):
    """The job of a file that was posted."""
    content = text if isinstance(text, bytes) else text.encode()
    response = client.post(reverse("imports:new"), {"kind": kind, "file": SimpleUploadedFile(name, content)})
    job = ImportBatch.objects.latest("pk")
    assert response.status_code == 302
    assert response["Location"] == url("job", job)
    return job


def counts(job):
    return {state: count for state, count in job.counts.items() if count}


def url(name, job):
    return reverse(f"imports:{name}", args=[job.pk])


def page(client, job, **asked):
    response = client.get(url("job", job), asked)
    job.refresh_from_db()
    return response


def post(client, name, job, **data):
    response = client.post(url(name, job), data)
    assert response.status_code == 302, response.status_code
    job.refresh_from_db()
    return page(client, job)


def write(client, job):
    return post(client, "write", job, batch=job.batch)


def html(response):
    return response.content.decode()


def asked(client, job):
    return page(client, job).context["questions"]


def reply(client, job, **data):
    return post(client, "answer", job, batch=job.batch, **data)


@pytest.fixture
def bodies():
    make_body(code="SNV", name="Sở Ngoại vụ Sơn La")
    make_body(code="SCT", name="Sở Công Thương Sơn La")
