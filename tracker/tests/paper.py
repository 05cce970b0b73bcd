"""What stands on the pages of a PDF, read with pdftotext (poppler-utils)."""

import os
import re
import subprocess
from shutil import which

import pytest

A4 = {595, 842}


def needed():
    """Skips where the program is not installed; with REQUIRE_BROWSER=1, as on the gate, that is a failure."""
    if which("pdftotext"):
        return
    sentence = "pdftotext is not installed (Debian's package poppler-utils): what is printed cannot be read."
    if os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(sentence)
    pytest.skip(sentence)


def output(file, how):
    needed()
    command = ["pdftotext", how, str(file), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def pages_of(file):
    """The text of each page that has any."""
    return [one for one in output(file, "-layout").split("\f") if one.strip()]


def words_on_paper(file):
    """The words that stand within the pages, all of them A4, run together: a long word may be broken over lines."""
    found, width = [], 0
    for line in output(file, "-bbox").splitlines():
        if page := re.search(r'<page width="([\d.]+)" height="([\d.]+)"', line):
            width = float(page[1])
            assert {round(float(side)) for side in page.groups()} == A4
        word = re.search(r'xMin="([-\d.]+)".*xMax="([-\d.]+)".*>(.*)</word>', line)
        if word and float(word[1]) >= 0 and float(word[2]) <= width:
            found.append(word[3])
    return "".join(found).replace("&amp;", "&")
