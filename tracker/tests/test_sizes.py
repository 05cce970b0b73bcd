"""Functions and files stay small: that is what keeps the house readable (docs/architecture.md)."""

import ast
import math

import pytest
from django.conf import settings

pytestmark = pytest.mark.once


PACKAGES = ("agreements", "delegations", "tracker")
LONGEST_FILE, LONGEST_FUNCTION, USUAL_FUNCTION = 400, 50, 25


def sources():
    """Our Python files beside tests and migrations."""
    for package in PACKAGES:
        for path in sorted((settings.BASE_DIR / package).rglob("*.py")):
            if not {"tests", "migrations"} & set(path.parts):
                yield path


def functions(text):
    """[(name, lines)] of every function of a source, its docstring and decorators among them."""
    return [
        (node.name, node.end_lineno - min([node.lineno, *(one.lineno for one in node.decorator_list)]) + 1)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def percentile(numbers, share):
    """The smallest of `numbers` that at least `share` of them do not exceed."""
    return sorted(numbers)[math.ceil(share * len(numbers)) - 1]


def told():
    """[("agreements/dates.py: parse", lines)] of all our functions."""
    root = settings.BASE_DIR
    return [
        (f"{path.relative_to(root)}: {name}", lines)
        for path in sources()
        for name, lines in functions(path.read_text(encoding="utf-8"))
    ]


def test_no_file_is_long():
    lengths = {
        str(path.relative_to(settings.BASE_DIR)): len(path.read_text("utf-8").splitlines())
        for path in sources()
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_long():
    assert [one for one in told() if one[1] > LONGEST_FUNCTION] == []


def test_nineteen_functions_of_twenty_are_short():
    lengths = [lines for _name, lines in told()]
    assert len(lengths) > 500
    assert percentile(lengths, 0.95) <= USUAL_FUNCTION


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def a():\n    pass\n", [("a", 2)]),
        ("@one\n@two\ndef a(\n    b,\n):\n    pass\n", [("a", 6)]),
        ("class A:\n    async def b(self):\n        def c():\n            pass\n", [("b", 3), ("c", 2)]),
    ],
)
def test_functions_are_measured_whole(text, expected):
    assert functions(text) == expected


def test_a_percentile_is_one_of_the_numbers():
    assert percentile(range(1, 101), 0.95) == 95
    assert percentile([3, 1, 2], 0.95) == 3
