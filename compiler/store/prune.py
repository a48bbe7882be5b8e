"""Prune: what no project of this machine needs any more is removed from the store."""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from .index import Index
from .sealed import remove_sealed
from .store import Store, Stored


@dataclass(frozen=True, slots=True)
class Keep:
    """Digests of files and of sets."""

    files: frozenset[str] = frozenset()
    sets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unneeded:
    """What would be removed; `unfinished` are bytes of files that never arrived."""

    files: tuple[Stored, ...]
    sets: tuple[Path, ...]
    unfinished: int

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files) + self.unfinished


def note_user(store: Store, project: Path) -> None:
    """The project's lock counts from now on."""
    path = str(project.resolve())
    (store.users / hashlib.sha256(path.encode()).hexdigest()).write_text(path, encoding="utf-8")


def users(store: Store) -> tuple[Path, ...]:
    """Folders of projects that have used the store; some may be gone."""
    return tuple(sorted(Path(note.read_text("utf-8")) for note in store.users.iterdir()))


def unneeded(store: Store, keep: Keep) -> Unneeded:
    files = tuple(stored for stored in store.all() if stored.digest not in keep.files)
    sets = tuple(folder for folder in sorted(store.sets.iterdir()) if f"sha256:{folder.name}" not in keep.sets)
    arriving = (path.stat().st_size for path in store.incoming.rglob("*") if path.is_file())
    return Unneeded(files, sets, sum(arriving))


def remove(store: Store, found: Unneeded) -> None:
    """Only while nobody else uses the store."""
    for folder in found.sets:
        remove_sealed(folder)
    for stored in found.files:
        store.path_of(stored.digest).unlink(missing_ok=True)
    shutil.rmtree(store.incoming)
    store.incoming.mkdir()
    Index.of(store).forget(stored.digest for stored in found.files)
