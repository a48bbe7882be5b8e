"""A project at one moment, for comparing: a folder as it is, or a revision as git has it."""

import hashlib
import io
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..frontend.files import FolderFiles, MemoryFiles
from ..ir.codes.commands import REVISION_UNKNOWN
from ..ir.diagnostic import CompileError
from ..ir.project import Files
from .ignore import Ignore, parse_ignore
from .tree import IGNORE_FILE, entries, read_ignore

_NEVER = parse_ignore("")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`included` are the paths that the ignore file leaves; `content` reads a file of the project by its path."""

    files: Files
    included: frozenset[str]
    ignore: Ignore
    content: Callable[[str], bytes]

    def digests(self, staged: tuple[str, ...]) -> dict[str, str]:
        """Of each file that goes into the image, and of those at `staged`, which single steps of the build read."""
        return {path: _digest(self.content(path)) for path in (*self.included, *self._apart(staged))}

    def _apart(self, staged: tuple[str, ...]) -> Iterator[str]:
        """Files and folders that the ignore file names, and that are staged all the same."""
        named = tuple(path for path in staged if self.ignore.excludes(path))
        for path in self.files.paths() if named else ():
            below = any(path == one or path.startswith(f"{one}/") for one in named)
            if below and path not in self.included and not _NEVER.excludes(path):
                yield path


def folder_snapshot(folder: Path) -> Snapshot:
    """Without what git is told to ignore, which would be new beside any revision; outside git, all of it."""
    found = {path.relative_to(folder).as_posix() for path in entries(folder) if path.is_file()}
    included = frozenset(found - _ignored(folder))
    return Snapshot(FolderFiles(folder), included, read_ignore(folder), lambda path: (folder / path).read_bytes())


def _ignored(folder: Path) -> set[str]:
    command = ("git", "ls-files", "-z", "--others", "--ignored", "--exclude-standard")
    try:
        answer = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    except FileNotFoundError:
        return set()
    return set(answer.stdout.decode(errors="surrogateescape").split("\0"))


def revision_snapshot(revision: str, path: str, near: Path) -> Snapshot:
    """`path` counts from the repository's root, as in git; blank, it is the folder `near`, at that revision.

    Raises CompileError (`revision-unknown`).
    """
    place = path.strip("/") or _git(near, "rev-parse", "--show-prefix").decode().strip().rstrip("/")
    top = Path(_git(near, "rev-parse", "--show-toplevel").decode().strip())
    content = _members(_git(top, "archive", "--format=tar", f"{revision}:{place}"))
    texts = {name: text for name, data in content.items() if (text := _text(data)) is not None}
    ignore = parse_ignore(texts.get(IGNORE_FILE, ""))
    files = MemoryFiles(texts, (place or top.name).rpartition("/")[2], frozenset(content.keys() - texts.keys()))
    included = frozenset(name for name in content if not ignore.excludes(name))
    return Snapshot(files, included, ignore, content.__getitem__)


def _members(archive: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        files = ((member.name, _stream(tar, member)) for member in tar)
        return {name: stream.read() for name, stream in files if stream is not None}


def _stream(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes] | None:
    """The content of a file, and of one that a link leads to; None for a folder, and for what leads elsewhere."""
    try:
        return tar.extractfile(member)
    except KeyError:
        return None


def _text(data: bytes) -> str | None:
    """As a folder's files are read; None for what is no text."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        answer = subprocess.run(("git", *arguments), cwd=folder, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise CompileError(
            [REVISION_UNKNOWN.bare("git was not found", help="install it, or name two folders")]
        ) from error
    if answer.returncode != 0:
        said = answer.stderr.decode(errors="replace").strip().partition("\n")[0]
        help = "name it as REVISION: or REVISION:FOLDER, with the folder counted from the repository's root"
        raise CompileError([REVISION_UNKNOWN.bare(f"git has no such project: {said}", help=help)])
    return answer.stdout
