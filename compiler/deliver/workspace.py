"""`.cog/` in the project: where the tool keeps what it makes for itself."""

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO

from ..store.cache import cache_folder
from .tree import make_folder

FOLDER = ".cog"
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)


def workspace(project: Path, name: str) -> Path:
    """A folder of ours in the project, out of sight of git; in the cache folder where the project cannot be changed."""
    try:
        return _made(project / FOLDER, name)
    except OSError as error:
        if error.errno not in _CLOSED:
            raise
        return _made(_elsewhere(project), name)


def _made(home: Path, name: str) -> Path:
    make_folder(home / name)
    (home / ".gitignore").write_text("*\n", encoding="utf-8")
    return home / name


def _elsewhere(project: Path) -> Path:
    digest = hashlib.sha256(os.fsencode(project.resolve())).hexdigest()
    return cache_folder(os.environ) / "projects" / digest[:16]


@contextmanager
def build_place(project: Path) -> Iterator[Path]:
    """A folder for one build; builds side by side get different ones, builds one after the other the same one."""
    builds = workspace(project, "build")
    for number in count():
        with (builds / f"{number}.lock").open("w") as lock:
            if not _taken_by_us(lock):
                continue
            place = builds / str(number)
            make_folder(place)
            yield place
            return


def _taken_by_us(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
