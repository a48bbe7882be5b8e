"""Names of files in a set: which ones would leave their folder, or mean something else to a reader of layers."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

RESERVED = ".cog"
_WHITEOUT = ".wh."
_LONGEST_PART = 255  # bytes: NAME_MAX of Linux
_LONGEST = 4095  # bytes: PATH_MAX of Linux, without its end


@dataclass(frozen=True, slots=True)
class BadName:
    """`fault` goes on after the name: `is absolute`."""

    path: str
    fault: str

    def __str__(self) -> str:
        return f"{self.path!r} {self.fault}"


def bad_names(paths: Iterable[str]) -> tuple[BadName, ...]:
    """Every name that no set may hold, sorted. Names are relative, have `/` between their parts, and differ."""
    given = sorted(paths)
    faults = (BadName(path, fault) for path in given if (fault := name_fault(path)))
    return (*faults, *_repeated(given), *_under_files(given))


def name_fault(path: str) -> str:
    """What is wrong with one name by itself; blank for a sound one."""
    if path.isascii() and path.isprintable() and len(path) <= _LONGEST_PART and "\\" not in path:
        return _fault_of_parts(path.split("/"))
    return _fault_of_text(path) or _fault_of_parts(path.split("/"))


def _fault_of_text(path: str) -> str:
    if any(unicodedata.category(character) == "Cc" for character in path):
        return "has a control character"
    if "\\" in path:
        return "has a backslash"
    if any(unicodedata.category(character) == "Cs" for character in path):
        return "is not Unicode text"
    if len(path.encode()) > _LONGEST or any(len(part.encode()) > _LONGEST_PART for part in path.split("/")):
        return "is longer than a file system takes"
    return ""


def _fault_of_parts(parts: list[str]) -> str:
    if parts == [""]:
        return "is blank"
    if parts[0] == "":
        return "is absolute"
    if ".." in parts:
        return "leads out of its folder by `..`"
    if "" in parts or "." in parts:
        return "has a blank part or a `.` between its slashes"
    if parts[0] == RESERVED:
        return f"lies in `{RESERVED}`, which is kept for the state of the weights"
    if any(part.startswith(_WHITEOUT) for part in parts):
        return f"begins with `{_WHITEOUT}`, by which layers delete files"
    return ""


def _repeated(given: list[str]) -> Iterator[BadName]:
    for path, following in pairwise(given):
        if path == following:
            yield BadName(path, "stands there twice")


def _under_files(given: list[str]) -> Iterator[BadName]:
    files = frozenset(given)
    for folder in sorted({folder for path in given for folder in folders_of(path)} & files):
        yield BadName(folder, "is a file and a folder at once")


def folders_of(path: str) -> Iterator[str]:
    """`a` and `a/b` for `a/b/c`: the folders that a file lies in, the outermost first."""
    place = path.find("/")
    while place >= 0:
        yield path[:place]
        place = path.find("/", place + 1)
