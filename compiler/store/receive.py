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


def receive(store: Store, expected: Expected, read: Read, advance: Advance) -> Stored:
    """Raises CompileError (`weights-corrupt`, `disk-full`) and what `read` raises; then nothing has its name."""
    with full_disk_told(store), _incoming(store, expected) as file:
        whole = hashlib.sha256()
        size = _had_before(file, whole, advance)
        for chunk in read(size):
            file.write(chunk)
            whole.update(chunk)
            size += len(chunk)
            advance(len(chunk))
            if size > expected.size != UNKNOWN:
                break
        found = Stored(f"sha256:{whole.hexdigest()}", size)
        _check(Path(file.name), expected, found)
        file.flush()
        os.fsync(file.fileno())
        store.adopt(Path(file.name), found.digest)
    return found


def _incoming(store: Store, expected: Expected) -> AbstractContextManager[BinaryIO]:
    if not expected.key:
        return fresh(store)
    return continued(store, hashlib.sha256(expected.key.encode()).hexdigest())


def _had_before(file: BinaryIO, whole: "hashlib._Hash", advance: Advance) -> int:
    """Reads what an earlier run wrote, to go on behind it."""
    file.seek(0)
    while block := file.read(_BLOCK):
        whole.update(block)
        advance(len(block))
    return file.tell()


def _check(path: Path, expected: Expected, found: Stored) -> None:
    """A content that is not what was promised is thrown away: going on with it would never help."""
    if found.size == expected.size == UNKNOWN or expected.size == UNKNOWN:
        wrong = ""
    else:
        wrong = "" if found.size == expected.size else f"it has {found.size} bytes, not {expected.size}"
    if not wrong and expected.digest not in ("", found.digest):
        wrong = f"its digest is {found.digest}, not {expected.digest}"
    if not wrong:
        return
    path.unlink(missing_ok=True)
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
