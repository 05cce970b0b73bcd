"""Two heads at one report in the same moment: one step is taken, the other is told that it was not."""

import threading
import time

import pytest
from django.db import connections, models

from agreements.models import Progress
from agreements.review import APPROVE, RETURN, take_step
from agreements.tests.builders import make_agreement, make_commitment, make_progress
from agreements.tests.pages import client_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held_up(monkeypatch):
    """Whoever writes the step of this name waits a second before, with the rows already chosen: (name, event).

    Django's own statement is held up; nothing of ours is replaced.
    """
    to, chosen, write = [], threading.Event(), models.QuerySet.update

    def slowly(self, **values):
        if values.get("review_state") in to:
            chosen.set()
            time.sleep(1)
        return write(self, **values)

    monkeypatch.setattr(models.QuerySet, "update", slowly)
    return to, chosen


@pytest.mark.parametrize(
    ("first", "second", "told", "steps"),
    [
        # what is approved may be returned: who came second found it approved, and the history says so
        (APPROVE, RETURN, [1, 1], ["approved", "returned"]),
        (RETURN, APPROVE, [1, 0], ["returned"]),
        (APPROVE, APPROVE, [1, 0], ["approved"]),
        (RETURN, RETURN, [1, 0], ["returned"]),
    ],
)
def test_of_two_steps_at_once_each_is_told_what_was_written(held_up, first, second, told, steps):
    row = make_progress(make_commitment(make_agreement()), "2023", review_state="submitted")
    users, counts = (client_of().user, client_of().user), [None, None]
    to, chosen = held_up
    to.append(steps[0])

    def take(place, step):
        counts[place] = take_step(step, Progress.objects.all(), users[place], "Thiếu biên bản")
        connections.close_all()

    threads = [threading.Thread(target=take, args=one) for one in enumerate((first, second))]
    threads[0].start()
    assert chosen.wait(10)
    threads[1].start()
    for thread in threads:
        thread.join(30)
    row.refresh_from_db()
    assert counts == told
    assert list(row.history.order_by("history_id").values_list("review_state", flat=True))[1:] == steps
    assert (row.review_state, row.review_note) == (
        steps[-1],
        "Thiếu biên bản" if steps[-1] == "returned" else "",
    )
