"""A Docker engine, without which these tests fail rather than pass by doing nothing."""

import subprocess

import pytest


@pytest.fixture(scope="session", autouse=True)
def _engine() -> None:
    found = subprocess.run(["docker", "info"], capture_output=True, text=True, check=False)
    if found.returncode != 0:
        pytest.fail(f"these tests need a Docker engine, and `docker info` says: {found.stderr.strip()}", pytrace=False)
