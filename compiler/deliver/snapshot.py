"""A project at one moment, for comparing: a folder as it is, or a revision as git has it."""

import hashlib
import io
import subprocess
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..frontend.files import FolderFiles, MemoryFiles
from ..ir.codes.commands import REVISION_UNKNOWN
from ..ir.diagnostic import CompileError
from ..ir.project import Files
from .ignore import parse_ignore
from .tree import IGNORE_FILE, entries


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`digests` are those of the files that go into the image, by path."""

    files: Files
    digests: Mapping[str, str]


def folder_snapshot(folder: Path) -> Snapshot:
    """Without what git is told to ignore, which would be new beside any revision; outside git, all of it."""
    found = {path.relative_to(folder).as_posix(): path for path in entries(folder) if path.is_file()}
    kept = found.keys() - _ignored(folder)
    return Snapshot(FolderFiles(folder), {name: _digest(found[name].read_bytes()) for name in kept})


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
    digests = {name: _digest(data) for name, data in content.items() if not ignore.excludes(name)}
    return Snapshot(MemoryFiles(texts, (place or top.name).rpartition("/")[2]), digests)


def _members(archive: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        files = ((member.name, tar.extractfile(member)) for member in tar if member.isfile())
        return {name: stream.read() for name, stream in files if stream is not None}


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
