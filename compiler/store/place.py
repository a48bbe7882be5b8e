"""Weights in their place: a folder of hard links into the store, read-only, with a mark that is made last."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..ir.codes.store import TARGET_TAKEN, WEIGHTS_MISSING
from ..ir.diagnostic import CompileError
from ..weights.files import WeightFile, WeightSet
from .sealed import READ_ONLY, remove_sealed, seal
from .store import Store

STATE = ".cog"
READY, FAILED, DOWNLOADING = "ready", "failed", "downloading"
# What file systems keep for themselves at the root of a fresh volume.
_NOBODYS = frozenset({STATE, "lost+found"})


def placed(store: Store, weights: WeightSet) -> Path:
    """A folder of the store with the set's files, made where there is none yet; it appears whole, and is sealed.

    Raises CompileError (`weights-missing`).
    """
    folder = store.folder_of(weights.set_digest)
    if is_ready(folder, weights):
        return folder
    making = store.sets / f"new-{secrets.token_hex(12)}"
    try:
        fill(store, weights, making)
        (making / STATE / READY).chmod(READ_ONLY)
        seal(making)
        if folder.exists():
            folder.rename(store.sets / f"old-{secrets.token_hex(12)}")
        making.rename(folder)
    except OSError:
        if not is_ready(folder, weights):  # another process was quicker
            raise
    finally:
        for left in (making, *store.sets.glob("old-*")):
            remove_sealed(left)
    return folder


def fill(store: Store, weights: WeightSet, folder: Path) -> None:
    """Puts the files there and says so last. Raises CompileError (`weights-missing`)."""
    made = {folder}
    folder.mkdir(parents=True, exist_ok=True)
    for file in weights.files:
        place = folder / file.path
        if place.parent not in made:
            place.parent.mkdir(parents=True, exist_ok=True)
            made.add(place.parent)
        _put(store, file, place)
    mark(folder, READY, weights.set_digest)


def mark(folder: Path, state: str, text: str = "") -> None:
    """The state of a target; the one before it is taken away after it."""
    place = folder / STATE
    place.mkdir(parents=True, exist_ok=True)
    new = place / f"{state}.new"
    new.write_text(f"{text}\n" if text else "", encoding="utf-8")
    new.replace(place / state)
    for other in {READY, FAILED, DOWNLOADING} - {state}:
        (place / other).unlink(missing_ok=True)


def is_ready(folder: Path, weights: WeightSet) -> bool:
    try:
        return (folder / STATE / READY).read_text("utf-8").strip() == weights.set_digest
    except OSError:
        return False


@contextmanager
def bringing(folder: Path) -> Iterator[None]:
    """A target that others wait for: they learn that it is being filled, and if that fails, why.

    Raises CompileError (`weight-target-taken`) where it holds files of others.
    """
    if folder.is_dir() and not (folder / STATE).is_dir() and _strangers(folder):
        message = f"{folder} holds {_strangers(folder)[0]!r}, which cogc did not put there"
        raise CompileError([TARGET_TAKEN.bare(message, help="name an empty folder, or remove it")])
    mark(folder, DOWNLOADING)
    try:
        yield
    except BaseException as error:
        mark(folder, FAILED, "it was interrupted" if isinstance(error, KeyboardInterrupt) else str(error))
        raise


def clear(folder: Path, weights: WeightSet) -> None:
    """Removes what an earlier set left there."""
    wanted = {file.path for file in weights.files}
    for root, folders, names in os.walk(folder, topdown=False):
        for name in names:
            path = Path(root) / name
            inside = path.relative_to(folder)
            if inside.parts[0] not in _NOBODYS and inside.as_posix() not in wanted:
                path.unlink()
        for name in folders:
            path = Path(root) / name
            if path.relative_to(folder).parts[0] not in _NOBODYS and not path.is_symlink() and not any(path.iterdir()):
                path.rmdir()


def _strangers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name not in _NOBODYS)


def _put(store: Store, file: WeightFile, place: Path) -> None:
    """A second name of the stored file where the disk is the same, else a copy; the name appears last."""
    source = store.path_of(file.digest)
    try:
        if place.exists() and place.samefile(source):
            return
        new = place.with_name(f".{secrets.token_hex(8)}.new")
        try:
            _link(source, new)
            new.replace(place)
        finally:
            new.unlink(missing_ok=True)
    except FileNotFoundError as error:
        if source.exists():
            raise
        help = "bring them with `cogc weights pull`"
        raise CompileError([WEIGHTS_MISSING.bare(f"{file.path} is not on this machine", help=help)]) from error


def _link(source: Path, new: Path) -> None:
    try:
        os.link(source, new)
    except FileNotFoundError:
        raise
    except OSError:  # another disk, one without hard links, or as many names as a file may have
        shutil.copyfile(source, new)
        new.chmod(READ_ONLY)
