"""What offices install is what we tested: requirements.txt, its lock with hashes and the list for auditors agree."""

import json
import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.once


NAME = re.compile(r"([A-Za-z0-9_.-]+)(?:\[[a-z]+\])?==([0-9][0-9A-Za-z.]*)")


def pins(text):
    """{package: version} of the lines of a file of requirements."""
    return {key(name): version for name, version in NAME.findall(text)}


def key(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def read(name):
    return (settings.BASE_DIR / name).read_text(encoding="utf-8")


def test_the_lock_holds_exactly_what_is_required():
    assert pins(read("requirements.lock")) == pins(read("requirements.txt"))


def test_every_package_of_the_lock_has_hashes():
    blocks = [block for block in re.split(r"\n(?=\S)", read("requirements.lock")) if block.strip()]
    assert len(blocks) == len(read("requirements.txt").splitlines())
    for block in blocks:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block


def test_only_the_same_systems_get_a_package():
    assert re.search(r"tzdata==\S+ ; sys_platform == 'win32'", read("requirements.lock"))


def test_the_list_for_auditors_is_cyclonedx_and_complete():
    listed = json.loads(read("docs/sbom.json"))
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    found = {key(one["name"]): one["version"] for one in listed["components"]}
    assert found == pins(read("requirements.txt"))
    for one in listed["components"]:
        assert one["purl"] == f"pkg:pypi/{key(one['name'])}@{one['version']}"
