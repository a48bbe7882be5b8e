"""Looking: what the sources of weights have, and what of it is known without reading it."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ...ir.codes.store import SOURCE_CLASH
from ...ir.diagnostic import CompileError
from ...ir.weight import Weight, WeightSource
from ...store.index import Index, Seen
from ...store.patterns import chosen
from ...store.sources.opening import opened
from ...store.sources.source import Found, Inventory, Source
from ...store.store import Store
from ...weights.files import WeightFile
from ...weights.lock import Lock, LockedSource
from ...weights.packing import Policy
from .meter import Meter


@dataclass(frozen=True, slots=True)
class Importer:
    """`folder` is the project's, from which paths count; `lock` is what was imported before; `now` an RFC 3339 time."""

    folder: Path
    store: Store
    lock: Lock
    meter: Meter
    now: str
    policy: Policy = field(default_factory=Policy)
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)


@dataclass(frozen=True, slots=True)
class Share:
    """What one source gives: its files, those of which have to be read, and the digests known of the others."""

    written: WeightSource
    source: Source
    inventory: Inventory
    known: Mapping[str, WeightFile]

    @property
    def unread(self) -> tuple[Found, ...]:
        return tuple(found for found in self.inventory.files if found.path not in self.known)


@contextmanager
def looked_over(importer: Importer, weight: Weight) -> Iterator[tuple[Share, ...]]:
    """What the sources have, without reading content, while they are open. Raises CompileError (`weight-source-…`)."""
    with ExitStack() as opened_ones:
        shares = []
        for written in weight.sources:
            source = opened(written.uri, importer.folder, importer.environment)
            opened_ones.callback(source.close)
            shares.append(_share(importer, weight, written, source))
        _check_apart(weight, shares)
        yield tuple(shares)


def _check_apart(weight: Weight, shares: Iterable[Share]) -> None:
    seen: dict[str, str] = {}
    for share in shares:
        for found in share.inventory.files:
            if found.path in seen:
                message = f"weights {weight.name!r}: {found.path} comes from {seen[found.path]} and {share.written.uri}"
                raise CompileError([SOURCE_CLASH.bare(message, help="leave one of them out with `exclude`")])
            seen[found.path] = share.written.uri


def _share(importer: Importer, weight: Weight, written: WeightSource, source: Source) -> Share:
    inventory = source.inventory().taken(chosen(written.include, written.exclude), written.uri)
    seen = Index.of(importer.store).of_place(source.place)
    locked = _locked_before(importer.lock, weight, written, inventory.fingerprint)
    files = (_known(found, seen, locked) for found in inventory.files)
    known = {file.path: file for file in files if file is not None and importer.store.has(file.digest, file.size)}
    return Share(written, source, inventory, known)


def _known(found: Found, seen: Mapping[str, Seen], locked: Mapping[str, WeightFile]) -> WeightFile | None:
    """What the file is, from whoever knows without reading it."""
    if found.digest:
        return WeightFile(found.path, found.size, found.digest)
    before = seen.get(found.path)
    if before is not None and before.version == found.version != "":
        return WeightFile(found.path, before.stored.size, before.stored.digest)
    return locked.get(found.path)


def _locked_before(lock: Lock, weight: Weight, written: WeightSource, fingerprint: str) -> dict[str, WeightFile]:
    """The files of the lock, while the source that they came from is still as it was."""
    locked = lock.find(weight.name)
    if locked is None or not fingerprint or LockedSource(written, fingerprint) not in locked.sources:
        return {}
    return {file.path: file for file in locked.weights.files}
