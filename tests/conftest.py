"""Fixtures of the whole suite."""

import pytest
from syrupy.assertion import SnapshotAssertion

from .goldens import Golden, GoldenExtension


@pytest.fixture
def golden(snapshot: SnapshotAssertion, request: pytest.FixtureRequest) -> Golden:
    """Compares with the files under golden/; see tests/goldens.py."""
    extension = snapshot.use_extension(GoldenExtension)
    return Golden(extension, update=request.config.getoption("update_snapshots"))
