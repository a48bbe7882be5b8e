"""A layer told in one way: what differs between two builds of the same files is a builder's habit, and goes."""

import hashlib
import posixpath
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO

_WHITEOUT = ".wh."
_OPAQUE = ".wh..wh..opq"
_XATTR = "SCHILY.xattr."
_PIECE = 1 << 20


@dataclass(slots=True)
class Tree:
    """The files of the layers so far: by path the type, mode, owner and content of each."""

    entries: dict[str, tuple[object, ...]] = field(default_factory=dict)

    def remove(self, marks: Iterable[str]) -> tuple[str, ...]:
        """Takes away what a layer's marks say; gives the marks that said anything."""
        counting = tuple(mark for mark in marks if _marked(mark) in self.entries)
        gone = {_marked(mark) for mark in counting}
        self.entries = {path: nature for path, nature in self.entries.items() if gone.isdisjoint(_above(path))}
        return counting

    def takes(self, path: str, nature: tuple[object, ...]) -> bool:
        """Whether this is news: some builders repeat what has another time and is the same otherwise."""
        new = self.entries.get(path) != nature
        self.entries[path] = nature
        return new


def read_layer(layer: IO[bytes], tree: Tree) -> None:
    """Adds a layer's files to the tree."""
    with _opened(layer) as source:
        _news(source, tree)


def write_layer(layer: IO[bytes], tree: Tree, seconds: int, target: IO[bytes]) -> str:
    """Writes the layer with no file newer than `seconds` since 1970, adds it to the tree, gives its digest."""
    with _opened(layer) as source, tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as made:
        for member in sorted(_news(source, tree), key=_path):
            made.addfile(_told(member, seconds), source.extractfile(member) if member.isreg() else None)
    target.seek(0)
    return f"sha256:{_digest(target)}"


def _news(source: tarfile.TarFile, tree: Tree) -> list[tarfile.TarInfo]:
    members = source.getmembers()
    marks = frozenset(tree.remove(path for member in members if _is_mark(path := _path(member))))
    return [
        member
        for member in members
        if (path := _path(member)) in marks or (not _is_mark(path) and tree.takes(path, _nature(source, member)))
    ]


def _is_mark(path: str) -> bool:
    return posixpath.basename(path).startswith(_WHITEOUT)


def _marked(mark: str) -> str:
    """What is gone: one path, or all that is in a folder."""
    folder, name = posixpath.split(mark)
    return folder if name == _OPAQUE else posixpath.join(folder, name.removeprefix(_WHITEOUT))


def _above(path: str) -> Iterator[str]:
    """The path, and the folders that it is in."""
    while path:
        yield path
        path = posixpath.dirname(path)


def _path(member: tarfile.TarInfo) -> str:
    return posixpath.normpath(member.name).lstrip("/")


def _told(member: tarfile.TarInfo, seconds: int) -> tarfile.TarInfo:
    found = tarfile.TarInfo(_path(member))
    found.type, found.linkname, found.size = member.type, member.linkname, member.size
    found.mode, found.uid, found.gid = member.mode, member.uid, member.gid
    found.devmajor, found.devminor = member.devmajor, member.devminor
    found.mtime = min(int(member.mtime), seconds)
    found.pax_headers = {name: text for name, text in sorted(member.pax_headers.items()) if name.startswith(_XATTR)}
    if _is_mark(member.name):
        found.type, found.linkname, found.mode, found.mtime = tarfile.REGTYPE, "", 0, 0
    return found


def _nature(source: tarfile.TarFile, member: tarfile.TarInfo) -> tuple[object, ...]:
    content = source.extractfile(member) if member.isreg() else None
    digest = "" if content is None else _digest(content)
    return member.type, member.mode, member.uid, member.gid, member.linkname, digest


def _opened(layer: IO[bytes]) -> tarfile.TarFile:
    start = layer.read(2)
    layer.seek(0)
    return tarfile.open(fileobj=layer, mode="r:gz" if start == b"\x1f\x8b" else "r:")


def _digest(content: IO[bytes]) -> str:
    found = hashlib.sha256()
    while piece := content.read(_PIECE):
        found.update(piece)
    return found.hexdigest()
