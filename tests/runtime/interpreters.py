"""Interpreters of this machine, and on each an image in small: the server's private folder, a model's packages."""

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
import uv

from ..alone import alone
from ..interpreters import find_python
from .serving import RUNTIME

VERSIONS = ("3.8", "3.9", "3.10", "3.11", "3.12", "3.13")
LOCK = RUNTIME / "server.lock.txt"


@dataclass(frozen=True)
class Place:
    """`python` is the model's; `home` is the server's private folder. Neither can import the other's packages."""

    python: str
    home: str


def interpreter(version: str) -> Path:
    """Skips, with a reason that is printed, where there is none."""
    found = find_python(version)
    if found is None:
        pytest.skip(f"this machine has no Python {version} that runs: the runtime stays untried on it")
    return found


def place(version: str, requirements: tuple[str, ...], cache: Path) -> Place:
    """Made once and kept in `cache`, until the requirements or the server's pins change."""
    python = interpreter(version)
    digest = hashlib.sha256("\n".join([*requirements, str(python), LOCK.read_text()]).encode()).hexdigest()[:12]
    folder = cache / f"{version}-{digest}"
    with alone(python.parent):
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            _make(folder, python, requirements)
            (folder / "complete").touch()
    return Place(str(folder / "model" / "bin" / "python"), str(folder / "server"))


def _make(folder: Path, python: Path, requirements: tuple[str, ...]) -> None:
    _uv("venv", "--python", str(python), str(folder / "model"))
    _uv("pip", "install", "--python", str(folder / "model"), *requirements)
    _uv("pip", "install", "--python", str(python), "--target", str(folder / "server"), "-r", str(LOCK))
    (folder / "server" / "cog").symlink_to(RUNTIME / "cog")


def _uv(*arguments: str) -> None:
    done = subprocess.run([uv.find_uv_bin(), "-q", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"uv {' '.join(arguments)}:\n{done.stderr}"
