"""Declared: a project's weights as cog.yaml has them, with the lock file beside."""

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ...ir.codes.store import WEIGHTS_NONE, WEIGHTS_UNKNOWN
from ...ir.codes.weights import WEIGHTS_CONFIG_CHANGED, WEIGHTS_PENDING
from ...ir.diagnostic import CompileError, Diagnostic
from ...ir.source import Source
from ...ir.weight import Weight
from ...weights.drift import Drift, drift
from ...weights.lock import LOCK, Lock, LockedWeight, lock_text
from ...weights.packing import Policy
from ...weights.read_lock import read_lock


@dataclass(frozen=True, slots=True)
class Declared:
    folder: Path
    weights: tuple[Weight, ...]
    lock: Lock

    @property
    def drift(self) -> tuple[Drift, ...]:
        return drift(self.weights, self.lock)

    def chosen(self, names: Iterable[str]) -> tuple[Weight, ...]:
        """Those of the names, all without any. Raises CompileError (`weights-none`, `weights-unknown`)."""
        wanted = tuple(names)
        if not self.weights:
            message = "cog.yaml has no weights"
            raise CompileError([WEIGHTS_NONE.bare(message, help="add `weights`: docs/weights.md shows an entry")])
        _check_known(wanted, tuple(weight.name for weight in self.weights))
        return tuple(weight for weight in self.weights if not wanted or weight.name in wanted)

    def locked(self, names: Iterable[str] = ()) -> tuple[LockedWeight, ...]:
        """What the lock has of the chosen ones."""
        found = (self.lock.find(weight.name) for weight in self.chosen(names))
        return tuple(locked for locked in found if locked is not None)

    def in_lock(self, names: Iterable[str]) -> tuple[LockedWeight, ...]:
        """The chosen ones, all of which have to be in the lock. Raises CompileError (`weights-pending`)."""
        return self._without(names, ("pending",))

    def up_to_date(self, names: Iterable[str]) -> tuple[LockedWeight, ...]:
        """The same, as cog.yaml has them now. Raises CompileError (`weights-pending`, `weights-config-changed`)."""
        return self._without(names, ("pending", "config-changed"))

    def _without(self, names: Iterable[str], states: tuple[str, ...]) -> tuple[LockedWeight, ...]:
        chosen = {weight.name: weight for weight in self.chosen(names)}
        faults = [each for each in self.drift if each.name in chosen and each.state in states]
        if faults:
            raise CompileError(_told(each, chosen[each.name]) for each in faults)
        return self.locked(chosen)


def lock_of(folder: Path) -> Lock:
    """The project's lock; where there is none, an empty one. Raises CompileError (`weights-lock-…`)."""
    path = folder / LOCK
    if not path.is_file():
        return Lock(Policy().envelope)
    return read_lock(Source(LOCK, path.read_text("utf-8", "replace")))


def write_lock(folder: Path, lock: Lock) -> None:
    """Whole or not at all."""
    path, content = folder / LOCK, lock_text(lock)
    new = path.with_name(f".{LOCK}.{secrets.token_hex(8)}")
    try:
        with new.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _check_known(wanted: tuple[str, ...], names: tuple[str, ...]) -> None:
    unknown = [name for name in wanted if name not in names]
    if unknown:
        message = f"no weights are called {', '.join(map(repr, unknown))}"
        raise CompileError([WEIGHTS_UNKNOWN.bare(message, help=f"there are: {', '.join(names)}")])


def _told(found: Drift, weight: Weight) -> Diagnostic:
    help = "run `cogc weights import`"
    if found.state == "pending":
        return WEIGHTS_PENDING.at(weight.span, f"the weights `{weight.name}` are not imported", help=help)
    what = " and the ".join(found.changed)
    message = f"the {what} of the weights `{weight.name}` changed since they were imported"
    return WEIGHTS_CONFIG_CHANGED.at(weight.span, message, help=help)
