"""Interpreters of this machine, and on each an image in small: the server's private folder, a model's packages."""

import functools
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uv

from .serving import RUNTIME

VERSIONS = ("3.8", "3.9", "3.10", "3.11", "3.12", "3.13")
LOCK = RUNTIME / "server.lock.txt"


@dataclass(frozen=True)
class Place:
    """`python` is the model's; `home` is the server's private folder. Neither can import the other's packages."""

    python: str
    home: str


def _candidates(version: str) -> Iterator[Path]:
    on_path = shutil.which(f"python{version}")
    if on_path:
        yield Path(on_path)
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from sorted(root.glob(f"versions/{version}.*/bin/python"))


def _works(python: Path, version: str) -> bool:
    ask = [str(python), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    found = subprocess.run(ask, capture_output=True, text=True, check=False)
    return found.stdout.strip() == version


@functools.cache
def interpreter(version: str) -> Path:
    """Skips, with a reason that is printed, where there is none; fails where there is one that does not run."""
    candidates = list(_candidates(version))
    if not candidates:
        pytest.skip(f"this machine has no Python {version}: the runtime stays untried on it")
    working = [python for python in candidates if _works(python, version)]
    assert working, f"Python {version} is here but does not run: {candidates}"
    return working[0]


def place(version: str, requirements: tuple[str, ...], cache: Path) -> Place:
    """Made once and kept in `cache`, until the requirements or the server's pins change."""
    python = interpreter(version)
    digest = hashlib.sha256("\n".join([*requirements, str(python), LOCK.read_text()]).encode()).hexdigest()[:12]
    folder = cache / f"{version}-{digest}"
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
