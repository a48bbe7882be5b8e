"""Files out of a layer that somebody else packed: only those that are expected, only into the store.

Python's tarfile is not asked to extract anything: it follows links, believes sizes and reads what it is given.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from tarfile import TarError, TarInfo
from typing import BinaryIO

from ..ir.codes.store import WEIGHTS_UNSAFE
from ..ir.diagnostic import CompileError
from ..weights.files import WeightFile
from .pack import Pack, together
from .receive import Advance, Expected, unfollowed
from .store import Store

_BLOCK = 512
_PIECE = 1 << 20
# Longest extended header: a name of 4,095 bytes and the times need far less.
_LONGEST_RECORDS = 64 << 10
_REGULAR, _FOLDER, _RECORDS = (b"0", b"\0"), b"5", b"x"
_GZIP = 31
_NUMBER = re.compile(rb"[1-9][0-9]{0,18}|0")


@dataclass(frozen=True, slots=True)
class Packed:
    """A layer's bytes, its kind, and what has to be in it: all of `entries`, once each, and nothing else."""

    name: str
    stream: BinaryIO
    kind: str
    entries: tuple[WeightFile, ...]


def unpack(store: Store, packed: Packed, advance: Advance) -> None:
    """Raises CompileError (`weights-unsafe`, `weights-corrupt`, `disk-full`); then no file of it that was not yet
    checked is in the store."""
    reader = _Reader(packed.name, _plain(packed))
    missing = {file.path: file for file in packed.entries}
    with together(store) as pack:
        while (entry := _next(reader)) is not None:
            if entry.is_folder:
                _check_folder(packed, entry.path)
                continue
            file = missing.pop(entry.path, None)
            if file is None:
                raise _unsafe(packed.name, f"it holds {entry.path!r}, which weights.lock does not expect there")
            if file.size != entry.size:
                raise _unsafe(packed.name, f"{entry.path!r} has {entry.size} bytes in it, not {file.size}")
            _take(pack, reader, file, advance)
    if missing:
        raise _unsafe(packed.name, f"{min(missing)!r} is not in it")


def _take(pack: Pack, reader: "_Reader", file: WeightFile, advance: Advance) -> None:
    expected = Expected(file.path, file.size, file.digest)
    pack.take(expected, lambda offset: reader.pieces(file.size), advance, unfollowed)
    reader.skip(-file.size % _BLOCK)


@dataclass(frozen=True, slots=True)
class _Entry:
    path: str
    size: int
    is_folder: bool


class _Reader:
    """Bytes in the pieces that are asked for; never more in memory than one piece."""

    def __init__(self, name: str, chunks: Iterator[bytes]) -> None:
        self._name = name
        self._chunks = chunks
        self._rest = memoryview(b"")

    def pieces(self, size: int) -> Iterator[bytes]:
        while size:
            piece = self._some(size)
            size -= len(piece)
            yield piece

    def exactly(self, size: int) -> bytes:
        return b"".join(self.pieces(size))

    def skip(self, size: int) -> None:
        for _ in self.pieces(size):
            pass

    def fault(self, said: str) -> CompileError:
        return _unsafe(self._name, said)

    def _some(self, most: int) -> bytes:
        if not self._rest:
            self._rest = memoryview(next(self._chunks, b""))
        if not self._rest:
            raise _unsafe(self._name, "it ends in the middle")
        piece, self._rest = self._rest[:most], self._rest[most:]
        return bytes(piece)


def _next(reader: _Reader) -> _Entry | None:
    """The next entry; None at the end, after which nothing is read."""
    records: dict[bytes, bytes] = {}
    while True:
        block = reader.exactly(_BLOCK)
        if not any(block):
            return None
        header = _header(reader, block)
        if header.type != _RECORDS:
            return _entry(reader, header, records)
        if header.size > _LONGEST_RECORDS:
            raise reader.fault(f"a header of it has {header.size} bytes")
        records = _records(reader, reader.exactly(header.size))
        reader.skip(-header.size % _BLOCK)


def _entry(reader: _Reader, header: TarInfo, records: dict[bytes, bytes]) -> _Entry:
    path = records[b"path"].decode("utf-8", "replace") if b"path" in records else header.name
    if header.type == _FOLDER:
        return _Entry(path.rstrip("/"), 0, is_folder=True)
    if header.type not in _REGULAR:
        raise reader.fault(f"{path!r} is a link or a special file")
    written = records.get(b"size", b"")
    if written and not _NUMBER.fullmatch(written):
        raise reader.fault(f"{path!r} has a size that is no number")
    return _Entry(path, int(written) if written else header.size, is_folder=False)


def _header(reader: _Reader, block: bytes) -> TarInfo:
    try:
        header = TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (TarError, ValueError) as error:
        raise reader.fault(f"a header of it cannot be read: {error}") from error
    if header.size < 0:
        raise reader.fault(f"{header.name!r} has a negative size")
    return header


def _records(reader: _Reader, content: bytes) -> dict[bytes, bytes]:
    """`LENGTH KEY=VALUE` and a line end, again and again; a later record of a key counts."""
    found = {}
    while content:
        length, _, _ = content.partition(b" ")
        end = int(length) if _NUMBER.fullmatch(length) else 0
        key, equals, value = content[len(length) + 1 : end - 1].partition(b"=")
        if not len(length) < end <= len(content) or not equals or content[end - 1 : end] != b"\n":
            raise reader.fault("an extended header of it cannot be read")
        found[key] = value
        content = content[end:]
    return found


def _check_folder(packed: Packed, path: str) -> None:
    """A folder is made only for the files in it, so one that has none is not what was locked."""
    if path and not any(file.path.startswith(f"{path}/") for file in packed.entries):
        raise _unsafe(packed.name, f"it holds the folder {path!r}, which weights.lock does not expect there")


def _plain(packed: Packed) -> Iterator[bytes]:
    """The tar's bytes. Of a compressed layer only as many are made as are read."""
    if packed.kind != "tar+gzip":
        while piece := packed.stream.read(_PIECE):
            yield piece
        return
    gunzip = zlib.decompressobj(_GZIP)
    try:
        while not gunzip.eof and (piece := gunzip.unconsumed_tail or packed.stream.read(_PIECE)):
            if plain := gunzip.decompress(piece, _PIECE):
                yield plain
    except zlib.error as error:
        raise _unsafe(packed.name, f"it cannot be decompressed: {error}") from error


def _unsafe(name: str, fault: str) -> CompileError:
    help = "ask whoever pushed it; the registry may have been tampered with"
    return CompileError([WEIGHTS_UNSAFE.bare(f"the layer {name} is not what was imported: {fault}", help=help)])
