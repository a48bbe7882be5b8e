"""Registries that tests talk to."""

from collections.abc import Iterator

import pytest

from .faulty import FaultyRegistry, running


@pytest.fixture
def faulty() -> Iterator[FaultyRegistry]:
    with running() as registry:
        yield registry
