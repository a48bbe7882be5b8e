"""What each step of a build was made from, to say at the next build why a step is done again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..backends.layout import PARTS, SOURCE, place, weights_place
from ..backends.recipe import step_data
from ..ir.reads import OwnFile, ProjectPath
from ..ir.recipe import RUNTIME_WHEEL, SERVER_LOCK, CopySource, CopyWeights, Recipe, Step
from .rebuild import BASE
from .title import title

_OURS = (RUNTIME_WHEEL, SERVER_LOCK)


@dataclass(frozen=True, slots=True)
class Print:
    """One step: its title, its own data as in the recipe's JSON, and a stamp of each file that it reads."""

    title: str
    data: dict[str, Any]
    files: dict[str, str] = field(default_factory=dict)


def prints(recipe: Recipe, files: Mapping[str, str], release: str) -> tuple[Print, ...]:
    """`files` has a stamp for each path of the context; `release` stands for all that comes with cogc itself."""
    base = Print(BASE, {"step": BASE, "base": recipe.base})
    return (base, *(Print(title(step), step_data(step), _files(step, files, release)) for step in recipe.steps))


def _files(step: Step, files: Mapping[str, str], release: str) -> dict[str, str]:
    ours = {"cogc": release} if any(isinstance(one, OwnFile) and one.name in _OURS for one in step.reads) else {}
    roots = tuple(_roots(step))
    return ours | {_named(path, root): stamp for path, stamp in files.items() for root in roots if _lies_in(path, root)}


def _roots(step: Step) -> Iterator[str]:
    """The paths of the context that the step reads."""
    match step:
        case CopySource():
            yield SOURCE
        case CopyWeights():
            yield weights_place(step) + step.folder
        case _:
            yield from (place(read.path) for read in step.reads if isinstance(read, ProjectPath))


def _lies_in(path: str, root: str) -> bool:
    return path == root or path.startswith(f"{root}/")


def _named(path: str, root: str) -> str:
    """The path from the project's root."""
    return path.removeprefix(f"{PARTS}/") if root.startswith(f"{PARTS}/") else path.removeprefix(f"{root}/")
