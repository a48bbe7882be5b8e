"""The files that go into an image, as the rules of `cogc doctor` look at them."""

from pathlib import Path

from ..ir.source import Source
from ..lint.secret_file import looks_secret
from ..lint.subject import Context, ContextFile
from .tree import IGNORE_FILE, entries

_HEAD = 4096


def context_of(project: Path) -> Context:
    ignore = project / IGNORE_FILE
    text = ignore.read_text("utf-8") if ignore.is_file() else ""
    files = (path for path in entries(project) if path.is_file() and not path.is_symlink())
    return Context(tuple(_file(path, project) for path in files), Source(IGNORE_FILE, text))


def _file(path: Path, project: Path) -> ContextFile:
    name = path.relative_to(project).as_posix()
    return ContextFile(name, path.stat().st_size, _head(path) if looks_secret(name) else b"")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)
