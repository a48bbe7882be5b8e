"""Pack: small files that come in together, so that the disk is waited for once and not once for each of them."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from .receive import Advance, Expected, Follow, Read, full_disk_told, written
from .sealed import READ_ONLY
from .store import Store, Stored
from .sync import sync_file_system

# Files, and bytes, after which those that have arrived get their names.
_FILES, _BYTES = 16384, 256 << 20
_LOCK = "lock"


class Pack:
    """What was taken has its name once it is settled: then all of it was checked, and is on the disk."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self._folder = store, folder
        self._arrived: list[Stored] = []
        self._size = 0

    def take(self, expected: Expected, read: Read, advance: Advance, follow: Follow) -> Stored:
        """Raises CompileError (`weights-corrupt`, `disk-full`) and what `read` raises, as `receive` does."""
        with full_disk_told(self._store):
            with self._next() as file:
                found = written(file, expected, read, advance, follow)
            self._arrived.append(found)
            self._size += found.size
            if len(self._arrived) >= _FILES or self._size >= _BYTES:
                self.settle()
        return found

    def settle(self) -> None:
        """Raises OSError; files without a name are then read again by whoever needs them."""
        if not self._arrived:
            return
        arrived, self._arrived, self._size = self._arrived, [], 0
        sync_file_system(self._folder)
        for number, stored in enumerate(arrived):
            self._store.name(f"{self._folder}/{number}", stored.digest)
        sync_file_system(self._folder)

    @contextmanager
    def _next(self) -> Iterator[BinaryIO]:
        path = f"{self._folder}/{len(self._arrived)}"
        try:
            with open(path, "x+b") as file:  # noqa: PTH123  # a path object takes as long as the file
                os.fchmod(file.fileno(), READ_ONLY)
                yield file
        except BaseException:
            Path(path).unlink(missing_ok=True)
            raise


@contextmanager
def together(store: Store) -> Iterator[Pack]:
    """What it had taken is kept, however it ends. Raises CompileError (`disk-full`)."""
    folder = store.incoming / f"pack-{secrets.token_hex(12)}"
    folder.mkdir()
    with (folder / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        pack = Pack(store, folder)
        try:
            yield pack
        finally:
            try:
                with full_disk_told(store):
                    pack.settle()
            finally:
                shutil.rmtree(folder, ignore_errors=True)
