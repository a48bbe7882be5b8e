"""Pythons on this machine."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..ir.codes.delivery import LOCAL_PYTHON_MISSING
from ..ir.diagnostic import CompileError
from .engine import output

_OLDEST = (3, 8, 0)
_VERSION = re.compile(r"\d+\.\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Interpreter:
    """`version` is full, such as `3.12.1`."""

    path: str
    version: str

    @property
    def parts(self) -> tuple[int, int, int]:
        major, minor, patch = map(int, self.version.split("."))
        return major, minor, patch


def nearest(wanted: str, uv: str) -> Interpreter:
    """The wanted version where it is there, else the nearest minor version, the older of two, in its last patch.

    Raises CompileError (`local-python-missing`) when there is none that the runtime could run on.
    """
    found = [interpreter for interpreter in _all(uv) if interpreter.parts >= _OLDEST]
    if not found:
        advice = "install one, for example with `uv python install`; or build the image"
        raise CompileError([LOCAL_PYTHON_MISSING.bare("there is no Python 3.8 or newer on this machine", help=advice)])
    return min(found, key=partial(_distance, wanted))


def _distance(wanted: str, known: Interpreter) -> tuple[bool, int, int, int]:
    _, minor, patch = known.parts
    return known.version != wanted, abs(minor - int(wanted.split(".")[1])), minor, -patch


def _all(uv: str) -> Iterator[Interpreter]:
    listing = output((uv, "python", "list", "--only-installed", "--no-python-downloads", "--output-format", "json"))
    for row in json.loads(listing.stdout or "[]"):
        if row["implementation"] == "cpython" and _VERSION.fullmatch(row["version"]):
            yield Interpreter(row["path"], row["version"])
    yield from _of_pyenv()


def _of_pyenv() -> Iterator[Interpreter]:
    """uv finds only the versions that pyenv has on; all that are installed will do."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for path in sorted(root.glob("versions/*/bin/python")):
        if _VERSION.fullmatch(path.parts[-3]):
            yield Interpreter(str(path), path.parts[-3])
