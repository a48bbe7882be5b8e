"""Which steps of a recipe are repeated: the first that differs, and all after it."""

from dataclasses import dataclass

from ..ir.recipe import Describe, ProjectFiles, Recipe, SetEnvironment, StartServer, Step
from .title import title

BASE = "base image"


@dataclass(frozen=True, slots=True)
class Repeated:
    """`cause` says why: the step's own change, or that it comes after one."""

    step: str
    cause: str


def rebuilt(before: Recipe, after: Recipe, *, source_changed: bool) -> tuple[Repeated, ...]:
    """The steps of `after` that the engine cannot take from its cache of `before`."""
    own = [_own_change(before, after, number) for number in range(len(after.steps))]
    if source_changed:
        own = [cause or _source(step) for cause, step in zip(own, after.steps, strict=True)]
    base = "another image" if before.base != after.base else ""
    return repeated(after, (base, *own))


def repeated(recipe: Recipe, causes: tuple[str, ...]) -> tuple[Repeated, ...]:
    """`causes` of the base image and of each step, blank where it has none of its own; the rest follows."""
    names = (BASE, *(title(step) for step in recipe.steps))
    first = next((number for number, cause in enumerate(causes) if cause), len(causes))
    listed = zip(names[first:], causes[first:], strict=True)
    return tuple(Repeated(name, cause or f"comes after: {names[first]}") for name, cause in listed)


def is_metadata(step: Step) -> bool:
    """Whether it is no layer of files: repeating it costs nothing."""
    return isinstance(step, Describe | SetEnvironment | StartServer)


def _own_change(before: Recipe, after: Recipe, number: int) -> str:
    same = number < len(before.steps) and before.steps[number] == after.steps[number]
    return "" if same else "it has changed" if title(after.steps[number]) in map(title, before.steps) else "it is new"


def _source(step: Step) -> str:
    return "the project's files have changed" if ProjectFiles() in step.reads else ""
