"""The steps of one build as a person is told of them."""

from dataclasses import dataclass

from ..backends.buildkit import place
from ..backends.dockerfile import STAGE, numbered
from ..changes.rebuild import BASE
from ..ir.recipe import Recipe


@dataclass(frozen=True, slots=True)
class ToldStep:
    """`cause` says why it is not in the cache; blank where nobody knows."""

    title: str
    cause: str = ""


_INSTALLER = ToldStep("Installer")
# Characters of a step that is known by its instruction alone.
_LONGEST = 80


def told_steps(recipe: Recipe, causes: tuple[str, ...]) -> tuple[ToldStep, ...]:
    """By the numbers that BuildKit gives to the steps of the last stage, less one; `causes` begins with the base's."""
    by_step = dict(zip(map(id, recipe.steps), causes[1:], strict=True))
    named = (ToldStep(title, by_step[id(step)]) for title, step in numbered(recipe))
    return (ToldStep(BASE, causes[0]), *named)


def told_step(steps: tuple[ToldStep, ...], name: str) -> ToldStep | None:
    """That of BuildKit's name; None for what a person need not know of, such as the base image's own line.

    Without any steps they are those of the user's own Dockerfile, which nobody has given titles.
    """
    if not steps:  # the builder's own lines have no number
        return ToldStep(name[:_LONGEST]) if "/" in name.partition("]")[0] else None
    match place(name):
        case (stage, number, _) if stage == STAGE and 1 < number <= len(steps):
            return steps[number - 1]
        case (_, 2, _):
            return _INSTALLER
    return None
