"""Bring: files from a repository into the store. Large ones arrive in place, bundles are unpacked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..registry.client import Registry
from ..registry.progress import Watch
from ..registry.pull import pull_blobs
from ..registry.settings import Settings
from ..registry.wanted import Wanted
from ..weights.files import WeightFile
from ..weights.layer import LayerFacts
from ..weights.packing import Layer
from ..weights.tar import payload_offset
from .receive import full_disk_told
from .sealed import READ_ONLY
from .store import Store
from .unpack import Packed, unpack


@dataclass(frozen=True, slots=True)
class Carried:
    """A layer as a blob of a repository; its bytes are trusted for nothing but their digest."""

    layer: Layer
    digest: str
    size: int

    @classmethod
    def of(cls, facts: LayerFacts) -> "Carried":
        return cls(facts.layer, facts.digest, facts.size)

    @property
    def in_place(self) -> bool:
        """A file that is all of its layer lies there as it is, at a place that its name and size tell."""
        return self.layer.kind != "tar+gzip" and len(self.layer.entries) == 1

    def missing(self, store: Store) -> tuple[WeightFile, ...]:
        return tuple(file for file in self.layer.entries if not store.has(file.digest, file.size))


@dataclass(frozen=True, slots=True)
class Origin:
    """A repository, and how it is read."""

    registry: Registry
    repository: str
    settings: Settings


def missing_bytes(store: Store, carried: Iterable[Carried]) -> int:
    """Bytes that `bring` would fetch."""
    return sum(wanted.size for each in carried for wanted in _wanted(store, each))


def bring(store: Store, origin: Origin, carried: tuple[Carried, ...], watch: Watch) -> None:
    """Fetches what the store has not; a run that ends early is gone on with.

    Raises CompileError (`weights-unsafe`, `weights-corrupt`, `disk-full`, those of the registry).
    """
    wanted = tuple(wanted for each in carried for wanted in _wanted(store, each))
    with full_disk_told(store):
        pull_blobs(origin.registry, origin.repository, wanted, store.incoming / "parts", origin.settings, watch)
    for each in carried:
        if each.in_place:
            for file in each.layer.entries:
                store.path_of(file.digest).chmod(READ_ONLY)
        elif each.missing(store):
            _unpack(store, each)


def _wanted(store: Store, carried: Carried) -> Iterator[Wanted]:
    missing = carried.missing(store)
    if not missing:
        return
    if not carried.in_place:
        yield Wanted.whole(carried.digest, carried.size, _bundle(store, carried))
        return
    for file in missing:
        place = payload_offset(carried.layer, file)
        yield Wanted(carried.digest, place, file.size, file.digest, store.path_of(file.digest))


def _bundle(store: Store, carried: Carried) -> Path:
    return store.incoming / f"layer-{carried.digest.removeprefix('sha256:')}"


def _unpack(store: Store, carried: Carried) -> None:
    path = _bundle(store, carried)
    try:
        with path.open("rb") as stream:
            unpack(store, Packed(carried.digest, stream, carried.layer.kind, carried.layer.entries), lambda count: None)
    finally:
        path.unlink(missing_ok=True)
