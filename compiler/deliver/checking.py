"""What is committed, compared with what is made now: texts, and folders file by file."""

import difflib
from collections.abc import Iterator
from pathlib import Path


def differences(committed: Path, made: Path) -> Iterator[str]:
    """The lines of a unified diff from one folder, or file, to the other; none where they are alike."""
    if made.is_file():
        yield from _of_file(committed, made, committed.as_posix())
        return
    for name in sorted({*_names(committed), *_names(made)}):
        yield from _of_file(committed / name, made / name, (committed / name).as_posix())


def _names(folder: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _of_file(committed: Path, made: Path, name: str) -> Iterator[str]:
    before, after = _content(committed), _content(made)
    if before == after:
        return
    if _is_binary(before) or _is_binary(after):
        yield f"Binary files {name} and what is made now differ\n"
        return
    for line in difflib.unified_diff(_lines(before), _lines(after), f"{name} (committed)", f"{name} (made now)"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _is_binary(content: bytes) -> bool:
    return b"\0" in content


def _lines(content: bytes) -> list[str]:
    return content.decode(errors="replace").splitlines(keepends=True)
