"""A recipe with what only the command line says: other labels, one time for all files."""

from dataclasses import replace

from .ground_steps import FixTimes
from .recipe import Describe, Recipe

Labels = tuple[tuple[str, str], ...]


def of_time(recipe: Recipe, seconds: int) -> Recipe:
    """The same image, whenever it is built; `seconds` count from 1970."""
    return replace(recipe, steps=(FixTimes(seconds), *recipe.steps))


def labels_of(recipe: Recipe) -> Labels:
    return tuple(pair for step in recipe.steps if isinstance(step, Describe) for pair in step.labels)


def labelled(recipe: Recipe, *pairs: tuple[str, str]) -> Recipe:
    """With these labels too, which go before those of the same names."""
    names = {name for name, _ in pairs}
    kept = tuple(pair for pair in labels_of(recipe) if pair[0] not in names)
    made = tuple(Describe((*kept, *pairs)) if isinstance(step, Describe) else step for step in recipe.steps)
    return replace(recipe, steps=made)
