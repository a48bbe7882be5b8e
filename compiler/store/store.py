"""The content store: files by the SHA-256 of their content, each of which is there whole or not at all."""

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ..ir.codes.store import STORE_IN_USE
from ..ir.diagnostic import CompileError
from .cache import FOLDER, cache_folder
from .sealed import READ_ONLY, remove_sealed

# Seconds after which a file that nobody holds was left by a process that was killed.
_LEFT_BEHIND = 60


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of the store; `digest` is `sha256:` and 64 hexadecimal digits, `size` is in bytes."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Store:
    """Several processes may use one store: a file gets its name by a rename, after it was checked and synced."""

    root: Path

    @classmethod
    def open(cls, environment: Mapping[str, str] = os.environ) -> "Store":
        """That of this machine, made where there is none."""
        store = cls(cache_folder(environment) / FOLDER)
        for folder in (store.files, store.incoming, store.sets, store.users):
            folder.mkdir(parents=True, exist_ok=True)
        _sweep(store.incoming)
        return store

    @property
    def files(self) -> Path:
        return self.root / "files" / "sha256"

    @property
    def incoming(self) -> Path:
        """Files on their way in; those with a key can be gone on with."""
        return self.root / "incoming"

    @property
    def sets(self) -> Path:
        """Whole weights, a folder each, by the digest of the set."""
        return self.root / "sets"

    @property
    def users(self) -> Path:
        return self.root / "users"

    def path_of(self, digest: str) -> Path:
        return Path(self._place(digest))

    def _place(self, digest: str) -> str:
        """Asked of each of 100,000 files: paths as objects would take most of the time."""
        name = digest.removeprefix("sha256:")
        return f"{self.root}/files/sha256/{name[:2]}/{name}"

    def has(self, digest: str, size: int) -> bool:
        """A file of another size is one that a machine that lost power left; it does not count."""
        try:
            return os.stat(self._place(digest)).st_size == size  # noqa: PTH116
        except FileNotFoundError:
            return False

    def all(self) -> Iterator[Stored]:
        for folder in sorted(self.files.iterdir()):
            for entry in sorted(folder.iterdir()):
                with suppress(FileNotFoundError):
                    yield Stored(f"sha256:{entry.name}", entry.stat().st_size)

    def folder_of(self, set_digest: str) -> Path:
        return self.sets / set_digest.removeprefix("sha256:")

    def remove_set(self, set_digest: str) -> None:
        """Its files stay; a folder that is shown to a model at this moment is out of sight, not gone."""
        folder = self.folder_of(set_digest)
        with suppress(FileNotFoundError):
            gone = folder.rename(self.sets / f"old-{secrets.token_hex(12)}")
            remove_sealed(gone)

    def adopt(self, path: Path, digest: str) -> None:
        """Gives a file of `incoming`, whose content was checked and synced, its name."""
        path.chmod(READ_ONLY)
        self.name(str(path), digest)
        _sync_folder(self.path_of(digest).parent)

    def name(self, path: str, digest: str) -> None:
        """The same for one that is read-only already; its name is on the disk when its folder is synced."""
        place = self._place(digest)
        try:
            os.replace(path, place)  # noqa: PTH105
        except FileNotFoundError:
            Path(place).parent.mkdir(exist_ok=True)
            Path(path).replace(place)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Nothing is pruned meanwhile."""
        with (self.root / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield

    @contextmanager
    def to_itself(self) -> Iterator[None]:
        """No other process uses the store meanwhile. Raises CompileError (`store-in-use`)."""
        with (self.root / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                message = "another command is importing or pulling weights"
                raise CompileError([STORE_IN_USE.bare(message, help="try again when it has ended")]) from error
            yield


@contextmanager
def fresh(store: Store) -> Iterator[BinaryIO]:
    """A file on its way in, which is gone at the end unless it was adopted."""
    path = store.incoming / f"new-{secrets.token_hex(12)}"
    try:
        with path.open("x+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def continued(store: Store, name: str) -> Iterator[BinaryIO]:
    """A file on its way in that stays until it was adopted, so that a later run goes on with it.

    While another process writes it, we get a fresh one.
    """
    path = store.incoming / name
    with path.open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_ours = os.path.samestat(path.stat(), os.fstat(file.fileno()))
        except (BlockingIOError, FileNotFoundError):
            is_ours = False
        if is_ours:
            yield file
            return
    with fresh(store) as other:
        yield other


def _sweep(incoming: Path) -> None:
    """Removes what killed processes left and nobody can go on with."""
    for path in (*incoming.glob("new-*"), *incoming.glob("pack-*/lock")):
        with suppress(OSError), path.open("rb") as file:
            if time.time() - path.stat().st_mtime > _LEFT_BEHIND:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink() if path.parent == incoming else shutil.rmtree(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
