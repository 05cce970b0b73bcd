"""Eight officers who save again and again over HTTP, beside an import of thousands of rows: a server in use."""

import csv
import http.client
import math
import os
import random
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from lxml import html

from agreements.models import Agreement, User
from tracker.imports import working
from tracker.loading import OFFICER
from tracker.torture import prey

EDITORS = 8
PROMISED = {"ms for 95 of 100 saves": 1000, "ms for the slowest": 5000}
"""What officers may count on beside an import of thousands of rows."""


class Editor(threading.Thread):
    """One officer with one agreement: opens it, changes its title, saves, and again until `end`."""

    def __init__(self, port, agreement, session, end, pause):
        super().__init__()
        self.agreement, self.session, self.end, self.pause = agreement, session, end, pause
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.path = f"/admin/agreements/agreement/{agreement.pk}/change/"
        self.saves, self.pages, self.faults, self.last = [], [], [], agreement.title

    def run(self):
        number = 0
        while not self.end.is_set():
            time.sleep(random.uniform(0, self.pause))
            number += 1
            try:
                self.save(f"{self.agreement.code} lần {number}")
            except Exception as error:
                self.faults.append(repr(error))
                return

    def save(self, title):
        """Open, change, save; the title counts as stored when the server says so."""
        begun = time.monotonic()
        status, headers, body = self.open()
        self.pages.append(time.monotonic() - begun)
        if status != 200:
            self.faults.append(f"GET {status}")
            return
        form = html.fromstring(body.decode()).get_element_by_id("agreement_form")
        form.fields["title"] = title
        time.sleep(random.uniform(0, self.pause))
        begun = time.monotonic()
        status, _headers, body = self.ask(
            "POST", urlencode(form.form_values()), headers["Set-Cookie"].split(";")[0]
        )
        self.saves.append(time.monotonic() - begun)
        if status == 302:
            self.last = title
        else:
            self.faults.append(f"POST {status} {html.fromstring(body.decode()).text_content()[:2000]}")

    def open(self):
        return self.ask("GET")

    def ask(self, method, body=None, cookie=""):
        headers = {"Cookie": f"sessionid={self.session}; {cookie}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.link.request(method, self.path, body, headers)
        answer = self.link.getresponse()
        return answer.status, answer.headers, answer.read()


def load(seconds, rows, pause, promised=False):
    """{"saves", "errors", "ms for …"}; an officer looks at a page for up to `pause` seconds.

    Raises AssertionError where a save failed, what was told stored is not, or (`promised`) a save took too long.
    """
    agreements = own_agreements()
    end = threading.Event()
    with served() as port:
        editors = [Editor(port, one, session(), end, pause) for one in agreements]
        editors[0].open()  # the first page of a server that has just started reads all templates
        for editor in editors:
            editor.start()
        importing = imported(rows)
        time.sleep(seconds)
        importing.wait()
        end.set()
        for editor in editors:
            editor.join()
    assert importing.returncode == 0, "the import failed"
    faults = [fault for editor in editors for fault in editor.faults]
    assert not faults, faults[:3]
    for editor in editors:
        assert Agreement.objects.get(pk=editor.agreement.pk).title == editor.last
    assert Agreement.objects.filter(code__startswith="MASS-").count() == rows
    found = figures(editors, rows)
    assert not promised or quick(found), f"too slow: {found}"
    return found


def quick(found):
    """Whether these figures keep what is promised."""
    return all(found[what] < most for what, most in PROMISED.items())


def figures(editors, rows):
    saves = sorted(one for editor in editors for one in editor.saves)
    pages = sorted(one for editor in editors for one in editor.pages)
    return {
        "saves": len(saves), "errors": 0, "rows imported beside": rows,
        "ms for 95 of 100 saves": milliseconds(saves, 0.95), "ms for half of them": milliseconds(saves, 0.5),
        "ms for the slowest": milliseconds(saves, 1), "ms for 95 of 100 pages": milliseconds(pages, 0.95),
    }  # fmt: skip


def milliseconds(sorted_times, share):
    """So many of the times, by `share`, are no longer than this."""
    return round(1000 * sorted_times[math.ceil(len(sorted_times) * share) - 1])


def own_agreements():
    """One agreement for each officer."""
    prey.officer()
    job = prey.planned_job("LOAD", EDITORS)
    working.write(job, job.batch)
    return list(Agreement.objects.filter(code__startswith="LOAD-"))


def session():
    """The cookie of a new officer of the office who is logged in."""
    officer = User(username=f"can-bo-{random.randrange(10**9)}", is_staff=True, office=prey.office())
    officer.set_unusable_password()
    officer.save()
    officer.groups.add(Group.objects.get(name=OFFICER))
    client = Client()
    client.force_login(officer)
    return client.cookies["sessionid"].value


@contextmanager
def served():
    """The server of `quickstart` as a process of its own; yields its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "waitress",
        f"--listen=127.0.0.1:{port}",
        "--threads=16",
        "tracker.wsgi:application",
    ]
    environment = {**os.environ, "ALLOWED_HOSTS": "127.0.0.1"}
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL)
    try:
        for _try in range(300):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def imported(rows):
    """A process that imports so many agreements."""
    path = settings.DATA_DIR / "mass.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(prey.rows("MASS", rows))
    command = [
        sys.executable,
        "manage.py",
        "import_data",
        "agreements",
        str(path),
        "--office",
        prey.office().code,
    ]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)
