"""The Pythons of this machine: those on PATH, and those that pyenv keeps beside it."""

import os
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path


@cache
def find_python(minor: str) -> Path | None:
    """The interpreter of a minor version such as `3.12` that really starts; None when there is none."""
    return next((place for place in _places(minor) if _is(place, minor)), None)


def present(minors: Iterable[str]) -> dict[str, Path]:
    """Those of the minor versions that are installed here, with their interpreters."""
    found = {minor: find_python(minor) for minor in minors}
    return {minor: place for minor, place in found.items() if place is not None}


def _places(minor: str) -> Iterator[Path]:
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        yield Path(folder) / f"python{minor}"
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for version in sorted(pyenv.glob(f"versions/{minor}.*"), reverse=True):
        yield version / "bin" / f"python{minor}"


def _is(place: Path, minor: str) -> bool:
    """pyenv puts scripts on PATH that stand for versions which are not chosen: those fail."""
    if not place.is_file():
        return False
    asked = [str(place), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    answer = subprocess.run(asked, capture_output=True, text=True)
    return answer.returncode == 0 and answer.stdout.strip() == minor
