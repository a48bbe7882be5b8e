"""Tar bytes of a layer, the same as Go's archive/tar writes: a large file has one digest, whoever packs it."""

from collections.abc import Iterator
from dataclasses import dataclass

from .files import WeightFile
from .names import folders_of
from .packing import Layer

_BLOCK = 512
_NAME = 100
_OCTAL = 8**11  # the first size that has no place in the header's eleven octal digits
END = bytes(2 * _BLOCK)


@dataclass(frozen=True, slots=True)
class Header:
    """Bytes that stand before a payload, or for a folder, or at the end."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Payload:
    """`length` bytes of a file, from its byte `offset`."""

    file: WeightFile
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Padding:
    """Zeros up to the next block."""

    length: int


Segment = Header | Payload | Padding


def layout(layer: Layer) -> Iterator[Segment]:
    """What the layer's bytes are made of before any compression, in order; no segment is empty.

    Folders come first, then the files, each sorted; then the 1,024 zeros that end a tar.
    """
    if layer.kind == "raw":
        yield from _payload(layer.entries[0])
        return
    for folder in _folders(layer):
        yield Header(folder_header(folder))
    for file in layer.entries:
        yield Header(file_header(file.path, file.size))
        yield from _payload(file)
        yield from _padding(file.size)
    yield Header(END)


def tar_size(layer: Layer) -> int:
    """Bytes of the layer before any compression, without making them."""
    if layer.kind == "raw":
        return layer.content_size
    folders = sum(_header_size(f"{folder}/", 0) for folder in _folders(layer))
    files = sum(_header_size(file.path, file.size) + _padded(file.size) for file in layer.entries)
    return folders + files + len(END)


def payload_offset(layer: Layer, file: WeightFile) -> int:
    """Where the content of one of the layer's files begins in the uncompressed layer."""
    if layer.kind == "raw":
        return 0
    place = sum(_header_size(f"{folder}/", 0) for folder in _folders(layer))
    for entry in layer.entries:
        place += _header_size(entry.path, entry.size)
        if entry == file:
            return place
        place += _padded(entry.size)
    raise ValueError(f"{file.path} is not in the layer")


def file_header(path: str, size: int) -> bytes:
    """The header of a regular file: mode 0644, owner 0:0, all times 0."""
    return _header(path, size, 0o644, b"0")


def folder_header(path: str) -> bytes:
    """The header of a folder, `path` without a slash at its end: mode 0755, owner 0:0, all times 0."""
    return _header(f"{path}/", 0, 0o755, b"5")


def _payload(file: WeightFile) -> Iterator[Segment]:
    if file.size:
        yield Payload(file, 0, file.size)


def _padding(size: int) -> Iterator[Segment]:
    if missing := -size % _BLOCK:
        yield Padding(missing)


def _folders(layer: Layer) -> list[str]:
    return sorted({folder for file in layer.entries for folder in folders_of(file.path)})


def _header(path: str, size: int, mode: int, flag: bytes) -> bytes:
    records = _records(path, size)
    extended = _block(_extended_name(path), 0, len(records), b"x", b"")
    shown = size if size < _OCTAL else 0
    return (
        extended + records + bytes(-len(records) % _BLOCK) + _block(_entry_name(path), mode, shown, flag, _octal(0, 8))
    )


def _header_size(path: str, size: int) -> int:
    return 2 * _BLOCK + _padded(len(_records(path, size)))


def _padded(size: int) -> int:
    return size + -size % _BLOCK


def _records(path: str, size: int) -> bytes:
    """The PAX records, sorted by key. Go writes both times because cog sets them."""
    name = {"path": path} if len(path.encode()) > _NAME or not path.isascii() else {}
    length = {"size": str(size)} if size >= _OCTAL else {}
    records = {"atime": "0", "ctime": "0", **name, **length}
    return b"".join(_record(key, value) for key, value in sorted(records.items()))


def _record(key: str, value: str) -> bytes:
    """`LENGTH KEY=VALUE` and a line end; LENGTH counts the whole record, its own digits included."""
    rest = f" {key}={value}\n".encode()
    length = len(rest) + len(str(len(rest)))
    length = len(rest) + len(str(length))
    return str(length).encode() + rest


def _extended_name(path: str) -> bytes:
    """Go's name for the block of records: a folder that is not there, beside the entry."""
    folder, _, base = path.rpartition("/")
    name = "/".join(part for part in (folder, "PaxHeaders.0", base) if part)
    return _ascii(name)[:_NAME].rstrip(b"/")


def _block(name: bytes, mode: int, size: int, flag: bytes, device: bytes) -> bytes:
    """A ustar block; `device` is blank in the block of records, and a zero number in an entry's own."""
    start = name.ljust(_NAME, b"\0") + _octal(mode, 8) + _octal(0, 8) * 2 + _octal(size, 12) + _octal(0, 12)
    rest = flag + bytes(100) + b"ustar\x0000" + bytes(64) + device.ljust(8, b"\0") * 2
    body = (start + b" " * 8 + rest).ljust(_BLOCK, b"\0")
    return body[:148] + f"{sum(body):06o}\0 ".encode() + body[156:]


def _entry_name(path: str) -> bytes:
    """As far as there is room, with no slash at the cut; the full name stands in the records."""
    text = _ascii(path)
    return text if len(text) <= _NAME else text[:_NAME].rstrip(b"/")


def _ascii(text: str) -> bytes:
    return text.encode("ascii", "ignore")


def _octal(number: int, width: int) -> bytes:
    return f"{number:0{width - 1}o}\0".encode()
