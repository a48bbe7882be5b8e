"""Stream: the bytes of a layer, made again whenever they are sent, so that no tar lies on a disk."""

import zlib
from collections.abc import Callable, Iterator

from .files import WeightFile
from .packing import Layer
from .tar import Header, Padding, Payload, Segment, layout

Chunks = Iterator[bytes]
Reader = Callable[[WeightFile, int], Chunks]
"""Gives a file's content from an offset on, in pieces of any size."""

_GZIP = 31  # a window of 32 KiB, and a gzip header with no name and no time in it
_BEST = 9


class ShortFileError(Exception):
    """A reader gave less or more of a file than its size says: it changed since it was digested."""

    def __init__(self, file: WeightFile, found: int) -> None:
        self.file, self.found = file, found
        super().__init__(f"{file.path} has {found} bytes now, not {file.size}")


def layer_bytes(layer: Layer, read: Reader, offset: int = 0) -> Chunks:
    """The blob's bytes from `offset` on. A compressed blob is compressed from its beginning to get there.

    Raises ShortFileError, and whatever `read` raises.
    """
    if layer.kind == "tar+gzip":
        return _from(_gzip(tar_bytes(layer, read)), offset)
    return tar_bytes(layer, read, offset)


def tar_bytes(layer: Layer, read: Reader, offset: int = 0) -> Chunks:
    """The uncompressed bytes from `offset` on; files that lie before it are not read.

    Raises ShortFileError, and whatever `read` raises.
    """
    for segment in layout(layer):
        length = _length(segment)
        if offset < length:
            yield from _bytes(segment, offset, read)
        offset = max(0, offset - length)


def _length(segment: Segment) -> int:
    return len(segment.content) if isinstance(segment, Header) else segment.length


def _bytes(segment: Segment, offset: int, read: Reader) -> Chunks:
    match segment:
        case Header(content):
            yield content[offset:]
        case Padding(length):
            yield bytes(length - offset)
        case Payload(file, start, _):
            yield from _checked(file, read(file, start + offset), start + offset)


def _checked(file: WeightFile, chunks: Chunks, place: int) -> Chunks:
    for chunk in chunks:
        place += len(chunk)
        if place > file.size:
            break
        yield chunk
    if place != file.size:
        raise ShortFileError(file, place)


def _gzip(chunks: Chunks) -> Chunks:
    compress = zlib.compressobj(_BEST, zlib.DEFLATED, _GZIP)
    for chunk in chunks:
        if done := compress.compress(chunk):
            yield done
    yield compress.flush()


def _from(chunks: Chunks, offset: int) -> Chunks:
    for chunk in chunks:
        if offset < len(chunk):
            yield chunk[offset:]
        offset = max(0, offset - len(chunk))
