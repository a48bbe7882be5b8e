"""Servers shared by the tests of the runtime."""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from .interpreters import place
from .rows import once_each
from .serving import Receiver, Served, receiving, served

Serve = Callable[..., Served]

# What the models of the tests import.
REQUIREMENTS = ("pydantic>=1.9,<3", "typing_extensions", "numpy", "opentelemetry-sdk")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "rows(*numbers): rows of the table of behaviours; see rows.py")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--each-row-once", action="store_true", help="of the runtime's tests, the first of each row")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("each_row_once"):
        items[:], left = once_each(items)
        config.hook.pytest_deselected(items=left)


@pytest.fixture(scope="session")
def chosen_place(request: pytest.FixtureRequest) -> dict[str, str]:
    """RUNTIME_PYTHON=3.8 runs every test against servers on that interpreter, in the layout of an image."""
    version = os.environ.get("RUNTIME_PYTHON")
    if version is None:
        return {}
    there = place(version, REQUIREMENTS, Path(request.config.cache.mkdir("cogc-interpreters")))
    return {"python": there.python, "COG_SERVER_HOME": there.home}


class Shared:
    """`shared("echo.py:Echo")` is one server for the whole run; for tests that leave it as they found it."""

    def __init__(self, stack: contextlib.ExitStack, folders: pytest.TempPathFactory, place: dict[str, str]) -> None:
        self._stack = stack
        self._folders = folders
        self._place = place
        self._servers: dict[tuple[object, ...], Served] = {}

    def __call__(self, model: str, **environment: Any) -> Served:
        key = (model, *sorted(environment.items()))
        if key not in self._servers:
            folder = self._folders.mktemp("server")
            self._servers[key] = self._stack.enter_context(served(model, folder, **{**self._place, **environment}))
        return self._servers[key]

    def warm_up(self, models: Iterable[str]) -> None:
        """Starts several at a time: most of a start is waiting."""
        # Else two threads may make it: pytest looks for it, and then makes it.
        self._folders.getbasetemp()
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(self, models))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, chosen_place: dict[str, str]) -> Iterator[Shared]:
    with contextlib.ExitStack() as stack:
        yield Shared(stack, tmp_path_factory, chosen_place)


@pytest.fixture
def serve(tmp_path: Path, chosen_place: dict[str, str]) -> Iterator[Serve]:
    """`serve("echo.py:Echo", "--flag", until="READY", NAME="value")` is a server of the test's own."""
    with contextlib.ExitStack() as stack:

        def start(model: str, *flags: str, **options: Any) -> Served:
            folder = tmp_path / f"server{len(list(tmp_path.iterdir()))}"
            folder.mkdir()
            return stack.enter_context(served(model, folder, *flags, **{**chosen_place, **options}))

        yield start


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found
