"""The two kinds of project: a folder on disk, and texts in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..ir.codes.config import NOT_TEXT
from ..ir.diagnostic import CompileError, Diagnostic
from ..ir.source import Source, Span


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """The project in a folder; nothing outside it can be read, not by `..` and not through links."""

    root: Path

    @property
    def name(self) -> str:
        return self.root.resolve().name

    def read(self, path: str) -> Source | None:
        place = self._inside(path)
        if place is None or not place.is_file():
            return None
        try:
            return Source(normal(path), place.read_text("utf-8-sig").replace("\r\n", "\n"))
        except UnicodeDecodeError as error:
            raise CompileError([_not_text(path, error)]) from error

    def is_file(self, path: str) -> bool:
        place = self._inside(path)
        return place is not None and place.is_file()

    def is_folder(self, path: str) -> bool:
        place = self._inside(path)
        return place is not None and place.is_dir()

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(p.relative_to(self.root).as_posix() for p in self.root.rglob("*") if p.is_file()))

    def _inside(self, path: str) -> Path | None:
        root = self.root.resolve()
        try:
            place = (root / path).resolve(strict=True)
        except (OSError, ValueError, RuntimeError):  # nothing there; a NUL in the path; a circle of links
            return None
        return place if place.is_relative_to(root) else None


@dataclass(frozen=True, slots=True)
class MemoryFiles:
    """A project that is not on disk: texts by path, and the paths of files that are no text."""

    texts: Mapping[str, str]
    name: str = "project"
    binaries: frozenset[str] = frozenset()

    def read(self, path: str) -> Source | None:
        text = self.texts.get(normal(path))
        return None if text is None else Source(normal(path), text)

    def is_file(self, path: str) -> bool:
        return normal(path) in self.paths()

    def is_folder(self, path: str) -> bool:
        return normal(path) == "." or any(name.startswith(normal(path) + "/") for name in self.paths())

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted({*self.texts, *self.binaries}))


def _not_text(path: str, error: UnicodeDecodeError) -> Diagnostic:
    """At the first byte that is none of UTF-8."""
    before = error.object[: error.start].decode().replace("\r\n", "\n")
    shown = error.object.decode(errors="replace").replace("\r\n", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")
    place = Span(Source(normal(path), shown), len(before), len(before) + 1)
    return NOT_TEXT.at(place, f"{path} is not UTF-8 text", help="save the file as UTF-8")


def normal(path: str) -> str:
    """The path without `./` and doubled slashes."""
    return PurePosixPath(path).as_posix()
