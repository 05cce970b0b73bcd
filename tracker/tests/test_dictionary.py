"""The data dictionary tells what the models are."""

from django.conf import settings

from tracker.dictionary import dictionary


def test_the_data_dictionary_is_up_to_date():
    written = (settings.BASE_DIR / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == dictionary(), "run: python manage.py data_dictionary"


def test_the_data_dictionary_tells_of_all_25_tables():
    assert dictionary().count("\n## ") == 25
