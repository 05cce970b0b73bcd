"""The data dictionary tells what the models are."""

import pytest
from django.conf import settings

from agreements.interchange.describing import csv_document
from tracker.dictionary import dictionary
from tracker.interchange import KINDS

pytestmark = pytest.mark.once


def test_the_data_dictionary_is_up_to_date():
    written = (settings.BASE_DIR / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == dictionary(), "run: python manage.py data_dictionary"


@pytest.mark.django_db
def test_the_columns_of_files_are_described_as_they_are():
    written = (settings.BASE_DIR / "docs" / "csv.md").read_text(encoding="utf-8")
    assert written == csv_document(KINDS.values()), "run: python manage.py data_dictionary"


def test_the_data_dictionary_tells_of_all_26_tables():
    assert dictionary().count("\n## ") == 26
