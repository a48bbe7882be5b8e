"""`.cog/` in the project: where the tool keeps what it makes for itself."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO

from .tree import make_folder

FOLDER = ".cog"


def workspace(project: Path, name: str) -> Path:
    """A folder of ours in the project, out of sight of git."""
    folder = project / FOLDER / name
    make_folder(folder)
    (project / FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
    return folder


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
