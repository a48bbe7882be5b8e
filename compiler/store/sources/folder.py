"""A folder or a file of this machine. Symbolic links are refused: what they lead to could be anything."""

import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ...ir.codes.store import SOURCE_CHANGED, SOURCE_IRREGULAR, SOURCE_MISSING
from ...ir.diagnostic import CompileError, Diagnostic
from .source import Found, Inventory

_BLOCK = 1 << 20
_SHOWN = 5
_OURS = ".cog"
_SECOND = 1_000_000_000
# Two changes within one tick of the clock that stamps files cannot be told apart; some file systems count seconds.
_TICK, _COARSE_TICK = _SECOND // 10, 2 * _SECOND


@dataclass(frozen=True)
class FolderSource:
    """The times and the inode of a file are its version; a file that has just changed has none yet."""

    root: Path

    @cached_property
    def place(self) -> str:
        return str(self._root)

    @cached_property
    def _root(self) -> Path:
        """Found once: asked of each of 100,000 files, it would take longer than to read them."""
        return self.root.resolve()

    @cached_property
    def _is_file(self) -> bool:
        return self._root.is_file()

    def inventory(self) -> Inventory:
        root = self._root
        if self._is_file:
            return Inventory((_found(root.name, root.stat()),))
        if not root.is_dir():
            message = f"there is no {self.root}"
            raise CompileError([SOURCE_MISSING.bare(message, help="put the files there, or correct the `uri`")])
        odd: list[str] = []
        files = tuple(sorted(_walk(root, "", odd), key=lambda found: found.path))
        if odd:
            raise CompileError([_irregular(self.root, sorted(odd))])
        return Inventory(files)

    def read(self, found: Found, offset: int) -> Iterator[bytes]:
        """Raises CompileError (`weight-source-changed`) at the end, when somebody wrote the file meanwhile."""
        path = self.place if self._is_file else f"{self.place}/{found.path}"
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # a path object takes as long as the file
            before = os.fstat(file.fileno())
            file.seek(offset)
            while block := file.read(_BLOCK):
                yield block
            if _identity(before) != _identity(os.fstat(file.fileno())) or found.version not in ("", _identity(before)):
                message = f"{path} changed while it was read"
                raise CompileError([SOURCE_CHANGED.bare(message, help="import again when nothing writes it")])

    def close(self) -> None:
        """It holds nothing open."""


def _walk(folder: Path, prefix: str, odd: list[str]) -> Iterator[Found]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if path != _OURS:
                    yield from _walk(Path(entry.path), f"{path}/", odd)
            elif entry.is_file(follow_symlinks=False):
                yield _found(path, entry.stat(follow_symlinks=False))
            else:
                odd.append(path)


def _found(path: str, status: os.stat_result) -> Found:
    return Found(path, status.st_size, version=_identity(status) if _is_settled(status) else "")


def _identity(status: os.stat_result) -> str:
    """What changes when the content does: nobody can set the inode's own time back."""
    return f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def _is_settled(status: os.stat_result) -> bool:
    """Whether a change from now on is sure to show in the times."""
    tick = _TICK if status.st_ctime_ns % _SECOND else _COARSE_TICK
    return time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > tick


def _irregular(root: Path, odd: list[str]) -> Diagnostic:
    shown = ", ".join(odd[:_SHOWN]) + (f" and {len(odd) - _SHOWN} more" if len(odd) > _SHOWN else "")
    kind = "symbolic links" if all(stat.S_ISLNK((root / path).lstat().st_mode) for path in odd) else "special files"
    message = f"{root} holds {kind}: {shown}"
    return SOURCE_IRREGULAR.bare(message, help="copy what they lead to (cp -rL), and import the copy")
