"""Pull: from the registry to the store, by what the lock promises."""

from dataclasses import replace
from pathlib import Path

from ...ir.codes.store import WEIGHTS_DIFFERENT
from ...ir.diagnostic import CompileError
from ...registry.reference import Reference
from ...store.bring import Carried, Origin, bring, missing_bytes
from ...store.place import bringing, clear, fill, is_ready
from ...store.store import Store
from ...weights.lock import LockedWeight
from .meter import Meter


def missing_of(store: Store, locked: LockedWeight) -> int:
    """Bytes that are to be fetched."""
    return missing_bytes(store, map(Carried.of, locked.layers))


def pull(store: Store, origin: Origin, locked: LockedWeight, meter: Meter) -> None:
    """Brings what the store has not of a set's files.

    Raises CompileError (`weights-different`, `weights-unsafe`, `weights-corrupt`, `disk-full`, the registry's).
    """
    carried = tuple(map(Carried.of, locked.layers))
    missing = missing_bytes(store, carried)
    if not missing and all(store.has(file.digest, file.size) for file in locked.weights.files):
        return
    _check_pushed(origin, locked)
    meter.expect(f"Pulling {locked.name}", missing)
    bring(store, origin, carried, meter.watch)


def pull_to(store: Store, origin: Origin, locked: LockedWeight, root: Path, meter: Meter) -> Path:
    """The same, and puts the files below `root`, which stands for the root of the model's container."""
    folder = root / locked.weights.target.lstrip("/")
    if is_ready(folder, locked.weights):
        return folder
    with bringing(folder):
        pull(store, origin, locked, meter)
        clear(folder, locked.weights)
        fill(store, locked.weights, folder)
    return folder


def _check_pushed(origin: Origin, locked: LockedWeight) -> None:
    reference = replace(Reference(origin.registry.host, origin.repository), digest=locked.digest)
    if origin.registry.has_manifest(reference):
        return
    message = f"{reference.host}/{reference.repository} does not have the weights {locked.name!r} of weights.lock"
    help = "push them from where they were imported: `cogc weights push`"
    raise CompileError([WEIGHTS_DIFFERENT.bare(message, help=help)])
