"""Files brought in as one batch, for tests, and what is found wrong in them."""

import csv
import io

from agreements.interchange.importing import import_sheets
from agreements.models import Body
from tracker.interchange import in_order


def cells(text):
    return list(enumerate(csv.reader(io.StringIO(text)), 1))


def take(texts, office=None, **options):
    """Import {kind: text of a CSV} as one batch."""
    found = {kind: (kind, cells(text)) for kind, text in texts.items()}
    return import_sheets(in_order(found), office=office or Body.objects.get(code="SNV-SL"), **options)


def faults(outcome):
    return [(fault.kind, fault.row, fault.column, fault.sentence) for fault in outcome.faults]
