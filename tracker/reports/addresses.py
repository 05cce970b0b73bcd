"""Addresses that reports name by the thousand: found once and filled in, where Django looks for each anew."""

from functools import cache

from django.urls import get_script_prefix, reverse

APPS = {
    "agreement": "agreements",
    "commitment": "agreements",
    "document": "agreements",
    "progress": "agreements",
    "delegation": "delegations",
    "meeting": "delegations",
    "delivery": "delegations",
}


def record(model, pk):
    """The page of a record: `record("commitment", 12)`."""
    return filled(f"admin:{APPS[model]}_{model}_change", get_script_prefix(), pk)


def sheet_of(pk, on):
    """The sheet of an agreement as of a day."""
    return f"{filled('reports:agreement-sheet', get_script_prefix(), pk)}?on={on.isoformat()}"


def of_report(slug):
    """The page of a report of the catalogue."""
    return filled("reports:report", get_script_prefix(), slug)


def filled(name, prefix, pk):
    before, after = around(name, prefix)
    return f"{before}{pk}{after}"


@cache
def around(name, _prefix):
    """What stands before and after the number or name in an address."""
    before, _filled, after = reverse(name, args=[0]).rpartition("0")
    return before, after
