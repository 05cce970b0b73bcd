"""Every text that staff may see has Vietnamese words: ours, Django's, the add-ons'."""

import re

import polib
import pytest
from django.conf import settings

from delegations.tests.builders import make_delegation
from tracker import messages, package_messages
from tracker.package_messages import (
    PACKAGES,
    UNREACHABLE,
    is_translated,
    package_faults,
    texts_of,
    translated_by,
)

pytestmark = pytest.mark.once


def everything():
    return {
        text
        for package in PACKAGES
        for domain in ("django", "djangojs")
        for text in texts_of(package, domain)
    }


def test_texts_of_packages_without_words_fail():
    told = package_faults(frozenset(), ["import_export", "django_filters"])
    assert len(told) > 60
    assert any("“Export”" in one or "Export" in one for one in told)
    assert "thêm vào locale/packages" in told[0]


def test_what_we_translate_is_no_fault():
    ours = texts_of("import_export", "django")
    left = next(iter(ours))
    assert package_faults(ours, ["import_export"]) == []
    assert len(package_faults(ours - {left}, ["import_export"])) == 1


def test_every_package_is_walked():
    for package in PACKAGES:
        assert texts_of(package, "django"), package
    assert texts_of("django.contrib.admin", "djangojs")
    assert translated_by("django.contrib.admin", "django")


@pytest.mark.parametrize("reason", UNREACHABLE)
def test_what_is_said_to_be_unreachable_is_still_there(reason):
    known = {msgid for _context, msgid in everything()}
    assert [text for text in UNREACHABLE[reason] if text not in known] == []


def test_a_plural_needs_its_own_words():
    one = polib.POEntry(msgid="%(n)s row", msgid_plural="%(n)s rows", msgstr_plural={0: ""})
    assert not is_translated(one)
    one.msgstr_plural = {0: "%(n)s dòng"}
    assert is_translated(one)
    one.flags.append("fuzzy")
    assert not is_translated(one)


def test_a_text_counts_only_while_it_stands_in_the_source():
    assert package_messages.stands_in("Import", 'title = _("Import")')
    assert package_messages.stands_in(
        "Below is a preview of %(count)s rows", "Below is a preview of {{ count }} rows"
    )
    assert not package_messages.stands_in("Gone for years", 'title = _("Import")')


def test_ours_are_read_with_their_contexts():
    assert (None, "agreement") in messages.ours()


def test_no_text_hides_inside_an_f_string_where_the_catalogue_does_not_see_it():
    hidden = re.compile(r"\{(?:_|gettext|ngettext|pgettext)\(")
    for app in ("agreements", "delegations", "tracker"):
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            if "tests" not in path.parts:
                assert not hidden.search(path.read_text(encoding="utf-8")), path


def test_words_of_the_lists_say_what_they_do(admin_client):
    """Django's own words for a button, a title and two columns read like a translation of something else."""
    text = admin_client.get("/admin/agreements/user/").content.decode()
    assert "<title>Danh sách cán bộ" in text
    for word in ("hoạt động:", "trạng thái superuser", "đang duy trì", "để thay đổi"):
        assert word not in text.lower(), word
    make_delegation("out", "2022-05-26")
    text = admin_client.get("/admin/delegations/delegation/").content.decode()
    assert ">Thực hiện</button>" in text
    assert "Hoạt động:" not in text
