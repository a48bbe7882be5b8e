"""Verify: every byte on this machine against the lock; what is damaged is taken away, so that it can be had again."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from ...registry.stop import Stop
from ...store.foreign import foreign
from ...store.index import Index
from ...store.store import Store
from ...weights.files import WeightFile
from ...weights.lock import LockedWeight
from .meter import Meter
from .work import side_by_side

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """Paths of a set's files, by what was found; `foreign` ones lie beside them, or in their place, in its folder."""

    name: str
    sound: tuple[str, ...]
    damaged: tuple[str, ...]
    missing: tuple[str, ...]
    foreign: tuple[str, ...]


def verify(store: Store, weights: Iterable[LockedWeight], meter: Meter) -> tuple[Verdict, ...]:
    """Damaged files are removed from the store; the folder of a set with those or foreign ones is made anew later."""
    sets = tuple(weights)
    files = {file.digest: file for each in sets for file in each.weights.files}
    meter.expect("Verifying", sum(file.size for file in files.values()))
    damaged: set[str] = set()
    stop = Stop()

    def tasks() -> Iterator[Callable[[], None]]:
        for file in sorted(files.values(), key=lambda file: -file.size):
            yield partial(_check, store, file, damaged, meter, stop)

    side_by_side(tasks(), stop)
    verdicts = tuple(_verdict(store, each, damaged) for each in sets)
    for digest in damaged:
        store.path_of(digest).unlink(missing_ok=True)
    for each, verdict in zip(sets, verdicts, strict=True):
        if verdict.damaged or verdict.foreign:
            store.remove_set(each.weights.set_digest)
    Index.of(store).forget(damaged)
    return verdicts


def _check(store: Store, file: WeightFile, damaged: set[str], meter: Meter, stop: Stop) -> None:
    advance = meter.advancer(file.path, stop)
    whole = hashlib.sha256()
    try:
        with store.path_of(file.digest).open("rb", buffering=0) as content:
            while block := content.read(_BLOCK):
                whole.update(block)
                advance(len(block))
    except FileNotFoundError:
        return
    if f"sha256:{whole.hexdigest()}" != file.digest:
        damaged.add(file.digest)


def _verdict(store: Store, locked: LockedWeight, damaged: set[str]) -> Verdict:
    files = locked.weights.files
    missing = {file.path for file in files if not store.path_of(file.digest).exists()}
    return Verdict(
        locked.name,
        tuple(file.path for file in files if file.digest not in damaged and file.path not in missing),
        tuple(file.path for file in files if file.digest in damaged),
        tuple(sorted(missing)),
        foreign(store, locked.weights),
    )
