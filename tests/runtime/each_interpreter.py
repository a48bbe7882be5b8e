"""`python -m tests.runtime.each_interpreter`: the first test of each row, on every interpreter of this machine.

Servers and models run on the interpreter, in the layout of an image; the whole suite takes `RUNTIME_PYTHON=3.8 pytest
tests/runtime`. Several go at a time, as most of a test is waiting for processes.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from ..interpreters import present
from .interpreters import VERSIONS

_AT_A_TIME = max(3, os.cpu_count() or 1)


def main() -> int:
    """Returns the exit status: 0 when all tests have passed on each interpreter that is here."""
    versions = tuple(present(VERSIONS))
    for version in sorted(set(VERSIONS) - set(versions)):
        print(f"Python {version}: NOT here, so the runtime is NOT tried on it")
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        done = [told(version, each) for version, each in zip(versions, pool.map(tried, versions), strict=True)]
    return max(done, default=1)


def tried(version: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pytest", "-q", "tests/runtime", "--each-row-once"]
    environment = {**os.environ, "RUNTIME_PYTHON": version}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def told(version: str, done: "subprocess.CompletedProcess[str]") -> int:
    lines = done.stdout.splitlines() or ["nothing was printed"]
    print(f"Python {version}: {lines[-1]}", flush=True)
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
