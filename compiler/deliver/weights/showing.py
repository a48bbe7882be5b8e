"""Showing: weights at their targets, read-only, for a model that runs on this machine."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ...ir.codes.store import TARGET_LOCAL, WEIGHTS_MISSING
from ...ir.diagnostic import CompileError
from ...ir.recipe import SOURCE_FOLDER
from ...ir.weight import MountedWeights
from ...store.place import placed
from ...store.store import Store
from ...weights.files import WeightSet
from ...weights.lock import Lock


@dataclass(frozen=True, slots=True)
class Shown:
    """A folder with a set's files, and where the model looks for them."""

    folder: Path
    target: str


def shown(store: Store, lock: Lock, needed: Iterable[MountedWeights]) -> tuple[Shown, ...]:
    """Raises CompileError (`weights-missing`) where files are not on this machine."""
    found = []
    for each in needed:
        locked = lock.find(each.name)
        assert locked is not None, "the compile has found it in the lock"
        _check_here(store, locked.weights)
        found.append(Shown(placed(store, locked.weights), each.target))
    return tuple(found)


def mount_options(weights: Iterable[Shown]) -> tuple[str, ...]:
    """In docker's words."""
    mounts = (f"type=bind,source={each.folder},target={each.target},readonly" for each in weights)
    return tuple(part for mount in mounts for part in ("--mount", mount))


@contextmanager
def mount_points(project: Path, weights: Iterable[Shown]) -> Iterator[None]:
    """Folders of the project that are mounted over, made by us: the engine would make them as root, and leave them."""
    made: list[Path] = []
    try:
        for each in weights:
            if (inside := _in_project(each.target)) is not None:
                made.extend(_made(project / inside))
        yield
    finally:
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def linked(project: Path, weights: Iterable[Shown]) -> Iterator[tuple[str, ...]]:
    """Symbolic links at the targets, for a model that runs without an image; they are gone at the end.

    A target below the image's source folder is one below the project's, too, where relative paths of the model lead.
    Gives the targets that are only there. Where files lie already, they are left as they are.
    Raises CompileError (`weight-target-local`).
    """
    links = _Links()
    unseen = []
    try:
        for each in weights:
            inside = _in_project(each.target)
            if inside is not None:
                links.make(each.folder, project / inside)
            try:
                links.make(each.folder, Path(each.target))
            except CompileError:
                if inside is None:
                    raise
                unseen.append(each.target)
        yield tuple(unseen)
    finally:
        links.remove()


class _Links:
    """Links that were made, and folders for them."""

    def __init__(self) -> None:
        self._links: list[Path] = []
        self._folders: list[Path] = []

    def make(self, folder: Path, place: Path) -> None:
        """Raises CompileError (`weight-target-local`)."""
        if _leads_to(place, folder) or _is_full(place):
            return
        try:
            self._folders.extend(_made(place.parent))
            if place.is_symlink() and not place.exists():  # what a killed process left, of weights that are gone
                place.unlink()
            if place.is_dir() and not place.is_symlink():
                place.rmdir()
            place.symlink_to(folder)
        except OSError as error:
            message = f"{place} cannot be a link to the weights: {error.strerror}"
            help = f"make it yourself: ln -s {folder} {place}; or run without --local"
            raise CompileError([TARGET_LOCAL.bare(message, help=help)]) from error
        self._links.append(place)

    def remove(self) -> None:
        for link in self._links:
            link.unlink(missing_ok=True)
        for folder in reversed(self._folders):
            with suppress(OSError):
                folder.rmdir()


def _leads_to(place: Path, folder: Path) -> bool:
    return place.is_symlink() and place.resolve() == folder.resolve()


def _is_full(place: Path) -> bool:
    """The project's own folder, often the very source of the weights, is what the model is to see."""
    return place.is_dir() and not place.is_symlink() and any(place.iterdir())


def _in_project(target: str) -> PurePosixPath | None:
    path = PurePosixPath(target)
    return path.relative_to(SOURCE_FOLDER) if path.is_relative_to(SOURCE_FOLDER) else None


def _made(folder: Path) -> list[Path]:
    """The folder and those above it that were not there, the outermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()][::-1]
    for each in missing:
        each.mkdir()
    return missing


def _check_here(store: Store, weights: WeightSet) -> None:
    missing = [file for file in weights.files if not store.has(file.digest, file.size)]
    if missing:
        message = (
            f"{len(missing)} of {len(weights.files)} files of the weights {weights.name!r} are not on this machine"
        )
        help = "`cogc weights pull` brings them from the registry, `cogc weights import` from their source"
        raise CompileError([WEIGHTS_MISSING.bare(message, help=help)])
