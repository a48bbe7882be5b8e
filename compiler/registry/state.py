"""State: what a transfer knows of itself on disk, so that the next process goes on where this one was killed."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Slot:
    """A name in a folder that this process alone may use, and the JSON that is kept under it."""

    path: Path

    @property
    def _file(self) -> Path:
        return self.path.with_name(f"{self.path.name}.json")

    def load(self) -> Mapping[str, Any]:
        """What was saved last; empty where there is nothing that can be read."""
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def save(self, content: Mapping[str, Any]) -> None:
        """Whole or not at all. The address of an upload is as good as a password for it, so nobody else reads it."""
        fresh = self.path.with_name(f"{self.path.name}.new")
        fresh.touch(0o600)
        fresh.write_text(json.dumps(content), "utf-8")
        fresh.replace(self._file)

    def clear(self) -> None:
        self._file.unlink(missing_ok=True)


@contextmanager
def claimed(folder: Path, *key: str) -> Iterator[Slot]:
    """The first slot for a key that no other process is using."""
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256("\n".join(key).encode()).hexdigest()[:32]
    for number in count():
        path = folder / (f"{name}.{number}" if number else name)
        lock = path.with_name(f"{path.name}.lock")
        with lock.open("w") as file:
            if not _locked(file.fileno(), lock):
                continue
            try:
                yield Slot(path)
            finally:
                _forget(lock, path)
            return


def _locked(descriptor: int, lock: Path) -> bool:
    """False also for a file that its last user removed between our opening and our locking it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.fstat(descriptor).st_ino == lock.stat().st_ino
    except (BlockingIOError, FileNotFoundError):
        return False


def _forget(lock: Path, path: Path) -> None:
    """A slot in which something is kept keeps its lock file too."""
    if not Slot(path).load():
        lock.unlink(missing_ok=True)
