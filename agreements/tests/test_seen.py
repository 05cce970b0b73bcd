"""What was typed, in the words of a reader."""

import pytest
from django import forms
from django.utils.translation import override

from agreements.admin.seen import plain, unpacked, words

NULL = forms.NullBooleanField()
TICK = forms.BooleanField()
CHOICE = forms.ChoiceField(choices=[("", "---------"), ("a", "Một")])
TEXT = forms.CharField()


@pytest.mark.parametrize(
    ("field", "values", "told"),
    [
        (NULL, ["unknown"], ""),
        (NULL, ["true"], "có"),
        (NULL, ["false"], "không"),
        (TICK, ["on"], "có"),
        (TICK, [], "không"),
        (CHOICE, ["a"], "Một"),
        (CHOICE, [], ""),
        (TEXT, ["hai\ndòng"], "hai\ndòng"),
        (TEXT, [], ""),
    ],
)
def test_values_are_told_in_words_and_what_is_unknown_is_not_no(field, values, told):
    with override("vi"):
        assert words(field, values) == told


def test_line_breaks_of_browsers_and_spaces_at_the_ends_are_no_change():
    assert plain([" một\r\nhai ", ""]) == ["một\nhai"]
    assert plain(["b", "a"]) == plain(["a", "b"])


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '{"at":"x","main":{},"parts":{}}', '{"at":1}',
                                  '{"at":"2026-01-01T00:00:00+00:00","main":[],"parts":{}}',
                                  '{"at":"2026-01-01T00:00:00+00:00","main":{},"parts":{"a":1}}',
                                  '{"at":"2026-01-01T00:00:00","main":{},"parts":{}}',
                                  '{"at":"2026-01-01T00:00:00+00:00","main":{"a":[1]},"parts":{}}',
                                  '{"at":"2026-01-01T00:00:00+00:00","main":{"a":"x"},"parts":{}}'])  # fmt: skip
def test_what_is_no_state_of_ours_is_none(text):
    assert unpacked(text) is None
