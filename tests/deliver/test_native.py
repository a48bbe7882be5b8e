"""The platform of images where nobody says it."""

import pytest

from cogc.deliver.native import native_platform, told


@pytest.mark.parametrize(
    ("machine", "platform"),
    [
        (("linux", "x86_64"), ""),
        (("darwin", "x86_64"), ""),
        (("darwin", "arm64"), "linux/amd64"),
        (("linux", "aarch64"), "linux/arm64"),
    ],
)
def test_native_platform(machine: tuple[str, str], platform: str) -> None:
    assert native_platform(machine) == platform
    assert platform in told(machine)
    assert bool(told(machine)) == bool(platform)
