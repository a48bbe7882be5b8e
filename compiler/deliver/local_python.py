"""The Python that the model is tried with on this machine: of the project's virtual environment, or of the path."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from ..lint.subject import LocalPython
from .engine import output

_FOLDERS = (".venv", "venv")
# `version_info` is what uv and virtualenv write, `version` what Python's own venv does.
_VERSION = re.compile(r"^version(?:_info)?\s*=\s*(\d+\.\d+(?:\.\d+)?)", re.MULTILINE)
_TOLD = re.compile(r"Python (\d+\.\d+\.\d+)")


def environments(project: Path) -> tuple[LocalPython, ...]:
    """Virtual environments in the project's folder."""
    return tuple(found for name in _FOLDERS for found in _environment(project / name))


def _environment(folder: Path) -> Iterator[LocalPython]:
    settings = folder / "pyvenv.cfg"
    if settings.is_file() and (found := _VERSION.search(settings.read_text("utf-8", errors="replace"))):
        yield LocalPython(f"the environment {folder.name}", found[1])


def python_of_path() -> tuple[LocalPython, ...]:
    """What `python3` is in a shell; none where there is none, or where it tells no version."""
    path = shutil.which("python3")
    told = _TOLD.match(output((path, "--version")).stdout) if path else None
    return () if told is None else (LocalPython(f"`python3` ({path})", told[1]),)
