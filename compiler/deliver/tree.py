"""The project's files as they go into an image: which ones, and how they are copied or linked."""

import os
import shutil
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from .ignore import Ignore, parse_ignore

IGNORE_FILE = ".dockerignore"
# In each folder that cogc wrote; such a folder is an artifact, never part of a project.
MARKER = ".cogc"

Copy = Callable[[Path, Path], None]


def mirror(project: Path, target: Path, copy: Copy, apart: Collection[str] = ()) -> None:
    """Makes in `target` what the project's ignore file leaves: files through `copy`, links as links.

    What lies at or below a path of `apart` is not part of it.
    """
    for path in entries(project):
        name = path.relative_to(project)
        if not _lies_in(apart, name):
            _put(path, target / name, copy)


def mirror_apart(project: Path, target: Path, copy: Copy, apart: Collection[str], without: Collection[str]) -> None:
    """Makes in `target` what lies at or below a path of `apart`, but not of `without`."""
    for path in entries(project):
        name = path.relative_to(project)
        if _lies_in(apart, name) and not _lies_in(without, name):
            _put(path, target / name, copy)


def _lies_in(apart: Collection[str], path: Path) -> bool:
    return path.as_posix() in apart or any(folder.as_posix() in apart for folder in path.parents)


def settle_times(folder: Path) -> None:
    """Gives the folder and those below it one time, which is no time at which anything was made."""
    for place in (folder, *folder.rglob("*")):
        if _is_folder(place):
            os.utime(place, (0, 0))


def _put(path: Path, place: Path, copy: Copy) -> None:
    make_folder(place.parent)
    if place.is_symlink() or place.exists():  # two steps may read one file
        return
    if path.is_symlink():
        place.symlink_to(path.readlink())
    elif path.is_dir():
        make_folder(place)
    elif path.is_file():
        copy(path, place)


def mirror_part(project: Path, path: str, target: Path, copy: Copy) -> None:
    """Makes one path of the project in `target`, whether or not the ignore file leaves it out.

    Inside a folder that it does not leave out as a whole, the ignore file decides.
    """
    source = project / path
    if source.is_file():
        _put(source.resolve(), target / path, copy)
        return
    make_folder(target / path)
    for found in entries_below(project, path):
        _put(found, target / found.relative_to(project), copy)


def make_folder(path: Path) -> None:
    """The folder and those above it, readable to all whatever the umask is."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir()
        path.chmod(0o755)


def copy_file(source: Path, target: Path) -> None:
    """Content and time; the mode says only whether it can be executed, whatever the umask was."""
    shutil.copyfile(source, target)
    shutil.copystat(source, target)
    target.chmod(_mode(source))


def link_file(source: Path, target: Path) -> None:
    """A second name of the same file where that gives the same result, a copy elsewhere."""
    if source.stat().st_mode & 0o7777 != _mode(source):
        copy_file(source, target)
        return
    try:
        os.link(source, target)
    except OSError:
        copy_file(source, target)


def entries(project: Path) -> Iterator[Path]:
    """Folders before their content, names in order."""
    return _walk(project, project, read_ignore(project))


def entries_below(project: Path, path: str) -> Iterator[Path]:
    """What a step that reads a folder of the project sees: all of it, where the ignore file names the folder itself."""
    ignore = read_ignore(project)
    return _walk(project, project / path, parse_ignore("") if ignore.excludes(path) else ignore)


def _walk(project: Path, start: Path, ignore: Ignore) -> Iterator[Path]:
    pending = [start]
    while pending:
        folder = pending.pop()
        for path in sorted(folder.iterdir()):
            name = path.relative_to(project).as_posix()
            if _is_folder(path) and not ignore.excludes_all_below(name) and not (path / MARKER).is_file():
                pending.append(path)
            if not ignore.excludes(name) and not (path / MARKER).is_file():
                yield path


def read_ignore(project: Path) -> Ignore:
    path = project / IGNORE_FILE
    return parse_ignore(path.read_text("utf-8") if path.is_file() else "")


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _mode(path: Path) -> int:
    return 0o755 if path.stat().st_mode & 0o100 else 0o644
