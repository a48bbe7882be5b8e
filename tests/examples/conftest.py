"""Fixtures for the examples: their modules, imported as a model's process does, and the weights that one needs."""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from .folders import EXAMPLES, RUNTIME, fetch_weights

Load = Callable[[str, str], ModuleType]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """`load(example, module)`; what it imported is forgotten afterwards, since examples share module names."""
    before = set(sys.modules)

    def load(example: str, module: str) -> ModuleType:
        monkeypatch.syspath_prepend(str(RUNTIME))
        monkeypatch.syspath_prepend(str(EXAMPLES / example))
        return import_module(module)

    yield load
    for name in set(sys.modules) - before:
        if EXAMPLES in Path(getattr(sys.modules[name], "__file__", None) or "/").parents:
            del sys.modules[name]


@pytest.fixture(scope="session")
def weights() -> Path:
    return fetch_weights()
