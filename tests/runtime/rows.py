"""The rows of the runtime's table of behaviours, 1 to 283, and the tests that stand for them.

A test claims a row by `@rows(58, 63)`, or by the id of one of its cases: `"79-int-from-word"` claims row 79.
"""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ALL = range(1, 284)

_LEADING_NUMBER = re.compile(r"(\d+)-")


def rows(*numbers: int) -> pytest.MarkDecorator:
    return pytest.mark.rows(*numbers)


def claimed() -> dict[int, set[str]]:
    """The names of the tests by row."""
    found: dict[int, set[str]] = {}
    for name, function in _tests():
        for number in _claims(function):
            found.setdefault(number, set()).add(name)
    return found


def once_each(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Those that are the first to claim a row, or are marked as `everywhere`; and the rest."""
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    seen: set[int] = set()
    for item in items:
        new = set(_claims_of(item)) - seen
        (kept if new or item.get_closest_marker("everywhere") else left).append(item)
        seen |= new
    return kept, left


def _claims_of(item: pytest.Item) -> Iterator[int]:
    for mark in item.iter_markers("rows"):
        yield from mark.args
    values = item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
    yield from (int(match[1]) for match in map(_LEADING_NUMBER.match, map(str, values)) if match)


def _tests() -> Iterator[tuple[str, Any]]:
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        module = importlib.import_module(f".{file.stem}", __package__)
        for name, value in vars(module).items():
            if name.startswith("test_") and callable(value):
                yield f"{file.stem}::{name}", value


def _claims(function: Any) -> Iterator[int]:
    for mark in getattr(function, "pytestmark", ()):
        if mark.name == "rows":
            yield from mark.args
        if mark.name == "parametrize":
            yield from (int(match[1]) for match in map(_LEADING_NUMBER.match, map(str, mark.args[1])) if match)
