"""What the projects of this machine need of the store."""

from collections.abc import Iterable
from pathlib import Path

from ...ir.source import Source
from ...store.prune import Keep, users
from ...store.store import Store
from ...weights.lock import LOCK, Lock, LockedWeight
from ...weights.read_lock import read_lock


def needed(store: Store, without: Iterable[LockedWeight] = (), project: Path | None = None) -> Keep:
    """By the locks of all projects that have used the store; of `project`, leaving out some of its weights.

    Raises CompileError (`weights-lock-…`): what a broken lock needs is not known.
    """
    left_out = {each.name for each in without}
    kept: list[LockedWeight] = []
    for folder in users(store):
        is_ours = project is not None and folder == project.resolve()
        kept.extend(each for each in _lock(folder).weights if not (is_ours and each.name in left_out))
    files = frozenset(file.digest for each in kept for file in each.weights.files)
    return Keep(files, frozenset(each.weights.set_digest for each in kept))


def locks(store: Store) -> tuple[Lock, ...]:
    """Those of all projects that have used the store. Raises CompileError (`weights-lock-…`)."""
    return tuple(map(_lock, users(store)))


def _lock(folder: Path) -> Lock:
    """That of a project which is gone is empty."""
    path = folder / LOCK
    return read_lock(Source(str(path), path.read_text("utf-8", "replace"))) if path.is_file() else Lock("")
