"""The server's folder for temporary files: gone after the end, however that came."""

import contextlib
import fcntl
import itertools
import os
import pathlib
import shutil
import tempfile
from typing import List

_PREFIX, _LOCK = "cog-", "lock"


class Scratch:
    """Locked for as long as the process lives: by that, a later server knows what a killed one has left."""

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix=_PREFIX)
        self._numbers = itertools.count(1)
        self._left: List[str] = []
        # Under its name only when it is locked: another server may be looking at this very moment.
        early = pathlib.Path(self.folder, "new")
        self._lock = early.open("wb")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        early.rename(pathlib.Path(self.folder, _LOCK))

    def place(self, kind: str) -> str:
        """The path of a folder that nobody else is given; it is not made yet."""
        return f"{self.folder}/{kind}-{next(self._numbers)}"

    def prediction_place(self) -> str:
        """As `place`, until it is given to `leave`."""
        return self._left.pop() if self._left else self.place("prediction")

    def leave(self, place: str) -> None:
        """Removes the folder if it was made. Most are not, and of a name used before the system knows that quickly."""
        remove(place)
        self._left.append(place)

    def remove(self) -> None:
        remove(self.folder)
        self._lock.close()


def remove(folder: str) -> None:
    """With all that is in it, if it is there."""
    # `isdir` would make and catch an exception after every prediction.
    if os.access(folder, os.F_OK):
        shutil.rmtree(folder, ignore_errors=True)


def remove_abandoned() -> None:
    """What servers have left that could not end in order, killed by SIGKILL or with their machine."""
    for lock in pathlib.Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        with contextlib.suppress(OSError):
            if lock.parent.lstat().st_uid == os.getuid() and _is_abandoned(lock):
                shutil.rmtree(str(lock.parent), ignore_errors=True)


def _is_abandoned(lock: pathlib.Path) -> bool:
    with lock.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
