"""Whether the Vietnamese catalogue is complete and compiled."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib
from django.conf import settings

from tracker.package_messages import is_translated, package_faults

CATALOGUES = [path / "vi" / "LC_MESSAGES" / "django.po" for path in settings.LOCALE_PATHS]
CATALOGUES.append(settings.BASE_DIR / "tracker" / "locale" / "vi" / "LC_MESSAGES" / "djangojs.po")
PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]")
SOURCES = ("agreements", "delegations", "tracker")


def faults():
    """Sentences about what is wrong with the catalogues; [] when all is well."""
    found = []
    for path in CATALOGUES:
        catalogue = polib.pofile(str(path))
        found += [f"{path.name}: chưa dịch “{entry.msgid}”" for entry in catalogue if not translated(entry)]
        found += [
            f"{path.name}: sai chỗ điền trong “{entry.msgid}”"
            for entry in catalogue
            if placeholders_differ(entry)
        ]
        compiled = polib.mofile(str(path.with_suffix(".mo")))
        if texts(compiled) != texts(catalogue):
            found.append(
                f"{path.with_suffix('.mo')} cũ hơn .po: hãy chạy “manage.py check_messages --compile”"
            )
    if missing := set(in_source()) - set(texts(polib.pofile(str(CATALOGUES[0])))):
        found += [f"thiếu trong danh mục: “{msgid}”" for msgid in sorted(missing)]
    return found + package_faults(ours())


def ours():
    """{(context, msgid)} that our catalogues translate."""
    return {
        (entry.msgctxt, entry.msgid)
        for path in CATALOGUES
        for entry in polib.pofile(str(path))
        if is_translated(entry)
    }


def translated(entry):
    return entry.obsolete or is_translated(entry)


def placeholders_differ(entry):
    if not entry.msgstr:
        return False
    return not set(PLACEHOLDER.findall(entry.msgstr)) <= set(PLACEHOLDER.findall(entry.msgid))


def texts(catalogue):
    return {
        key_of(entry): entry.msgstr or entry.msgstr_plural.get(0, "")
        for entry in catalogue
        if not entry.obsolete and entry.msgid
    }


def key_of(entry):
    """What tells one text of a catalogue from another: a text may stand twice, with contexts."""
    return f"{entry.msgctxt}: {entry.msgid}" if entry.msgctxt else entry.msgid


def in_source():
    """Every text that the source marks for translation (by Django's makemessages in a copy of the tree)."""
    if not shutil.which("xgettext"):
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SOURCES:
            shutil.copytree(
                settings.BASE_DIR / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "locale")
            )
        (copy / "locale").mkdir()
        command = ["django-admin", "makemessages", "-l", "vi", "--no-location"]
        subprocess.run(command, cwd=copy, check=True, capture_output=True, env=plain_environment())
        made = polib.pofile(str(copy / "locale" / "vi" / "LC_MESSAGES" / "django.po"))
        yield from (key_of(entry) for entry in made if not entry.obsolete)


def plain_environment():
    """makemessages runs in the copy without the project's settings."""
    return {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "LANG": "C.UTF-8"}


def compile_catalogues():
    for path in CATALOGUES:
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
