"""The register with reference data and the facts of the source documents, loaded once for a module of tests."""

import pytest
from django.db import transaction

from tracker.loading import load_reference, load_seeds


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """Everything a try-out register holds; each test works in a savepoint above it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        load_seeds()
        yield
        transaction.set_rollback(True)
