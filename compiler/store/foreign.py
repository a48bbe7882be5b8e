"""What lies in the folder of a set and is not the set's: as root, a model that runs with `--local` may write there."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ..weights.files import WeightFile, WeightSet
from .place import READY, STATE
from .store import Store


def foreign(store: Store, weights: WeightSet) -> tuple[str, ...]:
    """Paths of what was added, and of what lies in the place of the set's own files."""
    return tuple(sorted(_foreign(store, weights, store.folder_of(weights.set_digest))))


def _foreign(store: Store, weights: WeightSet, folder: Path) -> Iterator[str]:
    files = {file.path: file for file in weights.files}
    marks = (STATE, f"{STATE}/{READY}")
    folders = {parent.as_posix() for path in files for parent in PurePosixPath(path).parents}
    for root, inner, names in os.walk(folder):
        for name in (*inner, *names):
            place = Path(root) / name
            path = place.relative_to(folder).as_posix()
            if path in files:
                if not _holds(store, place, files[path]):
                    yield path
            elif path not in folders and path not in marks:
                yield path


def _holds(store: Store, place: Path, file: WeightFile) -> bool:
    """Another name of the stored file, whose content is looked at elsewhere; or, where it was copied, the same."""
    stored = store.path_of(file.digest)
    if stored.exists() and place.samefile(stored):
        return True
    if not place.is_file():
        return False
    with place.open("rb") as content:
        return f"sha256:{hashlib.file_digest(content, 'sha256').hexdigest()}" == file.digest
