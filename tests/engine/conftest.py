"""A Docker engine, without which these tests fail rather than pass by doing nothing."""

import ipaddress
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .network import gateway

_BRIDGE = Path("/sys/class/net/docker0")
_SET_BY_HAND = "3"  # NET_ADDR_SET of Linux


@pytest.fixture(scope="session", autouse=True)
def _engine() -> None:
    found = subprocess.run(["docker", "info"], capture_output=True, text=True, check=False)
    if found.returncode != 0:
        pytest.fail(f"these tests need a Docker engine, and `docker info` says: {found.stderr.strip()}", pytrace=False)
    _steady_bridge()


def _steady_bridge() -> None:
    """Gives the engine's bridge a hardware address that stays, where we may: as for containers, of its own IP address.

    By itself it has that of one of its containers, and another one when that container ends: for half a minute,
    until they ask again, the others do not reach the servers that tests run for them on this machine.
    """
    may = os.geteuid() == 0 and shutil.which("ip") is not None and _BRIDGE.exists()
    if may and (_BRIDGE / "addr_assign_type").read_text().strip() != _SET_BY_HAND:
        own = ipaddress.IPv4Address(gateway()).packed
        address = (b"\x02\x42" + own).hex(":")
        subprocess.run(["ip", "link", "set", "docker0", "address", address], check=True)
