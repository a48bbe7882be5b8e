"""Servers shared by the tests of the runtime."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .serving import Receiver, Served, receiving, served

Serve = Callable[..., Served]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "rows(*numbers): rows of the table of behaviours; see rows.py")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """`shared("echo.py:Echo")` is one server for the whole run; for tests that leave it as they found it."""
    servers: dict[tuple[object, ...], Served] = {}
    with contextlib.ExitStack() as stack:

        def get(model: str, **environment: Any) -> Served:
            key = (model, *sorted(environment.items()))
            if key not in servers:
                folder = tmp_path_factory.mktemp("server")
                servers[key] = stack.enter_context(served(model, folder, **environment))
            return servers[key]

        yield get


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """`serve("echo.py:Echo", "--flag", until="READY", NAME="value")` is a server of the test's own."""
    with contextlib.ExitStack() as stack:

        def start(model: str, *flags: str, **options: Any) -> Served:
            folder = tmp_path / f"server{len(list(tmp_path.iterdir()))}"
            folder.mkdir()
            return stack.enter_context(served(model, folder, *flags, **options))

        yield start


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found
