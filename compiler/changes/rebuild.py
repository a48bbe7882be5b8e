"""Which steps of a recipe are built again: the first that differs, and all after it."""

from collections.abc import Collection
from dataclasses import dataclass

from ..ir.reads import ProjectFiles, ProjectPath, Read
from ..ir.recipe import CopyWeights, Recipe, Step
from .title import title

BASE = "base image"


@dataclass(frozen=True, slots=True)
class Repeated:
    """`cause` says why: the step's own change, or that it comes after one."""

    step: str
    cause: str


@dataclass(frozen=True, slots=True)
class Rebuild:
    """The base image and the steps, split where the engine's cache ends.

    Weights are kept beyond that, too: their layers stand on no other.
    """

    kept: tuple[str, ...]
    repeated: tuple[Repeated, ...]


def rebuild(before: Recipe, after: Recipe, changed: Collection[str] = ()) -> Rebuild:
    """What an engine that has built `before` does for `after`; `changed` are files of the project that differ."""
    names = (BASE, *map(title, after.steps))
    base = "" if before.base == after.base else "it is another one"
    apart = tuple(read for step in after.weights for read in step.reads)
    causes = (base, *(_cause(before, step, changed, apart) for step in after.steps))
    end = min(_first_with(causes), 1 + _alike(before, after))
    follows = f"it comes after: {names[end]}" if end < len(names) and causes[end] else "a step before it is gone"
    alone = tuple(number for number in range(end, len(names)) if _stands_alone(after, number) and not causes[number])
    repeated = (number for number in range(end, len(names)) if number not in alone)
    kept = (*names[:end], *(names[number] for number in alone))
    return Rebuild(kept, tuple(Repeated(names[number], causes[number] or follows) for number in repeated))


def _stands_alone(recipe: Recipe, number: int) -> bool:
    return number > 0 and isinstance(recipe.steps[number - 1], CopyWeights)


def _cause(before: Recipe, step: Step, changed: Collection[str], apart: tuple[Read, ...]) -> str:
    """A step's own reason; blank where it has none."""
    if step not in before.steps:
        return "it has changed" if type(step) in map(type, before.steps) else "it is new"
    read = next((path for path in changed for one in step.reads if _covers(one, path, apart)), "")
    return f"it reads {read}" if read else ""


def _covers(read: Read, path: str, apart: tuple[Read, ...] = ()) -> bool:
    """`apart` is what the source is without."""
    match read:
        case ProjectFiles():
            return not any(_covers(one, path) for one in apart)
        case ProjectPath(place):
            return place in (".", path) or path.startswith(f"{place}/")
    return False


def _first_with(causes: tuple[str, ...]) -> int:
    return next((number for number, cause in enumerate(causes) if cause), len(causes))


def _alike(before: Recipe, after: Recipe) -> int:
    """How many steps stand first in both."""
    pairs = enumerate(zip(before.steps, after.steps, strict=False))
    return next((number for number, (old, new) in pairs if old != new), len(after.steps))
