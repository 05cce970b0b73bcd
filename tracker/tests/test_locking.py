"""Two programs at the same work: the second waits, and then says one sentence."""

import subprocess
import sys
import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from tracker import locking
from tracker.locking import Busy, alone
from tracker.trace import sealing
from tracker.trace.models import Seal

pytestmark = pytest.mark.django_db
HOLD = "import fcntl, sys; f = open(sys.argv[1], 'ab'); fcntl.flock(f, 2); print('held', flush=True); input()"


@pytest.fixture
def held(settings, tmp_path):
    """Another program does the work `name` until it is told to end."""
    settings.DATA_DIR, programs = tmp_path, []

    def by_another(name):
        command = [sys.executable, "-c", HOLD, str(tmp_path / f"{name}.lock")]
        program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        programs.append(program)
        assert program.stdout.readline() == "held\n"
        return program

    yield by_another
    for program in programs:
        program.communicate("\n")


@pytest.mark.parametrize(
    ("name", "command", "sentence"),
    [
        ("backup", "backup", "Đang có một lần sao lưu khác chạy"),
        ("seal", "seal_log", "Nhật ký đang được chương trình khác niêm phong"),
    ],
)
def test_the_second_says_one_sentence(held, monkeypatch, name, command, sentence):
    monkeypatch.setattr(locking, "WAIT", 0)
    held(name)
    with pytest.raises(CommandError, match=sentence):
        call_command(command)
    assert not Seal.objects.exists()


def test_the_second_waits_for_the_first_and_for_one_that_died(held):
    first = held("seal")
    threading.Timer(0.5, first.kill).start()
    begun = time.monotonic()
    with alone("seal", "x", wait=20):
        assert 0.3 < time.monotonic() - begun < 15


def test_inside_one_program_it_is_alone_too(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with alone("seal", "đang bận"), pytest.raises(Busy, match="đang bận"), alone("seal", "đang bận", wait=0):
        pass
    with alone("seal", "x", wait=0), alone("backup", "x", wait=0):
        pass


@pytest.mark.django_db(transaction=True)
def test_seals_that_are_made_at_once_follow_one_another(settings, tmp_path):
    settings.DATA_DIR, gate, faults = tmp_path, threading.Barrier(4), []

    def add(number):
        gate.wait()
        try:
            with transaction.atomic():
                sealing.add({"rows": []}, f"lần {number}")
                time.sleep(0.2)  # as in an erasure, whose transaction is longer
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=add, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == [], connection.vendor
    assert list(Seal.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
