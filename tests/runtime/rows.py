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
