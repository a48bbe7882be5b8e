"""What the engine was sent for a build: BuildKit takes a file of the same size and time for the same file.

Weights unpacked from an archive often have the size and the time of those that they replace.
"""

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .tree import copy_file, link_file
from .workspace import build_place

_RECORD = "sent.json"
# Size and time, by which BuildKit judges; number and time of change, by which the system knows.
_Stamp = tuple[int, int, int, int]


@dataclass(slots=True)
class Sending:
    """Fills `folder`; a file that only seems to be what was sent last time gets a time of its own."""

    folder: Path
    known: dict[str, _Stamp]
    linked: dict[str, Path] = field(default_factory=dict)

    def put(self, source: Path, target: Path) -> None:
        name = target.relative_to(self.folder).as_posix()
        self.linked[name] = source
        if _seems_known(self.known.get(name), _stamp(source)):
            copy_file(source, target)
            os.utime(target)
        else:
            link_file(source, target)

    def stamps(self) -> dict[str, str]:
        """A text for each file in the folder, which is another one when the file is."""
        return {name: "-".join(map(str, _stamp(source)[:2])) for name, source in self.linked.items()}


@contextmanager
def sending(project: Path) -> Iterator[Sending]:
    """A folder, not yet made, for the context of one build; builds side by side get different ones.

    Its path is the same from build to build, which is what lets BuildKit send only files that changed, and a new one
    where nobody knows what was sent.
    """
    with build_place(project) as place:
        name, known = _read(place / _RECORD)
        now = Sending(place / name, known)
        shutil.rmtree(now.folder, ignore_errors=True)
        try:
            yield now
        finally:
            shutil.rmtree(now.folder, ignore_errors=True)
            _save(place / _RECORD, now)


def _read(record: Path) -> tuple[str, dict[str, _Stamp]]:
    try:
        name, known = json.loads(record.read_text("utf-8"))
    except (OSError, TypeError, ValueError):
        return secrets.token_hex(4), {}
    return name, {path: tuple(stamp) for path, stamp in known.items()}


def _save(record: Path, now: Sending) -> None:
    """Only after the folder is gone: links that come and go are changes, too."""
    stamps = {name: _stamp(source) for name, source in now.linked.items() if source.is_file()}
    record.write_text(json.dumps([now.folder.name, stamps]), "utf-8")


def _seems_known(before: _Stamp | None, now: _Stamp) -> bool:
    return before is not None and before[:2] == now[:2] and before != now


def _stamp(file: Path) -> _Stamp:
    found = file.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino, found.st_ctime_ns
