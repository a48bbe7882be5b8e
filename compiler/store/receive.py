"""Bytes from a source into the store: hashed while they are written, checked before they get their name."""

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ..ir.codes.building import DISK_FULL
from ..ir.codes.store import WEIGHTS_CORRUPT
from ..ir.diagnostic import CompileError
from .store import Store, Stored, continued, fresh

UNKNOWN = -1
_BLOCK = 1 << 20

# Gives the content from an offset on.
Read = Callable[[int], Iterator[bytes]]
Advance = Callable[[int], None]
# Hears every byte of a content, in order.
Follow = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Expected:
    """What is known of a file before it is read.

    `size` may be UNKNOWN and `digest` blank. `key` names this very content for a later run that goes on with it; it
    is blank where nothing tells one content from the next.
    """

    name: str
    size: int = UNKNOWN
    digest: str = ""
    key: str = ""


def unfollowed(chunk: bytes) -> None:
    """For contents of which nothing but their own digest is wanted."""


def receive(store: Store, expected: Expected, read: Read, advance: Advance, follow: Follow = unfollowed) -> Stored:
    """Raises CompileError (`weights-corrupt`, `disk-full`) and what `read` raises; then nothing has its name."""
    with full_disk_told(store), _incoming(store, expected) as file:
        found = written(file, expected, read, advance, follow)
        file.flush()
        os.fsync(file.fileno())
        store.adopt(Path(file.name), found.digest)
    return found


def written(file: BinaryIO, expected: Expected, read: Read, advance: Advance, follow: Follow) -> Stored:
    """What the file holds when all was written to it, behind what it held before. Raises as `receive` does."""
    whole = hashlib.sha256()

    def heard(chunk: bytes) -> None:
        follow(chunk)
        whole.update(chunk)
        advance(len(chunk))

    size = _had_before(file, heard)
    for chunk in read(size):
        file.write(chunk)
        heard(chunk)
        size += len(chunk)
        if size > expected.size != UNKNOWN:
            break
    found = Stored(f"sha256:{whole.hexdigest()}", size)
    _check(file.name, expected, found)
    return found


def _incoming(store: Store, expected: Expected) -> AbstractContextManager[BinaryIO]:
    if not expected.key:
        return fresh(store)
    return continued(store, hashlib.sha256(expected.key.encode()).hexdigest())


def _had_before(file: BinaryIO, heard: Follow) -> int:
    """Reads what an earlier run wrote, to go on behind it."""
    file.seek(0)
    while block := file.read(_BLOCK):
        heard(block)
    return file.tell()


def _check(path: str, expected: Expected, found: Stored) -> None:
    """A content that is not what was promised is thrown away: going on with it would never help."""
    wrong = ""
    if expected.size not in (UNKNOWN, found.size):
        wrong = f"it has {found.size} bytes, not {expected.size}"
    if not wrong and expected.digest not in ("", found.digest):
        wrong = f"its digest is {found.digest}, not {expected.digest}"
    if not wrong:
        return
    Path(path).unlink(missing_ok=True)
    help = "import or pull again; if it stays so, the source is damaged"
    raise CompileError([WEIGHTS_CORRUPT.bare(f"{expected.name} is not what it should be: {wrong}", help=help)])


@contextmanager
def full_disk_told(store: Store) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        message = f"there is no room left in {store.root}: {error.strerror}"
        help = "make room (cogc weights prune), or set COG_CACHE_DIR to a folder on another disk"
        raise CompileError([DISK_FULL.bare(message, help=help)]) from error
