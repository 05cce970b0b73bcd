"""An invented office's register, for trying things out and for measuring; nobody in it exists.

The same seed gives the same rows. Size is the number of agreements; an agreement brings 10 commitments, some
30 progress reports, 10 deliveries, 2 delegations, 2 meetings and 3 documents. Written in parts, so that
memory does not grow with the size; all in one transaction: a register is filled or stays empty.
"""

from django.db import transaction

from agreements.history import Route
from agreements.models import Agreement
from tracker.demo import aid, papers, promises, visits
from tracker.demo.chance import Chance
from tracker.demo.world import World
from tracker.demo.writing import Writer
from tracker.loading import load_reference

PART = 200
"""Agreements written at once, with all that hangs on them."""


class NotEmpty(ValueError):
    """The register holds agreements already."""


def fill(size=300, seed=1, say=lambda sentence: None):
    """Fill an empty register with `size` invented agreements and all that belongs to them.

    Returns {model: rows written}. Raises NotEmpty where an agreement is entered.
    """
    if Agreement.objects.exists():
        raise NotEmpty("Sổ đã có thỏa thuận: dữ liệu giả định chỉ được nạp vào một sổ trống.")
    with transaction.atomic():
        load_reference()
        writer = Writer(Route.COMMAND)
        world = World(Chance(seed), writer, size)
        for done in range(0, size, PART):
            fill_part(world, min(PART, size - done))
            say(f"Đã tạo {min(done + PART, size)}/{size} thỏa thuận giả định")
    return writer.written


def fill_part(world, count):
    documents = papers.write_documents(world, 3 * count)
    deals = papers.write_agreements(world, count, documents)
    made = promises.write_commitments(world, 10 * count, deals, documents)
    trips = visits.write_delegations(world, 2 * count, deals, documents)
    visits.write_meetings(world, 2 * count, deals, made, trips)
    aid.write_deliveries(world, 10 * count, made, trips, documents)
