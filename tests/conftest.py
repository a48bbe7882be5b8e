"""Fixtures of the whole suite, and what makes it the same on a busy machine, in the background and every time."""

import signal

import pytest
from hypothesis import HealthCheck, settings
from syrupy.assertion import SnapshotAssertion

from .goldens import Golden, GoldenExtension

# A machine that others use as well is slow now and then, which is no fault of what is tested.
settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """A shell's background ignores Ctrl-C, and hands that on to the processes which tests interrupt."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def golden(snapshot: SnapshotAssertion, request: pytest.FixtureRequest) -> Golden:
    """Compares with the files under golden/; see tests/goldens.py."""
    extension = snapshot.use_extension(GoldenExtension)
    return Golden(extension, update=request.config.getoption("update_snapshots"))
