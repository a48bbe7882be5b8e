"""Status: each set's state in cog.yaml, in the lock, on this machine and in the registry."""

from dataclasses import dataclass
from typing import Literal

from ...registry.reference import Reference
from ...store.bring import Origin
from ...store.store import Store
from ...weights.drift import Drift
from ...weights.lock import LockedWeight
from .declared import Declared

State = Literal["ready", "pending", "orphaned", "config-changed", "unpushed"]


@dataclass(frozen=True, slots=True)
class Status:
    """`here` and `files` count the files on this machine and all of them; `size` is in bytes."""

    name: str
    target: str
    state: State
    changed: tuple[str, ...] = ()
    files: int = 0
    here: int = 0
    size: int = 0
    set_digest: str = ""
    digest: str = ""

    @property
    def is_ready(self) -> bool:
        return self.state == "ready"


def status(declared: Declared, store: Store, origin: Origin | None) -> tuple[Status, ...]:
    """Asks the registry, unless there is none to ask. Raises CompileError (those of the registry)."""
    targets = {weight.name: weight.target for weight in declared.weights}
    return tuple(_status(each, targets.get(each.name, ""), declared, store, origin) for each in declared.drift)


def _status(drift: Drift, target: str, declared: Declared, store: Store, origin: Origin | None) -> Status:
    locked = declared.lock.find(drift.name)
    if locked is None:
        return Status(drift.name, target, "pending")
    state: State = _pushed(locked, origin) if drift.state == "locked" else drift.state
    here = sum(store.has(file.digest, file.size) for file in locked.weights.files)
    return Status(
        drift.name,
        target or locked.weights.target,
        state,
        drift.changed,
        len(locked.weights.files),
        here,
        locked.weights.size,
        locked.weights.set_digest,
        locked.digest,
    )


def _pushed(locked: LockedWeight, origin: Origin | None) -> State:
    if origin is None:
        return "ready"
    reference = Reference(origin.registry.host, origin.repository, digest=locked.digest)
    return "ready" if origin.registry.has_manifest(reference) else "unpushed"
