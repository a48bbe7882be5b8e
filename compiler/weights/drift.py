"""Drift: where cog.yaml and weights.lock have parted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from posixpath import normpath
from typing import Literal

from ..ir.weight import Weight, WeightSource
from .lock import Lock, LockedWeight

State = Literal["locked", "pending", "orphaned", "config-changed"]


@dataclass(frozen=True, slots=True)
class Drift:
    """`pending` is in cog.yaml alone, `orphaned` in the lock alone; `changed` names the keys that differ."""

    name: str
    state: State
    changed: tuple[str, ...] = ()


def drift(declared: Iterable[Weight], lock: Lock) -> tuple[Drift, ...]:
    """The state of every weight: those of cog.yaml in its order, then those that are left over in the lock."""
    given = tuple(declared)
    names = {weight.name for weight in given}
    left = (Drift(locked.name, "orphaned") for locked in lock.weights if locked.name not in names)
    return (*(_state(weight, lock.find(weight.name)) for weight in given), *left)


def _state(weight: Weight, locked: LockedWeight | None) -> Drift:
    if locked is None:
        return Drift(weight.name, "pending")
    if changed := tuple(_changed(weight, locked)):
        return Drift(weight.name, "config-changed", changed)
    return Drift(weight.name, "locked")


def _changed(weight: Weight, locked: LockedWeight) -> Iterator[str]:
    if weight.target != normpath(locked.weights.target):
        yield "target"
    if tuple(map(_alike, weight.sources)) != tuple(_alike(each.source) for each in locked.sources):
        yield "source"


def _alike(source: WeightSource) -> tuple[str, frozenset[str], frozenset[str]]:
    """Sources in which only the order of the patterns differs find the same files."""
    return source.uri, frozenset(source.include), frozenset(source.exclude)
